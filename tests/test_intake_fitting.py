"""Whatever a file claims, it ends in a report: what no column can hold is left out, and said."""

import json

import pytest

from papers.formats import jsonl
from papers.intake import apply, plan
from papers.models import Entry, Link, Note, Paper, Relation, Section

pytestmark = pytest.mark.django_db


def take(*lines):
    """Applies a text of JSON Lines; gives the complaints."""
    outcomes = []
    text = "\n".join(json.dumps(line) for line in lines)
    apply(plan(jsonl.read(text)), on_outcome=outcomes.append)
    return [sentence for outcome in outcomes for sentence in outcome.complaints]


def paper(**members):
    return {"type": "paper", "title": "A paper of some length", **members}


@pytest.mark.parametrize(
    "members",
    [
        {"title": "T" * 3000, "venue": "V" * 3000, "pages": "1" * 300, "source": "s" * 500},
        {"year": 10**30},
        {"arxiv_id": "2001.00001", "arxiv_version": 10**9},
        {"arxiv_id": "2001.00001", "arxiv_version": -1},
        {"language": "x" * 100},
        {"language": "zh-hans-" + "x" * 30},
        {"key": "k" * 300},
        {"key": "<>"},
        {"doi": "10.1000/" + "x" * 3000},
        {"published_on": "0001-01-01"},
        {"authors": ["x" * 100_000], "abstract": "\x00", "tags": ["t" * 300, "\ud800", " "]},
        {"links": [{"url": "https://x.org/" + "y" * 2000}]},
        {"links": [{"url": "https://x.org/", "kind": "nonsense" * 9, "label": "l" * 300}]},
        {"relations": [{"to": "nobody", "kind": "nonsense" * 9}]},
        {"placements": [{"section": ["", " "], "label": "l" * 300}]},
        {"placements": [{"section": ["A" * 300], "position": -5, "slug": "a b/../c"}]},
        {"placements": [{"section": ["A"], "position": 10**12, "slug": "s" * 500}]},
        {"placements": [{"section": ["A"] * 5000}]},
        {"notes": [{"text": {"fr": "Oui."}}, {"text": {}}, {"text": {"en": ""}}]},
        {"notes": [{"text": {"en": "N"}, "uid": "no uid", "author": "a" * 300}]},
    ],
)
def test_no_claim_of_a_paper_stops_the_others(members):
    take(paper(**members), paper(title="Another paper, quite sound"))
    assert Paper.objects.count() == 2
    assert Note.objects.filter(uid=None).count() == 0


@pytest.mark.parametrize(
    "members",
    [
        {"path": [], "slug": "x"},
        {"path": ["", " "]},
        {"path": ["A"], "slug": "s" * 500, "titles": {"en": "x" * 900, "fr": "y"}},
        {"path": ["A"], "slug": "a/b", "position": -1},
        {"path": ["A"] * 5000},
        {"path": ["A"], "position": 10**12, "notes": [{"text": {"fr": "Oui."}}]},
    ],
)
def test_no_claim_of_a_section_stops_the_papers(members):
    take({"type": "section", **members}, paper(placements=[{"section": ["A"]}]))
    assert Entry.objects.get().section == Section.objects.get(parent=None)
    assert not Note.objects.exists()


def test_what_was_left_out_is_said():
    complaints = take(
        paper(
            relations=[{"to": "nobody", "kind": "hates"}],
            notes=[{"text": {"fr": "Oui.", "en": "Yes."}}],
        )
    )
    assert complaints == [
        "“hates” is no kind of relation; it was left out.",
        "A note in a language that the list does not have, “fr”, was left out.",
    ]
    assert Note.objects.get().body_en == "Yes."
    assert not Relation.objects.exists()


def test_a_link_of_an_unknown_kind_is_a_link():
    take(paper(links=[{"url": "https://x.org/", "kind": "nonsense"}]))
    assert Link.objects.get().kind == "other"


def test_two_notes_of_one_uid_are_two_notes():
    uid = "00000000-0000-0000-0000-000000000001"
    notes = [{"text": {"en": "N"}, "uid": uid}]
    take(paper(notes=notes), paper(title="A second paper of mine", notes=notes))
    take(
        {"type": "section", "path": ["A"], "notes": notes},
        paper(title="A third paper of mine", notes=notes),
    )
    assert Note.objects.count() == 4
    assert str(Note.objects.order_by("pk").first().uid) == uid
