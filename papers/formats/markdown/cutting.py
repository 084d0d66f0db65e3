"""A title cut out of a text in which no link and no type tells where it ends."""

import re
from itertools import islice
from typing import NamedTuple

from . import dates, meta, people, sentences, titles, venues
from .sentences import has_word

_QUOTED = re.compile(r"[\"“«„]\s*([^\"”»“]{6,400}?)\s*[\"”»]")
_SENTENCE_END = re.compile(
    r"[.。](?<!\W[A-Z].)(?<!^[A-Z].)(?<!\bal.)(?<!\bvs.)\s+"
    r"(?=[^\W\d_a-z]|[\"“(\[]|(?i:arxiv)|in |\d{4}\b|\d{1,2}[A-Z])"
    r"|[.?!]\s*\n|\s(?<=[?!]\s)\s*(?=[A-Z])"
)
_LAST_BRACKET = re.compile(
    r"(?:(?<!\s)\s++)?[\[(（【]([^\[\]()（）【】]{2,80})[\])）】][\s.,\[(|]*$"
)
_INITIALS = re.compile(r"(?<![\w.])[A-Z]\.|\bet\.? al\b")
_DASH = re.compile(r"(?<!\s)\s++(?:[-–—]{1,3}\s+|——\s*)|——\s*")
#: So many of them are looked at.
_DASHES = 20
_BY = re.compile(r"(?<!\s)\s++by\s+(?=[A-Z])")
_GAP = re.compile(r"[ \u00a0](?<=\S.)[ \u00a0]+(?=[A-Z\"“\u4e00-\u9fff])")


_AND = re.compile(r"^(?:and|&) ")
_YEAR = re.compile(r"\(?\b(?:19|20)\d\d\b\)?\.?")
_CITED_NAME = re.compile(r"\s*(?:[A-Z][\w'’-]*\.?\s*|van |de |der |den |von |la |el ){1,4}")
_COMMA_OR_BRACKET = re.compile(r"[,，]\s+|[(\[（【)\]）】]")
_ASKED = re.compile(r"[?!]\s*$")
# A `|` with a blank or an end beside it, or a line's end where no sentence goes on.
_LINES = re.compile(r"\|(?:(?<=\s\|)|(?=\s)|$|(?<!.\|))|\n(?![a-z])")
# One of these stands wherever a title is cut out of its line.
_CUTS = re.compile(r"[.。?!,，()（）\[\]【】—]|[ \u00a0]{2}|\s[-–]|\sby\s")
_FIRST_SIGN = re.compile(r"[,.;(]")
_SIGN = re.compile(r"[,.;]\s")
_COMMA = re.compile(r",\s")
_SMALL_WORD = re.compile(r"[a-z]{4}")
_NAMES_OR_SIGNS = re.compile(r"[,;.]| and |&|\bet al\b")


class Cut(NamedTuple):
    """A title, and the parts before and after it in their order."""

    title: str
    before: list[str]
    after: list[str]


def cut(text):
    """(title, [what stands before], [what stands after]) of a text without links."""
    if found := _QUOTED.search(text):
        before = titles.clean(text[: found.start()])[0]
        if (
            not has_word(before)
            or looks_cited(before)
            or meta.kind_of(before)
            or titles.is_nickname(before)
        ):
            return Cut(found[1], [before] if before else [], [text[found.end() :]])
    before, after = [], []
    text = text.rstrip(" \t\n[(【（|,-–—")
    lines = _LINES.split(text) if "\n" in text or "|" in text else [text]
    parts = [line for line in lines if line.strip(" *[]()-–—:")]
    while len(parts) > 1 and (_is_meta(parts[0]) or not titles.clean(parts[0])[0]):
        before.append(parts.pop(0))
    if not parts:
        return Cut("", before, after)
    title, after = parts[0], parts[1:]
    if not _CUTS.search(title):
        return Cut(title, before, after)
    if found := _GAP.search(title.strip()):
        stripped = title.strip()
        tail = stripped[found.end() :]
        if len(tail.split()) > (4 if sentences.FREE_WORDS.search(tail) else 8):
            return Cut(stripped[: found.start()], before, [" - " + tail, *after])
    found = _LAST_BRACKET.search(title) if any(map(title.count, "])）】")) else None
    if found and found.start() > 0 and _is_meta(found[1]):
        title, after = title[: found.start()], [found[1], *after]
    for split in (_cut_sentences, _cut_dash, _cut_commas, _cut_by):
        title, front, more = split(title)
        before, after = before + front, more + after
    return Cut(title, before, after)


def _is_meta(text):
    text = text.strip(" *[]()（）【】")
    return bool(meta.kind_of(text))


def _cut_dash(title):
    for found in islice(_DASH.finditer(title), _DASHES):
        tail = title[found.end() :]
        head = title[: found.start()]
        if len(head.strip()) < 2:
            continue
        bare = titles.clean(head)[0]
        front = _is_meta(head) or dates.is_date(bare) or venues.is_acronym(bare)
        if front and len(tail.split()) > 1:
            return tail, [head], []
        first = _FIRST_SIGN.split(tail)[0]
        if (
            _is_meta(tail)
            or _is_meta(first)
            or (people.is_authors(tail, alone=True) and len(tail.split()) > 1)
            or all(_is_meta(part) for part in _SIGN.split(tail) if part.strip())
        ):
            return head, [], [tail]
        if (tail[:1].islower() or len(tail.split()) > 14) and len(tail.split()) >= 4:
            return head, [], [" - " + tail]
    return title, [], []


def _cut_by(title):
    if "by" in title and (found := _BY.search(title)) and found.start() > 12:
        names = re.split(r"[(\n]|\.\s(?=[A-Z][a-z])", title[found.end() :])[0]
        known = _INITIALS.search(names) or names.count(",") > 1
        if known and people.is_authors(names, alone=True):
            return title[: found.start()], [], [title[found.end() :]]
    return title, [], []


