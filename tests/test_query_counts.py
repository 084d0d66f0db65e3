"""Pages ask the database as often for 14,000 papers as for 300."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from papers.models import Entry, Link, Note, Paper, Relation, Section, Tag, TaggedPaper
from papers.search import index

pytestmark = pytest.mark.django_db


def fill(number, *, sections):
    """Adds so many papers, each with an entry, a link, a tag, a note; some with relations."""
    start = Paper.objects.count()
    now = timezone.now()
    papers = Paper.objects.bulk_create(
        [
            Paper(
                key=f"author{n}",
                title=f"Paper {n}",
                authors=["Ada Author"],
                year=1990 + n % 30,
                venue=f"Venue {n % 40}",
                status=Paper.Status.PUBLISHED,
                listed_at=now,
            )
            for n in range(start, start + number)
        ]
    )
    section_start = Section.objects.count()
    places = [
        Section.objects.create(title_en=f"Section {n}", slug=f"section-{n}")
        for n in range(section_start, section_start + sections)
    ]
    tags = [Tag.objects.create(name=f"tag {section_start + n}") for n in range(sections)]
    rows = list(enumerate(papers))
    Entry.objects.bulk_create(
        [
            Entry(section=places[n % sections], paper=paper, position=n + 1, highlighted=n % 3 == 0)
            for n, paper in rows
        ]
    )
    Link.objects.bulk_create(
        [Link(paper=paper, url=f"https://example.org/{n}") for n, paper in rows]
    )
    TaggedPaper.objects.bulk_create(
        [TaggedPaper(tag=tags[n % sections], content_object=paper) for n, paper in rows]
    )
    Note.objects.bulk_create([Note(paper=paper, body_en=f"Note {n}.") for n, paper in rows])
    first = Paper.objects.order_by("pk").first()
    Relation.objects.bulk_create(
        [Relation(from_paper=paper, to_paper=first) for n, paper in rows[1:12]]
    )

    index.flush()


PAGES = [
    "/",
    "/zh-hans/",
    "/papers/",
    "/papers/?section=section-0&tag=tag-0&has_note=1&highlighted=1&q=paper&sort=title",
    "/papers/author0/",
    "/sections/section-0/",
    "/tags/",
    "/tags/tag-0/",
    "/about/",
    "/sitemap.xml",
    "/sitemap-papers.xml",
    "/robots.txt",
]


def count(client, address):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_every_public_page_takes_as_many_queries_for_14000_papers_as_for_300(visitor):
    fill(300, sections=2)
    small = {address: count(visitor, address) for address in PAGES}
    fill(13_700, sections=40)
    large = {address: count(visitor, address) for address in PAGES}
    assert Paper.objects.count() == 14_000
    assert large == small
    lists = {address for address in PAGES if address.startswith("/papers/?")} | {"/papers/"}
    assert max(number for address, number in small.items() if address not in lists) <= 12
    # On PostgreSQL a search sets its limits, too.
    assert max(small.values()) <= 24
