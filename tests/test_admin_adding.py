"""A curator pastes or uploads a list, sees what it would do, and adds it as drafts."""

import json
import os
import re
import time
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from papers import registries
from papers.admin import adding, adding_form, foreseen, kept
from papers.models import Entry, Link, Note, Paper, Section
from tests import make, payloads
from tests.admin_forms import messages, url

pytestmark = pytest.mark.django_db

SEED = Path(settings.BASE_DIR).parent / "shared" / "seed"
ADDING = "/admin/papers/paper/add-many/"
MAMBA = "[Mamba: Linear-Time Sequence Modeling](https://arxiv.org/abs/2312.00752)"
LLAVA = "[Visual Instruction Tuning](https://arxiv.org/abs/2304.08485)"
LIST = f"""# Models

## State spaces
- {MAMBA} [code](https://github.com/state-spaces/mamba)

## Vision
- 🔥 {LLAVA}
"""


@pytest.fixture(autouse=True)
def elsewhere(registry, monkeypatch, settings, tmp_path):
    """A folder of the test's own; its registries in place of the real ones."""
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(registries, "access", lambda **_: registry.access(tmp_path / "registries"))


def look(client, text="", file=None, **data):
    """Brings something in; gives the preview, or the form with what is wrong."""
    if file is not None:
        data["file"] = SimpleUploadedFile("list.txt", file)
    return client.post(ADDING, {"text": text, "format": "auto", **data}, follow=True)


def take(client, preview, **data):
    return client.post(f"{preview.request['PATH_INFO']}apply/", data, follow=True)


def rows(page):
    return [(row["kind"], row["title"]) for row in page.context["rows"]]


def counts(page):
    return {row["kind"]: row["count"] for row in page.context["summary"]}


def errors(page):
    return " ".join(str(e) for each in page.context["form"].errors.values() for e in each)


def written():
    return [model.objects.count() for model in (Paper, Section, Entry, Note, Link)]


# --- The way through ---


def test_a_pasted_list_is_shown_first_and_then_added_as_drafts(editor, editor_user):
    section = make.section(title_en="Inbox")
    preview = look(editor, LIST, section=section.pk)
    assert counts(preview) == {"new": 2}
    assert rows(preview) == [
        ("new", "Mamba: Linear-Time Sequence Modeling"),
        ("new", "Visual Instruction Tuning"),
    ]
    text = preview.content.decode()
    assert "Read as Markdown." in text
    assert "arXiv:2312.00752" in text
    assert "Inbox › State spaces <em>(new section)</em>" in text
    assert written() == [0, 1, 0, 0, 0]

    done = take(editor, preview)
    assert messages(done) == ["2 drafts were added."]
    assert written() == [2, 3, 2, 0, 1]
    assert set(Paper.objects.values_list("status", "created_by")) == {("draft", editor_user.pk)}
    llava = Entry.objects.get(paper__arxiv_id="2304.08485")
    assert (llava.highlighted, llava.section.parent) == (True, section)
    assert not llava.section.public
    assert url("change", section) in done.content.decode()


def test_what_was_just_added_is_found_by_a_link(editor):
    make.draft(title="Another draft")
    done = take(editor, look(editor, LIST))
    link = re.search(r'href="(/admin/papers/paper/\?added=[^"]+)"', done.content.decode())[1]
    page = editor.get(link)
    assert {paper.title for paper in page.context["cl"].result_list} == {
        "Mamba: Linear-Time Sequence Modeling",
        "Visual Instruction Tuning",
    }
    assert "added together" in page.content.decode()
    for other in ("nonsense", "2026-01-01", "2026-13-01T00:00:00+00:00"):
        assert editor.get(url("changelist", Paper), {"added": other}).status_code == 200
    assert "added together" not in editor.get(url("changelist", Paper)).content.decode()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_a_file_in_any_encoding_will_do(editor, encoding):
    text = f"# 清单\n\n## 多模态大模型\n- {MAMBA} 关于状态空间模型的重要论文，值得一读\n"
    preview = look(editor, file=text.encode(encoding))
    assert counts(preview) == {"new": 1}
    assert "多模态大模型" in preview.content.decode()
    assert "from list.txt" in preview.content.decode()
    take(editor, preview)
    assert Paper.objects.get().metadata_source == "list.txt"


