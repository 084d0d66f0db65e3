"""How well known papers are found: `searching.py DATABASE [--build]`, which data.py made.

300 papers, always the same, each asked for as somebody would who half remembers it: by three or
four words of its title, as they are, with a slip of the pen, with an author's surname, with
plurals and hyphens otherwise. MRR@10: the mean of one through the paper's place among the first
ten. Then the time that it took.

First, what the index takes: with --build how long it takes to make it anew; its size, all tables
and indexes of it, in times of the text it covers, which is the bytes of titles, authors,
abstracts, venues, labels, tags and notes; and how long it takes to take in one paper that has
changed. The list is left as it was.
"""

import argparse
import os
import random
import re
import statistics
import sys
import time
from pathlib import Path

PAPERS = 300
UPDATES = 50
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def known_items():
    """Pairs of a paper's id and its title's telling words with the surname of the first author."""
    rng = random.Random(4)  # noqa: S311
    ids = list(Paper.objects.visible().order_by("pk").values_list("pk", flat=True))
    rng.shuffle(ids)
    found = []
    for pk in ids:
        paper = Paper.objects.get(pk=pk)
        words = [w for w in re.findall(r"[A-Za-z][A-Za-z-]+", paper.title) if len(w) > 3]
        same = Paper.objects.filter(title_key=paper.title_key).count() > 1
        if len(words) >= 4 and paper.authors and not same:
            start = rng.randrange(len(words) - 3)
            found.append(
                (pk, words[start : start + rng.choice([3, 4])], paper.authors[0].split()[-1])
            )
        if len(found) == PAPERS:
            return found
    return found


def with_a_slip(words, rng):
    """One letter left out, doubled, another one, or two exchanged, in the longest word."""
    longest = max(words, key=len)
    at = rng.randrange(1, len(longest) - 1)
    one, other = longest[:at], longest[at:]
    slip = rng.choice(
        [
            one + other[1:],
            one + other[0] + other,
            one + rng.choice(LETTERS) + other[1:],
            one + other[1] + other[0] + other[2:],
        ]
    )
    return [slip if word == longest else word for word in words]


def otherwise(word):
    """A word in the other number; a compound written apart."""
    if "-" in word:
        return word.replace("-", " ")
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else f"{word}s"


WAYS = {
    "plain": lambda words, author, rng: words,
    "with a slip": lambda words, author, rng: with_a_slip(words, rng),
    "with author": lambda words, author, rng: [*words[:3], author],
    "otherwise": lambda words, author, rng: [otherwise(word) for word in words],
    "without hyphens": lambda words, author, rng: [word.replace("-", "") for word in words],
}


# --- The index ---

#: The columns whose text the index covers, beside authors, and where they are.
COVERED = {
    "papers_paper": ["title", "translated_title", "abstract", "venue"],
    "papers_entry": ["label"],
    "papers_taggedpaper t JOIN papers_tag g ON g.id = t.tag_id": ["name"],
    "papers_note": ["body_en", "body_zh_hans"],
}
BYTES = {"postgresql": "octet_length({})", "sqlite": "length(CAST({} AS BLOB))"}
SIZE = {
    "postgresql": "SELECT SUM(pg_total_relation_size(oid)) FROM pg_class"
    " WHERE relkind = 'r' AND relname LIKE 'search@_%' ESCAPE '@'",
    "sqlite": "SELECT SUM(pgsize) FROM dbstat WHERE name LIKE 'search@_%' ESCAPE '@' OR name IN"
    " (SELECT name FROM sqlite_master WHERE tbl_name LIKE 'search@_%' ESCAPE '@')",
}


def number(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return int(cursor.fetchone()[0] or 0)


def measure_index(*, build):
    if build:
        start = time.perf_counter()
        index.rebuild()
        print(f"index made anew in {time.perf_counter() - start:.0f} s")
    index.flush()
    size_of = BYTES[connection.vendor].format
    text = sum(
        number(f"SELECT SUM({size_of(column)}) FROM {table}")
        for table, columns in COVERED.items()
        for column in columns
    )
    authors = Paper.objects.values_list("authors", flat=True)
    text += sum(len(name.encode()) for names in authors.iterator() for name in names)
    size = number(SIZE[connection.vendor])
    print(
        f"index of {size / 1e6:.0f} MB for {text / 1e6:.0f} MB of text: {size / text:.2f} times it"
    )
    seconds = sorted(updates())
    low, high = 1000 * statistics.median(seconds), 1000 * seconds[len(seconds) * 95 // 100]
    print(f"one changed paper taken in: {low:.1f} ms, 95 %: {high:.1f}")


def updates():
    """The seconds for each of some papers whose title changes and, untimed, changes back."""
    ids = list(Paper.objects.order_by("pk").values_list("pk", flat=True))
    for pk in ids[:: len(ids) // UPDATES][:UPDATES]:
        paper = Paper.objects.filter(pk=pk)
        title = paper.get().title
        # In a transaction, after which it would be taken in at once.
        with transaction.atomic():
            paper.update(title=f"{title} renamed")
            start = time.perf_counter()
            index.flush_some(index.AT_A_SEARCH)
            yield time.perf_counter() - start
            transaction.set_rollback(True)


# --- Finding ---


def main(*, build):
    measure_index(build=build)
    items = known_items()
    for name, way in WAYS.items():
        rng = random.Random(5)  # noqa: S311
        ranks, seconds = [], []
        for pk, words, author in items:
            text = " ".join(way(words, author, rng))
            start = time.process_time()
            ids = Search(text).run().page("best", 10, 0)
            seconds.append(time.process_time() - start)
            ranks.append(1 / (ids.index(pk) + 1) if pk in ids else 0)
        high = statistics.quantiles(seconds, n=20)[-1]
        first = ranks.count(1) / len(ranks)
        print(
            f"{name:16} MRR@10 {statistics.mean(ranks):.3f}  first {first:.3f}"
            f"  {1000 * statistics.median(seconds):.1f} ms, 95 %: {1000 * high:.1f}"
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("database")
    parser.add_argument("--build", action="store_true", help="make the index anew")
    arguments = parser.parse_args()
    place = arguments.database
    os.environ["DATABASE_URL"] = place if "://" in place else f"sqlite:///{Path(place).absolute()}"
    os.environ["DJANGO_SETTINGS_MODULE"] = "readinglist.settings"
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

    import django

    django.setup()

    from django.db import connection, transaction

    from papers.models import Paper
    from papers.search import index
    from papers.search.find import Search

    main(build=arguments.build)
