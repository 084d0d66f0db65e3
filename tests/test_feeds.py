"""Atom feeds: what they say, and to whom."""

from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest

from papers.models import Paper
from tests import make

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def shelf():
    above = make.section(title_en="Vision", title_zh_hans="视觉", slug="vision")
    below = make.section(title_en="Segmentation", slug="segmentation", parent=above)
    first = make.paper(
        key="ada2019seeing",
        title="Seeing <b> & \x08 <i>",
        authors=["Ada Lovelace", "李 飞飞"],
        abstract="On <script>alert(1)</script> seeing.",
    )
    make.entry(paper=first, section=below)
    make.note(paper=first, body_en="*Read* it.", body_zh_hans="读*它*。")
    first.tags.add("Masks")
    second = make.paper(key="nobody2020", title="Second", authors=[])
    make.entry(paper=second, section=above)
    draft = make.draft(key="secret", title="Secret")
    make.entry(paper=draft, section=above)
    draft.tags.add("Masks")


def feed(visitor, address):
    response = visitor.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)  # noqa: S314 - our own


def titles(root):
    return [entry.findtext(f"{ATOM}title") for entry in root.iter(f"{ATOM}entry")]


def ids(root):
    return [entry.findtext(f"{ATOM}id") for entry in root.iter(f"{ATOM}entry")]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/feeds/newest.atom", ["Second", "Seeing <b> &  <i>"]),
        ("/feeds/sections/vision.atom", ["Second", "Seeing <b> &  <i>"]),
        ("/feeds/sections/segmentation.atom", ["Seeing <b> &  <i>"]),
        ("/feeds/tags/masks.atom", ["Seeing <b> &  <i>"]),
    ],
)
def test_a_feed_has_the_newest_papers_first(visitor, shelf, address, expected):
    assert titles(feed(visitor, address)) == expected


def test_an_entry_says_all_that_a_reader_wants(visitor, shelf):
    root = feed(visitor, "/feeds/tags/masks.atom")
    (entry,) = root.iter(f"{ATOM}entry")
    authors = [name.text for name in entry.iter(f"{ATOM}name")]
    assert authors == ["Ada Lovelace", "李 飞飞"]
    assert entry.find(f"{ATOM}category").get("term") == "Masks"
    assert entry.find(f"{ATOM}link").get("href") == "http://testserver/papers/ada2019seeing/"
    content = entry.findtext(f"{ATOM}content")
    assert "<em>Read</em> it." in content
    assert "&lt;script&gt;" in content
    assert root.findtext(f"{ATOM}author/{ATOM}name")


def test_feeds_are_in_both_languages_with_the_same_ids(visitor, shelf):
    english = feed(visitor, "/feeds/sections/vision.atom")
    chinese = feed(visitor, "/zh-hans/feeds/sections/vision.atom")
    assert ids(english) == ids(chinese)
    assert chinese.get("{http://www.w3.org/XML/1998/namespace}lang") == "zh-Hans"
    assert chinese.findtext(f"{ATOM}title").startswith("视觉")
    assert "读" in ElementTree.tostring(chinese, encoding="unicode")
    links = [urlsplit(link.get("href")).path for link in chinese.iter(f"{ATOM}link")]
    assert links[:2] == ["/zh-hans/sections/vision/", "/zh-hans/feeds/sections/vision.atom"]


def test_who_has_a_feed_is_told_so(visitor, shelf):
    known = {"If-None-Match": visitor.get("/feeds/newest.atom").headers["ETag"]}
    assert visitor.get("/feeds/newest.atom", headers=known).status_code == 304
    Paper.objects.filter(key="nobody2020").update(title="Another")
    assert "Another" in visitor.get("/feeds/newest.atom", headers=known).text


def test_an_empty_list_has_a_feed(visitor, db):
    assert titles(feed(visitor, "/feeds/newest.atom")) == []


@pytest.mark.parametrize(
    "address", ["/feeds/sections/nowhere.atom", "/feeds/tags/nothing.atom", "/feeds/x.atom"]
)
def test_there_is_no_feed_of_what_is_not_there(visitor, shelf, address):
    assert visitor.get(address, follow=True).status_code == 404


def test_a_tag_of_drafts_only_has_no_feed(visitor, curator, shelf):
    Paper.objects.filter(key="ada2019seeing").delete()
    assert visitor.get("/feeds/tags/masks.atom").status_code == 404
    assert "Secret" in curator.get("/preview/feeds/tags/masks.atom").text


def test_pages_lead_to_their_feeds(visitor, shelf):
    assert 'href="/feeds/newest.atom"' in visitor.get("/about/").text
    for page in ("sections/vision", "tags/masks"):
        assert visitor.get(f"/{page}/").text.count(f'href="/feeds/{page}.atom"') == 2


def test_the_number_of_queries_is_fixed(visitor, shelf, django_assert_max_num_queries):
    with django_assert_max_num_queries(9):
        visitor.get("/feeds/newest.atom")
