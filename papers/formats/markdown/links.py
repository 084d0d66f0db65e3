"""Where links lead: addresses mended, kinds told from label and host, identifiers read."""

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from papers.identifiers import parse_acl, parse_arxiv, parse_doi, parse_openreview

from . import labels, marks
from .spans import trim_sentence

_ANCHOR, _COUNTER, _NOWHERE = "anchor", "counter", "nowhere"
#: What a link is that leads to no work and nothing beside one.
NO_LINK = {_ANCHOR, _COUNTER, _NOWHERE}

_PAPER_HOSTS = """
    arxiv.org arxiv.com ar5iv.org ar5iv.labs.arxiv.org alphaxiv.org arxiv-vanity.com openreview.net
    aclanthology.org aclweb.org aclanthology.info aclanthology.coli.uni-saarland.de doi.org
    openaccess.thecvf.com thecvf.com cv-foundation.org ieeexplore.ieee.org computer.org dl.acm.org
    link.springer.com springer.com sciencedirect.com nature.com science.org sciencemag.org pnas.org
    papers.nips.cc papers.neurips.cc proceedings.neurips.cc proceedings.mlr.press jmlr.org usenix.org
    ojs.aaai.org aaai.org ijcai.org ecva.net isca-speech.org isca-archive.org semanticscholar.org
    biorxiv.org medrxiv.org ssrn.com papers.ssrn.com hal.science hal.archives-ouvertes.fr hal.inria.fr
    onlinelibrary.wiley.com academic.oup.com tandfonline.com mdpi.com frontiersin.org
    journals.plos.org plos.org ncbi.nlm.nih.gov pubmed.ncbi.nlm.nih.gov pmc.ncbi.nlm.nih.gov
    eprint.iacr.org citeseerx.ist.psu.edu vldb.org proceedings.iclr.cc bmvc2019.org bmva.org
    roboticsproceedings.org direct.mit.edu mitpressjournals.org cell.com distill.pub jair.org
    direct.mit.edu transacl.org lrec-conf.org epubs.siam.org iopscience.iop.org aps.org
    journals.aps.org eurasip.org ndss-symposium.org proceedings.kr.org nowpublishers.com
    techrxiv.org preprints.org researchgate.net core.ac.uk chemrxiv.org pubs.acs.org pubs.rsc.org
    ieee.org acm.org tacl.mit.edu iacr.org drops.dagstuhl.de scitepress.org osf.io zenodo.org
    worldscientific.com journals.sagepub.com hindawi.com spiedigitallibrary.org sigops.org
""".split()
_CODE_HOSTS = (
    *("github.com", "gitlab.com", "bitbucket.org", "gitee.com", "codeberg.org", "sourceforge.net"),
    *("gist.github.com", "code.google.com", "codeocean.com", "git.io"),
)
_HOSTS = {
    **dict.fromkeys(_PAPER_HOSTS, labels.PAPER),
    **dict.fromkeys(_CODE_HOSTS, labels.CODE),
    **dict.fromkeys(
        ("youtube.com", "youtu.be", "vimeo.com", "bilibili.com", "b23.tv", "slideslive.com")
        + ("videolectures.net", "zhihu.com/zvideo"),
        labels.VIDEO,
    ),
    **dict.fromkeys(("slideshare.net", "speakerdeck.com", "docs.google.com"), labels.SLIDES),
    **dict.fromkeys(("kaggle.com",), labels.DATASET),
    **dict.fromkeys(("colab.research.google.com", "replicate.com", "gradio.app"), labels.DEMO),
    **dict.fromkeys(("huggingface.co", "hf.co", "modelscope.cn"), labels.MODEL),
    **dict.fromkeys(
        ("github.io", "gitlab.io", "sites.google.com", "readthedocs.io"), labels.PROJECT
    ),
    **dict.fromkeys(
        ("medium.com", "zhuanlan.zhihu.com", "zhihu.com", "mp.weixin.qq.com", "blog.csdn.net")
        + (
            "csdn.net",
            "twitter.com",
            "x.com",
            "reddit.com",
            "towardsdatascience.com",
            "jianshu.com",
        )
        + ("cnblogs.com", "wikipedia.org", "linkedin.com", "substack.com", "blogspot.com")
        + ("wordpress.com", "paperswithcode.com", "scholar.google.com", "discord.gg", "t.me")
        + ("thegradient.pub", "juejin.cn", "goodreads.com", "amazon.com"),
        labels.OTHER,
    ),
}
_COUNTERS = re.compile(
    r"(?:img\.shields\.io|shields\.io|badgen\.net|badge\.fury\.io|awesome\.re|hits\.\w+\.\w+|komarev\.com|"
    r"star-history\.com|api\.star-history|visitor-badge|github-readme-stats|contrib\.rocks)",
    re.IGNORECASE,
)
_CITATIONS = re.compile(r"citation|cited|scholar", re.IGNORECASE)
_PICTURE_FILE = re.compile(
    r"\.(?:png|jpe?g|gif|svg|webp)$|camo\.githubusercontent|user-images\.", re.I
)
_PAPER_FILE = re.compile(r"\.(?:pdf|ps|ps\.gz|djvu)$", re.IGNORECASE)
_HOME = re.compile(
    r"/~\w+/?(?:index\.html?)?$|/(?:people|person|faculty|profile|author|authors|team|staff)/[^/]*/?$"
)


