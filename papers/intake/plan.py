"""Decides what becomes of each record. Reads the list, writes nothing."""

from itertools import islice

from django.db.models import Max

from papers.intake.columns import FIELDS, values_of
from papers.intake.conflicts import conflict, identifier_differences
from papers.intake.fitting import fit_notes, fit_path, fit_place
from papers.intake.holding import hold_back
from papers.intake.known import PIECE, InList, InText, Marks
from papers.intake.options import Options
from papers.intake.planned import Entering, Planned
from papers.intake.report import Difference, Outcome
from papers.intake.sections import Places
from papers.intake.vet import cleaned, vet
from papers.matching import address_key, title_key
from papers.models import Paper
from papers.records import ListRecord, Placement, Problem, Record, SectionRecord

_BITS = tuple((1 << place, name) for place, name in enumerate(FIELDS))


def plan(items, options=None):
    """Gives a Planned for each record and problem of a stream of items, in its order.

    options: see Options. Raises ValueError where its section is not in the list.
    """
    return Plan(items, options or Options())


class Plan:
    """A stream of Planned; may be gone through once. At its end `places` has all sections.

    newest: the primary key of the paper written last, which whoever writes the plan says.
    """

    def __init__(self, items, options):
        self.newest = None
        self.items = iter(items)
        self.options = options
        self.places = Places(options.section)
        self.profile = None
        self._text = InText()
        self._given = set()  # numbers, each with an address, a tag or the id of a place
        self._has = {}  # number → the fields that the text has told, a bit each

    def __iter__(self):
        while piece := list(islice(self.items, PIECE)):
            yield from self._plan_piece(piece)

    def _plan_piece(self, piece):
        records = [item for item in piece if isinstance(item, Record)]
        vetted = {id(record): (vet(record), Marks.of(record)) for record in records}
        marks = [marks for _, marks in vetted.values()]
        here = self._in_list(marks)
        for item in piece:
            if isinstance(item, Record):
                complaints, marks = vetted[id(item)]
                planned = self._plan_record(item, marks, here)
                planned.outcome.complaints = complaints
                yield planned
            elif isinstance(item, Problem):
                if item.lost:
                    yield _unusable(item)
            elif isinstance(item, SectionRecord):
                self._plan_section(cleaned(item))
            elif isinstance(item, ListRecord):
                self.profile = cleaned(item)

    def _in_list(self, marks):
        if self.is_alone():
            return InList()
        return InList(marks, self._text.listed(marks), guarded=self.options.drafts_only)

    def is_alone(self):
        """Whether the list was empty: all papers in it, if any, are those of this text."""
        newest = Paper.objects.aggregate(Max("pk"))["pk__max"]
        return newest == self.newest and not self._text.ids

    def _plan_section(self, record):
        record.path = fit_path(record.path)
        if not record.path:
            return
        fit_place(record)
        record.notes = fit_notes(record.notes, [])
        place = self.places.find(record.path, record.slug)
        if place.section is None and not self.options.new_sections:
            return
        if place.section is None and place.record is None and record.titles:
            # The text's own word on the language, where the path alone had to be guessed from.
            place.titles = {}
        place.record = record
        for code, title in record.titles.items():
            known = place.titles.setdefault(code, title)
            if known != title and not any(d.there == title for d in place.differences):
                place.differences.append(Difference("title", known, title))

    def _plan_record(self, record, marks, here):
        outcome = Outcome(status="new", record=record, title=record.title, line=record.line)
        planned = Planned(outcome, record)
        match = self._match(marks, here)
        if reason := conflict(marks, match, self._text, here):
            outcome.status, outcome.reason = "conflict", reason
            outcome.differences = identifier_differences(marks, match) if match else []
            outcome.key = match.paper.key if match and match.paper else ""
            return planned
        if not match and not record.title.strip():
            outcome.status = "unusable"
            outcome.reason = "It has no title, and nothing here has its identifier."
            return planned
        if match is None:
            planned.number = self._text.add(marks)
        elif match.number is not None:
            outcome.status, planned.number = "repeated", match.number
            self._text.learn(match.number, marks)
            planned.known = match.paper and here.known[match.paper.pk]
        else:
            outcome.status, planned.known = "here", here.known[match.paper.pk]
            planned.number = self._text.add(marks, match.paper)
            self._compare(planned)
        self._complete(planned)
        self._plan_additions(planned)
        if self.options.drafts_only and planned.paper and planned.paper.is_visible:
            hold_back(planned)
        return planned

    def _match(self, marks, here):
        in_text, in_list = self._text.find(marks, here), here.find(marks)
        found = [match for match in (in_text, in_list) if match]
        by_identifier = [match for match in found if match.by != "title"]
        match = next(iter(by_identifier + found), None)
        if match and match.number is None:
            match.number = self._text.number_of(match.paper)
        return match

    def _compare(self, planned):
        paper, outcome = planned.paper, planned.outcome
        outcome.key = paper.key
        for name in FIELDS:
            here, there = getattr(paper, name), getattr(planned.record, name)
            if here and there and differ(name, here, there):
                outcome.differences.append(Difference(name, here, there))

    def _complete(self, planned):
        """Fills what is blank, in the list and in what the text said of the paper before."""
        record, paper = planned.record, planned.paper
        has = self._has.get(planned.number, 0)
        for (bit, name), there in zip(_BITS, values_of(record), strict=True):
            if there and not has & bit:
                has |= bit
                if planned.outcome.status != "new" and not (paper and getattr(paper, name)):
                    planned.outcome.fills[name] = there
        self._has[planned.number] = has

    def _plan_additions(self, planned):
        record, outcome = planned.record, planned.outcome
        if record.links:
            planned.links = self._new_links(planned)
            outcome.adds += ["link"] * len(planned.links)
        if record.tags:
            planned.tags = self._new_tags(planned)
            outcome.adds += ["tag"] * len(planned.tags)
        planned.notes = self._new_notes(planned, record.notes, None)
        placements = record.placements or ([Placement()] if self.options.section else [])
        for placement in placements:
            self._plan_entry(planned, placement)
        outcome.adds += ["note"] * len(planned.notes)

    def _new_links(self, planned):
        """The links that lead to no address that the paper has already, its own among them."""
        known = {"", address_key(planned.record.url), self._text.url_of(planned.number)}
        if planned.known:
            known |= {planned.paper.url_key, *planned.known.links}
        return [
            link
            for link in planned.record.links
            if (key := address_key(link.url)) not in known and self._is_first(planned, key)
        ]

    def _new_tags(self, planned):
        known = planned.known.tags if planned.known else ()
        names = (" ".join(tag.split())[:100] for tag in planned.record.tags)
        return [
            name
            for name in names
            if name
            and (key := name.casefold()) not in known
            and self._is_first(planned, f"tag {key}")
        ]

    def _is_first(self, planned, what):
        """Whether the text gives the paper this for the first time."""
        pair = (planned.number, what)
        if pair in self._given:
            return False
        self._given.add(pair)
        return True

    def _plan_entry(self, planned, placement):
        place = self.places.find(placement.section, placement.slug)
        if place and not self.options.new_sections:
            place = _nearest(place, planned.outcome)
        if place is None:
            # What was written beside it there is as true of the paper where it stands nowhere.
            planned.notes += self._new_notes(planned, placement.notes, None)
            return
        entering = Entering(place, placement)
        known = _entry_in(planned.known, place.section)
        again = not self._is_first(planned, id(place))
        entering.is_new = known is None and not again
        if known:
            self._compare_entry(planned, entering, known)
        entering.notes = [] if again else self._new_notes(planned, placement.notes, place)
        if entering.is_new or entering.fills or entering.notes:
            planned.entering.append(entering)
        planned.outcome.adds += ["entry"] * entering.is_new + ["note"] * len(entering.notes)
        planned.outcome.places += [place] * entering.is_new
        if entering.fills:
            planned.outcome.fills.update(entering.fills)

    def _compare_entry(self, planned, entering, known):
        label = entering.placement.label
        if label and not known.label:
            entering.fills["label"] = label
        elif label and label != known.label:
            planned.outcome.differences.append(Difference("label", known.label, label))
        if entering.placement.highlighted and not known.highlighted:
            planned.outcome.differences.append(Difference("highlighted", False, True))

    def _new_notes(self, planned, notes, place):
        """Those of the notes that have their place to themselves; the others are differences."""
        if not notes:
            return []
        section_id = place.section.pk if place and place.section else None
        here = [
            note
            for note in (planned.known.notes if planned.known else ())
            if note.section_id == section_id and (place is None or place.section)
        ]
        if not here:
            return [note for note in notes if any(note.text.values())]
        known = {
            title_key(text) for note in here for text in (note.body_en, note.body_zh_hans) if text
        }
        for note in notes:
            if not any(title_key(text) in known for text in note.text.values()):
                text = next(iter(note.text.values()), "")
                planned.outcome.differences.append(Difference("note", str(here[0]), text))
        return []


def _nearest(place, outcome):
    """The place itself where it is in the list, else the first above it that is, or None."""
    if place.section is None:
        outcome.held.append(("section", place))
    while place and place.section is None:
        place = place.parent
    return place


def _unusable(problem):
    return Planned(
        Outcome(status="unusable", title=problem.text, line=problem.line, reason=problem.reason)
    )


def differ(name, here, there):
    """Whether two values of a field, both given, are a difference to be shown."""
    if name == "arxiv_version":
        return False
    if name == "url":
        return address_key(here) != address_key(there)
    if isinstance(here, str):
        return " ".join(here.split()) != " ".join(there.split())
    return here != there


def _entry_in(known, section):
    return known.entries.get(section.pk) if known and section else None
