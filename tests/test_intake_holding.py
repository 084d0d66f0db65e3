"""Who may not publish, or not make sections, changes nothing public by bringing a list in."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from papers.intake import Options, apply, plan, preview
from papers.models import Entry, Link, Note, Paper, Relation, Section, TaggedPaper
from papers.records import (
    LinkRecord,
    NoteRecord,
    Placement,
    Record,
    RelationRecord,
    SectionRecord,
)
from tests import make

pytestmark = pytest.mark.django_db


def take(*items, **options):
    outcomes = []
    apply(plan(items, Options(drafts_only=True, **options)), on_outcome=outcomes.append)
    return outcomes


def everything(**fields):
    """A record that would add whatever can be added to a paper."""
    return Record(
        title="Attention Is All You Need",
        arxiv_id="1706.03762",
        venue="NeurIPS",
        tags=["transformer"],
        links=[LinkRecord(url="https://code.example/", kind="code")],
        relations=[RelationRecord(to="older")],
        notes=[NoteRecord(text={"en": "Read it."})],
        placements=[
            Placement(slug="open", label="Transformer", notes=[NoteRecord(text={"en": "Here."})]),
            Placement(slug="closed"),
            Placement(section=("Brand new",)),
        ],
        **fields,
    )


@pytest.fixture
def sections():
    make.paper(key="older", title="The older paper")
    return make.section(slug="open"), make.section(slug="closed", public=False)


def told(outcome):
    return [(name, getattr(value, "path", value)) for name, value in outcome.held]


def public_rows():
    seen = [model.objects.visible().count() for model in (Entry, Note, Relation)]
    links = Link.objects.filter(paper__status="published")
    tags = TaggedPaper.objects.filter(content_object__status="published")
    return [*seen, links.count(), tags.count()]


def test_a_public_paper_stays_as_readers_see_it(sections):
    paper = make.paper(arxiv_id="1706.03762", title="Attention Is All You Need")
    before = (Paper.objects.filter(pk=paper.pk).values().get(), public_rows())
    (outcome,) = take(everything())
    assert (Paper.objects.filter(pk=paper.pk).values().get(), public_rows()) == before
    assert told(outcome) == [
        ("venue", "NeurIPS"),
        ("entry", (str(sections[0]),)),
        ("note", "Here."),
        ("link", "https://code.example/"),
        ("tag", "transformer"),
        ("relation", "older"),
    ]
    assert (outcome.fills, sorted(outcome.adds)) == ({}, ["entry", "entry", "note"])
    # What readers do not see comes in all the same.
    assert set(paper.entries.values_list("section__slug", flat=True)) == {"closed", "brand-new"}
    assert not Section.objects.get(slug="brand-new").visible


def test_the_label_of_an_entry_that_readers_see_stays(sections):
    paper = make.paper(arxiv_id="1706.03762", title="Attention Is All You Need")
    for section in sections:
        make.entry(paper=paper, section=section)
    item = everything()
    item.placements[1].label = "T"
    (outcome,) = take(item)
    labels = dict(paper.entries.values_list("section__slug", "label"))
    assert labels == {"open": "", "closed": "T", "brand-new": ""}
    assert ("label", "Transformer") in outcome.held
    assert outcome.fills == {"label": "T"}


def test_a_draft_is_free(sections):
    draft = make.draft(arxiv_id="1706.03762", title="Attention Is All You Need")
    (outcome,) = take(everything())
    draft.refresh_from_db()
    assert (draft.venue, draft.links.count(), draft.tags.count()) == ("NeurIPS", 1, 1)
    assert (draft.entries.count(), draft.relations.count(), draft.notes.count()) == (3, 1, 2)
    assert outcome.held == []


def test_what_is_there_already_is_not_held_back(sections):
    paper = make.paper(arxiv_id="1706.03762", title="Attention Is All You Need", venue="NeurIPS")
    paper.tags.add("transformer")
    Link.objects.create(paper=paper, url="https://code.example/")
    Relation.objects.create(from_paper=paper, to_paper=Paper.objects.get(key="older"))
    make.entry(paper=paper, section=sections[0], label="Transformer")
    (outcome,) = take(everything())
    assert outcome.held == []


def test_the_same_paper_named_again_is_held_back_as_well(sections):
    paper = make.paper(arxiv_id="1706.03762", title="Attention Is All You Need")
    outcomes = take(Record(arxiv_id="1706.03762"), everything())
    assert [outcome.status for outcome in outcomes] == ["here", "repeated"]
    assert not paper.links.exists()


def test_sections_are_left_to_those_who_may_make_them():
    here = make.section(title_en="Models", slug="models")
    (outcome,) = take(
        SectionRecord(path=("Models", "Brand new"), notes=[NoteRecord(text={"en": "On all."})]),
        Record(
            title="Attention Is All You Need",
            placements=[
                Placement(section=("Models", "Brand new")),
                Placement(section=("Elsewhere",), notes=[NoteRecord(text={"en": "There."})]),
            ],
        ),
        new_sections=False,
    )
    assert Section.objects.count() == 1
    assert Entry.objects.get().section == here
    assert [note.section for note in Note.objects.all()] == [None]
    assert told(outcome) == [("section", ("Models", "Brand new")), ("section", ("Elsewhere",))]


def test_queries_do_not_grow_with_papers(sections):
    def cost(count):
        for number in range(Paper.objects.count(), count):
            make.paper(title=f"Known paper number {number}", year=2020)
        records = [
            Record(
                title=f"Known paper number {number}",
                year=2020,
                relations=[RelationRecord(to="older")],
                venue="V",
            )
            for number in range(1, count)
        ]
        with CaptureQueriesContext(connection) as queries:
            report = preview(plan(records, Options(drafts_only=True)))
        assert report.counts == {"here": count - 1}
        return len(queries)

    assert cost(30) == cost(5)