@dataclass(slots=True)
class Link:
    """url: mended, "" where there is none; label: as written; kind: one of labels.PAPER … OTHER,
    or one of NO_LINK; said, host: what the label and the address alone say; placed: whether it
    stands where papers are linked, as in a column of them."""

    url: str
    label: str
    kind: str
    said: str = ""
    host: str = ""
    placed: bool = False

    @property
    def is_paper(self):
        return self.kind == labels.PAPER

    @property
    def may_be_paper(self):
        """Whether it leads to a paper although its label says otherwise: `[Project](arXiv)`."""
        return self.placed or (
            self.host == labels.PAPER and self.said in (labels.PROJECT, labels.OTHER)
        )


def read_link(span):
    """The Link that a LINK span stands for."""
    return _read(span.url, span.text.strip(), span.pictured)


@lru_cache(maxsize=1024)
def _read(written, label, pictured):
    label = " ".join(label.split())
    url = mend(written, label)
    said = labels.link_kind(label) if label != url else ""
    host = host_kind(url)
    if written.strip().startswith("#"):
        return Link("", label, _ANCHOR)
    if not url:
        return Link("", label, said or _NOWHERE, said)
    if pictured and (_CITATIONS.search(label) or (not said and _PICTURE_FILE.search(url))):
        return Link(url, label, _COUNTER)
    if _COUNTERS.search(url):
        return Link(url, label, _COUNTER)
    kind = said or host
    if said == labels.PAPER and (host == labels.VIDEO or _is_page_of_a_list(url)):
        kind = said = host or labels.PROJECT
    elif said == labels.PAPER and labels.is_venue(label) and is_home_page(url):
        # `[CVPR 2022](https://cvpr2022.thecvf.com/)` is a conference, not a paper.
        kind = said = labels.PROJECT
        host = ""
    if (
        host == labels.PAPER
        and said == labels.CODE
        and labels.normalize(label) in ("source", "reference")
    ):
        kind = said = labels.PAPER
    if host == labels.CODE and said == labels.PAPER and labels.normalize(label) == "source":
        kind = said = host
    if not said and not any(sign.isalpha() for sign in marks.strip(label)):
        # A sign in the place of a label.
        said = kind or labels.PAPER
        kind = said
    return Link(url, label, kind, said, host)


def _is_page_of_a_list(url):
    return url.lower().endswith(".md") and "://" not in url


_NO_SCHEME = re.compile(
    r"(?:www\.|[a-z0-9-]+(?:\.[a-z0-9-]+){0,3}\.(?:org|com|net|io|cc|edu|ai)/)[^\s]*", re.I
)
_SCHEME = re.compile(
    r"(?:h{0,3}t{1,3}ps?|http[sS]?)\s?[:;]\s?/{1,3}\s?(?=\w)|(?:ftp)://", re.IGNORECASE
)


@lru_cache(maxsize=1024)
def mend(url, label=""):
    """An address as it was meant: `ttps://…` mended, brackets around it gone, a bare arXiv number
    made whole. Relative ones stay; "" where the text is no address."""
    url = url.strip().strip("<>").strip()
    if (
        not url
        or url.startswith("#")
        or url.casefold() in ("nan", "none", "null", "todo", "tbd", "link", "url", "-")
    ):
        return ""
    found = None
    for found in _SCHEME.finditer(url):
        if found.start() and url[found.start() - 1] not in "/([ :<\"'“":
            # One within the path or query: an archive's, a proxy's.
            found = None
            break
        if found.start() > 25:
            break
    found = next(_last_scheme(url), None)
    if found:
        scheme = (
            "ftp://"
            if found[0].lower().startswith("ftp")
            else ("https://" if "s" in found[0].lower() else "http://")
        )
        rest = url[found.end() :].strip()
        rest = rest.split(" ")[0] if " " in rest and "](" in rest else rest
        return trim_brackets(scheme + rest.replace(" ", "%20"))
    if arxiv := _bare_arxiv(url):
        return f"https://arxiv.org/abs/{arxiv}"
    if re.match(r"[a-z][a-z0-9+.-]*:", url, re.IGNORECASE):
        return ""
    if url.startswith("//"):
        return "https:" + url
    if re.match(r"10\.\d{4,9}/\S+$", url):
        return f"https://doi.org/{url}"
    url = trim_brackets(url.lstrip("(["))
    if " " in url and not re.search(r"\.\w{2,4}$", url):
        return ""
    if _NO_SCHEME.fullmatch(url):
        return "https://" + url
    if "/" not in url and "." not in url:
        return ""
    return url


