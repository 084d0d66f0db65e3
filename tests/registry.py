"""arXiv and Crossref on loopback, with a small catalogue of made-up papers.

`registry` answers as the real ones do (shapes from their manuals), counts what it is asked, and
misbehaves on demand:

    registry.arxiv_url, registry.crossref_url    for ARXIV_API_URL and CROSSREF_API_URL
    registry.misbehave("limit", times=2)         the next two answers are 429 with Retry-After
    registry.requests                            what was asked: time, path, query, headers
    registry.access(tmp_path)                    an Access that asks it and never really sleeps

What it can do wrong is in Registry.FAULTS. `registry` is a fixture: import it where it is used.
"""

import gzip
import json
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

import pytest

from papers.identifiers import parse_arxiv
from papers.sources import Access

LARGE = 50_000_000

#: By identifier: an entry of arXiv, as much of it as differs from the next.
ARXIV = {
    "2101.00001": {
        "version": 3,
        "title": "Counting Sheep at Scale:\n  An Empirical Study",
        "summary": "  We count sheep until $n \\to \\infty$\nand report how it feels.\n"
        "  The flock is released.\n",
        "authors": ["Ada Lámpa", "Bo van der Meer", "Carl Stone Jr.", "Wool Collaboration"],
        "published": "2021-01-01T18:00:00Z",
        "updated": "2021-06-30T09:30:00Z",
        "category": "cs.CL",
        "comment": "12 pages, 3 figures",
        "journal_ref": "Journal of Sheep 12 (2022) 17-29",
        "doi": "10.5555/sheep.2022.17",
    },
    "2101.00002": {"title": "On the Warmth of Socks", "authors": ["Dee Knit"]},
    "2101.00003": {
        "title": "A Proof That Was None",
        "authors": ["Eve Rash"],
        "comment": "This paper has been withdrawn by the author due to a gap in Lemma 2",
    },
    "2101.00004": {"title": "Tea & Biscuits: 1 < 2", "authors": ["Flo Pot", ":", "et al."]},
    "hep-th/9901001": {
        "title": "Strings in a Drawer",
        "authors": ["G. Tangle"],
        "published": "1999-01-04T12:00:00-05:00",
        "category": "hep-th",
    },
}
#: By DOI: a work of Crossref.
CROSSREF = {
    "10.5555/sheep.2022.17": {
        "DOI": "10.5555/Sheep.2022.17",
        "type": "journal-article",
        "title": ["Counting <i>Sheep</i> at Scale"],
        "subtitle": ["Sleep &amp;amp; its measure"],
        "author": [
            {"given": "Bo", "family": "van der Meer", "sequence": "additional"},
            {"given": "Ada", "family": "Lámpa", "sequence": "first", "affiliation": []},
            {"given": "Carl", "family": "Stone", "suffix": "Jr.", "sequence": "additional"},
            {"name": "Wool Collaboration", "sequence": "additional"},
        ],
        "container-title": ["Journal of Sheep"],
        "short-container-title": ["J. Sheep"],
        "volume": "12",
        "issue": "3",
        "page": "17-29",
        "publisher": "Meadow Press",
        "issued": {"date-parts": [[2021, 12, 20]]},
        "published-online": {"date-parts": [[2021, 12, 20]]},
        "published-print": {"date-parts": [[2022, 1]]},
        "abstract": "<jats:title>Abstract</jats:title><jats:p>We count <jats:italic>sheep"
        "</jats:italic>.</jats:p><jats:p>They jump.</jats:p>",
        "URL": "http://dx.doi.org/10.5555/sheep.2022.17",
        "relation": {"has-preprint": [{"id-type": "arxiv", "id": "2101.00001"}]},
        "reference": [{"key": "1"}],
    },
    "10.5555/socks": {
        "DOI": "10.5555/socks",
        "type": "proceedings-article",
        "title": ["Socks"],
        "container-title": ["Lecture Notes in Garments", "Feet – ECCF 2020"],
        "event": {"name": "European Conference on Covered Feet"},
        "article-number": "e7",
        "issued": {"date-parts": [[2020]]},
    },
    # Whatever may be missing, null or of another type is.
    "10.5555/odd": {
        "DOI": "10.5555/odd",
        "type": None,
        "title": "Odd",
        "author": [None, "somebody", {"given": None, "family": 7}, {"family": "Even"}],
        "container-title": None,
        "issued": {"date-parts": [[None]]},
        "published-print": {"date-parts": "2020"},
        "published-online": [2020],
        "page": 12,
        "abstract": ["no text"],
        "relation": [],
        "event": "a party",
        "volume": True,
    },
    "10.5555/preprint": {
        "DOI": "10.5555/preprint",
        "type": "posted-content",
        "title": ["RETRACTED: Sheep Before They Were Counted"],
        "posted": {"date-parts": [["2020", "5", "4"]]},
        "relation": {"is-preprint-of": {"id-type": "doi", "id": "10.5555/SHEEP.2022.17"}},
    },
    "10.5555/untitled": {"DOI": "10.5555/untitled", "type": "book", "title": []},
    "10.5555/a,b": {"DOI": "10.5555/a,b", "type": "monograph", "title": ["Commas"]},
}


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
    _faults: list = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    FAULTS = (
        *("limit", "limit_until", "down", "half", "garbage", "nonsense", "empty", "web_page"),
        *("redirect_loop", "to_loopback", "to_metadata", "to_file", "large", "bomb", "bombs"),
        *("slow", "hang", "drop", "refuse", "entities", "error_feed", "not_found"),
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
            self.answer(*_answer(asked))

    def answer(self, status, media, body, **headers):
        body = body if isinstance(body, bytes) else body.encode()
        self.send_response(status)
        for name, value in {"Content-Type": media, **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", len(body))
        self.end_headers()
        self.wfile.write(body)

    # --- What can go wrong ---

    def limit(self, asked, after=7):
        self.answer(429, "text/plain", "Rate exceeded.", Retry_After=str(after))

    def limit_until(self, asked, date):
        self.answer(429, "text/plain", "Rate exceeded.", Retry_After=date)

    def down(self, asked, status=503):
        self.answer(status, "text/html", "<h1>Service unavailable</h1>")

    def not_found(self, asked):
        self.answer(404, "text/plain", "Resource not found.")

    def half(self, asked):
        _, media, body, *_ = _answer(asked)
        self.send_response(200)
        self.send_header("Content-Type", media)
        self.send_header("Content-Length", len(body.encode()))
        self.end_headers()
        self.wfile.write(body.encode()[: len(body) // 2])
        self.close_connection = True

    def garbage(self, asked):
        _, media, body, *_ = _answer(asked)
        self.answer(200, media, body[: len(body) // 2])

    def nonsense(self, asked, body):
        self.answer(200, _answer(asked)[1], body)

    def empty(self, asked):
        self.answer(200, _answer(asked)[1], "")

    def web_page(self, asked):
        self.answer(200, "text/html; charset=utf-8", "<!doctype html><title>Log in</title>")

    def redirect_loop(self, asked):
        self.redirect(f"{self.path}&again=1" if len(self.path) < 500 else "/api/query?id_list=1")

    def to_loopback(self, asked):
        self.redirect("http://127.0.0.1/secret")

    def to_metadata(self, asked):
        self.redirect("http://169.254.169.254/latest/meta-data/")

    def to_file(self, asked):
        self.redirect("file:///etc/passwd")

    def redirect(self, location):
        self.answer(302, "text/plain", "Over there.", Location=location)

    def large(self, asked):
        """50 MB, without saying so first."""
        self.send_response(200)
        self.send_header("Content-Type", _answer(asked)[1])
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        self.pour(b" " * 1_000_000 for _ in range(LARGE // 1_000_000))

    def bomb(self, asked):
        """1 GB, packed into 1 MB."""
        packed = gzip.compress(b"\0" * 100_000_000, 9)
        self.answer(200, _answer(asked)[1], packed * 10, Content_Encoding="gzip")

    def bombs(self, asked):
        """Packed twice, as a client that obeys unpacks it twice."""
        packed = gzip.compress(gzip.compress(b"\0" * 100_000_000))
        self.answer(200, _answer(asked)[1], packed, Content_Encoding="gzip, gzip")

    def slow(self, asked, pause=0.05):
        """A byte now and then."""
        body = _answer(asked)[2].encode()
        self.send_response(200)
        self.send_header("Content-Type", _answer(asked)[1])
        self.send_header("Content-Length", len(body))
        self.end_headers()
        self.pour((body[i : i + 1] for i in range(len(body))), pause)

    def hang(self, asked):
        self.server.over.wait(60)

    def drop(self, asked):
        self.close_connection = True

    refuse = drop

    def entities(self, asked):
        """A billion laughs."""
        laughs = "".join(
            f'<!ENTITY l{i} "{f"&l{i - 1};" * 10 if i else "lol"}">' for i in range(10)
        )
        self.answer(200, "application/atom+xml", f"<!DOCTYPE f [{laughs}]><feed>&l9;</feed>")

    def error_feed(self, asked):
        self.answer(400, "application/atom+xml", _feed([_error("incorrect id format for x")]))

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


# --- What is right ---


def _answer(asked):
    """Status, media type, body and headers."""
    if asked.path.startswith("/api/query"):
        return 200, "application/atom+xml; charset=utf-8", _arxiv(asked.query)
    if asked.path == "/works":
        return 200, "application/json", _works(asked.query)
    if asked.path.startswith("/works/"):
        work = CROSSREF.get(asked.path.removeprefix("/works/").lower())
        if work is None:
            return 404, "text/plain", "Resource not found."
        return 200, "application/json", _message("work", work)
    return 200, "text/html", "<!doctype html><title>A page</title>"


def _arxiv(query):
    entries = []
    for text in filter(None, query.get("id_list", "").split(",")):
        found = parse_arxiv(text)
        if not found:
            return _feed([_error(f"incorrect id format for {text}")])
        paper = ARXIV.get(found.id)
        if paper and (found.version or 1) <= paper.get("version", 1):
            entries.append(_entry(found.id, found.version, paper))
    return _feed(entries[: int(query.get("max_results", 10))])


def _feed(entries):
    return f"""<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/"
      xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">
  <id>https://arxiv.org/api/made-up</id>
  <title>arXiv Query: search_query=&amp;id_list=</title>
  <updated>2024-01-01T00:00:00Z</updated>
  <opensearch:totalResults>{len(entries)}</opensearch:totalResults>
  {"".join(entries)}
</feed>"""


def _entry(identifier, version, paper):
    published = paper.get("published", "2021-01-02T00:00:00Z")
    own = "".join(
        f"<arxiv:{name}>{escape(paper[name])}</arxiv:{name}>"
        for name in ("comment", "journal_ref", "doi")
        if name in paper
    )
    authors = "".join(f"<author><name>{escape(name)}</name></author>" for name in paper["authors"])
    return f"""<entry>
    <id>http://arxiv.org/abs/{identifier}v{version or paper.get("version", 1)}</id>
    <title>{escape(paper["title"])}</title>
    <updated>{paper.get("updated", published)}</updated>
    <published>{published}</published>
    <summary>{escape(paper.get("summary", "Made up."))}</summary>
    {authors}{own}
    <link rel="related" type="application/pdf" href="https://arxiv.org/pdf/{identifier}"/>
    <arxiv:primary_category term="{paper.get("category", "cs.LG")}"/>
    <category term="cs.LG" scheme="http://arxiv.org/schemas/atom"/>
  </entry>"""


def _error(text):
    return f"""<entry><id>https://arxiv.org/api/errors#{text.replace(" ", "_")}</id>
    <title>Error</title><summary>{text}</summary></entry>"""


def _works(query):
    names = [part.removeprefix("doi:") for part in query["filter"].split(",")]
    selected = query["select"].split(",")
    items = [
        {key: value for key, value in CROSSREF[name].items() if key in selected}
        for name in names
        if name in CROSSREF
    ]
    return _message("work-list", {"total-results": len(items), "items": items})


def _message(kind, message):
    return json.dumps({"status": "ok", "message-type": kind, "message": message})


def wait_for(condition, seconds=10):
    """Waits until `condition()` holds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "It never came to that."
        time.sleep(0.01)
