"""From the tree of blocks to drafts: which blocks make up one item."""

from . import below, entries, labels, titles
from .below import read_below, read_remarks
from .blocks import DETAILS, HEADING, ITEM, LIST, PARAGRAPH, QUOTE, SUMMARY, TABLE, Block
from .drafts import Draft
from .grouping import (
    are_labelled,
    by_indent,
    end_of_run,
    holds_one,
    labelled_lines,
    own_spans,
)
from .sections import Outline
from .spans import LINK, plain, split_lines
from .tables import read_table
from .telling import (
    is_entry,
    is_sub_entry,
    is_title,
    may_be_title,
    names_paper,
    only_dates,
    only_labels,
    only_links,
    only_pictures,
    split_entries,
)


class Walk:
    """Goes through a tree once. Afterwards `drafts` are its items in order, `outline` its
    sections.

    pending: a line that may be a title, and where it stands; titled: the entry whose title is
    the heading above; last: the entry read last, if what follows may still speak of it;
    paragraphs: the group of the paragraphs since the heading.
    """

    def __init__(self):
        self.outline = Outline()
        self.drafts = []
        self.pending = None
        self.last = None
        self.titled = None
        self.groups = 0
        self.paragraphs = 0
        self.readers = {
            HEADING: self.heading,
            PARAGRAPH: self.paragraph,
            LIST: self.list,
            TABLE: self.table,
            QUOTE: self.quote,
        }

    def blocks(self, blocks):
        done = 0
        for place, block in enumerate(blocks):
            if place < done:
                continue
            done = end_of_run(blocks, place)
            if done - place > 1:
                rows = [row for block in blocks[place:done] for row in labelled_lines(block)]
                self.attributes(rows, self.paragraphs)
            else:
                self.block(block)

    def block(self, block):
        if block.kind == SUMMARY:
            self.pending = None
        elif block.kind == DETAILS and holds_one(block):
            self.item(block, self.paragraphs)
        elif reader := self.readers.get(block.kind):
            reader(block)
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
        if block.underlined and names_paper(block.spans):
            self.paragraph(block)
            return
        if is_title(block.spans):
            self.outline.leave(block.level)
            self.add(entries.read_entry(block.spans, block.line), self.paragraphs)
            self.titled = self.last
            return
        self.outline.enter(block.spans, block.level, block.line)

    # --- Paragraphs ---

    def paragraph(self, block):
        labelled = labelled_lines(block)
        if len(labelled) > 1 and are_labelled(labelled):
            self.attributes(labelled, self.paragraphs)
            return
        for spans in split_entries(block.spans):
            self.paragraph_part(spans, block.line)

    def paragraph_part(self, spans, line):
        if self.titled is not None and not is_entry(spans):
            self.lines_below(spans, [self.titled])
        elif only_pictures(spans):
            pass
        elif not any(span.kind == LINK for span in spans):
            title = may_be_title(spans)
            self.pending = (spans, line) if title else None
            self.last = self.last if title else None
        elif only_labels(spans) and (self.pending or self.title_above()):
            drafts = entries.read_entry(*self.pending) if self.pending else [self.titled]
            self.lines_below(spans, drafts)
            if self.pending:
                self.add(drafts, self.paragraphs)
        elif self.last is not None and only_links(spans):
            self.lines_below(spans, [self.last])
        elif is_entry(spans):
            self.add(entries.read_entry(spans, line), self.paragraphs)
        else:
            self.pending = self.last = None

    def lines_below(self, spans, drafts):
        for draft in drafts:
            for row in split_lines(spans):
                below.read_line_below(row, draft)

    def quote(self, block):
        """A quotation holds entries of its own, or says something of the one above it."""
        children = block.children
        if any(child.kind in (LIST, TABLE, HEADING) for child in children) or (
            all(is_entry(child.spans) for child in children) and children
        ):
            self.blocks(children)
        elif self.last is not None:
            quoted = Draft()
            read_remarks(block, quoted)
            self.last.quoted += quoted.notes

    # --- Tables ---

    def table(self, block):
        self.pending = self.last = None
        self.add(read_table(block), self.group())

    # --- Lists ---

    def list(self, block):
        items = by_indent([child for child in block.children if child.kind == ITEM])
        group = self.group()
        if self.titled is not None and not any(is_sub_entry(own_spans(item)) for item in items):
            for item in items:
                read_below(item, self.titled)
            return
        rows = [(*below.read_label(own_spans(item)), item) for item in items]
        if are_labelled(rows):
            self.attributes(rows, group)
            return
        if self.pending and items and all(only_labels(own_spans(item)) for item in items):
            drafts = entries.read_entry(*self.pending)
            for draft in drafts:
                for item in items:
                    read_below(item, draft)
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
            named = kind in (labels.PAPER, labels.TITLE) and names_paper(rest)
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
                    read_below(block, draft)
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
        own = own_spans(item)
        lists = [child for child in item.children if child.kind == LIST]
        subs = [sub for child in lists for sub in child.children if sub.kind == ITEM]
        rows = [Block(PARAGRAPH, item.line, line) for line in split_lines(own)]
        labelled = [(*below.read_label(row.spans), row) for row in rows]
        entry_subs = [sub for sub in subs if is_sub_entry(own_spans(sub))]
        linked = any(span.kind == LINK for span in own)
        if not own and not subs:
            self.blocks(item.children)
        elif len(rows) > 1 and are_labelled(labelled) and labels.names_title(labelled[0][1]):
            self.attributes(labelled, group)
            for sub in subs:
                read_below(sub, self.last)
        elif (subs and not linked and only_dates(own)) or (
            entry_subs and not (linked and is_entry(own))
        ):
            for child in lists:
                self.list(child)
        else:
            self.entry_with_subs(item, own, subs, entry_subs, group)

    def entry_with_subs(self, item, own, subs, entry_subs, group):
        """An item that is an entry, and what stands under it: its remarks and further entries."""
        drafts = entries.read_entry(own, item.line) if own else []
        further = [child for child in item.children if child.kind in (PARAGRAPH, QUOTE, DETAILS)]
        further += [sub for sub in subs if sub not in entry_subs]
        for draft in drafts:
            for child in further:
                if child.kind in (QUOTE, DETAILS):
                    read_remarks(child, draft)
                elif child.spans is not own:
                    read_below(child, draft)
        self.add(drafts, group)
        if entry_subs:
            inner = self.group()
            for sub in entry_subs:
                self.item(sub, inner)
        for child in item.children:
            if child.kind in (TABLE, HEADING):
                self.block(child)
