"""From the tree of blocks to drafts: which blocks make up one item."""

import re

from . import below, dates, drafts, entries, labels, meta, titles, venues
from .drafts import Draft
from .links import NO_LINK, read_link
from .sections import Outline
from .spans import BOLD, BREAK, IMAGE, LINK, TEXT, plain, split_lines
from .tables import read_table
from .tree import DETAILS, HEADING, ITEM, LIST, PARAGRAPH, QUOTE, SUMMARY, TABLE, Block, links

_NUMBERED = re.compile(r"\s*(?:\[\d{1,4}\]|\d{1,4}[.)、])\s*")


class Walk:
    """Goes through a tree once. Afterwards `drafts` are its items in order, `outline` its
    sections."""

    def __init__(self):
        self.outline = Outline()
        self.drafts = []
        self.pending = None
        self.last = None
        self.titled = None
        self.groups = 0
        self.paragraphs = 0

    def blocks(self, blocks):
        done = 0
        for place, block in enumerate(blocks):
            if place < done:
                continue
            end = _end_of_run(blocks, place)
            if end - place > 1:
                done = end
                rows = [row for block in blocks[place:end] for row in _labelled_lines(block)]
                self.attributes(rows, self.paragraphs)
            elif block.kind == HEADING:
                self.heading(block)
            elif block.kind == PARAGRAPH:
                self.paragraph(block)
            elif block.kind == LIST:
                self.list(block)
            elif block.kind == TABLE:
                self.table(block)
            elif block.kind == QUOTE:
                self.quote(block)
            elif block.kind == SUMMARY:
                self.pending = None
            elif block.kind == DETAILS and _holds_one(block):
                self.item(block, self.paragraphs)
            else:
                self.blocks(block.children)

    def group(self):
        self.groups += 1
        return self.groups

    def add(self, drafts, group):
        for draft in drafts:
            draft.section = self.outline.current
            draft.group = group
            self.drafts.append(draft)
        if drafts:
            self.last = drafts[-1]
            self.pending = None

    # --- Headings ---

    def heading(self, block):
        self.pending = self.last = self.titled = None
        self.paragraphs = self.group()
        if block.underlined and _names_paper(block.spans):
            self.paragraph(block)
            return
        if _is_title(block.spans):
            self.outline.leave(block.level)
            self.add(entries.read_entry(block.spans, block.line), self.paragraphs)
            self.titled = self.last
            return
        self.outline.enter(block.spans, block.level, block.line)

    # --- Paragraphs ---

    def paragraph(self, block):
        labelled = _labelled_lines(block)
        if len(labelled) > 1 and _are_labelled(labelled):
            self.attributes(labelled, self.paragraphs)
            return
        for spans in _split_entries(block.spans):
            self.paragraph_part(spans, block.line)

    def paragraph_part(self, spans, line):
        has_link = any(span.kind == LINK for span in spans)
        if self.titled is not None and not is_entry(spans):
            for row in split_lines(spans):
                below.read_line_below(row, self.titled)
            return
        if all(span.kind == IMAGE or _is_picture(span) for span in spans):
            return
        if not has_link:
            self.pending = (spans, line) if _may_be_title(spans) else None
            self.last = self.last if _may_be_title(spans) else None
            return
        if _only_labels(spans) and (self.pending or self.title_above()):
            drafts = entries.read_entry(*self.pending) if self.pending else [self.titled]
            for draft in drafts:
                for row in split_lines(spans):
                    below.read_line_below(row, draft)
            if self.pending:
                self.add(drafts, self.paragraphs)
        elif self.last is not None and _only_links(spans):
            below.read_line_below(spans, self.last)
        elif is_entry(spans):
            self.add(entries.read_entry(spans, line), self.paragraphs)
        else:
            self.pending = self.last = None

    def quote(self, block):
        """A quotation holds entries of its own, or says something of the one above it."""
        children = block.children
        if any(child.kind in (LIST, TABLE, HEADING) for child in children) or (
            all(is_entry(child.spans) for child in children) and children
        ):
            self.blocks(children)
        elif self.last is not None:
            quoted = Draft()
            self.remarks(block, quoted)
            self.last.quoted += quoted.notes

    # --- Tables ---

    def table(self, block):
        self.pending = self.last = None
        self.add(read_table(block), self.group())

    # --- Lists ---

    def list(self, block):
        items = _by_indent([child for child in block.children if child.kind == ITEM])
        group = self.group()
        if self.titled is not None and not any(_is_sub_entry(_own(item)) for item in items):
            for item in items:
                self.below(item, self.titled)
            return
        rows = [(*below.read_label(_own(item)), item) for item in items]
        if _are_labelled(rows):
            self.attributes(rows, group)
            return
        if self.pending and items and all(_only_labels(_own(item)) for item in items):
            title, at = self.pending
            drafts = entries.read_entry(title, at)
            for draft in drafts:
                for item in items:
                    self.below(item, draft)
            self.add(drafts, self.paragraphs)
            return
        self.pending = self.last = None
        for item in items:
            self.item(item, group)

    def attributes(self, rows, group):
        """`Paper: …`, `Code: …`, `Notes: …` lines, of a title that stands above them or in them.

        rows: what read_label gives, and the block of each.
        """
        draft, since = None, []
        if self.pending:
            found = entries.read_entry(*self.pending)
            draft = found[0] if found else None
            self.add(found, self.paragraphs)
        for kind, label, rest, block in rows:
            named = kind in (labels.PAPER, labels.TITLE) and _names_paper(rest)
            if named or (labels.names_title(label) and rest):
                found = entries.read_entry(rest, block.line)
                self.add(found, group)
                if found:
                    draft = found[-1]
                    since += found
            elif kind == labels.NOTE and len(since) > 1:
                if self.outline.current is not None:
                    self.outline.sections[self.outline.current].notes.append(plain(rest))
                since = []
            else:
                draft = draft or self.title_above() or self.last
                if draft is not None:
                    self.below(block, draft)
                if kind == labels.NOTE:
                    since = []
        self.last = draft

    def title_above(self):
        """A Draft of the heading above, where that is the title of what stands below it."""
        place = self.outline.current
        if place is None or place != len(self.outline.sections) - 1:
            return None
        section = self.outline.sections[place]
        if place == 0 and section.level == 1:
            return None
        taken = self.drafts and self.drafts[-1].section == place
        if taken or section.left_out or len(section.title.split()) < 3:
            return None
        title, nickname, _ = titles.clean(section.title)
        draft = Draft(line=section.line, title=title, label=nickname)
        self.outline.open.pop()
        self.outline.sections.pop()
        self.add([draft], self.paragraphs)
        self.titled = draft
        return draft

    def item(self, item, group):
        own = _own(item)
        lists = [child for child in item.children if child.kind == LIST]
        subs = [sub for child in lists for sub in child.children if sub.kind == ITEM]
        if not own and not subs:
            self.blocks(item.children)
            return
        rows = [Block(PARAGRAPH, item.line, line) for line in split_lines(own)]
        labelled = [(*below.read_label(row.spans), row) for row in rows]
        if len(rows) > 1 and _are_labelled(labelled) and labels.names_title(labelled[0][1]):
            self.attributes(labelled, group)
            for sub in subs:
                self.below(sub, self.last)
            return
        own_links = any(span.kind == LINK for span in own)
        if subs and not own_links and _only_dates(own):
            for child in lists:
                self.list(child)
            return
        entry_subs = [sub for sub in subs if _is_sub_entry(_own(sub))]
        if entry_subs and not (own_links and is_entry(own)):
            for child in lists:
                self.list(child)
            return
        drafts = entries.read_entry(own, item.line) if own else []
        for draft in drafts:
            for child in item.children:
                if child.kind == PARAGRAPH and child.spans is not own:
                    below.read_line_below(child.spans, draft)
                elif child.kind in (QUOTE, DETAILS):
                    self.remarks(child, draft)
            for sub in subs:
                if sub not in entry_subs:
                    self.below(sub, draft)
        self.add(drafts, group)
        if entry_subs:
            inner = self.group()
            for sub in entry_subs:
                self.item(sub, inner)
        for child in item.children:
            if child.kind in (TABLE, HEADING):
                self.blocks([child])

    def below(self, item, draft):
        if item.kind == PARAGRAPH:
            below.read_line_below(item.spans, draft)
        for child in item.children:
            if child.kind == PARAGRAPH:
                below.read_line_below(child.spans, draft)
            elif child.kind == LIST:
                for sub in child.children:
                    self.below(sub, draft)
            elif child.kind in (QUOTE, DETAILS):
                self.remarks(child, draft)

    def remarks(self, block, draft):
        for child in block.children:
            if child.kind == PARAGRAPH:
                below.read_line_below(child.spans, draft)
            else:
                self.remarks(child, draft)


