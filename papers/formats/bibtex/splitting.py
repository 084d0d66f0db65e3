"""A BibTeX text as its entries, their fields as they are written, whatever is broken in between.

bibtexparser's splitter is strict: it drops an entry for a brace that was lost in its abstract, or
for an accent in its key, as exports of real sites have them. So we split ourselves: an entry ends
at the latest where the next line that begins with `@word{` does, and what was read until then
counts.
"""

import re
from dataclasses import dataclass, field

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
_NAME = re.compile(r"[\s,]*+([A-Za-z_][^\s={},\"#()\\]*+)\s*+=\s*+")
# Where a field seems to begin, when values do not end.
_FIELD = re.compile(
    r"\n[ \t,]*+(?=[A-Za-z_][\w:-]*+[ \t]*+=\s*+[{\"\w])"
    r"|(?<=[}\"]),[ \t]*+(?=[A-Za-z_][\w:-]*+[ \t]*+=[ \t]*+[{\"])"
)
# A closing brace too many: fields go on after the end.
_GOES_ON = re.compile(r"[\s,]*+[A-Za-z_][\w:-]*+\s*+=\s*+[{\"]")
_END = re.compile(r"[\s,]*+([})])")
_NUMBER_OR_MACRO = re.compile(r"[^\s,{}()\"#=]++(?:[ \t]++[^\s,{}()\"#=]++)*+")
_JOIN = re.compile(r"\s*+#\s*+")
_SPACE = re.compile(r"\s*+")
_BLANK = re.compile(r"[\s,]*+")

# What a macro may stand for, so that a few lines cannot grow without end.
_MAX_MACRO = 1000
_MAX_JOINED = 4000

COMMA = "a comma is missing"
CLOSING = "its end is missing"
TOO_EARLY = "a brace closes it too early"
FIELD = "its field “{}” is not well formed"
KEY = "it has no key"


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
    """A value that does not end. position: where its field begins."""

    def __init__(self, position):
        super().__init__()
        self.position = position


class _Grammar:
    """Braces as BibTeX counts them, which is all; or as people do, without those after `\\`."""

    def __init__(self, plain, brace):
        flat = rf"(?:{plain})*+"
        deep = rf"(?:{plain}|\{{(?:{plain}|\{{{flat}\}})*+\}})*+"
        quoted = plain.replace("{}", '{}"')
        self.braced = re.compile(rf"\{{({deep})\}}")
        self.quoted = re.compile(rf'"((?:{quoted}|\{{{deep}\}})*+)"')
        self.brace = re.compile(brace)
        # The usual field, in one step.
        self.field = re.compile(
            rf"{_NAME.pattern}(?:\{{({deep})\}}|\"((?:{quoted}|\{{{deep}\}})*+)\"|([0-9]++))"
            r"\s*+(?:,\s*+|(?=[})]))"
        )


_BIBTEX = _Grammar(r"[^{}]++", r"[{}\"]")
_PEOPLE = _Grammar(r"[^{}\\]++|\\.", r"(?<!\\)[{}\"]")
_ESCAPED_BRACE = re.compile(r"\\[{}]")


