"""arXiv's Atom API: https://info.arxiv.org/help/api/user-manual.html

Its terms: one request in three seconds over one connection, and no question twice a day.
"""

import re
from datetime import date
from urllib.parse import urlencode

from papers.identifiers import parse_arxiv, parse_doi
from papers.records import Record
from papers.sources import xml
from papers.sources.errors import SourceError
from papers.sources.http import Door
from papers.sources.journals import read_comment, read_reference
from papers.sources.lookup import Found, Lookup
from papers.sources.markup import printable
from papers.sources.pace import Pace

NAME = "arXiv"
INTERVAL = 3
BATCH = 100
ATOM, OWN = "{http://www.w3.org/2005/Atom}", "{http://arxiv.org/schemas/atom}"
ERRORS = "/api/errors"

#: In place of a name: 32 additional authors not shown.
_OTHERS = re.compile(r"et\.? al\.?|(?:and )?others|.*\bauthors not shown\b.*", re.IGNORECASE)
_WITHDRAWN = re.compile(
    r"\b(?:has been|was|is|is being|been) withdrawn\b|^withdrawn\b|\bpaper withdrawn\b"
    r"|\bwithdrawn by (?:the )?(?:author|arxiv)",
    re.IGNORECASE,
)


def identify(record):
    """What to ask for: the record's arXiv identifier, or "". The latest version is asked for,
    as that is what a reader is led to."""
    return record.arxiv_id or ""


def fetch(ids, access):
    """Pairs of id, as given, and Found or SourceError: one for each id, in no certain order.

    ids: in any spelling that identifiers.parse_arxiv takes; with a version, that one is asked
    for. Texts are taken over as arXiv has them, LaTeX included; only white space is folded. The
    authors' comment is kept beside the record; a conference that it names without doubt becomes
    the venue, unless a DOI or a journal reference tells better.
    """
    spellings = {}
    for given in dict.fromkeys(ids):
        if found := parse_arxiv(given):
            version = f"v{found.version}" if found.version else ""
            spellings.setdefault(f"{found.id}{version}", []).append(given)
        else:
            yield given, SourceError("This is no arXiv identifier.", about=given, permanent=True)
    with Door(access, name=NAME, pace=Pace(access, NAME, INTERVAL)) as door:

        def ask(batch):
            return _ask(door, access.arxiv_url, batch)

        lookup = Lookup(NAME, access, ask=ask, read=_read, size=BATCH)
        try:
            for identifier, result in lookup.fetch(spellings):
                yield from ((given, result) for given in spellings[identifier])
        finally:
            lookup.close()


def _ask(door, url, batch):
    query = urlencode({"id_list": ",".join(batch), "max_results": len(batch)}, safe=",/")
    answer = door.get(f"{url}?{query}", media=("xml",))
    try:
        feed = xml.parse(answer.body)
    except xml.XMLError as error:
        sentence = f"{NAME} gave an answer that is not XML ({error}, status {answer.status})."
        raise SourceError(sentence) from None
    if feed.tag != f"{ATOM}feed":
        raise SourceError(f"{NAME} gave an answer that is not a feed (status {answer.status}).")
    entries = [_plain(entry) for entry in feed.iter(f"{ATOM}entry")]
    for entry in entries:
        if ERRORS in entry["id"]:
            # One for all, though it is about one identifier: the others are asked for apart.
            raise SourceError(f"{NAME} refuses: {entry['summary'][:200]}", permanent=True)
    if answer.status != 200:
        raise SourceError(f"{NAME} refuses (status {answer.status}).")
    return _by_identifier(batch, entries)


def _by_identifier(batch, entries):
    known = {}
    for entry in entries:
        found = parse_arxiv(entry["id"])
        # An unknown identifier has no entry, or one that says no more than itself.
        if found and entry["title"]:
            known[f"{found.id}v{found.version}"] = entry
            # Without a version the latest is meant, though another may be in the same answer.
            latest = known.get(found.id)
            if not latest or (found.version or 0) > (parse_arxiv(latest["id"]).version or 0):
                known[found.id] = entry
    return {identifier: known[identifier] for identifier in batch if identifier in known}


def _plain(entry):
    """An Atom entry as a dict of texts, which is what is kept for a day."""

    def text(name):
        return entry.findtext(name) or ""

    category = entry.find(f"{OWN}primary_category")
    return {
        **{name: _folded(text(f"{ATOM}{name}")) for name in ("id", "title", "published")},
        "updated": _folded(text(f"{ATOM}updated")),
        "summary": _paragraphs(text(f"{ATOM}summary")),
        "authors": [
            _folded(author.findtext(f"{ATOM}name") or "") for author in entry.iter(f"{ATOM}author")
        ],
        **{name: _folded(text(f"{OWN}{name}")) for name in ("comment", "journal_ref", "doi")},
        "category": category.get("term", "") if category is not None else "",
    }


def _read(identifier, entry):
    """The Found in an entry as `_plain` makes it."""
    arxiv = parse_arxiv(entry["id"])
    published = _date(entry["published"])
    record = Record(
        title=entry["title"],
        authors=[name for name in entry["authors"] if _is_name(name)],
        authors_incomplete=any(_OTHERS.fullmatch(name) for name in entry["authors"]),
        year=published.year if published else None,
        published_on=published,
        kind="preprint",
        arxiv_id=arxiv.id,
        arxiv_version=arxiv.version,
        arxiv_category=entry["category"],
        # Authors give more than one at times, separated by a space.
        doi=next((doi for part in entry["doi"].split() if (doi := parse_doi(part))), ""),
        abstract=entry["summary"],
        source=NAME,
    )
    if parse_arxiv(record.doi):
        record.doi = ""
    if place := read_reference(entry["journal_ref"]):
        record.kind = "article"
        record.venue, record.volume, record.issue, record.pages = place[:4]
        record.year = place.year
    elif not record.doi and not entry["journal_ref"]:
        # Where there is a DOI, Crossref knows better.
        _read_comment(record, entry["comment"])
    return Found(
        record=record,
        warnings=_warnings(entry),
        comment=entry["comment"],
        journal_ref=entry["journal_ref"],
        updated=_date(entry["updated"]),
    )


def _read_comment(record, comment):
    place = read_comment(comment)
    # Years apart, it is a slip of the pen or of another paper.
    if place and record.year and abs(place[1] - record.year) <= 3:
        record.kind = "conference"
        record.venue, record.year = place


def _warnings(entry):
    # In the comment, or, of old papers, in the place of the abstract.
    if _WITHDRAWN.search(entry["comment"]) or _WITHDRAWN.search(entry["summary"][:100]):
        said = entry["comment"] or entry["summary"]
        return [f"{NAME} says that this paper has been withdrawn: {said[:200]}"]
    return []


def _is_name(text):
    # A colon stands after a collaboration's name at times, as an author of its own.
    return any(letter.isalpha() for letter in text) and not _OTHERS.fullmatch(text)


def _folded(text):
    return " ".join(printable(text).split())


def _paragraphs(text):
    """`text` without line breaks but those before an indented line, which begin a paragraph."""
    return "\n\n".join(filter(None, map(_folded, re.split(r"\n(?:\s*\n|[ \t]+(?=\S))", text))))


def _date(text):
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
