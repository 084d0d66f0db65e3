"""A list written as Markdown and read again is the same list, whatever its texts look like."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.management import call_command
from hypothesis import given, settings

from papers.dump import items as dumped
from papers.formats import jsonl
from papers.formats.markdown import read, write
from papers.models import Paper, ReadingList, Section
from papers.records import ListRecord, NoteRecord, Placement, Record, SectionRecord

from . import lists, make

LANGUAGES = ["en", "zh-hans"]
SHARED = Path(__file__).resolve().parents[2] / "shared"
SEED, REAL = SHARED / "seed" / "list.zh.md", SHARED / "lists" / "dev"


@settings(deadline=None)
@given(items=lists.lists(), language=lists.codes)
def test_any_list_comes_back(items, language):
    text = "".join(write(items, language))
    assert lists.carried(read(text), language) == lists.carried(items, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", lists.TEXTS)
def test_a_text_comes_back_wherever_it_stands(language, text):
    """Alone, at the beginning, at the end, beside others of its kind."""
    note = NoteRecord(text={language: text})
    placement = Placement(section=("A", text), slug="b", label=text, position=0, notes=[note])
    paper = Record(title=text, venue=text, placements=[placement], notes=[note])
    items = [
        ListRecord(titles={language: text}, taglines={language: text}, licence=text),
        SectionRecord(path=("A",), slug="a", titles={language: "A"}),
        SectionRecord(
            path=("A", text),
            slug="b",
            titles={language: text},
            descriptions={language: text},
            notes=[note],
        ),
        *(
            replace(paper, title=f"{text} {number}", authors=authors, year=year, url=url)
            for number, (authors, year, url) in enumerate(
                [
                    ([text], None, ""),
                    ([text, "Li"], 2020, "https://example.org"),
                    (["Li", text], None, ""),
                    ([], None, "https://example.org"),
                ]
            )
        ),
        replace(paper, venue="", authors=[text], authors_incomplete=True),
    ]
    back = read("".join(write(items, language)))
    assert lists.carried(back, language) == lists.carried(items, language)


@pytest.mark.parametrize("name", ["awesome-llm-eval", "mli-paper-reading", "roadmap", "sbrugman"])
@pytest.mark.skipif(not REAL.is_dir(), reason="no lists beside the project")
def test_real_lists_come_back(name):
    items = list(read((REAL / f"{name}.md").read_text(encoding="utf-8")))
    back = list(read("".join(write(items))))
    assert lists.carried(back, "en") == lists.carried(items, "en")


def test_a_title_in_another_language_comes_back_in_it(db, tmp_path):
    """Although nothing about “GPT-4” tells which."""
    make.section(title_en="GPT-4", title_zh_hans="")
    make.section(title_en="", title_zh_hans="LoRA")
    for language in LANGUAGES:
        titles = [item.titles for item in carry(tmp_path, language)]
        assert titles == [{"en": "GPT-4"}, {"zh-hans": "LoRA"}]


# --- Through the commands ---


def carry(path, language):
    """The list out, into an empty database, and what it is then."""
    output = str(path / "list.md")
    options = {"language": language, "everything": True}
    call_command("export_papers", format="markdown", output=output, **options)
    for model in (Section, Paper, ReadingList):
        model.objects.all().delete()
    call_command("import_papers", output, publish=True)
    return list(dumped(**options))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_leaves_and_comes_back(seed, tmp_path, language, capsys):
    before = [in_one_language(item, language) for item in dumped(language=language)]
    after = carry(tmp_path, language)
    assert "Papers: 14 new.\n" in capsys.readouterr().out
    assert lists.carried(after, language) == lists.carried(before, language)
    assert named(carry(tmp_path, language)) == named(after)


def in_one_language(item, language):
    """An item without its texts in other languages."""
    changes = {
        name: {language: texts[language]}
        for name in ("titles", "taglines", "introductions", "descriptions")
        if (texts := getattr(item, name, None))
    }
    for name in ("notes", "placements"):
        if hasattr(item, name):
            changes[name] = [in_one_language(part, language) for part in getattr(item, name)]
    if isinstance(item, NoteRecord):
        changes["text"] = {language: item.text[language]}
    return replace(item, **changes)


@pytest.mark.skipif(not SEED.is_file(), reason="the first list is not beside the project")
def test_the_first_list_leaves_and_comes_back_identical(db, tmp_path):
    call_command("import_papers", str(SEED), publish=True)
    before = list(dumped(language="zh-hans", everything=True))
    assert named(carry(tmp_path, "zh-hans")) == named(before)
    sections = [item for item in before if isinstance(item, SectionRecord)]
    papers = [item for item in before if isinstance(item, Record)]
    assert [len(section.path) for section in sections].count(1) == 3
    assert [len(section.path) for section in sections].count(2) == 10
    assert len(papers) == sum(paper.placements[0].highlighted for paper in papers) == 14
    notes = [paper.placements[0].notes for paper in papers] + [s.notes for s in sections]
    assert sum(map(len, notes)) == 11


def named(items):
    """Items as lines, without what is made anew for each database."""
    lines = [json.loads(line) for line in jsonl.write(items)]
    return [without(line, {"uid", "key"}) for line in lines]


def without(value, names):
    if isinstance(value, list):
        return [without(each, names) for each in value]
    if isinstance(value, dict):
        return {name: without(each, names) for name, each in value.items() if name not in names}
    return value
