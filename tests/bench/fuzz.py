"""Fuzzes one reader: `fuzz.py READER [--seconds N] [--seed N] [--keep FOLDER]`.

READER is a format, `decode` or `identifiers`. Inputs are mutated samples: the texts in the
reader's own tests, and real files where the folder beside the repository has some. Of each input
it is asked that no exception escapes, that the process stays within its memory, and that time
grows with the text only: an input that is slow for its length is made four times as long, the
piece that came again in it or the whole of it, and may take no more than eight times as long.

What fails is kept in FOLDER; exit status 1 then. Nothing of the samples is part of the project.
"""

import argparse
import ast
import importlib
import lzma
import random
import resource
import signal
import statistics
import sys
import tempfile
import time
import traceback
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from papers import addresses, citekeys, identifiers, matching
from papers.formats import encodings, guess
from papers.records import ListRecord, Problem, Record, SectionRecord

SHARED = ROOT.parent / "shared"
FORMATS = ("bibtex", "ris", "csl", "csv", "jsonl", "markdown", "ids")
ENDINGS = {"bibtex": "bib*", "ris": "ris", "csl": "json", "csv": "csv", "markdown": "md"}

SAMPLE = 20_000
LONGEST = 40_000
MEMORY = 1_500_000_000
#: Slower than so many times the median of its length, an input is looked at more closely.
SLOW = 5
#: Linear would be four times the time for four times the text.
GROWTH = 8
#: What is over sooner says nothing, in seconds.
NOISE = 0.02
HANGS = 60

_SIGNS = r"""
[ ] ( ) < > { } \ $ * _ ` ~ ^ # | & % @ " ' , ; : = - + ! ? / . 9 a A [[ ![ ]( )[ <a <td> </ <!--
--> <details> ``` ~~~ $$ ** __ --- ||| \\ \{ \( \[ {} "" @a{b,c={ @misc{a, @string{a=a#a} \textbf{
\'{e} \c {"a": [{"title": ,{ "\ud800" \u0000 1e999 -1 NaN null [[2017]] arXiv: https:// 1706.03762
10.1000/x doi.org/ http://a.b/?c=d& %20 %E4 xn-- =1+1 sep=; 1. et and al. é 中 论文 ； 、 ， “ ” ٣ ²
ß İ ﬁ 🔥
"""
SIGNS = [
    *_SIGNS.split(),
    *(" ", "\n", "\r\n", "\r", "\t", "\0", "\ufeff", "\ud800", "\u200b", "\u2028", " and ", "- "),
    *("TY  - JOUR\n", "ER  - \n", "AU  - ", "%0 Book\n", "\n\n", "  "),
]


class HangError(Exception):
    """It takes more than HANGS seconds of the processor."""


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("reader", choices=[*FORMATS, "decode", "identifiers"])
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir(), "fuzz"))
    options = parser.parse_args()
    # Whatever is wrong with memory becomes a MemoryError here, and kills no machine.
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.signal(signal.SIGVTALRM, _hang)
    found = Fuzz(options.reader, options.seed).run(options.seconds)
    for number, (reason, data) in enumerate(found):
        options.keep.mkdir(parents=True, exist_ok=True)
        name = f"{options.reader}-{options.seed}-{number}"
        options.keep.joinpath(f"{name}.bin").write_bytes(data)
        options.keep.joinpath(f"{name}.txt").write_text(reason, encoding="utf-8", errors="replace")
        print(f"{name}: {reason}")
    return 1 if found else 0


def _hang(signum, frame):
    raise HangError


