"""A title cut out of a text in which no link and no type tells where it ends."""

import re
from typing import NamedTuple

from . import meta, titles

_QUOTED = re.compile(r"[\"“«„]\s*([^\"”»“]{6,400}?)\s*[\"”»]")
_SENTENCE_END = re.compile(
    r"(?<![A-Z])(?<!\bal)(?<!\bvs)[.。]\s+(?=[^\W\d_a-z]|[\"“(\[]|(?i:arxiv)|in |\d{4}\b)"
    r"|[.?!]\s*\n|(?<=[?!])\s+(?=[A-Z])"
)
_LAST_BRACKET = re.compile(r"\s*[\[(（【]([^\[\]()（）【】]{2,80})[\])）】][\s.,\[(|]*$")
_INITIALS = re.compile(r"(?<![\w.])[A-Z]\.|\bet\.? al\b")
_DASH = re.compile(r"\s+[-–—]{1,3}\s+|\s*——\s*")
_BY = re.compile(r"\s+by\s+(?=[A-Z])")
_GAP = re.compile(r"(?<=\S)[ \u00a0]{2,}(?=[A-Z\"“\u4e00-\u9fff])")


class Cut(NamedTuple):
    """A title, and the parts before and after it in their order."""

    title: str
    before: list[str]
    after: list[str]


def cut(text):
    """(title, [what stands before], [what stands after]) of a text without links."""
    if found := _QUOTED.search(text):
        before = titles.clean(text[: found.start()])[0]
        if not before or looks_cited(before) or meta.kind_of(before):
            return Cut(found[1], [before] if before else [], [text[found.end() :]])
    before, after = [], []
    text = text.rstrip(" \t\n[(【（|,-–—")
    parts = [
        part
        for part in re.split(r"\s+\|\s*|\s*\|\s+|\|$|^\||\n(?![a-z])", text)
        if part.strip(" *[]()-–—:")
    ]
    while len(parts) > 1 and (_is_meta(parts[0]) or not titles.clean(parts[0])[0]):
        before.append(parts.pop(0))
    if not parts:
        return Cut("", before, after)
    title, after = parts[0], parts[1:]
    if found := _GAP.search(title.strip()):
        stripped = title.strip()
        tail = stripped[found.end() :]
        if len(tail.split()) > (4 if meta.FREE_WORDS.search(tail) else 8):
            return Cut(stripped[: found.start()], before, [" - " + tail, *after])
    if (found := _LAST_BRACKET.search(title)) and _is_meta(found[1]) and found.start() > 0:
        title, after = title[: found.start()], [found[1], *after]
    title, front, more = _cut_dash(title)
    before, after = before + front, more + after
    title, front, more = _cut_sentences(title)
    before, after = before + front, more + after
    title, front, more = _cut_commas(title)
    return Cut(title, before + front, more + after)


def _is_meta(text):
    text = text.strip(" *[]()（）【】")
    return bool(meta.kind_of(text))


def _cut_dash(title):
    found = None
    for found in _DASH.finditer(title):
        tail = title[found.end() :]
        head = title[: found.start()]
        if len(head.strip()) < 2:
            continue
        if _is_meta(head) and len(tail.split()) > 1:
            return tail, [head], []
        first = re.split(r"[,.;(]", tail)[0]
        if (
            _is_meta(tail)
            or _is_meta(first)
            or (meta.is_authors(tail, alone=True) and len(tail.split()) > 1)
            or all(_is_meta(part) for part in re.split(r"[,.;]\s", tail) if part.strip())
        ):
            return head, [], [tail]
        if (tail[:1].islower() or len(tail.split()) > 14) and len(tail.split()) >= 4:
            return head, [], [" - " + tail]
    if (found := _BY.search(title)) and found.start() > 12:
        names = re.split(r"[(\n]|\.\s(?=[A-Z][a-z])", title[found.end() :])[0]
        known = _INITIALS.search(names) or names.count(",") > 1
        if known and meta.is_authors(names, alone=True):
            return title[: found.start()], [], [title[found.end() :]]
    return title, [], []


def _cut_sentences(title):
    parts = [part for part in _SENTENCE_END.split(title) if part and part.strip()]
    ends = [found.start() for found in _SENTENCE_END.finditer(title)]
    if len(parts) < 2 or not ends:
        return title, [], []
    if _is_meta(parts[0]) and not meta.is_authors(parts[0]) and len(parts[1].split()) > 1:
        title, before, after = _cut_sentences(title[ends[0] + 1 :])
        return title, [parts[0], *before], after
    if _is_front(parts) and len(parts[1].split()) > 1:
        return parts[1], [parts[0]], parts[2:]
    for place in range(1, len(parts)):
        head = re.split(r",\s", parts[place])[0]
        if _is_meta(parts[place]) or _is_meta(head) or meta.is_authors(parts[place]):
            at = ends[place - 1] if place - 1 < len(ends) else len(title)
            return title[: at + 1] if title[at : at + 1] in "?!" else title[:at], [], parts[place:]
    return title, [], []


def _is_front(parts):
    """Whether the first of the sentences names the authors of the next."""
    if _is_meta(parts[1]):
        return False
    if meta.is_authors(parts[0]) or (looks_cited(parts[0]) and "," in parts[0]):
        return True
    return len(parts) > 2 and meta.is_single_author(parts[0].strip())


def _cut_commas(title):
    parts = re.split(r"[,，]\s+", title)
    if len(parts) < 2:
        return title, [], []
    end = len(parts)
    certain = False
    while end > 1:
        part = parts[end - 1].strip(" .()")
        if meta.kind_of(part) in (meta.VENUE, meta.DATE):
            certain = True
        elif not (meta.is_authors(part, alone=True) and len(part.split()) > 1) and not re.fullmatch(
            r"(?:and )?[A-Z]\.(?: ?[A-Z]\.)*", part
        ):
            break
        end -= 1
    if end < len(parts) and not certain and not _INITIALS.search(", ".join(parts[end:])):
        # Without a venue, a year or initials these may as well be words of the title.
        end = len(parts)
    start = 0
    while (
        start < end - 1
        and meta.is_authors(parts[start], alone=True)
        and len(parts[start].split()) > 1
        and start < 40
    ):
        start += 1
    if start and not _INITIALS.search(" ".join(parts[:start])):
        start = 0
    return (
        ", ".join(parts[start:end]),
        [", ".join(parts[:start])] if start else [],
        [", ".join(parts[end:])] if end < len(parts) else [],
    )


def looks_cited(text):
    """Whether `text` is what stands before a title in a reference: names, perhaps with a year."""
    text = re.sub(r"\(?\b(?:19|20)\d\d\b\)?\.?", "", text).strip(' "“.,')
    parts = [part for part in re.split(r"[,;.]| and |&|\bet al\b", text) if part.strip()]
    named = sum(
        bool(re.fullmatch(r"\s*(?:[A-Z][\w'’-]*\.?\s*|van |de |der |den |von |la |el ){1,4}", part))
        for part in parts
    )
    return bool(parts) and named >= 0.7 * len(parts)
