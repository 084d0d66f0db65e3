"""CSL-JSON: what citation processors, Zotero and many sites' interfaces speak.

Read: an array of items, a single item, Better CSL JSON's `{"items": […]}`, or one item a line.
Written: one array, item by item. What the format has no place for but citing may need (the day
of a preprint, links, tags with commas) goes into `custom`, which CSL leaves to programs. Not
held: places in the list, relations, status, private notes.
"""

import itertools
import json
import re
from datetime import date

from papers import citekeys
from papers.formats import names, values
from papers.formats.kinds import kind_of
from papers.records import LinkRecord, NoteRecord, Problem, Record

_KINDS = {
    **dict.fromkeys(("article-journal", "article-magazine", "article-newspaper"), "article"),
    **dict.fromkeys(("review", "review-book", "journal-article", "periodical"), "article"),
    **dict.fromkeys(("paper-conference", "proceedings-article", "speech"), "conference"),
    **dict.fromkeys(("article", "manuscript", "posted-content", "preprint"), "preprint"),
    **dict.fromkeys(("report", "standard", "report-series"), "report"),
    **dict.fromkeys(("book", "monograph", "edited-book", "collection", "reference-book"), "book"),
    **dict.fromkeys(("chapter", "book-chapter", "entry", "entry-encyclopedia"), "chapter"),
    **dict.fromkeys(("thesis", "dissertation"), "thesis"),
}
_TYPES = {
    "article": "article-journal",
    "conference": "paper-conference",
    "preprint": "article",
    "report": "report",
    "book": "book",
    "chapter": "chapter",
    "thesis": "thesis",
    "other": "document",
}
#: In `custom`: which fields are held there as they are.
_CUSTOM = ("openreview_id", "acl_id")
# Where the next item may begin, after one that is broken.
_NEXT = re.compile(r"\}\s*,\s*(?=\{)")
_SPACE = re.compile(r"[\s,\ufeff]*")
# CSL's own few HTML elements, and JATS's, which Crossref passes on.
_MARKUP = re.compile(
    r"</?(?:i|b|em|strong|sub|sup|sc|span|p|jats:[a-z-]+)(?:\s[^<>]{0,200})?/?>", re.I
)
_EXTRA = re.compile(r"^(arxiv(?: id)?|doi|openreview|acl)\s*:\s*(\S.*)$", re.I | re.M)
_MAX_PROBLEMS = 100


def read(text):
    """The records of a text. After an item that is broken, reading goes on with the next."""
    for item, line in _items(text):
        if isinstance(item, Problem):
            yield item
        elif not isinstance(item, dict):
            reason = "An item must be an object, { … }."
            yield Problem(reason=reason, line=line, text=str(item)[:200])
        else:
            record = _record(item, line)
            if record.title or values.own_address(record) or record.url:
                yield record
            else:
                reason = "The item has neither title nor address."
                yield Problem(reason=reason, line=line, text=str(item)[:200])


def write(items, language="en"):
    """One array, an item a line."""
    numbers, used = itertools.count(1), set()
    between = "[\n"
    for item in items:
        if isinstance(item, Record):
            # Two items of one id would be one; a number is no key when it is read again.
            identifier = next(numbers) if item.key in used or not item.key else item.key
            used.add(item.key)
            members = {"id": identifier, **_members(item, language)}
            yield between + json.dumps(members, ensure_ascii=False)
            between = ",\n"
    yield "[]\n" if between == "[\n" else "\n]\n"


# --- Reading ---


def _items(text):
    """The items of a text, each with its line; Problems for what is none."""
    scanner = _Scanner(text)
    opening = re.compile(r'[\s\ufeff]*(?:\{\s*"(?:items|references)"\s*:\s*)?\[').match(text)
    place = opening.end() if opening else 0
    problems = 0
    while True:
        place = _SPACE.match(text, place).end()
        if place == len(text) or (opening and text[place] == "]"):
            if opening and place == len(text):
                reason = "The text ends before its closing ]; what follows is missing."
                yield Problem(reason=reason, line=scanner.line(place)), None
            return
        start = place
        try:
            item, place = scanner.decode(place)
        except (ValueError, RecursionError) as error:
            at = getattr(error, "pos", start)
            said = getattr(error, "msg", "it is nested too deeply, or a number is too long")
            reason = f"This is no JSON: {said}."
            yield (
                Problem(reason=reason, line=scanner.line(start), text=text[start : start + 200]),
                None,
            )
            problems += 1
            following = _NEXT.search(text, max(at, start + 1))
            if not following or problems == _MAX_PROBLEMS:
                return
            place = following.end()
        else:
            yield item, scanner.line(start)


