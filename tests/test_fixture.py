"""The first list as a fixture: what it holds, and that it leaves the database as it came in."""

import datetime
import json
import re

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.utils import translation

from papers import rendering
from papers.models import (
    Entry,
    Link,
    Note,
    Paper,
    ReadingList,
    Relation,
    Section,
    Tag,
    TaggedPaper,
)

from . import make

GUIDE = settings.BASE_DIR / "docs" / "fixtures.md"
FIXTURE = settings.BASE_DIR / "fixtures" / "ai_papers.json"
CONTENT = (ReadingList, Section, Paper, Entry, Link, Note, Relation, Tag, TaggedPaper)

THE_LIST = {
    "大模型与基础架构": {
        "Transformer 万物起源": ["Transformer"],
        "BERT 预训练里程碑": ["BERT"],
        "GPT 生成式大模型代表": ["GPT-3", "GPT-1"],
        "T5 统一框架": ["T5"],
        "DeepSeek 系列": ["DeepSeek-R1"],
    },
    "训练优化与效率提升": {
        "大规模训练技术": ["Megatron-LM"],
        "参数高效微调（PEFT）": ["LoRA", "QLoRA"],
        "预训练数据与扩展定律": ["Scaling Laws"],
    },
    "多模态与跨领域融合": {
        "视觉与语言融合": ["ViT", "CLIP"],
        "多模态大模型": ["GPT-4V", "Qwen2-VL"],
    },
}


def dump(path):
    """The bytes of the command that docs/fixtures.md gives."""
    call_command(
        "dumpdata",
        "papers",
        use_natural_primary_keys=True,
        use_natural_foreign_keys=True,
        indent=1,
        output=str(path),
    )
    return path.read_bytes()


def rows():
    return {model: list(model.objects.order_by("pk").values()) for model in CONTENT}


def empty_the_list():
    for model in (ReadingList, Section, Paper, Tag):
        model.objects.all().delete()
    assert not any(model.objects.exists() for model in CONTENT)


def test_the_list_stands_in_its_order(seed):
    found = {
        section.title_zh_hans: {
            topic.title_zh_hans: [entry.label for entry in topic.entries.all()]
            for topic in section.children.all()
        }
        for section in Section.objects.filter(parent=None)
    }
    assert found == THE_LIST
    assert [list(topics) for topics in found.values()] == [list(t) for t in THE_LIST.values()]
    assert list(found) == list(THE_LIST)
    assert not Entry.objects.filter(highlighted=False).exists()


def test_everything_is_public_from_the_start(seed):
    assert Section.objects.visible().count() == 13
    assert Paper.objects.visible().count() == 14
    assert Entry.objects.visible().count() == 14
    assert Note.objects.visible().count() == 11


def test_papers_have_what_citing_needs(seed):
    deepseek = Paper.objects.get(key="deepseek2025r1")
    assert deepseek.authors[0] == "DeepSeek-AI"
    assert deepseek.authors_incomplete
    assert deepseek.doi == "10.1038/s41586-025-09422-z"
    assert (deepseek.venue, deepseek.volume, deepseek.pages) == ("Nature", "645", "633-638")
    gpt3 = Paper.objects.get(key="brown2020language")
    assert len(gpt3.authors) == 31
    assert [link.url for link in gpt3.links.all()] == ["https://github.com/openai/gpt-3"]
    assert set(gpt3.relations.values_list("kind", "to_paper__key")) == {
        ("builds_on", "radford2018improving"),
        ("builds_on", "kaplan2020scaling"),
    }
    vit = Paper.objects.get(key="dosovitskiy2021image")
    assert (vit.year, vit.published_on) == (2021, datetime.date(2020, 10, 22))
    for paper in Paper.objects.all():
        assert paper.title and paper.translated_title and paper.authors and paper.url
        assert 2 <= paper.tags.count() <= 5


def test_the_received_lists_mistakes_are_mended(seed):
    assert Paper.objects.get(key="wang2024qwen2vl").arxiv_id == "2409.12191"
    megatron = Paper.objects.get(arxiv_id="2104.04473")
    assert megatron.title.endswith("on GPU Clusters Using Megatron-LM")
    assert Paper.objects.get(arxiv_id="2005.14165").title == "Language Models are Few-Shot Learners"
    note = Note.objects.get(paper__key="deepseek2025r1")
    for language in ("en", "zh_hans"):
        assert "GRPO" in getattr(note, f"body_{language}")


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_readers_of_either_language_read_their_own(seed, language):
    with translation.override(language):
        profile = ReadingList.objects.get()
        texts = [profile.title, profile.tagline, profile.introduction]
        texts += [section.title for section in Section.objects.all()]
        texts += [section.description for section in Section.objects.filter(parent=None)]
        texts += [note.body for note in Note.objects.all()]
    assert len(texts) == 3 + 13 + 3 + 11
    for text in texts:
        chinese = any("\u4e00" <= sign <= "\u9fff" for sign in text)
        assert chinese == (language == "zh-hans"), text


def test_formulas_of_the_notes_become_mathml(seed):
    bodies = [body for pair in Note.objects.values_list("body_en", "body_zh_hans") for body in pair]
    formulas = [body for body in bodies if "$" in body]
    assert len(formulas) == 10
    for body in formulas:
        html = str(rendering.render(body))
        assert html.count("<math") == body.count("$") // 2
        assert "$" not in html


def test_the_file_is_what_dumpdata_writes(seed, tmp_path):
    assert dump(tmp_path / "dump.json") == FIXTURE.read_bytes()


def test_the_dump_does_not_depend_on_the_language(db, tmp_path):
    with translation.override("zh-hans"):
        call_command("loaddata", "ai_papers", verbosity=0)
        chinese = dump(tmp_path / "zh.json")
    assert chinese == dump(tmp_path / "en.json") == FIXTURE.read_bytes()