def _last_scheme(url):
    """Where the address proper begins: after a scheme typed twice, or after brackets."""
    first = _SCHEME.search(url)
    if first is None or (
        first.start() > 0 and not re.fullmatch(r"[\W_]*|\[.*\]\(+|.*\(", url[: first.start()])
    ):
        return
    while True:
        again = _SCHEME.match(url, first.end())
        if again is None:
            break
        first = again
    yield first


def trim_brackets(url):
    """An address without brackets and signs at its end that belong to the text around it."""
    return trim_sentence(url) if url[-1:] in ")]>.,;'\"" else url


def _bare_arxiv(url):
    found = (
        parse_arxiv(url)
        if re.fullmatch(r"(?:arxiv:)?(?:[a-z.-]+/)?\d[\d.]*(?:v\d+)?", url, re.I)
        else None
    )
    return found.id if found else ""


@lru_cache(maxsize=2048)
def host_kind(url):
    """What the address alone says that it leads to; "" where it says nothing."""
    if not url:
        return ""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
    except ValueError:
        return ""
    host = host.removeprefix("www.")
    path = parts.path
    if (
        _PAPER_FILE.search(path)
        or _PAPER_FILE.search(unquote(parts.query))
        or (path.endswith("/pdf") and host)
    ):
        return labels.PAPER
    if host in ("huggingface.co", "hf.co"):
        if path.startswith("/papers/"):
            return labels.PAPER
        if path.startswith("/datasets/"):
            return labels.DATASET
        return labels.DEMO if path.startswith("/spaces/") else labels.MODEL
    if "/doi/" in path and re.search(r"/doi/(?:\w+/)?10\.\d", path):
        return labels.PAPER
    name = host
    while name:
        if name in _HOSTS:
            # A publisher's front page is no paper.
            front = path in ("", "/") and not parts.query
            return "" if front and _HOSTS[name] == labels.PAPER else _HOSTS[name]
        name = name.partition(".")[2]
    if (
        host.startswith(("blog.", "blogs."))
        or host.endswith((".blog", "blog.com"))
        or "/blog" in path
    ):
        return labels.OTHER
    if not host and path.lower().endswith((".md", ".bib", ".png", ".jpg", ".ipynb", ".py")):
        return labels.OTHER
    return ""


def is_home_page(url):
    """Whether an address looks like a person's."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    if _PAPER_FILE.search(parts.path):
        return False
    return bool(_HOME.search(parts.path)) or (
        parts.path in ("", "/") and not (parts.query or parts.fragment)
    )


def identifiers(urls, texts=()):
    """arxiv_id, arxiv_version, doi, openreview_id and acl_id, as far as addresses or texts name
    them."""
    found = {}
    for url in urls:
        _read_identifiers(url, found)
    for text in texts:
        if "arxiv_id" not in found and (arxiv := arxiv_in(text)):
            found["arxiv_id"] = arxiv.id
        if "doi" not in found and (doi := doi_in(text)):
            found["doi"] = doi
    return found


def _read_identifiers(url, found):
    if arxiv := parse_arxiv(url) or _arxiv_within(url):
        found.setdefault("arxiv_id", arxiv.id)
        if arxiv.version and found["arxiv_id"] == arxiv.id:
            found.setdefault("arxiv_version", arxiv.version)
    elif openreview := parse_openreview(url):
        found.setdefault("openreview_id", openreview)
    elif acl := parse_acl(url):
        found.setdefault("acl_id", acl)
    elif doi := parse_doi(url):
        found.setdefault("doi", doi)


_ARXIV_PATH = re.compile(
    r"arxiv\.org/(?:abs|pdf|html|ps|format)/{1,2}"
    r"((?:[a-z-]{2,9}(?:\.[a-z]{2})?/\d{7}|\d{4}\.\d{4,5})(?!\d)(?:v\d{1,2})?)",
    re.IGNORECASE,
)


def _arxiv_within(url):
    """The ArxivId of an address of arXiv's with something typed after it."""
    found = _ARXIV_PATH.search(url)
    return parse_arxiv(found[1]) if found else None


_ARXIV_IN_TEXT = re.compile(
    r"(?:arxiv\s*:?\s*|abs/)(?:\w+(?:-\w+)?/)?[0-9.]{7,10}(?:v\d+)?", re.IGNORECASE
)
_DOI_IN_TEXT = re.compile(r"\bdoi\s*[:=]\s*(10\.\d{4,9}/[^\s,;]+)", re.IGNORECASE)


def arxiv_in(text):
    """The ArxivId that a text names beside other things, such as `CoRR abs/1512.02325`."""
    if "arxiv" not in (low := text.lower()) and "abs/" not in low:
        return None
    for found in _ARXIV_IN_TEXT.finditer(text):
        if arxiv := parse_arxiv(found[0].rstrip(".")):
            return arxiv
    return None


def doi_in(text):
    """The DOI that a text names beside other things, such as `doi: 10.1000/182`."""
    found = _DOI_IN_TEXT.search(text) if "10." in text else None
    return parse_doi(found[1]) if found else None