class _Scanner:
    """Decodes values of a text and counts its lines on the way."""

    def __init__(self, text):
        self.text = text
        self.decoder = json.JSONDecoder(strict=False, parse_constant=lambda name: None)
        self.place, self.number = 0, 1

    def decode(self, place):
        return self.decoder.raw_decode(self.text, place)

    def line(self, place):
        self.number += self.text.count("\n", self.place, place)
        self.place = place
        return self.number


def _record(item, line):
    record = Record(line=line)
    record.title = _plain(item.get("title"))
    record.kind = _KINDS.get(_text(item.get("type")).lower(), "other")
    record.venue = _plain(item.get("container-title"))
    if record.kind in ("conference", "report", "thesis") and not record.venue:
        record.venue = _plain(item.get("event-title") or item.get("event") or item.get("genre"))
    record.publisher = _plain(item.get("publisher"))
    record.volume = _plain(item.get("volume"))
    record.issue = _plain(item.get("issue"))
    record.pages = _plain(item.get("page"))
    record.abstract = _plain(item.get("abstract"))
    record.language = values.read_language(_text(item.get("language")))
    _set_people(record, item)
    _set_time(record, item)
    _set_identifiers(record, item)
    _set_custom(record, item.get("custom"))
    if not record.tags:
        keywords = item.get("keyword") or item.get("categories")
        words = _list(keywords) if isinstance(keywords, list) else _split(_text(keywords))
        record.tags = values.unique(values.plain(_text(word)) for word in words)
    if note := values.paragraphs(_text(item.get("annote"))):
        record.notes = [NoteRecord(text={values.language_of(note): note})]
    _settle(record)
    return record


def _settle(record):
    values.settle_url(record)
    if record.kind == "other" and record.arxiv_id and not record.venue:
        record.kind = "preprint"
    if record.publisher.lower() in {"arxiv", "arxiv.org"} and record.kind == "preprint":
        record.publisher = ""


def _text(value):
    """Any JSON value as a text: Crossref has lists where CSL has texts, and numbers stay."""
    while isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return value if isinstance(value, str) else f"{value:.15g}"


def _plain(value):
    return values.plain(_MARKUP.sub("", _text(value)))


def _list(value):
    return value if isinstance(value, list) else []


def _split(text):
    return re.split(r"[;；]" if ";" in text or "；" in text else r"[,，、]", text)


def _set_people(record, item):
    people = _list(item.get("author"))
    if not people and record.kind == "book":
        people = _list(item.get("editor"))
    for person in people:
        name, more = names.without_others(_name(person))
        record.authors_incomplete |= more
        if name:
            record.authors.append(name)


def _name(person):
    if not isinstance(person, dict):
        return names.turn(values.plain(_text(person)))
    if literal := values.plain(_text(person.get("literal") or person.get("name"))):
        return literal
    parts = {
        part: values.plain(_text(person.get(part)))
        for part in ("family", "given", "non-dropping-particle", "dropping-particle", "suffix")
    }
    particle = f"{parts['dropping-particle']} {parts['non-dropping-particle']}"
    return names.join(names.Name(parts["family"], parts["given"], particle, parts["suffix"]))


def _set_time(record, item):
    for name in ("issued", "published", "published-print", "published-online", "original-date"):
        value = item.get(name)
        if not isinstance(value, dict):
            text = _text(value)
            record.year, record.published_on = values.read_year(text), values.read_date(text)
        else:
            parts = [_text(part) for part in _first_parts(value)]
            text = "-".join(part for part in parts if part)
            text = text or _text(value.get("raw") or value.get("literal"))
            record.year, record.published_on = values.read_year(text), values.read_date(text)
        if record.year:
            return


