"""What planning hands on to writing."""

from dataclasses import dataclass, field

from papers.intake.known import Known
from papers.intake.report import Outcome
from papers.intake.sections import Place
from papers.records import LinkRecord, NoteRecord, Placement, Record


@dataclass(slots=True, eq=False)
class Entering:
    """A paper's place in a section: what the record says of it, and whether it is new there."""

    place: Place
    placement: Placement
    is_new: bool = True
    notes: list[NoteRecord] = field(default_factory=list)
    fills: dict = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class Planned:
    """A record with its outcome and all that applying it needs.

    known: the list's paper, where there is one; number: of the paper within the text, new or not.
    """

    outcome: Outcome
    record: Record | None = None
    known: Known | None = None
    number: int | None = None
    entering: list[Entering] = field(default_factory=list)
    links: list[LinkRecord] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    notes: list[NoteRecord] = field(default_factory=list)

    @property
    def paper(self):
        return self.known and self.known.paper
