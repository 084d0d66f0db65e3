"""Reads a list that `writing` wrote, and what people have added to it since as any list."""

import re

from papers.formats import values
from papers.records import ListRecord, NoteRecord, Placement, Problem, Record, SectionRecord

from . import prose
from .exact import (
    MismatchError,
    Node,
    bare,
    inline,
    is_reference,
    lines_of,
    marked,
    parse,
    read_about,
    read_head,
    read_people,
    segments,
)
from .words import CODE, words
from .writing import DEEPER, MARKER, NOWHERE

#: How far from the beginning the line may stand that says that we wrote it.
_HEAD = 5000
_MARKER = re.compile(rf"^\ufeff?<!-- {MARKER} (?P<language>{CODE}) -->\r?$", re.MULTILINE)
_COMMENT = re.compile(r"\s*<!-- ([a-z -]{1,40}) -->\s*")
_SCOPES = {"description", "introduction", "paper"}
_QUOTED = re.compile(r"^[ \t]*>? ?", re.MULTILINE)
_END = Node("end")


def is_ours(text):
    return _MARKER.search(text, 0, _HEAD) is not None


def read(text, otherwise):
    """The items of a list that we wrote. otherwise: reads the text of any list as items."""
    reading = _Reading(text, otherwise)
    if reading.profile != ListRecord():
        yield reading.profile
    yield from reading.found


