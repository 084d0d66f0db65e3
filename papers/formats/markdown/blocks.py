"""The blocks of a text: what it is made of, one in the other."""

from dataclasses import dataclass, field

from .spans import LINK, Span, plain

ROOT, HEADING, PARAGRAPH, LIST, ITEM = "root", "heading", "paragraph", "list", "item"
TABLE, ROW, CELL, QUOTE, DETAILS, SUMMARY = "table", "row", "cell", "quote", "details", "summary"


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
