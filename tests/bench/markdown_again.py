"""Writes lists as Markdown and reads them again: what comes back other than it was, time, memory.

python tests/bench/markdown_again.py FOLDER|CORPUS…

FOLDER: of real lists, NAME.md; CORPUS: as for corpus.py, which is written only.
"""

import resource
import sys
import time
from itertools import zip_longest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from papers.formats.markdown import read, write
from tests.bench import corpus
from tests.lists import carried


def main():
    for path in map(Path, sys.argv[1:]):
        if path.is_dir():
            for file in sorted(path.glob("*.md")):
                again(file)
        else:
            out(path)


def again(file):
    items = list(read(file.read_text(encoding="utf-8")))
    text, writing = timed(lambda: "".join(write(items)))
    back, reading = timed(lambda: list(read(text)))
    pairs = [
        zip_longest(*parts) for parts in zip(carried(items, "en"), carried(back, "en"), strict=True)
    ]
    others = [(was, came) for part in pairs for was, came in part if was != came]
    speeds = [f"{len(text.encode()) / seconds / 1e6:.1f} MB/s" for seconds in (writing, reading)]
    print(f"{file.stem:25} {len(items)} items, {len(others)} other; {' out, '.join(speeds)} in")
    for was, came in others:
        print(f"  {was}\n  {came}")


def out(path):
    # The size of what goes out is known without keeping it.
    before = memory()
    size, seconds = timed(lambda: sum(len(piece) for piece in write(corpus.records(path))))
    print(f"{size / 1e6:.0f} million signs in {seconds:.0f} s; {before} MB, then {memory()} MB")


def memory():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


def timed(function):
    start = time.process_time()
    return function(), time.process_time() - start


if __name__ == "__main__":
    main()
