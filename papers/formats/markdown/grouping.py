"""Which blocks belong together: lines with labels, items and what stands under them."""

from . import below
from .blocks import DETAILS, LIST, PARAGRAPH, SUMMARY, Block, links
from .links import read_link
from .spans import split_lines
from .telling import is_entry


def own_spans(item):
    """The spans of an item's first paragraph."""
    if item.kind == DETAILS:
        return item.children[0].spans
    for child in item.children:
        if child.kind == PARAGRAPH:
            return child.spans
        if child.kind == DETAILS and child.children and child.children[0].kind == SUMMARY:
            return child.children[0].spans
    return []


def by_indent(items):
    """The items of a list, those that stand a blank deeper than the one above moved under it if
    only one of the two links to a paper: too little for Markdown, but meant so."""
    kept = []
    for item in items:
        if kept and item.indent > kept[-1].indent and _any_paper(item) != _any_paper(kept[-1]):
            kept[-1].children.append(Block(LIST, item.line, children=[item]))
        else:
            kept.append(item)
    return kept


def _any_paper(item):
    return any(read_link(span).is_paper for span in links(item))


def holds_one(details):
    """Whether a folded part is one entry: its summary names it, the rest tells of it."""
    summary = details.children[0] if details.children else None
    return summary is not None and summary.kind == SUMMARY and is_entry(summary.spans)


def labelled_lines(block):
    """What read_label gives of each line of a paragraph, and the line as a block of its own."""
    rows = [Block(PARAGRAPH, block.line, line) for line in split_lines(block.spans)]
    return [(*below.read_label(row.spans), row) for row in rows]


def end_of_run(blocks, place):
    """Where the paragraphs end that each begin with a label, from `place` on."""
    while (
        place < len(blocks)
        and blocks[place].kind == PARAGRAPH
        and below.read_label(blocks[place].spans)[0]
    ):
        place += 1
    return place


def are_labelled(rows):
    """Whether lines are mostly `Label: …`, from the first on."""
    return bool(rows) and bool(rows[0][0]) and sum(bool(row[0]) for row in rows) >= 0.5 * len(rows)
