"""Brings a record into what the list's columns can hold, and says what it had to leave out."""

from dataclasses import fields, is_dataclass
from functools import cache
from operator import attrgetter

from papers.addresses import identify
from papers.formats.values import own_address
from papers.identifiers import parse_arxiv, parse_doi
from papers.intake.fitting import fit
from papers.models.paper import YEARS
from papers.records import KINDS, Record

SCHEMES = ("http://", "https://", "ftp://")
#: As many characters as the longest address that a column holds.
ADDRESS = 1000
_OTHER_DOI = "Its DOI is that of arXiv {}, not of {}."
_OTHER_LINK = "Its link opens arXiv {}, not {}."


def vet(record):
    """Changes the record in place; returns the complaints, a sentence each.

    An arXiv DOI becomes an arXiv identifier; a main link to arXiv or a DOI gives one, too.
    """
    complaints = []
    if not _is_clean_throughout(record):
        cleaned(record)
    _vet_identifiers(record, complaints)
    if record.url and not is_address(record.url):
        complaints.append(f"“{record.url[:80]}” is no web address; it was left out.")
        record.url = ""
    # Identifiers that no column holds are kept as the address of their page.
    if not (record.url or record.arxiv_id or record.doi):
        record.url = own_address(record)
    if record.links:
        complaints += [
            f"“{link.url[:80]}” is no web address; it was left out."
            for link in record.links
            if not is_address(link.url)
        ]
        record.links = [link for link in record.links if is_address(link.url)]
    if record.year is not None and not YEARS[0] <= record.year <= YEARS[1]:
        complaints.append(f"{record.year} cannot be its year; it was left out.")
        record.year = None
    if record.kind not in KINDS:
        record.kind = ""
    record.authors = [name for author in record.authors if (name := " ".join(author.split()))]
    record.title = " ".join(record.title.split())
    return complaints + fit(record)


_texts_of = attrgetter(*(field.name for field in fields(Record) if field.type is str))


def is_address(url):
    return url.lower().startswith(SCHEMES) and len(url) <= ADDRESS


def cleaned(value):
    """`value`, a text or what holds texts, without what a database or an encoding refuses.

    Records are changed in place: PostgreSQL takes no NUL, and no encoding a lone surrogate.
    """
    kind = type(value)
    if kind is str:
        return value if _is_clean(value) else _clean(value)
    if kind in (list, tuple):
        return kind([cleaned(part) for part in value])
    if kind is dict:
        return {key: cleaned(part) for key, part in value.items()}
    for name in _names(kind):
        if part := getattr(value, name):
            setattr(value, name, cleaned(part))
    return value


@cache
def _names(kind):
    return [field.name for field in fields(kind)] if is_dataclass(kind) else []


def _is_clean_throughout(record):
    """Whether that is plain at a glance, as of most records: `cleaned` looks at each part."""
    if record.notes or record.relations or any(place.notes for place in record.placements):
        return False
    texts = [*_texts_of(record), *record.authors, *record.tags]
    for link in record.links:
        texts += link.url, link.kind, link.label
    for placement in record.placements:
        texts += *placement.section, placement.slug, placement.label
    return _is_clean("".join(texts))


def _is_clean(text):
    try:
        return "\0" not in text and (text.isascii() or bool(text.encode()))
    except UnicodeEncodeError:
        return False


def _clean(text):
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "")


def _vet_identifiers(record, complaints):
    if record.arxiv_id:
        found = parse_arxiv(record.arxiv_id)
        if not found:
            complaints.append(f"“{record.arxiv_id[:80]}” is no arXiv identifier; it was left out.")
        record.arxiv_id = found.id if found else ""
        record.arxiv_version = record.arxiv_version or (found.version if found else None)
    if record.doi:
        doi = parse_doi(record.doi)
        if not doi:
            complaints.append(f"“{record.doi[:80]}” is no DOI; it was left out.")
        record.doi = doi or ""
    for complaint, text in ((_OTHER_DOI, record.doi), (_OTHER_LINK, record.url)):
        found = identify(text) if text else None
        if not found or found.kind != "arxiv":
            continue
        if record.arxiv_id in {"", found.id}:
            record.arxiv_id = found.id
            record.arxiv_version = record.arxiv_version or found.version
        else:
            complaints.append(complaint.format(found.id, record.arxiv_id))
    if record.doi and parse_arxiv(record.doi, record.doi):
        record.doi = ""
    elif record.url and not record.doi and (found := identify(record.url)) and found.kind == "doi":
        record.doi = found.id
