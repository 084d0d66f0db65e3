"""BibTeX → records."""

import re
from datetime import date

from papers.formats import values
from papers.formats.bibtex import keys, names, splitting
from papers.formats.bibtex.identifying import address, identify
from papers.formats.latex import TAG, decode
from papers.records import Problem, Record

_KINDS = {
    "article": "article",
    **dict.fromkeys(["inproceedings", "conference"], "conference"),
    **dict.fromkeys(["techreport", "report"], "report"),
    **dict.fromkeys(["book", "mvbook", "proceedings", "mvproceedings", "collection"], "book"),
    **dict.fromkeys(["incollection", "inbook", "suppbook", "bookinbook", "inreference"], "chapter"),
    **dict.fromkeys(["phdthesis", "mastersthesis", "thesis", "bachelorsthesis"], "thesis"),
    "preprint": "preprint",
}
_VENUES = {
    "article": ("journal", "journaltitle", "booktitle", "howpublished", "series"),
    "conference": ("booktitle", "journal", "journaltitle", "eventtitle", "series"),
    "report": ("institution", "school", "journal", "series", "organization"),
    "thesis": ("school", "institution", "university"),
    "chapter": ("booktitle", "journal", "maintitle", "series"),
    "book": ("series", "booktitle"),
}
_OTHER_VENUES = ("journal", "journaltitle", "booktitle", "howpublished", "eventtitle")
# What belongs to the parent alone.
_NOT_INHERITED = {
    *("title", "booktitle", "doi", "url", "eprint", "abstract", "note", "pages", "crossref", "ids"),
    *("author", "howpublished", "annote", "keywords", "file", "ee", "archiveprefix", "eprinttype"),
}
_INHERIT_AUTHOR = {"inbook", "bookinbook", "suppbook"}
_MAX_INHERITED = 1000
_REPORTS = re.compile(r"tech(?:nical|\.)?\s*rep(?:ort|\.)?|report|techreport|tr", re.IGNORECASE)

_ARXIV_VENUE = re.compile(
    r"(?:arxiv(?:\.org|\.cs)?(?:\s*\((?:cornell university|corr)\))?|corr|eprint arxiv|"
    r"computing research repository|(?:arxiv[\s,.]*)?cornell university)"
    r"(?:[\s,:-]*+(?:e-?prints?|preprints?|abs|arxiv|[a-z-]{2,9}\.[A-Z]{2}|[:/\[\]().,]"
    r"|\d{4}\.\d{4,5}(?:v\d+)?|[a-z-]{2,9}(?:\.[a-z]{2})?/\d{7}))*+",
    re.IGNORECASE,
)
_PREPRINTS = re.compile(
    r"(?:(?:bio|med|chem|psy|eng|soc|tech)rxiv|.*\bpreprints?|ssrn.*|research square|osf.*)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d|2100)(?!\d)")
