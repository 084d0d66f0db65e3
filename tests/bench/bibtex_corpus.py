"""Reads and writes real BibTeX, beside what bibtexparser needs: `bibtex_corpus.py FILE.bib[.xz]`.

Prints counts, and times as ratios of one run. bibtexparser is no dependency of the project; where
it is not installed, only our own times are shown. The corpus is not part of the project.
"""

import logging
import lzma
import re
import sys
import time
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from papers.formats import bibtex
from papers.formats.latex import MATH
from papers.records import Problem, Record

try:
    import bibtexparser
except ImportError:
    bibtexparser = None

CORPUS = Path(__file__).resolve().parents[3] / "shared/corpus/proceedings.bib.xz"
ENTRY = re.compile(r"^\s*@(?!comment|string|preamble)\w+\s*[{(]", re.MULTILINE | re.IGNORECASE)
ROUNDS = 3


def main(path):
    path = Path(path)
    if not path.exists():
        print(f"There is no {path}: nothing is measured.")
        return
    text = (lzma.open if path.suffix == ".xz" else open)(path, "rt", encoding="utf-8").read()
    for line in [*_counts(text), *_times(text)]:
        print(line)


def _counts(text):
    items = list(bibtex.read(text))
    records = [item for item in items if isinstance(item, Record)]
    problems = [item for item in items if isinstance(item, Problem)]
    again = [i for i in bibtex.read("".join(bibtex.write(records))) if isinstance(i, Record)]
    yield f"{len(ENTRY.findall(text))} entries begin a line"
    yield f"{len(records)} records, {sum(problem.lost for problem in problems)} lost"
    yield f"{sum(not problem.lost for problem in problems)} taken with doubt"
    yield f"{sum(map(_has_latex, records))} titles, venues or names with LaTeX left"
    pairs = list(zip(records, again, strict=True))
    yield f"{sum(_differ(*pair) for pair in pairs)} differ after writing and reading"


def _has_latex(record):
    texts = (record.title, record.venue, *record.authors)
    return any(re.search(r"\\[A-Za-z\"'`^]|[{}]", MATH.sub("", text)) for text in texts)


def _differ(record, again):
    """Keys apart: those that come twice are numbered."""
    record.line = again.line = None
    key, again.key = again.key, record.key
    return record != again or not key.startswith(record.key)


def _times(text):
    ours = _fastest(lambda: list(bibtex.read(text)))
    records = [item for item in bibtex.read(text) if isinstance(item, Record)]
    writing = _fastest(lambda: "".join(bibtex.write(records)))
    yield f"reading {ours:.2f} s, {len(text) / ours / 1e6:.1f} MB/s; writing {writing:.2f} s"
    if bibtexparser:
        logging.disable(logging.CRITICAL)
        theirs = _fastest(lambda: bibtexparser.parse_string(text))
        lost = len(bibtexparser.parse_string(text).failed_blocks)
        yield f"bibtexparser alone {theirs:.2f} s, leaving out {lost}"
        yield f"ours takes {ours / theirs:.2f} of its time"


def _fastest(work):
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else CORPUS)
