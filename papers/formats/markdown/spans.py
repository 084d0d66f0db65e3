"""The content of a paragraph, heading or cell as a flat list of spans.

Markdown's inline tokens and HTML's inline tags give the same spans. A link is one span, whatever
stands in it; an image outside a link is one as well.
"""

import re
from dataclasses import dataclass

from . import html

TEXT, LINK, IMAGE, BREAK = "text", "link", "image", "break"
BOLD, ITALIC, CODE, UNDERLINED, STRUCK, RAISED = 1, 2, 4, 8, 16, 32

_STYLES = {
    **dict.fromkeys(("b", "strong"), BOLD),
    **dict.fromkeys(("i", "em", "cite"), ITALIC),
    **dict.fromkeys(("code", "kbd", "tt"), CODE),
    **dict.fromkeys(("u", "ins"), UNDERLINED),
    **dict.fromkeys(("s", "del", "strike"), STRUCK),
    **dict.fromkeys(("sup", "sub"), RAISED),
}
_MARKDOWN_STYLES = {"Strong": BOLD, "Emphasis": ITALIC, "Strikethrough": STRUCK}
_STYLE_EVENTS = {
    **{f"Start{name}": (style, +1) for name, style in _MARKDOWN_STYLES.items()},
    **{f"End{name}": (style, -1) for name, style in _MARKDOWN_STYLES.items()},
}
# Addresses that stand as they are, and links that Markdown does not take for any, because
# their address has spaces or is none at all.
_BARE = re.compile(
    r"\[(?P<label>[^\[\]\n]{0,300})\]\((?P<target>[^()\n]{0,500}(?:\([^()\n]{0,100}\)[^()\n]{0,200}){0,3})\)"
    r"|\[(?P<apart>[^\[\]\n]{1,60})\]\]? \((?P<address>https?://[^\s()<>]{4,500})\)"
    r"|(?P<url>(?:https?|ftp)://[^\s<>\"'`|，。；、（）【】《》\ue000-\uf8ff]+|www\.[a-z0-9-]+\.[^\s<>\"|]+)",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Span:
    """kind: TEXT, LINK, IMAGE or BREAK; text: what is seen, of an image its alternative text;
    url: where a link leads, or an image's source; hard: of a BREAK, whether it is one for the
    reader (<br>) and not only a new line of the source; pictured: a link that shows an image."""

    kind: str
    text: str = ""
    url: str = ""
    style: int = 0
    hard: bool = False
    pictured: bool = False
    bare: bool = False


class Line(list):
    """Spans in their order. pieces: what `drafts.read_pieces` made of them, once it has."""

    __slots__ = ("pieces",)

    def __init__(self, spans=()):
        super().__init__(spans)
        self.pieces = None


class SpanReader:
    """Collects spans from the parser's events and from tags, in the text's order."""

    def __init__(self):
        self.spans = []
        self._styles = {}
        self._style = 0
        self._link = None
        # Where the images are that are open, one in another's text; the text of the first.
        self._images = []
        self._alternative = ""

    def event(self, kind, value):
        if self._images:
            self.event_in_image(kind, value)
        elif kind == "Text":
            self.text(value)
        elif kind in _STYLE_EVENTS:
            self.style(*_STYLE_EVENTS[kind])
        elif kind == "StartLink":
            mail = value["link_type"] == "Email"
            url = f"mailto:{value['dest_url']}" if mail else value["dest_url"]
            self.open_link(url, bare=mail or value["link_type"] == "Autolink")
        elif kind == "EndLink":
            self.close_link()
        elif kind == "InlineHtml":
            if tag := html.read_tag(value):
                self.tag(*tag)
        elif kind == "Code":
            self.style(CODE, +1)
            self.text(value)
            self.style(CODE, -1)
        elif kind == "StartImage":
            self._images.append(value["dest_url"])
        else:
            self.line_break(hard=kind == "HardBreak")

    def event_in_image(self, kind, value):
        """Only the words of an image's text are kept."""
        if kind == "EndImage":
            source = self._images.pop()
            if not self._images:
                self.image(self._alternative, source)
                self._alternative = ""
        elif kind == "StartImage":
            self._images.append(value["dest_url"])
        elif kind in ("Text", "Code"):
            self._alternative += value
        elif kind in ("SoftBreak", "HardBreak"):
            self._alternative += "\n"

    def tag(self, name, closes, attributes):
        if name in _STYLES:
            self.style(_STYLES[name], -1 if closes else +1)
        elif name == "a":
            if closes:
                self.close_link()
            elif "href" in attributes:
                self.open_link(attributes["href"])
        elif name == "img":
            self.image(attributes.get("alt", ""), attributes.get("src", ""))
        elif name in ("br", "p", "div", "li", "tr", "td", "ul", "ol", "hr", "center"):
            self.line_break(hard=True)

    def style(self, style, change):
        count = max(0, self._styles.get(style, 0) + change)
        self._styles[style] = count
        self._style = self._style | style if count else self._style & ~style

    def text(self, text):
        if self._link is not None:
            self._link.text += text
            if text.strip():
                self._link.style |= self._style
        elif text:
            last = self.spans[-1] if self.spans else None
            if last is None or last.kind != TEXT:
                self.spans.append(Span(TEXT, text, "", self._style))
            elif last.style == self._style:
                last.text += text
            elif last.text.isspace() and text.isspace():
                # A blank behind a blank says nothing, whatever their styles.
                return
            else:
                self.spans.append(Span(TEXT, text, "", self._style))

    def image(self, text, source):
        if self._link is None:
            self.spans.append(Span(IMAGE, text, source, self._style))
        else:
            self._link.pictured = True
            self._link.text += text

    def line_break(self, *, hard):
        if self._link is not None:
            self._link.text += " "
        else:
            self.spans.append(Span(BREAK, "\n", hard=hard))

    def open_link(self, url, *, bare=False):
        self.close_link()
        self._link = Span(LINK, "", url, self._style, bare=bare)

    def close_link(self):
        if self._link is not None:
            self.spans.append(self._link)
            self._link = None

    def finish(self):
        """The spans read, without blank ends; the reader is empty again."""
        self.close_link()
        spans, self.spans = self.spans, []
        for span in spans:
            if span.kind == TEXT and _may_hold_address(span.text):
                spans = [part for span in spans for part in _split_bare(span)]
                break
        start, end = 0, len(spans)
        while start < end and _is_blank(spans[start]):
            start += 1
        while end > start and _is_blank(spans[end - 1]):
            end -= 1
        return Line(spans[start:end])


def _may_hold_address(text):
    return "](" in text or "://" in text or "www." in text


def _is_blank(span):
    return span.kind == BREAK or (span.kind == TEXT and not span.text.strip())


def _split_bare(span):
    """`span`, or where it is a text that holds addresses, its parts."""
    if span.kind != TEXT or span.style & CODE or not _may_hold_address(span.text.lower()):
        return [span]
    parts, position = [], 0
    while found := _BARE.search(span.text, position):
        if found.start() > position:
            parts.append(Span(TEXT, span.text[position : found.start()], "", span.style))
        position = found.end()
        if found["address"] is not None:
            # A blank too many: `[[paper]] (https://…)`.
            parts.append(Span(LINK, found["apart"], found["address"], span.style))
        elif found["url"] is None:
            parts.append(Span(LINK, found["label"], found["target"].strip(), span.style))
        else:
            url = trim_sentence(found["url"].partition(",http")[0])
            position = found.start() + max(1, len(url))
            parts.append(Span(LINK, url, url, span.style, bare=True))
    if position < len(span.text):
        parts.append(Span(TEXT, span.text[position:], "", span.style))
    return parts


def trim_sentence(url):
    """An address without what followed it in its sentence."""
    while url and (url[-1] in ".,;:!?*_~'\"" or _closes_nothing(url)):
        url = url[:-1]
    return url


def _closes_nothing(url):
    pairs = {")": "(", "]": "["}
    return url[-1] in pairs and url.count(pairs[url[-1]]) < url.count(url[-1])


def plain(spans):
    """What a reader sees of `spans` as one line, images left out."""
    return " ".join("".join(s.text for s in spans if s.kind != IMAGE).split())


def split_lines(spans, *, soft=True):
    """`spans` cut at breaks; at those of the source alone only if `soft`."""
    lines, line = [], Line()
    for span in spans:
        if span.kind == BREAK and (soft or span.hard):
            if line:
                lines.append(line)
            line = Line()
        else:
            line.append(span)
    if line:
        lines.append(line)
    return [line for line in lines if not all(_is_blank(span) for span in line)]
