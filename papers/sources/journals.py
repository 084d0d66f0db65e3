"""Where a paper appeared, read from one line such as `Nature 521 (2015) 436-444`."""

import re
from typing import NamedTuple


class Place(NamedTuple):
    venue: str
    volume: str
    issue: str
    pages: str
    year: int


_VENUE = r"(?P<venue>[A-Z][^\d,:;()]*[^\d,:;()\s])"
_VOLUME = r",?\s*(?:[Vv]ol(?:ume|\.)?\s*)?(?P<volume>[A-Z]?\d{1,4}[A-Z]?)"
_ISSUE = r"(?:\s*\((?P<issue>\d[\d-]{0,6})\)|,?\s*(?:[Nn]o\.|[Ii]ssue)\s*(?P<number>\d[\d-]{0,6}))?"
_YEAR = r"(?P<year>(?:18|19|20)\d\d)"
_PAGES = (
    r"(?:[Pp]p?\.\s*|[Pp]ages?\s+)?(?P<pages>[A-Z]?\d[\dA-Z.]*(?:\s*[-–—]+\s*[A-Z]?\d[\dA-Z.]*)?)"
)
_BEGINNING = _VENUE + _VOLUME + _ISSUE
_SHAPES = [
    # Eur.Phys.J. C31 (2003) 17-29
    re.compile(rf"{_BEGINNING}\s*,?\s*\({_YEAR}\)\s*[,:]?\s*{_PAGES}\.?"),
    # JETP Lett.86:559-561,2008; Nature, vol. 521, no. 7553, pp. 436-444, 2015
    re.compile(rf"{_BEGINNING}\s*[,:]\s*{_PAGES}\s*[,;]?\s*\(?{_YEAR}\)?\.?"),
]


def read_reference(text):
    """The Place that a journal reference names, or None where it is not certain."""
    if len(text) > 300:
        return None
    for shape in _SHAPES:
        if found := shape.fullmatch(text):
            parts = found.groupdict()
            issue = parts["issue"] or parts["number"] or ""
            pages = re.sub(r"\s*[-–—]+\s*", "-", parts["pages"])
            return Place(parts["venue"], parts["volume"], issue, pages, int(parts["year"]))
    return None
