"""Citation keys, such as `vaswani2017attention`: a paper's URL and its BibTeX key."""

import re
import unicodedata

PATTERN = r"[A-Za-z0-9][A-Za-z0-9_:+-]*"
_SKIPPED = frozenset(
    "a an and are as at be by can do does for from how in into is it its not of on or that the"
    " their this to towards via we what when why with".split()
)
# Letters that NFKD does not take apart.
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"}
)


def make(authors, year, title):
    """A key from the first author's surname, the year and the title's first telling word.

    authors: list of names, "First Last" or "Last, First"; year: int or None; title: str.
    Parts that cannot be written in ASCII are left out; where nothing is left the key is
    `paper`. Uniqueness is the caller's: see `alternatives`.
    """
    words = [word for word in _ascii_words(title) if word not in _SKIPPED]
    return f"{_surname(authors)}{year or ''}{words[0] if words else ''}"[:80] or "paper"


def alternatives(key):
    """`key` itself, then `key-2`, `key-3` and so on."""
    yield key
    number = 2
    while True:
        yield f"{key}-{number}"
        number += 1


def _surname(authors):
    if not authors:
        return ""
    name = authors[0]
    parts = _ascii_words(name.split(",")[0])
    if not parts:
        return ""
    # "Last, First" and collective names such as DeepSeek-AI give their first word whole.
    return "".join(parts) if "," in name else parts[-1] if " " in name else parts[0]


def _ascii_words(text):
    folded = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    letters = "".join(c for c in folded if not unicodedata.combining(c))
    return re.findall(r"[a-z0-9]+", letters)
