"""BibTeX → records."""

import re
from datetime import date

from papers.formats.bibtex import keys, names, splitting
from papers.formats.latex import decode
from papers.identifiers import parse_acl, parse_arxiv, parse_doi, parse_openreview
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

_ARXIV_IN_TEXT = re.compile(
    r"(?:arxiv[\s:.]*(?:(?:preprint|e-?print)\s*)?(?:arxiv[\s:]*)?(?:abs/)?|arxiv\.org/\w+/|corr,?\s*abs/)"
    r"([a-z-]+(?:\.[a-z]{2})?/\d{7}(?:v\d+)?|\d{4}\.\d{4,5}(?:v\d+)?)",
    re.IGNORECASE,
)
_ARXIV_VENUE = re.compile(
    r"(?:arxiv(?:\.org|\.cs|\s+cornell\s+university)?(?:\s*\((?:cornell university|corr)\))?|corr|"
    r"computing research repository|eprint arxiv|cornell university)"
    r"(?:[\s,:-]*(?:e-?prints?|preprints?|abs|arxiv|[a-z-]+\.[A-Z]{2}|[:/\[\]().,]|\d{4}\.\d{4,5}(?:v\d+)?"
    r"|[a-z-]+(?:\.[a-z]{2})?/\d{7}))*",
    re.IGNORECASE,
)
_CATEGORY = re.compile(r"[a-z][a-z-]*(?:\.[A-Za-z]{2}|\.[a-z-]{2,12})?")
_DOI_IN_TEXT = re.compile(r"(?:doi\.org/|\bdoi\s*[:=]?\s*)(10\.\d{4,9}/[^\s,;}]+)", re.IGNORECASE)
_URL = re.compile(r"https?://[^\s{}<>\"|\\^`]+", re.IGNORECASE)
_URL_COMMAND = re.compile(r"\\(?:url|href|path|nolinkurl|urlprefix)\b\s*")
_URL_ESCAPE = re.compile(
    r"\\text(asciitilde|underscore|asciicircum)(?:\{\}|\s+|\b)|\$?\\(sim)(?:\{\})?\$?"
    r"|\\([%&#_~{}$^])(?:(?<=~)\{\}|(?<=\^)\{\})?|[{}]|\$_\$"
)
_URL_SIGNS = {"asciitilde": "~", "underscore": "_", "asciicircum": "^", "sim": "~"}
_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d|2100)(?!\d)")
_FULL_DATE = re.compile(r"\s*(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_DAY = re.compile(r"(?<!\d)(\d{1,2})(?!\d)")
_DASHES = re.compile(r"\s*(?:-{1,3}|[‐‑‒–—−])\s*")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LANGUAGES = {
    **dict.fromkeys(["english", "en", "eng", "american", "british", "usenglish", "ukenglish"], "en"),
    **dict.fromkeys(["chinese", "zh", "zh-cn", "zh-hans", "chinese-simplified", "zho", "chi"], "zh-hans"),
    **dict.fromkeys(["zh-tw", "zh-hant", "chinese-traditional"], "zh-hant"),
    **{"german": "de", "ngerman": "de", "deutsch": "de", "french": "fr", "spanish": "es"},
    **{"japanese": "ja", "korean": "ko", "russian": "ru", "portuguese": "pt", "italian": "it"},
    **{"中文": "zh-hans", "汉语": "zh-hans"},
}
_CODE = re.compile(r"[a-z]{2,3}(?:-[a-z]{2,8})*")


def read(text):
    """The papers of a BibTeX text, an entry each. Every entry is a Record or a lost Problem.

    `keywords` are the publisher's or the reader's, never the list's: they are left out.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    entries = splitting.split(text)
    if "crossref" in text.lower():
        entries = _inherit(list(entries))
    seen = {}
    for entry in entries:
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
    """What BibTeX takes from the entry named by `crossref`, wherever it stands."""
    parents = {}
    for entry in entries:
        parents.setdefault(entry.key.lower(), entry)
    for entry in entries:
        name = entry.fields.get("crossref", "").strip().lower()
        parent = parents.get(name)
        if not name or parent is None or parent is entry:
            if name:
                entry.doubts.append(f"there is no entry “{name[:50]}” to inherit from")
            continue
        inherited = {
            name: value
            for name, value in parent.fields.items()
            if len(value) <= _MAX_INHERITED
            and (name not in _NOT_INHERITED or (name == "author" and entry.kind in _INHERIT_AUTHOR))
        }
        if booktitle := parent.fields.get("booktitle") or parent.fields.get("title"):
            inherited["booktitle"] = booktitle[:_MAX_INHERITED]
        own = {name: value for name, value in entry.fields.items() if value}
        entry.fields = inherited | own
    return entries


def _record(entry):
    fields = entry.fields
    record = Record(
        title=decode(fields.get("title") or _title_of_volume(entry)),
        abstract=decode(fields.get("abstract", "")),
        kind=_KINDS.get(entry.kind, "other"),
        key=keys.clean(entry.key),
        volume=decode(fields.get("volume", "")),
        issue=decode(fields.get("number") or fields.get("issue", "")),
        pages=_DASHES.sub("-", decode(fields.get("pages") or fields.get("eid", ""))),
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
    _set_identifiers(record, fields)
    _set_preprint(record, fields)
    if language := fields.get("langid") or fields.get("language"):
        language = decode(language).lower()
        record.language = _LANGUAGES.get(language, language if _CODE.fullmatch(language) else "")
    return record


def _title_of_volume(entry):
    return entry.fields.get("booktitle", "") if entry.kind == "proceedings" else ""


def _set_time(record, fields):
    when = decode(fields.get("year") or "") or decode(fields.get("date", ""))
    found = _YEAR.search(when) or _YEAR.search(fields.get("date", ""))
    record.year = int(found[0]) if found else None
    day = _FULL_DATE.match(fields.get("date", "")) or _FULL_DATE.match(when)
    if day:
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
        if value and (name != "howpublished" or not _URL.search(value)):
            record.venue = decode(value)
            break
    if record.kind == "report" and (kind := decode(fields.get("type", ""))):
        if not _REPORTS.fullmatch(kind):  # OpenAI technical report, by OpenAI
            record.venue, record.publisher = kind, record.publisher or record.venue


def _set_identifiers(record, fields):
    record.url = _url(fields)
    doi = _plain_url(fields["doi"]) if fields.get("doi") else ""
    if not doi and "/10." in record.url:
        doi = record.url
    elif not doi and (found := _DOI_IN_TEXT.search(fields.get("note", ""))):
        doi = _plain_url(found[1])
    record.doi = parse_doi(doi.split()[0]) or "" if doi else ""
    arxiv = _arxiv(record, fields)
    if arxiv:
        record.arxiv_id, record.arxiv_version = arxiv
        category = fields.get("primaryclass") or fields.get("eprintclass") or ""
        category = decode(category).strip("[]")
        record.arxiv_category = category if _CATEGORY.fullmatch(category) else ""
    if record.doi.startswith("10.48550/arxiv."):
        record.doi = ""
    archive = (fields.get("archiveprefix") or fields.get("eprinttype") or "").lower()
    if "openreview" in record.url:
        record.openreview_id = parse_openreview(record.url) or ""
    elif archive == "openreview":
        record.openreview_id = decode(fields.get("eprint", ""))
    if "acl" in record.url:
        record.acl_id = parse_acl(record.url) or ""
    elif archive == "aclanthology":
        record.acl_id = decode(fields.get("eprint", ""))


def _arxiv(record, fields):
    archive = (fields.get("archiveprefix") or fields.get("eprinttype") or "arxiv").lower()
    if "arxiv" in archive:
        for name in ("eprint", "arxivid", "arxiv"):
            if (value := fields.get(name)) and (found := parse_arxiv(_plain_url(value))):
                return found
    if "arxiv" in record.doi and (found := parse_arxiv(record.doi)):
        return found
    if "arxiv" in record.url.lower() or "huggingface.co/papers" in record.url:
        if found := parse_arxiv(record.url):
            return found
    for name in ("journal", "volume", "note", "howpublished", "number", "booktitle", "ee"):
        value = fields.get(name, "")
        if "abs/" in value and (found := parse_arxiv(value)):
            return found
        if value and "rxiv" in value.lower() and (found := _ARXIV_IN_TEXT.search(decode(value))):
            if arxiv := parse_arxiv(found[1]):
                return arxiv
    return None


def _set_preprint(record, fields):
    """arXiv is no journal."""
    is_arxiv = record.venue and _ARXIV_VENUE.fullmatch(record.venue)
    if is_arxiv:
        record.venue = ""
        if record.volume.startswith("abs/"):
            record.volume = ""
    if record.kind in {"article", "other", "report"} and (
        is_arxiv or (record.arxiv_id and not record.venue)
    ):
        record.kind = "preprint"
    if record.venue.lower() == "preprint" and record.kind == "other":
        record.venue, record.kind = "", "preprint"
    if record.kind == "preprint":
        if record.publisher.lower() in {"arxiv", "arxiv.org"}:
            record.publisher = ""
        if parse_arxiv(record.issue):
            record.issue = ""


def _url(fields):
    for name in ("url", "howpublished", "ee", "link", "bdsk-url-1", "note", "pdf"):
        value = fields.get(name)
        if not value:
            continue
        address = _plain_url(value)
        if name == "url" and address and " " not in address:
            return address
        if found := _URL.search(address):
            return found[0].rstrip(".,;)")
    return ""


def _plain_url(value):
    """An address as it is, without what LaTeX needs around it."""
    if "\\" in value or "{" in value or "$" in value:
        value = _URL_ESCAPE.sub(_unescaped, _URL_COMMAND.sub("", value).replace("}{", "} {"))
    return value.strip()


def _unescaped(found):
    if named := found[1] or found[2]:
        return _URL_SIGNS[named]
    return found[3] or ("_" if found[0] == "$_$" else "")
