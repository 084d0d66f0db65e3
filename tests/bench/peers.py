"""What Datasette takes for the same papers: `peers.py DATABASE [--datasette PROGRAM]`.

DATABASE is a file of SQLite that data.py made; PROGRAM is `datasette`, which is no part of this
project: `pip install datasette`, best into an environment of its own. It gets the papers as one
table of what our lists show, with an index of the same text to be searched, and shows 25 rows a
page as we do. It suggests no facets, but counts venues, years and tags, as we do beside sections
and flags. Measured in one run, as pages.py does, are pages that are made for the answer.
"""

import argparse
import os
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.bench.pages import BATCH, SEARCHES, Served, server, until_it_answers

ROUNDS = 5
TABLE = """
    CREATE TABLE papers AS
        SELECT id, key, title, authors, year, venue, arxiv_id, doi, url, abstract,
            (SELECT json_group_array(name) FROM ours.papers_taggedpaper t
                JOIN ours.papers_tag g ON g.id = t.tag_id WHERE t.content_object_id = p.id) AS tags
        FROM ours.papers_paper p WHERE status = 'published';
    CREATE UNIQUE INDEX papers_id ON papers (id);
    CREATE INDEX papers_year ON papers (year);
    CREATE INDEX papers_venue ON papers (venue);
    CREATE VIRTUAL TABLE papers_fts USING fts5 (title, authors, abstract, content = 'papers');
    INSERT INTO papers_fts (papers_fts) VALUES ('rebuild');
"""
FACETS = [("_facet", "venue"), ("_facet", "year"), ("_facet_array", "tags")]


def table_of(database, place):
    """Makes a database of the papers, as Datasette wants it."""
    with sqlite3.connect(place) as connection:
        connection.execute("ATTACH ? AS ours", [f"file:{database}?mode=ro"])
        connection.executescript(TABLE)
    connection.close()


@contextmanager
def datasette(program, database):
    """Serves a database by Datasette; gives its port and its process id."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    settings = {"default_page_size": 25, "suggest_facets": 0, "default_cache_ttl": 0}
    options = [part for name, value in settings.items() for part in ("--setting", name, str(value))]
    process = subprocess.Popen(
        [program, "serve", str(database), f"--port={port}", *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until_it_answers(process, port)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait()


def cost(served, constant, address):
    """What a page takes, in times of the constant view."""
    served.cost([address])
    one = constant.cost(["/"] * BATCH)
    return statistics.median(served.cost([address]) for _ in range(ROUNDS)) / one


def main(database, program):
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        table_of(database, folder / "list.db")
        environment = {
            "DATABASE_URL": f"sqlite:///{database}",
            "DATA_DIR": str(folder),
            "PAGES_KEPT": "0",
        }
        subprocess.run(
            [sys.executable, "manage.py", "collectstatic", "--no-input", "-v0"],
            cwd=ROOT,
            env=os.environ | environment,
            check=True,
        )
        constant = Served(*stack.enter_context(server("tests.bench.constant", 4)))
        ours = Served(*stack.enter_context(server("readinglist.wsgi", 4, **environment)))
        theirs = Served(*stack.enter_context(datasette(program, folder / "list.db")))
        for served, address in ((constant, "/"), (ours, "/papers/")):
            # Each of the threads has to begin.
            served.cost([address] * BATCH)
        print("| page | ours | Datasette | times |\n| --- | --: | --: | --: |")
        address = f"/list/papers?{urlencode(FACETS)}"
        say("25 papers", cost(ours, constant, "/papers/"), cost(theirs, constant, address))
        found = [
            [
                cost(ours, constant, f"/papers/?{urlencode({'q': query})}"),
                cost(theirs, constant, f"/list/papers?{urlencode([('_search', query), *FACETS])}"),
            ]
            for query in SEARCHES
        ]
        own, other = map(statistics.median, zip(*found, strict=True))
        say(f"{len(SEARCHES)} searches, median", own, other)


def say(name, own, other):
    print(f"| {name} | {own:.1f} | {other:.1f} | {other / own:.1f} |", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("database", type=Path)
    parser.add_argument("--datasette", default="datasette", metavar="PROGRAM")
    arguments = parser.parse_args()
    main(arguments.database.absolute(), arguments.datasette)
