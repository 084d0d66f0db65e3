"""Records become drafts: new ones come in, known ones are recognised, nothing is overwritten."""

import copy
import gc
import sys
from dataclasses import fields

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from papers.collecting import OBJECTS, seldom
from papers.intake import apply, plan, preview
from papers.intake.keys import Keys
from papers.intake.vet import vet
from papers.journal.models import Change
from papers.models import Entry, Link, Note, Paper, Relation, Section, Tag
from papers.records import (
    LinkRecord,
    ListRecord,
    NoteRecord,
    Placement,
    Problem,
    Record,
    RelationRecord,
    SectionRecord,
)
from tests import make
from tests.intake import attention, counts, take

pytestmark = pytest.mark.django_db


def test_a_new_record_becomes_a_draft_with_all_it_brings():
    report, (outcome,) = take(
        attention(
            url="https://arxiv.org/pdf/1706.03762v5",
            tags=["transformer", "Transformer", "语言模型"],
            links=[LinkRecord(url="https://example.org/code", kind="code")],
            placements=[
                Placement(
                    section=("一、大模型", "1. Transformer"),
                    label="Transformer",
                    highlighted=True,
                    notes=[NoteRecord(text={"zh-hans": "奠基之作。"})],
                )
            ],
            notes=[NoteRecord(text={"en": "Everywhere."})],
        )
    )
    paper = Paper.objects.get()
    assert (outcome.status, outcome.key) == ("new", paper.key) == ("new", "vaswani2017attention")
    assert (paper.status, paper.arxiv_id, paper.arxiv_version) == ("draft", "1706.03762", 5)
    assert sorted(paper.tags.names()) == ["transformer", "语言模型"]
    entry = Entry.objects.get()
    assert (entry.label, entry.highlighted) == ("Transformer", True)
    assert (entry.section.title_en, entry.section.parent.title_zh_hans) == (
        "1. Transformer",
        "一、大模型",
    )
    assert not entry.section.public
    assert set(Note.objects.values_list("section", "body_zh_hans", "public")) == {
        (entry.section_id, "奠基之作。", False),
        (None, None, False),
    }
    assert (report.counts["new"], report.added["note"], report.lost) == (1, 2, 0)


def test_a_second_run_adds_nothing_and_says_so():
    items = [
        SectionRecord(path=("Basics",), notes=[NoteRecord(text={"en": "On all."})]),
        attention(
            placements=[Placement(section=("Basics",), notes=[NoteRecord(text={"en": "N"})])]
        ),
        Record(title="Another paper of the list", relations=[RelationRecord(to="x")], tags=["t"]),
    ]
    take(*items)
    before = counts()
    report, outcomes = take(*items)
    assert counts() == before
    assert not report.changed
    assert [outcome.status for outcome in outcomes] == ["here", "here"]


def test_a_title_too_short_to_tell_is_recognised_by_all_that_is_said_of_the_paper():
    first = Record(title="BERT", year=2018, authors=["Jacob Devlin"])
    others = [
        Record(title="BERT", year=2018, authors=["Somebody Else"]),
        Record(title="BERT", year=2018, authors=["Jacob Devlin"], url="https://example.org/2"),
    ]
    _, outcomes = take(first, *others, Record(title="Bert", year=2018, authors=["Jacob Devlin"]))
    assert [outcome.status for outcome in outcomes] == ["new", "new", "new", "repeated"]
    report, _ = take(first, *others)
    assert report.counts == {"here": 3}


def test_a_preview_writes_nothing_and_says_the_same():
    items = [attention(placements=[Placement(section=("A",))]), Record(title="Another paper here")]
    with CaptureQueriesContext(connection) as queries:
        foreseen = preview(plan(items))
    assert all(query["sql"].startswith("SELECT") for query in queries)
    done, _ = take(*items)
    assert foreseen.counts == done.counts == {"new": 2}


