"""What a list that is brought in does, or did: gathered as JSON can hold it, and made readable.

Of each kind of item only the first are kept with all that is said of them; all are counted.
"""

from collections import Counter
from datetime import date

from papers.intake.report import Difference
from papers.intake.sections import Place
from papers.records import Problem

#: So many items of each kind are shown one by one.
SHOWN = 200
#: Longer texts are cut, in characters, and longer lists.
LONG, MANY = 300, 20
#: The kinds of items: those of intake's statuses, and `fills` for what adds to a paper that is
#: here.
KINDS = ("new", "fills", "here", "repeated", "conflict", "unusable")


class Foreseen:
    """Takes the outcomes of a plan, one after the other."""

    def __init__(self):
        self.kinds = Counter()
        self.rows = []
        self.doubts = []
        self.doubt_count = 0
        self.sections = {}
        self.differing = 0
        self.has_relations = self.holds = self.misses = False

    def watching(self, items):
        """The same items; what was read with doubt is taken down as it passes."""
        for item in items:
            if isinstance(item, Problem) and not item.lost:
                self.doubt_count += 1
                if len(self.doubts) < SHOWN:
                    self.doubts.append([item.line, _cut(item.text), _cut(item.reason)])
            yield item

    def take(self, outcome):
        """An Outcome, for `on_outcome` of intake."""
        number = self.kinds.total()
        kind = "fills" if outcome.status == "here" and outcome.changes else outcome.status
        self.kinds[kind] += 1
        record = outcome.record
        self.has_relations |= bool(record and record.relations)
        self.differing += outcome.differs
        for name, _value in outcome.held:
            self.misses |= name == "section"
            self.holds |= name != "section"
        for place in outcome.places:
            self._note_new(place)
        if self.kinds[kind] <= SHOWN:
            self.rows.append(_row(number, kind, outcome))

    def _note_new(self, place):
        if place.parent:
            self._note_new(place.parent)
        if place.section is None:
            self.sections[id(place)] = [_titles(step) for step in _path(place)]

    def result(self, plan, report):
        """All of it as a dict that JSON can hold. To be called when the plan has been gone
        through; report: the Report of it."""
        for place in plan.places.recorded():
            self._note_new(place)
        added = {name: count for name, count in report.added.items() if count}
        if self.sections:
            added["section"] = len(self.sections)
        return {
            "kinds": self.kinds,
            "added": added,
            "changes": bool(self.kinds["new"] or added or self.has_relations),
            "differing": self.differing,
            "holds": self.holds,
            "misses": self.misses,
            "rows": self.rows,
            "sections": list(self.sections.values())[:SHOWN],
            "spellings": [
                [_plain(difference.here), _plain(difference.there)]
                for place in plan.places.walk()
                for difference in place.differences
            ][:SHOWN],
            "doubts": self.doubts,
            "doubt_count": self.doubt_count,
        }


def _row(number, kind, outcome):
    record = outcome.record
    row = {
        "number": number,
        "kind": kind,
        "title": _cut(outcome.title),
        "line": outcome.line,
        "key": outcome.key,
        "reason": _cut(outcome.reason),
        "complaints": [_cut(sentence) for sentence in outcome.complaints[:MANY]],
        "fills": [[name, _plain(value)] for name, value in outcome.fills.items()],
        "differences": [_difference(difference) for difference in outcome.differences[:MANY]],
        "held": [[name, _held(value)] for name, value in outcome.held[:MANY]],
        "adds": Counter(outcome.adds),
        "places": [_place(place) for place in outcome.places[:MANY]],
        "more": sum(
            max(0, len(said) - MANY)
            for said in (outcome.complaints, outcome.differences, outcome.held, outcome.places)
        ),
    }
    if record:
        row |= {
            "authors": [_cut(name) for name in record.authors[:4]],
            "others": record.authors_incomplete or len(record.authors) > 4,
            "year": record.year,
            "venue": _cut(record.venue),
            "arxiv_id": record.arxiv_id,
            "doi": record.doi,
            "url": record.url,
            "highlighted": any(placement.highlighted for placement in record.placements),
            "labels": [_cut(p.label) for p in record.placements[:MANY] if p.label],
        }
    return row


def _held(value):
    return [_titles(step) for step in _path(value)] if isinstance(value, Place) else _plain(value)


def _difference(difference: Difference):
    return [difference.field, _plain(difference.here), _plain(difference.there)]


def _place(place):
    return {
        "path": [_titles(step) for step in _path(place)],
        "section": place.section.pk if place.section else None,
    }


def _path(place):
    return [*_path(place.parent), place] if place.parent else [place]


def _titles(place):
    return {code: _cut(title) for code, title in place.titles.items()} or {"en": place.slug}


def _plain(value):
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return [_cut(name) for name in value[:MANY]] + ["…"] * (len(value) > MANY)
    return _cut(value) if isinstance(value, str) else value


def _cut(text):
    return text if len(text) <= LONG else f"{text[:LONG].rstrip()} …"
