"""Markdown with the HTML in it as one tree of blocks.

The parser is CommonMark's with GitHub's tables. The tags of embedded HTML are put into the same
tree: `<ul>`, `<table>` and `<h2>` are what their Markdown spellings are.
"""

import re

import pyromark

from . import html
from .blocks import (
    CELL,
    DETAILS,
    HEADING,
    ITEM,
    LIST,
    PARAGRAPH,
    QUOTE,
    ROOT,
    ROW,
    SUMMARY,
    TABLE,
    Block,
)
from .spans import BREAK, TEXT, Span, SpanReader

# Deeper than any list goes, and far from Python's limit of recursion.
MAX_DEPTH = 40

_OPTIONS = pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_STRIKETHROUGH
_MARKDOWN_KINDS = {
    "List": LIST,
    "Item": ITEM,
    "BlockQuote": QUOTE,
    "Table": TABLE,
    "TableHead": ROW,
    "TableRow": ROW,
    "TableCell": CELL,
    "Heading": HEADING,
    "Paragraph": PARAGRAPH,
}
_OF_TEXT = {"Heading", "Paragraph", "TableCell"}
_LITERAL = {"HtmlBlock", "CodeBlock"}
_HTML_KINDS = {
    **dict.fromkeys(("ul", "ol", "dl"), LIST),
    **dict.fromkeys(("li", "dt", "dd"), ITEM),
    "blockquote": QUOTE,
    "table": TABLE,
    "tr": ROW,
    "th": CELL,
    "td": CELL,
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), HEADING),
    "details": DETAILS,
    "summary": SUMMARY,
    "p": PARAGRAPH,
}
# Where HTML closes the one before by opening the next.
_CLOSED_BY = {ITEM: {ITEM}, ROW: {ROW, CELL}, CELL: {CELL}, PARAGRAPH: {PARAGRAPH}}
_FENCES = {LIST, TABLE, DETAILS, QUOTE}
_HIDDEN = {"script", "style", "pre", "svg", "template"}
_FLOW = {"div", "center", "section", "hr", "tbody", "thead", "header", "footer", "article"}
# What no text has; the parser takes the first as it takes any sign, the others not at all.
_UNSOUND = re.compile("[\0\ud800-\udfff]")
_LONGEST_TAG = 4000
# Where a table's first line begins, and has no `|` there. The parser takes it for one below a
# paragraph only if it has, GitHub in any case.
_TABLE_HEAD = re.compile(
    r"\n(?=[^\s|>#*+-][^\n|]*\|[^\n]*\n {0,3}[:-][-: \t]*+\|[-:| \t]*+(?:\n|$))"
)
_INDENT = re.compile(r"[ \t]*")
_TYPED_HEADING = re.compile(r"(#{1,6})(?=[^\s#!\[])")


def parse(text):
    """The root Block of a Markdown text. Any text gives one."""
    # Lines as the parser counts them.
    text = _UNSOUND.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _TABLE_HEAD.sub("\n|", text)
    builder = _Builder(text)
    for event, place in pyromark.events_with_range(text, options=_OPTIONS):
        builder.event(event, place)
    return builder.finish()


def _told(event):
    """(what it is, what is told of it)"""
    if isinstance(event, str):
        return event, None
    ((kind, value),) = event.items()
    return kind, value


