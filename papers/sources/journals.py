"""Where a paper appeared, read from one line such as `Nature 521 (2015) 436-444`, or from what
authors say of it, such as `12 pages. Accepted at ICML 2023`."""

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


#: Conferences that have but one name, and whose name and year say all.
_CONFERENCES = (
    *("AAAI", "AACL", "ACL", "AISTATS", "ASPLOS", "BMVC", "CHI", "CIKM", "COLING", "COLM", "COLT"),
    *("CoNLL", "CoRL", "CVPR", "EACL", "ECAI", "ECCV", "ECIR", "EMNLP", "EuroSys", "FAccT", "FOCS"),
    *("ICAPS", "ICASSP", "ICCV", "ICDE", "ICDM", "ICLR", "ICML", "ICRA", "ICSE", "IJCAI", "IJCNN"),
    *("Interspeech", "IROS", "ISCA", "ISMIR", "KDD", "MICCAI", "MLSys", "NAACL", "NDSS", "NeurIPS"),
    *("NIPS", "NSDI", "OSDI", "PLDI", "POPL", "RecSys", "SIGCOMM", "SIGGRAPH", "SIGIR", "SIGMOD"),
    *("SODA", "SOSP", "STOC", "UAI", "UIST", "VLDB", "WACV", "WSDM"),
)
_NAMES = {name.casefold(): name for name in _CONFERENCES}
_NAMED = rf"(?P<venue>{'|'.join(_CONFERENCES)})(?:,? |,? ?[’'-])(?P<year>(?:20)?[0-9]{{2}})"
_TALK = r"(?:an? )?(?:oral|spotlight|poster)(?: (?:paper|presentation))?"
_ROLE = rf"(?:{_TALK}|(?:an? )?(?:long|full|regular|(?:main )?conference) paper)"
_TRACK = rf",? \(?(?:main(?: conference| track)?|camera[- ]ready(?: version)?|(?:as )?{_TALK})\)?"
_ACCEPTED = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        (
            r"(?:this (?:paper|work) )?(?:has been |was |is |will be )?"
            r"(?:accepted(?: for publication)?|to appear|appears|published|presented)"
            rf"(?: as {_ROLE})? (?:at|to|in|by) (?:the )?{_NAMED}(?:{_TRACK})?"
        ),
        rf"{_NAMED}{_TRACK}",
    )
]
#: Whatever else is said, with one of these it may be another paper than the conference's.
_DOUBTFUL = re.compile(
    r"workshop|submi|review|reject|withdr|finding|challenge|competition|tutorial|demo\b|extend|doctor"
    r"|earlier|previous|preliminary|(?:short|longer|long|full) version|journal|supersed|track on",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"[.;,](?:\s+|$)|\s+[|–-]\s+")


def read_comment(text):
    """Conference and year that the authors' comment names without doubt, or None.

    Only where a sentence of it says no more than that, as in `12 pages. Accepted at ICML 2023`,
    and nothing in it speaks of a workshop, of a review or of another version.
    """
    if len(text) > 500 or _DOUBTFUL.search(text):
        return None
    sentences = (sentence.strip(" *!") for sentence in _SENTENCES.split(text))
    found = {
        (_NAMES[said["venue"].casefold()], 2000 + int(said["year"][-2:]))
        for sentence in sentences
        for shape in _ACCEPTED
        if (said := shape.fullmatch(sentence))
    }
    return found.pop() if len(found) == 1 else None
