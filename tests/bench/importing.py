"""How long an import takes beside bare inserts of the same rows into the same tables.

    python tests/bench/importing.py papers.jsonl [LIMIT]

papers.jsonl is what corpus.py writes. Everything happens in a new SQLite database in a temporary
folder. Prints seconds, ratios and the most memory that the import had resident.
"""

import itertools
import os
import resource
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ["DJANGO_SETTINGS_MODULE"] = "readinglist.settings"
os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="reading-list-bench-")

import django

django.setup()

from django.core.management import call_command
from django.db import connection

from papers.formats import jsonl
from papers.intake import apply, plan, preview


def items(path, limit):
    with path.open(encoding="utf-8") as lines:
        yield from jsonl.read(itertools.islice(lines, limit))


def seconds(work):
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def bare_inserts(database):
    """Copies the rows of all tables into empty ones, as bare `executemany` does it."""
    connection.close()
    copy = database.with_name("copy.sqlite3")
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(copy)) as target:
        schema = source.execute(
            "SELECT sql, type, name FROM sqlite_master WHERE sql IS NOT NULL"
            " AND name NOT LIKE 'sqlite_%' ORDER BY type = 'table' DESC, type = 'index' DESC"
        ).fetchall()
        target.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;")
        for sql, _, _ in schema:
            target.execute(sql)
        rows = {
            name: source.execute(f"SELECT * FROM {name}").fetchall()
            for _, kind, name in schema
            if kind == "table"
        }

        def insert():
            for name, values in rows.items():
                if values:
                    marks = ", ".join("?" * len(values[0]))
                    target.executemany(f"INSERT INTO {name} VALUES ({marks})", values)
            target.commit()

        taken, _ = seconds(insert)
        return taken, sum(map(len, rows.values()))


def main(path, limit=None):
    call_command("migrate", verbosity=0)
    dry, _ = seconds(lambda: preview(plan(items(path, limit))))
    real, report = seconds(lambda: apply(plan(items(path, limit))))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    bare, rows = bare_inserts(Path(connection.settings_dict["NAME"]))
    print(f"{dict(report.counts)} {dict(report.added)}: {rows} rows")
    print(f"bare inserts {bare:6.1f} s")
    print(f"import       {real:6.1f} s   {real / bare:.2f} times the bare inserts")
    print(f"dry run      {dry:6.1f} s   {dry / real:.2f} of the import")
    print(f"most memory  {memory:6.0f} MB")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else None)
