"""RIS: what reference managers and publishers' “export” buttons speak. Also read: EndNote's own
tags (`%0 Journal Article`), which Chinese databases write.

Of a Record it holds what citing needs, its tags and its public notes. Not: places in the list,
relations, status, what the links are called, paragraphs within a text.

Read by our own lines and not by rispy, which drops a record whose end is missing, joins two where
ER is missing between them, keeps one of several titles and knows no line numbers.
"""

import re
from dataclasses import replace

from papers import citekeys
from papers.formats import names, values
from papers.formats.kinds import kind_of
from papers.records import NoteRecord, Problem, Record

_KINDS = {
    **dict.fromkeys(("JOUR", "JFULL", "EJOUR", "MGZN", "NEWS", "INPR", "ABST"), "article"),
    **dict.fromkeys(("CONF", "CPAPER", "CONFERENCE"), "conference"),
    **dict.fromkeys(("UNPB", "MANSCPT", "PREPRINT"), "preprint"),
    **dict.fromkeys(("RPRT", "GOVDOC", "STAND"), "report"),
    **dict.fromkeys(("BOOK", "EBOOK", "EDBOOK", "SER", "WHOLE"), "book"),
    **dict.fromkeys(("CHAP", "ECHAP", "ENCYC", "DICT"), "chapter"),
    "THES": "thesis",
}
_TYPES = {
    "article": "JOUR",
    "conference": "CONF",
    "preprint": "UNPB",
    "report": "RPRT",
    "book": "BOOK",
    "chapter": "CHAP",
    "thesis": "THES",
    "other": "GEN",
}
# The tags that there are: in a wrapped text, `AI - what is it?` is none.
_LINE = re.compile(
    r"\s*(TY|ER|A[1-4BDNUV]|BT|C[1-8ANPTY]|D[ABOP]|E[DPT]|H[12]|I[DS]|J[12AFO]|K[1W]|L[1-4ABK]"
    r"|M[1-3]|N[12OV]|OP|P[ABPY]|R[DINP]|S[EFNPRT]|T[123AIT]|U[1-5R]|V[LOR]|Y[12R])"
    r"[ \t]{1,3}-(?:[ \t](.*))?$"
)
_LINE_END = re.compile(r"\r\n|\r|\n")
# EndNote's tags, once those of Refer.
_PERCENT = re.compile(r"%([0-9A-Z@!$*+<>~^&(?|])(?:\s+(.*))?$")
_FROM_PERCENT = {
    pair[0]: pair[1:]
    for pair in re.findall(
        r"\S+",
        "AAU TTI JJO BT2 DPY 8DA VVL NIS PSP UUR RDO XAB KKW IPB GLA !ST EA2 MAN ST3 ZN1",
    )
}
_PERCENT_TYPES = (
    (re.compile(r"conference|proceedings", re.I), "CONF"),
    (re.compile(r"book section|chapter", re.I), "CHAP"),
    (re.compile(r"book", re.I), "BOOK"),
    (re.compile(r"thesis|dissertation", re.I), "THES"),
    (re.compile(r"report", re.I), "RPRT"),
    (re.compile(r"journal|magazine|newspaper|article", re.I), "JOUR"),
    (re.compile(r"manuscript|unpublished|preprint", re.I), "UNPB"),
)
_VENUE_TAGS = ("JF", "JO", "T2", "BT", "C3", "J2", "JA", "J1", "T3")
# What programs leave in the notes.
_PROGRAM_NOTE = re.compile(
    r"(?:arxiv:|(?:export(?: date)?|cited by|times cited|isi document|source|accession|compilation"
    r"|doi|pmid|pmcid|publisher|issn|zsccs?|backup publisher|query date|_eprint|conference name)\b"
    r"|<p>|<div>)",
    re.I,
)
_RANGE = re.compile(r"([A-Za-z]{0,3}[0-9]+[A-Za-z]?)\s*[-–—]+\s*([A-Za-z]{0,3}[0-9]+[A-Za-z]?)")


def read(text):
    """The records of a RIS text. Where the end of one is missing, the next one's start ends it."""
    fields, start = None, 0
    for number, line in enumerate(_LINE_END.split(text), 1):
        tag, value = _tag(line)
        if tag in ("TY", "ER") and fields is not None:
            yield from _finish(fields, start)
            fields = None
        if tag == "TY":
            fields, start = [(tag, value)], number
        elif fields is not None and (tag or line.strip()):
            # Without a tag, it is a long line that was wrapped.
            fields.append((tag, value if tag else line.strip()))
        elif tag and tag != "ER":
            reason = "There is no line “TY  - …” before this, with which a record begins."
            yield Problem(reason=reason, line=number, text=line[:200])
    if fields is not None:
        yield from _finish(fields, start)


