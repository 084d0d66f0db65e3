"""Every list needs as many queries for 14 papers as for 14,000."""

from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from papers.models import Entry, Link, Note, Paper, Relation, Section, Tag, TaggedPaper
from papers.search import index
from tests import make
from tests.admin_forms import act, url

pytestmark = pytest.mark.django_db

LISTS = [
    (Paper, {}),
    (Paper, {"q": "paper"}),
    (Paper, {"section": "first", "highlighted": "yes", "note": "yes", "o": "3"}),
    (Paper, {"_facets": "True"}),
    (Section, {}),
    (Section, {"q": "section"}),
    (Entry, {}),
    (Entry, {"section": "first", "q": "paper"}),
    (Note, {}),
    (Note, {"missing": "zh_hans", "section": "first"}),
    (Tag, {"o": "-2"}),
    (Link, {}),
    (Relation, {}),
]


def fill(number):
    """So many papers, each in a section of its own parent's, with everything on it."""
    start = Paper.objects.count()
    numbers = range(start, start + number)
    papers = Paper.objects.bulk_create(
        [
            Paper(
                key=f"p{n}",
                title=f"Paper {n}",
                authors=["A", "B"],
                year=1990 + n % 30,
                status="published" if n % 2 else "draft",
            )
            for n in numbers
        ],
        batch_size=500,
    )
    for n in numbers[:: max(1, number // 50)]:
        make.section(parent=Section.objects.order_by("?").first() if n % 3 else None)
    sections = list(Section.objects.all())
    for model, rows in {
        Entry: (
            Entry(section=sections[n % len(sections)], paper=p, position=n + 1, highlighted=n % 2)
            for n, p in enumerate(papers)
        ),
        Note: (
            Note(paper=p, section=sections[n % len(sections)], body_en="A note", position=n + 1)
            for n, p in enumerate(papers)
        ),
        Link: (Link(paper=p, url="https://x.example/", position=1) for p in papers),
        Relation: (Relation(from_paper=p, to_paper=q) for p, q in pairwise(papers)),
        Tag: (Tag(name=f"tag {n}", slug=f"tag-{n}") for n in numbers),
    }.items():
        model.objects.bulk_create(list(rows), batch_size=500)
    tags = list(Tag.objects.order_by("-pk")[:number])
    TaggedPaper.objects.bulk_create(
        [TaggedPaper(tag=tag, content_object=p) for tag, p in zip(tags, papers, strict=True)],
        batch_size=500,
    )
    index.flush()


def counts(client):
    """How many queries each list needs."""
    first = str(Section.objects.order_by("pk").first().pk)
    needed = {}
    for number, (model, query) in enumerate(LISTS):
        query = {name: first if value == "first" else value for name, value in query.items()}
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page = client.get(url("changelist", model), query)
        assert page.status_code == 200, (model, query)
        needed[number, model.__name__, str(query)] = len(queries)
    return needed


@pytest.mark.parametrize("who", ["editor", "curator"])
@pytest.mark.parametrize("many", [300])
def test_lists_need_the_same_queries_for_few_rows_and_many(who, many, request, db):
    client = request.getfixturevalue(who)
    fill(14)
    counts(client)
    few = counts(client)
    fill(many)
    assert counts(client) == few


def test_lists_need_the_same_queries_for_14000_papers(editor):
    fill(14)
    counts(editor)
    few = counts(editor)
    fill(14_000 - 14)
    assert counts(editor) == few
    assert max(few.values()) < 40


def test_autocomplete_needs_the_same_queries_for_few_rows_and_many(editor):
    def needed():
        numbers = []
        for model, field in (("entry", "section"), ("entry", "paper"), ("taggedpaper", "tag")):
            query = {"app_label": "papers", "model_name": model, "field_name": field, "term": ""}
            with CaptureQueriesContext(connection) as queries:
                found = editor.get("/admin/autocomplete/", query).json()["results"]
            assert found
            numbers.append(len(queries))
        return numbers

    fill(14)
    few = needed()
    fill(100)
    assert needed() == few


def test_page_of_a_section_needs_the_same_queries_for_few_entries_and_many(editor):
    def needed(section):
        with CaptureQueriesContext(connection) as queries:
            assert editor.get(url("change", section)).status_code == 200
        return len(queries)

    few, many = make.section(), make.section()
    make.entry(section=few)
    for _number in range(30):
        make.entry(section=many)
    needed(few)
    assert needed(few) == needed(many)


def test_many_papers_are_written_in_few_queries(editor):
    fill(600)
    one = Paper.objects.first()
    with CaptureQueriesContext(connection) as queries:
        act(editor, "publish", one, select_across="1", apply="1")
    # Among them those that take the first of these papers into the search index.
    assert len(queries) < 150
    assert Paper.objects.visible().count() == 600
    # How they were, and how they are.
    assert Paper.history.count() == 600
