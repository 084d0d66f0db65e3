"""Marks of emphasis: which entries a list holds up above the others."""

import re
from collections import Counter

_STAR, _FIRE, _OTHER, _WORD = "star", "fire", "other", "word"
_FAMILIES = {
    _STAR: r"[⭐🌟★✨]|:star2?:|:sparkles:",
    _FIRE: r"🔥|:fire:",
    _OTHER: r"👍|🏆|🥇|❤|♥|💖|💯|:\+1:|:thumbsup:|:trophy:|:heart:|:100:",
    _WORD: r"【?(?:强烈)?推荐(?:阅读|必读)?】"
    r"|[【\[(]\s*(?:强烈推荐|推荐阅读|推荐|必读|重点推荐)\s*[】\])]"
    r"|必读|\bmust[- ]read\b",
}
_NAMED = "|".join(f"(?P<{name}>{pattern})" for name, pattern in _FAMILIES.items())
# The first sign is told before it is compared with each of them.
_MARK = re.compile(rf"(?=[⭐🌟★✨🔥👍🏆🥇❤♥💖💯:【\[(推强必mM])(?:{_NAMED})", re.IGNORECASE)
# One set of first signs, by which a text is passed over fast.
_HINT = re.compile(
    r"[⭐🌟★✨🔥👍🏆🥇❤♥💖💯荐读:mM](?:(?<![:mM])|(?<=:)\+?\w+:|(?<=[mM])[Uu][Ss][Tt])"
)
# A star with a number is a count of stars: `⭐ 1.2k`. Any other number is passed over as a whole,
# lest each of its digits be looked at as the first of one.
_COUNT = re.compile(
    r"(?=[⭐🌟★:\d])(?:(?:[⭐🌟★]|:star2?:)\ufe0f?\s*+[:x×]?\s*+\d[\d,.]*+k?"
    r"|\d[\d,.]*+(?:k?\s*+(?:⭐|:star:)\ufe0f?|(?P<other>)))",
    re.IGNORECASE,
)
_STATUS = re.compile(
    r"[✅☑✔❌⚠🆕📄📃📜📖📚📝💻🔗🌐🎥📹🎉🚀⚡💡📢📌🤗👉➡️♦🔴🟢🔵🟡]|:scroll:|:page_facing_up:|:white_check_mark:"
)
_EMPHASIS = re.compile("|".join(_FAMILIES[name] for name in (_STAR, _FIRE, _OTHER)))
_BRACKETED_WORD = re.compile(
    r"【(?:强烈)?推荐(?:阅读|必读)?】"
    r"|[【\[(]\s*(?:强烈推荐|推荐阅读|推荐|必读|must[- ]read)\s*[】\])]",
    re.IGNORECASE,
)
# What may be any of these.
_SIGN = re.compile(
    r"[\u2600-\u27bf\u2b50\u2b55\u2b1b\u2b1c\U0001f000-\U0001faff荐读:mM]"
    r"(?:(?<![:mM])|(?<=:)\+?\w+:|(?<=[mM])[Uu][Ss][Tt])"
)
_INVISIBLE = re.compile("[\ufe0f\u200b\u200c\u200d\u2060\ufeff\u20e3]+")
_SHORTCODE = re.compile(r":[a-z][a-z0-9_+-]{2,30}:")


def count(text):
    """How often each family of marks stands in `text`."""
    if _is_plain(text) or not _HINT.search(text):
        return Counter()
    return Counter(found.lastgroup for found in _MARK.finditer(_without_counts(text)))


def _without_counts(text):
    return _COUNT.sub(lambda found: " " if found["other"] is None else found[0], text)


def _is_plain(text):
    """Whether no mark can stand in `text`, told quickly."""
    return text.isascii() and text.count(":") < 2 and "must" not in text.lower()


def strip(text):
    """`text` without marks of emphasis, status signs and `:shortcodes:`."""
    if _is_plain(text):
        return text
    if _SIGN.search(text):
        text = _without_counts(text)
        for pattern in (_BRACKETED_WORD, _EMPHASIS, _STATUS, _SHORTCODE):
            text = pattern.sub(" ", text)
    return text if text.isascii() else _INVISIBLE.sub("", text)


def judge(counts):
    """For each Counter of `counts`, one an entry, whether it marks a highlight.

    A family that comes in degrees and stands on nearly every entry is a rating: only its top
    grade counts, and nothing of it where another family marks highlights.
    """
    if not any(counts):
        return [False] * len(counts)
    ratings = {family for family in _FAMILIES if _is_rating([c.get(family, 0) for c in counts])}
    highlights = {
        family for family in _FAMILIES if family not in ratings and any(c[family] for c in counts)
    }
    if highlights:
        return [any(c[family] for family in highlights) for c in counts]
    top = {family: max(c[family] for c in counts) for family in ratings}
    return [any(c[family] >= top[family] for family in ratings) for c in counts]


def _is_rating(grades):
    marked = [grade for grade in grades if grade]
    if len(marked) < 3 or len(set(marked)) < 2:
        return False
    several = sum(grade > 1 for grade in marked)
    return len(marked) >= 0.75 * len(grades) and several >= 0.2 * len(marked)
