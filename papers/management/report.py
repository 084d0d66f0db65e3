"""What becomes of each item of an intake, as lines of JSON."""

from django.core.serializers.json import DjangoJSONEncoder

from papers.records import Placement

_ENCODER = DjangoJSONEncoder(ensure_ascii=False)
_IDENTIFIERS = {"arxiv": "arxiv_id", "doi": "doi", "openreview": "openreview_id", "acl": "acl_id"}


def write_line(file, members):
    file.write(f"{_ENCODER.encode(members)}\n")


def write_outcome(file, outcome, source):
    """A line for each place of a record in the list. source: the name of the file it is from."""
    record = outcome.record
    for placement in (record.placements if record else ()) or [Placement()]:
        entry = _entry(record, placement, outcome)
        write_line(file, {**entry, **what_became(outcome), "file": source})


def what_became(outcome):
    return {
        "status": outcome.status,
        "reason": outcome.reason,
        "key": outcome.key,
        "fills": outcome.fills,
        "differences": [
            {"field": d.field, "here": d.here, "there": d.there} for d in outcome.differences
        ],
        "complaints": outcome.complaints,
    }


def _entry(record, placement, outcome):
    notes = [*record.notes, *placement.notes] if record else []
    return {
        # As the rules for importing lists want it: what is no paper is no entry.
        "kind": "paper" if record else "problem",
        "section_path": list(placement.section),
        "title": outcome.title,
        "url": (record.url if record else "") or None,
        "identifiers": {
            name: value
            for name, field in _IDENTIFIERS.items()
            if record and (value := getattr(record, field))
        },
        "extra_links": [
            {"label": link.label or link.kind, "url": link.url}
            for link in (record.links if record else ())
        ],
        "highlighted": placement.highlighted,
        "note_text": "\n\n".join(text for note in notes for text in note.text.values() if text),
        "line": outcome.line,
    }
