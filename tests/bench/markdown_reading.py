"""Reads real lists: how fast, beside what takes their Markdown apart and reads nothing.

python tests/bench/markdown_reading.py FOLDER

FOLDER: of lists, NAME.md. A second is one of the processor's. The ratios are of the same run, so
that they hold on a busy machine too: the whole reading's time to that of pyromark, which it uses,
and to that of markdown-it-py.
"""

import sys
import time
from pathlib import Path

import pyromark
from markdown_it import MarkdownIt

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from papers.formats.markdown import read

OPTIONS = pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_STRIKETHROUGH


def main():
    files = sorted(Path(sys.argv[1]).glob("*.md"))
    texts = {file.stem: file.read_text(encoding="utf-8") for file in files}
    print(f"{'':25} {'KB':>6} {'MB/s':>6} {'pyromark':>9} {'markdown-it-py':>15}")
    whole = [0, 0, 0, 0]
    for name, text in texts.items():
        figures = [len(text.encode()), *(seconds(way, text) for way in (read, rust, python))]
        show(name, *figures)
        whole = [sum(pair) for pair in zip(whole, figures, strict=True)]
    show("all", *whole)


def rust(text):
    return pyromark.events_with_range(text, options=OPTIONS)


def python(text):
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)


def seconds(way, text):
    start = time.process_time()
    list(way(text))
    return time.process_time() - start


def show(name, size, reading, *others):
    pyromark_s, markdown_it_s = (f"× {reading / other:.1f}" for other in others)
    print(
        f"{name:25} {size / 1e3:6.0f} {size / reading / 1e6:6.2f}"
        f" {pyromark_s:>9} {markdown_it_s:>15}"
    )


if __name__ == "__main__":
    main()
