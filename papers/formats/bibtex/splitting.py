"""A BibTeX text as its entries, their fields as they are written, whatever is broken in between.

bibtexparser, which is made for this, is strict and slow: it drops an entry for a brace that was
lost in its abstract, or for an accent in its key, as exports of real sites have them. So we split
ourselves: an entry ends at the latest where the next line that begins with `@word{` does, and
what was read until then counts.
"""

import re
from dataclasses import dataclass, field

from papers.formats.bibtex import values

_START = re.compile(r"^[ \t\ufeff]*@[ \t]*[A-Za-z][\w-]*\s*[{(]", re.MULTILINE)
_OPENING = re.compile(r"(?<![\w.@-])@[ \t]*([A-Za-z][\w-]*)\s*[{(]")
# Where an entry is broken, its text may hide others of the same line.
_HIDDEN = re.compile(
    r"@(?:article|inproceedings|conference|proceedings|misc|book|inbook|incollection|techreport|"
    r"report|phdthesis|mastersthesis|unpublished|manual|online)\s*[{(](?=[^\s,{}()=\"]+\s*,)",
    re.IGNORECASE,
)
_NO_ENTRIES = frozenset({"comment", "preamble", "string"})

_KEY = re.compile(r"\s*+((?:[^,={}\n]|\{[^{}\n]*+\})*+)\s*+,")
_KEY_WITHOUT_COMMA = re.compile(r"\s*+([^\s,={}\"]++)\s++(?=[A-Za-z][\w-]*+\s*+=)")
_KEY_ALONE = re.compile(r"\s*+([^\s,={}()\"]*+)\s*+(?=[})])")
# Where a field seems to begin, when values do not end.
_FIELD = re.compile(
    r"\n[ \t,]*+(?=[A-Za-z_][\w:-]*+[ \t]*+=\s*+[{\"\w])"
    r"|(?<=[}\"]),[ \t]*+(?=[A-Za-z_][\w:-]*+[ \t]*+=[ \t]*+[{\"])"
)
_GOES_ON = re.compile(rf"{values.BETWEEN}[A-Za-z_][\w:-]*+\s*+=\s*+[{{\"0-9]")
_SEPARATOR = re.compile(r"\s*+(?:%[^\n]*+\s*+)*+[,})]")
_END = re.compile(rf"{values.BETWEEN}[}})]")
_BLANK = re.compile(values.BETWEEN)
_ESCAPED_BRACE = re.compile(r"\\[{}]")

COMMA = "a comma is missing"
CLOSING = "its end is missing"
TOO_EARLY = "a brace closes it too early"
FIELD = "its field “{}” is not well formed"
KEY = "it has no key"

_MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)
_MONTHS = {month[:3].lower(): month for month in _MONTH_NAMES}


@dataclass(slots=True)
class Entry:
    """An entry as it is written. fields: values by lower-case name, the first of each name;
    doubts: what was wrong with it, in words; text: its beginning."""

    kind: str
    line: int
    text: str
    key: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)


class _BrokenError(Exception):
    """Fields that cannot be read on from `position`."""

    def __init__(self, position):
        super().__init__()
        self.position = position


def split(text):
    """The entries of `text`, in its order, `@string` resolved. Needs time linear in its length."""
    macros = dict(_MONTHS)
    starts = [found.start() for found in _START.finditer(text)]
    line, counted = 1, 0
    for start, end in zip([0, *starts], [*starts, len(text)], strict=True):
        for opening, parser in _openings(text, start, end):
            line += text.count("\n", counted, opening.start(1))
            counted = opening.start(1)
            entry = Entry(
                opening[1].lower(), line, text[opening.start() : min(opening.start() + 200, end)]
            )
            parser.parse(entry, macros)
            if entry.kind not in _NO_ENTRIES:
                yield entry


def _openings(text, start, end):
    """Where entries begin between `start` and `end`, each with its parser.

    The next one begins after what the parser has read, so each is to be used before going on.
    """
    position, is_cut = start, False
    while opening := _OPENING.search(text, position, end):
        line_start = text.rfind("\n", position, opening.start()) + 1
        if "%" in text[max(position, line_start) : opening.start()]:
            position = opening.end()  # Commented out, as biber and people see it.
            continue
        # Once an entry has swallowed others, none is trusted beyond the next.
        following = _HIDDEN.search(text, opening.end(), end) if is_cut else None
        parser = _Parser(text, opening.end(), following.start() if following else end)
        yield opening, parser
        position, is_cut = parser.position, is_cut or parser.is_cut


