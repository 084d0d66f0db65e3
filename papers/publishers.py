"""Publishers' pages whose address carries the DOI, or all that makes it up.

No request is made: a publisher is here only where its address says enough. IEEE, Elsevier and
MDPI number their pages in ways of their own, so that nothing can be read off theirs.
"""

import re
from functools import lru_cache
from urllib.parse import parse_qsl

# Behind a DOI in an address: which form of the article is shown, or which part of it.
_SHOWN_AS = re.compile(
    r"(?:/(?:full|full\.html|abstract|summary|pdf|epdf|html|meta|references|fulltext|fulltext\.html"
    r"|(?:figures|tables)(?:/[0-9]+)?)|\.pdf|\.epdf|\.epub|\.html?)+/?$",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:(?:https?:)?//)?([a-z0-9.-]+\.[a-z]+)(?::[0-9]+)?/+(\S*)", re.IGNORECASE)

#: Host, what the path begins with, and the DOI that is made of the groups in lower case; None
#: where the first group is one.
_PAGES = [
    (host, re.compile(path, re.IGNORECASE), made)
    for host, path, made in (
        (
            r"(?:link|rd)\.springer\.com",
            (
                r"(?:(?:[a-z]+/)*(?:article|chapter|book|protocol|referenceworkentry|referencework"
                r"|content/pdf|content/epub|epdf)/)?(10\..+)"
            ),
            None,
        ),
        (
            r"(?:[a-z]+\.)?(?:biomedcentral|springeropen)\.com",
            r"(?:articles|(?:track|counter)/(?:pdf|epub))/(10\..+)",
            None,
        ),
        (r"nature\.com", r"(?:articles|doifinder)/(10\..+)", None),
        (
            r"nature\.com",
            (
                r"(?:articles|[a-z]+/journal/v[0-9]+/n[0-9a-z]+/(?:full|abs|pdf))"
                r"/([a-z]*[0-9][\w.-]*?)(?:_(?:reference|f[0-9]+))?$"
            ),
            "10.1038/{0}",
        ),
        (
            r"(?:bio|med)rxiv\.org",
            r"content/(?!.*\.suppl)(10\.(?:1101|64898)/[0-9.]*[0-9])(?:v[0-9]+)?(?:\.\S*|/.*)?$",
            None,
        ),
        # As long as all of them had this prefix.
        (
            r"(?:bio|med)rxiv\.org",
            (
                r"content/(?:(?:bio|med)rxiv/)?early/[0-9/]+/([0-9]{6}|20(?:19|2[0-4])(?:\.[0-9]+){3})"
                r"(?:v[0-9]+)?(?:\.(?!suppl)\S*)?$"
            ),
            "10.1101/{0}",
        ),
        (
            r"(?:[a-z]+\.)?frontiersin\.org",
            r"(?:journals/[^/]+/)?articles?/(10\.[^/]+/[^/]+)",
            None,
        ),
        (r"(?:journals\.)?plos[a-z]*\.org", r"(?:[a-z]+/)?article/info(?::|%3a)doi/(10\..+)", None),
        (r"iopscience\.iop\.org", r"article/(10\..+)", None),
        (r"journals\.aps\.org", r"[a-z]+/(?:abstract|pdf|references|supplemental)/(10\..+)", None),
        (r"link\.aps\.org", r"(?:doi|pdf|abstract)/(10\..+)", None),
        (
            r"elifesciences\.org",
            r"(?:articles|reviewed-preprints)/([0-9]{4,6})",
            "10.7554/elife.{0}",
        ),
        (r"peerj\.com", r"articles/([0-9]+)(?:/|$)", "10.7717/peerj.{0}"),
        (r"peerj\.com", r"articles/cs-([0-9]+)(?:/|$)", "10.7717/peerj-cs.{0}"),
        (
            r"preprints\.org",
            r"manuscript/([0-9]{6}\.[0-9]{4})/(v[0-9]+)",
            "10.20944/preprints{0}.{1}",
        ),
        (
            r"pubs\.rsc\.org",
            r"\S*content/article[a-z]+/\S*?/([a-z][0-9][a-z]{2}[0-9]{5}[a-z0-9])$",
            "10.1039/{0}",
        ),
        (r"zenodo\.org", r"records?/([0-9]+)", "10.5281/zenodo.{0}"),
        (r"annualreviews\.org", r"content/journals/(10\..+)", None),
        (r"ssrn\.com", r"abstract=([0-9]+)$", "10.2139/ssrn.{0}"),
        (r"projecteuclid\.org", r"\S*?/(10\.[0-9]{4,9}/.+?)(?:\.full)?$", None),
        (r"jstor\.org", r"stable/(?:pdf/)?(10\..+)", None),
        (r"spiedigitallibrary\.org", r"\S*?/(10\.1117/[^/]+)", None),
        (r"researchgate\.net", r"publication/\S*?(10\.[0-9]{4,9}/\S+)", None),
        (r"drops\.dagstuhl\.de", r"entities/document/(10\..+)", None),
        # Oxford, MIT Press, AIP, ASME and more, who number their pages behind the DOI.
        (
            r"[a-z0-9-]+(?:\.[a-z0-9-]+)+",
            r"(?:[^/]+/){0,3}?(?:advance-)?article(?:-[a-z]+)?/doi/(10\.[^/]+/.+?)(?:/[0-9]{4,}(?:/[^/]*)?)?$",
            None,
        ),
        # Many more, all with the same software.
        (
            r"[a-z0-9-]+(?:\.[a-z0-9-]+)+",
            r"(?:[^/]+/)?doi/(?!suppl/)(?:[a-z-]+/){0,2}(10\..+)",
            None,
        ),
    )
]
#: Host, and what of the query is the DOI or makes it up.
_QUERIES = (
    (r"journals\.plos\.org", "id", "{0}"),
    (r"papers\.ssrn\.com", "abstract_id", "10.2139/ssrn.{0}"),
    (r"dl\.acm\.org", "doid", "10.1145/{0}"),
    (r"[a-z0-9.-]+", "doi", "{0}"),
)
# doi.org through a university's door: doi-org.proxy.example.edu/10.1000/x
_PROXIED = re.compile(r"(?:dx-)?doi-org\.\S+")


def doi_in(address):
    """What an address has of a DOI, still encoded as it stands there, or "".

    The caller judges whether it is one.
    """
    found = _ADDRESS.fullmatch(address)
    if not found:
        return ""
    host = found[1].lower().removeprefix("www.")
    # Most addresses have no DOI in them, and are of no site that makes one up.
    if "10." not in address and "%" not in address and not makes_up(host):
        return ""
    path, _, query = found[2].partition("#")[0].partition("?")
    if _PROXIED.fullmatch(host):
        return path
    for pattern, name, made in _QUERIES:
        if f"{name}=" in query and re.fullmatch(pattern, host):
            value = dict(parse_qsl(query)).get(name, "")
            if value.startswith("10.") or (value and made != "{0}"):
                return value if value.startswith("10.") else made.format(value)
    path = _SHOWN_AS.sub("", path.replace("%2F", "/").replace("%2f", "/"))
    for beginning, made in _pages(host):
        if match := beginning.match(path):
            return made.format(*match.groups()).lower() if made else match[1]
    return ""


@lru_cache(maxsize=500)
def makes_up(host):
    """Whether pages of this host may carry what a DOI is made of, instead of one."""
    queries = (pattern for pattern, _, made in _QUERIES if made != "{0}")
    return any(made for _, made in _pages(host)) or any(re.fullmatch(q, host) for q in queries)


@lru_cache(maxsize=500)
def _pages(host):
    return [page for pattern, *page in _PAGES if re.fullmatch(pattern, host)]
