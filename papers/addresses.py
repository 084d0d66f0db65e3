"""Addresses: one spelling to compare them by, and the identifiers that longer text holds.

No Django here. Identifiers themselves are read by papers.identifiers.
"""

import re
from typing import NamedTuple
from urllib.parse import quote

from papers.identifiers import parse_acl, parse_arxiv, parse_doi, parse_openreview

#: Nothing longer is an address, or is worth a look at.
MAX_LENGTH = 2000

_PARTS = re.compile(r"(?:(https?):)?//([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.I | re.S)
_BARE = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?::[0-9]+)?(?:[/?#]|$)", re.I)
# Of a host: www. before a name that has a further point, a port that goes without saying.
_NEEDLESS = re.compile(r"^(?:www\.)+(?=[^.]+\.[^.])|\.*(?::(?:80|443)?)*$")
# What says who sent the visitor, and not what is visited.
_TRACKING = re.compile(
    r"utm_\w+|hsa_\w+|mc_[ce]id|mkt_tok|fbclid|gclid|gclsrc|dclid|msclkid|yclid|twclid|igshid|wbraid"
    r"|gbraid|_ga|_gl|_hsenc|_hsmi|spm|scm|vd_source|share_\w+|ref_src|ref_url|cmpid|trk"
    r"|casa_token|si|feature",
    re.IGNORECASE,
)
# Elsewhere, a parameter of that name may say what is shown.
_ONLY_ON = {"si": "youtu", "feature": "youtu"}
_UNRESERVED = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")
_ENCODED = re.compile(r"%([0-9A-Fa-f]{2})")

_NEURIPS = r"(?:papers|proceedings)\.n(?:eur)?ips\.cc"
_S2 = r"(?:api\.)?semanticscholar\.org"
#: Pages that are told by their address alone: kind, host and path. The groups make the identifier.
_TOLD_APART = [
    (kind, re.compile(rf"{host}/{path}(?:/.*)?", re.IGNORECASE))
    for kind, host, path in (
        ("pmlr", r"proceedings\.mlr\.press", r"([vr][0-9]+)/([\w-]+?)(?:\.html|\.pdf)?"),
        (
            "neurips",
            _NEURIPS,
            r"(?:paper_files/)?paper/([0-9]{4})/(?:hash/|file/)?([0-9a-f]{32})\b.*?",
        ),
        ("neurips", _NEURIPS, r"paper/(?:[0-9]{4}/)?([0-9]+-[a-z0-9-]+?)(?:\.pdf)?"),
        ("semanticscholar", _S2, r"paper/(?:[^/]+/)?([0-9a-f]{40})"),
        ("semanticscholar", _S2, r"(?:paper/)?(corpusid:[0-9]+)"),
        ("pubmed", r"pubmed\.ncbi\.nlm\.nih\.gov", r"0*([0-9]{1,9})"),
        ("pubmed", r"ncbi\.nlm\.nih\.gov", r"(?:m/)?pubmed/0*([0-9]{1,9})"),
        ("pmc", r"(?:pmc\.)?ncbi\.nlm\.nih\.gov", r"(?:pmc/)?articles/(?:pmc)?0*([0-9]{1,9})"),
        ("pmc", r"europepmc\.org", r"articles?/(?:pmc/)?(?:pmc)?0*([0-9]{1,9})"),
    )
]
#: The Anthology's DOIs are made of its identifiers.
ACL_DOI = "10.18653/v1/"

_PAGES = {
    "arxiv": "https://arxiv.org/abs/{}",
    "doi": "https://doi.org/{}",
    "acl": "https://aclanthology.org/{}",
    "openreview": "https://openreview.net/forum?id={}",
    "pmlr": "https://proceedings.mlr.press/{}.html",
    "neurips": "https://proceedings.neurips.cc/paper/{}",
    "pubmed": "https://pubmed.ncbi.nlm.nih.gov/{}",
    "pmc": "https://pmc.ncbi.nlm.nih.gov/articles/PMC{}",
    "semanticscholar": "https://semanticscholar.org/paper/{}",
}
_STOP = r"\s<>\"`“”‘’「」『』《》【】，、。；：！？（）"
_CANDIDATES = re.compile(
    rf"(?:https?:)?//[^{_STOP}]{{4,{MAX_LENGTH}}}"
    rf"|(?<![\w/.-])(?:(?:info:)?doi(?:\s?[:=]\s?|\s))?10\.[0-9]{{4,9}}(?:\.[0-9]{{1,9}}){{0,3}}/[^{_STOP}]{{1,300}}"
    rf"|(?<![\w/.@-])[a-z0-9-]{{1,60}}(?:\.[a-z0-9-]{{1,60}}){{1,5}}/[^{_STOP}]{{2,{MAX_LENGTH}}}"
    r"|(?<![\w/.])(?:arxiv\s?[:：]?\s?|abs/)?[0-9]{4}\.[0-9]{4,5}(?:v[0-9]{1,3})?(?![\w.]?[0-9%])"
    r"|(?<![\w/.])(?:arxiv\s?[:：]?\s?)?[a-z]{2,8}(?:-[a-z]{2,4})?(?:\.[a-z-]{2,9})?/[0-9]{7}(?:v[0-9]{1,3})?(?![\w/])"
    r"|(?<![\w/.-])(?:[A-Z][0-9]{2}-[0-9]{4}|[12][0-9]{3}\.[a-z0-9_]{2,30}-[a-z0-9_]{1,20}\.[0-9]{1,4})(?![\w-])",
    re.IGNORECASE,
)


class Identifier(NamedTuple):
    """kind: arxiv, doi, acl, openreview, pmlr, neurips, pubmed, pmc or semanticscholar; id: in
    its one spelling; version: of an arXiv paper, where it is named."""

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
    url = url.strip()
    if len(url) > MAX_LENGTH:
        return url
    if found := identify(url):
        if found.kind == "doi" and found.id.startswith(ACL_DOI):
            acl = parse_acl(found.id.removeprefix(ACL_DOI))
            found = Identifier("acl", acl) if acl else found
        return _PAGES[found.kind].format(_quoted(found.id, "/:;().-_~"))
    parts = _parts(url)
    if not parts:
        return url
    host, path, query, fragment = parts
    if host.rpartition("@")[2] == "github.com":
        # Names of people and repositories, whose case GitHub ignores.
        *names, rest = re.fullmatch(r"(/[^/]*)?(/[^/]*)?(.*)", path, re.DOTALL).groups()
        path = "".join(name.lower() for name in names if name) + rest
        path = path if rest else path.removesuffix(".git")
    path = path.rstrip("/")
    return f"https://{host}{path}{_query(host, query)}{fragment}"


def identify(text):
    """The Identifier that the whole of `text`, an address or a bare identifier, names, or None."""
    if arxiv := parse_arxiv(text):
        return Identifier("arxiv", *arxiv)
    if doi := parse_doi(text):
        return Identifier("doi", doi)
    if acl := parse_acl(text):
        return Identifier("acl", acl)
    if openreview := parse_openreview(text):
        return Identifier("openreview", openreview)
    return _identify_page(text.strip())


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


def _identify_page(url):
    parts = _parts(url) if len(url) <= MAX_LENGTH else None
    if parts:
        for kind, pattern in _TOLD_APART:
            if found := pattern.fullmatch(parts.host + parts.path.rstrip("/")):
                return Identifier(kind, "/".join(found.groups()).lower())
    return None


class _Parts(NamedTuple):
    host: str
    path: str
    query: str
    fragment: str


def _parts(url):
    """Host, path, query and fragment, normalised but for the query; None where it is no
    address of the web."""
    if _BARE.match(url):
        url = f"//{url}"
    found = _PARTS.fullmatch(url)
    if not found or not found[2]:
        return None
    user, at, host = found[2].rpartition("@")
    host = host.lower()
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
