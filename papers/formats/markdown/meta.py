"""What stands around a title, told apart: names, venues, dates, institutions."""

import re
from functools import lru_cache

from .dates import YEAR, is_date
from .labels import AUTHORS, DATE, INSTITUTION, VENUE
from .people import is_authors
from .sentences import is_free
from .venues import contains_venue, is_acronym, is_institution, is_venue, trailing_venue

_PART = re.compile(
    r"[,，;|]\s+|[，；]\s*|\s+[-–—]\s+|\.(?<![A-Z]\.)(?<!\bal\.)\s+"
    r"|\.(?<=\bal\.),?\s+(?=[A-Z(])|\s(?<=\)\s)\s*(?=\S)"
)
_NUMBERS = re.compile(
    r"(?:vol(?:ume)?|no|issue|pp?|pages?|art(?:icle)?|ch(?:apter)?|isbn|issn)\.?\s*[\d:–—-]+"
    r"|\d+\s*\(\d+\)(?:\s*:\s*[\d–-]+)?|\d+[–-]\d+|\d{1,4}|doi:\S+|(?:ed|eds)\.?"
    r"|in|to appear|accepted|preprint|oral|poster|spotlight",
    re.IGNORECASE,
)
# "by Ann Bee, Cee Dee. Some Place That Nobody Lists, 2005."
_PUBLISHED = re.compile(
    rf"(?:by\s+)?(.{{3,400}}?)\.\s+(?:([A-Z][^.]{{2,90}}?)[,.]?\s+)?({YEAR})\.?", re.IGNORECASE
)
_BRACKET_BEHIND = re.compile(r"\s*[(（\[]([^()（）\[\]]{2,60})[)）\]][\s.,]*$")
_SHELLS = {")": "(", "]": "[", "）": "（", "】": "【"}
_MENTION = re.compile(r"\(?@[\w .&,/-]+\)?")
_COMMA = re.compile(r"[,，]\s")
_ENDS_IN_INITIAL = re.compile(r"\b[A-Z]$")


@lru_cache(maxsize=4096)
def kind_of(text):
    """AUTHORS, VENUE, DATE or INSTITUTION, if the whole of `text` is one; else ""."""
    text = text.strip(" ,.;:|-–—·/\\\n*_")
    if not text or is_free(text):
        return ""
    if is_date(text):
        return DATE
    if is_venue(text):
        return VENUE
    if is_authors(text):
        return AUTHORS
    if is_institution(text):
        return INSTITUTION
    if text[0] == "@" or (text[:2] == "(@" and len(text) < 60 and _MENTION.fullmatch(text)):
        return INSTITUTION
    return ""


@lru_cache(maxsize=4096)
def read_parts(text):
    """The (kind, part) pairs that `text` is made of, if it is nothing but authors, venue and
    dates; else []."""
    if len(text) > 6000 or is_free(text):
        return []
    if parts := _read_bracket(text) or _read_published(text) or _read_placed(text):
        return parts
    kind = kind_of(text)
    if kind in (DATE, INSTITUTION) or (kind and not _COMMA.search(text)):
        return [(kind, text)]
    if kind == AUTHORS and not contains_venue(text):
        return [(kind, text)]
    return _read_list(text) or ([(kind, text)] if kind else [])


def _read_bracket(text):
    """`Ann Bee and Cee Dee (2019)`."""
    found = _BRACKET_BEHIND.search(text) if text.rstrip(" .,")[-1:] in _SHELLS else None
    inner = read_parts(found[1]) if found else []
    outer = _read_names(text[: found.start()]) if inner else []
    return outer + inner if outer else []


def _read_published(text):
    """`by Ann Bee. Some Place That Nobody Lists, 2005`."""
    found = _PUBLISHED.fullmatch(text) if text.rstrip(".")[-4:].isdigit() else None
    if not found:
        return []
    names, place, year = found.groups()
    by = text[:3].lower() == "by "
    # "Cee D. Eff, ICML 2019" has no full stop, "by Dee C. Learning Theory, 2005" has one.
    ends = not _ENDS_IN_INITIAL.search(names) or (by and "," not in (place or ""))
    if not ends or not is_authors(names, alone=by):
        return []
    return [(AUTHORS, names), *([(VENUE, place)] if place else []), (DATE, year)]


def _read_placed(text):
    """`Ann Bee and Cee Dee. ICML 2019`."""
    found = trailing_venue(text.rstrip(" .)"))
    outer = _read_names(text[: found.start()]) if found and not is_acronym(text) else []
    return [*outer, (VENUE, found[0])] if outer else []


def _read_names(text):
    return read_parts(text) or ([(AUTHORS, text)] if is_authors(text, alone=True) else [])


def unwrap(text):
    """`text` without signs at its ends, and without brackets round all of it or without a pair."""
    while True:
        before = text
        text = text.strip(' \t\n|,;·/\\*_.，。；-–—:"“”')
        if text[:1].isalnum() and text[-1].isalnum():
            return text
        if text[-1:] in _SHELLS and (
            text[:1] == _SHELLS[text[-1]] or text.count(_SHELLS[text[-1]]) < text.count(text[-1])
        ):
            text = text[:-1]
        elif text[:1] in _SHELLS.values() and text.count(text[0]) > sum(
            text.count(closing) for closing, opening in _SHELLS.items() if opening == text[0]
        ):
            text = text[1:]
        if text[-1:] in _SHELLS.values():
            text = text[:-1]
        if text[:1] in _SHELLS:
            text = text[1:]
        if text == before:
            return text


def _read_list(text):
    """`Ann Bee, Cee Dee, ICML 2019, pp. 1–9`."""
    parts = [part.strip(" \t\n.()（）*_") for part in _PART.split(text)]
    parts = [part for part in parts if part]
    found, names, unknown = [], [], 0
    for part in parts:
        kind = kind_of(part)
        if kind in (VENUE, DATE):
            found.append((kind, part))
        elif kind == AUTHORS or is_authors(part, alone=True):
            names.append(part)
        elif not _NUMBERS.fullmatch(part):
            unknown += 1
            if unknown > 0.2 * len(parts):
                return []
    if unknown and not found:
        return []
    if names and not found and len(names) < 2 and not is_authors(names[0]):
        return []
    if names:
        found.insert(0, (AUTHORS, ", ".join(names)))
    return found
