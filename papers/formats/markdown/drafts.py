"""What was read of one item of a list, and the pieces that it is read from."""

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from . import dates, labels, links, meta, people, venues
from .links import Link
from .spans import BREAK, LINK, TEXT, Line

# How sure it is that an item is a paper, by what it links to.
PAPER, MAYBE, OTHER, BARE = "paper", "maybe", "other", "bare"
#: Stands in a text where a link was.
SLOT = "\ue000"
SHELLS = re.compile(
    rf"(?:(?<![\[(（【])[\[(（【]++)?+\s*{SLOT}(?:\s*[,/|&·]?\s*{SLOT})*\s*[\])）】]*"
)


@dataclass(slots=True)
class Draft:
    """What was read of an item. `remarks`: what stands in brackets behind it; `quoted`: a
    quotation under it. `grade`: how sure it is a paper; `group`: the list or table that
    it is from; `counts`: marks of emphasis; `rated`: those of a column of ratings."""

    line: int = 0
    title: str = ""
    label: str = ""
    links: list[Link] = field(default_factory=list)
    title_link: Link | None = None
    authors: list[str] = field(default_factory=list)
    others: bool = False
    venue: str = ""
    year: int | None = None
    day: date | None = None
    notes: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    counts: Counter = field(default_factory=Counter)
    rated: Counter = field(default_factory=Counter)
    section: tuple = ()
    group: int = 0
    remarks: list[str] = field(default_factory=list)
    quoted: list[str] = field(default_factory=list)
    highlighted: bool = False
    grade: str = ""

    def judge(self):
        """The grade: PAPER if a label or a host says so; MAYBE if the title leads somewhere
        unknown; OTHER if nothing but code, videos and the like is linked; BARE if nothing is."""
        papers = [link for link in self.links if link.is_paper or link.may_be_paper]
        if any(link.host or not labels.is_venue(link.label) for link in papers):
            return PAPER
        if papers or any(link.kind == "" for link in self.links):
            return MAYBE
        if any(link.url for link in self.links):
            return OTHER
        return BARE

    @property
    def is_vague(self):
        """Whether nothing but a label such as "link" says that it leads to a paper."""
        papers = [link for link in self.links if link.is_paper]
        return all(not link.host and labels.is_bare_link(link.label) for link in papers)

    def add_links(self, links):
        for link in links:
            if link not in self.links:
                self.links.append(link)

    def add_meta(self, kind, text):
        text = text.strip()
        if kind == meta.AUTHORS:
            names, others = people.split_authors(text)
            self.authors += [name for name in names if name not in self.authors]
            self.others |= others
        elif kind in (meta.VENUE, meta.DATE):
            if kind == meta.VENUE and not self.venue:
                self.venue = venues.venue_of(text)
            year, day = dates.read_date(text)
            self.year = self.year or year
            self.day = self.day or day


@dataclass(slots=True)
class Piece:
    """A text of one style, a link, or a new line."""

    text: str
    style: int = 0
    link: Link | None = None
    bracketed: bool = False
    pictured: bool = False


def read_pieces(spans):
    """`spans` as pieces, without pictures, anchors and counters; not to be changed."""
    if not isinstance(spans, Line):
        return _read_pieces(spans)
    if spans.pieces is None:
        spans.pieces = _read_pieces(spans)
    return spans.pieces


def _read_pieces(spans):
    pieces = []
    for place, span in enumerate(spans):
        if span.kind == TEXT:
            pieces.append(Piece(span.text, span.style))
        elif span.kind == BREAK:
            pieces.append(Piece(" " if _is_wrapped(spans, place) else "\n"))
        elif span.kind == LINK:
            link = links.read_link(span)
            if link.kind in links.NO_LINK and (span.pictured or link.kind != "nowhere"):
                continue
            before = (
                spans[place - 1].text.rstrip() if place and spans[place - 1].kind == TEXT else ""
            )
            after = (
                spans[place + 1].text.lstrip()
                if place + 1 < len(spans) and spans[place + 1].kind == TEXT
                else ""
            )
            shell = span.text.strip()
            bracketed = (
                before[-1:] in ("[", "【")
                or (before[-1:] in ("(", "（") and after[:1] in (")", "）"))
                or (shell[:1] in ("[", "【") and shell[-1:] in ("]", "】"))
            )
            if not link.said and pieces and pieces[-1].link is None:
                link = _labelled_before(pieces[-1], link)
            pieces.append(Piece(span.text, span.style, link, bracketed, span.pictured))
    return pieces


_BEFORE_COLON = re.compile(
    r"([^\s,;|()\[\]，；、:：]{1,20} )?([^\s,;|()\[\]，；、:：]{1,20})\s*[:：]\s*$"
)


def _labelled_before(piece, link):
    """`link`, or where a label and a colon stand before it, `Code: https://…`, one of that label;
    the label is no text then."""
    ends_so = piece.text.rstrip()[-1:] in (":", "：")
    found = _BEFORE_COLON.search(piece.text) if ends_so else None
    if not found or not (link.label == link.url or len(link.label.split()) < 3):
        return link
    for label, start in (((found[1] or "") + found[2], found.start()), (found[2], found.start(2))):
        if kind := labels.link_kind(label):
            piece.text = piece.text[:start]
            known = kind if kind != labels.PAPER or link.host in ("", labels.PAPER) else link.host
            return Link(link.url, label, known, kind, link.host)
    return link


_GOES_ON = re.compile(r"\b(?:and|or|of|for|with|in|on|to|the|an?|from|by|via|using|as|at|is|are)$")


def _is_wrapped(spans, place):
    """Whether a line ends at `place` only because it was full."""
    if spans[place].hard or not 0 < place < len(spans) - 1:
        return False
    before, after = spans[place - 1], spans[place + 1]
    if not before.kind == after.kind == TEXT or before.style != after.style:
        return False
    end = before.text.rstrip()
    return _GOES_ON.search(end) is not None or (
        end[-1:] not in (".", "?", "!", "。", "|", "") and after.text.lstrip()[:1].isalpha()
    )


def is_person(piece):
    """Whether a link's piece is a name that leads to somebody's page."""
    link = piece.link
    return (
        not piece.bracketed
        and not link.said
        and link.host in ("", labels.PROJECT, labels.OTHER)
        and len(link.label.split()) > 1
        and people.is_authors(link.label, alone=True)
    )