class _Reading:
    def __init__(self, text, otherwise):
        text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
        self.language = _MARKER.search(text, 0, _HEAD)["language"]
        self.words = words(self.language)
        self.otherwise = otherwise
        self.lines = text.split("\n")
        self.profile = ListRecord()
        self.path = ()
        self.section = None
        #: Whether the section's entries have: paragraphs before them are its description.
        self.begun = False
        self.found = []
        self.known = {}
        self._read_blocks(parse(text))

    def _read_blocks(self, blocks):
        before, other = _END, ""
        waiting = list(reversed(blocks))
        while waiting:
            block = waiting.pop()
            following = waiting[-1] if waiting else _END
            if block.kind == "heading" and _is_contents(following):
                waiting.pop()
            elif block.kind == "heading":
                self._read_heading(block)
            elif block.kind == "paragraph" and before.kind == "hr":
                self._read_foot(block)
            elif block.kind == "paragraph" and self.begun:
                self._read_otherwise(block)
            elif block.kind == "paragraph":
                last = block
                while waiting and waiting[-1].kind == "paragraph":
                    last = waiting.pop()
                self._take_prose(self._source(block.start, last.end), other or self.language)
            elif block.kind == "blockquote":
                self._read_quotation(block)
            elif block.kind == "bullet_list":
                self.begun = True
                for item in block.children:
                    self._read_item(item)
            elif block.kind not in {"hr", "html_block"}:
                self._read_otherwise(block)
            other = _language(block.text) if block.kind == "html_block" else ""
            before = block

    def _source(self, start, end):
        return prose.restore("\n".join(self.lines[start:end]).strip("\n"))

    # --- The profile and the sections ---

    def _read_heading(self, block):
        nodes = inline(block)
        comment = nodes[-1].text if nodes and nodes[-1].kind == "html_inline" else ""
        title = "".join(node.text for node in _below(nodes) if node.kind != "html_inline").strip()
        if block.level == 1 and not self.found:
            self.profile.titles = {_language(comment) or self.language: bare(title)}
            return
        self.begun = False
        if comment == f"<!-- {NOWHERE} -->":
            self.path, self.section = (), None
            return
        depth = max(1, block.level - 1)
        while block.level == 6 and title.startswith(DEEPER):
            title = title.removeprefix(DEEPER)
            depth += 1
        self.path = (*self.path[: depth - 1], bare(title))
        titles = {_language(comment) or self.language: bare(title)}
        self.section = SectionRecord(path=self.path, titles=titles, line=block.start + 1)
        self.found.append(self.section)

    def _take_prose(self, text, language):
        if self.section is not None:
            texts = self.section.descriptions
        elif self.found:
            return
        else:
            texts = self.profile.introductions
        texts[language] = f"{texts[language]}\n\n{text}" if language in texts else text

    def _read_quotation(self, block):
        scope, language, text = self._quotation(block)
        if scope in {"description", "introduction"}:
            self._take_prose(text, language)
        elif self.section is not None:
            self.section.notes.append(NoteRecord(text={language: text}))
        elif not self.found and not self.profile.taglines:
            self.profile.taglines = {language: _only_text(block) or text}

    def _quotation(self, block):
        """(what it is, its language, its text)"""
        start, said = block.start, []
        first = block.children[0] if block.children else _END
        if first.kind == "html_block" and (found := _COMMENT.fullmatch(first.text)):
            said = found[1].split()
            start = first.end
        scope = said.pop(0) if said and said[0] in _SCOPES else ""
        text = _QUOTED.sub("", "\n".join(self.lines[start : block.end]))
        return scope, said[0] if said else self.language, prose.restore(text.strip("\n"))

    def _read_foot(self, block):
        licence, contact = self.words.licence, self.words.contact
        for nodes in segments(inline(block)):
            text = bare("".join(node.text for node in _below(nodes)))
            name, _, rest = text.partition(self.words.colon.strip())
            if name == licence:
                self.profile.licence = rest.strip()
                self.profile.licence_url = nodes[-1].url
            elif name == contact:
                self.profile.contact = rest.strip()

    # --- Entries ---

    def _read_item(self, item):
        try:
            record, placement, refers = self._entry(item)
        except MismatchError:
            self._read_otherwise(item)
            return
        placement.section = self.path
        name = (record.title, record.url)
        if refers and name in self.known:
            self.known[name].placements.append(placement)
            return
        if placement != Placement():
            record.placements = [placement]
        self.known[name] = record
        self.found.append(record)

    def _entry(self, item):
        """(Record, Placement, whether its paper is described elsewhere)"""
        blocks = list(item.children)
        if not blocks or blocks[0].kind != "paragraph":
            raise MismatchError
        head, *about = lines_of(blocks.pop(0))
        if len(about) > 1:
            raise MismatchError
        record, placement = read_head(head)
        record.line = item.start + 1
        refers = bool(about) and is_reference(about[0])
        if about and not refers:
            read_about(about[0], record, self.words)
        if [block.kind for block in blocks[:3]] == ["html_block", "paragraph", "html_block"]:
            read_people(marked(inline(blocks[1])), record, self.words)
            del blocks[:3]
        # What is said of the identifiers themselves comes before what the address tells.
        values.set_identifier(record, record.url)
        for block in blocks:
            if block.kind != "blockquote":
                raise MismatchError
            scope, language, text = self._quotation(block)
            notes = record.notes if scope == "paper" else placement.notes
            notes.append(NoteRecord(text={language: text}))
        return record, placement, refers

    def _read_otherwise(self, block):
        text = "\n".join(self.lines[block.start : block.end])
        for item in self.otherwise(text):
            if isinstance(item, Record | Problem):
                item.line = block.start + (item.line or 1)
                self.found.append(item)
            for placement in getattr(item, "placements", ()):
                placement.section = self.path


def _language(comment):
    found = _COMMENT.fullmatch(comment)
    return found[1] if found and re.fullmatch(CODE, found[1]) else ""


def _below(nodes):
    waiting = list(reversed(nodes))
    while waiting:
        node = waiting.pop()
        yield node
        waiting += reversed(node.children)


def _only_text(block):
    """The text of a quotation that is a line of text and nothing else, or ""."""
    last = block.children[-1] if block.children else _END
    try:
        return bare(marked(inline(last))) if last.kind == "paragraph" else ""
    except MismatchError:
        return ""


def _is_contents(block):
    """Whether a list leads to nothing but headings of this page."""
    return block.kind == "bullet_list" and all(map(_leads_on, block.children))


def _leads_on(item):
    first = item.children[0] if item.children else _END
    nodes = inline(first) if first.kind == "paragraph" else []
    return [node.kind for node in nodes] == ["link"] and nodes[0].url.startswith("#")
