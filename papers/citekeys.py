"""Citation keys, such as `vaswani2017attention`: a paper's URL and its BibTeX key."""

import re
import unicodedata

PATTERN = r"[A-Za-z0-9][A-Za-z0-9_:+-]*"
MAX_LENGTH = 80
_SKIPPED = {
    *("a", "an", "and", "are", "as", "at", "be", "by", "can", "do", "does", "for", "from", "how"),
    *("in", "into", "is", "it", "its", "not", "of", "on", "or", "that", "the", "their", "this"),
    *("to", "towards", "via", "we", "what", "when", "why", "with"),
}
_AFTER_SURNAMES = {"jr", "sr", "ii", "iii", "iv"}
# By case: there are people called Ai.
_COLLECTIVE = ("AI", "Team", "Group", "Collaboration", "Consortium")
_COLLECTIVE_END = re.compile(rf"(?<=.)[\s-](?:{'|'.join(_COLLECTIVE)})\s*$")
_WORD = re.compile(r"[a-z0-9]+")
# Letters that NFKD does not take apart.
_LETTERS = str.maketrans(
    dict(zip("łøđðħŧŋıə", "loddhtnie", strict=True))
    | {"þ": "th", "ß": "ss", "æ": "ae", "œ": "oe"}
    | dict.fromkeys("'’ʼʻ", "")
)


def make(authors, year, title):
    """A key from the first author's surname, the year and the title's first telling word.

    authors: list of names, "First Last" or "Last, First"; year: int or None; title: str.
    Parts that cannot be written in ASCII are left out; where nothing is left the key is
    `paper`. Uniqueness is the caller's: see `alternatives`.
    """
    words = _ascii_words(title)
    telling = next((word for word in words if word not in _SKIPPED), *words[:1] or [""])
    return f"{_surname(authors)}{year or ''}{telling}"[:MAX_LENGTH] or "paper"


def is_key(text):
    """Whether `text` can be a key as it is."""
    return len(text) <= 100 and re.fullmatch(PATTERN, text) is not None


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
    last, comma, _ = authors[0].partition(",")
    # DeepSeek-AI is deepseek, the ATLAS Collaboration atlas.
    if last.rstrip().endswith(_COLLECTIVE):
        last = _COLLECTIVE_END.sub("", last)
    if comma:  # van der Berg, Jan
        return "".join(_ascii_words(last))
    words = ("".join(_ascii_words(word)) for word in reversed(last.split()))
    surname = ""
    for word in words:
        if word and word not in _AFTER_SURNAMES:
            return word
        surname = surname or word
    return surname


def _ascii_words(text):
    if text.isascii():
        return _WORD.findall(text.lower().replace("'", ""))
    letters = unicodedata.normalize("NFKD", text)
    text = "".join(c for c in letters if not unicodedata.combining(c))
    return _WORD.findall(text.casefold().translate(_LETTERS))
