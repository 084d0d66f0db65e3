"""Headings, and the tree of sections that they make."""

import re
from dataclasses import dataclass, field

from . import labels, marks
from .sentences import has_word
from .spans import IMAGE, LINK, plain

_NUMBER = re.compile(
    r"^\s*(?:\d{1,3}(?:\.\d{1,3})+[.、):：]?\s+|\d{1,2}\s*[.、)：]\s*(?!\d)|[IVX]{1,5}\.\s+|"
    r"[（(]?[一二三四五六七八九十]{1,3}[、.)）]\s*|§\s*\d+\s+)(?=\S)"
)
_BACK = re.compile(
    r"(?:[\[(（]\s*+)?\b(?:back to (?:top|toc|contents?|index)|go to top|top|return|back)\b"
    r"\s*+[\])）]?\s*+$"
    r"|回到顶部|返回顶部|返回目录",
    re.IGNORECASE,
)
_EMPTY = re.compile(r"[(（\[【]\s*[\])）】]")


@dataclass(slots=True)
class Section:
    """title: as written, without number and marks; parent: its place in the list of sections, or
    None; level: of its heading; left_out: whether it is about the list."""

    title: str
    level: int
    line: int
    parent: int | None = None
    left_out: bool = False
    other: bool = False
    notes: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)


def read_title(spans):
    """A heading's text without its number, emphasis, anchors and ways back to the top."""
    kept = []
    for span in spans:
        if span.kind == IMAGE:
            continue
        if span.kind == LINK and span.url.startswith("#") and _is_way_back(span.text):
            continue
        if span.kind == LINK and span.pictured and not span.text.strip():
            continue
        kept.append(span)
    text = _BACK.sub("", _EMPTY.sub(" ", plain(kept)))
    text = marks.strip(text)
    text = " ".join(text.split()).strip(" :：-–—|*_#")
    bare = _NUMBER.sub("", text)
    return bare if has_word(bare) else text


def _is_way_back(text):
    letters = labels.normalize(text)
    return not letters or any(
        word in letters for word in ("back", "top", "up", "return", "toc", "回到", "返回")
    )


class Outline:
    """The sections so far and which is open."""

    def __init__(self):
        self.sections = []
        self.open = []

    def enter(self, spans, level, line):
        title = read_title(spans)
        self.leave(level)
        if not title:
            return None
        parent = self.open[-1] if self.open else None
        section = Section(title, level, line, parent)
        section.left_out = labels.is_left_out(title) or (
            parent is not None and self.sections[parent].left_out and level > 1
        )
        section.other = labels.is_of_other_things(title)
        self.sections.append(section)
        self.open.append(len(self.sections) - 1)
        return len(self.sections) - 1

    def leave(self, level):
        """Closes every section of this level or a deeper one."""
        while self.open and self.sections[self.open[-1]].level >= level:
            self.open.pop()

    @property
    def current(self):
        return self.open[-1] if self.open else None

    def chain(self, place):
        """The places of a section and of those above it, outermost first."""
        places = []
        while place is not None:
            places.append(place)
            place = self.sections[place].parent
        return places[::-1]
