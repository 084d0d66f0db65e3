"""Identifiers of papers, read from whatever a person pastes.

No Django here. Sources: https://info.arxiv.org/help/arxiv_identifier.html and the DOI Handbook,
https://doi.org/10.1000/182.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

from papers.publishers import doi_in

# Nothing longer is an identifier, whatever wraps it.
MAX_LENGTH = 2000

# New style, since April 2007: four digits after the dot until the end of 2014, five since.
_NEW = (
    r"(?:0(?:7(?:0[4-9]|1[0-2])|[89](?:0[1-9]|1[0-2]))|1[0-4](?:0[1-9]|1[0-2]))\.(?!0000)[0-9]{4}"
    r"|(?:1[5-9]|[2-9][0-9])(?:0[1-9]|1[0-2])\.(?!00000)[0-9]{5}"
)
# Old style, 1991 to March 2007: cs/0112017, math.GT/0309136. The subject class is not part of
# the identifier: `math-ph` is an archive, `math.GT` is archive `math` with a class.
_ARCHIVE = (
    "acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|"
    "comp-gas|cond-mat|cs|dg-ga|funct-an|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math-ph|math|"
    "mtrl-th|nlin|nucl-ex|nucl-th|patt-sol|physics|plasm-ph|q-alg|q-bio|quant-ph|solv-int|"
    "supr-con"
)
_OLD = (
    rf"(?P<archive>{_ARCHIVE})(?:\.[a-z-]{{2,9}})?"
    r"/(?P<number>(?:(?:9[1-9]|0[0-6])(?:0[1-9]|1[0-2])|070[1-3])(?!000)[0-9]{3})"
)
_ARXIV_ID = re.compile(
    rf"(?:(?P<new>{_NEW})|{_OLD})(?:v(?P<version>[1-9][0-9]{{0,2}}))?(?:\.pdf|\.html)?/?"
    # The stamp on the margin of a first page goes on: [cs.CL] 6 Dec 2017
    r"(?:\s*\[[a-z.-]+\](?:\s+[0-9]{1,2}\s[a-z]{3}\s[0-9]{4})?)?",
    re.IGNORECASE,
)
# Quick looks: what the names have in common of all hosts whose addresses carry an identifier.
ARXIV_SITES = re.compile(
    r"arxiv|xxx\.|huggingface|hf\.co|hf-mirror|scirate|semanticscholar", re.IGNORECASE
)
ACL_SITES = re.compile(r"aclanthology|aclweb|semanticscholar", re.IGNORECASE)
OPENREVIEW_SITES = re.compile(r"openreview", re.IGNORECASE)
# Before a host, and behind it.
_WEB, _PORT = r"(?:(?:https?:)?//)?", r"(?::(?:80|443))?/+"
_S2 = r"(?:(?:api|www)\.)?semanticscholar\.org"
# Hosts, and the paths of theirs that an identifier follows.
_ARXIV_PAGE = re.compile(
    f"{_WEB}(?:%s)"
    % "|".join(
        f"(?:{host}){_PORT}(?:{path})"
        for host, path in (
            (
                r"(?:[a-z]+\.)?arxiv\.org|xxx\.(?:itp\.ac\.cn|lanl\.gov)",
                r"(?:abs|pdf|html|ps|src|tex|format|e-print|ftp/arxiv/papers/[0-9]{4})/+",
            ),
            (r"labs\.arxiv\.org", r"ar5iv/+(?:(?:abs|html)/+)?"),
            (r"(?:www\.)?ar5iv(?:\.labs\.arxiv)?\.org", r"(?:(?:abs|html|pdf)/+)?"),
            (
                r"(?:www\.)?alphaxiv\.org",
                r"(?:[a-z]{2}/)?(?:abs|pdf|html|overview|resources)/+",
            ),
            (r"(?:www\.)?(?:huggingface\.co|hf\.co|hf-mirror\.com|arxiv-vanity\.com)", "papers/+"),
            (r"(?:www\.)?scirate\.com", "arxiv/+"),
            (_S2, r"(?:(?:(?:graph/)?v1/)?paper/+|arxiv/+)?"),
        )
    ),
    re.IGNORECASE,
)
# Also as in Google Scholar's BibTeX and in DBLP's.
_ARXIV_LABEL = re.compile(
    r"(?:arxiv\s(?:preprint|e-prints?),?\s)?arxiv(?:\.org)?(?:\s*:\s*|\s+)|(?:corr\s)?abs/",
    re.IGNORECASE,
)
_ARXIV_DOI = "10.48550/arxiv."

_DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/[!-~]+")
_DOI_PAGE = re.compile(
    rf"{_WEB}(?:"
    r"(?:(?:(?:www|dx)\.)?doi\.org|doi\.(?:acm|apa|ieeecomputersociety)\.org|dx\.plos\.org"
    rf"|hdl\.handle\.net){_PORT}"
    rf"|api\.crossref\.org{_PORT}(?:v1/)?works/+"
    rf"|{_S2}{_PORT}(?:(?:graph/)?v1/)?paper/+(?=doi:))",
    re.IGNORECASE,
)
_DOI_LABEL = re.compile(r"info:doi/|urn:doi:|doi(?:\s*[:=]\s*|\s+)", re.IGNORECASE)

_PAIRS = dict(zip("<([{\"'`“‘《【「", ">)]}\"'`”’》】」", strict=True))
_OPENERS = {closer: opener for opener, closer in _PAIRS.items()}
# What a Chinese keyboard and a PDF put in the place of a plain sign; invisible signs go.
_TYPED = str.maketrans("。‐‑", ".--", "\u00ad\u200b\u200c\u200d\u2060\ufeff")

# What leads on to another address: the Internet Archive's copies, resolvers put before an address
# that has one, and the doors through which some sites send whoever leaves them.
_DOOR = re.compile(
    r"(?:https?:)?//(?:"
    r"web\.archive\.org/(?:web/)?[0-9]{1,14}[a-z_]*/"
    r"|(?:(?:dx\.)?doi\.org|arxiv\.org/abs)/"
    r"|(?:link\.zhihu\.com|link\.juejin\.cn|link\.csdn\.net|gitee\.com/link|www\.jianshu\.com/go-wild"
    r"|(?:www|scholar)\.google\.[a-z.]{2,6}/(?:scholar_)?url|l\.facebook\.com/l\.php)"
    r"/?\?(?P<query>(?:[^#\s]*&)?(?:target|url|q|u)=)"
    r")(?=https?(?::|%3a))",
    re.IGNORECASE,
)

_OPENREVIEW_PAGE = re.compile(
    rf"{_WEB}(?:www\.)?openreview\.net{_PORT}"
    # Of attachments, the paper itself; others are something beside it.
    r"(?:(?:forum|pdf|revisions)/?|attachment/?(?=\?(?:[^#\s]*&)?name=pdf(?:&|#|$)))"
    r"\?(?:[^#\s]*&)?id=",
    re.IGNORECASE,
)
_OPENREVIEW_ID = re.compile(r"[A-Za-z0-9_-]{5,40}")
_ACL_PAGE = re.compile(
    rf"{_WEB}(?:[a-z]+\.)?(?:"
    rf"aclanthology\.(?:org|info|(?:coli|lst)\.uni-saarland\.de){_PORT}"
    rf"|aclweb\.org{_PORT}(?:old_)?anthology(?:-new)?/+"
    rf"|{_S2}{_PORT}(?:(?:graph/)?v1/)?paper/+acl:)",
    re.IGNORECASE,
)
# P19-1001 until 2019, 2020.acl-main.1 since.
_ACL_ID = re.compile(
    r"(?P<old>[A-Z][0-9]{2}-[0-9]{4})|(?P<new>[12][0-9]{3}\.[a-z0-9_]+-[a-z0-9_]+\.[0-9]+)",
    re.IGNORECASE,
)
_ACL_REST = re.compile(r"(?:v[0-9]+)?(?:\.(?:pdf|bib|xml|endf))?/?(?:[?#]\S*)?")


class ArxivId(NamedTuple):
    """An arXiv identifier without its version, such as `1706.03762` or `cs/0112017`, and the
    version as a number, or None where the text names none."""

    id: str
    version: int | None


def parse_arxiv(text, doi=None):
    """The ArxivId that the whole of `text` names, or None where it names none.

    Takes bare identifiers, `arXiv:` ones, arXiv's DOIs and the URLs of arXiv and of the sites
    that mirror it. `https://arxiv.org/pdf/1706.03762v5.pdf` gives `("1706.03762", 5)`.
    doi: what parse_doi says of the text, "" for nothing, where that has been asked already.
    """
    doi = parse_doi(text) or "" if doi is None else doi
    if doi.startswith(_ARXIV_DOI):
        rest = doi.removeprefix(_ARXIV_DOI)
    else:
        rest = _clean(text)
        page = _ARXIV_PAGE.match(rest)
        rest = _path(rest[page.end() :]) if page else rest
        rest = _without(_ARXIV_LABEL, rest)
    found = _ARXIV_ID.fullmatch(_trim(_decode(rest)))
    if not found:
        return None
    version = int(found["version"]) if found["version"] else None
    return ArxivId(found["new"] or f"{found['archive']}/{found['number']}".lower(), version)


def parse_doi(text):
    """The DOI that the whole of `text` names, in lower case without resolver, or None.

    DOIs are compared without regard to case (DOI Handbook, 2.4). The Handbook allows signs
    beyond ASCII, but what is pasted with some is a DOI run into a sentence. An arXiv DOI is a
    DOI here; whoever keeps both kinds asks parse_arxiv first.
    """
    doi = _without(_DOI_LABEL, _clean(text))
    if page := _DOI_PAGE.match(doi):
        doi = _without(_DOI_LABEL, _path(doi[page.end() :]))
    else:
        doi = doi_in(_trim(doi)) or doi
    doi = _trim(_decode(doi))
    return doi.lower() if _DOI.fullmatch(doi) else None


def parse_openreview(text):
    """The identifier in an address of OpenReview, such as `B1QRgziT-`, or None.

    Letters' case tells these apart. Alone, without its address, such an identifier is no more
    than a word, so that a bare one gives None.
    """
    text = _clean(text)
    page = _OPENREVIEW_PAGE.match(text)
    found = _OPENREVIEW_ID.match(text, page.end()) if page else None
    return found[0] if found else None


def parse_acl(text):
    """The ACL Anthology's identifier that the whole of `text` names, or None.

    Takes bare identifiers and the Anthology's addresses, old and new:
    `https://www.aclweb.org/anthology/P19-1001.pdf` gives `P19-1001`.
    """
    text = _clean(text)
    page = _ACL_PAGE.match(text)
    rest = text[page.end() :] if page else text
    while page and "/" in rest and not _ACL_ID.match(rest):
        # papers/P/P19/P19-1001.pdf
        rest = rest.partition("/")[2]
    found = _ACL_ID.match(rest)
    if not found:
        return None
    # An older spelling has it twice: papers/P18-1031/p18-1031
    end = rest[found.end() :]
    if end.casefold().startswith("/" + found[0].casefold()):
        end = end[len(found[0]) + 1 :]
    if not _ACL_REST.fullmatch(end):
        return None
    return found["old"].upper() if found["old"] else found["new"].lower()


def without_doors(url):
    """The address that `url` leads on to, or `url` where it leads nowhere else.

    `https://link.zhihu.com/?target=https%3A//arxiv.org/abs/1706.03762` is arXiv's address.
    """
    while "http" in url[4:] and (door := _DOOR.match(url)):
        url = url[door.end() :]
        if door["query"]:
            url = unquote(url.partition("&")[0])
    return url


def unwrapped(text):
    """`text` without the signs around it, typed as ASCII where a keyboard had others; "" where it
    is too long to be read."""
    return _trim(_clean(text))


def _clean(text):
    return _cleaned(text) if len(text) <= MAX_LENGTH else ""


@lru_cache(maxsize=64)  # Whoever looks for any identifier asks one kind after the other.
def _cleaned(text):
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).translate(_TYPED)
    text = text.strip()
    wrapped = text.rstrip(".,;:")
    while len(wrapped) > 1 and _PAIRS.get(wrapped[0]) == wrapped[-1]:
        text = wrapped = wrapped[1:-1].strip()
    return without_doors(text)


def _path(text):
    """What comes before the query of an address. A ? or # of the path itself is written as
    %3F or %23 there. Nothing, where a sentence goes on."""
    found = re.fullmatch(r"([^?#]*)(?:[?#]\S*)?", text)
    return found[1] if found else ""


def _without(label, text):
    found = label.match(text)
    return text[found.end() :] if found else text


def _decode(text):
    """`text` without percent-encoding, however often it was applied."""
    while "%" in text and (decoded := unquote(text)) != text:
        text = decoded
    return text


def _trim(text):
    """`text` without what followed it in a sentence: a full stop, a bracket never opened."""
    while text and (text[-1] in ".,;:/" or _closes_nothing(text)):
        text = text[:-1]
    return text


def _closes_nothing(text):
    closer = text[-1]
    opener = _OPENERS.get(closer)
    return opener == closer or (opener and text.count(opener) < text.count(closer))