def test_blanks_are_filled_and_nothing_is_overwritten():
    make.paper(
        key="mine", title="Attention is all you need", year=2018, arxiv_id="1706.03762", venue=""
    )
    _, (outcome,) = take(attention(venue="NeurIPS", abstract="We propose."))
    paper = Paper.objects.get()
    assert (paper.title, paper.year, paper.venue) == ("Attention is all you need", 2018, "NeurIPS")
    assert outcome.fills == {"venue": "NeurIPS", "abstract": "We propose."}
    assert [(d.field, d.here, d.there) for d in outcome.differences if d.field != "authors"] == [
        ("title", "Attention is all you need", "Attention Is All You Need"),
        ("year", 2018, 2017),
    ]
    assert paper.history.count() == 2


def test_sections_are_found_in_any_language_numbering_and_with_a_slip():
    top = make.section(title_en="Foundations", title_zh_hans="基础", slug="top")
    make.section(title_zh_hans="Transformer 万物起源", slug="transformer", parent=top)
    report, _ = take(
        attention(placements=[Placement(section=("一、基础", "1. Transform万物起源"))])
    )
    assert Section.objects.count() == 2
    assert Entry.objects.get().section.slug == "transformer"
    assert report.added["section"] == 0


def test_sections_that_differ_in_a_number_are_two():
    make.section(title_en="Object detection 2020", slug="a")
    take(attention(placements=[Placement(section=("Object detection 2021",))]))
    assert Section.objects.count() == 2


def test_what_cannot_be_used_is_said_and_the_rest_comes_in():
    report, outcomes = take(
        Problem(reason="The entry is not closed.", line=3, text="@article{x"),
        Record(title=" ", line=4),
        attention(
            arxiv_id="2021.12345",
            doi="none",
            year=20177,
            url="javascript:alert(1)",
            links=[LinkRecord(url="papers/local.pdf")],
        ),
    )
    assert [(o.status, o.line) for o in outcomes][:2] == [("unusable", 3), ("unusable", 4)]
    assert outcomes[0].reason == "The entry is not closed."
    assert len(outcomes[2].complaints) == 5
    assert Paper.objects.get().url == ""
    assert report.counts == {"unusable": 2, "new": 1}


@pytest.mark.parametrize("sign", ["\x00", "\ud800"])
def test_signs_that_no_database_takes_are_left_out(sign):
    note = NoteRecord(text={"en": f"N{sign}"}, author=f"A{sign}")
    take(
        ListRecord(titles={"en": f"L{sign}"}),
        SectionRecord(path=(f"S{sign}",), descriptions={"en": f"D{sign}"}, notes=[note]),
        attention(
            title=f"Attention{sign} Is All You Need",
            authors=[f"Ada{sign} Lámpa"],
            tags=[f"wool{sign}"],
            links=[LinkRecord(url=f"https://example.org/{sign}", label=f"code{sign}")],
            relations=[RelationRecord(to=f"x{sign}")],
            placements=[Placement(section=(f"S{sign}",), label=f"B{sign}", notes=[note])],
            notes=[note],
        ),
        publish=True,
    )
    left = "" if sign == "\x00" else "?"
    assert Paper.objects.get().authors == [f"Ada{left} Lámpa"]
    assert Entry.objects.get().label == f"B{left}"
    assert set(Note.objects.values_list("body_en", flat=True)) == {f"N{left}"}


_NOTE = NoteRecord(text={"en": "N"}, author="A\0")


