"""Marks in a text, for HTML, the words that were looked for."""

import re
from dataclasses import dataclass, field
from html import escape

from django.utils.html import format_html
from django.utils.safestring import mark_safe

from papers.search import tokens
from papers.search.language import AND_MORE

#: How many characters an excerpt has, and how many of them come before the first marked word.
EXCERPT, BEFORE = 240, 60

_LETTERS = rf"[^\W_{tokens.CJK}]+"
_WORD = re.compile(rf"{tokens.RUN}|{_LETTERS}(?:[-.'\u2010-\u2013\u2019]{_LETTERS})*(?:\+\+|#)?")
# The same in what is ASCII only, in a fraction of the time.
_ASCII_WORD = re.compile(r"[A-Za-z0-9]+(?:[-.'][A-Za-z0-9]+)*(?:\+\+|#)?")
_PART = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Sought:
    """What a query looks for: tokens, beginnings of tokens, and runs of CJK characters."""

    tokens: frozenset
    beginnings: tuple
    runs: re.Pattern | None
    #: Of each word that was met, where in it something stands.
    _met: dict = field(default_factory=dict, init=False, repr=False, compare=False)

    @classmethod
    def of(cls, query, column=""):
        """What is looked for in one column, or in any."""
        ways = [
            way
            for term in query.wanted
            if not (term.field and column) or term.field == column
            for way in term.ways
        ]
        alone = {token for way in ways for token in way}
        runs = {run for way in ways for run in _runs(way)}
        pattern = "|".join(re.escape(run) for run in sorted(runs, key=len, reverse=True))
        return cls(
            frozenset(token for token in alone if not token.endswith(AND_MORE)),
            tuple(token[:-1] for token in alone if token.endswith(AND_MORE)),
            re.compile(pattern) if runs else None,
        )

    def __bool__(self):
        return bool(self.tokens or self.beginnings or self.runs)

    def has(self, token):
        return token in self.tokens or (self.beginnings and token.startswith(self.beginnings))

    def places(self, text):
        """Where in a text it stands: pairs of beginning and end, in order."""
        for found in (_ASCII_WORD if text.isascii() else _WORD).finditer(text):
            word = found[0]
            if (places := self._met.get(word)) is None:
                places = self._met[word] = self._in_word(word)
            for start, end in places:
                yield found.start() + start, found.start() + end

    def _in_word(self, word):
        if word.isascii() and word.isalnum():
            return [(0, len(word))] if self.has(tokens.fold(word.lower())) else []
        if self.runs and tokens.is_run(word):
            return [found.span() for found in self.runs.finditer(word)]
        piece = tokens.normalise(word)
        parts = tokens.split(piece)
        if self.has(parts[0] if len(parts) == 1 else tokens.join(piece)):
            return [(0, len(word))]
        found = _PART.finditer(word) if len(parts) > 1 else ()
        return [p.span() for p in found if self.has(tokens.fold(tokens.normalise(p[0])))]


def _runs(way):
    """The runs of CJK characters whose pairs are among these tokens."""
    runs = []
    for token in way:
        pair = token.removesuffix(AND_MORE)
        if not tokens.is_run(pair):
            continue
        if runs and runs[-1][-1] == pair[0]:
            runs[-1] += pair[1:]
        else:
            runs.append(pair)
    return runs


def mark(text, sought):
    """The text with what is sought in <mark>, escaped."""
    return _marked(text, list(sought.places(text)))


def excerpt(text, sought):
    """A piece of a long text around the first place of what is sought, marked; "" if there is
    none."""
    first = next(sought.places(text), None)
    if not first:
        return ""
    start = max(0, first[0] - BEFORE)
    if start:
        start = text.find(" ", start, first[0]) + 1 or start
    end = min(len(text), start + EXCERPT)
    if end < len(text):
        end = max(text.rfind(" ", first[1], end), first[1]) if " " in text[first[1] : end] else end
    piece = text[start:end]
    marked = _marked(piece, list(sought.places(piece)))
    return format_html("{}{}{}", "… " if start else "", marked, " …" if end < len(text) else "")


def _marked(text, places):
    parts, done = [], 0
    for start, end in places:
        parts.append(f"{escape(text[done:start])}<mark>{escape(text[start:end])}</mark>")
        done = end
    return mark_safe("".join(parts) + escape(text[done:]))  # noqa: S308 - escaped in these lines
