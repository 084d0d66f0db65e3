"""Titles as a list gives them, without number, date, venue, nickname and marks."""

import re
from functools import lru_cache

from . import dates, marks, meta, venues
from .sentences import has_letter, has_word

_NUMBER = re.compile(
    r"^\s*(?:[\[(【]\s*\d{1,4}\s*[\])】][.:]?|\d{1,4}\s*[.)、](?!\d)|\(\d{1,3}\)|#\d+\b|[-*•·▪●○‣–]\s)\s*"
)
_CHECKBOX = re.compile(r"^\s*\[[ xX]\]\s+")
_LEADING_TAG = re.compile(
    r"^\s*(?P<open>[\[【(（])(?P<text>[^\[\]【】()（）]{1,60})[\]】)）]\s*[:：\-–|,.]?\s*(?=\S)"
)
_LEADING_DATE = re.compile(
    rf"^\s*[(（\[【]?{dates.DATE_PATTERN}[)）\]】]?\s*(?:[-–—:：|,.·]\s*|\s+)", re.IGNORECASE
)
_LEADING_VENUE = re.compile(rf"^\s*(?:{venues.VENUE_PATTERN})\s*(?:[-–—:：|,·]\s*|\.\s+|\s+)(?=\S)")
# `ICCV'23 Title` and `CVPR 2020: Title`, but not `NIPS 2016 Tutorial: …`.
_HAS_YEAR = re.compile(
    r"^\s*(?:19|20)\d\d[-_]|['’‘`´]\s?\d\d|-\d\d\b|(?:19|20)\d\d\)?\s*[-–—:：|,·.]"
)
_TRAILING_TAG = re.compile(
    r"\s*(?P<open>[\[【(（])(?P<text>[^\[\]【】()（）]{1,120})[\]】)）]?\s*[.,;:]*\s*$"
)
# Nothing in a bracket, and the end of a file's name.
_EMPTY_END = re.compile(r"\s*[(\[（【]\s*[)\]）】]\s*$|\.(?:pdf|docx?|pptx?|ps)\s*$", re.IGNORECASE)
# These are looked for no farther from the end: again and again, after each that is cut off.
_LONGEST_END = 200
_QUOTES = {
    '"': '"',
    "“": "”",
    "'": "'",
    "‘": "’",
    "«": "»",
    "「": "」",
    "《": "》",
    "`": "`",
    "``": "''",
}
_FRONT = " \t\n|,;:：，·\\_*/–—-])】）"
_BACK = " \t\n|,;:：，。；、·\\_*/–—-[(【（"
_KEEPS_STOP = re.compile(r"\b(?:[A-Z]|etc|al|vs|Inc|Jr)\.$|\.\.\.$")
_NAME_WIDE_COLON = re.compile(r"\s*([^:：]{1,40}?)\s*：\s*(\S.*)$")
_NAME_COLON = re.compile(r"\s*([^:：]{1,40}?)\s*:\s+(\S.*)$")
_NAME_BEHIND = re.compile(r"\s*(?P<open>[（(])(?P<name>[^()（）]{2,30})(?P<close>[)）]?)$")
_CJK = re.compile(r"[\u3400-\u9fff]")
_OPENERS = {")": "(", "]": "[", "）": "（", "】": "【"}


@lru_cache(maxsize=2048)
def clean(text):
    """(title, nickname, what was cut off around it) of a text that holds little else."""
    text, nickname, front = _clean_front(marks.strip(text))
    text, back = _clean_back(" ".join(text.split()))
    return text.strip(), nickname.strip(" *`"), (*front, *back)


def _clean_front(text):
    """(text, nickname, what was cut off) without number, tags, date and venue before it."""
    cut, nickname, before = [], "", None
    while text != before:
        before = text
        if text[:1].isalpha():
            found = None
        else:
            text = _NUMBER.sub("", _CHECKBOX.sub("", text)).lstrip(_FRONT)
            found = _LEADING_TAG.match(text)
        if found:
            inner, rest = found["text"].strip(), text[found.end() :]
            if not has_word(rest):
                continue
            if meta.kind_of(inner) in (meta.VENUE, meta.DATE):
                cut.append(inner)
                text = rest
            elif found["open"] in "[【" or (len(inner) < 25 and len(rest) > 15):
                nickname = nickname or (inner if has_word(inner) else "")
                text = rest
        for pattern, is_one in ((_LEADING_VENUE, _HAS_YEAR.search), (_LEADING_DATE, _really_date)):
            found = pattern.match(text)
            if found and has_word(text[found.end() :]) and is_one(found[0]):
                cut.append(found[0])
                text = text[found.end() :]
    return text, nickname, cut


