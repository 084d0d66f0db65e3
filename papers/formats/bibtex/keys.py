"""Citation keys as BibTeX can read and LaTeX can cite them."""

import re
import unicodedata

from papers.formats.latex import decode

_NO_KEY = re.compile(r"[\s\"{}=,\\#%~'()\x00-\x1f\x7f]+")
# Letters that NFKD does not take apart.
_LETTERS = str.maketrans(
    dict(zip("łŁøØđĐðÐı", "lLoOdDdDi", strict=True))
    | {"ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "þ": "th", "Þ": "TH"}
)


def clean(key):
    """`key` in ASCII, without what cannot be in one. May be empty: a year alone names no paper."""
    if key.isascii() and key.isalnum():
        return key
    if "\\" in key:
        key = decode(key)
    letters = unicodedata.normalize("NFKD", key.translate(_LETTERS))
    cleaned = _NO_KEY.sub("", letters.encode("ascii", "ignore").decode())
    return "" if cleaned.isdecimal() and not key.isascii() else cleaned
