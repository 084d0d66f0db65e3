"""Text → the tokens that are indexed and searched for, the same for both engines.

A token is made of letters and digits only, in lower case: NFKC and case folded, Latin letters
without their marks, LaTeX's commands gone, a Greek letter by its name, plurals as the singular.
A compound such as `pre-training` gives its parts and, aside, the joined form. Runs of Chinese,
Japanese and Korean give overlapping pairs of characters, then the last character alone: so any
two characters are found wherever they stand together, and one as the beginning of a pair.
"""

import re
import unicodedata
from functools import lru_cache

#: A longer word is no word; of one only the beginning counts.
LONGEST = 64

#: Of a set in a regular expression: the characters of Chinese, Japanese and Korean.
CJK = (
    r"\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
    r"\U00020000-\U0003ffff"
)
#: A run of them. Among them stand a few signs, such as the dot between foreign names.
RUN = rf"(?:(?=\w)[{CJK}])+"
_RUN = re.compile(f"({RUN})")
_ASCII_WORD = re.compile(r"[a-z0-9]+(?:[-.'][a-z0-9]+)*(?:\+\+|#)?")
_WORD = re.compile(r"[^\W_]+(?:[-.'\u2010-\u2013\u2019][^\W_]+)*(?:\+\+|#)?")
_PART = re.compile(r"[^\W_]+")
_MARKS = re.compile(r"[\u0300-\u036f]+")
_LONE_GREEK = re.compile(r"(?<![\u0370-\u03ff])[α-ω](?![\u0370-\u03ff])")

_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ς": "σ"}
)
_GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρστυφχψω",
        "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho"
        " sigma tau upsilon phi chi psi omega".split(),
        strict=True,
    )
)

# Accents and braces vanish within a word; a command ends one, and is one where it names a letter.
_LATEX_ACCENT = re.compile(
    r"\\[`'^\"~=.](?=[{\s]*[a-z])|\\[Hbcdkrtuv](?:(?=\{)|\s+(?=[a-z]))", re.I
)
_LATEX_LETTERS = dict(
    zip(
        "o l i j ae oe ss th aa dh dj ng".split(),
        "o l i j ae oe ss th a d d ŋ".split(),
        strict=True,
    )
)
# It stands within a word: braces or blanks behind it only say where it ends.
_LATEX_LETTER = re.compile(rf"\\({'|'.join(_LATEX_LETTERS)})(?![a-z])(?:\{{\}}|\s+)?", re.I)
_LATEX_COMMAND = re.compile(r"\\(?:var)?([a-zA-Z]+)\s*")
_LATEX_SIGNS = re.compile(r"[{}$^_\\]+")

# What is written apart, with a hyphen or together with the word that follows.
_FIRST = frozenset(
    "ai anti auto back bi bio co cross cyber data de deep end few fine hyper in inter intra"
    " long low macro mega meta micro mid mini multi nano neuro non off on one online open out"
    " over para photo poly post pre pseudo quasi re self semi sub super time tri ultra un under"
    " up vision web zero".split()
)
_SINGULARS = {
    "analyses": "analysis",
    "hypotheses": "hypothesis",
    "indices": "index",
    "matrices": "matrix",
    "syntheses": "synthesis",
    "vertices": "vertex",
}


def tokens(text):
    """The tokens of a text in its order, and aside, in a list of their own, the joined forms."""
    stream, joined = [], []
    first = ""
    for piece in pieces(text):
        if piece.isascii() and piece.isalnum():
            stream.append(fold(piece))
            if first:
                joined.append(fold(first + piece))
            first = piece if piece in _FIRST else ""
            continue
        first = ""
        parts = split(piece)
        stream += parts
        if form := join(piece):
            joined.append(form)
    return stream, joined


def pieces(text):
    """A text's words and compounds, normalised, and its runs of CJK characters."""
    text = normalise(text)
    if text.isascii():
        return _ASCII_WORD.findall(text)
    found = []
    for place, part in enumerate(_RUN.split(text)):
        if place % 2:
            found.append(part)
        else:
            found += _WORD.findall(part)
    return found


def normalise(text):
    """A text in the one spelling that its pieces are cut from."""
    if "\\" in text or "$" in text:
        text = _without_latex(text)
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    # Composed again: Korean syllables and Japanese voiced sounds are one character each.
    text = unicodedata.normalize("NFC", _MARKS.sub("", text)).translate(_LETTERS)
    return _LONE_GREEK.sub(lambda letter: _GREEK[letter[0]], text)


def is_run(piece):
    """Whether a piece is a run of CJK characters."""
    return bool(_RUN.match(piece))


def split(piece):
    """The tokens of a piece: of a run its pairs and its last character, else its words."""
    if piece.isascii() and piece.isalnum():
        return [fold(piece)]
    if is_run(piece):
        return [*pairs(piece), piece[-1]]
    if name := _code_name(piece):
        return [name]
    return [fold(part) for part in _PART.findall(piece)]


def in_a_row(parts):
    """The tokens of some pieces, one after the other."""
    found = []
    for piece in parts:
        if piece.isascii() and piece.isalnum():
            found.append(fold(piece))
        else:
            found += split(piece)
    return found


def pairs(run):
    """The overlapping pairs of characters in a run."""
    return [run[place : place + 2] for place in range(len(run) - 1)]


def join(piece):
    """The one token that a compound is when written together, "" where it is no compound."""
    parts = _PART.findall(piece)
    return fold("".join(parts)) if 1 < len(parts) <= 5 and not _code_name(piece) else ""


@lru_cache(maxsize=100_000)
def fold(word):
    """A word as it is indexed: its singular, roughly. The same for both, which is what matters."""
    word = word[:LONGEST]
    if len(word) < 4 or word[-1] != "s" or word[-2] in "sui":
        return word
    if word in _SINGULARS:
        return _SINGULARS[word]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes", "zes")):
        return word[:-2]
    return word[:-1]


def _code_name(piece):
    """C++ and C# by names of letters."""
    for sign, name in (("++", "plusplus"), ("#", "sharp")):
        if piece.endswith(sign):
            return "".join(_PART.findall(piece))[: LONGEST - len(name)] + name
    return ""


def _without_latex(text):
    text = _LATEX_LETTER.sub(lambda found: _LATEX_LETTERS[found[1].lower()], text)
    text = _LATEX_ACCENT.sub("", text)
    text = _LATEX_COMMAND.sub(lambda found: f" {_letter(found[1])} ", text)
    return _LATEX_SIGNS.sub("", text)


def _letter(command):
    return command if command.lower() in _GREEK.values() else ""