def test_each_item_is_shown_with_what_becomes_of_it(editor):
    make.paper(
        key="vaswani", title="Attention is all you need", arxiv_id="1706.03762", year=2018, venue=""
    )
    make.paper(key="qwen", title="Qwen2-VL: Enhancing Perception", arxiv_id="2409.12191", year=None)
    make.paper(key="same", title="Nothing New About This One", kind="article", year=2020)
    preview = look(
        editor,
        """@article{a, title={Attention Is All You Need}, eprint={1706.03762}, journal={NeurIPS}}
@misc{b, title={Qwen2-VL: Enhancing Perception}, eprint={2305.11401}, archivePrefix={arXiv}}
@article{c, title={Nothing New About This One}, year={2020}}
@article{d, title={A Brand New Paper}, author={Ada Lovelace and others}, url={x:y}}
@article{e, title={A brand new paper}}
@misc{f, note={nothing}}
""",
    )
    assert counts(preview) == {
        **dict.fromkeys(["new", "fills", "here", "repeated", "conflict", "unusable"], 1)
    }
    filled, conflict, here, new, _again, unusable = preview.context["rows"]
    assert filled["fills"] == [("Kind", "Journal article"), ("Venue", "NeurIPS")]
    assert ("Title", "Attention is all you need", "Attention Is All You Need") in filled[
        "differences"
    ]
    assert filled["url"] == url("change", Paper.objects.get(key="vaswani"))
    assert conflict["differences"] == [("ArXiv identifier", "2409.12191", "2305.11401")]
    assert "The title is here already" in conflict["reason"]
    assert here["title"] == "Nothing New About This One"
    assert new["byline"] == ["Ada Lovelace et al."]
    assert new["complaints"] == ["“x:y” is no web address; it was left out."]
    assert (unusable["line"], unusable["reason"]) == (6, "It has no title.")
    text = preview.content.decode()
    assert "what is here stays" in text
    assert "line 6" in text
    take(editor, preview)
    assert Paper.objects.get(key="vaswani").title == "Attention is all you need"
    assert Paper.objects.count() == 4


def test_there_is_a_way_back_from_what_was_filled(editor, editor_user):
    paper = make.paper(title="Attention is all you need", arxiv_id="1706.03762", venue="")
    paper.history.all().delete()
    text = "@article{a, title={A}, eprint={1706.03762}, journal={NeurIPS}}"
    assert messages(take(editor, look(editor, text))) == ["What was missing was added."]
    assert "Nothing was added" in messages(take(editor, look(editor, text)))[0]
    versions = paper.history.order_by("pk")
    assert [version.venue for version in versions] == ["", "NeurIPS"]
    assert [version.history_user for version in versions] == [None, editor_user]


def test_a_broken_entry_costs_its_neighbours_nothing(editor):
    preview = look(
        editor,
        "@article{a, title={A First Good Entry}, year={2020}}\n"
        "@article{b, author={X},\n\n"
        "@article{c, title={A Second Good Entry}, year={2021}}\n",
    )
    assert counts(preview) == {"new": 2, "unusable": 1}
    assert preview.context["rows"][1]["line"] == 2
    take(editor, preview)
    assert Paper.objects.count() == 2


def test_papers_can_be_left_out(editor):
    preview = look(editor, LIST)
    assert preview.content.decode().count('name="leave_out"') == 2
    done = take(editor, preview, leave_out=["0", "x", "9" * 5000])
    assert Paper.objects.get().arxiv_id == "2304.08485"
    assert "1 paper was left out, as you wished." in done.content.decode()


def test_one_kind_of_item_can_be_shown_alone(editor):
    make.paper(title="Visual Instruction Tuning", arxiv_id="2304.08485")
    preview = look(editor, f"- {MAMBA}\n- {LLAVA}\n")
    alone = editor.get(preview.request["PATH_INFO"], {"kind": "new"})
    assert rows(alone) == [("new", "Mamba: Linear-Time Sequence Modeling")]
    assert rows(editor.get(preview.request["PATH_INFO"], {"kind": "x"})) == rows(preview)


def test_of_thousands_the_first_are_shown_and_the_others_counted(editor, monkeypatch):
    monkeypatch.setattr(foreseen, "SHOWN", 3)
    monkeypatch.setattr(adding.told, "SHOWN", 3)
    text = "".join(f"@article{{k{n}, title={{Title number {n}}}}}\n" for n in range(5))
    preview = look(editor, text)
    assert len(rows(preview)) == 3
    assert "2 more of “New”" in preview.content.decode()
    take(editor, preview)
    assert Paper.objects.count() == 5


