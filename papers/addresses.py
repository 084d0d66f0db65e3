"""Addresses: one spelling to compare them by, and the identifiers that longer text holds.

No Django here. Identifiers themselves are read by papers.identifiers.
"""

import re
from contextlib import suppress
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote

from papers.identifiers import (
    ACL_SITES,
    ARXIV_SITES,
    OPENREVIEW_SITES,
    parse_acl,
    parse_arxiv,
    parse_doi,
    parse_openreview,
    unwrapped,
    without_doors,
)
from papers.pages import SITES, one_of_many, read_label, read_page
from papers.publishers import makes_up

#: Nothing longer is an address, or is worth a look at.
MAX_LENGTH = 2000

# Host, path and query of an address as most are written: there is nothing to normalise but its
# scheme, `www.` and slashes at its end.
_PLAIN = re.compile(
    r"https?://(?:www\.)?(?!www\.)((?:[a-z0-9-]+\.)+[a-z]{2,})"
    r"((?!.*/\.)/[A-Za-z0-9._~/-]*+)?(?:\?([A-Za-z0-9._~/=&-]*+))?"
)
_PARTS = re.compile(r"(?:(https?):)?//([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.I | re.S)
_BARE = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?::[0-9]+)?(?:[/?#]|$)", re.I)
# Of a host: www. before a name that has a further point, a port that goes without saying.
_NEEDLESS = re.compile(r"^(?:www\.)+(?=[^.]+\.[^.])|\.*(?::(?:80|443)?)*$")
# What says who sent the visitor, and not what is visited.
_TRACKING = re.compile(
    r"utm_\w+|hsa_\w+|mc_[ce]id|mkt_tok|fbclid|gclid|gclsrc|dclid|msclkid|yclid|twclid|igshid|wbraid"
    r"|gbraid|gad_source|srsltid|_ga|_gl|_hsenc|_hsmi|igsh|mibextid|spm|spm_id_from|scm|vd_source"
    r"|share_\w+|ref_src|ref_url|cmpid|trk|casa_token|si|feature|source",
    re.IGNORECASE,
)
# Elsewhere, a parameter of that name may say what is shown.
_ONLY_ON = {"si": "youtu", "feature": "youtu", "source": "medium.com"}
_UNRESERVED = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")
_ENCODED = re.compile(r"%([0-9A-Fa-f]{2})")
_NORMAL = re.compile(r"[A-Za-z0-9._~/-]*")

#: The Anthology's DOIs are made of its identifiers.
ACL_DOI = "10.18653/v1/"

_PAGES = {
    "arxiv": "https://arxiv.org/abs/{}",
    "doi": "https://doi.org/{}",
    "acl": "https://aclanthology.org/{}",
    "openreview": "https://openreview.net/forum?id={}",
    "pmlr": "https://proceedings.mlr.press/{}.html",
    "neurips": "https://proceedings.neurips.cc/paper/{}",
    "iclr": "https://proceedings.iclr.cc/paper_files/paper/{}",
    "pubmed": "https://pubmed.ncbi.nlm.nih.gov/{}",
    "pmc": "https://pmc.ncbi.nlm.nih.gov/articles/PMC{}",
    "semanticscholar": "https://semanticscholar.org/paper/{}",
}
# What no address has, unless encoded; among it all Chinese signs, though not those that are wide
# ones of ASCII.
_STOP = r"\s<>\"`“”‘’\u2e80-\u9fff\uac00-\ud7af，；：！？（）"
# Chinese signs may stand next to any of them.
_CANDIDATES = re.compile(
    rf"(?:https?:)?//[^{_STOP}]{{4,{MAX_LENGTH}}}"
    rf"|(?<![a-z0-9_/.-])(?:(?:info:)?doi(?:\s?[:=]\s?|\s))?10\.[0-9]{{4,9}}(?:\.[0-9]{{1,9}}){{0,3}}/[^{_STOP}]{{1,300}}"
    rf"|(?<![a-z0-9_/.@-])[a-z0-9-]{{1,60}}(?:\.[a-z0-9-]{{1,60}}){{1,5}}/[^{_STOP}]{{2,{MAX_LENGTH}}}"
    r"|(?<![a-z0-9_/.])(?:arxiv\s?[:：]?\s?|abs/)?[0-9]{4}\.[0-9]{4,5}(?:v[0-9]{1,3})?(?![a-z0-9_.]?[0-9%])"
    r"|(?<![a-z0-9_/.])(?:arxiv\s?[:：]?\s?)?[a-z]{2,8}(?:-[a-z]{2,4})?(?:\.[a-z-]{2,9})?/[0-9]{7}(?:v[0-9]{1,3})?(?![a-z0-9_/])"
    r"|(?<![a-z0-9_/.-])(?:[A-Z][0-9]{2}-[0-9]{4}|[12][0-9]{3}\.[a-z0-9_]{2,30}-[a-z0-9_]{1,20}\.[0-9]{1,4})(?![a-z0-9_-])"
    r"|(?<![a-z0-9_/.-])(?:pmid\s?[:：]?\s?|(?:pmcid\s?[:：]?\s?)?pmc|corpusid:)[0-9]{3,12}(?![a-z0-9_-])",
    re.IGNORECASE,
)


def page_of(kind, identifier):
    """The address of the page that an identifier names; kinds as in Identifier."""
    if not _NORMAL.fullmatch(identifier):
        identifier = _quoted(identifier, "/:;().-_~")
    return _PAGES[kind].format(identifier)


class Identifier(NamedTuple):
    """kind: arxiv, doi, acl, openreview, or one of those of pages.read_page; id: in its one
    spelling; version: of an arXiv paper, where it is named."""

    kind: str
    id: str
    version: int | None = None


def canonical_url(url):
    """An address in one spelling, for comparing only, never to be shown or opened.

    Pages of one paper whose identifier the address carries give one and the same address. Of
    all others: http and https are one, so are a host with `www.` and without it (no two sites
    of papers differ by that), letters' case counts in the path but not in the host; default
    ports, fragments (but for `#!` and `#/`, which choose the page), tracking parameters and
    slashes at the end are gone; parameters are sorted; what need not be percent-encoded is not.
    Kept, because sites may tell them apart: other ports, index.html, file suffixes, doubled
    slashes. What is no address of the web is only stripped. Idempotent; raises nothing.
    """
    url = _without_ends(url)
    if len(url) > MAX_LENGTH:
        return url
    if found := identify(url):
        if found.kind == "doi" and found.id.startswith(ACL_DOI):
            acl = parse_acl(found.id.removeprefix(ACL_DOI))
            found = Identifier("acl", acl) if acl else found
        return page_of(found.kind, found.id)
    address, is_final = _normalised(without_doors(url))
    if is_final or address == url or _is_like(address, url):
        return address
    # What was hidden by an encoding, a port or an odd slash is an identifier now.
    return canonical_url(address)


def _is_like(address, url):
    """Whether an address differs from what was written by no more than its scheme and `www.`."""
    written = url.removeprefix("http://").removeprefix("https://").removeprefix("www.")
    return address.removeprefix("https://") == written.rstrip("/")


def _without_ends(url):
    url = url.strip()
    if url.startswith("<") and url.endswith(">"):
        url = url[1:-1].strip()
    return url.rstrip("。，、；：！？")


def _normalised(url):
    """An address in the spelling of its site, and whether a second look would change nothing."""
    parts = _parts(url)
    if not parts:
        return url, False
    host, path, query, fragment = parts
    if page := one_of_many(host, path, query):
        return f"https://{page}", "%" not in page and "/." not in page
    if host.rpartition("@")[2] == "github.com":
        # Names of people and repositories, whose case GitHub ignores.
        *names, rest = re.fullmatch(r"(/[^/]*)?(/[^/]*)?(.*)", path, re.DOTALL).groups()
        path = "".join(name.lower() for name in names if name) + rest
        path = path if rest else path.removesuffix(".git")
    path = path.rstrip("/")
    return f"https://{host}{path}{_query(host, query)}{fragment}", False


def identify(text):
    """The Identifier that the whole of `text`, an address or a bare identifier, names, or None."""
    return _identify(text) if len(text) <= MAX_LENGTH else None


@lru_cache(maxsize=512)
def _identify(text):
    for read in _readers_of(text):
        if found := read(text):
            return found
    return None


def _readers_of(text):
    """What may find an identifier in a text. Most addresses tell by their host that little can."""
    plain = _PLAIN.fullmatch(text)
    if plain is None or "10." in text or "http" in text[4:]:
        return _READERS
    return _readers_on(plain[1])


@lru_cache(maxsize=500)
def _readers_on(host):
    """What may find an identifier in a plain address of this host that has no DOI in it."""
    if makes_up(host):
        return _READERS
    return tuple(read for read, sites in _READERS.items() if sites.search(host))


def _read_arxiv_or_doi(text):
    doi = parse_doi(text) or ""
    arxiv = parse_arxiv(text, doi)
    if not arxiv:
        return Identifier("doi", doi) if doi else None
    return Identifier("arxiv", *arxiv)


def _read_acl(text):
    acl = parse_acl(text)
    return Identifier("acl", acl) if acl else None


def _read_openreview(text):
    openreview = parse_openreview(text)
    return Identifier("openreview", openreview) if openreview else None


def _read_page(text):
    text = unwrapped(text)
    parts = _parts(text) if SITES.search(text) else None
    found = read_page(parts.host, parts.path) if parts else read_label(text)
    return Identifier(*found) if found else None


#: What reads the identifiers of a text, in this order, and what the hosts have in common whose
#: addresses may carry one.
_READERS = {
    _read_arxiv_or_doi: ARXIV_SITES,
    _read_acl: ACL_SITES,
    _read_openreview: OPENREVIEW_SITES,
    _read_page: SITES,
}


def find_identifiers(text):
    """The Identifiers in a longer text, each once, in its order. Takes linear time.

    A bare number counts where it looks like an arXiv identifier and like no part of another
    number; a bare word never counts as one of OpenReview's.
    """
    found = {}
    for match in _CANDIDATES.finditer(text):
        identifier = identify(match[0]) or identify(match[0].rstrip("\\*_|~!.,:;)]}'"))
        if identifier:
            found.setdefault(identifier[:2], identifier)
    return list(found.values())


class _Parts(NamedTuple):
    host: str
    path: str
    query: str
    fragment: str


def _parts(url):
    """Host, path, query and fragment, normalised but for the query; None where it is no
    address of the web."""
    if plain := _PLAIN.fullmatch(url):
        return _Parts(plain[1], plain[2] or "", plain[3] or "", "")
    if _BARE.match(url):
        url = f"//{url}"
    found = _PARTS.fullmatch(url)
    if not found or not found[2]:
        return None
    user, at, host = found[2].rpartition("@")
    host = host.lower()
    if not host.isascii():
        with suppress(UnicodeError):  # labels that are too long stay as they are
            host = host.encode("idna").decode()
    host = user + at + _NEEDLESS.sub("", host)
    path = _without_dots(_normal(found[3] or ""))
    fragment = found[5] or ""
    fragment = f"#{_normal(fragment, '?')}" if fragment[:1] in ("!", "/") else ""
    return _Parts(host, path, found[4] or "", fragment)


def _query(host, query):
    pairs = []
    for pair in query.split("&"):
        name, equals, value = pair.partition("=")
        if _TRACKING.fullmatch(name) and _ONLY_ON.get(name.lower(), "") in host:
            continue
        if pair:
            value = equals and f"={_normal(value, '+')}"
            pairs.append(_normal(name, "?") + value)
    return f"?{'&'.join(sorted(pairs))}" if pairs else ""


def _normal(text, also=""):
    """Percent-encoded where it must be, in capitals, and nowhere else."""
    if _NORMAL.fullmatch(text):
        return text

    def decoded(match):
        sign = chr(int(match[1], 16))
        return sign if sign in _UNRESERVED else match[0].upper()

    return _ENCODED.sub(decoded, _quoted(text, f"%/:@!$&'()*,;=+{also}"))


def _quoted(text, safe):
    return quote(text, safe=safe, errors="replace")


def _without_dots(path):
    """`path` with its /./ and /../ resolved, as RFC 3986 (5.2.4) says."""
    if "/." not in path:
        return path
    kept = []
    for part in path.split("/"):
        if part == "..":
            # The first is empty: it stands before the first slash.
            del kept[max(1, len(kept) - 1) :]
        elif part != ".":
            kept.append(part)
    return "/".join(kept)
