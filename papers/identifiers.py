"""Identifiers of papers, read from whatever a person pastes.

No Django here. Sources: https://info.arxiv.org/help/arxiv_identifier.html and the DOI Handbook,
https://doi.org/10.1000/182.
"""

import re
import unicodedata
from typing import NamedTuple
from urllib.parse import unquote

# Old style: cs/0112017, math.GT/0309136 (the subject class is not part of the identifier).
# New style: four digits after the dot until the end of 2014, five since.
_NEW = r"(?:0[7-9]|1[0-4])(?:0[1-9]|1[0-2])\.[0-9]{4}|(?:1[5-9]|[2-9][0-9])(?:0[1-9]|1[0-2])\.[0-9]{5}"
_ARCHIVE = (
    "acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|"
    "comp-gas|cond-mat|cs|dg-ga|funct-an|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math-ph|math|"
    "mtrl-th|nlin|nucl-ex|nucl-th|patt-sol|physics|plasm-ph|q-alg|q-bio|quant-ph|solv-int|"
    "supr-con|stat"
)
_OLD = rf"(?:{_ARCHIVE})(?:\.[a-z]{{2}})?/[0-9]{{2}}(?:0[1-9]|1[0-2])[0-9]{{3}}"
_ARXIV = re.compile(
    r"(?:(?:https?:)?//)?"
    r"(?:(?:[a-z]+\.)?arxiv\.org/(?:abs|pdf|html|ps|format|e-print)/"
    r"|(?:www\.)?ar5iv(?:\.labs\.arxiv)?\.org/(?:abs|html|pdf)/"
    r"|(?:www\.)?alphaxiv\.org/(?:abs|pdf|overview)/"
    r"|(?:www\.)?(?:huggingface\.co|hf\.co)/papers/"
    r"|(?:(?:dx\.)?doi\.org/|doi:\s*)?10\.48550/arxiv\."
    r"|arxiv[:\s]\s*)?"
    rf"(?P<id>{_NEW}|{_OLD})(?:v(?P<version>[1-9][0-9]*))?"
    r"(?:\.pdf|\.html)?/?(?:\s*\[[a-z.-]+\])?(?:[?#].*)?",
    re.IGNORECASE,
)
_DOI = re.compile(
    r"(?:(?:https?:)?//)?(?:(?:www\.)?(?:dx\.)?doi\.org/)?(?:doi:\s*)?"
    r"(?P<doi>10\.[0-9]{4,9}(?:\.[0-9]+)*/\S+)",
    re.IGNORECASE,
)


class ArxivId(NamedTuple):
    """An arXiv identifier without its version, such as `1706.03762` or `cs/0112017`, and the
    version as a number, or None where the text names none."""

    id: str
    version: int | None


def parse_arxiv(text):
    """The ArxivId that the whole of `text` names, or None where it names none.

    Takes bare identifiers, `arXiv:` ones, arXiv's DOIs and the URLs of arXiv and of the sites
    that mirror it. `https://arxiv.org/pdf/1706.03762v5.pdf` gives `("1706.03762", 5)`.
    """
    found = _ARXIV.fullmatch(_clean(text))
    if not found:
        return None
    identifier = found["id"].lower()
    if "/" in identifier:
        archive, number = identifier.split("/")
        # `math-ph` is an archive; `math.GT` is archive `math` with a subject class.
        identifier = f"{archive.split('.')[0]}/{number}"
    return ArxivId(identifier, int(found["version"]) if found["version"] else None)


def parse_doi(text):
    """The DOI that the whole of `text` names, in lower case without resolver, or None.

    DOIs are compared without regard to case (DOI Handbook, 2.4). An arXiv DOI is a DOI here;
    whoever keeps both kinds asks parse_arxiv first.
    """
    found = _DOI.fullmatch(_clean(text))
    if not found:
        return None
    doi = found["doi"]
    if "%" in doi:
        doi = unquote(doi)
    doi = doi.split("#")[0] if "doi.org" in text.lower() else doi
    doi = doi.rstrip(".,;")
    if doi.endswith(")") and doi.count("(") < doi.count(")"):
        doi = doi[:-1]
    return doi.lower()


def _clean(text):
    return unicodedata.normalize("NFKC", text).strip().strip("<>[]{}\"'").strip()
