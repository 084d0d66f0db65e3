"""A field's value: in braces, in quotation marks, a number, a macro, or several joined by `#`.

All patterns are possessive: none goes back over what it has read, so that no text is slow.
"""

import re

# What a macro may stand for, so that a few lines cannot grow without end.
MAX_MACRO = 1000
_MAX_JOINED = 4000

#: Between fields: blanks, commas and LaTeX's comments.
BETWEEN = r"[\s,]*+(?:%[^\n]*+[\s,]*+)*+"
NAME = re.compile(rf"{BETWEEN}([A-Za-z_][^\s={{}},\"#()\\]*+)\s*+=\s*+")
_NUMBER_OR_MACRO = re.compile(r"[^\s,{}()\"#=]++(?:[ \t]++[^\s,{}()\"#=]++)*+")
_JOIN = re.compile(r"\s*+#\s*+")
_SPACE = re.compile(r"\s*+")


class UnbalancedError(Exception):
    """A value that does not end."""


class Grammar:
    """How braces are counted. Nested deeper than a pattern can say, they are counted one by one.

    field: the usual field in one step, with the separator after it.
    """

    def __init__(self, plain, brace):
        flat = rf"(?:{plain})*+"
        deep = rf"(?:{plain}|\{{(?:{plain}|\{{{flat}\}})*+\}})*+"
        unquoted = plain.replace("{}", '{}"')
        quoted = rf"(?:{unquoted}|\{{{deep}\}})*+"
        self.braced = re.compile(rf"\{{({deep})\}}")
        self.quoted = re.compile(rf'"({quoted})"')
        self.brace = re.compile(brace)
        self.field = re.compile(
            rf"{NAME.pattern}(?:\{{({deep})\}}|\"({quoted})\"|([0-9]++))\s*+(?:,\s*+|(?=[}})]))"
        )


#: As BibTeX counts them, which is all.
BIBTEX = Grammar(r"[^{}]++", r"[{}\"]")
#: As people do: not those after a backslash.
PEOPLE = Grammar(r"[^{}\\]++|\\.", r"(?<!\\)[{}\"]")


def read(text, position, end, grammar, macros):
    """The value at `position`, and where what comes after it begins. Raises UnbalancedError."""
    parts = []
    while True:
        part, position = _part(text, position, end, grammar, macros)
        if not parts or len(parts) + sum(map(len, parts)) < _MAX_JOINED:
            parts.append(part)
        joined = _JOIN.match(text, position, end)
        if not joined:
            return "".join(parts), _SPACE.match(text, position, end).end()
        position = joined.end()


def _part(text, position, end, grammar, macros):
    sign = text[position] if position < end else ""
    if sign and sign in '{"':
        whole = grammar.braced if sign == "{" else grammar.quoted
        if found := whole.match(text, position, end):
            return found[1], found.end()
        after = skip(text, position, end, grammar)
        return text[position + 1 : after - 1], after
    found = _NUMBER_OR_MACRO.match(text, position, end)
    if not found:
        return "", position
    return macros.get(found[0].lower(), found[0]), found.end()


def skip(text, position, end, grammar):
    """The place after what closes the sign at `position`. Raises UnbalancedError."""
    quoted, depth = text[position] == '"', 0
    for found in grammar.brace.finditer(text, position + 1, end):
        if found[0] == "{":
            depth += 1
        elif found[0] == "}":
            depth -= 1
        if depth == -1 or (quoted and depth == 0 and found[0] == '"'):
            return found.end()
    raise UnbalancedError