def split(text):
    """The entries of `text`, in its order, `@string` resolved. Needs time linear in its length."""
    macros = dict(_MONTHS)
    starts = [found.start() for found in _START.finditer(text)]
    line, counted = 1, 0
    for start, end in zip([0, *starts], [*starts, len(text)], strict=True):
        for opening, parser in _openings(text, start, end):
            line += text.count("\n", counted, opening.start())
            counted = opening.start()
            entry = Entry(opening[1].lower(), line, text[counted : min(counted + 200, end)])
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
    """Reads one entry between its opening brace, before `position`, and `end`."""

    def __init__(self, text, position, end):
        self.text = text
        self.start = self.position = position
        self.end = end
        self.is_cut = False

    def parse(self, entry, macros):
        if entry.kind in {"comment", "preamble"}:
            self._skip()
            return
        self._head(entry)
        if not self._parse_fields(_BIBTEX, entry, macros):
            has_escapes = _ESCAPED_BRACE.search(self.text, self.start, self.end)
            if not has_escapes or not self._parse_fields(_PEOPLE, entry, macros):
                self._salvage(entry, macros)
        if entry.kind == "string":
            for name, value in entry.fields.items():
                macros.setdefault(name, value[:_MAX_MACRO])

    def _parse_fields(self, grammar, entry, macros):
        """Whether all went well."""
        fields, doubts = {}, []
        try:
            self.position = self._fields(grammar, fields, doubts, macros)
        except _BrokenError as error:
            self.broken_at = error.position
            self.broken_fields = fields
            return False
        entry.fields = fields
        entry.doubts += doubts
        return True

    def _skip(self):
        try:
            self.position = self._balanced(_BIBTEX, self.start - 1)
        except _BrokenError:
            self.position = self.end

    def _head(self, entry):
        self.after_key = self.position
        if entry.kind == "string":
            return
        if found := _KEY.match(self.text, self.position, self.end):
            entry.key = found[1].strip()
        elif found := _KEY_WITHOUT_COMMA.match(self.text, self.position, self.end):
            entry.key = found[1]
            entry.doubts.append(COMMA)
        else:
            found = _KEY_ALONE.match(self.text, self.position, self.end)
            entry.key = found[1] if found else ""
        self.after_key = found.end() if found else self.position
        if not entry.key:
            entry.doubts.append(KEY)

    def _fields(self, grammar, fields, doubts, macros):
        """Reads fields up to the end of the entry, and returns its place."""
        text, position, end = self.text, self.after_key, self.end
        match = grammar.field.match
        last = position
        while True:
            begins = position
            if found := match(text, position, end):
                name, braced, quoted, number = found.groups()
                value = braced if braced is not None else quoted if number is None else number
                position = found.end()
            elif found := _NAME.match(text, position, end):
                name = found[1]
                value, after = self._value(grammar, position, found.end(), macros)
                if not _SEPARATED.match(text, after, end):
                    # Two fields without a comma between them; else the value went wrong.
                    if after < end and not _NAME.match(text, after, end):
                        raise _BrokenError(position)
                    if after < end:
                        doubts.append(COMMA)
                position = after
            else:
                ends = self._end(last, position, fields, doubts)
                if not _GOES_ON.match(text, ends, end):
                    return ends
                doubts.append(TOO_EARLY)
                position = ends
                continue
            last = begins
            _add(fields, name, value)

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

    def _value(self, grammar, start, position, macros):
        """The value that begins at `position`, and where it ends."""
        parts = []
        while True:
            part, position = self._part(grammar, start, position, macros)
            if not parts or len(parts) + sum(map(len, parts)) < _MAX_JOINED:
                parts.append(part)
            joined = _JOIN.match(self.text, position, self.end)
            if not joined:
                return "".join(parts), _SPACE.match(self.text, position, self.end).end()
            position = joined.end()

    def _part(self, grammar, start, position, macros):
        text, end = self.text, self.end
        sign = text[position : position + 1] if position < end else ""
        if sign in {"{", '"'} and sign:
            whole = grammar.braced if sign == "{" else grammar.quoted
            if found := whole.match(text, position, end):
                return found[1], found.end()
            try:
                after = self._balanced(grammar, position)
            except _BrokenError:
                raise _BrokenError(start) from None
            return text[position + 1 : after - 1], after
        found = _NUMBER_OR_MACRO.match(text, position, end)
        if not found:
            return "", position
        return macros.get(found[0].lower(), found[0]), found.end()

    def _balanced(self, grammar, position):
        """The place after what closes the brace or quotation mark at `position`."""
        quoted, depth = self.text[position] == '"', 0
        for found in grammar.brace.finditer(self.text, position + 1, self.end):
            if found[0] == "{":
                depth += 1
            elif found[0] == "}":
                depth -= 1
            if depth == -1 or (quoted and depth == 0 and found[0] == '"'):
                return found.end()
        raise _BrokenError(position)

    def _salvage(self, entry, macros):
        """Takes what can be had of the fields from where they broke, each in its own bounds."""
        if hidden := _HIDDEN.search(self.text, self.after_key, self.end):
            self.is_cut = True
            self.end = hidden.start()
        text, end = self.text, self.end
        self.position = end
        start = min(self.broken_at, end)
        entry.fields = self.broken_fields
        starts = [start, *(found.end() for found in _FIELD.finditer(text, start + 1, end))]
        for start, stop in zip(starts, [*starts[1:], end], strict=True):
            found = _NAME.match(text, start, stop)
            value = self._bounded(found.end(), stop, macros) if found else None
            if value is None:
                name = found[1] if found else text[start:stop].strip().split("\n")[0][:30]
                entry.doubts.append(FIELD.format(name))
                value = text[found.end() : stop].strip(' \t\n,{}"') if found else ""
            if found:
                _add(entry.fields, found[1], value)

    def _bounded(self, position, stop, macros):
        """The value between `position` and `stop`, or None where it is not whole."""
        part = _Parser(self.text, position, stop)
        try:
            value, after = part._value(_BIBTEX, position, position, macros)
        except _BrokenError:
            return None
        return value if after == stop or _SEPARATED.match(self.text, after, stop) else None


_SEPARATED = re.compile(r"\s*+[,})]")


def _add(fields, name, value):
    name = name.lower()
    if not fields.get(name):
        fields[name] = value


_MONTHS = {
    month[:3]: month
    for month in (
        *("January", "February", "March", "April", "May", "June", "July", "August"),
        *("September", "October", "November", "December"),
    )
}
