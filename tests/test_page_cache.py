"""Public pages are sent again without being made again: never old ones, never private ones."""

import gzip

import pytest
from django.core.cache import cache
from django.core.handlers.wsgi import WSGIHandler
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import path
from django.views.decorators.cache import never_cache

from papers import caching, kept_pages
from papers.compression import accepts_gzip
from papers.models import Paper
from papers.page_cache import PageCache
from papers.views import home
from papers.views.page import page
from tests import make

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

GZIP = {"Accept-Encoding": "gzip, deflate, br, zstd"}


class Answer:
    def __init__(self, application, request):
        said = []
        chunks = application(request.environ, lambda *args: said.append(args))
        self.packed = b"".join(chunks)
        if hasattr(chunks, "close"):
            chunks.close()
        self.status, headers = int(said[0][0][:3]), said[0][1]
        self.headers = dict(headers)
        assert len(headers) == len(self.headers), "a header is sent twice"

    @property
    def text(self):
        packed = self.headers.get("Content-Encoding") == "gzip"
        return (gzip.decompress(self.packed) if packed else self.packed).decode()


class Site:
    """The application as a server asks it."""

    def __init__(self, pages=100):
        self.application = PageCache(WSGIHandler())
        self.application.pages = kept_pages.KeptPages(pages)

    def get(self, address, headers=None, *, method="get", **environ):
        environ = {"headers": headers or {}, "HTTP_HOST": "localhost", **environ}
        return Answer(self.application, getattr(RequestFactory(), method)(address, **environ))

    def queries(self, *args, **kwargs):
        """How often the database is asked for an answer."""
        with CaptureQueriesContext(connection) as queries:
            self.get(*args, **kwargs)
        return len(queries)


@pytest.fixture
def site():
    cache.clear()
    yield Site()
    cache.clear()


@pytest.fixture
def kept(monkeypatch):
    """The places and pages that are kept, as they come."""
    pages = []

    def keep(place, page, timeout):
        pages.append((place, page))
        return set_(place, page, timeout)

    set_ = cache.set
    monkeypatch.setattr(cache, "set", keep)
    return pages


@pytest.fixture
def address():
    make.entry(section=make.section(slug="here"), paper=make.paper(key="kept", title="Before"))
    return "/papers/kept/"


# --- What is sent again ---


@pytest.mark.parametrize("headers", [{}, GZIP])
@pytest.mark.parametrize("first", [{}, GZIP])
def test_a_page_is_sent_again_as_it_was_made(site, address, headers, first):
    made = Site(pages=0).get(address, headers)
    site.get(address, first)
    assert site.queries(address, headers) == 1
    again = site.get(address, headers)
    assert (again.status, again.text) == (made.status, made.text)
    # Django makes its packed pages differ in length, at random.
    assert made.headers.keys() == again.headers.keys()
    assert {**made.headers, "Content-Length": ""} == {**again.headers, "Content-Length": ""}
    assert int(again.headers["Content-Length"]) == len(again.packed)


@pytest.mark.parametrize(
    "header", ["{}", 'W/"other", {}', '"a","b" , {} , "c"', "*", "  *  ", "{strong}"]
)
def test_a_reader_who_has_the_page_is_told_so(site, address, header):
    state = site.get(address).headers["ETag"]
    known = {"If-None-Match": header.format(state, strong=state.removeprefix("W/"))}
    uncached = Site(pages=0).get(address, known)
    assert site.queries(address, known) == 1
    answer = site.get(address, known)
    assert (answer.status, answer.packed) == (304, b"")
    # A length of nothing is Django's; what is to be known of the page is the same.
    uncached.headers.pop("Content-Length", None)
    assert answer.headers == uncached.headers
    assert answer.headers["ETag"] == state
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert "Content-Security-Policy" in answer.headers


@pytest.mark.parametrize("header", ["", " ", ",,,", '"', "W/", '"0"', '"*"', "*, *", '"' * 5000])
def test_a_reader_who_has_something_else_gets_the_page(site, address, header):
    site.get(address)
    answer = site.get(address, {"If-None-Match": header})
    assert (answer.status, "Before" in answer.text) == (200, True)


def test_who_asks_only_for_the_headers_gets_those(site, address):
    page = site.get(address)
    answer = site.get(address, method="head")
    assert (answer.status, answer.packed, answer.headers) == (200, b"", page.headers)


def test_whoever_wants_a_page_to_match_is_answered_as_ever(site, address):
    state = site.get(address).headers["ETag"]
    assert site.get(address, {"If-Match": state}).status == 412


