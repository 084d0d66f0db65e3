"""Publishers' pages whose address carries the DOI, or all that makes it up.

No request is made: a publisher is here only where its address says enough. IEEE, Elsevier and
MDPI number their pages in ways of their own, so that nothing can be read off theirs.
"""

import re
from urllib.parse import parse_qsl

# Behind a DOI in an address: which form of the article is shown.
_SHOWN_AS = re.compile(
    r"(?:/(?:full|full\.html|abstract|summary|pdf|epdf|html|meta|references|fulltext|fulltext\.html"
    r"|figures|suppl_file/\S*)|\.pdf|\.epub|\.html?)+/?$",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:(?:https?:)?//)?([a-z0-9.-]+\.[a-z]+)(?::[0-9]+)?/(\S*)", re.IGNORECASE)

#: Host, what the path begins with, and the DOI that is made of the groups; None for the first
#: group as it is. `{0}` is that group in lower case.
_PAGES = [
    (host, re.compile(path, re.IGNORECASE), made)
    for host, path, made in (
        (r"link\.springer\.com", r"content/(?:pdf|epub)/(10\..+)", None),
        (
            r"link\.springer\.com",
            r"(?:[a-z]+/)*(?:article|chapter|book|protocol|referenceworkentry|referencework)/(10\..+)",
            None,
        ),
        (r"nature\.com", r"(?:articles|doifinder)/(10\..+)", None),
        (r"nature\.com", r"articles/([a-z]+[0-9][\w.-]*?)(?:_reference)?$", "10.1038/{0}"),
        (
            r"(?:bio|med)rxiv\.org",
            r"content/(?:biorxiv/early/[0-9/]+/)?(10\.(?:1101|64898)/[0-9.]*[0-9])(?:v[0-9]+)?(?:\.\S*|/.*)?$",
            None,
        ),
        (
            r"(?:[a-z]+\.)?frontiersin\.org",
            r"(?:journals/[^/]+/)?articles?/(10\.[^/]+/[^/]+)",
            None,
        ),
        (r"iopscience\.iop\.org", r"article/(10\..+)", None),
        (r"journals\.aps\.org", r"[a-z]+/(?:abstract|pdf|references|supplemental)/(10\..+)", None),
        (r"link\.aps\.org", r"doi/(10\..+)", None),
        (
            r"academic\.oup\.com",
            r"(?:[^/]+/)?article(?:-lookup|-abstract)?/doi/(10\..+?)(?:/[0-9]{5,})?$",
            None,
        ),
        (
            r"elifesciences\.org",
            r"(?:articles|reviewed-preprints)/([0-9]{4,6})",
            "10.7554/elife.{0}",
        ),
        (r"zenodo\.org", r"records?/([0-9]+)", "10.5281/zenodo.{0}"),
        (r"annualreviews\.org", r"(?:content/journals|doi)/(10\..+)", None),
        (r"(?:[a-z]+\.)?aip\.org", r"\S*?article/doi/(10\..+)", None),
        (r"spiedigitallibrary\.org", r"\S*?/(10\.1117/[^/]+)", None),
        (r"researchgate\.net", r"publication/\S*?(10\.[0-9]{4,9}/\S+)", None),
        (r"drops\.dagstuhl\.de", r"entities/document/(10\..+)", None),
        # Many more, all with the same software.
        (r"[a-z0-9-]+(?:\.[a-z0-9-]+)+", r"(?:[^/]+/)?doi/(?:[a-z-]+/){0,2}(10\..+)", None),
    )
]
#: Host, and what of the query is the DOI or makes it up.
_QUERIES = (
    (r"journals\.plos\.org", "id", "{0}"),
    (r"papers\.ssrn\.com", "abstract_id", "10.2139/ssrn.{0}"),
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
    path, _, query = found[2].partition("#")[0].partition("?")
    if _PROXIED.fullmatch(host):
        return path
    for pattern, name, made in _QUERIES:
        if f"{name}=" in query and re.fullmatch(pattern, host):
            value = dict(parse_qsl(query)).get(name, "")
            if value and (made != "{0}" or value.startswith("10.")):
                return made.format(value)
    path = _SHOWN_AS.sub("", path.replace("%2F", "/").replace("%2f", "/"))
    for pattern, beginning, made in _PAGES:
        if re.fullmatch(pattern, host) and (match := beginning.match(path)):
            return made.format(match[1].lower()) if made else match[1]
    return ""