class _Builder:
    """line: the one that the byte `counted` of the source stands in; within: whether a block is
    open that holds text; tight: whether that is a paragraph which the parser does not tell of, in
    a list without blank lines; text_end: where the text ends at the latest; tag: the bytes of a
    tag that the parser takes for text; literal: the lines of a block of HTML or code that is
    open."""

    def __init__(self, text):
        self.source = text.encode()
        self.lines = text.split("\n")
        self.line = 1
        self.counted = 0
        self.stack = [Block(ROOT)]
        self.reader = SpanReader()
        self.within = self.tight = False
        self.text_end = 0
        self.tag = range(0)
        self.literal = None
        self.hidden = ""

    def finish(self):
        self.flush(0)
        return self.stack[0]

    def event(self, event, place):
        kind, value = _told(event)
        if kind == "Start" or kind == "End":
            name, value = _told(value)
            if name in _MARKDOWN_KINDS or name in _LITERAL:
                if self.tight:
                    self.end_tight()
                (self.start if kind == "Start" else self.end)(name, value, place)
                return
            kind += name
        if self.literal is not None:
            self.literal.append(value)
        elif kind == "Rule":
            if self.tight:
                self.end_tight()
        else:
            self.inline(kind, value, place)

    def line_of(self, place):
        """The line of something that begins, which is behind all that began before."""
        start = place["start"]
        self.line += self.source.count(b"\n", self.counted, start)
        self.counted = start
        return self.line

    def start(self, name, value, place):
        self.line_of(place)
        if name in _LITERAL:
            self.literal = []
            return
        self.within = name in _OF_TEXT
        self.text_end = place["end"]
        block = Block(_MARKDOWN_KINDS[name], self.line)
        if name == "Heading":
            block.level = int(value["level"][1])
            block.underlined = b"\n" in self.source[place["start"] : place["end"]].rstrip()
        elif name == "Item":
            block.indent = len(_INDENT.match(self.lines[self.line - 1])[0].expandtabs(4))
        elif name == "TableHead":
            block.header = True
        self.push(block)

    def end(self, name, value, place):
        if name in _LITERAL:
            text, self.literal = "".join(self.literal), None
            if name == "HtmlBlock":
                self.html(text, self.line)
            return
        self.within = False
        if name in _OF_TEXT:
            self.flush(self.line)
        if name == "Paragraph":
            self.close_paragraph()
        else:
            self.close(_MARKDOWN_KINDS[name])

    def inline(self, kind, value, place):
        if place["start"] in self.tag:
            if kind != "Text" or place["end"] <= self.tag.stop:
                return
            value = self.source[self.tag.stop : place["end"]].decode()
        elif value == "<" and (tag := self.broken_tag(place)):
            kind, value = "InlineHtml", tag
        elif kind.endswith("Strikethrough") and self.source[place["start"] + 1] != ord("~"):
            # Of GitHub's two spellings the one that is mostly meant as `about`.
            kind, value = "Text", "~"
        if not self.within:
            self.push(Block(PARAGRAPH, self.line_of(place)))
            self.within = self.tight = True
        self.reader.event(kind, value)

    def broken_tag(self, place):
        """A tag that CommonMark does not take for one, but browsers do: `<img src=a?b=c>`."""
        start = place["start"]
        end = min(start + _LONGEST_TAG, self.text_end)
        text = self.source[start:end].decode(errors="ignore")
        tag = text[: html.end_of_markup(text, 0) or 0]
        self.tag = range(start, start + len(tag.encode()))
        return tag

    def end_tight(self):
        self.flush(self.line)
        self.close_paragraph()
        self.within = self.tight = False

    def html(self, text, line):
        counted = 0
        for offset, name, closes, value in html.tokenize(text):
            line += text.count("\n", counted, offset)
            counted = offset
            if name in _HIDDEN:
                self.hidden = "" if closes else name
            elif self.hidden:
                continue
            elif name is None:
                self.html_text(value)
            elif name in _HTML_KINDS:
                self.flush(line)
                kind = _HTML_KINDS[name]
                if closes:
                    self.close(kind)
                else:
                    self.open_html(kind, line, name, value)
            elif name in _FLOW:
                self.flush(line)
            else:
                self.reader.tag(name, closes, value)
        self.hidden = ""
        self.flush(line)

    def html_text(self, text):
        for place, part in enumerate(text.split("\n")):
            if place:
                self.reader.line_break(hard=False)
            self.reader.text(part)

    def open_html(self, kind, line, name, attributes):
        ended = _CLOSED_BY.get(kind)
        if ended:
            for place in range(len(self.stack) - 1, 0, -1):
                if self.stack[place].kind in ended:
                    del self.stack[place:]
                    break
                if self.stack[place].kind in _FENCES:
                    break
        block = Block(kind, line, level=int(name[1]) if kind == HEADING else 0)
        if kind == CELL:
            block.rows = _count(attributes.get("rowspan"))
            block.columns = _count(attributes.get("colspan"))
        self.push(block)
        if name == "th" and len(self.stack) > 1 and self.stack[-2].kind == ROW:
            self.stack[-2].header = True

    def push(self, block):
        # Deeper than this, what is opened stands beside what is open, not in it.
        del self.stack[MAX_DEPTH:]
        self.stack[-1].children.append(block)
        self.stack.append(block)

    def close(self, kind):
        for place in range(len(self.stack) - 1, 0, -1):
            if self.stack[place].kind == kind:
                del self.stack[place:]
                return
            if self.stack[place].kind in _FENCES and kind not in _FENCES:
                return

    def flush(self, line):
        """What was read since becomes the content of the block that is open, or a paragraph."""
        spans = self.reader.finish()
        if not spans:
            return
        block = self.stack[-1]
        if block.kind == PARAGRAPH and self.stack[-2].kind == CELL:
            # A cell's content is its own, however it is laid out.
            block = self.stack[-2]
        if block.kind not in (HEADING, SUMMARY, CELL, PARAGRAPH):
            block = Block(PARAGRAPH, line)
            self.stack[-1].children.append(block)
        if block.spans:
            block.spans += [Span(BREAK, "\n", hard=True), *spans]
        else:
            block.spans = spans
        if block.kind == PARAGRAPH:
            _see_typed_heading(block)

    def close_paragraph(self):
        if self.stack[-1].kind in (PARAGRAPH, HEADING):
            self.stack.pop()


def _count(text):
    return int(text) if text and re.fullmatch(r"[1-9]\d{0,2}", text) else 1


def _see_typed_heading(block):
    first, spans = block.spans[0], block.spans
    typed = _TYPED_HEADING.match(first.text) if first.kind == TEXT else None
    if typed and not any(s.kind == BREAK for s in spans):
        # A heading without the blank that CommonMark wants: `#2 Methods`.
        block.kind, block.level = HEADING, len(typed[1])
        first.text = first.text[typed.end() :]