def write(items, language="en"):
    """RIS, as the specification has it: lines that end in CR and LF."""
    for item in items:
        if isinstance(item, Record):
            lines = [f"{tag}  - {value}\r\n" for tag, value in _fields(item, language) if value]
            yield f"{''.join(lines)}ER  - \r\n\r\n"


def _tag(line):
    line = line.removeprefix("\ufeff")
    if found := _LINE.match(line):
        return found[1], (found[2] or "").strip()
    if line.startswith("%") and (found := _PERCENT.match(line)):
        value = (found[2] or "").strip()
        if found[1] == "0":
            kinds = (kind for pattern, kind in _PERCENT_TYPES if pattern.search(value))
            return "TY", next(kinds, "GEN")
        return _FROM_PERCENT.get(found[1], "U5"), value
    return "", ""


def _finish(fields, line):
    """The record that the fields make, after what there is to say about it."""
    texts = _texts(fields)
    record = Record(line=line, kind=_KINDS.get(texts["TY"][0].upper(), "other"))
    _set_title_and_venue(record, texts)
    _set_people(record, texts)
    _set_time(record, texts)
    _set_place(record, texts)
    doubts = _set_identifiers(record, texts)
    _set_addresses(record, texts)
    _set_rest(record, texts)
    if record.title or values.own_address(record) or record.url:
        yield from doubts
        yield record
    else:
        yield Problem(reason="The record has neither title nor address.", line=line)


def _texts(fields):
    """From tags to the texts that they have, wrapped lines joined again."""
    pieces = {}
    last = None
    for tag, value in fields:
        if tag:
            last = [value]
            pieces.setdefault(tag, []).append(last)
        else:
            last.append(value)
    texts = {}
    for tag, lines in pieces.items():
        between = "\n" if tag in ("KW", "AU", "A1") else " "
        found = [between.join(filter(None, each)) for each in lines]
        texts[tag] = [value for value in found if value]
    texts["TY"] = texts.get("TY") or [""]
    return {tag: found for tag, found in texts.items() if found}


def _first(texts, *tags):
    """The first text of the first tag that has one."""
    return next((values.plain(texts[tag][0]) for tag in tags if tag in texts), "")


def _set_title_and_venue(record, texts):
    title_tags = ("TI", "T1", "CT", "BT") if record.kind == "book" else ("TI", "T1", "CT")
    record.title = _first(texts, *title_tags) or _first(texts, "ST", "BT")
    venues = (_first(texts, tag) for tag in _VENUE_TAGS)
    record.venue = next((venue for venue in venues if venue and venue != record.title), "")
    record.translated_title = _first(texts, "TT")


def _set_people(record, texts):
    first, others = texts.get("A1", []), texts.get("AU", [])
    people = others if first == others else first + others
    if not people and record.kind == "book":
        people = texts.get("A2", []) + texts.get("ED", [])
    for text in people:
        found, more = _people(text)
        record.authors += found
        record.authors_incomplete |= more


def _people(text):
    """RIS has a name a line; some programs put all of them into one."""
    rest, more = names.without_others(text)
    if re.search(r"[;；、，\n]", rest) and ",," not in rest:
        found, ends = names.several(rest)
        return found, more or ends
    if re.search(r"[\u3400-\u9fff]", rest) and "," in rest:
        return names.several(rest)[0], more
    if ",," in rest:
        return [values.plain(rest.replace(",,", ",").rstrip())], more
    name = names.turn(values.plain(rest))
    return [name] if name else [], more


def _set_time(record, texts):
    dates = [values.plain(text) for tag in ("PY", "Y1", "DA", "YR") for text in texts.get(tag, [])]
    record.year = next((year for text in dates if (year := values.read_year(text))), None)
    days = sorted(dates, key=lambda text: text not in texts.get("DA", []))
    record.published_on = next((day for text in days if (day := values.read_date(text))), None)


def _set_place(record, texts):
    record.volume = _first(texts, "VL", "VO")
    record.issue = _first(texts, "IS", "CP")
    record.publisher = _first(texts, "PB")
    start, end = _first(texts, "SP"), _first(texts, "EP")
    record.pages = f"{start}-{end}" if start and end and start != end else start or end
    if found := _RANGE.fullmatch(record.pages):
        record.pages = f"{found[1]}-{found[2]}"