def _is_picture(span):
    if span.kind == TEXT:
        return not span.text.strip()
    return span.kind == BREAK or (span.kind == LINK and read_link(span).kind in NO_LINK)


def _own(item):
    """The spans of an item's first paragraph."""
    if item.kind == DETAILS:
        return item.children[0].spans
    for child in item.children:
        if child.kind == PARAGRAPH:
            return child.spans
        if child.kind == DETAILS and child.children and child.children[0].kind == SUMMARY:
            return child.children[0].spans
    return []


def _by_indent(items):
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


def _only_dates(spans):
    """Whether a line says nothing but when or where what stands below it came out."""
    text = meta.unwrap(plain(spans))
    return dates.is_date(text) or (len(text.split()) < 4 and venues.is_venue(text))


def _holds_one(details):
    """Whether a folded part is one entry: its summary names it, the rest tells of it."""
    summary = details.children[0] if details.children else None
    return summary is not None and summary.kind == SUMMARY and is_entry(summary.spans)


def _names_paper(spans):
    """Whether a link whose text is a title stands in `spans`, and leads to a paper."""
    for piece in drafts.read_pieces(spans):
        if piece.link is not None and not piece.link.said and piece.link.kind in (labels.PAPER, ""):
            label = piece.link.label
            if label and not label.startswith(("http", "www.")):
                words = len(label.split()) if label.isascii() else len(label) / 3
                return words > (1 if piece.link.is_paper else 2)
    return False


