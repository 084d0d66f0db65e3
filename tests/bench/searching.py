"""How well known papers are found: `searching.py DATABASE`, which data.py made.

300 papers, always the same, each asked for as somebody would who half remembers it: by three or
four words of its title, as they are, with a slip of the pen, with an author's surname, with
plurals and hyphens otherwise. MRR@10: the mean of one through the paper's place among the first
ten. Then the time that it took.
"""

import os
import random
import re
import statistics
import sys
import time
from pathlib import Path

PAPERS = 300
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


def main():
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
    place = sys.argv[1]
    os.environ["DATABASE_URL"] = place if "://" in place else f"sqlite:///{Path(place).absolute()}"
    os.environ["DJANGO_SETTINGS_MODULE"] = "readinglist.settings"
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

    import django

    django.setup()

    from papers.models import Paper
    from papers.search.find import Search

    main()
