"""Plain texts and addresses as Markdown that shows them, whatever signs they have.

Sources: CommonMark 0.31.2 and GitHub Flavored Markdown 0.29.
"""

import re

from papers.formats import values

# `$` begins a formula on GitHub, `|` a table.
_ACTIVE = re.compile(
    r"[\\`*_\[\]<|~$]|&(?=#?\w{1,50};)|(?<=:)/(?=/)|(?<=\bwww)\.(?=\w)", re.IGNORECASE
)
_SEPARATOR = re.compile(r"(?<= )·(?= )")
# What begins another block than a paragraph, or makes a heading or a table of the line above.
_AT_START = re.compile(r"^(?:([0-9])(?=[0-9]{0,8}[.)])|[#+\-=:>])")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_IN_DESTINATION = re.compile(r"[\\()<>`]|&(?=#?\w{1,50};)")


def line(text):
    """A text as one line of Markdown that shows just that, without signs that have no shape."""
    return _SEPARATOR.sub(disguise, _ACTIVE.sub(r"\\\g<0>", values.plain(text)))


def at_start(markdown):
    """One line of Markdown that is to begin a line."""
    return _AT_START.sub(
        lambda found: disguise(found[1]) if found[1] else f"\\{found[0]}", markdown
    )


def disguise(sign):
    """A sign by its number, where it would mean something else; or what a pattern found."""
    return f"&#{ord(sign if isinstance(sign, str) else sign[0])};"


def address(url):
    """An address as it may be linked to, or "" where none may: of the web, or relative."""
    url = values.plain(url).replace(" ", "%20")
    scheme = _SCHEME.match(url)
    if url.startswith("#") or (scheme and scheme[1].lower() not in {"http", "https", "ftp"}):
        return ""
    return url


def link(text, url):
    """A link; `text` is Markdown, `url` an address."""
    destination = _IN_DESTINATION.sub(r"\\\g<0>", url)
    return f"[{text}]({destination})"
