"""A work as Crossref describes it → record.

https://github.com/CrossRef/rest-api-doc/blob/master/api_format.md: every field may be missing,
null, or of another type than it should be.
"""

import math
import re
from datetime import date

from papers.identifiers import parse_arxiv, parse_doi
from papers.records import Record
from papers.sources.lookup import Found
from papers.sources.markup import plain, plain_line

SOURCE = "Crossref"
KINDS = {
    "journal-article": "article",
    "proceedings-article": "conference",
    "posted-content": "preprint",
    **dict.fromkeys(("report", "report-series", "report-component"), "report"),
    **dict.fromkeys(("book", "monograph", "edited-book", "reference-book", "book-set"), "book"),
    **dict.fromkeys(("book-chapter", "book-section", "book-part", "reference-entry"), "chapter"),
    "dissertation": "thesis",
}
YEARS = range(1500, 2101)
#: Of a date's fields, those that tell when it could be read, and the one it is cited by.
READABLE = ("published-online", "posted", "published-print", "published", "issued")
CITED = ("published-print", "issued", "published", "published-online", "posted")

_RETRACTED = re.compile(r"\W*(?:retracted|withdrawn|retraction)\b", re.IGNORECASE)


def read_work(doi, work):
    """The Found in a work. Raises ValueError where it has no title."""
    title = _title(work)
    if not title:
        raise ValueError("no title")
    kind = _text(work, "type")
    year, published_on = _dates(work)
    authors, incomplete = _authors(work)
    record = Record(
        title=title,
        authors=authors,
        authors_incomplete=incomplete,
        year=year,
        published_on=published_on,
        kind=KINDS.get(kind, "other") if kind else "",
        venue=_venue(work),
        volume=_text(work, "volume"),
        issue=_text(work, "issue"),
        pages=_pages(work),
        publisher=_text(work, "publisher"),
        arxiv_id=_preprint(work),
        doi=parse_doi(_text(work, "DOI")) or doi,
        url=_url(work),
        abstract=plain(_string(work, "abstract")),
        language=_language(work),
        source=SOURCE,
    )
    return Found(record=record, warnings=list(_warnings(work, title)))


def _title(work):
    title, subtitle = _first(work, "title"), _first(work, "subtitle")
    if not subtitle or subtitle.casefold() in title.casefold():
        return title
    return f"{title} {subtitle}" if title.endswith((":", "?", "!", "–")) else f"{title}: {subtitle}"


def _venue(work):
    titles = _texts(work.get("container-title"))
    if titles:
        # A volume of a series has the series first: Lecture Notes in …, then the proceedings.
        return titles[0] if _text(work, "type") == "journal-article" else titles[-1]
    event = work.get("event")
    return (_text(event, "name") if isinstance(event, dict) else "") or _first(
        work, "short-container-title"
    )


def _pages(work):
    return re.sub(r"\s*[-–—]+\s*", "-", _text(work, "page")) or _text(work, "article-number")


def _url(work):
    url = _text(work, "URL")
    return url if re.match(r"https?://(?!(?:dx\.)?doi\.org/)[^\s/]+", url) else ""


def _language(work):
    language = _text(work, "language").lower()
    return language if re.fullmatch("[a-z]{2}", language) else ""


# --- People ---


def _authors(work):
    """Names in order, and whether there are more."""
    people = [person for person in _list(work.get("author")) if isinstance(person, dict)]
    people.sort(key=lambda person: person.get("sequence") != "first")
    names = [name for person in people if (name := _name(person))]
    others = [name for name in names if re.fullmatch(r"(?i)et\.? al\.?|others", name)]
    return [name for name in names if name not in others], bool(others)


def _name(person):
    parts = [_text(person, part) for part in ("given", "family", "suffix")]
    if not parts[1]:
        return _text(person, "name") or parts[0]
    return " ".join(filter(None, parts))


# --- Dates ---


def _dates(work):
    """The year to cite, and the first day on which it could be read, or None."""
    parts = {name: _date_parts(work.get(name)) for name in {*READABLE, *CITED}}
    year = next((parts[name][0] for name in CITED if parts[name]), None)
    days = [day for name in READABLE if (day := _day(parts[name]))]
    return year, min(days, default=None)


def _date_parts(value):
    """Year, month and day, as many as are given, of `{"date-parts": [[2015, 5, 28]]}`."""
    parts = _list(value.get("date-parts")) if isinstance(value, dict) else []
    # Whole numbers, if need be as text; [[null]] is what stands for none.
    numbers = []
    for part in _list(parts[0]) if parts else []:
        if not re.fullmatch(r"[0-9]{1,4}", str(part)):
            break
        numbers.append(int(part))
    return numbers if numbers and numbers[0] in YEARS else []


def _day(parts):
    try:
        return date(*parts) if len(parts) == 3 else None
    except ValueError:
        return None


# --- Other works ---


def _related(work, kind):
    """Identifiers of the works that stand in that relation."""
    relations = work.get("relation")
    found = relations.get(kind) if isinstance(relations, dict) else []
    found = [found] if isinstance(found, dict) else _list(found)
    return [_text(other, "id") for other in found if isinstance(other, dict)]


def _preprint(work):
    arxiv = (parse_arxiv(other) for other in _related(work, "has-preprint"))
    return next((found.id for found in arxiv if found), "")


def _warnings(work, title):
    notices = [_text(notice, "type") for notice in _list(work.get("updated-by")) if notice]
    if _RETRACTED.match(title) or {"retraction", "withdrawal"} & set(notices):
        yield f"{SOURCE} says that this paper has been retracted."
    for other in _related(work, "is-preprint-of"):
        if doi := parse_doi(other):
            yield f"{SOURCE} says that this preprint was published as {doi}."


# --- Values of any type ---


def _list(value):
    return value if isinstance(value, list) else []


def _string(values, name):
    value = values.get(name) if isinstance(values, dict) else None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return "" if value in (math.inf, -math.inf) else str(value)


def _text(values, name):
    return plain_line(_string(values, name))


def _texts(value):
    values = [value] if isinstance(value, str) else _list(value)
    return [text for item in values if isinstance(item, str) and (text := plain_line(item))]


def _first(work, name):
    return next(iter(_texts(work.get(name))), "")
