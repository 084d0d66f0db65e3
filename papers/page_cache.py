"""Answers public pages that are kept, before Django has anything to do.

A page is kept as it was made, compressed, with all its headers, and is sent again as long as the
list is in the state that it shows: its entity tag, see caching.py, which the view reads before it
makes the page. The present state is read from the database each time, so that a change is public
at once, in all processes.
"""

import gzip

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection
from django.http import HttpResponse
from django.utils.http import parse_etags

from papers import caching
from papers.compression import accepts_gzip, compress
from papers.kept_pages import KeptPages, Page

#: What tells pages apart, beside the header in which a proxy says whether it was asked by HTTPS.
#: A host that is not ours, or a plain connection that is to be HTTPS, has no page that is kept.
_ADDRESS = (
    *("wsgi.url_scheme", "HTTP_HOST", "SERVER_NAME", "SERVER_PORT"),
    *("SCRIPT_NAME", "PATH_INFO", "QUERY_STRING"),
)


class PageCache:
    """A WSGI application that answers what is kept, and asks Django's for all else."""

    def __init__(self, application):
        self.application = application
        self.proxy_header = (settings.SECURE_PROXY_SSL_HEADER or ("",))[0]
        self.pages = KeptPages(settings.PAGES_KEPT)

    def __call__(self, environ, start_response):
        encodings = environ.get("HTTP_ACCEPT_ENCODING", "").lower()
        compressed = accepts_gzip(encodings)
        # WhiteNoise would take "gzip;q=0" for a yes, and "GZIP" for a no.
        environ["HTTP_ACCEPT_ENCODING"] = encodings if compressed else "identity"
        method = environ["REQUEST_METHOD"]
        # Whoever asks If-Match is told by Django that nothing ever does.
        if (
            method not in {"GET", "HEAD"}
            or "HTTP_IF_MATCH" in environ
            or environ["PATH_INFO"].startswith(settings.STATIC_URL)
        ):
            return self.application(environ, start_response)
        address = (environ.get(self.proxy_header), *map(environ.get, _ADDRESS))
        state = _state()
        page = self.pages.get(address, state)
        if page:
            return _send(page, environ, start_response, compressed=compressed)
        # The view need not ask again: at worst its page looks older than it is.
        environ[caching.STATE] = state
        response = self.application(environ, start_response)
        if method == "GET" and _may_be_kept(response):
            self.pages.keep(_page(address, response))
        return response


def _state():
    """The list's present state, or None where the database does not answer: Django says so."""
    # As Django does it at the start and at the end of each request.
    close_old_connections()
    # Whether it is alive, this question shows. If not, Django finds out and opens another.
    connection.health_check_done = True
    try:
        return caching.etag()
    except DatabaseError:
        return None
    finally:
        close_old_connections()


def _may_be_kept(response):
    """Whether a response of Django's is a public page, the same for everybody.

    That is what page() in views/page.py makes of one: it alone sets such an entity tag.
    """
    return (
        isinstance(response, HttpResponse)
        and response.status_code == 200
        and caching.is_state(response.get("ETag", ""))
        and response.get("Cache-Control") == "no-cache"
        and response.get("Vary") == "Accept-Encoding"
        and not response.cookies
    )


def _page(address, response):
    about_body = {"Content-Encoding", "Content-Length"}
    headers = [header for header in response.items() if header[0] not in about_body]
    body = response.content
    if not response.has_header("Content-Encoding"):
        body = compress(body)
    return Page(address, response["ETag"], headers, body)


def _send(page, environ, start_response, *, compressed):
    if _is_known(page.state, environ.get("HTTP_IF_NONE_MATCH", "")):
        headers = [header for header in page.headers if header[0] != "Content-Type"]
        start_response("304 Not Modified", headers)
        return []
    body = page.body if compressed else gzip.decompress(page.body)
    encoding = [("Content-Encoding", "gzip")] if compressed else []
    length = ("Content-Length", str(len(body)))
    start_response("200 OK", [*page.headers, *encoding, length])
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def _is_known(state, header):
    """Whether an If-None-Match header names the state. The comparison is weak."""
    if not header or header == state:
        return bool(header)
    tags = parse_etags(header)
    return tags == ["*"] or state.removeprefix("W/") in {tag.removeprefix("W/") for tag in tags}
