"""Brings lists in: files of any format become drafts."""

import sys
from collections import deque
from contextlib import nullcontext
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, transaction

from papers.formats import FORMATS
from papers.formats.files import Reading
from papers.intake import Options, apply, complete, plan, preview
from papers.intake.report import Outcome
from papers.management.indexing import take_in
from papers.management.output import patient_pipe, replaced
from papers.management.progress import Progress
from papers.management.report import write_outcome
from papers.management.shelf import Shelf
from papers.records import Problem, Record
from papers.registries import access

#: What the words of a summary stand for, in the order in which they are said.
COUNTS = {
    "new": "new",
    "here": "already here",
    "repeated": "named again",
    "conflict": "in conflict",
    "unusable": "unusable",
}
#: What was added, one of it and several.
ADDED = {
    "section": ("section", "sections"),
    "entry": ("entry", "entries"),
    "note": ("note", "notes"),
    "link": ("link", "links"),
    "tag": ("tag", "tags"),
    "relation": ("relation", "relations"),
    "fill": ("blank filled", "blanks filled"),
}
#: So many sentences on single items are enough to read.
MOST = 100


class Command(BaseCommand):
    help = (
        "Imports lists of papers. New papers are drafts; blanks of known ones are filled, nothing"
        " is overwritten; all files go in together or, on an error, not at all. arXiv and Crossref"
        " are asked for the titles of papers that come as identifiers alone. Exit status: 0 all"
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
        options = Options(section=section, publish=publish)
        self.said, self.differing, self.refused, self.several = 0, 0, 0, len(files) > 1
        self.guessed = set()
        try:
            _check(files, options)
            with replaced(report) as file, Shelf() as shelf:
                for name in files:
                    self.read(name, format, shelf, file)
                if not shelf.size:
                    raise CommandError(self._nothing(), returncode=2)
                counted = self.go_through(shelf, options, file, dry_run=dry_run)
            if not dry_run:
                take_in(self.stderr)
        except KeyboardInterrupt:
            raise CommandError("Stopped. Nothing was written.", returncode=130) from None
        except OSError as error:
            name = error.filename or "A temporary file"
            raise CommandError(f"{name}: {error.strerror}.", returncode=2) from error
        except OperationalError as error:
            sentence = f"The database cannot be used: {error}. Nothing was written."
            raise CommandError(sentence, returncode=2) from error
        with patient_pipe():
            self.summarise(counted, dry_run=dry_run)
            self.stdout.flush()
        if counted.lost and counted.lost == counted.counts.total():
            sys.exit(2)
        if counted.lost or self.refused:
            sys.exit(1)

    def read(self, name, format_name, shelf, file):
        """Puts a file's items on the shelf, after registries were asked about them."""
        with _open(name) as source:
            reading = Reading(source, format_name)
            if format_name == "auto" and reading.format:
                self.guessed.add(reading.format)
            bar = Progress(self.stderr, f"Reading {name}", reading.size, reading.unit)
            with bar:
                if reading.problem:
                    self.refused += reading.problem.lost
                    self.note(reading.problem, name, file, bar)
                for item in complete(reading, access()):
                    if isinstance(item, Problem) and not item.lost:
                        self.note(item, name, file, bar)
                    else:
                        shelf.add((name, item))
                    bar.reach(reading.done)

    def note(self, problem, name, file, bar):
        """Says what is no item's end: a doubt, or something about a file as a whole."""
        outcome = Outcome(
            status="unusable" if problem.lost else "doubt",
            title=problem.text,
            line=problem.line,
            reason=problem.reason,
        )
        self.say(bar, name, outcome)
        if file:
            write_outcome(file, outcome, name)

    def go_through(self, shelf, options, file, *, dry_run):
        names = deque()

        def items():
            for name, item in shelf:
                # Of which file an outcome is: there is one for each of these, in their order.
                if isinstance(item, Record | Problem):
                    names.append(name)
                yield item

        def told(outcome):
            name = names.popleft()
            self.tell(bar, name, outcome)
            if file:
                write_outcome(file, outcome, name)
            bar.reach(bar.done + 1)

        with Progress(self.stderr, "Comparing" if dry_run else "Importing", shelf.size) as bar:
            if dry_run:
                return preview(plan(items(), options), on_outcome=told)
            with transaction.atomic():
                counted = apply(plan(items(), options), on_outcome=told)
                if file:
                    # Nothing comes in without the report that was asked for.
                    file.flush()
            return counted

    def tell(self, bar, name, outcome):
        if outcome.is_lost:
            self.say(bar, name, outcome)
        for complaint in outcome.complaints:
            self.say(bar, name, outcome, complaint)
        self.differing += outcome.differs

    def say(self, bar, name, outcome, sentence=""):
        """A sentence on one item, as long as there were not too many."""
        self.said += 1
        if self.said > MOST:
            return
        sentence = sentence or outcome.reason
        place = [name] if self.several or not outcome.line else []
        place += [f"line {outcome.line}"] if outcome.line else []
        title = outcome.title.strip()[:100]
        what = f"{title}: " if title and title not in sentence else ""
        bar.say(f"{', '.join(place)}: {what}{sentence}")

    def _nothing(self):
        taken = f" Taken for {', '.join(sorted(self.guessed))}; --format says what it is."
        return f"No paper was found.{taken if self.guessed else ''}"

    def summarise(self, report, *, dry_run):
        if self.said > MOST:
            self.stderr.write(f"… and {self.said - MOST:,} more such lines: see --report.")
        counts = [f"{n:,} {words}" for key, words in COUNTS.items() if (n := report.counts[key])]
        added = [
            f"{n:,} {words[n > 1]}" for name, words in ADDED.items() if (n := report.added[name])
        ]
        self.stdout.write(f"Papers: {', '.join(counts) or 'none'}.")
        would = "Would add" if dry_run else "Added"
        self.stdout.write(f"{would}: {', '.join(added) or 'nothing else'}.")
        if self.differing:
            self.stdout.write(
                f"Described differently here: {self.differing:,}, which stays as it is; --report"
                " has the differences."
            )


def _check(files, options):
    """Refuses, before anything is read, what cannot be opened and a section that is not there."""
    for name in files:
        # Whoever writes into a pipe would take it for closed.
        if not Path(name).is_fifo():
            with _open(name):
                pass
    try:
        plan([], options)
    except ValueError as error:
        raise CommandError(str(error), returncode=2) from error


def _open(name):
    """A file, opened in binary mode; - is standard input, which stays open."""
    return nullcontext(sys.stdin.buffer) if name == "-" else Path(name).open("rb")