_FULL_DATE = re.compile(r"\s*(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_DAY = re.compile(r"(?<!\d)(\d{1,2})(?!\d)")
_DASHES = re.compile(r"\s*(?:-{1,3}|[‐‑‒–—−])\s*")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def read(text):
    """The papers of a BibTeX text, an entry each. Every entry is a Record or a lost Problem.

    `keywords` are the publisher's or the reader's, never the list's: they are left out.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    entries = splitting.split(text)
    lower = text.lower()
    if "crossref" in lower or "xdata" in lower:
        entries = _inherit(list(entries))
    seen = {}
    for entry in entries:
        if entry.kind != "xdata":  # What others inherit, no paper.
            yield from _read(entry, seen)


def _read(entry, seen):
    record = _record(entry)
    if not (record.title or record.arxiv_id or record.doi):
        reason = "; ".join(["It has no title", *entry.doubts])
        yield Problem(reason=f"{reason}.", line=entry.line, text=entry.text)
        return
    yield record
    doubts = entry.doubts if record.title else [*entry.doubts, "it has no title"]
    if entry.key:
        first = seen.setdefault(entry.key, entry.line)
        if first != entry.line:
            doubts = [*doubts, f"its key is also that of line {first}"]
    if doubts:
        reason = f"{doubts[0][0].upper()}{'; '.join(doubts)[1:]}."
        yield Problem(reason=reason, line=entry.line, text=entry.text, lost=False)


def _inherit(entries):
    """What BibTeX takes from the entry named by `crossref`, and biblatex from those named by
    `xdata`, wherever they stand."""
    parents = {}
    for entry in entries:
        parents.setdefault(entry.key.lower(), entry)
    for entry in entries:
        own = {name: value for name, value in entry.fields.items() if value}
        for name in own.get("xdata", "").lower().split(","):
            if (parent := parents.get(name.strip())) and parent is not entry:
                own = _bounded(parent.fields) | own
        if name := own.get("crossref", "").strip().lower():
            parent = parents.get(name)
            if parent and parent is not entry:
                own = _inheritance(entry, parent) | own
            elif parent is None:
                entry.doubts.append(f"there is no entry “{name[:50]}” to inherit from")
        entry.fields = own
    return entries


def _inheritance(entry, parent):
    inherited = {
        name: value
        for name, value in _bounded(parent.fields).items()
        if name not in _NOT_INHERITED or (name == "author" and entry.kind in _INHERIT_AUTHOR)
    }
    if booktitle := parent.fields.get("booktitle") or parent.fields.get("title"):
        inherited["booktitle"] = booktitle[:_MAX_INHERITED]
    return inherited


def _bounded(fields):
    """Those that many entries may inherit without growing out of measure."""
    return {name: value for name, value in fields.items() if len(value) <= _MAX_INHERITED}


def _record(entry):
    fields = entry.fields
    record = Record(
        title=_title(fields.get("title") or _title_of_volume(entry)),
        abstract=decode(fields.get("abstract") or fields.get("abstractnote", "")),
        kind=_KINDS.get(entry.kind, "other"),
        key=keys.clean(entry.key),
        volume=decode(fields.get("volume", "")),
        issue=decode(fields.get("number") or fields.get("issue", "")),
        pages=_pages(fields),
        publisher=decode(fields.get("publisher") or fields.get("organization", "")),
        line=entry.line,
    )
    if subtitle := decode(fields.get("subtitle", "")):
        record.title = f"{record.title}: {subtitle}"
    people = fields.get("author") or (fields.get("editor", "") if record.kind == "book" else "")
    if people:
        record.authors, record.authors_incomplete = names.read(people)
    _set_time(record, fields)
    _set_venue(record, fields)
    identify(record, fields)
    _set_preprint(record, fields)
    if language := fields.get("langid") or fields.get("language"):
        record.language = values.read_language(decode(language))
    return record


def _title(value):
    """As text, without the elements of HTML that some programs escape."""
    title = decode(value)
    return " ".join(TAG.sub("", title).split()) if "<" in title else title


def _pages(fields):
    first = next(filter(None, map(fields.get, ("pages", "eid", "article-number"))), "")
    return _DASHES.sub("-", decode(first)).removeprefix("pp.").lstrip()


def _title_of_volume(entry):
    return entry.fields.get("booktitle", "") if entry.kind == "proceedings" else ""


def _set_time(record, fields):
    when = decode(fields.get("year") or "") or decode(fields.get("date", ""))
    found = _YEAR.search(when) or _YEAR.search(fields.get("date", ""))
    record.year = int(found[0]) if found else None
    dates = (fields.get("origdate", ""), fields.get("date", ""), when)
    if day := next(filter(None, map(_FULL_DATE.match, dates)), None):
        record.published_on = _date(*map(int, day.groups()))
    elif record.year and "month" in fields:
        month = decode(fields["month"])
        number = next((i for i, name in enumerate(_MONTHS, 1) if name in month.lower()), None)
        days = _DAY.findall(fields.get("day", "") or (month if number else ""))
        if number is None and month.isdecimal() and month.isascii():
            number = int(month) if len(month) < 3 else None
        if number and len(days) == 1:
            record.published_on = _date(record.year, number, int(days[0]))


def _date(year, month, day):
    try:
        return date(year, month, day) if year >= 1500 else None
    except ValueError:
        return None


def _set_venue(record, fields):
    for name in _VENUES.get(record.kind, _OTHER_VENUES):
        value = fields.get(name)
        if value and (name != "howpublished" or not address({name: value})):
            record.venue = decode(value)
            break
    kind = decode(fields.get("type", "")) if record.kind == "report" else ""
    if kind and not _REPORTS.fullmatch(kind):  # OpenAI technical report, by OpenAI
        record.venue, record.publisher = kind, record.publisher or record.venue
    if record.kind in {"report", "thesis"} and not record.venue:
        record.venue, record.publisher = record.publisher, ""


def _set_preprint(record, fields):
    """arXiv is no journal, though many exports say so."""
    is_said = fields.get("pubstate") == "prepublished" or _PREPRINTS.fullmatch(record.venue)
    if record.venue.lower() == "preprint" or _ARXIV_VENUE.fullmatch(record.venue):
        is_said, record.venue = True, ""
        if record.volume.startswith("abs/"):
            record.volume = ""
    if (
        (record.kind == "other" and record.arxiv_id)
        or (record.kind in {"article", "report"} and record.arxiv_id and not record.venue)
        or (record.kind in {"article", "other"} and is_said)
    ):
        record.kind = "preprint"
    if record.kind == "preprint":
        if record.publisher.lower() in {"arxiv", "arxiv.org"}:
            record.publisher = ""
        for name in ("issue", "pages"):
            if "arxiv" in getattr(record, name).lower():
                setattr(record, name, "")
