"""What stands around a title: links, authors, venue, date, and what somebody says of it."""

import re
from itertools import islice

from . import labels, marks, meta, people, sentences, titles
from .drafts import SHELLS, SLOT, is_person
from .sentences import has_word
from .spans import BOLD, CODE

_CJK = re.compile(r"[\u3400-\u9fff\u3040-\u30ff\uac00-\ud7af]")
_WORD = re.compile(r"[\u3400-\u9fff]{2}|[^\W_\u3400-\u9fff]+")
_SENTENCE_WORDS = re.compile(
    r"\b(?:is|are|was|were|we|this|these|that|it|its|their|which|by|with|from|using|uses|used|can|"
    r"the|an?|to|not|in|of|on|for)\b"
)
# A line's end, or a `|` with a blank or an end beside it.
_LINES = re.compile(r"\n|\|(?:(?<=\s\|)|(?=\s)|$|(?<!.\|))")
_LEADING_DASH = re.compile(r"\s*(?:[-–—:：]|——|=>|→)")
_SENTENCES = re.compile(r"((?<![A-Z])(?<!\bal)\.\s+)")
_BRACKET_IN_FRONT = re.compile(r"\s*[(（\[【]([^()（）\[\]【】\n]{2,60})[)）\]】]\s*([-–—:：]*)")
_CALL = re.compile(
    r"\W*(?:must[- ]read|recommended|highly recommended|必读|推荐)\W*", re.IGNORECASE
)
_OF_META = (labels.AUTHORS, labels.VENUE, labels.DATE)
_TAKEN = {labels.NOTE, labels.TAGS, labels.INSTITUTION, labels.RATING, *_OF_META}
_BOLD_ON, _BOLD_OFF = "\ue001", "\ue002"


def read_around(pieces, draft, *, before=False):
    """Takes links, authors, venue, dates and remarks from the pieces beside a title."""
    if not pieces:
        return
    text = ""
    for piece in pieces:
        if piece.link is None:
            if piece.style & CODE:
                # Tags, a venue or a date in a box.
                text += f"\n{piece.text}\n" if meta.kind_of(piece.text.strip("[]() ")) else " "
            elif piece.style & BOLD and len(piece.text) > 2:
                text += _BOLD_ON + piece.text + _BOLD_OFF
            else:
                text += piece.text
        elif is_person(piece):
            text += piece.text
        else:
            if piece.link not in draft.links:
                draft.links.append(piece.link)
            text += SLOT
    chunks = SHELLS.sub(SLOT, text).split(SLOT) if SLOT in text else [text]
    for place, chunk in enumerate(chunks):
        _read_chunk(chunk, draft, after_links=place > 0, before=before)


def _read_chunk(chunk, draft, *, after_links, before):
    if not has_word(chunk):
        return
    styled = _BOLD_ON in chunk
    chunk = marks.strip(chunk.replace(_BOLD_ON, " ").replace(_BOLD_OFF, " "))
    if not has_word(chunk):
        return
    while (found := _BRACKET_IN_FRONT.match(chunk)) and take_meta(found[1], draft):
        chunk = found[2] + chunk[found.end() :]
    lines = _LINES.split(chunk) if "\n" in chunk or "|" in chunk else [chunk]
    lines = [line.strip() for line in lines if has_word(line)]
    rest = []
    for place, line in enumerate(lines):
        if sentences.is_free(line):
            rest += lines[place:]
            break
        if not _take_line(line, draft, whole=len(lines) > 1):
            rest.append(line)
    if not rest or before:
        return
    text = "\n".join(rest).strip(" \t\n|,;·/\\*_.，。；")
    dashed = bool(_LEADING_DASH.match(text))
    text = text.lstrip("-–—:：=>→ \n")
    if not sentences.is_free(text):
        text = _without_meta(text, draft)
    note = " ".join(text.split()).strip(" |,;·")
    if has_word(note) and not _CALL.fullmatch(note):
        _take_remark(note, draft, dashed=dashed, styled=styled, after_links=after_links)


_LABELLED = re.compile(r"\W{0,3}([^\W\d_][^:：\n]{1,30}?)\W{0,3}[:：]\s*")


def _take_labelled(line, draft):
    """Whether a line is `Keywords: …` or another of a label that tells what it is."""
    found = _LABELLED.match(line) if ":" in line or "：" in line else None
    kind = labels.line_kind(found[1]) if found else ""
    if not kind:
        return False
    rest = line[found.end() :]
    if kind == labels.NOTE and rest.strip():
        draft.notes.append(" ".join(rest.split()))
    elif kind in _OF_META:
        draft.add_meta(kind, rest)
    return kind in _TAKEN


def _take_line(line, draft, *, whole):
    if _take_labelled(line, draft):
        return True
    bare = meta.unwrap(line)
    if whole and people.is_single_author(bare):
        draft.add_meta(meta.AUTHORS, bare)
        return True
    return _take_bare(bare, draft)


def _take_remark(note, draft, *, dashed, styled, after_links):
    bracket = note[:1] in "(（[【" and note[-1:] in ")）]】"
    inner = note.strip("()（）[]【】 ") if bracket else note
    words = sum(1 for _ in islice(_WORD.finditer(inner), 5))
    if bracket and (titles.is_nickname(inner) or (after_links and words)):
        draft.remarks.append(inner)
    elif (
        (dashed and words >= 2)
        or (after_links and words >= (2 if styled else 3))
        or (words >= 5 and (_SENTENCE_WORDS.search(inner) or _CJK.search(inner)))
    ):
        draft.notes.append(inner if bracket else note)


def _without_meta(text, draft):
    """`text` without the sentences at its ends that are authors, venue or date."""
    parts = _SENTENCES.split(text)
    start, end = 0, len(parts)
    while start < end and take_meta(parts[start], draft):
        start += 2
    while end - 1 > start and take_meta(parts[end - 1], draft):
        end -= 2
    return "".join(parts[start:end])


def take_meta(text, draft):
    """Whether `text` is nothing but authors, venue and dates; they go to the draft then."""
    return _take_bare(meta.unwrap(text), draft)


def _take_bare(text, draft):
    if not has_word(text):
        return True
    if found := meta.read_parts(text):
        for kind, part in found:
            draft.add_meta(kind, part)
        return True
    return False
