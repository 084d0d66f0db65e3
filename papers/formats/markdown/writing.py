"""Markdown out: a list as a README that shows well on GitHub, and that `rereading` reads back.

<!-- reading-list en -->
# TITLE
> TAGLINE
INTRODUCTION
## Contents
## SECTION
DESCRIPTION
> NOTE
- ENTRY, as in `lines`, with its notes as quotations below
---
Licence: [NAME](…) · Contact: [ADDRESS](…)
"""

import re
import tempfile
from array import array
from collections import Counter
from dataclasses import dataclass, field

from papers.records import ListRecord, Placement, Record, SectionRecord

from . import escaping, lines, prose
from .lines import SEPARATOR, in_language
from .words import CODE, words

MARKER = "reading-list"
#: What says that a section's heading is none of the list's own.
NOWHERE = "nowhere"
#: Before a section's title, for each level that headings do not have.
DEEPER = "› "
_LAST_LEVEL = 6
_REFERENCE = re.compile(b"\x00([0-9]+)\x00")


def write(items, language="en"):
    """A list as Markdown, in one language; a text that is missing there, in another.

    What a list in Markdown holds, and `read` gives back: the profile; of sections their titles,
    order, descriptions and notes; of papers title, authors, venue, year, the main link and the
    identifiers (arXiv's version only where the main link has it or there is none), links with
    kinds and labels, places with label and highlight, and the notes. A title in translation is
    held where the list's language is not the paper's.

    It does not hold: keys, dates, volume, issue, pages, publisher and kind of a paper, its
    abstract, language, status, tags and relations, arXiv's category; a note's author and name,
    whether a note or section is public; a section's address; positions but by their order.

    Texts of one line come back with single spaces. A link whose label only says its kind has no
    label, one of no known kind that is the page of an identifier is that identifier. Of a text
    in two languages one comes back. Addresses that are not of the web are left out.

    In memory are the sections and 24 bytes an entry. Entries wait in a temporary file, since
    what stands above them, the contents, is known when all have come.
    """
    with tempfile.TemporaryFile() as file:
        page = _Page(language, file)
        for item in items:
            page.take(item)
        yield from page.texts()


@dataclass(slots=True)
class _Node:
    """A section. entries: position, offset and length of each in the file, one after the other;
    inner: how often its texts take which anchor."""

    title: str
    level: int
    number: int
    language: str = ""
    texts: str = ""
    children: list["_Node"] = field(default_factory=list)
    entries: array = field(default_factory=lambda: array("q"))
    inner: Counter = field(default_factory=Counter)
    anchor: str = ""

    def walk(self):
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += reversed(node.children)