@pytest.mark.parametrize(
    ("header", "accepted"),
    [
        ("gzip", True),
        ("br;q=1.0, GZIP ; q=0.5", True),
        ("gzip;q=0.001", True),
        ("gzip;q=0", False),
        ("gzip ; q = 0.00", False),
        ("", False),
        ("*", False),
        ("identity, not-gzip, gzipped, x/gzip", False),
        ("," * 5000 + "\xff", False),
    ],
)
def test_pages_are_packed_for_those_who_can_open_them(site, address, header, accepted):
    assert accepts_gzip(header) is accepted
    for _ in range(2):
        answer = site.get(address, {"Accept-Encoding": header})
        assert ("Content-Encoding" in answer.headers) is accepted
        assert "Before" in answer.text


@pytest.mark.parametrize(
    ("header", "passed_on"), [("GZIP, br", "gzip, br"), ("gzip;q=0", "identity"), ("", "identity")]
)
def test_static_files_are_compressed_for_who_asks_for_it(header, passed_on):
    seen = []
    application = PageCache(lambda environ, start_response: seen.append(environ))
    environ = {"PATH_INFO": "/static/site.css", "HTTP_ACCEPT_ENCODING": header}
    application(RequestFactory().get("/").environ | environ, None)
    assert seen[0]["HTTP_ACCEPT_ENCODING"] == passed_on


# --- What is not ---


def test_a_change_is_seen_at_once(site, address):
    state = site.get(address).headers["ETag"]
    Paper.objects.update(title="After")
    answer = site.get(address, {"If-None-Match": state})
    assert (answer.status, "After" in answer.text) == (200, True)
    assert site.queries(address) == 1


def test_a_change_while_a_page_is_made_makes_that_page_old(site, monkeypatch):
    def change_meanwhile(*args, **kwargs):
        response = render(*args, **kwargs)
        make.paper(title="Came late")
        return response

    render = home.render
    with monkeypatch.context() as patched:
        patched.setattr(home, "render", change_meanwhile)
        state = site.get("/").headers["ETag"]
    answer = site.get("/", {"If-None-Match": state})
    assert (answer.status, "Came late" in answer.text) == (200, True)


def test_pages_are_told_apart_by_all_of_their_address(site, address):
    for other in (
        *("/", "/zh-hans/", "/papers/", "/papers/?sort=title", "/papers/?sort=oldest"),
        *("/sections/here/", "/zh-hans/sections/here/"),
    ):
        site.get(other)
        again = site.get(other)
        assert (again.status, again.text) == (200, Site(pages=0).get(other).text)
        language = "zh-hans" if "zh" in other else "en"
        assert again.headers["Content-Language"] == language
        assert f'<html lang="{language}"' in again.text.lower()
    assert site.get(address, SCRIPT_NAME="/below").text != site.get(address).text


def test_a_host_that_is_not_ours_gets_nothing_that_is_kept(site, address):
    site.get(address)
    assert site.get(address, HTTP_HOST="evil.example").status == 400


def test_plain_connections_get_nothing_that_is_for_https(settings, address):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SECURE_HSTS_SECONDS = 60
    site = Site()
    for _ in range(2):
        answer = site.get(address, HTTP_X_FORWARDED_PROTO="https")
        assert (answer.status, answer.headers["Strict-Transport-Security"]) == (200, "max-age=60")
    for said in ({}, {"HTTP_X_FORWARDED_PROTO": "http"}, {"HTTP_X_FORWARDED_PROTO": ""}):
        assert site.get(address, **said).status == 301


def test_nothing_private_is_kept(site, editor, address, kept):
    make.draft(key="secret")
    cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in editor.cookies.items())
    for private in ("/preview/", "/preview/papers/secret/", "/admin/", "/admin/papers/paper/"):
        answer = site.get(private, HTTP_COOKIE=cookie)
        assert answer.status == 200, private
        assert site.get(private).status == 302
    assert site.get("/admin/login/").status == 200
    assert not kept


def test_what_a_curator_sees_of_public_pages_is_what_everybody_sees(site, editor, address):
    cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in editor.cookies.items())
    first = site.get(address, HTTP_COOKIE=cookie)
    assert "Set-Cookie" not in first.headers
    assert site.get(address).text == first.text


@pytest.mark.parametrize(
    "other",
    [
        "/papers/none/",
        "/papers/KEPT/",
        "/papers/kept",
        "/robots.txt",
        "/healthz",
        "/x\n",
    ],
)
def test_what_is_no_page_is_not_kept(site, address, kept, other):
    site.get(other)
    assert not kept


def test_only_what_was_asked_for_in_full_is_kept(site, address, kept):
    site.get(address, method="head")
    assert site.get(address, method="post").status in {403, 405}
    assert not kept


@pytest.mark.parametrize(
    "change",
    [
        lambda response: response.headers.setdefault("Cache-Control", "no-store"),
        lambda response: response.set_cookie("who", "you"),
        lambda response: response.headers.setdefault("Vary", "HX-Request"),
        lambda response: setattr(response, "status_code", 503),
    ],
)
def test_a_view_can_do_without(site, monkeypatch, kept, change):
    def render(*args, **kwargs):
        response = HttpResponse("once" * 100)
        change(response)
        return response

    monkeypatch.setattr(home, "render", render)
    first = site.get("/")
    assert not kept
    assert ("ETag" in first.headers) is ("no-store" not in first.headers["Cache-Control"])


