"""arXiv and Crossref on loopback, with a small catalogue of made-up papers.

`registry` answers as the real ones do (shapes from their manuals), counts what it is asked, and
misbehaves on demand:

    registry.arxiv_url, registry.crossref_url    for ARXIV_API_URL and CROSSREF_API_URL
    registry.misbehave("limit", times=2)         the next two answers are 429 with Retry-After
    registry.requests                            what was asked: time, path, query, headers
    registry.limits                              headers that come with every answer
    registry.access(tmp_path)                    an Access that asks it and never really sleeps

What it can do wrong is in Registry.FAULTS.
"""

import gzip
import threading
import time
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from papers.sources import Access
from tests.catalogue import answer, error_entry, feed

LARGE = 50_000_000


@dataclass
class Asked:
    """A request as it came in."""

    time: float
    path: str
    query: dict
    headers: dict
    connection: tuple


@dataclass
class Registry:
    """The control of a running server, and what it was asked."""

    base: str
    requests: list = field(default_factory=list)
    now: float = 1_700_000_000.0
    naps: list = field(default_factory=list)
    limits: dict = field(default_factory=dict)
    _faults: list = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    FAULTS = (
        *("limit", "limit_until", "down", "half", "garbage", "nonsense", "empty", "web_page"),
        *("redirect_loop", "to_loopback", "to_metadata", "to_file", "large", "bomb", "bombs"),
        *("slow", "hang", "drop", "entities", "error_feed", "not_found"),
    )

    @property
    def arxiv_url(self):
        return f"{self.base}/api/query"

    @property
    def crossref_url(self):
        return self.base

    def misbehave(self, fault, *, times=10_000, when=None, **options):
        """The next answers are wrong; `when(asked)` picks which requests."""
        assert fault in self.FAULTS
        self._faults.append([fault, times, when, options])

    def behave(self):
        self._faults.clear()

    def fault(self, asked):
        """The fault of this request and its options, or None."""
        with self._lock:
            for entry in self._faults:
                fault, times, when, options = entry
                if times > 0 and (when is None or when(asked)):
                    entry[1] -= 1
                    return fault, options
        return None

    def access(self, folder, **changes):
        """An Access to this registry, whose clock moves by what would be slept."""
        urls = {"arxiv_url": self.arxiv_url, "crossref_url": self.crossref_url}
        clocks = {"clock": lambda: self.now, "sleep": self._sleep}
        return Access(folder=folder, **{**urls, **clocks, **changes})

    def _sleep(self, seconds):
        self.naps.append(seconds)
        self.now += seconds


@pytest.fixture
def registry():
    """A Registry, served until the test ends."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    server.registry = Registry(f"http://127.0.0.1:{server.server_port}")
    server.over = threading.Event()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield server.registry
    server.over.set()
    server.shutdown()
    server.server_close()
    thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # A body does not wait for the receipt of its headers.
    disable_nagle_algorithm = True

    def do_GET(self):
        url = urlsplit(self.path)
        asked = Asked(
            self.server.registry.now,
            unquote(url.path),
            {key: values[0] for key, values in parse_qs(url.query).items()},
            dict(self.headers),
            self.client_address,
        )
        self.server.registry.requests.append(asked)
        fault = self.server.registry.fault(asked)
        if fault:
            getattr(self, fault[0])(asked, **fault[1])
        else:
            self.reply(*answer(asked))

    def reply(self, status, media, body, **headers):
        body = body if isinstance(body, bytes) else body.encode()
        self.send_response(status)
        for name, value in {
            "Content-Type": media,
            **self.server.registry.limits,
            **headers,
        }.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", len(body))
        self.end_headers()
        self.wfile.write(body)

    # --- What can go wrong ---

    def limit(self, asked, after=7):
        self.reply(429, "text/plain", "Rate exceeded.", Retry_After=str(after))

    def limit_until(self, asked, date):
        self.reply(429, "text/plain", "Rate exceeded.", Retry_After=date)

    def down(self, asked, status=503):
        self.reply(status, "text/html", "<h1>Service unavailable</h1>")

    def not_found(self, asked):
        self.reply(404, "text/plain", "Resource not found.")

    def half(self, asked):
        _, media, body, *_ = answer(asked)
        self.send_response(200)
        self.send_header("Content-Type", media)
        self.send_header("Content-Length", len(body.encode()))
        self.end_headers()
        self.wfile.write(body.encode()[: len(body) // 2])
        self.close_connection = True

    def garbage(self, asked):
        _, media, body, *_ = answer(asked)
        self.reply(200, media, body[: len(body) // 2])

    def nonsense(self, asked, body):
        self.reply(200, answer(asked)[1], body)

    def empty(self, asked):
        self.reply(200, answer(asked)[1], "")

    def web_page(self, asked):
        self.reply(200, "text/html; charset=utf-8", "<!doctype html><title>Log in</title>")

    def redirect_loop(self, asked):
        self.redirect(f"{self.path}&again=1" if len(self.path) < 500 else "/api/query?id_list=1")

    def to_loopback(self, asked):
        self.redirect("http://127.0.0.1/secret")

    def to_metadata(self, asked):
        self.redirect("http://169.254.169.254/latest/meta-data/")

    def to_file(self, asked):
        self.redirect("file:///etc/passwd")

    def redirect(self, location):
        self.reply(302, "text/plain", "Over there.", Location=location)

    def large(self, asked):
        """50 MB, without saying so first."""
        self.send_response(200)
        self.send_header("Content-Type", answer(asked)[1])
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        self.pour(b" " * 1_000_000 for _ in range(LARGE // 1_000_000))

    def bomb(self, asked):
        """1 GB, packed into 4 MB."""
        self.reply(200, answer(asked)[1], packed() * 10, Content_Encoding="gzip")

    def bombs(self, asked):
        """Packed twice, as a client that obeys unpacks it twice."""
        twice = gzip.compress(packed())
        self.reply(200, answer(asked)[1], twice, Content_Encoding="gzip, gzip")

    def slow(self, asked, pause=0.05):
        """A byte now and then."""
        body = answer(asked)[2].encode()
        self.send_response(200)
        self.send_header("Content-Type", answer(asked)[1])
        self.send_header("Content-Length", len(body))
        self.end_headers()
        self.pour((body[i : i + 1] for i in range(len(body))), pause)

    def hang(self, asked):
        self.server.over.wait(60)

    def drop(self, asked):
        self.close_connection = True

    def entities(self, asked):
        """A billion laughs."""
        laughs = "".join(
            f'<!ENTITY l{i} "{f"&l{i - 1};" * 10 if i else "lol"}">' for i in range(10)
        )
        self.reply(200, "application/atom+xml", f"<!DOCTYPE f [{laughs}]><feed>&l9;</feed>")

    def error_feed(self, asked):
        self.reply(400, "application/atom+xml", feed([error_entry("incorrect id format for x")]))

    def pour(self, pieces, pause=0):
        try:
            for piece in pieces:
                self.wfile.write(piece)
                if pause and self.server.over.wait(pause):
                    return
        except OSError:  # whoever asked has seen enough
            self.close_connection = True

    def log_message(self, *arguments):
        pass


@cache
def packed():
    """100 MB of nothing, packed."""
    return gzip.compress(bytes(100_000_000), 1)


def wait_for(condition, seconds=10):
    """Waits until `condition()` holds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "It never came to that."
        time.sleep(0.01)