class Fuzz:
    """Runs one reader over what it makes up. The same seed makes up the same."""

    def __init__(self, reader, seed):
        self.reader = reader
        self.work = worker(reader)
        self.random = random.Random(f"{reader} {seed}")  # noqa: S311 - no secret
        self.samples = samples(reader)
        self.rates = []
        self.reasons = set()

    def run(self, seconds):
        """What failed: reasons and inputs, each kind of failure once."""
        found, count, end = [], 0, time.monotonic() + seconds
        while time.monotonic() < end:
            count += 1
            data, longer = self.make()
            if (reason := self.check(data, longer)) and self._is_new(reason):
                found.append((reason, data))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"{self.reader}: {count} inputs, {len(found)} failures, {peak} MB at most")
        return found

    def check(self, data, longer):
        """Why the input is no good, or ""."""
        taken, reason = self.time(data)
        if reason or taken < NOISE:
            return reason
        rate = taken / (len(data) + 1000)
        self.rates = [*self.rates[-500:], rate]
        if rate < SLOW * statistics.median(self.rates) and taken < 50 * NOISE:
            return ""
        for text in longer:
            again, reason = self.time(text)
            if reason:
                return reason
            # The machine may have been busy: the faster of two counts.
            if again > GROWTH * taken and min(again, self.time(text)[0]) > GROWTH * (
                min(taken, self.time(data)[0])
            ):
                return f"Time: {len(data)} bytes {taken:.2f} s, {len(text)} bytes {again:.2f} s"
        return ""

    def time(self, data):
        """Seconds that the reader needs, and what went wrong."""
        signal.setitimer(signal.ITIMER_VIRTUAL, HANGS)
        begun = time.process_time()
        try:
            self.work(data)
        except HangError:
            return HANGS, f"It hangs: {len(data)} bytes take more than {HANGS} s"
        except Exception:
            return 0, traceback.format_exc(limit=-4)
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        return time.process_time() - begun, ""

    def make(self):
        """An input, and the same four times as long in each way that may matter."""
        data = self._sample()
        for _ in range(self.random.choice([0, 1, 1, 2, 5, 20])):
            data = self._mutate(data)
        if self.random.random() < 0.5:
            return data, [data * 4]
        place = self._place(data)
        unit = self._unit(data)
        times = max(1, LONGEST // 2 // max(1, len(unit)))
        head, tail = data[:place][-2000:], data[place:][:2000]
        longer = [head + unit * times * 4 + tail]
        return head + unit * times + tail, longer

    def _sample(self):
        sample = self.random.choice(self.samples)
        start = self.random.randrange(max(1, len(sample) - 1000))
        start = sample.rfind(b"\n", 0, start) + 1
        return sample[start : start + self.random.randrange(10, SAMPLE)]

    def _place(self, data):
        return self.random.randrange(len(data) + 1)

    def _sign(self):
        return self.random.choice(SIGNS).encode("utf-8", "surrogatepass")

    def _unit(self, data):
        unit = b"".join(self._sign() for _ in range(self.random.choice([0, 1, 1, 2, 3])))
        if not unit or self.random.random() < 0.3:
            start = self._place(data)
            unit += data[start : start + self.random.randrange(1, 60)]
        return unit or b"a"

    def _mutate(self, data):
        start = self._place(data)
        end = min(len(data), start + self.random.choice([0, 1, 2, 10, 100, 1000]))
        match self.random.randrange(7):
            case 0:
                piece = b""
            case 1:
                piece = bytes(self.random.randrange(256) for _ in range(end - start + 1))
            case 2:
                piece = self._sign()
            case 3:
                piece = self._sign() * self.random.choice([2, 5, 50, 1000])
            case 4:
                piece = data[start:end] * 2
            case 5:
                piece = b"9" * self.random.choice([5, 50, 5000])
            case _:
                piece = self._sample()[:1000]
        return (data[:start] + piece + data[end:])[:LONGEST]

    def _is_new(self, reason):
        """By the last lines of what is said, whose numbers differ each time."""
        kind = "".join(sign for sign in reason[-200:] if not sign.isdigit())
        return not (kind in self.reasons or self.reasons.add(kind))


def worker(reader):
    """A function of bytes that does with them what a user may have done."""
    if reader == "decode":
        return _decode
    if reader == "identifiers":
        return _identify
    module = importlib.import_module(f"papers.formats.{reader}")

    def work(data):
        text = encodings.decode(data).text or data.decode("utf-8", "replace")
        guess(text)
        for each in {text, data[:2000].decode("utf-8", "surrogateescape")}:
            items = list(module.read(each))
            for item in items:
                assert isinstance(item, Record | SectionRecord | ListRecord | Problem), item
            for _ in module.write(items) if hasattr(module, "write") else ():
                pass

    return work


def _decode(data):
    decoded = encodings.decode(data)
    decoded.text.encode("utf-8")
    guess(decoded.text)


def _identify(data):
    for text in (encodings.decode(data).text, data[:3000].decode("utf-8", "surrogateescape")):
        for parse in (
            *(identifiers.parse_arxiv, identifiers.parse_doi, identifiers.parse_acl),
            *(identifiers.parse_openreview, addresses.canonical_url, addresses.identify),
            *(addresses.find_identifiers, matching.title_key, matching.address_key),
        ):
            parse(text)
        citekeys.make([text], 2000, text)


def samples(reader):
    """Texts of the reader's tests and real files, as bytes."""
    names = {"decode": "encodings", "ids": "identifiers"}
    found = []
    for path in sorted(ROOT.glob(f"tests/test_{names.get(reader, reader)}*.py")):
        found += _literals(path)
    if reader in FORMATS and hasattr(importlib.import_module(f"papers.formats.{reader}"), "write"):
        found += _written(reader)
    for path in sorted(SHARED.glob(f"**/*.{ENDINGS.get(reader, 'md')}")):
        with (lzma.open if path.suffix == ".xz" else open)(path, "rb") as file:
            found += [file.read(5_000_000)] * 10
    return found


def _literals(path):
    """The longer texts that stand in a test."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes):
            text = node.value
            data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
            if len(data) > 10:
                yield data


def _written(reader):
    """Real entries as the format itself writes them."""
    corpus = SHARED / "corpus/proceedings.bib.xz"
    if corpus.exists():
        with lzma.open(corpus, "rt", encoding="utf-8") as file:
            text = file.read(500_000)
        read = importlib.import_module("papers.formats.bibtex").read
        write = importlib.import_module(f"papers.formats.{reader}").write
        yield "".join(write(read(text))).encode()


if __name__ == "__main__":
    sys.exit(main())
