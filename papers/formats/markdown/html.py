"""HTML as it is mixed into Markdown: a flat stream of tags and texts.

Every pattern is bounded, so that reading takes time linear in the text however it is broken.
"""

import html
import re

# A start or end tag with its attributes, a comment, or a declaration. What looks like none of
# them, such as `a < b`, is text.
_MARKUP = re.compile(
    r"<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]{0,30}+)"
    r"(?P<attributes>(?:[^<>\"']{1,2000}+|\"[^\"]{0,4000}+\"|'[^']{0,4000}+'|[\"']){0,60}+)>"
    r"|<!--(?P<comment>.{0,4000}?)-->|<[!?][^<>]{0,2000}>",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(
    r"([a-zA-Z][a-zA-Z0-9_-]{0,30})\s{0,20}=\s{0,20}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]+))"
)


def read_tag(text):
    """(name, is_end_tag, attributes) of a text that is one tag; None where it is another thing."""
    found = _MARKUP.match(text)
    return _tag(found) if found else None


def tokenize(text):
    """The text's tags, as (offset, name, is_end_tag, attributes), and what stands between them,
    as (offset, None, False, text). Comments are left out."""
    position = 0
    for found in _MARKUP.finditer(text):
        if found.start() > position:
            yield position, None, False, html.unescape(text[position : found.start()])
        if tag := _tag(found):
            yield found.start(), *tag
        position = found.end()
    if position < len(text):
        yield position, None, False, html.unescape(text[position:])


def end_of_markup(text, start):
    """Where the tag, comment or declaration that begins at `start` ends; None if none does."""
    found = _MARKUP.match(text, start)
    return found.end() if found else None


def _tag(found):
    name = found["name"]
    if not name:
        return None
    attributes = {
        key.lower(): html.unescape(double or single or bare)
        for key, double, single, bare in _ATTRIBUTE.findall(found["attributes"])
    }
    return name.lower(), bool(found["close"]), attributes