# --- The first list ---


@pytest.mark.skipif(not SEED.exists(), reason="the first list is not beside the project")
def test_the_first_list_over_itself_adds_nothing_and_shows_what_differs(seed, editor):
    before = written()
    preview = look(editor, (SEED / "list.zh.md").read_text(encoding="utf-8"))
    assert counts(preview) == {"here": 13, "conflict": 1}
    (conflict,) = [row for row in preview.context["rows"] if row["kind"] == "conflict"]
    assert conflict["differences"] == [("ArXiv identifier", "2409.12191", "2305.11401")]
    spelled = {there for _here, there in preview.context["found"]["spellings"]}
    assert "Deepseek系列" in spelled
    assert "There is nothing to add." in preview.content.decode()
    take(editor, preview)
    assert written() == before


@pytest.mark.skipif(not SEED.exists(), reason="the first list is not beside the project")
def test_a_damaged_file_is_recognised_and_what_is_whole_of_it_is_shown(editor):
    preview = look(editor, file=(SEED / "received.md").read_bytes())
    assert "The file&#x27;s encoding was damaged" in preview.content.decode()
    assert counts(preview)["new"] == 14


# --- What cannot be taken ---


@pytest.mark.parametrize(
    ("text", "file", "said"),
    [
        ("", None, "Paste something, or choose a file."),
        (" \n ", None, "Paste something, or choose a file."),
        ("", b"", "The file is empty."),
        ("", b"\n\n", "The file is empty."),
        ("", b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "The file is a PNG picture, not text."),
        ("x", b"y", "Paste a text or choose a file, not both."),
        ("Just some prose.\n\nAnd more of it.", None, "No paper was found in it."),
        ("", b"Just some prose.", "No paper was found in it."),
    ],
)
def test_what_holds_no_papers_is_said_and_the_text_stays(editor, text, file, said):
    page = look(editor, text, file)
    assert said in errors(page)
    assert page.context["form"]["text"].value() == text
    assert not list((settings.DATA_DIR / "adding").glob("*/about"))


def test_too_large_a_file_is_said(editor, monkeypatch):
    monkeypatch.setattr(adding_form, "LIMIT", 1_000_000)
    page = look(editor, file=b"x" * 1_500_000)
    assert errors(page) == "The file has 1.5 MB; at most 1 MB are read."


