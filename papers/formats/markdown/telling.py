"""What a line of a list is: an entry, a title, labelled links, or prose that mentions a paper."""

import re

from . import below, dates, drafts, entries, labels, meta, venues
from .links import NO_LINK, read_link
from .sentences import has_word, is_prose
from .spans import BOLD, BREAK, IMAGE, LINK, TEXT, plain, split_lines

_NUMBERED = re.compile(r"\s*(?:\[\d{1,4}\]|\d{1,4}[.)、])\s*")
_WORD = re.compile(r"\w+")
_REFERS = re.compile(r"(?:this|these|the|our|here|that|my|an?)\b", re.IGNORECASE)
_REFERS_TO_OWN = re.compile(r"(?:this|our|here|my)\b", re.IGNORECASE)


def only_pictures(spans):
    """Whether nothing but images, badges and blanks stands in `spans`."""
    return all(span.kind == IMAGE or _is_picture(span) for span in spans)


def _is_picture(span):
    if span.kind == TEXT:
        return not span.text.strip()
    return span.kind == BREAK or (span.kind == LINK and read_link(span).kind in NO_LINK)


def only_dates(spans):
    """Whether a line says nothing but when or where what stands below it came out."""
    text = meta.unwrap(plain(spans))
    return dates.is_date(text) or (len(text.split()) < 4 and venues.is_venue(text))


def names_paper(spans):
    """Whether a link whose text is a title stands in `spans`, and leads to a paper."""
    for piece in drafts.read_pieces(spans):
        if piece.link is not None and not piece.link.said and piece.link.kind in (labels.PAPER, ""):
            label = piece.link.label
            if label and not label.startswith(("http", "www.")):
                words = len(label.split()) if label.isascii() else len(label) / 3
                return words > (1 if piece.link.is_paper else 2)
    return False


def is_title(spans):
    """Whether a heading is an entry: its text a link to a paper, or beside a link to one."""
    if names_paper(spans):
        return True
    pieces = drafts.read_pieces(spans)
    words = _WORD.findall(_text(pieces))
    return len(words) > 2 and any(
        p.link is not None and p.link.is_paper and p.link.host == labels.PAPER for p in pieces
    )


def only_links(spans):
    """Whether links whose labels say where they lead are all that stands in `spans`."""
    pieces = drafts.read_pieces(spans)
    return all(piece.link.said if piece.link else not has_word(piece.text) for piece in pieces)


def only_labels(spans):
    """Whether nothing but labelled links stands in `spans`."""
    if below.read_label(spans)[0]:
        return True
    pieces = drafts.read_pieces(spans)
    words = _WORD.findall(_text(pieces))
    own = [piece for piece in pieces if piece.link is not None]
    return (
        bool(own)
        and len(words) <= 3 * len(own)
        and all(p.link.said or p.link.label == p.link.url for p in own)
    )


def may_be_title(spans):
    text = plain(spans)
    if not spans:
        return False
    if not spans[0].style & BOLD and (text.endswith(".") or is_prose(text)):
        return False
    return 0 < len(text.split()) <= 40 and len(text) < 300 and not text.endswith((":", "："))


def is_entry(spans):
    """Whether a paragraph is an item of the list, and not prose that mentions a paper."""
    pieces = drafts.read_pieces(spans)
    first = _first(pieces)
    if first is None or (first.link is not None and _REFERS_TO_OWN.match(first.text)):
        return False
    papers = [p for p in pieces if p.link is not None and p.link.is_paper]
    if first.link is not None:
        unsure = not first.link.said and first.link.kind == ""
        if first.link.is_paper or unsure:
            return _begins_with_title(pieces, first, papers)
        if _has_venue_behind(pieces, first):
            return True
    if not papers or any(_REFERS.match(p.link.label) for p in papers):
        return False
    if first.style & BOLD:
        beside = [p for p in pieces if not p.style & BOLD]
        return not is_prose(_text(beside)) or any(p.bracketed for p in papers)
    return _is_told_by_links(pieces, papers)


def _first(pieces):
    """The first piece that says anything."""
    return next((p for p in pieces if p.link is not None or has_word(p.text)), None)


def _text(pieces):
    return "".join(p.text for p in pieces if p.link is None)


def _begins_with_title(pieces, first, papers):
    """Whether a link at the beginning is the title of an entry."""
    if not first.link.said and len(first.text.split()) < 2 and not papers:
        return False
    return not is_prose(_text(pieces[pieces.index(first) + 1 :]))


def _has_venue_behind(pieces, first):
    """Whether, wherever the link at the beginning leads, a venue says that it is a title."""
    if first.link.said or len(first.text.split()) <= 2:
        return False
    rest = _text(pieces[1:]).strip(" ,.-–—[]()")
    return any(kind == labels.VENUE for kind, _ in meta.read_parts(rest))


def _is_told_by_links(pieces, papers):
    """Whether the links behind a plain text say that it is a title."""
    before = ""
    for piece in pieces:
        if piece.link is not None:
            break
        before += piece.text
    if any(p.link.said and p.bracketed for p in papers):
        return len(before.split()) >= 2
    return bool(_NUMBERED.match(before)) or bool(papers[-1].link.said and not is_prose(before))


def is_sub_entry(spans):
    """Whether a line under an item is an item of its own."""
    if not any(span.kind == LINK for span in spans) or below.read_label(spans)[0]:
        return False
    if only_links(spans):
        return False
    found = entries.read_entry(spans, 0)
    if len(found) > 1:
        return True
    if not found or found[0].judge() != drafts.PAPER:
        return False
    title = found[0].title
    return (
        found[0].title_link is not None
        and found[0].title_link.is_paper
        and _starts_with(spans, LINK)
    ) or (len(title.split()) >= 3 and any(link.said == labels.PAPER for link in found[0].links))


def _starts_with(spans, kind):
    for span in spans:
        if span.kind == kind:
            return True
        if span.kind == TEXT and len(_WORD.findall(span.text)) > 2:
            return False
    return False


def split_entries(spans):
    """The parts of a paragraph that are items of their own: a blank line between was forgotten."""
    if not any(span.kind == BREAK for span in spans):
        return [spans]
    lines = split_lines(spans)
    starts = [place for place, line in enumerate(lines) if _starts_entry(line)]
    if len(starts) < 2:
        return [spans]
    parts = []
    for place, start in enumerate(starts):
        begin = 0 if place == 0 else start
        end = starts[place + 1] if place + 1 < len(starts) else len(lines)
        part = []
        for line in lines[begin:end]:
            part += [*line, type(line[0])(BREAK, "\n")]
        parts.append(part[:-1])
    return parts


def _starts_entry(line):
    pieces = drafts.read_pieces(line)
    first = _first(pieces)
    if first is None:
        return False
    papers = any(p.link is not None and p.link.is_paper for p in pieces)
    if first.link is not None:
        return (
            not first.link.said and (first.link.is_paper or papers) and len(first.text.split()) > 2
        )
    if first.style & BOLD:
        return len(first.text.split()) > 2 or bool(_NUMBERED.match(first.text))
    return bool(_NUMBERED.match(first.text)) and papers
