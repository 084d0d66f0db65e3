"""Fills blanks of papers with what arXiv and Crossref know of them."""

import sys
from collections import Counter
from contextlib import nullcontext
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q

from papers.management.progress import Progress
from papers.management.report import what_became, write_line
from papers.models import Paper
from papers.registries import access, count, fill

#: What registries know of nearly every paper.
BLANK = Q(abstract="") | Q(authors=[]) | Q(published_on=None, arxiv_id__isnull=False) | Q(year=None)


class Command(BaseCommand):
    help = (
        "Asks arXiv and Crossref about papers and fills their blanks; nothing is overwritten. It"
        " may be stopped and run again: what was answered within a day is not asked for twice."
        " Exit status: 0 all were answered, 1 some were not, 2 nothing was done."
    )

    def add_arguments(self, parser):
        parser.add_argument("keys", nargs="*", metavar="KEY", help="of a paper; default: all")
        parser.add_argument(
            "--missing", action="store_true", help="only papers without abstract, authors or date"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="ask, say what would happen, write nothing"
        )
        parser.add_argument(
            "--report", metavar="OUT.jsonl", help="write what becomes of each paper, one a line"
        )

    def handle(self, *, keys, missing, dry_run, report, **options):
        papers = self._papers(keys, missing)
        counts, filled = Counter(), set()
        try:
            with (
                Path(report).open("w", encoding="utf-8") if report else nullcontext() as file,
                Progress(self.stderr, "Asking", count(papers)) as bar,
            ):
                for outcome in fill(papers, access=access(), write=not dry_run):
                    counts["lost" if outcome.is_lost else "answered"] += 1
                    if outcome.fills:
                        filled.add(outcome.key)
                    for sentence in [outcome.reason] * outcome.is_lost + outcome.complaints:
                        bar.say(f"{outcome.key}: {sentence}")
                    bar.reach(counts.total())
                    if file:
                        write_line(file, {"title": outcome.title, **what_became(outcome)})
        except OSError as error:
            name = error.filename or report
            raise CommandError(f"{name}: {error.strerror}.", returncode=2) from error
        except KeyboardInterrupt:
            self._summarise(counts, filled, dry_run=dry_run)
            raise CommandError(
                "Stopped. What was filled is kept; what was answered is not asked for again today.",
                returncode=130,
            ) from None
        self._summarise(counts, filled, dry_run=dry_run)
        if not counts["answered"]:
            sys.exit(2)
        if counts["lost"]:
            sys.exit(1)

    def _summarise(self, counts, filled, *, dry_run):
        would = "Papers that would be filled" if dry_run else "Papers filled"
        self.stdout.write(
            f"Answers: {counts['answered']:,}. No answer: {counts['lost']:,}. {would}:"
            f" {len(filled):,}."
        )

    def _papers(self, keys, missing):
        papers = Paper.objects.exclude(arxiv_id=None, doi=None)
        if keys:
            known = set(Paper.objects.filter(key__in=keys).values_list("key", flat=True))
            if unknown := [key for key in keys if key not in known]:
                raise CommandError(f"There is no paper {', '.join(unknown)}.", returncode=2)
            papers = papers.filter(key__in=keys)
        return papers.filter(BLANK) if missing else papers
