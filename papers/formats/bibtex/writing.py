"""Records → BibTeX, for bibtex and biber alike."""

import re

from papers import citekeys
from papers.formats.bibtex import keys, names
from papers.formats.bibtex.identifying import UNSAFE
from papers.formats.kinds import kind_of
from papers.formats.latex import encode
from papers.records import Record

_TYPES = {
    "article": "article",
    "conference": "inproceedings",
    "report": "techreport",
    "book": "book",
    "chapter": "incollection",
    "thesis": "phdthesis",
}
_VENUES = {
    "article": "journal",
    "conference": "booktitle",
    "book": "series",
    "chapter": "booktitle",
}
# For biblatex.
_WITHOUT_VERSION = {"conference", "book", "chapter", "thesis"}
_LANGUAGES = {
    "en": "english",
    "zh-hans": "chinese",
    "de": "german",
    "fr": "french",
    "es": "spanish",
    "ja": "japanese",
    "ko": "korean",
    "ru": "russian",
    "pt": "portuguese",
    "it": "italian",
}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def write(items, language="en"):
    """Text of BibTeX, an entry a Record; other items are no part of it.

    Keys stay as they are, as far as BibTeX can read them; one that comes again gets a number.
    """
    used = {}
    for item in items:
        if isinstance(item, Record):
            key = keys.clean(item.key) or citekeys.make(item.authors, item.year, item.title)
            yield _entry(item, _unused(key, used))


def _entry(record, key):
    kind = kind_of(record)
    lines = [f"  {name} = {value},\n" for name, value in _fields(record, kind)]
    return f"@{_TYPES.get(kind, 'misc')}{{{key},\n{''.join(lines)}}}\n\n"


def _fields(record, kind):
    """Names and values, those that are empty left out."""
    for name, text in _texts(record, kind):
        if text:
            yield name, text if name == "month" else f"{{{text}}}"


def _texts(record, kind):
    yield "title", encode(record.title, protect=True)
    authors = names.write(record.authors, record.authors_incomplete)
    yield "author", authors
    if not authors:
        yield "key", encode(record.title[:40])  # Styles sort and label by it.
    yield from _place(record, kind)
    yield from _time(record, kind)
    yield "volume", encode(record.volume)
    yield "number", encode(record.issue)
    yield "pages", encode(re.sub("[-–—]+", "-", record.pages)).replace("-", "--")
    yield "doi", _url(record.doi)
    yield from _eprint(record, kind)
    yield "url", _url(record.url)
    yield "langid", _LANGUAGES.get(record.language, encode(record.language))
    yield "abstract", encode(record.abstract)


def _place(record, kind):
    venue, publisher = encode(record.venue), encode(record.publisher)
    if kind == "report" and venue and publisher:
        yield from [("type", venue), ("institution", publisher)]
    elif kind == "report":
        yield "institution", venue or publisher
    elif kind == "thesis":
        yield from [("school", venue or publisher), ("publisher", publisher if venue else "")]
    elif _TYPES.get(kind, "misc") == "misc":
        unsaid = kind == "preprint" and not record.arxiv_id
        yield "howpublished", venue or ("Preprint" if unsaid else "")
        yield "pubstate", "prepublished" if unsaid and venue else ""
        yield "organization", publisher
    else:
        yield from [(_VENUES[kind], venue), ("publisher", publisher)]


def _time(record, kind):
    """A preprint's year is that of its date; what was printed later was first read then."""
    yield "year", str(record.year or "")
    day = record.published_on
    if day and kind == "preprint" and day.year == record.year:
        yield from [("month", _MONTHS[day.month - 1]), ("day", str(day.day))]
    elif day:
        yield "origdate", day.isoformat()


def _eprint(record, kind):
    if record.arxiv_id:
        version = str(record.arxiv_version or "")
        if kind in _WITHOUT_VERSION:
            yield "eprint", f"{record.arxiv_id}v{version}" if version else record.arxiv_id
        else:
            yield from [("version", version), ("eprint", record.arxiv_id)]
        yield "archivePrefix", "arXiv"
        yield "primaryClass", encode(record.arxiv_category)
    elif record.openreview_id and "openreview" not in record.url:
        yield from [("eprint", encode(record.openreview_id)), ("archivePrefix", "OpenReview")]
    elif record.acl_id and "acl" not in record.url:
        yield from [("eprint", encode(record.acl_id)), ("archivePrefix", "ACLAnthology")]


def _url(url):
    return "%20".join(url.translate(UNSAFE).split())


def _unused(key, used):
    """`key`, or `key-2` and so on. Also in other case: bibtex takes those for one."""
    number, unused = used.get(key.lower(), 1), key
    while unused.lower() in used:
        number += 1
        unused = f"{key}-{number}"
    used[key.lower()] = number
    used.setdefault(unused.lower(), 1)
    return unused
