"""Makes the search index anew, or says whether it is what it should be."""

import sys

from django.core.management.base import BaseCommand
from django.db import DEFAULT_DB_ALIAS

from papers import changes
from papers.management.output import patient_pipe
from papers.management.progress import Progress
from papers.models import Paper
from papers.search import index

#: So many differences are enough to read.
MOST = 100

_HOW = {
    "missing": "is not in the index",
    "superfluous": "is in the index, though it is not in the list",
    "different": "stands in the index otherwise than in the list",
}


class Command(BaseCommand):
    help = (
        "Makes the search index anew: after the database was changed by raw SQL, which nothing"
        " else notices. With --check it says instead what the index has otherwise than the list."
        " Exit status: 0 all is well, 1 there are differences."
    )

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="change nothing, only compare")
        parser.add_argument("--database", default=DEFAULT_DB_ALIAS, help="which one (default)")

    def handle(self, *, check, database, **options):
        total = Paper.objects.using(database).count()
        words = "Comparing" if check else "Indexing"
        with Progress(self.stderr, words, total) as bar:

            def told(count):
                bar.reach(bar.done + count)

            if check:
                found = list(index.differences(database, told=told))
            else:
                index.rebuild(database, told=told)
                # Pages that were kept show what was found before.
                changes.note(using=database)
        if not check:
            self.stdout.write(f"The index holds {total:,} papers.")
            return
        with patient_pipe():
            self.report(found, index.waiting(database), database)
        if found:
            sys.exit(1)

    def report(self, found, waiting, database):
        if waiting:
            self.stdout.write(f"{waiting:,} changed papers wait to be taken in by the next search.")
        if not found:
            self.stdout.write("The index and the list agree.")
        for pk, how in found[:MOST]:
            if pk is None:
                self.stdout.write("The counts of facets or words do not add up.")
                continue
            key = Paper.objects.using(database).filter(pk=pk).values_list("key", flat=True).first()
            self.stdout.write(f"{key or f'Paper {pk}'}: {_HOW[how]}.")
        if len(found) > MOST:
            self.stdout.write(f"… and {len(found) - MOST:,} more.")
        if found:
            self.stdout.write("Run rebuild_search to mend it.")
