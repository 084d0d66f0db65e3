"""Small parts of a record that no column of the list can hold are left out, and said.

They come from JSON Lines and tables, which can claim anything: a position below zero, a note in
a language that the list does not have.
"""

import re
from functools import lru_cache
from uuid import UUID

from papers.intake.sections import LANGUAGES
from papers.models import Link, Relation

#: The largest version; and the last position, which leaves room for others behind it.
VERSION, POSITION = 2**15 - 1, 10**9
#: So many sections may stand within one another.
DEEPEST = 20
_LINKS, _RELATIONS = frozenset(Link.Kind.values), frozenset(Relation.Kind.values)
_LANGUAGE = re.compile(r"(?=.{2,15}\Z)[A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*")
_SLUG = re.compile(r"[-\w]{1,100}")


def fit(record):
    """Changes a Record in place; returns the complaints, a sentence each."""
    complaints = []
    if not _is_number(record.arxiv_version, VERSION):
        record.arxiv_version = None
    if not _LANGUAGE.fullmatch(record.language):
        record.language = ""
    for link in record.links:
        if link.kind not in _LINKS:
            link.kind = Link.Kind.OTHER.value
    if record.relations:
        complaints += [
            f"“{relation.kind[:80]}” is no kind of relation; it was left out."
            for relation in record.relations
            if relation.kind not in _RELATIONS
        ]
        record.relations = [r for r in record.relations if r.kind in _RELATIONS]
    record.notes = fit_notes(record.notes, complaints)
    for placement in record.placements:
        placement.section = fit_path(placement.section)
        fit_place(placement)
        placement.notes = fit_notes(placement.notes, complaints)
    return complaints


@lru_cache(maxsize=100)  # Many papers stand in one section.
def fit_path(titles):
    """A path without blank titles, which ends where it is too deep."""
    return tuple(title for title in titles if title.strip())[:DEEPEST]


def fit_place(item):
    """A Placement or a SectionRecord, in place."""
    if not _is_number(item.position, POSITION):
        item.position = None
    if not _SLUG.fullmatch(item.slug):
        item.slug = ""


def fit_notes(notes, complaints):
    """The notes that say something in a language of the list. Changes them in place."""
    if not notes:
        return notes
    for note in notes:
        unknown = note.text.keys() - LANGUAGES.keys()
        complaints += [
            f"A note in a language that the list does not have, “{code[:20]}”, was left out."
            for code in sorted(unknown)
        ]
        note.text = {code: text for code, text in note.text.items() if code in LANGUAGES and text}
        note.uid = _uuid(note.uid)
    return [note for note in notes if note.text]


def _is_number(value, largest):
    return value is None or 0 <= value <= largest


def _uuid(text):
    try:
        return str(UUID(text))
    except ValueError:
        return ""