@pytest.mark.parametrize(
    "only",
    [
        *({field.name: "a\0"} for field in fields(Record) if field.type is str),
        {"authors": ["A", "B\0"]},
        {"tags": ["t", "u\0"]},
        *(
            {"links": [LinkRecord(**{"url": "https://a.b/", **part})]}
            for part in ({"url": "https://a.b/\0"}, {"kind": "code\0"}, {"label": "code\0"})
        ),
        *(
            {"relations": [RelationRecord(**{"to": "a", **part})]}
            for part in ({"to": "a\0"}, {"kind": "builds_on\0"})
        ),
        *(
            {"placements": [Placement(**{"section": ("S",), **part})]}
            for part in ({"section": ("S", "T\0")}, {"slug": "s\0"}, {"label": "l\0"})
        ),
        {"placements": [Placement(section=("S",), notes=[_NOTE])]},
        {"notes": [NoteRecord(text={"en": "N\0"})]},
        {"notes": [_NOTE]},
    ],
    ids=str,
)
def test_such_a_sign_is_seen_wherever_it_stands_alone(only):
    record = attention(**copy.deepcopy(only))
    vet(record)
    assert "\\x00" not in repr(record)


def test_all_of_it_is_written_or_nothing():
    def items():
        yield attention(placements=[Placement(section=("A",))])
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        take(*[attention()], *items())
    with pytest.raises(ZeroDivisionError):
        apply(plan(items()))
    assert counts() == [0] * 7


def test_papers_that_come_into_an_empty_list_meanwhile_are_recognised(monkeypatch):
    monkeypatch.setattr(sys.modules["papers.intake.plan"], "PIECE", 2)
    monkeypatch.setattr(sys.modules["papers.intake.apply"], "PIECE", 2)

    def items():
        yield from [Record(title="The first of them"), Record(title="The second of them")]
        make.paper(key="vaswani2017attention", title="Something else", arxiv_id="1810.04805")
        yield from [attention(), Record(title="BERT", arxiv_id="1810.04805")]
        yield from [attention(), Record(title="The first of them", year=2020)]

    outcomes = []
    apply(plan(items()), on_outcome=outcomes.append)
    assert [outcome.status for outcome in outcomes] == ["new"] * 3 + ["here"] + ["repeated"] * 2
    assert outcomes[2].key == "vaswani2017attention-2"
    assert Paper.objects.count() == 4


def test_a_text_that_names_a_paper_twice_adds_nothing_the_second_time():
    code, page = "https://example.org/code", "https://example.org/page"
    records = [
        attention(url=page, tags=["t"], links=[LinkRecord(url=code), LinkRecord(url=page)]),
        attention(
            url="https://example.org/other",
            tags=["T", "u"],
            links=[
                LinkRecord(url=code),
                LinkRecord(url=page),
                LinkRecord(url="http://www.example.org/other/"),
                LinkRecord(url="https://example.org/slides"),
            ],
        ),
    ]
    report, _ = take(*records)
    assert (report.added["link"], Link.objects.count()) == (2, 2)
    assert (report.added["tag"], Tag.objects.count()) == (2, 2)
    again, _ = take(*records)
    assert not again.changed


def test_an_address_is_first_of_all_the_papers_whose_main_link_it_is():
    project = "https://example.org/project"
    records = [
        attention(links=[LinkRecord(url=project, kind="project")]),
        Record(title="The project's own paper", url=project),
    ]
    take(*records)
    _, again = take(*records)
    assert [(outcome.status, outcome.key) for outcome in again] == [
        ("here", "vaswani2017attention"),
        ("here", "projects"),
    ]
    assert not any(outcome.changes or outcome.differences for outcome in again)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_an_error_of_the_database_in_the_last_piece_leaves_nothing(monkeypatch):
    known = make.paper(title="A paper that is here")
    before = counts(), Change.objects.count(), Change.objects.revision()
    monkeypatch.setattr(sys.modules["papers.intake.apply"], "PIECE", 2)
    records = [
        Record(title=f"Paper number {n}", tags=["t"], placements=[Placement(section=("S",))])
        for n in range(5)
    ]
    keys = iter([["a", "b"], ["c", "d"], [known.key]])
    monkeypatch.setattr(Keys, "give", lambda self, records, **how: next(keys))
    with pytest.raises(IntegrityError):
        apply(plan(records))
    assert (counts(), Change.objects.count(), Change.objects.revision()) == before