class _Parser:
    """Reads one entry between its opening brace, before `position`, and `end`.

    position: when done, the place after the entry; is_cut: whether it has swallowed others.
    """

    def __init__(self, text, position, end):
        self.text = text
        self.start = self.position = position
        self.end = end
        self.is_cut = False

    def parse(self, entry, macros):
        """Fills `entry`, or `macros` where it is a `@string`."""
        if entry.kind in {"comment", "preamble"}:
            self._skip()
            return
        if entry.kind != "string":
            self._head(entry)
        try:
            self._fields(entry, values.BIBTEX, macros)
        except _BrokenError as error:
            self._parse_broken(entry, macros, error.position)
        if entry.kind == "string":
            for name, value in entry.fields.items():
                macros.setdefault(name, value[: values.MAX_MACRO])

    def _parse_broken(self, entry, macros, broken_at):
        doubts, fields = entry.doubts, entry.fields
        if _ESCAPED_BRACE.search(self.text, self.position, self.end):
            entry.fields = {}
            try:
                self._fields(entry, values.PEOPLE, macros)
            except _BrokenError:
                entry.doubts = doubts
            else:
                return
        entry.fields = fields
        self._salvage(entry, macros, broken_at)

    def _skip(self):
        try:
            self.position = values.skip(self.text, self.start - 1, self.end, values.BIBTEX)
        except values.UnbalancedError:
            self.position = self.end

    def _head(self, entry):
        for pattern in (_KEY, _KEY_WITHOUT_COMMA, _KEY_ALONE):
            if found := pattern.match(self.text, self.position, self.end):
                entry.key = found[1].strip()
                self.position = found.end()
                if pattern is _KEY_WITHOUT_COMMA:
                    entry.doubts.append(COMMA)
                break
        if not entry.key:
            entry.doubts.append(KEY)

    def _fields(self, entry, grammar, macros):
        """Reads fields up to the end of the entry."""
        text, position, end = self.text, self.position, self.end
        fields, doubts = entry.fields, []
        last = position
        while True:
            begins = position
            if found := grammar.field.match(text, position, end):
                name, braced, quoted, number = found.groups()
                value = braced if braced is not None else quoted if number is None else number
                position = found.end()
            elif found := values.NAME.match(text, position, end):
                name = found[1]
                value, position = self._value(begins, found.end(), grammar, macros, doubts)
            else:
                position = self._end(last, position, fields, doubts)
                if not _GOES_ON.match(text, position, end):
                    break
                doubts.append(TOO_EARLY)
                continue
            last = begins
            _add(fields, name, value)
        self.position = position
        entry.doubts = entry.doubts + doubts

    def _value(self, begins, position, grammar, macros, doubts):
        text, end = self.text, self.end
        try:
            value, position = values.read(text, position, end, grammar, macros)
        except values.UnbalancedError:
            raise _BrokenError(begins) from None
        if position < end and not _SEPARATOR.match(text, position, end):
            if not values.NAME.match(text, position, end):
                raise _BrokenError(begins)
            doubts.append(COMMA)
        return value, position

    def _end(self, last, position, fields, doubts):
        """The place after the end of the entry, whose `last` field begins there."""
        if found := _END.match(self.text, position, self.end):
            return found.end()
        if _BLANK.match(self.text, position, self.end).end() != self.end:
            raise _BrokenError(position)
        if _FIELD.search(self.text, last + 1, self.end):
            if fields:
                fields.popitem()  # It has swallowed those that follow.
            raise _BrokenError(last)
        doubts.append(CLOSING)
        return self.end

    def _salvage(self, entry, macros, broken_at):
        """Takes what can be had of the fields from where they broke, each in its own bounds."""
        if hidden := _HIDDEN.search(self.text, self.start, self.end):
            self.is_cut = True
            self.end = hidden.start()
        text, end = self.text, self.end
        self.position = end
        start = min(broken_at, end)
        starts = [start, *(found.end() for found in _FIELD.finditer(text, start + 1, end))]
        for start, stop in zip(starts, [*starts[1:], end], strict=True):
            found = values.NAME.match(text, start, stop)
            value = self._bounded(found.end(), stop, macros) if found else None
            if value is None:
                name = found[1] if found else text[start:stop].strip().split("\n")[0][:30]
                entry.doubts.append(FIELD.format(name))
                value = text[found.end() : stop].strip(' \t\n,{}"') if found else ""
            if found:
                _add(entry.fields, found[1], value)

    def _bounded(self, position, stop, macros):
        """The value between `position` and `stop`, or None where it is not whole."""
        try:
            value, after = values.read(self.text, position, stop, values.BIBTEX, macros)
        except values.UnbalancedError:
            return None
        return value if after == stop or _SEPARATOR.match(self.text, after, stop) else None


def _add(fields, name, value):
    name = name.lower()
    if not fields.get(name):
        fields[name] = value