def test_too_long_a_text_is_said(editor, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    page = look(editor, "x" * 2000)
    assert page.status_code == 413
    assert "Save it as a file" in page.content.decode()


def test_too_many_papers_are_said_and_the_text_stays(editor, monkeypatch):
    monkeypatch.setattr(adding, "MOST", 1)
    page = look(editor, LIST)
    assert "more than 1 papers" in errors(page)
    assert page.context["form"]["text"].value() == LIST


def test_too_long_a_list_to_be_read_as_a_whole_is_said(editor, monkeypatch):
    monkeypatch.setitem(adding.LONGEST, "markdown", 10)
    assert "A list in Markdown may have 0 MB here." in errors(look(editor, LIST))


def test_a_format_can_be_named(editor):
    text = "title,year\nA Paper of a Table,2020\n"
    page = look(editor, "@article{a, title={A Paper}}", format="bibtex")
    assert "Read as BibTeX" in page.content.decode()
    assert "No paper was found" in errors(look(editor, text, format="ris"))
    assert "Select a valid choice" in errors(look(editor, text, format="nonsense"))


# --- Identifiers alone ---


def test_identifiers_alone_become_papers_and_nobody_is_asked_twice(editor, registry):
    preview = look(
        editor,
        "@misc{a, eprint={2101.00001}, archivePrefix={arXiv}}\n"
        "@misc{b, eprint={2101.99999}, archivePrefix={arXiv}}\n",
    )
    assert counts(preview) == {"new": 1, "unusable": 1}
    assert "arXiv knows no paper of this identifier." in preview.context["rows"][1]["reason"]
    asked = len(registry.requests)
    done = take(editor, preview)
    assert Paper.objects.get().title == "Counting Sheep at Scale: An Empirical Study"
    assert "Back to the text, for what was left out" in done.content.decode()
    assert len(registry.requests) == asked


def test_bare_identifiers_are_recognised_among_what_is_none(editor):
    make.paper(title="Tea & Biscuits: 1 < 2", arxiv_id="2101.00004")
    preview = look(editor, "arXiv:2101.00001v2, 10.5555/socks\nhttps://arxiv.org/pdf/2101.00004\n")
    assert "Read as Identifiers and addresses." in preview.content.decode()
    assert rows(preview) == [
        ("new", "Counting Sheep at Scale: An Empirical Study"),
        ("new", "Socks"),
        ("here", "Tea & Biscuits: 1 < 2"),
    ]
    take(editor, preview)
    assert Paper.objects.count() == 3


def test_a_spreadsheet_is_recognised(editor):
    preview = look(editor, file="标题,作者,年份\n注意力机制综述,王小明,2020\n".encode("gb18030"))
    assert "Read as CSV" in preview.content.decode()
    assert rows(preview) == [("new", "注意力机制综述")]


def test_a_registry_that_is_silent_costs_only_its_own_papers(editor, registry):
    registry.misbehave("down", times=100)
    preview = look(editor, "@misc{a, eprint={2101.00001}}\n@misc{b, title={A Titled Paper}}\n")
    assert counts(preview) == {"new": 1, "unusable": 1}
    assert "out of order" in preview.context["rows"][0]["reason"]


def test_only_some_are_asked_for_while_a_person_waits(editor, monkeypatch):
    monkeypatch.setattr(adding, "ASKED", 1)
    preview = look(editor, "@misc{a, eprint={2101.00001}}\n@misc{b, eprint={2101.00002}}\n")
    assert counts(preview) == {"new": 1, "unusable": 1}
    assert "There was no time to ask" in preview.context["rows"][1]["reason"]


# --- Twice, late, at once ---


def test_a_second_click_adds_nothing_and_shows_the_same(editor):
    preview = look(editor, LIST)
    first = take(editor, preview)
    before = written()
    second = take(editor, preview)
    assert written() == before
    assert rows(second) == rows(first)
    # The button to go back shows what was done; the text brought in again is all here.
    assert rows(editor.get(preview.request["PATH_INFO"])) == rows(first)
    assert counts(look(editor, LIST)) == {"here": 2}


def test_a_list_that_changed_meanwhile_is_planned_anew(editor):
    preview = look(editor, LIST)
    make.paper(title="Visual Instruction Tuning", arxiv_id="2304.08485")
    done = take(editor, preview)
    assert counts(done) == {"new": 1, "fills": 1}
    assert messages(done) == ["1 draft was added."]
    assert Paper.objects.count() == 2


def test_a_section_that_was_deleted_meanwhile_is_said_and_the_text_stays(editor):
    section = make.section()
    preview = look(editor, LIST, section=section.pk)
    section.delete()
    assert editor.get(preview.request["PATH_INFO"]).status_code == 200
    page = take(editor, preview)
    assert "The section was deleted meanwhile." in messages(page)[0]
    assert page.context["form"]["text"].value() == LIST
    assert Paper.objects.count() == 0


def test_a_clash_with_somebody_else_is_said_and_nothing_is_lost(editor, monkeypatch):
    def clash(*arguments, **options):
        raise IntegrityError

    preview = look(editor, LIST)
    with monkeypatch.context() as patch:
        patch.setattr(adding, "apply", clash)
        page = take(editor, preview)
    assert "Nothing was added; try again." in messages(page)[0]
    assert page.context["form"]["text"].value() == LIST
    take(editor, preview)
    assert Paper.objects.count() == 2


def test_looking_writes_nothing(editor):
    make.section()
    preview = look(editor, LIST)
    before = written()
    for address in (ADDING, f"{ADDING}?section=1", preview.request["PATH_INFO"]):
        with CaptureQueriesContext(connection) as queries:
            assert editor.get(address).status_code == 200
        assert all(query["sql"].startswith("SELECT") for query in queries)
    assert written() == before
    # Who had to log in again before the button worked comes back to the preview.
    page = editor.get(f"{preview.request['PATH_INFO']}apply/", follow=True)
    assert rows(page) == rows(preview)


# --- Who may ---


def test_anonymous_is_sent_to_the_login_page(client, editor):
    preview = look(editor, LIST).request["PATH_INFO"]
    for address in (ADDING, preview, f"{preview}apply/"):
        for response in (client.get(address), client.post(address)):
            assert response.headers["Location"].startswith("/admin/login/")
    assert Paper.objects.count() == 0


def test_who_may_not_add_papers_is_refused(editor, db):
    User.objects.create_user("ned", password="x", is_staff=True)
    ned = Client()
    ned.force_login(User.objects.get(username="ned"), "django.contrib.auth.backends.ModelBackend")
    preview = look(editor, LIST).request["PATH_INFO"]
    assert [ned.get(a).status_code for a in (ADDING, preview)] == [403, 403]
    assert [ned.post(a).status_code for a in (ADDING, f"{preview}apply/")] == [403, 403]
    assert ADDING not in ned.get("/admin/").content.decode()


def test_what_somebody_else_brought_in_is_not_found(editor, curator):
    preview = look(editor, LIST).request["PATH_INFO"]
    assert curator.get(preview).status_code == 404
    assert curator.post(f"{preview}apply/").status_code == 404
    name = preview.split("/")[-2]
    assert not curator.get(f"{ADDING}?again={name}").context["form"]["text"].value()
    for other in ("a" * 22, "about", "x"):
        assert editor.get(f"{ADDING}{other}/").status_code == 404
    assert editor.get(f"{ADDING}?again=../adding/{name}").context["form"]["text"].value() is None


@pytest.fixture
def public():
    """A public paper in a public section."""
    section = make.section(title_en="State spaces", slug="spaces")
    paper = make.paper(title="Mamba", arxiv_id="2312.00752", key="mamba")
    make.entry(paper=paper, section=make.section(title_en="Elsewhere"))
    return paper, section


def test_a_curator_changes_nothing_public(curator, public):
    paper, section = public
    seen = Paper.objects.filter(pk=paper.pk).values().get()
    preview = look(curator, LIST.replace("# Models\n\n", "").replace("]", " Anew]", 1))
    (row, new) = preview.context["rows"]
    assert (row["kind"], new["kind"]) == ("here", "new")
    assert ("Link", "https://github.com/state-spaces/mamba") in row["held"]
    assert ("Place in a section", "State spaces") in row["held"]
    text = preview.content.decode()
    assert "Held back, as the paper is public" in text
    assert "You may not publish" in text
    take(curator, preview)
    assert Paper.objects.filter(pk=paper.pk).values().get() == seen
    assert not Link.objects.exists()
    assert not section.entries.exists()


def test_a_curator_makes_no_sections_and_is_told(curator):
    section = make.section(title_en="Inbox")
    preview = look(curator, LIST, section=section.pk)
    assert "No section “Inbox › Vision” here" in preview.content.decode()
    take(curator, preview)
    assert Section.objects.count() == 1
    assert section.entries.count() == 2


def test_an_editor_adds_to_what_is_public(editor, public):
    paper, section = public
    preview = look(editor, LIST.replace("# Models\n\n", ""))
    assert "readers see at once" in preview.content.decode()
    assert "Held back" not in preview.content.decode()
    take(editor, preview)
    assert paper.links.get().url == "https://github.com/state-spaces/mamba"
    assert paper.entries.filter(section=section).exists()
    assert Paper.objects.get(arxiv_id="2304.08485").status == "draft"


# --- Ways there ---


def test_it_is_reached_from_the_first_page_the_papers_and_a_section(curator):
    section = make.section(title_en="Inbox")
    for address in ("/admin/", url("changelist", Paper)):
        assert f'href="{ADDING}"' in curator.get(address).content.decode()
    there = f"{ADDING}?section={section.pk}"
    assert f'href="{there}"' in curator.get(url("change", section)).content.decode()
    form = curator.get(there).context["form"]
    assert f'<option value="{section.pk}" selected>Inbox</option>' in str(form["section"])
    assert curator.get(f"{ADDING}?section=x'").status_code == 200
    assert reverse("admin:papers_paper_adding") == ADDING


def test_back_to_the_text_brings_it_all_back(editor):
    section = make.section(title_en="Inbox")
    preview = look(editor, LIST, section=section.pk, format="markdown")
    name = preview.request["PATH_INFO"].split("/")[-2]
    form = editor.get(f"{ADDING}?again={name}").context["form"]
    assert (form["text"].value(), form["format"].value()) == (LIST, "markdown")
    assert f'value="{section.pk}" selected' in str(form["section"])


def test_the_text_of_a_long_file_is_not_put_into_the_form(editor, monkeypatch):
    short, long = (look(editor, file=LIST.encode() + b" " * n) for n in (0, 100))
    monkeypatch.setattr(adding, "SHOWN_AGAIN", len(LIST.encode()))
    texts = []
    for page in (short, long):
        name = page.request["PATH_INFO"].split("/")[-2]
        texts.append(editor.get(f"{ADDING}?again={name}").context["form"]["text"].value())
    assert texts == [LIST, ""]


# --- Keeping it meanwhile ---


def test_what_is_kept_goes_after_a_day_and_the_oldest_before(editor, monkeypatch):
    monkeypatch.setattr(kept, "MOST", 3)
    pages = [look(editor, LIST).request["PATH_INFO"] for _ in range(3)]
    folders = [settings.DATA_DIR / "adding" / page.split("/")[-2] for page in pages]
    for number, folder in enumerate(folders):
        os.utime(folder, times=(time.time() - 100 + number,) * 2)
    look(editor, LIST)
    assert [editor.get(page).status_code for page in pages] == [404, 200, 200]
    os.utime(folders[1], times=(time.time() - 25 * 3600,) * 2)
    assert editor.get(pages[1]).status_code == 404
    look(editor, LIST)
    assert not folders[1].exists()
    assert (settings.DATA_DIR / "adding").stat().st_mode & 0o077 == 0


# --- Hostile texts, and many ---


class Elements(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.attributes = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.attributes += [(tag, name, value or "") for name, value in attributes]


def test_hostile_texts_are_shown_as_text(editor):
    make.paper(title="Known and dangerous paper", arxiv_id="2001.00001", venue="")
    lines = [
        f'{{"type":"paper","title":{quoted},"authors":[{quoted}],"venue":{quoted},"url":{quoted},'
        f'"placements":[{{"section":[{quoted}],"label":{quoted}}}],"key":{quoted}}}'
        for text in (*payloads.MARKUP, *payloads.TARGETS)
        for quoted in [json.dumps(text)]
    ]
    preview = look(editor, "\n".join(lines))
    assert counts(preview)["new"] > 50
    for page in (preview, take(editor, preview)):
        text = page.content.decode()
        assert "pwned()" in text
        found = Elements(text)
        assert not [each for each in found.attributes if each[1].startswith("on")]
        assert not [each for each in found.attributes if each[0] in {"iframe", "object", "base"}]
        links = [value for _tag, name, value in found.attributes if name == "href"]
        assert all(re.match(r"(?:https?|ftp)://|[/?#]", link) for link in links), links
        assert "<script>pwned" not in text.lower()


def test_a_paper_of_endless_texts_leaves_the_page_short(editor):
    make.paper(title="Known", arxiv_id="2001.00001", authors=["A"])
    long = ["x" * 10_000] * 100
    line = {"type": "paper", "title": long[0], "authors": long, "venue": long[0]}
    line |= {"placements": [{"section": [f"S {n}"], "label": long[0]} for n in range(100)]}
    line |= {"links": [{"url": f"bad {number} {long[0]}"} for number in range(100)]}
    known = {**line, "title": "Known", "arxiv_id": "2001.00001"}
    odd = {"type": "paper", long[0]: 1}
    preview = look(editor, "\n".join(map(json.dumps, (line, known, odd))), format="jsonl")
    assert counts(preview) == {"new": 1, "fills": 1, "unusable": 1}
    assert "and 160 more" in preview.content.decode()
    assert len(preview.content) < 100_000


def test_queries_do_not_grow_with_the_items(editor):
    def cost(count):
        text = "".join(
            f"@article{{k{n}, title={{Paper number {n} of many}}, year={{2020}}}}\n"
            for n in range(count)
        )
        with CaptureQueriesContext(connection) as queries:
            page = look(editor, text)
            assert len(rows(page)) == count
        return len(queries)

    for number in range(100):
        make.paper(title=f"Paper number {number} of many", year=2020)
    assert cost(100) == cost(5)


# --- In Chinese ---


def test_all_of_it_is_said_in_chinese(editor):
    page = editor.post(
        f"/zh-hans{ADDING}",
        {"text": "@article{a, title={A}, url={x:y}}\n@misc{f, note={x}}", "format": "auto"},
        follow=True,
    )
    text = page.content.decode()
    assert "“x:y”不是网址，已略去。" in text
    assert "没有标题" in text
    assert "第 2 行" in text
