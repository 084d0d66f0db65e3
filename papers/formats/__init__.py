"""Text ⇄ records: one module a format, all of the same shape.

A format module has `read(text: str) -> Iterator[Item]`, which never raises on any text and
reports what it left out as Problem items, and, where the format can be written,
`write(items: Iterable[Item], language: str = "en") -> Iterator[str]`, which gives the text piece
by piece. A new format is one module, one line in the table below and one test.
"""

import json
import re

from papers.formats import bibtex, csl, csv, ids, jsonl, markdown, ris

FORMATS = {
    "markdown": markdown,
    "bibtex": bibtex,
    "ris": ris,
    "csl": csl,
    "csv": csv,
    "jsonl": jsonl,
    "ids": ids,
}

_RIS = re.compile(r"^TY {1,2}- ", re.MULTILINE)
_JSON = re.compile(r"\[\s*(?:\{|\])|\{\s*\"")
_BIBTEX = re.compile(r"^[ \t]*@[A-Za-z]+[ \t]*[{(]", re.MULTILINE)
# A heading, an item, a row of a table, a tag, a link.
_MARKDOWN = re.compile(r"^(?:#{1,6}[ \t]|[ \t]*[-*+|][ \t]?\S|[ \t]*<[a-z]|.*\]\()", re.M)
#: As much of a text as tells its format.
_HEAD = 100_000


def guess(text):
    """The name of the format that a text is in, told from what it says."""
    head = text[:_HEAD].lstrip("\ufeff \t\r\n")
    if _is_line_of_list(head.split("\n", 1)[0]):
        return "jsonl"
    if _JSON.match(head):
        return "csl"
    if csv.is_table(head):
        return "csv"
    if _RIS.search(head):
        return "ris"
    if _is_bibtex(head):
        return "bibtex"
    if ids.is_list(head):
        return "ids"
    return "markdown"


def _is_bibtex(text):
    """Whether there are entries; a Markdown list often has some that say how to cite it."""
    first = _BIBTEX.search(text)
    if not first or not _MARKDOWN.search(text, 0, first.start()):
        return bool(first)
    return len(_BIBTEX.findall(text)) >= len(_MARKDOWN.findall(text))


def _is_line_of_list(line):
    try:
        members = json.loads(line) if line.startswith("{") else None
    except (ValueError, RecursionError):
        return False
    return isinstance(members, dict) and members.get("type") in [*jsonl.TYPES]