def _is_title(spans):
    """Whether a heading is an entry: its text a link to a paper, or beside a link to one."""
    if _names_paper(spans):
        return True
    pieces = drafts.read_pieces(spans)
    words = re.findall(r"\w+", "".join(p.text for p in pieces if p.link is None))
    return len(words) > 2 and any(
        p.link is not None and p.link.is_paper and p.link.host == labels.PAPER for p in pieces
    )


def _labelled_lines(block):
    """What read_label gives of each line of a paragraph, and the line as a block of its own."""
    rows = [Block(PARAGRAPH, block.line, line) for line in split_lines(block.spans)]
    return [(*below.read_label(row.spans), row) for row in rows]


def _end_of_run(blocks, place):
    """Where the paragraphs end that each begin with a label, from `place` on."""
    while (
        place < len(blocks)
        and blocks[place].kind == PARAGRAPH
        and below.read_label(blocks[place].spans)[0]
    ):
        place += 1
    return place


def _are_labelled(rows):
    """Whether lines are mostly `Label: …`, from the first on."""
    return bool(rows) and bool(rows[0][0]) and sum(bool(row[0]) for row in rows) >= 0.5 * len(rows)


def _only_links(spans):
    """Whether links whose labels say where they lead are all that stands in `spans`."""
    pieces = drafts.read_pieces(spans)
    return all(
        piece.link.said if piece.link else not any(sign.isalnum() for sign in piece.text)
        for piece in pieces
    )


def _only_labels(spans):
    """Whether nothing but labelled links stands in `spans`."""
    if below.read_label(spans)[0]:
        return True
    pieces = drafts.read_pieces(spans)
    words = re.findall(r"\w+", "".join(p.text for p in pieces if p.link is None))
    own = [piece for piece in pieces if piece.link is not None]
    return (
        bool(own)
        and len(words) <= 3 * len(own)
        and all(p.link.said or p.link.label == p.link.url for p in own)
    )


def _may_be_title(spans):
    text = plain(spans)
    if not spans:
        return False
    if not spans[0].style & BOLD and (text.endswith(".") or _is_prose(text)):
        return False
    return 0 < len(text.split()) <= 40 and len(text) < 300 and not text.endswith((":", "："))