def test_keys_that_differ_in_case_only_are_one():
    make.paper(key="Vaswani2017Attention", title="Something else entirely")
    _, (first, second) = take(
        attention(), Record(title="A second paper", key="VASWANI2017ATTENTION")
    )
    assert (first.key, second.key) == ("vaswani2017attention-2", "VASWANI2017ATTENTION-3")


def test_a_long_key_leaves_room_for_its_number():
    long = "k" * 100
    _, outcomes = take(*[Record(title=f"Paper number {n}", key=long) for n in range(2)])
    assert [outcome.key for outcome in outcomes] == [long, f"{'k' * 90}-2"]


def test_keys_are_free_and_those_of_the_source_are_kept():
    make.paper(key="vaswani2017attention", title="Something else entirely")
    take(
        attention(),
        attention(title="Attention and more of it", arxiv_id="1706.00001"),
        attention(title="A third of these papers", arxiv_id="1706.00002", key="MyKey:1"),
        attention(title="A fourth of these papers", arxiv_id="1706.00003", key="not a key!"),
    )
    assert set(Paper.objects.values_list("key", flat=True)) == {
        "vaswani2017attention",
        "vaswani2017attention-2",
        "vaswani2017attention-3",
        "MyKey:1",
        "vaswani2017fourth",
    }


def test_relations_hold_between_papers_of_the_text_and_of_the_list():
    make.paper(key="old", title="The older paper")
    take(
        Record(
            title="The newest of the papers",
            relations=[
                RelationRecord(to="mid"),
                RelationRecord(to="old"),
                RelationRecord(to="nowhere"),
            ],
        ),
        Record(title="The one in the middle", key="mid"),
    )
    assert set(Relation.objects.values_list("from_paper__title", "to_paper__key")) == {
        ("The newest of the papers", "mid"),
        ("The newest of the papers", "old"),
    }


def test_a_note_beside_one_that_is_there_is_a_difference():
    entry = make.entry(paper=make.paper(arxiv_id="1706.03762"), section=make.section(slug="a"))
    make.note(section=entry.section, paper=entry.paper, body_en="Mine.")
    _, (outcome,) = take(
        attention(placements=[Placement(slug="a", notes=[NoteRecord(text={"en": "Theirs."})])])
    )
    assert Note.objects.count() == 1
    assert ("note", "Mine.", "Theirs.") in [(d.field, d.here, d.there) for d in outcome.differences]


def test_everything_can_go_into_one_section():
    make.section(slug="inbox", title_en="Inbox")
    take(
        attention(),
        Record(title="Another paper here", placements=[Placement(section=("Sub",))]),
        section="inbox",
    )
    assert sorted(Entry.objects.values_list("section__title_en", "section__parent__slug")) == [
        ("Inbox", None),
        ("Sub", "inbox"),
    ]
    with pytest.raises(ValueError, match="There is no section “nowhere”"):
        take(attention(), section="nowhere")


def test_what_is_to_be_public_is():
    take(
        attention(placements=[Placement(section=("A",), notes=[NoteRecord(text={"en": "N"})])]),
        publish=True,
    )
    assert Entry.objects.visible().count() == Note.objects.visible().count() == 1
    assert Paper.objects.get().listed_at


def test_queries_grow_by_pieces_not_by_records():
    def cost(first, last):
        records = [
            Record(
                title=f"Paper number {n}",
                year=2020,
                tags=["a", "b"],
                placements=[Placement(section=("S",))],
            )
            for n in range(first, last)
        ]
        with CaptureQueriesContext(connection) as queries:
            take(*records)
        return len(queries)

    cost(0, 2)
    few = cost(2, 10)
    assert cost(10, 500) <= few + 20


def test_python_looks_for_cycles_as_often_as_before_once_all_intakes_are_through():
    usual = gc.get_threshold()
    with seldom():
        with seldom():
            assert gc.get_threshold()[0] == OBJECTS != usual[0]
        assert gc.get_threshold()[0] == OBJECTS
    assert gc.get_threshold() == usual
    take(attention())
    assert gc.get_threshold() == usual
