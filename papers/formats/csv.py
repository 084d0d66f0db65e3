"""CSV: what spreadsheets speak. A row an entry: a paper in two sections is two rows.

The columns are in docs/csv.md and papers.formats.csv_columns. A cell that a spreadsheet would
take for a formula gets an apostrophe before it, which the reader takes away again.
"""

import csv
import io
import itertools
import re
from dataclasses import dataclass

from papers.formats import csv_cells, csv_columns, values
from papers.formats.csv_columns import COLUMNS, DELIMITERS, LINK_COLUMNS
from papers.records import Placement, Problem, Record

_SEPARATOR_LINE = re.compile(r'\ufeff?"?sep=(.)"?\n', re.IGNORECASE)
# Full-width signs too: some programs take those for plain ones.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
#: After so many quotation marks that are never closed, the file is not worth reading on.
_MAX_BROKEN = 20
# Each time, as much as a cell may hold is read in vain.
_MAX_AGAIN = 1000


def read(text):
    """The records of a table, a row one."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    header, rows = _header(text)
    if not header:
        if text.strip():
            reason = (
                "The first row must name the columns: title and any of "
                f"{', '.join(COLUMNS[2:])}, in English or Chinese."
            )
            yield Problem(reason=reason, line=1, text=text[:200])
        return
    yield from header.problems
    for row in rows:
        if isinstance(row, Problem):
            yield row
        else:
            yield from _read_row(header, *row)


def write(items, language="en"):
    """A table with headings. The mark at its beginning tells Excel that it is UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")

    def line(cells):
        out.seek(0)
        out.truncate()
        writer.writerow(cells)
        return out.getvalue()

    yield "\ufeff" + line(COLUMNS)
    for item in items:
        if isinstance(item, Record):
            for placement in item.placements or [Placement()]:
                cells = csv_cells.write(item, placement, language)
                yield line([_disarm(cells[name]) for name in COLUMNS])


def is_table(text):
    """Whether a text begins with the headings of such a table."""
    return _header(text.removeprefix("\ufeff"))[0] is not None


def _disarm(cell):
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _arm(cell):
    """As it was before `_disarm`; also ="2017", a spreadsheet's way to keep a text a text."""
    if found := re.fullmatch(r'="([^"]*)"', cell):
        return found[1]
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


@dataclass
class _Header:
    #: The column of each cell, "" where it is not known.
    names: list[str]
    problems: list[Problem]


def _header(text):
    """The header, told with the delimiter by which the most of it is known, and the rows."""
    start, delimiters = 0, DELIMITERS
    if found := _SEPARATOR_LINE.match(text):
        start, delimiters = found.end(), found[1]
    body = text[start:]
    first = len(body) - len(body.lstrip("\n"))
    lines = body.split("\n")
    best = (0, None, None)
    for delimiter in delimiters:
        rows = _rows(lines, first, delimiter)
        row = next(rows, None)
        if isinstance(row, tuple):
            known = csv_columns.are_headings([_arm(cell) for cell in row[0]])
            # Of one column alone a table is hardly made.
            if known > best[0] and (known > 1 or len(delimiters) == 1):
                best = (known, row, rows)
    if not best[0]:
        return None, ()
    above = text[:start].count("\n")
    return _check(best[1][0], best[1][1] + above), _moved(best[2], above)


def _moved(rows, above):
    for row in rows:
        if isinstance(row, Problem):
            row.line += above
            yield row
        else:
            yield row[0], row[1] + above


def _check(cells, line):
    names = [csv_columns.column(_arm(cell)) for cell in cells]
    unknown = [
        cell.strip() for cell, name in zip(cells, names, strict=True) if not name and cell.strip()
    ]
    problems = []
    if unknown:
        columns = ", ".join(f"“{name[:50]}”" for name in unknown[:50])
        reason = f"Columns that are not known were left out: {columns}."
        problems.append(Problem(reason=reason, line=line, lost=False))
    return _Header(names, problems)


def _rows(lines, start, delimiter):
    """Cells and line number of each row that is not empty, from a line on.

    Strict, so that a mark that is never closed does not take in the rows behind it unseen.
    Where a row is wrong, its line alone is read again, leniently.
    """
    lost = 0
    for _ in range(_MAX_AGAIN):
        before = start
        reader = csv.reader(_with_ends(lines, start), delimiter=delimiter, strict=True)
        try:
            while True:
                before = start + reader.line_num
                cells = next(reader)
                if any(cell.strip() for cell in cells):
                    yield cells, before + 1
        except StopIteration:
            return
        except csv.Error:
            start = before + 1
        line = lines[before]
        if line.count('"') % 2 or len(line) > csv.field_size_limit():
            reason = "A quotation mark in this row is never closed; the row was left out."
            yield Problem(reason=reason, line=before + 1, text=line[:200])
            lost += 1
            if lost == _MAX_BROKEN:
                break
        else:
            yield next(csv.reader([line], delimiter=delimiter)), before + 1
    reason = "Too many quotation marks are never closed; from here on nothing was read."
    yield Problem(reason=reason, line=start + 1)


def _with_ends(lines, start):
    last = len(lines) - 1
    return (
        line if number == last else f"{line}\n"
        for number, line in zip(
            itertools.count(start), itertools.islice(lines, start, None), strict=False
        )
    )


def _read_row(header, cells, line):
    found, surplus = {}, cells[len(header.names) :]
    for name, cell in itertools.zip_longest(header.names, cells, fillvalue=""):
        cell = _arm(csv_cells.follow(name, cell))
        if name and cell.strip():
            if name in LINK_COLUMNS:
                found.setdefault(name, []).append(cell)
            else:
                # Two columns of one meaning: the first that says something.
                found.setdefault(name, cell)
    if not found:
        return
    if any(cell.strip() for cell in surplus):
        reason = f"The row has more cells than there are headings: {len(cells)}."
        yield Problem(reason=reason, line=line, text=" ".join(surplus)[:200], lost=False)
    record, doubts = csv_cells.read(found, line)
    for reason, text in doubts:
        yield Problem(reason=reason, line=line, text=text[:200], lost=False)
    if record.title or record.url or values.own_address(record):
        yield record
    else:
        yield Problem(
            reason="The row has neither title nor address.", line=line, text=" ".join(cells)[:200]
        )
