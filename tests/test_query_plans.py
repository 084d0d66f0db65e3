"""The queries of pages find their rows by an index: none goes through all papers or entries."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from papers.models import Paper, Section, Tag
from tests.test_query_counts import fill

pytestmark = pytest.mark.django_db

#: Tables that grow with the list. A page may go through one only as far as it shows of it.
LARGE = ("papers_paper", "papers_entry", "papers_note", "papers_link", "papers_taggedpaper")

PUBLIC = [
    "/papers/author7/",
    "/papers/AUTHOR7/",
    "/sections/section-0/",
    "/sections/section-0/?page=3",
    "/sections/section-0/?page=last",
    "/tags/tag-0/",
    "/tags/tag-0/?page=last",
    "/tags/tag-1/",
    "/sitemap.xml",
    "/sitemap-papers.xml",
    "/sitemap-tags.xml",
]
ADMIN = [
    "/admin/papers/paper/?status__exact=draft",
    "/admin/papers/entry/?section={section}",
    "/admin/papers/paper/{paper}/change/",
    "/admin/papers/paper/{paper}/history/",
    "/admin/papers/paper/{paper}/delete/",
    "/admin/papers/section/{section}/delete/",
    "/admin/papers/tag/{tag}/delete/",
]
#: Lists of all rows, in every order that the admin offers: read along an index, never sorted.
ORDERED = [
    "/admin/papers/paper/",
    *(f"/admin/papers/paper/?o={way}{column}" for way in ("", "-") for column in (1, 3, 4, 7)),
    "/admin/papers/entry/",
    *(f"/admin/papers/entry/?o={way}{column}" for way in ("", "-") for column in (1,)),
    "/admin/papers/note/",
    "/admin/papers/tag/",
]


@pytest.fixture
def large(monkeypatch):
    """A list that is large to the code, and to the planner of PostgreSQL."""
    monkeypatch.setattr("papers.paging.NUMBERED", 200)
    monkeypatch.setattr("papers.views.home.WHOLE", 20)
    monkeypatch.setattr("papers.querysets.TAGGED", 100)
    fill(1000, sections=2)
    Tag.objects.create(name="tag 1000").tagged_papers.create(content_object=Paper.objects.first())
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
            cursor.execute("SET LOCAL enable_seqscan = off")


def plans(client, address):
    """Each query of a page with its plan, as text."""
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    assert response.status_code in {200, 301}, address
    explain = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "
    for query in queries.captured_queries:
        if (sql := query["sql"]).startswith("SELECT"):
            with connection.cursor() as cursor:
                cursor.execute(explain + sql.replace("%", "%%"), [])
                yield sql, "\n".join(str(row[-1]) for row in cursor.fetchall())


def scanned(plan):
    """The large tables that a plan goes through from end to end; the index of drafts is not."""
    names, but = "|".join(LARGE), "USING (COVERING INDEX|INDEX paper_drafts)"
    found = re.compile(rf"^SCAN ({names})\b(?! {but})|Seq Scan on ({names})\b")
    return [line for line in plan.splitlines() if found.search(line)]


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_page_goes_through_no_large_table(visitor, large, address):
    for sql, plan in plans(visitor, address):
        # Along the order's index, until the page is full.
        if connection.vendor == "sqlite" and "ORDER BY" in sql and "B-TREE" not in plan:
            continue
        assert scanned(plan) == [], f"{sql}\n{plan}"


@pytest.mark.parametrize("address", ["/", "/about/", "/tags/"])
def test_what_is_counted_is_counted_along_an_index(visitor, large, address):
    for sql, plan in plans(visitor, address):
        if "papers_note" not in sql:
            found = scanned(plan)
            assert not found or "USING INDEX" in found[0], f"{sql}\n{plan}"


@pytest.mark.parametrize("address", ADMIN)
def test_a_page_of_the_admin_goes_through_no_large_table(admin_client, large, address):
    numbers = {
        "section": Section.objects.get(slug="section-0").pk,
        "paper": Paper.objects.first().pk,
        "tag": Tag.objects.first().pk,
    }
    for sql, plan in plans(admin_client, address.format(**numbers)):
        assert scanned(plan) == [], f"{sql}\n{plan}"


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL sorts a list as small")
@pytest.mark.parametrize("address", ORDERED)
def test_no_list_of_the_admin_is_sorted(admin_client, large, address):
    for sql, plan in plans(admin_client, address):
        if "LIMIT 100" in sql:
            assert "B-TREE FOR ORDER BY" not in plan, f"{sql}\n{plan}"
