"""The tree of sections, read in one query."""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Prefetch

from papers.models import Entry, Section, TaggedPaper
from papers.remembering import remembered


@dataclass(eq=False)
class Node:
    """A section in its place."""

    section: Section
    parent: "Node | None"
    number: str
    depth: int
    outline: "Outline"
    children: list["Node"] = field(default_factory=list)

    def __post_init__(self):
        # Found once for all pages: to find out which language has a text takes its time.
        self.slug, self.title = self.section.slug, self.section.title

    @property
    def entry_count(self):
        """How many entries stand here."""
        return self.outline.counts.get(self.section.pk, 0)

    @property
    def total(self):
        """How many entries stand here and below."""
        return self.outline.totals[self.section.pk]

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
    """All sections that may be seen, as a tree, with titles in the language now spoken."""

    def __init__(self, *, preview=False):
        self.preview = preview
        below = defaultdict(list)
        for section in Section.objects.visible(preview=preview):
            below[section.parent_id].append(section)
        self.nodes = {}
        self.roots = []
        waiting = [(section, None) for section in reversed(below[None])]
        while waiting:
            section, parent = waiting.pop()
            node = self._place(section, parent)
            waiting += [(child, node) for child in reversed(below[section.pk])]
        self._by_slug = {node.slug: node for node in self.walk()}

    def _place(self, section, parent):
        siblings = parent.children if parent else self.roots
        number = f"{parent.number}.{len(siblings) + 1}" if parent else str(len(siblings) + 1)
        node = Node(section, parent, number, parent.depth + 1 if parent else 0, self)
        siblings.append(node)
        self.nodes[section.pk] = node
        return node

    @cached_property
    def counts(self):
        """How many entries stand in each section, by its primary key. Asked for when needed."""
        return Entry.objects.numbers_by_section(preview=self.preview)

    @cached_property
    def totals(self):
        """The same with all that is below."""
        totals = {pk: self.counts.get(pk, 0) for pk in self.nodes}
        for pk, node in reversed(self.nodes.items()):
            if node.parent:
                totals[node.parent.section.pk] += totals[pk]
        return totals

    @property
    def total(self):
        """How many entries there are in all."""
        return sum(node.total for node in self.roots)

    def walk(self):
        """All nodes in reading order; which is the order they were placed in."""
        return self.nodes.values()

    def find(self, slug):
        """The node of the section with this slug, or None."""
        return self._by_slug.get(slug)

    def beside(self, node):
        """The nodes that come before and after this one and what is below it, or None."""
        order = list(self.walk())
        place = order.index(node)
        after = place + sum(1 for _ in node.walk())
        return (
            order[place - 1] if place else None,
            order[after] if after < len(order) else None,
        )


@remembered(8)
def outline(state, preview):
    """The outline of the list in this state."""
    return Outline(preview=preview)


def tags_of(prefix=""):
    """Prefetches a paper's tags through the rows that hold them, in one query.

    `prefix` leads to the paper, such as `paper__`.
    """
    tagged = TaggedPaper.objects.select_related("tag").order_by("pk")
    return Prefetch(f"{prefix}tagged_papers", queryset=tagged)