def _set_identifiers(record, texts):
    """Gives what there is to say about those that cannot be read."""
    doubts = []
    for text in texts.get("DO", []):
        # A DOI that was wrapped has a space in it.
        if not values.set_identifier(record, "".join(text.split())):
            reason = "The DOI cannot be read."
            doubts.append(Problem(reason=reason, line=record.line, text=text[:200], lost=False))
    for tag in ("AN", "N1", "M1", "VL", "JO", "T2"):
        for text in texts.get(tag, []):
            if "arxiv" in text[:20].lower():
                values.set_identifier(record, text)
    record.key = _first(texts, "ID")
    if record.key.isdecimal() or not re.fullmatch(citekeys.PATTERN, record.key):
        record.key = ""  # A number that a database gave it.
    return doubts


def _set_addresses(record, texts):
    links = {}
    for tag, kind in (("UR", ""), ("LK", ""), ("L2", ""), ("L1", "pdf")):
        for text in texts.get(tag, []):
            for url in filter(values.is_address, re.split(r"\s+|;(?=https?:)", text)):
                values.set_identifier(record, url)
                link = values.link(url)
                links.setdefault(url, replace(link, kind=kind or link.kind))
    if "UR" in texts or "LK" in texts:
        record.url = next(iter(links), "")
        links.pop(record.url, None)
    record.links = list(links.values())
    values.settle_url(record)


def _set_rest(record, texts):
    record.abstract = _first(texts, "AB", "N2")
    record.language = values.read_language(_first(texts, "LA"))
    texts_of_tags = "\n".join(texts.get("KW", []) + texts.get("K1", []))
    record.tags = values.unique(map(values.plain, re.split(r"[;；\n]", texts_of_tags)))
    if record.kind == "preprint" or not record.venue:
        if record.publisher.lower() in {"arxiv", "arxiv.org"}:
            record.publisher = ""
        if record.kind in {"other", "article"} and record.arxiv_id and not record.venue:
            record.kind = "preprint"
    for text in texts.get("N1", []):
        if not _PROGRAM_NOTE.match(text) and (text := values.plain(text)):
            record.notes.append(NoteRecord(text={values.language_of(text): text}))


def _fields(record, language):
    kind = kind_of(record)
    yield "TY", _TYPES[kind]
    yield "ID", record.key
    yield "TI", values.plain(record.title)
    yield "TT", values.plain(record.translated_title)
    for name in record.authors:
        yield "AU", _name(name)
    yield "AU", "et al." if record.authors_incomplete else ""
    yield "PY", str(record.year or "")
    day = record.published_on
    # Of a paper printed later, the day of its preprint would be taken for the date to cite.
    is_cited = day and record.year in (None, day.year)
    # Without DA, some programs find no year for a conference.
    year = f"{record.year}///" if record.year else ""
    yield "DA", day.strftime("%Y/%m/%d") if is_cited else year
    yield "T2", values.plain(record.venue)
    # The title of the proceedings; T2 is the conference's name there.
    yield "C3", values.plain(record.venue) if kind == "conference" else ""
    yield "VL", values.plain(record.volume)
    yield "IS", values.plain(record.issue)
    found = _RANGE.fullmatch(values.plain(record.pages))
    yield "SP", found[1] if found else values.plain(record.pages)
    yield "EP", found[2] if found else ""
    yield "PB", values.plain(record.publisher)
    yield "DO", record.doi
    yield "AN", values.write_arxiv(record)
    yield "UR", _address(record.url or values.own_address(record))
    if record.url or values.own_address(record):
        for link in record.links:
            is_pdf = "pdf" in (link.kind, values.link(link.url).kind)
            yield "L1" if is_pdf else "UR", _address(link.url)
    yield "AB", values.plain(record.abstract)
    for tag in record.tags:
        yield "KW", values.plain(tag)
    yield "LA", record.language
    for note in record.notes + [note for place in record.placements for note in place.notes]:
        if note.public:
            yield "N1", values.plain(values.note_text(note, language))


def _name(name):
    parts = names.split(values.plain(name))
    if parts.whole:
        # EndNote's way to say that a comma is one of the name's own.
        return parts.family.replace(",", ",,")
    last = f"{parts.particle} {parts.family}".strip()
    return ", ".join(filter(None, (last, parts.given, parts.suffix)))


def _address(url):
    return "%20".join(values.plain(url).split())
