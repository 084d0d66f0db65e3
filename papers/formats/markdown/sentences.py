"""Told by its words: what is a sentence, and so no list of names or places."""

import re
from functools import lru_cache

_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_LETTER = re.compile(r"[^\W\d_]")
# Each begins with its letter, by which a text is passed over fast; no letter stands before it.
FREE_WORDS = re.compile(
    r"i(?<!\w.)(?:s|ts?)\b|a(?<!\w.)re\b|w(?<!\w.)(?:as|e(?:re)?|hich)\b"
    r"|t(?<!\w.)(?:h(?:is|ese|at|eir|e)|o)\b|u(?<!\w.)s(?:ing|e[sd])\b|c(?<!\w.)an\b"
    r"|n(?<!\w.)ot\b"
)
_PROSE = re.compile(
    r"\b(?:we|our|you|your|please|this|here|these|if|is an?|are|was|(?-i:I)(?!\.)|my|welcome|see|"
    r"check|feel free|can be|have|has)\b",
    re.IGNORECASE,
)


def has_word(text):
    """Whether a letter or digit stands in `text`."""
    return text[:1].isalnum() or _LETTER_OR_DIGIT.search(text) is not None


def has_letter(text):
    return text[:1].isalpha() or _LETTER.search(text) is not None


@lru_cache(maxsize=8192)
def is_free(text):
    """Whether `text` has the words of a sentence."""
    return len(text) > 7 and len(FREE_WORDS.findall(text, 0, 300)) > 2


def is_prose(text):
    """Whether `text` speaks to its readers, as an introduction does."""
    return len(_PROSE.findall(text)) >= 2 and len(text.split()) > 12
