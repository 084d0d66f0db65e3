"""How long an import takes beside bare inserts of the same rows into the same tables.

    python tests/bench/importing.py papers.jsonl [--limit N] [--loaddata]

papers.jsonl is what corpus.py writes. On SQLite unless DATABASE_URL names a server, whose user
must be allowed to create databases. Each database is made anew by the migrations, so that tables,
indexes, constraints and triggers are the same, is written to with the project's settings in one
transaction, and is removed at the end. Prints seconds by the clock and of this process (which on
SQLite does all the work), and ratios by the clock. `--loaddata` dumps what came in as a fixture
and loads that, too, which is slow.
"""

import argparse
import itertools
import os
import resource
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
FOLDER = tempfile.TemporaryDirectory(prefix="reading-list-bench-")
os.environ |= {"DJANGO_SETTINGS_MODULE": "readinglist.settings", "DATA_DIR": FOLDER.name}

import django
from django.conf import settings

# What is imported, the same rows by bare inserts, and the same from a fixture.
ALIASES = ("default", "bare", "loaded")
for alias in ALIASES:
    database = settings.DATABASES[alias] = dict(settings.DATABASES["default"])
    on_sqlite = database["ENGINE"].endswith("sqlite3")
    place = f"{FOLDER.name}/{alias}.sqlite3" if on_sqlite else f"reading_list_bench_{alias}"
    database["TEST"] = {"NAME": place}
django.setup()

from django.apps import apps
from django.core.management import call_command
from django.db import connections, transaction

from papers.formats import jsonl
from papers.intake import apply, plan, preview


@contextmanager
def new_database(alias):
    creation = connections[alias].creation
    before = connections[alias].settings_dict["NAME"]
    creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    yield
    creation.destroy_test_db(before, verbosity=0)


def measure(name, work, than=None):
    """Does `work` and prints how long it took, also in times of another duration.

    than: that duration and its name. Returns the seconds and what `work` returned.
    """
    clock, process = time.perf_counter(), time.process_time()
    result = work()
    clock, process = time.perf_counter() - clock, time.process_time() - process
    ratio = f"   {clock / than[0]:.2f} times the {than[1]}" if than else ""
    print(f"{name:12} {clock:7.1f} s {process:7.1f} s{ratio}", flush=True)
    return clock, result


def memory():
    """The most that this process had resident so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def mapped():
    """How much of what is resident are files, in MB; 0 where the system does not say."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return sum(int(line.split()[1]) for line in lines if line.startswith("RssFile")) / 1024


def items(path, limit):
    with path.open(encoding="utf-8") as lines:
        yield from jsonl.read(itertools.islice(lines, limit))


def imported_rows():
    """The rows of all tables of the list and of its journal."""
    rows = {}
    with connections["default"].cursor() as cursor:
        for app in ("papers", "journal"):
            for model in apps.get_app_config(app).get_models():
                table = model._meta.db_table
                rows[table] = cursor.execute(f"SELECT * FROM {table}").fetchall()
    return {table: found for table, found in rows.items() if found}


def insert(rows):
    with transaction.atomic(using="bare"), connections["bare"].cursor() as cursor:
        for table, found in rows.items():
            marks = ", ".join(["%s"] * len(found[0]))
            cursor.executemany(f"INSERT INTO {table} VALUES ({marks})", found)


def main(path, limit, *, loaddata):
    dry, _ = measure("dry run", lambda: preview(plan(items(path, limit))))
    real, report = measure("import", lambda: apply(plan(items(path, limit))))
    resident = memory()
    _, second = measure("second run", lambda: apply(plan(items(path, limit))), (real, "import"))
    for one in (report, second):
        print(f"             {dict(one.counts)} {dict(one.added)}")
    print(f"most memory  {resident:.0f} MB, in the second run {memory():.0f} MB, {mapped():.0f} MB")
    print("             of which are the database's own file, read through the system's cache")
    rows = imported_rows()
    bare, _ = measure("bare inserts", lambda: insert(rows))
    print(f"             of {sum(map(len, rows.values()))} rows in {len(rows)} tables")
    print(f"import       {real / bare:.2f} times the bare inserts")
    print(f"dry run      {dry / real:.2f} times the import")
    if loaddata:
        fixture = f"{FOLDER.name}/list.json"
        names = {"natural_foreign": True, "natural_primary": True}
        measure("dumpdata", lambda: call_command("dumpdata", "papers", output=fixture, **names))
        load = {"database": "loaded", "verbosity": 0}
        measure(
            "loaddata", lambda: call_command("loaddata", fixture, **load), (bare, "bare inserts")
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("path", type=Path)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--loaddata", action="store_true")
    arguments = parser.parse_args()
    with ExitStack() as stack:
        for alias in ALIASES if arguments.loaddata else ALIASES[:2]:
            stack.enter_context(new_database(alias))
        main(arguments.path, arguments.limit, loaddata=arguments.loaddata)