class _Page:
    def __init__(self, language, file):
        self.language = language if re.fullmatch(CODE, language) else "en"
        self.words = words(self.language)
        self.file = file
        self.profile = ListRecord()
        self.nodes = []
        self.top = self._node("", None)
        self.by_path = {(): self.top}
        self.by_slug = {}

    def take(self, item):
        if isinstance(item, ListRecord):
            self.profile = item
        elif isinstance(item, SectionRecord):
            self._take_section(item)
        elif isinstance(item, Record):
            self._take_paper(item)

    # --- Sections ---

    def _node(self, title, parent, language=""):
        level = parent.level + 1 if parent else 1
        node = _Node(title, level, len(self.nodes), language)
        self.nodes.append(node)
        if parent:
            parent.children.append(node)
        return node

    def _place(self, path):
        """The section that was last called by a path; one that nobody introduced is made."""
        if path not in self.by_path:
            self.by_path[path] = self._node(path[-1], self._place(path[:-1]))
        return self.by_path[path]

    def _take_section(self, record):
        path = tuple(record.path)
        title, language = in_language(record.titles, self.language)
        node = self._node(title or path[-1], self._place(path[:-1]), language)
        self.by_path[path] = node
        if record.slug:
            self.by_slug[record.slug] = node
        node.texts = self._prose(record.descriptions, "description")
        for note in record.notes:
            node.texts += lines.quotation(note.text, self.language)
        self._count(node, [record.descriptions, *(note.text for note in record.notes)])

    def _prose(self, texts, name):
        """Paragraphs as they are; whatever else might be taken for a part of the list, as a
        quotation that says what it is."""
        text, language = in_language(texts, self.language)
        text = prose.sound(text)
        if text and not prose.is_paragraphs(text):
            return lines.quotation(texts, self.language, scope=name)
        comment = f"\n<!-- {language} -->\n" if language else ""
        return f"{comment}\n{text}\n" if text else ""

    def _count(self, node, several):
        for texts in several:
            node.inner += prose.anchors(in_language(texts, self.language)[0])

    # --- Papers ---

    def _take_paper(self, record):
        places = [(self._node_of(place), place) for place in record.placements or [Placement()]]
        home = min(places, key=lambda place: place[0].number)
        for node, placement in places:
            is_home = placement is home[1]
            start = f"- {lines.head(record, placement, self.words, self.language)}"
            if is_home:
                texts = [start, self._about(record)]
            else:
                texts = [start, f"\\\n  {self.words.see}\0{home[0].number}\0\n"]
            notes = [(note, "") for note in placement.notes]
            notes += [(note, "paper") for note in record.notes if is_home]
            texts += [
                lines.quotation(note.text, self.language, "  ", scope) for note, scope in notes
            ]
            self._keep(node, placement, "".join(texts))
            self._count(node, [note.text for note, _ in notes])

    def _node_of(self, placement):
        return self.by_slug.get(placement.slug) or self._place(tuple(placement.section))

    def _about(self, record):
        about = lines.about(record, self.words)
        return (f"\\\n  {about}\n" if about else "\n") + lines.folded_people(
            record, self.words, "  "
        )

    def _keep(self, node, placement, text):
        data = text.encode()
        last = len(node.entries) // 3
        position = last if placement.position is None else placement.position
        node.entries.extend((position, self.file.tell(), len(data)))
        self.file.write(data)

    # --- The page ---

    def texts(self):
        sections = list(self.top.walk())[1:]
        if sections and self.top.entries:
            # Below all sections, and not above them, where they would be taken for the first.
            nowhere = _Node(self.words.elsewhere, 2, 0, NOWHERE, entries=self.top.entries)
            nowhere.inner, self.top.inner = self.top.inner, Counter()
            sections.append(nowhere)
        yield f"<!-- {MARKER} {self.language} -->\n"
        yield from self._head()
        self._name_anchors(sections)
        if sections:
            yield self._contents(sections)
        else:
            yield from self._entries(self.top)
        for node in sections:
            yield f"\n{self._heading(node)}\n{node.texts}"
            yield from self._entries(node)
        yield self._foot()

    def _head(self):
        title, other = in_language(self.profile.titles, self.language)
        if title:
            yield f"\n# {_heading_text(title)}{_comment(other)}\n"
        tagline, other = in_language(self.profile.taglines, self.language)
        if text := escaping.at_start(escaping.line(tagline)):
            yield "\n" + prose.quote(text, comment=other)
        yield self._prose(self.profile.introductions, "introduction")

    def _name_anchors(self, sections):
        taken = Counter()
        if title := in_language(self.profile.titles, self.language)[0]:
            taken[prose.anchor(title)] += 1
        introduction = in_language(self.profile.introductions, self.language)[0]
        taken += prose.anchors(introduction)
        taken[prose.anchor(self.words.contents)] += 1
        for node in sections:
            node.anchor = wish = prose.anchor(_arrows(node) + " ".join(node.title.split()))
            if taken[wish]:
                node.anchor = f"{wish}-{taken[wish]}"
            taken[wish] += 1
            taken += node.inner

    def _contents(self, sections):
        listed = [node for node in sections if node.level <= _LAST_LEVEL]
        rows = [f"{'  ' * (node.level - 2)}- {_link(node)}\n" for node in listed]
        return f"\n## {self.words.contents}\n\n{''.join(rows)}"

    def _heading(self, node):
        level = min(node.level, _LAST_LEVEL)
        text = _heading_text(node.title)
        if text.startswith(DEEPER):
            text = escaping.disguise(text[0]) + text[1:]
        return f"{'#' * level} {_arrows(node)}{text}{_comment(node.language)}"

    def _entries(self, node):
        rows = [node.entries[place : place + 3] for place in range(0, len(node.entries), 3)]
        rows.sort(key=lambda row: row[0])
        for _, offset, length in rows:
            self.file.seek(offset)
            data = _REFERENCE.sub(self._reference, self.file.read(length))
            yield "\n" + data.decode()

    def _reference(self, found):
        return _link(self.nodes[int(found[1])]).encode()

    def _foot(self):
        profile = self.profile
        name, url = escaping.line(profile.licence), escaping.address(profile.licence_url)
        licence = self.words.licence
        parts = []
        if name:
            licence = f"{licence}{self.words.colon}{escaping.link(name, url) if url else name}"
        elif url:
            licence = escaping.link(licence, url)
        if name or url:
            parts.append(licence)
        if contact := escaping.line(profile.contact):
            parts.append(f"{self.words.contact}{self.words.colon}{contact}")
        return f"\n---\n\n{SEPARATOR.join(parts)}\n" if parts else ""


def _comment(text):
    # No space before it: that would be part of the anchor.
    return f"<!-- {text} -->" if text else ""


def _heading_text(title):
    """A title as a heading, whose last `#` would be no part of it."""
    text = escaping.line(title) or "…"
    return f"{text[:-1]}\\#" if text.endswith("#") else text


def _arrows(node):
    return DEEPER * (node.level - _LAST_LEVEL)


def _link(node):
    return escaping.link(escaping.line(node.title) or "…", f"#{node.anchor}")
