"""What an intake would do, or did: one outcome for each item, and their counts."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from papers.records import Record

#: What becomes of an item. `new`: a paper that was not here; `here`: one that was, with what it
#: adds; `repeated`: one that the same text has named before; `conflict`: a person must decide;
#: `unusable`: left out, see `reason`.
STATUSES = ("new", "here", "repeated", "conflict", "unusable")


@dataclass(slots=True)
class Difference:
    """A field that is filled on both sides, and differently. The list's own value stays."""

    field: str
    here: Any
    there: Any


@dataclass(slots=True, kw_only=True)
class Outcome:
    """What becomes of one item.

    fills: values for fields that are blank here; adds: what else it brings, in words such as
    "entry", "note", "link", "tag"; complaints: what of it could not be used; key: the paper's,
    once it is known; places: the sections that it newly stands in; held: what those who may not
    publish, or not make sections, leave to others: pairs of a field or such a word, or "section",
    and its value.
    """

    status: str
    record: Record | None = None
    key: str = ""
    title: str = ""
    line: int | None = None
    reason: str = ""
    fills: dict[str, Any] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)
    adds: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    places: list[Any] = field(default_factory=list)
    held: list[tuple[str, Any]] = field(default_factory=list)

    @property
    def is_lost(self):
        """Whether nothing of it gets into the list until a person has seen to it."""
        return self.status in {"conflict", "unusable"}

    @property
    def differs(self):
        """Whether the list keeps something that the text has otherwise."""
        return bool(self.differences) and not self.is_lost

    @property
    def changes(self):
        return self.status == "new" or bool(self.fills or self.adds)


@dataclass(slots=True)
class Report:
    """The counts of an intake, and the outcomes that a person may want to see."""

    counts: Counter = field(default_factory=Counter)
    added: Counter = field(default_factory=Counter)

    def count(self, outcome):
        self.counts[outcome.status] += 1
        for what in outcome.adds:
            self.added[what] += 1
        if outcome.status != "new" and outcome.fills:
            self.added["fill"] += len(outcome.fills)

    @property
    def lost(self):
        return self.counts["conflict"] + self.counts["unusable"]

    @property
    def changed(self):
        """Whether anything was, or would be, written."""
        return bool(self.counts["new"] or any(self.added.values()))