def _clean_back(text):
    """(text, what was cut off) without full stop, quotation marks, date and venue."""
    cut, before = [], None
    while text != before:
        before = text
        text = text.rstrip()
        if text[-1:] in _OPENERS or "." in text[-5:]:
            found = _EMPTY_END.search(text, max(0, len(text) - _LONGEST_END))
            text = text[: found.start()] if found else text
        text = text.rstrip(_BACK)
        if text.endswith(".") and not _KEEPS_STOP.search(text):
            text = text[:-1]
        end = text[-_LONGEST_END:]
        is_tagged = any(map(end.count, _OPENERS.values()))
        found = _TRAILING_TAG.search(text, max(0, len(text) - _LONGEST_END)) if is_tagged else None
        if found and found.start() > 0:
            kinds = {kind for kind, _ in meta.read_parts(found["text"].strip())}
            found = found if kinds & {meta.VENUE, meta.DATE, meta.INSTITUTION} else None
        if not found and (found := venues.trailing_venue(text)):
            found = found if len(text[: found.start()].split()) > 2 else None
        if found and found.start() > 0:
            cut.append(found[0].strip(" ()[]（）【】.,;:"))
            text = text[: found.start()]
        text = unquote(text)
    return text, cut


def _really_date(text):
    """A bare year before a title may be its first word; with a bracket or separator it is not."""
    return bool(re.search(r"[^\d\s]", text)) or not re.fullmatch(r"\s*\d{4}\s*", text)


def unquote(text):
    """`text` without the quotation marks that stand round all of it."""
    while len(text) > 2 and (closer := _QUOTES.get(text[0])) and text.rstrip(".,").endswith(closer):
        inner = text.rstrip(".,")[1 : -len(closer)]
        if closer in inner and text[0] in "\"'`":
            break
        text = inner.strip()
    return text


def split_nickname(title):
    """(label, title): a short name that a colon sets before the title itself.

    After a full-width colon, or where the name comes twice, it is the list's own addition and no
    part of the title: `LoRA：LoRA: Low-Rank …`. After a half-width one it may be either, as in
    `BERT: Pre-training …`: the title is kept whole and the name is its label as well.
    """
    if "：" in title and (found := _NAME_WIDE_COLON.match(title)):
        name, rest = found.groups()
        if not _CJK.search(rest) and len(name.split()) <= 4:
            return name, rest
    if ":" in title and (found := _NAME_COLON.match(title)):
        name, rest = found.groups()
        if rest.casefold().startswith(name.casefold() + ":"):
            return name, rest
        if is_nickname(name):
            return name, title
    return "", title


def split_bracket(title):
    """(label, title) of a title with a nickname in a bracket at its end.

    The bracket is part of the title, `Cache-Augmented Generation (CAG)`, unless it was never
    closed or is full-width in an English title: a list's own addition.
    """
    found = _NAME_BEHIND.search(title) if "(" in title or "（" in title else None
    if not found or found.start() <= 10 or not is_nickname(found["name"]):
        return "", title
    if _CJK.search(found["name"]) or re.fullmatch(r"[IVX]+", found["name"]):
        return "", title
    added = not found["close"] or (found["open"] == "（" and not _CJK.search(title))
    return found["name"], title[: found.start()] if added else title


def is_nickname(text):
    """Whether `text` looks like a name given to a method: `ViT`, `GPT-3`, `Scaling Laws`."""
    text = text.strip()
    words = text.split()
    return (
        0 < len(words) <= 2
        and len(text) <= 30
        and text[0].isalnum()
        and has_letter(text)
        and (len(words) == 1 or all(word[0].isupper() or word[0].isdigit() for word in words))
        and (any(s.isupper() or s.isdigit() for s in text[1:]) or len(words) > 1)
    )
