"""Curators' Markdown put into a list: kept in its place, its HTML shown as it was typed."""

import re
import unicodedata
from collections import Counter
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.common.html_blocks import block_names
from mdit_py_plugins.dollarmath import dollarmath_plugin

_NO_SHAPE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
# What stands behind the `<` of a tag, a comment or a declaration; and of a block, which needs
# no `>`, at the beginning of a line.
_TAG = r"/?[a-z][a-z0-9-]*(?=[\s/>])|!--|\?|![a-z\[]"
_BLOCK = rf"/?(?:{'|'.join(['script', 'pre', 'style', 'textarea', *block_names])})(?=\s|/?>|$)"
# A backslash that is escaped itself escapes nothing.
_EVEN = r"(?<!\\)(?:\\\\)*"
_HTML = re.compile(
    rf"(?P<even>{_EVEN})<(?={_TAG})|(?P<front>^[ \t>*+\-0-9.)]*)<(?={_BLOCK})", re.I | re.M
)
_MADE_SOUND = re.compile(rf"(?P<even>{_EVEN})(?:\\<|\{{<\}})(?={_TAG}|{_BLOCK})", re.I | re.M)
_PLACE = re.compile("\ue000([0-9]+)\ue001")
_MAY_BE_HEADING = re.compile(r"^[ \t>*+-]*(?:#|=+[ \t]*$|-+[ \t]*$)", re.MULTILINE)


def sound(markdown):
    """Markdown in which HTML is no HTML, without blank lines around: `restore` undoes the first.

    Outside of code, `<` becomes `\\<` where HTML would begin; in a formula `{<}`.
    """
    markdown = _NO_SHAPE.sub("", markdown.replace("\r\n", "\n").replace("\r", "\n"))
    lines = [line if line.strip() else "" for line in markdown.split("\n")]
    return _outside_code(_HTML, {"text": r"\<", "math": "{<}"}, "\n".join(lines).strip("\n"))


def restore(markdown):
    """What `sound` was given. A `\\<` that was in it already has become `<`, which shows alike."""
    return _outside_code(_MADE_SOUND, {"text": "<", "math": "<"}, markdown)


def _outside_code(pattern, instead, markdown):
    """`markdown`, with something else for what `pattern` finds in texts and formulas."""
    if not pattern.search(markdown):
        return markdown
    markdown = _PLACE.sub("", markdown)
    found_there = []

    def place(found):
        before = found["even"] or found.groupdict().get("front") or ""
        found_there.append(found[0][len(before) :])
        return f"{before}\ue000{len(found_there) - 1}\ue001"

    placed = pattern.sub(place, markdown)
    for token in _tokens(placed):
        if new := instead.get(token.type.partition("_")[0]):
            for number in _PLACE.findall(token.content):
                found_there[int(number)] = new
    return _PLACE.sub(lambda found: found_there[int(found[1])], placed)


@cache
def _parser():
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": 50})
    parser.enable(["table", "strikethrough"])
    parser.use(dollarmath_plugin, allow_space=False, allow_digits=False, double_inline=True)
    # Searches for its end to the end of the text, from each `$$`.
    return parser.disable("math_block")


def _tokens(markdown):
    waiting = list(reversed(_parser().parse(markdown)))
    while waiting:
        token = waiting.pop()
        yield token
        waiting += reversed(token.children or ())


def is_paragraphs(markdown):
    """Whether Markdown is paragraphs and nothing else, so that it may stand between headings."""
    covered = set()
    for token in _parser().parse(markdown):
        if token.level == 0 and token.type not in {"paragraph_open", "paragraph_close"}:
            return False
        covered.update(range(*(token.map or (0, 0))))
    # The definition of a link leaves no token.
    return all(n in covered for n, line in enumerate(markdown.split("\n")) if line.strip())


def quote(markdown, indent="", comment=""):
    """A quotation: whatever blocks stand in it, they end with it."""
    lines = [f"<!-- {comment} -->"] if comment else []
    lines += markdown.split("\n")
    return "".join(f"{indent}> {line}\n" if line else f"{indent}>\n" for line in lines)


def anchor(heading):
    """The anchor that GitHub gives to a heading of this text, where it is the only one."""
    return "".join(sign for sign in heading.lower() if _is_kept(sign)).replace(" ", "-")


def _is_kept(sign):
    # `[^\p{Word}\- ]` is taken out, as Ruby has \p{Word}.
    category = unicodedata.category(sign)
    return sign in " -" or category[0] in "LM" or category in {"Nd", "Pc"}


def anchors(markdown):
    """How often each anchor is taken by the headings of a Markdown text."""
    taken = Counter()
    if _MAY_BE_HEADING.search(markdown):
        within = False
        for token in _parser().parse(markdown):
            if token.type == "inline" and within:
                texts = [t.content for t in token.children if t.type in {"text", "code_inline"}]
                taken[anchor("".join(texts))] += 1
            within = token.type == "heading_open"
    return taken