def _cut_sentences(title):
    """The title among sentences: after names and dates in front, before the first that is names,
    a venue or a date."""
    ends = [found.span() for found in _SENTENCE_END.finditer(title)]
    starts = [0, *(end for _, end in ends)]
    stops = [*(start for start, _ in ends), len(title)]
    parts = [title[start:stop] for start, stop in zip(starts, stops, strict=True)]
    first = _count_front(parts)
    last = first + 1
    while last < len(parts) and not _is_behind(parts, last):
        if first and not _ASKED.search(title, 0, stops[last - 1] + 1):
            # Behind names, a title is one sentence.
            break
        last += 1
    if last == len(parts) and not first:
        return title, [], []
    end = stops[last - 1]
    return (
        title[starts[first] : end + (title[end : end + 1] in ("?", "!"))],
        parts[:first],
        parts[last:],
    )


def _count_front(parts):
    """How many sentences stand before the title."""
    if len(parts) < 2:
        return 0
    count = 0
    if not _is_meta(parts[0]) or people.is_authors(parts[0]):
        if not _names_front(parts):
            return 0
        count = 1
    while count < len(parts) - 1 and _is_meta(parts[count]) and not people.is_authors(parts[count]):
        count += 1
    return count if len(parts[count].split()) > 1 else 0


def _names_front(parts):
    """Whether the first of the sentences names the authors of the next."""
    if _is_meta(parts[1]) and not dates.is_date(parts[1]):
        return False
    if people.is_authors(parts[0]) or (looks_cited(parts[0]) and "," in parts[0]):
        return True
    return len(parts) > 2 and people.is_single_author(parts[0].strip())


def _is_behind(parts, place):
    """Whether a sentence after the title no longer is part of it."""
    part = parts[place]
    head = _COMMA.split(part)[0]
    if _is_meta(part) or _is_meta(head) or people.is_authors(part):
        return True
    return (
        place + 1 < len(parts)
        and people.is_single_author(part.strip())
        and _is_meta(parts[place + 1])
    )


def _cut_commas(title):
    parts = _split_commas(title)
    if len(parts) < 2:
        return title, [], []
    end, certain = _end_before_meta(parts)
    start = _start_behind_names(parts[:end], certain=certain)
    return (
        ", ".join(parts[start:end]),
        [", ".join(parts[:start])] if start else [],
        [", ".join(parts[end:])] if end < len(parts) else [],
    )


def _split_commas(text):
    """`text` at its commas, but not at those in brackets."""
    parts, depth, begin = [], 0, 0
    for found in _COMMA_OR_BRACKET.finditer(text):
        if found[0] in "([（【":
            depth += 1
        elif found[0] in ")]）】":
            depth = max(0, depth - 1)
        elif not depth:
            parts.append(text[begin : found.start()])
            begin = found.end()
    return [*parts, text[begin:]]


def _end_before_meta(parts):
    """(how many of the parts are left without the names, venue and date at the end, whether a
    venue or date is among those)."""
    end = len(parts)
    certain = False
    while end > 1:
        part = _without_and(parts[end - 1])
        if meta.kind_of(part) in (meta.VENUE, meta.DATE, meta.INSTITUTION):
            certain = True
        elif not (
            people.is_authors(part, alone=True) and len(part.split()) > 1
        ) and not re.fullmatch(r"[A-Z]\.(?: ?[A-Z]\.)*", part):
            break
        end -= 1
    if end < len(parts) and not certain and not _INITIALS.search(", ".join(parts[end:])):
        # Without a venue, a year or initials these may as well be words of the title.
        return len(parts), False
    return (end, certain) if end < len(parts) else (_first_venue(parts), certain)


def _start_behind_names(parts, *, certain):
    """How many of the parts are names before the title: `Ann Bee, Cee Dee, A Title of Words`."""
    start = 0
    while start < len(parts) - 1 and start < 60:
        part = _without_and(parts[start])
        if not people.is_authors(part, alone=True):
            break
        if len(part.split()) < 2 and start > 1:
            break
        start += 1
    names, rest = ", ".join(parts[:start]), ", ".join(parts[start:])
    if not start or _INITIALS.search(names):
        return start
    several = start > 1 or people.is_authors(names)
    bare = [titles.clean(parts[0])[0], *map(_without_and, parts[1:start])]
    if sum(" " in name for name in bare) < 0.5 * start:
        return 0  # as in "Attend, Infer, Repeat: …"
    enough = len(rest.split()) > (2 if several else 3)
    if not enough or rest.startswith("and ") or not (several or certain):
        return 0
    # A title's first words may look like names: `Scaling Laws, Data Quality, and …`.
    return start if certain or start > 2 or _SMALL_WORD.search(rest) else 0


def _without_and(text):
    return _AND.sub("", text.strip(" .()"))


def _first_venue(parts):
    """The place of the first part that is a venue or date, if all behind it is of that kind."""
    for place in range(1, len(parts) - 1):
        if meta.kind_of(parts[place].strip(" .()")) in (meta.VENUE, meta.DATE):
            return place if meta.read_parts(", ".join(parts[place + 1 :])) else len(parts)
    return len(parts)


def looks_cited(text):
    """Whether `text` is what stands before a title in a reference: names, perhaps with a year."""
    text = _YEAR.sub("", text).strip(' "“.,')
    parts = [part for part in _NAMES_OR_SIGNS.split(text) if part.strip()]
    named = sum(bool(_CITED_NAME.fullmatch(part)) for part in parts)
    return bool(parts) and named >= 0.7 * len(parts)