def is_entry(spans):
    """Whether a paragraph is an item of the list, and not prose that mentions a paper."""
    pieces = drafts.read_pieces(spans)
    papers = [p for p in pieces if p.link is not None and p.link.is_paper]
    unsure = [p for p in pieces if p.link is not None and not p.link.said and p.link.kind == ""]
    first = next(
        (p for p in pieces if p.link is not None or any(s.isalnum() for s in p.text)), None
    )
    if first is None:
        return False
    if first.link is not None and _REFERS_TO_OWN.match(first.text):
        return False
    if first.link is not None and (first.link.is_paper or first in unsure):
        if not first.link.said and len(first.text.split()) < 2 and not papers:
            return False
        after = "".join(p.text for p in pieces[pieces.index(first) + 1 :] if p.link is None)
        return bool(papers or unsure) and not _is_prose(after)
    if first.link is not None and not first.link.said and len(first.text.split()) > 2:
        # Whatever it leads to, the venue beside it says that it is a paper's title.
        rest = "".join(p.text for p in pieces[1:] if p.link is None)
        if any(kind == labels.VENUE for kind, _ in meta.read_parts(rest.strip(" ,.-–—[]()"))):
            return True
    if not papers or any(_REFERS.match(p.link.label) for p in papers):
        return False
    if first.style & BOLD:
        return not _is_prose(
            "".join(p.text for p in pieces if p.link is None and not p.style & BOLD)
        ) or any(p.bracketed for p in papers)
    before = ""
    for piece in pieces:
        if piece.link is not None:
            break
        before += piece.text
    if any(p.link.said and (p.bracketed) for p in papers):
        return len(before.split()) >= 2
    return bool(_NUMBERED.match(before)) or bool(papers[-1].link.said and not _is_prose(before))


_REFERS = re.compile(r"(?:this|these|the|our|here|that|my|an?)\b", re.IGNORECASE)
_REFERS_TO_OWN = re.compile(r"(?:this|our|here|my)\b", re.IGNORECASE)
_PROSE = re.compile(
    r"\b(?:we|our|you|your|please|this|here|these|if|is an?|are|was|(?-i:I)(?!\.)|my|welcome|see|check|feel free|can be|have|has)\b",
    re.IGNORECASE,
)


def _is_prose(text):
    return len(_PROSE.findall(text)) >= 2 and len(text.split()) > 12


def _is_sub_entry(spans):
    """Whether a line under an item is an item of its own."""
    if not any(span.kind == LINK for span in spans) or below.read_label(spans)[0]:
        return False
    found = entries.read_entry(spans, 0)
    if len(found) > 1:
        return True
    if not found or found[0].grade != drafts.PAPER:
        return False
    title = found[0].title
    return (
        found[0].title_link is not None
        and found[0].title_link.is_paper
        and _starts_with(spans, LINK)
    ) or (len(title.split()) >= 3 and any(link.said == labels.PAPER for link in found[0].links))


def _starts_with(spans, kind):
    for span in spans:
        if span.kind == kind:
            return True
        if span.kind == TEXT and len(re.findall(r"\w+", span.text)) > 2:
            return False
    return False


def _split_entries(spans):
    """The parts of a paragraph that are items of their own: a blank line between was forgotten."""
    if not any(span.kind == BREAK for span in spans):
        return [spans]
    lines = split_lines(spans)
    starts = [place for place, line in enumerate(lines) if _starts_entry(line)]
    if len(starts) < 2:
        return [spans]
    parts = []
    for place, start in enumerate(starts):
        begin = 0 if place == 0 else start
        end = starts[place + 1] if place + 1 < len(starts) else len(lines)
        part = []
        for line in lines[begin:end]:
            part += [*line, type(line[0])(BREAK, "\n")]
        parts.append(part[:-1])
    return parts


def _starts_entry(line):
    pieces = drafts.read_pieces(line)
    first = next(
        (p for p in pieces if p.link is not None or any(s.isalnum() for s in p.text)), None
    )
    if first is None:
        return False
    papers = any(p.link is not None and p.link.is_paper for p in pieces)
    if first.link is not None:
        return (
            not first.link.said and (first.link.is_paper or papers) and len(first.text.split()) > 2
        )
    if first.style & BOLD:
        return len(first.text.split()) > 2 or bool(_NUMBERED.match(first.text))
    return bool(_NUMBERED.match(first.text)) and papers
