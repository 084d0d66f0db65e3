"""Where an address leads, told by the address alone."""

import re
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from . import labels

_BY_KIND = {
    labels.PAPER: """
    arxiv.org arxiv.com ar5iv.org ar5iv.labs.arxiv.org alphaxiv.org arxiv-vanity.com
    openreview.net aclanthology.org aclweb.org aclanthology.info aclanthology.coli.uni-saarland.de
    doi.org openaccess.thecvf.com thecvf.com cv-foundation.org ieeexplore.ieee.org computer.org
    dl.acm.org link.springer.com springer.com sciencedirect.com nature.com science.org
    sciencemag.org pnas.org papers.nips.cc papers.neurips.cc proceedings.neurips.cc
    proceedings.mlr.press jmlr.org usenix.org ojs.aaai.org aaai.org ijcai.org ecva.net
    isca-speech.org isca-archive.org semanticscholar.org biorxiv.org medrxiv.org ssrn.com
    papers.ssrn.com hal.science hal.archives-ouvertes.fr hal.inria.fr onlinelibrary.wiley.com
    academic.oup.com tandfonline.com mdpi.com frontiersin.org journals.plos.org plos.org
    ncbi.nlm.nih.gov pubmed.ncbi.nlm.nih.gov pmc.ncbi.nlm.nih.gov eprint.iacr.org
    citeseerx.ist.psu.edu vldb.org proceedings.iclr.cc bmvc2019.org bmva.org
    roboticsproceedings.org direct.mit.edu mitpressjournals.org cell.com distill.pub jair.org
    transacl.org lrec-conf.org epubs.siam.org iopscience.iop.org aps.org journals.aps.org
    eurasip.org ndss-symposium.org proceedings.kr.org nowpublishers.com techrxiv.org preprints.org
    researchgate.net core.ac.uk chemrxiv.org pubs.acs.org pubs.rsc.org ieee.org acm.org
    tacl.mit.edu iacr.org drops.dagstuhl.de scitepress.org osf.io zenodo.org worldscientific.com
    journals.sagepub.com hindawi.com spiedigitallibrary.org sigops.org
    """,
    labels.CODE: """
    github.com gitlab.com bitbucket.org gitee.com codeberg.org sourceforge.net gist.github.com
    code.google.com codeocean.com git.io
    """,
    labels.VIDEO: """
    youtube.com youtu.be vimeo.com bilibili.com b23.tv slideslive.com videolectures.net
    """,
    labels.SLIDES: "slideshare.net speakerdeck.com docs.google.com",
    labels.DATASET: "kaggle.com",
    labels.DEMO: "colab.research.google.com replicate.com gradio.app",
    labels.MODEL: "modelscope.cn",
    labels.PROJECT: "github.io gitlab.io sites.google.com readthedocs.io",
    labels.OTHER: """
    medium.com zhuanlan.zhihu.com zhihu.com mp.weixin.qq.com blog.csdn.net csdn.net twitter.com
    x.com reddit.com towardsdatascience.com jianshu.com cnblogs.com wikipedia.org linkedin.com
    substack.com blogspot.com wordpress.com paperswithcode.com scholar.google.com discord.gg t.me
    thegradient.pub juejin.cn goodreads.com amazon.com
    """,
}
_HOSTS = {host: kind for kind, hosts in _BY_KIND.items() for host in hosts.split()}
_HUGGING_FACE = ("huggingface.co", "hf.co")
_OF_HUGGING_FACE = {
    "papers": labels.PAPER,
    "datasets": labels.DATASET,
    "spaces": labels.DEMO,
}
_PAPER_FILES = (".pdf", ".ps", ".ps.gz", ".djvu")
# An address without any of what needs care: host, path and query.
_PLAIN = re.compile(r"https?://([A-Za-z0-9.-]+)(/[!-\"$->@-~]*)?(?:\?([!-\"$-~]*))?")
_DOI_PATH = re.compile(r"/doi/(?:\w+/)?10\.\d")
_FILES = (".md", ".bib", ".png", ".jpg", ".ipynb", ".py")
_HOME = re.compile(
    r"/~\w+/?(?:index\.html?)?$"
    r"|/(?:people|person|faculty|profile|author|authors|team|staff)/[^/]*/?$"
)


@lru_cache(maxsize=2048)
def host_kind(url):
    """What the address alone says that it leads to; "" where it says nothing."""
    host, path, query = _split(url)
    if _is_paper_file(host, path, query) or _DOI_PATH.search(path):
        return labels.PAPER
    if host in _HUGGING_FACE:
        return _OF_HUGGING_FACE.get(path.split("/")[1] if "/" in path else "", labels.MODEL)
    if kind := _known_host(host):
        # A publisher's front page is no paper.
        front = path in ("", "/") and not query
        return "" if front and kind == labels.PAPER else kind
    if _is_blog(host, path) or (not host and path.lower().endswith(_FILES)):
        return labels.OTHER
    return ""


def _split(url):
    """(host, path, query) of an address."""
    if found := _PLAIN.fullmatch(url):
        host, path, query = found.groups("")
    else:
        try:
            parts = urlsplit(url)
            host, path, query = parts.hostname or "", parts.path, parts.query
        except ValueError:
            return "", "", ""
    return host.lower().removeprefix("www."), path, query


def _is_paper_file(host, path, query):
    return bool(
        path.lower().endswith(_PAPER_FILES)
        or (query and unquote(query).lower().endswith(_PAPER_FILES))
        or (path.endswith("/pdf") and host)
    )


def _known_host(host):
    """The kind of a host or of one that it is part of."""
    while host:
        if kind := _HOSTS.get(host):
            return kind
        host = host.partition(".")[2]
    return ""


def _is_blog(host, path):
    return (
        host.startswith(("blog.", "blogs."))
        or host.endswith((".blog", "blog.com"))
        or "/blog" in path
    )


def is_home_page(url):
    """Whether an address looks like a person's."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    if parts.path.lower().endswith(_PAPER_FILES):
        return False
    return bool(_HOME.search(parts.path)) or (
        parts.path in ("", "/") and not (parts.query or parts.fragment)
    )
