"""A file → the items in it, its encoding and format told from its bytes."""

import io
import os
from itertools import chain

from papers.formats import FORMATS, guess
from papers.formats.encodings import LIMIT, decode
from papers.records import Problem

#: Formats that are read line by line, from a file of any size. Of the others all is in memory.
STREAMED = ("csv", "jsonl", "ids")
_HEAD = 1_000_000


class Reading:
    """The items of a file, open in binary mode: gone through once.

    format: the name of it, "" where nothing can be read; problem: what there is to say of the
    file as a whole, or None. Where that is `lost` there are no items. size: of the file, in the
    unit of `done`, which moves with the items; 0 where it is not known.
    """

    def __init__(self, file, format_name="auto"):
        data = file.read(LIMIT + 1)
        self.unit, self.size, self.done = "lines", 0, 0
        if len(data) > LIMIT:
            self._open_stream(data, file, format_name)
        else:
            decoded = decode(data)
            self.size = decoded.text.count("\n") + 1
            if self._open(decoded, format_name):
                self._items = FORMATS[self.format].read(decoded.text)

    def __iter__(self):
        for item in self._items:
            if self.unit == "lines":
                self.done = getattr(item, "line", None) or self.done
            yield item

    def _open(self, decoded, format_name):
        self.problem, self._items, self.format = decoded.problem, (), ""
        if not self.problem and not decoded.text.strip():
            self.problem = Problem(reason="The file is empty.")
        if self.problem and self.problem.lost:
            return False
        self.format = guess(decoded.text) if format_name == "auto" else format_name
        return True

    def _open_stream(self, data, file, format_name):
        head = data[:_HEAD]
        # Whole lines, and of UTF-16 whole characters.
        end = max(head.rfind(b"\n"), head.rfind(b"\r"))
        decoded = decode(head[: (end if end > 0 else len(head)) // 2 * 2])
        if not self._open(decoded, format_name):
            return
        if self.format not in STREAMED:
            reason = (
                f"The file is too large: over {LIMIT / 1e6:.0f} MB, only CSV, JSON Lines and lists"
                " of identifiers are read."
            )
            self.problem = Problem(reason=reason)
            return
        raw = io.BufferedReader(_Joined(data, file, self))
        text, damage = io.TextIOWrapper(raw, decoded.encoding, "replace"), []
        self.unit, self.size = "MB", _size(file)
        self._items = chain(FORMATS[self.format].read(_lines(text, damage)), damage)


class _Joined(io.RawIOBase):
    """The beginning of a file, which was read already, and the rest of it."""

    def __init__(self, data, file, reading):
        self.beginning = io.BytesIO(data)
        self.file = file
        self.reading = reading

    def readable(self):
        return True

    def readinto(self, buffer):
        data = self.beginning.read(len(buffer)) or self.file.read(len(buffer))
        buffer[: len(data)] = data
        self.reading.done += len(data)
        return len(data)


def _lines(text, damage):
    """The lines of a file as `encodings.decode` would give them; what is damaged is noted."""
    for number, line in enumerate(text, 1):
        if number == 1:
            line = line.removeprefix("\ufeff")
        if "\ufffd" in line and not damage:
            reason = (
                f"The file is damaged: from line {number} on there are bytes that are no"
                f" {text.encoding.upper()}. They are shown as \ufffd."
            )
            damage.append(Problem(reason=reason, line=number, lost=False))
        yield line.replace("\0", "")


def _size(file):
    try:
        return os.fstat(file.fileno()).st_size
    except OSError:
        return 0
