"""A link of a list: where it leads, as its label, its address and its place tell."""

import re
from dataclasses import dataclass
from functools import lru_cache

from . import labels, marks
from .hosts import host_kind, is_home_page
from .mending import mend
from .sentences import has_letter

_ANCHOR, _COUNTER, _NOWHERE = "anchor", "counter", "nowhere"
#: What a link is that leads to no work and nothing beside one.
NO_LINK = {_ANCHOR, _COUNTER, _NOWHERE}

_COUNTERS = (
    *("shields.io", "badgen.net", "badge.fury.io", "awesome.re", "komarev.com", "star-history"),
    *("visitor-badge", "github-readme-stats", "contrib.rocks"),
)
_HITS = re.compile(r"hits\.\w+\.\w+")
_CITATIONS = re.compile(r"citation|cited|scholar", re.IGNORECASE)
_PICTURE_FILE = re.compile(
    r"\.(?:png|jpe?g|gif|svg|webp)$|camo\.githubusercontent|user-images\.", re.I
)


# Labels of papers as of code.
_EITHER = ("source", "reference")


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
    url = mend(written)
    said = labels.link_kind(label) if label != url else ""
    if written.strip().startswith("#"):
        return Link("", label, _ANCHOR)
    if not url:
        return Link("", label, said or _NOWHERE, said)
    host = host_kind(url)
    if (host != labels.PAPER and _counts(url.lower())) or (
        pictured and _is_mere_picture(url, label, said)
    ):
        return Link(url, label, _COUNTER)
    said, host = _agree(url, label, said, host)
    if not said and not has_letter(marks.strip(label)):
        # A sign in the place of a label.
        said = host or labels.PAPER
    return Link(url, label, said or host, said, host)


def _counts(address):
    """Whether an address, in lower case, is of a picture that shows a number."""
    return any(part in address for part in _COUNTERS) or (
        "hits." in address and _HITS.search(address) is not None
    )


def _is_mere_picture(url, label, said):
    return bool(_CITATIONS.search(label) or (not said and _PICTURE_FILE.search(url)))


def _agree(url, label, said, host):
    """What label and address say, where they contradict each other."""
    if said == labels.PAPER and (host == labels.VIDEO or _is_page_of_a_list(url)):
        return host or labels.PROJECT, host
    if said == labels.PAPER and labels.is_venue(label) and is_home_page(url):
        # `[CVPR 2022](https://cvpr2022.thecvf.com/)` is a conference, not a paper.
        return labels.PROJECT, ""
    if {said, host} == {labels.PAPER, labels.CODE} and labels.normalize(label) in _EITHER:
        return host, host
    return said, host


def _is_page_of_a_list(url):
    return url.lower().endswith(".md") and "://" not in url
