"""Brings lists in: files of any format become drafts."""

import json
import sys
from itertools import chain
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from papers.formats import FORMATS, guess
from papers.formats.encodings import decode
from papers.intake import Options, apply, plan, preview
from papers.records import Problem

#: What the words of a summary stand for, in the order in which they are said.
COUNTS = {
    "new": "new",
    "here": "already here",
    "repeated": "named again",
    "conflict": "in conflict",
    "unusable": "unusable",
}


class Command(BaseCommand):
    help = (
        "Imports lists of papers. New papers are drafts; blanks of known ones are filled, nothing"
        " is overwritten; all files go in together or, on an error, not at all. Exit status: 0 all"
        " is in, 1 some items were left out, 2 nothing was done."
    )

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", metavar="FILE", help="- reads standard input")
        parser.add_argument(
            "--format",
            choices=["auto", *FORMATS],
            default="auto",
            help="what the files are; auto tells it from their text (default)",
        )
        parser.add_argument(
            "--section", default="", metavar="SLUG", help="put everything below this section"
        )
        parser.add_argument(
            "--publish", action="store_true", help="make what is new public, not drafts"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would happen, write nothing"
        )
        parser.add_argument(
            "--report", metavar="OUT.jsonl", help="write what becomes of each item, one a line"
        )

    def handle(self, *, files, format, section, publish, dry_run, report, **options):  # noqa: A002
        items = chain.from_iterable([self.read(name, format) for name in files])
        options = Options(section=section, publish=publish)
        outcomes = []
        try:
            go_through = preview if dry_run else apply
            counted = go_through(plan(items, options), on_outcome=outcomes.append)
        except ValueError as error:
            raise CommandError(str(error), returncode=2) from error
        if report:
            _write_report(Path(report), outcomes)
        self.summarise(counted, outcomes, dry_run=dry_run)
        if counted.lost:
            sys.exit(2 if counted.lost == sum(counted.counts.values()) else 1)

    def read(self, name, format_name):
        """The items of a file, of its encoding's trouble first."""
        try:
            data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        except OSError as error:
            raise CommandError(f"{name}: {error.strerror}.", returncode=2) from error
        decoded = decode(data)
        if decoded.problem:
            self.stderr.write(f"{name}: {decoded.problem.reason}")
            if decoded.problem.lost:
                return [Problem(reason=f"{name}: {decoded.problem.reason}")]
        found = guess(decoded.text) if format_name == "auto" else format_name
        return FORMATS[found].read(decoded.text)

    def summarise(self, report, outcomes, *, dry_run):
        for outcome in outcomes:
            if outcome.is_lost:
                place = f"line {outcome.line}: " if outcome.line else ""
                self.stderr.write(f"{place}{outcome.title or '—'}: {outcome.reason}")
            for complaint in outcome.complaints:
                self.stderr.write(f"{outcome.title}: {complaint}")
        counts = [f"{n} {words}" for key, words in COUNTS.items() if (n := report.counts[key])]
        added = [f"{n} {name}" for name, n in sorted(report.added.items()) if n]
        would = "Would add" if dry_run else "Added"
        self.stdout.write(f"Papers: {', '.join(counts) or 'none'}.")
        self.stdout.write(f"{would}: {', '.join(added) or 'nothing else'}.")


def _write_report(path, outcomes):
    with path.open("w", encoding="utf-8") as file:
        for outcome in outcomes:
            json.dump(_line(outcome), file, ensure_ascii=False, default=str)
            file.write("\n")


def _line(outcome):
    """The keys of the rules for importing lists, and what became of the item."""
    record = outcome.record
    placement = record.placements[0] if record and record.placements else None
    identifiers = (
        {
            name: value
            for name, value in (
                ("arxiv", record.arxiv_id),
                ("doi", record.doi),
                ("openreview", record.openreview_id),
                ("acl", record.acl_id),
            )
            if value
        }
        if record
        else {}
    )
    notes = [*record.notes, *(placement.notes if placement else [])] if record else []
    return {
        "section_path": list(placement.section) if placement else [],
        "title": outcome.title,
        "url": record.url or None if record else None,
        "identifiers": identifiers,
        "extra_links": [{"label": k.label or k.kind, "url": k.url} for k in record.links]
        if record
        else [],
        "highlighted": bool(placement and placement.highlighted),
        "note_text": "\n\n".join(text for note in notes for text in note.text.values()),
        "line": outcome.line,
        "status": outcome.status,
        "reason": outcome.reason,
        "key": outcome.key,
        "fills": outcome.fills,
        "differences": [
            {"field": d.field, "here": d.here, "there": d.there} for d in outcome.differences
        ],
        "complaints": outcome.complaints,
    }