def test_the_dump_is_the_list_and_nothing_else(seed, editor_user, tmp_path):
    Paper.objects.first().save()  # Leaves history behind.
    nodes = json.loads(dump(tmp_path / "dump.json"))
    assert {node["model"] for node in nodes} == {model._meta.label_lower for model in CONTENT}
    assert not any("pk" in node for node in nodes)
    for node in nodes:
        left_out = {"id", "visible", "created_by", "updated_by", "description", "body"}
        assert not left_out & node["fields"].keys()


def test_loading_twice_changes_nothing(seed):
    before = rows()
    call_command("loaddata", "ai_papers", verbosity=0)
    assert rows() == before


def edit_as_curators_do():
    Section.objects.create(slug="只有中文", title_zh_hans="只有中文", public=False)
    late = Section.objects.create(slug="late", title_en="Late", title_zh_hans="")
    Section.objects.get(slug="bert").delete()
    t5 = Section.objects.get(slug="t5")
    t5.parent = late  # Stands before its parent in the dump.
    t5.save()
    many = make.draft(key="many", authors=[f"Ána Nº {n}" for n in range(200)], year=None)
    many.tags.add("C++", "大模型", "two, parts")
    make.note(paper=many, body_en="", body_zh_hans="“引号”、\\反斜杠\n\n> 引文")
    make.note(section=late, public=False)
    make.entry(section=late, paper=many)
    Relation.objects.create(from_paper=many, to_paper=Paper.objects.get(key="devlin2019bert"))
    Link.objects.create(paper=many, url="https://example.org/?a=1&b=%20#c", kind="other")
    Paper.objects.get(key="hu2022lora").delete()


def test_a_dump_of_the_edited_list_fills_an_empty_database_with_the_same(seed, tmp_path):
    edit_as_curators_do()
    before = dump(tmp_path / "edited.json")
    empty_the_list()
    call_command("loaddata", str(tmp_path / "edited.json"), verbosity=0)
    assert dump(tmp_path / "again.json") == before
    assert Section.objects.get(slug="t5").parent.slug == "late"


def test_loading_over_an_edited_list_keeps_what_the_file_does_not_hold(seed):
    added = make.section(slug="added")
    make.entry(section=added, paper=Paper.objects.get(key="hu2022lora"))
    lora = Paper.objects.get(key="hu2022lora")
    lora.title, lora.abstract = "Changed", "Written by a curator."
    lora.save()
    Entry.objects.get(label="CLIP").delete()
    past = lora.history.count()

    call_command("loaddata", "ai_papers", verbosity=0)

    lora = Paper.objects.get(key="hu2022lora")
    assert lora.title == "LoRA: Low-Rank Adaptation of Large Language Models"
    assert lora.abstract == ""
    assert Entry.objects.filter(label="CLIP").exists()
    assert added.entries.count() == 1
    assert lora.history.count() == past


def test_a_field_that_the_file_does_not_name_gets_its_default_back(seed, tmp_path):
    fields = {"slug": "gpt", "title_en": "Only this", "position": 30}
    write(tmp_path / "one.json", {"model": "papers.section", "fields": fields})
    call_command("loaddata", str(tmp_path / "one.json"), verbosity=0)
    gpt = Section.objects.get(slug="gpt")
    assert (gpt.title_en, gpt.title_zh_hans or "", gpt.parent) == ("Only this", "", None)
    assert gpt.entries.count() == 2


def test_objects_may_stand_in_any_order(db, tmp_path):
    nodes = json.loads(FIXTURE.read_text("utf-8"))
    write(tmp_path / "backwards.json", *reversed(nodes))
    call_command("loaddata", str(tmp_path / "backwards.json"), verbosity=0)
    assert Note.objects.visible().count() == 11
    assert Section.objects.get(slug="t5").parent.slug == "foundations"


def test_a_private_section_stays_private_when_it_is_loaded_again(seed, tmp_path):
    Section.objects.filter(slug="multimodal").update(public=False)
    dump(tmp_path / "dump.json")
    for _ in range(2):
        call_command("loaddata", str(tmp_path / "dump.json"), verbosity=0)
        assert Section.objects.visible().count() == 10


def test_the_guides_examples_load_and_show_every_field(seed, tmp_path):
    example = re.search(r"```js\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)[1]
    nodes = json.loads(re.sub(r"(^|\s)//.*", "", example))
    write(tmp_path / "example.json", *nodes)
    call_command("loaddata", str(tmp_path / "example.json"), verbosity=0)
    dumped = json.loads(dump(tmp_path / "dump.json"))
    fields = {node["model"]: node["fields"].keys() for node in dumped}
    assert {node["model"]: node["fields"].keys() for node in nodes} == fields


@pytest.mark.parametrize("fixture_format", ["jsonl", "xml"])
def test_other_formats_hold_the_list_as_well(seed, tmp_path, fixture_format):
    path = tmp_path / f"list.{fixture_format}"
    call_command("dumpdata", "papers", format=fixture_format, output=str(path))
    before = rows()
    call_command("loaddata", str(path), verbosity=0)
    assert rows() == before


def test_other_apps_are_dumped_and_loaded_as_ever(curator_user, tmp_path):
    path = tmp_path / "auth.json"
    call_command("dumpdata", "auth", use_natural_foreign_keys=True, output=str(path))
    User.objects.all().delete()
    call_command("loaddata", str(path), verbosity=0)
    assert User.objects.get(username="chen").groups.get().name == "Curator"


def write(path, *nodes):
    path.write_text(json.dumps(nodes, ensure_ascii=False), "utf-8")
