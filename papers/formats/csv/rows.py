"""The rows of a table, from its lines.

Read strictly, so that a quotation mark that is never closed does not take in the rows behind it
unseen. Where a row is wrong, its first line alone is read again, leniently.
"""

import csv
from collections import deque

from papers.records import Problem

#: Characters a cell may have.
LIMIT = csv.field_size_limit()
#: How far a cell that is longer is followed, to find its end.
_FAR = 20_000_000
#: How much may be read again, all in all, in lines or their like.
_PATIENCE = 2_000_000
_LINE = 64


class Lines:
    """The lines of a text; those of a row that turned out wrong come again."""

    def __init__(self, lines):
        self._lines = iter(lines)
        self._again = deque()
        self.taken = []
        #: Of the lines that are done with.
        self.number = 0

    def __iter__(self):
        return self

    def __next__(self):
        line = self._again.popleft() if self._again else next(self._lines)
        self.taken.append(line)
        return line

    def keep(self, count=None):
        """Done with the lines taken, or with the first of them: the others come again."""
        rest = [] if count is None else self.taken[count:]
        self._again.extendleft(reversed(rest))
        self.number += len(self.taken) - len(rest)
        self.taken = []


def read_rows(lines, delimiter):
    """Number of the first line, and cells, of each row that is not blank; Problems between."""
    patience = _PATIENCE
    while patience > 0:
        try:
            for cells in csv.reader(lines, delimiter=delimiter, strict=True):
                number = lines.number + 1
                lines.keep()
                if any(cell.strip() for cell in cells):
                    yield number, cells
            return
        except csv.Error as error:
            patience -= sum(1 + len(line) // _LINE for line in lines.taken)
            yield _mend(lines, delimiter, is_long="field limit" in str(error))
    reason = "Too many quotation marks are never closed; from here on nothing was read."
    yield Problem(reason=reason, line=lines.number + 1)


def _mend(lines, delimiter, *, is_long):
    number, line = lines.number + 1, lines.taken[0]
    text = line[:200].rstrip("\n")
    long = f"A cell of this row has more than {LIMIT:,} characters; the row was left out."
    if is_long and _skip(lines, delimiter):
        return Problem(reason=long, line=number, text=text)
    lines.keep(1)
    if line.count('"') % 2:
        reason = "A quotation mark in this row is never closed; the row was left out."
        return Problem(reason=reason, line=number, text=text)
    try:
        return number, next(csv.reader([line], delimiter=delimiter))
    except csv.Error:
        return Problem(reason=long, line=number, text=text)


def _skip(lines, delimiter):
    """Leaves a row with a long cell behind, where its end is to be found."""
    is_open, size, count = False, 0, 0
    while size < _FAR:
        if count == len(lines.taken) and next(lines, None) is None:
            return False
        line = lines.taken[count]
        size, count = size + len(line), count + 1
        if line.count('"') % 2:
            if is_open and not _closes(line, delimiter):
                return False
            is_open = not is_open
        if not is_open:
            lines.keep(count)
            return True
    return False


def _closes(line, delimiter):
    """Whether the first quotation mark that is not doubled has a cell's end behind it."""
    rest = line[line.replace('""', "  ").find('"') + 1 :]
    return not rest.strip() or rest.startswith(delimiter)