def _first_parts(value):
    parts = _list(value.get("date-parts"))
    return _list(parts[0])[:3] if parts else []


def _set_identifiers(record, item):
    for name in ("DOI", "doi"):
        values.set_identifier(record, _text(item.get(name)))
    for text in (_text(item.get("number")), _text(item.get("archive_location"))):
        if "arxiv" in text[:20].lower() or "arxiv" in _text(item.get("archive")).lower():
            values.set_identifier(record, text)
    for _, identifier in _EXTRA.findall(_text(item.get("note"))[:5000]):
        values.set_identifier(record, values.plain(identifier))
    url = _text(item.get("URL")).strip()
    if values.is_address(url):
        record.url = url
        values.set_identifier(record, url)
    for text in (item.get("citation-key"), item.get("id")):
        key = text if isinstance(text, str) else ""
        if re.fullmatch(citekeys.PATTERN, key) and not key.isdecimal():
            record.key = key
            return


def _set_custom(record, custom):
    """What we wrote ourselves; anything else there is somebody else's."""
    if not isinstance(custom, dict):
        return
    for name in _CUSTOM:
        setattr(record, name, values.plain(_text(custom.get(name))) or getattr(record, name))
    record.translated_title = values.plain(_text(custom.get("translated_title")))
    record.published_on = values.read_date(_text(custom.get("published_on"))) or record.published_on
    record.tags = values.unique(values.plain(_text(tag)) for tag in _list(custom.get("tags")))
    for link in _list(custom.get("links")):
        if isinstance(link, dict) and values.is_address(url := _text(link.get("url"))):
            kind, label = (values.plain(_text(link.get(name))) for name in ("kind", "label"))
            record.links.append(LinkRecord(url=url, kind=kind or "other", label=label))


# --- Writing ---


def _members(record, language):
    kind = kind_of(record)
    day, year = record.published_on, record.year
    members = {
        "type": _TYPES[kind],
        "title": values.plain(record.title),
        "author": [_person(name) for name in _people(record)],
        "issued": {"date-parts": _date_parts(year, day)} if year or day else None,
        "container-title": values.plain(record.venue),
        "volume": values.plain(record.volume),
        "issue": values.plain(record.issue),
        "page": values.plain(record.pages),
        "publisher": values.plain(record.publisher),
        "number": f"arXiv:{record.arxiv_id}" if record.arxiv_id and kind == "preprint" else "",
        "DOI": record.doi,
        "URL": "%20".join((record.url or values.own_address(record)).split()),
        "abstract": values.plain(record.abstract),
        "language": record.language,
        "note": values.write_arxiv(record),
        "annote": "\n\n".join(_notes(record, language)),
        "keyword": "; ".join(tags := [values.plain(tag) for tag in record.tags]),
        "custom": _custom(record, tags),
    }
    return {name: value for name, value in members.items() if value}


def _people(record):
    found = [name for name in map(values.plain, record.authors) if name]
    return [*found, "et al."] if record.authors_incomplete else found


def _person(name):
    parts = names.split(name)
    if parts.whole:
        return {"literal": parts.family}
    members = {
        "family": parts.family,
        "given": parts.given,
        "non-dropping-particle": parts.particle,
        "suffix": parts.suffix,
    }
    return {name: value for name, value in members.items() if value}


def _date_parts(year, day):
    if day and year in (None, day.year):
        return [[day.year, day.month, day.day]]
    return [[year]]


def _notes(record, language):
    for note in record.notes + [note for place in record.placements for note in place.notes]:
        if note.public and (text := values.paragraphs(values.note_text(note, language))):
            yield text


def _custom(record, tags):
    members = {name: getattr(record, name) for name in _CUSTOM}
    members["translated_title"] = values.plain(record.translated_title)
    if isinstance(record.published_on, date) and record.year not in (
        None,
        record.published_on.year,
    ):
        members["published_on"] = record.published_on.isoformat()
    if len(tags) == 1 or any(re.search("[,;，；、]", tag) for tag in tags):
        members["tags"] = tags
    members["links"] = [
        {"url": "%20".join(link.url.split()), "kind": link.kind, "label": values.plain(link.label)}
        for link in record.links
    ]
    return {name: value for name, value in members.items() if value}