@never_cache
@page
def hesitant(request, *, preview):
    return HttpResponse("once" * 100)


urlpatterns = [path("hesitant/", hesitant)]


def test_what_is_around_a_view_can_do_without(site, settings, kept):
    settings.ROOT_URLCONF = __name__
    assert site.get("/hesitant/").status == 200
    assert not kept


# --- How much is kept ---


def test_made_up_queries_drive_out_no_other_page(address, kept):
    site = Site(pages=10)
    site.get(address)
    for number in range(100):
        site.get(f"/about/?{number}")
    assert Site(pages=10).queries(address) == 1
    assert len({place for place, _ in kept}) <= 10
    assert Site(pages=10).queries("/about/?99") == 1


def test_pages_that_share_a_place_are_told_apart(address):
    site = Site(pages=2)
    for other in (address, "/about/", "/", address):
        assert site.get(other).text == Site(pages=0).get(other).text


def test_pages_find_room_beside_each_other():
    cache.clear()
    pages = kept_pages.KeptPages(400)
    addresses = [("localhost", f"/papers/{number}/", "") for number in range(50)]
    for address in addresses:
        pages.keep(kept_pages.Page(address, "state", [], b""))
    # In another process, which has none of them at hand.
    pages = kept_pages.KeptPages(400)
    assert sum(pages.get(address, "state") is None for address in addresses) <= 1
    cache.clear()


def test_pages_of_the_past_make_room_first(kept):
    site = Site(pages=100)
    site.get("/about/")
    make.paper()
    for _ in range(2):
        site.get("/about/")
    assert len({place for place, _ in kept}) == 1


def test_a_page_that_is_too_large_is_not_kept(site, address, monkeypatch, kept):
    monkeypatch.setattr(kept_pages, "LARGEST", 100)
    assert site.get(address).status == 200
    assert not kept


def test_a_cache_is_not_asked_again_for_what_was_sent_just_now(site, address, monkeypatch):
    site.get(address)
    with monkeypatch.context() as patched:
        patched.setattr(cache, "get", pytest.fail)
        assert site.get(address).status == 200
        assert site.get("/static/none.css").status == 404
    # Another process asks once.
    other = Site()
    assert other.queries(address) == 1
    monkeypatch.setattr(cache, "get", pytest.fail)
    assert other.queries(address) == 1


def test_what_is_at_hand_does_not_grow(site, address):
    for number in range(2 * kept_pages.AT_HAND):
        site.get(f"/about/?{number}")
    assert len(site.application.pages.at_hand) <= kept_pages.AT_HAND


def test_nothing_is_kept_where_nothing_should_be(address, kept):
    assert Site(pages=0).get(address).status == 200
    assert not kept


# --- What fails ---


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no connection to lose")
def test_a_connection_that_was_lost_is_made_anew(site, address):
    site.get(address)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = cursor.fetchone()
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", backend)
    other.close()
    for _ in range(2):
        assert "Before" in site.get(address).text


def test_a_database_that_does_not_answer_lets_no_old_page_through(site, address, monkeypatch):
    def fail_once():
        monkeypatch.undo()
        raise OperationalError("gone")

    site.get(address)
    Paper.objects.update(title="After")
    monkeypatch.setattr(caching, "etag", fail_once)
    assert "After" in site.get(address).text


@pytest.mark.parametrize("broken", ["get", "set"])
def test_a_cache_that_is_down_is_left_alone_for_a_while(site, address, monkeypatch, broken):
    asked = []

    def fail(*args):
        asked.append(args)
        raise ConnectionError("down")

    monkeypatch.setattr(cache, broken, fail)
    monkeypatch.setattr(cache, "delete", fail)
    for _ in range(5):
        assert "Before" in site.get(address).text
    assert 1 <= len(asked) <= 2
    monkeypatch.undo()
    monkeypatch.setattr(kept_pages.time, "monotonic", lambda: site.application.pages.rests_until)
    site.get(address)
    assert site.queries(address) == 1


@pytest.mark.parametrize("garbage", [b"\x80", "text", 7, (), ("a", "b", "c", "d"), {"x": 1}])
def test_what_is_no_page_in_the_cache_is_replaced(site, address, kept, garbage):
    site.get(address)
    for place, _ in list(kept):
        cache.set(place, garbage, None)
    assert "Before" in Site().get(address).text
    assert Site().queries(address) == 1


def test_what_cannot_be_read_from_the_cache_is_replaced(site, address, monkeypatch):
    def fail(*args):
        raise ValueError("unpickling stack underflow")

    site.get(address)
    with monkeypatch.context() as patched:
        patched.setattr(cache, "get", fail)
        assert "Before" in Site().get(address).text
    assert Site().queries(address) == 1
