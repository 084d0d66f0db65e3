"""Pages of papers that are told by their address alone, and labels such as `PMID: 12345`.

No Django here. What has an identifier of arXiv's, the ACL Anthology's or OpenReview's, or a DOI,
is read by papers.identifiers.
"""

import re
from functools import lru_cache

_REST = r"(?:/.*)?"
_NEURIPS = r"(?:papers|(?:datasets-benchmarks-)?proceedings)\.n(?:eur)?ips\.cc"
_S2 = r"(?:api\.)?semanticscholar\.org/(?:(?:graph/)?v1/)?"


def _compiled(*pairs):
    return [(kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in pairs]


#: Kind, and host and path. The groups make the identifier. A supplement is none of its paper's
#: pages.
_TOLD_APART = _compiled(
    (
        "pmlr",
        (
            r"(?:proceedings\.mlr\.press|jmlr\.(?:org|csail\.mit\.edu)/proceedings/papers)"
            r"/([vr][0-9]+)/([\w-]+?)(?:/(?!.*-supp).*|\.html|\.pdf)?(?<!-supp\.pdf)"
        ),
    ),
    ("pmlr", r"raw\.githubusercontent\.com/mlresearch/(v[0-9]+)/main/assets/([\w-]+)/\2\.pdf"),
    (
        "neurips",
        (
            rf"{_NEURIPS}/(?:paper_files/)?paper/([0-9]{{4}})/(?:hash/|file/)?([0-9a-f]{{32}})"
            r"(?:-(?!supp).*|/.*)?"
        ),
    ),
    ("neurips", rf"{_NEURIPS}/paper/(?:[0-9]{{4}}/)?([0-9]+-[a-z0-9-]+?)(?:\.pdf)?{_REST}"),
    (
        "iclr",
        (
            r"proceedings\.iclr\.cc/paper_files/paper/([0-9]{4})/(?:hash/|file/)?([0-9a-f]{32})"
            r"(?:-(?!supp).*|/.*)?"
        ),
    ),
    ("semanticscholar", rf"{_S2}(?:paper|reader)/(?:[^/]+/)?([0-9a-f]{{40}}){_REST}"),
    ("semanticscholar", rf"{_S2}(?:paper/)?(corpusid:[0-9]{{1,12}}){_REST}"),
    ("pubmed", rf"pubmed\.ncbi\.nlm\.nih\.gov/0*([0-9]{{1,9}}){_REST}"),
    (
        "pubmed",
        rf"ncbi\.nlm\.nih\.gov/(?:(?:m/)?pubmed|pmc/articles/pmid)/0*([0-9]{{1,9}}){_REST}",
    ),
    ("pubmed", rf"europepmc\.org/(?:article|abstract)/med/0*([0-9]{{1,9}}){_REST}"),
    ("pubmed", rf"{_S2}paper/pmid:0*([0-9]{{1,9}}){_REST}"),
    (
        "pmc",
        (
            r"(?:pmc\.)?ncbi\.nlm\.nih\.gov/(?:labs/)?(?:pmc/)?articles/(?:pmc)?0*([0-9]{1,9})"
            rf"{_REST}"
        ),
    ),
    ("pmc", rf"europepmc\.org/articles?/(?:pmc/)?(?:pmc)?0*([0-9]{{1,9}}){_REST}"),
    ("pmc", rf"{_S2}paper/pmcid:(?:pmc)?0*([0-9]{{1,9}}){_REST}"),
)
#: A quick look: no other site has such pages.
SITES = re.compile(
    r"mlr\.press|jmlr\.|githubusercontent|ips\.cc|iclr\.cc|semanticscholar|nlm\.nih|europepmc",
    re.IGNORECASE,
)
_LABELLED = _compiled(
    ("pubmed", r"pmid\s?:?\s?0*([1-9][0-9]{0,8})"),
    ("pmc", r"(?:pmcid\s?:?\s?)?pmc0*([1-9][0-9]{0,8})"),
    ("semanticscholar", r"(corpusid:[0-9]{1,12})"),
)
#: Pages of one paper on sites whose papers have no identifier that is theirs alone: host; host,
#: path and query; and the one of these pages that stands for all.
_ONE_OF_MANY = [
    (host, re.compile(pattern, re.IGNORECASE), page)
    for host, pattern, page in (
        (
            r"openaccess\.thecvf\.com|cv-foundation\.org",
            (
                r"(?:openaccess\.thecvf\.com|cv-foundation\.org/openaccess)/content[^?]*?"
                r"/(?:html|papers)/(?:w[0-9]+/)?([^/?]+)_paper\.(?:html|pdf)(?:\?.*)?"
            ),
            "openaccess.thecvf.com/{}",
        ),
        (
            r"ieeexplore\.ieee\.org",
            r"ieeexplore\.ieee\.org/(?:abstract/)?document/([0-9]+)(?:[/?].*)?",
            "ieeexplore.ieee.org/document/{}",
        ),
        (
            r"ieeexplore\.ieee\.org",
            r"ieeexplore\.ieee\.org/[a-z/]+\.jsp\?(?:.*&)?arnumber=0*([0-9]+)(?:&.*)?",
            "ieeexplore.ieee.org/document/{}",
        ),
        (
            r"jmlr\.(?:org|csail\.mit\.edu)",
            (
                r"jmlr\.(?:org|csail\.mit\.edu)/papers/v(?:olume)?([0-9]+)/([a-z0-9-]+)"
                r"(?:/\2)?(?:\.html|\.pdf)?"
            ),
            "jmlr.org/papers/v{}/{}",
        ),
        (
            r"ijcai\.org",
            r"ijcai\.org/proceedings/([0-9]{4})/0*([0-9]+)(?:\.pdf)?",
            "ijcai.org/proceedings/{}/{}",
        ),
        (
            r"(?:[a-z0-9-]+\.)+[a-z]+",
            (
                r"((?:[a-z0-9-]+\.)+[a-z]+(?:/[^/?]+)?/index\.php/[^/?]+)/article"
                r"/(?:view|download|viewfile)/([0-9]+)(?:/[0-9]+)?(?:\?.*)?"
            ),
            "{}/article/view/{}",
        ),
        (
            r"sciencedirect\.com",
            r"sciencedirect\.com/science/article/(?:abs/)?pii/(S[0-9]+X?)(?:[/?].*)?",
            "sciencedirect.com/science/article/pii/{}",
        ),
    )
]


def read_page(host, path):
    """The kind and the identifier of the paper whose page this is, or None.

    kind: pmlr, neurips, iclr, semanticscholar, pubmed or pmc. host: without `www.` and port.
    """
    for kind, pattern in _TOLD_APART:
        if found := pattern.fullmatch(host + path.rstrip("/")):
            return kind, "/".join(found.groups()).lower()
    return None


def read_label(text):
    """The same of a text such as `PMID: 12345`, `PMC12345` or `CorpusID:12345`."""
    for kind, pattern in _LABELLED:
        if found := pattern.fullmatch(text):
            return kind, found[1].lower()
    return None


def one_of_many(host, path, query):
    """The address, without its scheme, that stands for all pages of the paper whose page this is,
    or None where it is no such page."""
    address = f"{host}{path.rstrip('/')}"
    address = f"{address}?{query}" if query else address
    for pattern, page in _one_of_many_on(host):
        if found := pattern.fullmatch(address):
            return page.format(*(group.lower() for group in found.groups()))
    return None


@lru_cache(maxsize=500)
def _one_of_many_on(host):
    return [page for pattern, *page in _ONE_OF_MANY if re.fullmatch(pattern, host, re.IGNORECASE)]
