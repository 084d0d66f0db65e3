"""A long list page by page: every row once, in order, in both directions, however deep."""

import re
from itertools import chain

import pytest
from django.db.models import F
from django.http import QueryDict

from papers import paging
from papers.models import Entry, Paper
from papers.paging import paginate
from tests import make

pytestmark = pytest.mark.django_db

PER_PAGE = 5
ORDERS = {
    "latest": lambda: Paper.objects.latest_first(),
    "oldest": lambda: Paper.objects.order_by(F("year").asc(nulls_last=True), "pk"),
    "title": lambda: Paper.objects.order_by("title", "pk"),
    "newest": lambda: Paper.objects.newest(),
    "entries": lambda: Entry.objects.all(),
    "paper of the entry": lambda: Entry.objects.order_by("-paper__title", "pk"),
}


@pytest.fixture
def long(monkeypatch):
    """A list of 43, of which the first 20 come on numbered pages."""
    monkeypatch.setattr(paging, "NUMBERED", 20)
    section = make.section(slug="long")
    for number in range(43):
        year = [None, 2017, 2018, 2018, 2020][number * 7 % 5]
        create = make.draft if number % 6 == 0 else make.paper  # a draft is not listed yet
        paper = create(title=f"Title {number * 5 % 9}", year=year, key=f"key{number}")
        make.entry(section=section, paper=paper, position=1 + number % 4)


def turn(rows, place, **more):
    """The page that a link leads to."""
    query = QueryDict(mutable=True)
    for name in ("page", "after", "before"):
        if (value := getattr(place, name)) is not None:
            query[name] = str(value)
    page = paginate(query, rows, PER_PAGE, **more)
    assert not page.complaint
    return page


@pytest.mark.parametrize("order", ORDERS)
def test_going_on_from_page_to_page_shows_every_row_once_and_in_order(long, order):
    rows = ORDERS[order]()
    page, seen = paginate({}, rows, PER_PAGE), []
    while page:
        seen.append(page.rows)
        page = page.following and turn(rows, page.following)
    assert list(chain(*seen)) == list(rows)
    assert [len(part) for part in seen] == [5] * 8 + [3]


@pytest.mark.parametrize("order", ORDERS)
def test_going_back_from_the_last_page_does_so_too(long, order):
    rows = ORDERS[order]()
    page, seen = paginate({"page": "last"}, rows, PER_PAGE), []
    while page.number is None:
        seen.append(page.rows)
        page = turn(rows, page.previous)
    assert list(chain(*reversed(seen))) == list(rows)[3:]
    assert page.number == 1
    assert page.rows == list(rows)[:5]


@pytest.mark.parametrize("order", ORDERS)
def test_from_anywhere_back_and_on_is_the_same_page(long, order):
    rows = ORDERS[order]()
    page = turn(rows, paginate({"page": "4"}, rows, PER_PAGE).following)
    assert page.number is None
    back = turn(rows, page.previous)
    assert back.rows == list(rows)[15:20]
    assert turn(rows, back.following).rows == page.rows


@pytest.mark.parametrize("order", ORDERS)
def test_numbered_pages_are_where_their_numbers_say(long, order):
    rows = ORDERS[order]()
    for number in (1, 2, 3, 4):
        page = paginate({"page": str(number)}, rows, PER_PAGE)
        assert page.rows == list(rows)[(number - 1) * 5 : number * 5]
        assert (page.number, page.start) == (number, number * 5 - 4)


def test_a_long_list_says_that_it_has_more(long):
    page = paginate({}, Paper.objects.latest_first(), PER_PAGE)
    assert (page.count, page.more) == (20, True)
    page = paginate({}, Paper.objects.latest_first(), PER_PAGE, count=43)
    assert (page.count, page.more) == (43, False)


def test_a_short_list_has_numbers_only(long):
    rows = Paper.objects.filter(year=2017).latest_first()
    page = paginate({"page": "last"}, rows, PER_PAGE)
    assert page.number == 2
    assert page.rows == list(rows)[5:]
    assert (page.following, page.last) == (None, None)


@pytest.mark.parametrize("name", ["page", "after", "before"])
@pytest.mark.parametrize(
    "wanted",
    [
        "",
        "x",
        "-1",
        "1.5",
        "0",
        "9" * 18,
        "9" * 19,
        "9" * 5000,
        "\x00",
        "\u0663",
        "\u00b2",
        "1 OR 1=1",
    ],
)
def test_a_place_that_is_none_shows_the_first_page_and_says_so(long, visitor, name, wanted):
    rows = Paper.objects.latest_first()
    page = paginate({name: wanted}, rows, PER_PAGE)
    if page.complaint:
        assert page.number in {1, 4}
        assert page.rows == list(rows)[(page.number - 1) * 5 : page.number * 5]
    else:
        assert wanted in {"", "\u0663"}
    assert visitor.get("/papers/", {name: wanted}).status_code == 200


def test_a_row_outside_the_list_is_no_place_in_it(long):
    rows = Paper.objects.visible().latest_first()
    hidden = Paper.objects.exclude(pk__in=rows.values("pk")).first()
    page = paginate({"after": str(hidden.pk)}, rows, PER_PAGE)
    assert page.complaint
    assert page.number == 1


def test_a_visitor_walks_through_a_long_section_by_its_links(visitor, long, monkeypatch):
    monkeypatch.setattr("papers.views.section.PER_PAGE", PER_PAGE)
    address, seen = "/sections/long/", []
    while address:
        html = visitor.get(address).text
        seen += re.findall(r'<li id="(key\d+)"', html)
        following = re.search(r'href="([^"]*)" rel="next"', html)
        address = following and "/sections/long/" + following[1].replace("&amp;", "&")
    entries = Entry.objects.visible().values_list("paper__key", flat=True)
    assert seen == list(entries)
    last = re.search(r'href="([^"]*)">Last<', visitor.get("/sections/long/").text)[1]
    assert seen[-1] in visitor.get("/sections/long/" + last).text
