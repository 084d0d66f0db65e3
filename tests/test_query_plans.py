"""The queries of pages find their rows by an index: none goes through all papers or entries."""

import itertools
import re
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from papers.models import Paper, Section, Tag
from papers.search import index
from papers.search.engines import base
from papers.search.find import Search
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
    index.flush()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
            cursor.execute("SET LOCAL enable_seqscan = off")


def plans(client, address):
    """Each query of a page with its plan, as text."""
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    assert response.status_code in {200, 301}, address
    yield from explained(queries.captured_queries)


def explained(queries):
    explain = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "
    for query in queries:
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


# --- Searching ---

#: Names in plans of the tables that grow with the list: as they are, or as queries call them.
_LARGE_HERE = re.compile(r'"?(papers_paper|search_(?:document|text|word))"?(?: (?:AS )?"?(\w+)"?)?')
#: What is looked for in the index of words, in the words of either planner.
_BY_WORDS = {
    "sqlite": re.compile(r"SCAN (search_text) VIRTUAL TABLE INDEX \d+:\S*M\d"),
    "postgresql": re.compile(r"Bitmap Index Scan on search_text_vector"),
}
#: Whole tables, or whole indexes: PostgreSQL names under a scan what it looks for in the index.
_WHOLE = {
    "sqlite": re.compile(r"^SCAN (\w+)(?! VIRTUAL TABLE INDEX \d+:\S*M\d)"),
    "postgresql": re.compile(
        r"(?:Seq Scan|Index (?:Only )?Scan(?: Backward)? using (?!paper_drafts)\w+)"
        r" on (\w+)(?: (\w+))?  \(.*\)(?!\n +Index Cond)"
    ),
}


def pretend(number):
    """Tells the planner of PostgreSQL that so many papers are in the list."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "ALTER TABLE search_document ALTER facets_id SET (n_distinct = 120);"
                "ANALYZE search_document;"
                "SET LOCAL enable_seqscan = on"
            )
            cursor.execute(
                "UPDATE pg_class SET reltuples = %s WHERE relname IN"
                " ('papers_paper', 'search_document', 'search_text', 'search_word')",
                [number],
            )


def whole(sql, plan):
    """The large tables that a query goes through from end to end."""
    names = {name for pair in _LARGE_HERE.findall(sql) for name in pair if name}
    found = _WHOLE[connection.vendor].finditer(plan)
    return [scan[0] for scan in found if names.intersection(filter(None, scan.groups()))]


def assert_by_words(queries):
    asked = 0
    for sql, plan in explained(queries):
        assert whole(sql, plan) == [], f"{sql}\n{plan}"
        if "FROM search_text" in sql:
            assert _BY_WORDS[connection.vendor].search(plan), f"{sql}\n{plan}"
            asked += 1
    assert asked


SEARCHES = [
    "17",
    "paper",
    "paper 17",
    "papper",
    "pappeer",
    "author:ada -17",
    "title:paper year:2000..2010",
    "tag:tag -section:none",
    "nothing like this paper",
]


@pytest.mark.parametrize("scope", [base.PUBLIC, base.CURATORS], ids=["public", "curators"])
def test_a_search_looks_for_words_in_their_index(large, scope, subtests):
    pretend(1_000_000)
    for text in SEARCHES:
        with CaptureQueriesContext(connection) as queries:
            search = Search(text, scope=scope).run()
            for order in ("best", *base.ORDERS):
                search.page(order, 25, 0)
                search.page(order, 25, 75)
        with subtests.test(text), without_whole_tables():
            assert search.total
            assert_by_words(queries.captured_queries)


@contextmanager
def without_whole_tables():
    """PostgreSQL as the engine asks it."""
    _let_whole_tables("off")
    yield
    _let_whole_tables("on")


def _let_whole_tables(value):
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL enable_seqscan = {value}")


def test_a_search_of_the_admin_looks_for_words_in_their_index(admin_client, large, subtests):
    pretend(1_000_000)
    for query in ("537", "title:%22paper 537%22", "537&status__exact=draft", "title:537"):
        with CaptureQueriesContext(connection) as queries:
            assert admin_client.get(f"/admin/papers/paper/?q={query}").status_code == 200
        # The choice of years is read along an index, whatever is searched.
        asked = [q for q in queries.captured_queries if "DISTINCT" not in q["sql"]]
        with subtests.test(query):
            assert_by_words(asked)


@pytest.mark.parametrize("site", ["", "/preview"])
def test_a_long_list_is_read_along_the_index_of_its_order(
    admin_client, large, monkeypatch, site, subtests
):
    pretend(50_000)
    for module in ("find", "engines.base"):
        monkeypatch.setattr(f"papers.search.{module}.CAP", 100)
    for order, query in itertools.product(
        ["latest", "oldest", "added", "title"],
        ["", "tag=tag-0", "highlighted=1", "section=section-0"],
    ):
        index = r"paper\w*_title" if order == "title" else r"document_\w+"
        with subtests.test(f"{query} {order}"):
            address = f"{site}/papers/?{query}&sort={order}&page=3"
            pages = [(q, plan) for q, plan in plans(admin_client, address) if "LIMIT 26" in q]
            assert len(pages) == 1
            (sql, plan) = pages[0]
            assert re.search(index, plan), f"{sql}\n{plan}"
            assert not re.search(r"B-TREE|Sort Key|Seq Scan on search_document", plan), (
                f"{sql}\n{plan}"
            )
