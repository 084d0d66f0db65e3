"""The tree of sections, read in one query, and what stands in it, read in a fixed number."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, Prefetch, Q

from papers.models import Entry, Note, Section, TaggedPaper


@dataclass
class Node:
    """A section in its place. `entries` and `notes` are empty until `fill` puts them there."""

    section: Section
    parent: "Node | None"
    number: str
    depth: int
    entry_count: int
    #: Of its heading, on a page that shows the whole tree below a title of its own.
    level: int
    children: list["Node"] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    @property
    def entry_level(self):
        """The level of the headings of its entries."""
        return min(self.level + 1, 6)

    @property
    def total(self):
        """How many entries stand here and below."""
        return sum(node.entry_count for node in self.walk())

    @property
    def path(self):
        """The nodes above this one, outermost first."""
        return [*self.parent.path, self.parent] if self.parent else []

    def walk(self):
        """This node and all below, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


class Outline:
    """All sections that may be seen, as a tree."""

    def __init__(self, *, preview=False):
        sections = Section.objects.visible(preview=preview)
        counts = dict(
            Entry.objects.visible(preview=preview)
            .order_by()
            .values_list("section_id")
            .annotate(Count("pk"))
        )
        below = defaultdict(list)
        for section in sections:
            below[section.parent_id].append(section)
        self.nodes = {}
        self.roots = []
        waiting = [(section, None) for section in reversed(below[None])]
        while waiting:
            section, parent = waiting.pop()
            node = self._place(section, parent, counts.get(section.pk, 0))
            waiting += [(child, node) for child in reversed(below[section.pk])]

    def _place(self, section, parent, entry_count):
        siblings = parent.children if parent else self.roots
        number = f"{parent.number}.{len(siblings) + 1}" if parent else str(len(siblings) + 1)
        depth = parent.depth + 1 if parent else 0
        node = Node(section, parent, number, depth, entry_count, level=min(depth + 2, 6))
        siblings.append(node)
        self.nodes[section.pk] = node
        return node

    @property
    def total(self):
        """How many entries there are in all."""
        return sum(node.entry_count for node in self.nodes.values())

    def walk(self):
        """All nodes in reading order; which is the order they were placed in."""
        return self.nodes.values()

    def find(self, slug):
        """The node of the section with this slug, or None."""
        return next((node for node in self.walk() if node.section.slug == slug), None)

    def beside(self, node):
        """The nodes that come before and after this one and what is below it, or None."""
        order = list(self.walk())
        place = order.index(node)
        after = place + sum(1 for _ in node.walk())
        return (
            order[place - 1] if place else None,
            order[after] if after < len(order) else None,
        )


def shown(entries):
    """Entries with everything that a list shows of them: three queries in all."""
    return entries.select_related("paper").prefetch_related("paper__links", tags_of("paper__"))


def tags_of(prefix=""):
    """Prefetches a paper's tags through the rows that hold them, in one query.

    `prefix` leads to the paper, such as `paper__`.
    """
    tagged = TaggedPaper.objects.select_related("tag").order_by("pk")
    return Prefetch(f"{prefix}tagged_papers", queryset=tagged)


def fill(nodes, entries, *, preview=False):
    """Puts entries and notes into their nodes. One query, beside that of the entries.

    Every entry gets `notes`: those on its paper, anywhere or in just this section.
    """
    by_section = {node.section.pk: node for node in nodes}
    entries = list(entries)
    for entry in entries:
        by_section[entry.section_id].entries.append(entry)
    papers = [entry.paper_id for entry in entries]
    notes = Note.objects.visible(preview=preview).filter(
        Q(paper=None, section__in=by_section)
        | Q(paper__in=papers, section=None)
        | Q(paper__in=papers, section__in=by_section)
    )
    on_entries = defaultdict(list)
    for note in notes:
        if note.paper_id is None:
            by_section[note.section_id].notes.append(note)
        else:
            on_entries[note.section_id, note.paper_id].append(note)
    for entry in entries:
        entry.notes = (
            on_entries[entry.section_id, entry.paper_id] + on_entries[None, entry.paper_id]
        )
