"""A table → items."""

import itertools
import re
from collections import Counter
from dataclasses import dataclass, field

from papers.formats import values
from papers.formats.csv import columns, formulas, lists
from papers.formats.csv.cells import Cells
from papers.formats.csv.columns import DELIMITERS, LINK_COLUMNS
from papers.formats.csv.rows import Lines, read_rows
from papers.records import Problem

_SEPARATOR_LINE = re.compile(r'"?sep=([,;\t|:^~])"?[,;\t|]*\n?', re.IGNORECASE)
# How a heading, an item, a quotation, a tag or a row of a table begins there; the line below
# such a table's headings.
_MARKDOWN = re.compile(r"\s*(?:#{1,6}\s|[-*+>]\s|\||[0-9]+[.)]\s|<[a-z!])", re.IGNORECASE)
_RULE_OF_MARKDOWN = re.compile(r"\s*\|?\s*:?-{2,}[\s|:-]*")
_ADDRESSES = {"url", "doi", "arxiv", "openreview", "acl", "links", *LINK_COLUMNS}
#: Lines and characters within which the headings must be found.
_HEAD = 50, 100_000
#: Rows above the headings, with a title or the like in one cell.
_ABOVE = 5


def read(text):
    """The records of a table, a row one. text: a str, or for a long one its lines, such as an
    open file."""
    lines = Lines(_lines(text) if isinstance(text, str) else text)
    header = _Header.find(lines)
    if header is None:
        if line := next((line for line in lines if line.strip()), ""):
            reason = (
                "The first row must name the columns, such as title, authors, year and url, in"
                " English or Chinese."
            )
            yield Problem(reason=reason, line=1, text=line[:200].rstrip("\n"))
        return
    rows = read_rows(lines, header.delimiter)
    yield from header.skip(rows)
    for row in rows:
        if isinstance(row, Problem):
            yield row
        else:
            yield from _read_row(header, *row)
    yield from header.unread()


def is_table(text):
    """Whether a text begins with the headings of such a table, and nothing says that it is
    Markdown."""
    lines = Lines(_lines(text))
    header = _Header.find(lines)
    cells = [cell for cell in header.cells if cell.strip()] if header else []
    if header is None or header.known < 2 or 2 * header.known < len(cells):
        return False
    head = list(itertools.islice(lines, header.line - lines.number))
    below = next((line for line in itertools.islice(lines, _HEAD[0]) if line.strip()), "")
    return not any(map(_MARKDOWN.match, head)) and not _RULE_OF_MARKDOWN.fullmatch(below.rstrip())


def _lines(text):
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield text[start:end]
        start = end


@dataclass
class _Header:
    """The headings of a table: the line and the cells of their row, how many are known."""

    known: int
    delimiter: str
    line: int
    cells: list[str]
    names: list[str] = field(default_factory=list)
    unknown: Counter = field(default_factory=Counter)

    @classmethod
    def find(cls, lines):
        """The headings, told with the delimiter by which the most of them are known, or None.
        The lines are then still to be read, from the first on."""
        delimiters = DELIMITERS
        if found := _SEPARATOR_LINE.fullmatch(next(lines, "")):
            delimiters = found[1]
            lines.keep()
        else:
            lines.keep(0)
        head, size = [], 0
        for line in itertools.islice(lines, _HEAD[0]):
            head.append(line)
            size += len(line)
            if size > _HEAD[1]:
                break
        lines.keep(0)
        found = [header for each in delimiters if (header := cls._find(head, each))]
        best = max(found, key=lambda header: header.known, default=None)
        if best:
            best.line += lines.number
            best.names = columns.columns([formulas.arm(cell) for cell in best.cells])
        return best

    @classmethod
    def _find(cls, head, delimiter):
        for number, cells in itertools.islice(_sound(read_rows(Lines(head), delimiter)), _ABOVE):
            if known := columns.are_headings([formulas.arm(cell) for cell in cells]):
                return cls(known, delimiter, number, cells)
            if len([cell for cell in cells if cell.strip()]) > 1:
                return None
        return None

    def skip(self, rows):
        """Goes through the rows up to the headings, and says what there is to say of them."""
        above = []
        for row in rows:
            if isinstance(row, Problem):
                yield row
            elif row[0] >= self.line:
                break
            else:
                above += [cell.strip() for cell in row[1] if cell.strip()]
        if above:
            text = " ".join(above)[:200]
            yield self._doubt("What stands above the headings was left out.", text)
        for name, count in Counter(filter(None, self.names)).items():
            if count > 1 and name not in lists.JOINED and name not in LINK_COLUMNS:
                headings = [c for c, n in zip(self.cells, self.names, strict=True) if n == name]
                yield self._doubt(
                    f"Several columns mean {name}: {_listed(headings)}. Of each row, the first"
                    " that says something was taken."
                )

    def unread(self):
        """Names the columns that are not known, unless there is nothing in them."""
        if self.unknown:
            yield self._doubt(f"Columns that are not known were left out: {_listed(self.unknown)}.")

    def _doubt(self, reason, text=""):
        return Problem(reason=reason, line=self.line, text=text, lost=False)


def _sound(rows):
    return (row for row in rows if not isinstance(row, Problem))


def _listed(headings):
    names = [f"“{name.strip()[:50]}”" for name in itertools.islice(headings, 50)]
    return ", ".join(names)


def _read_row(header, line, cells):
    found, doubts = {}, []
    for place, (name, cell) in enumerate(zip(header.names, cells, strict=False)):
        if not cell.strip():
            continue
        if not name:
            header.unknown[header.cells[place].strip() or f"column {place + 1}"] += 1
        elif formulas.is_error(cell):
            doubts.append((f"The {name} is an error of a spreadsheet, {cell.strip()}.", cell))
        else:
            cell = formulas.arm(formulas.follow(cell, address=name in _ADDRESSES))
            if name in found and (name in LINK_COLUMNS or name in lists.JOINED):
                cell = found[name] + lists.JOINED.get(name, "\n") + cell
                found[name] = cell
            found.setdefault(name, cell)
    surplus = [cell for cell in cells[len(header.names) :] if cell.strip()]
    if surplus:
        reason = f"The row has more cells than there are headings: {len(cells)}."
        doubts.append((reason, " ".join(surplus)))
    read = Cells(found, line)
    for reason, text in doubts + read.doubts:
        yield Problem(reason=reason, line=line, text=text[:200], lost=False)
    record = read.record
    if record.title or record.url or values.own_address(record):
        yield record
    else:
        text = " ".join(filter(None, map(str.strip, cells)))[:200]
        yield Problem(reason="The row has neither title nor address.", line=line, text=text)
