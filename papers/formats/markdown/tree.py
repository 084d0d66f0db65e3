"""Markdown with the HTML in it as one tree of blocks.

The parser is CommonMark's with GitHub's tables. The tags of embedded HTML are put into the same
tree: `<ul>`, `<table>` and `<h2>` are what their Markdown spellings are.
"""

import re
from dataclasses import dataclass, field
from types import SimpleNamespace

from markdown_it import MarkdownIt, helpers
from markdown_it.common.utils import unescapeAll

from . import html
from .spans import BREAK, LINK, TEXT, Span, SpanReader, plain

# Deeper than any list goes, and far from Python's limit of recursion.
MAX_DEPTH = 40

ROOT, HEADING, PARAGRAPH, LIST, ITEM = "root", "heading", "paragraph", "list", "item"
TABLE, ROW, CELL, QUOTE, DETAILS, SUMMARY = "table", "row", "cell", "quote", "details", "summary"

_MARKDOWN_KINDS = {
    "bullet_list_open": LIST,
    "ordered_list_open": LIST,
    "list_item_open": ITEM,
    "blockquote_open": QUOTE,
    "table_open": TABLE,
    "tr_open": ROW,
    "th_open": CELL,
    "td_open": CELL,
    "heading_open": HEADING,
    "paragraph_open": PARAGRAPH,
}
_MARKDOWN_ENDS = {name.removesuffix("open") + "close" for name in _MARKDOWN_KINDS}
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
_PLAIN_ADDRESS = re.compile(r"[^\x00-\x20\x7f\\()<]++(?=[ )])")
_TYPED_HEADING = re.compile(r"(#{1,6})(?=[^\s#!\[])")


@dataclass(slots=True)
class Block:
    """kind: what it is; spans: its own content, of headings, paragraphs, cells and summaries;
    children: the blocks in it; line: where it begins, from 1; level: of a heading; header: of a
    row, whether it names the columns; underlined: of a heading, whether a line below makes it
    one, which may be meant as a line between paragraphs; indent: of an item, its blanks;
    rows, columns: how many a cell fills."""

    kind: str
    line: int = 0
    spans: list[Span] = field(default_factory=list)
    children: list["Block"] = field(default_factory=list)
    level: int = 0
    header: bool = False
    underlined: bool = False
    indent: int = 0
    rows: int = 1
    columns: int = 1


def parse(text):
    """The root Block of a Markdown text. Any text gives one."""
    # Lines as the parser counts them.
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "\ufffd")
    builder = _Builder(text.split("\n"))
    for token in make_parser().parse(text):
        builder.token(token)
    return builder.finish()


def make_parser():
    parser = MarkdownIt("commonmark", {"maxNesting": MAX_DEPTH}).enable(["table", "strikethrough"])
    # Addresses are kept as written; whoever keeps them judges them.
    parser.validateLink = lambda url: True
    parser.normalizeLink = lambda url: url
    parser.normalizeLinkText = lambda text: text
    parser.inline.ruler.at("html_inline", _html_inline)
    parser.helpers = SimpleNamespace(
        parseLinkLabel=helpers.parseLinkLabel,
        parseLinkTitle=helpers.parseLinkTitle,
        parseLinkDestination=_destination,
    )
    return parser


def _destination(text, start, end):
    """As the parser's own helper, but an address without brackets is read by one pattern."""
    found = _PLAIN_ADDRESS.match(text, start, end)
    if found is None:
        return helpers.parseLinkDestination(text, start, end)
    url = unescapeAll(found[0]) if "&" in found[0] else found[0]
    return SimpleNamespace(ok=True, pos=found.end(), str=url)


def _html_inline(state, silent):
    """As the parser's own rule, but bounded: that one searches the whole rest for an end."""
    if state.src[state.pos] != "<":
        return False
    end = html.end_of_markup(state.src, state.pos)
    if end is None or end > state.posMax:
        return False
    if not silent:
        token = state.push("html_inline", "", 0)
        token.content = state.src[state.pos : end]
    state.pos = end
    return True


class _Builder:
    def __init__(self, lines):
        self.lines = lines
        self.stack = [Block(ROOT)]
        self.reader = SpanReader()
        self.hidden = ""

    def finish(self):
        self.flush(0)
        return self.stack[0]

    def token(self, token):
        kind = token.type
        if kind == "inline":
            self.reader.tokens(token.children)
            self.flush(token.map[0] + 1 if token.map else 0)
        elif kind in _MARKDOWN_KINDS:
            self.open(_MARKDOWN_KINDS[kind], token)
        elif kind in _MARKDOWN_ENDS:
            kind = _MARKDOWN_KINDS[kind.removesuffix("close") + "open"]
            if kind == PARAGRAPH:
                self.close_paragraph()
            else:
                self.close(kind)
        elif kind == "html_block":
            self.html(token.content, token.map[0] + 1)

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

    def open(self, kind, token):
        block = Block(kind, token.map[0] + 1 if token.map else 0)
        if kind == HEADING:
            block.level = int(token.tag[1])
            block.underlined = token.markup in ("-", "=")
        elif kind == ITEM:
            line = self.lines[token.map[0]].expandtabs(4)
            block.indent = len(line) - len(line.lstrip())
        self.push(block)
        if token.type == "th_open":
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
        block.spans += [Span(BREAK, "\n", hard=True), *spans] if block.spans else spans
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


def links(block):
    """Every link below `block`."""
    found = [span for span in block.spans if span.kind == LINK]
    for child in block.children:
        found += links(child)
    return found


def text(block):
    """What a reader sees of `block`, its lines joined."""
    parts = [plain(block.spans), *(text(child) for child in block.children)]
    return " ".join(part for part in parts if part)
