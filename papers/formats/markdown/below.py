"""Lines under an item: attributes with their labels, links, and remarks."""

import re
from dataclasses import replace

from . import cutting, entries, labels, marks, meta, people, sentences, titles
from .around import read_around, take_meta
from .blocks import DETAILS, LIST, PARAGRAPH, QUOTE
from .drafts import is_person, read_pieces
from .sentences import has_word
from .spans import CODE, TEXT, plain

_WORD = re.compile(r"\w+")
_LABEL = re.compile(
    # Runs of spaces are never given back: between each other they would part in n⁴ ways.
    r"\s*+[\[【*_]{0,4}+\s*+([^\[\]【】*:：\n]{1,40}?)\s*+[\]】*_]{0,4}"
    r"(?:\s*+[:：]|(?<=[】\]])\s*+[:：]?)\s*+"
)


def read_label(spans):
    """(kind, label, rest) of a line that begins with a known label: `Code: …`, `**论文**：…`.
    The kind is "" where it does not."""
    if not spans or spans[0].kind != TEXT:
        return "", "", spans
    head, taken = "", 0
    for span in spans[:4]:
        if span.kind != TEXT:
            break
        head += span.text
        taken += 1
        if ":" in span.text or "：" in span.text:
            break
    found = _LABEL.match(head) if ":" in head or "：" in head else None
    if not found or (":" not in found[0] and "：" not in found[0]):
        return "", "", spans
    kind = labels.line_kind(found[1])
    if not kind:
        return "", "", spans
    rest = head[found.end() :]
    following = list(spans[taken:])
    if rest.strip():
        last = spans[taken - 1]
        following.insert(0, type(last)(TEXT, rest, "", last.style))
    return kind, found[1].strip(), following


def take_citation(text, draft):
    """Whether a line cites the item's own work, `Ann Bee, Cee Dee, A Title of Words, ICML 2019`,
    under a name that the list gives it; names, title and venue go to the draft then."""
    # Names alone cite nothing, although one of them may look like a title.
    if len(text) > 1000 or sentences.is_free(text) or people.is_authors(text):
        return False
    found = cutting.cut(text)
    if not (found.before or found.after):
        return False
    names = ", ".join(found.before)
    title = titles.clean(found.title)[0]
    known, given = labels.normalize(draft.title), labels.normalize(title)
    alike = known in given or given in known
    named = people.is_authors(names, alone=True) or cutting.looks_cited(names)
    placed = bool(found.after) and bool(meta.read_parts(meta.unwrap(found.after[0])))
    if len(title.split()) < 2 or (not (names and named) and not (alike and placed)):
        return False
    if not alike and len(draft.title.split()) > 6:
        return False
    if len(title) > len(draft.title):
        if titles.is_nickname(draft.title):
            draft.label = draft.label or draft.title
        draft.title = title
    draft.add_meta(meta.AUTHORS, names)
    for part in found.after:
        take_meta(part, draft)
    return True


def read_line_below(spans, draft):
    """Takes one line under the item's own: attributes, links, or a remark."""
    if entries.only_refers(spans) or all(
        span.style & CODE or not has_word(span.text) for span in spans
    ):
        # A pointer into the list, or tags in boxes.
        return
    kind, label, rest = read_label(spans)
    pieces = read_pieces(rest)
    own = [
        piece.link
        for piece in pieces
        if piece.link is not None and not (is_person(piece) and not piece.link.said)
    ]
    text = plain(rest)
    draft.texts.append(text)
    if kind:
        _read_labelled(kind, label, text, own, draft)
    elif own:
        _read_links(pieces, text, own, draft)
    elif not take_citation(text, draft):
        _read_text(text, draft)


def _read_labelled(kind, label, text, own, draft):
    """Takes a line that says what it is about."""
    if kind in (labels.AUTHORS, labels.VENUE, labels.DATE):
        if text:
            draft.add_meta(kind, text)
        draft.add_links(link for link in own if link.said)
    elif kind == labels.NOTE or (not own and labels.may_be_note(label)):
        if text and not take_meta(text, draft):
            draft.notes.append(text)
    elif kind not in (labels.TAGS, labels.INSTITUTION, labels.RATING):
        draft.add_links(_labelled(link, kind, label) for link in own)


def _labelled(link, kind, label):
    """`link` as its line's label says, unless its own label or its address says otherwise."""
    known = replace(link, label=label if link.label in ("", link.url) else link.label)
    if not known.said:
        known.said = kind if labels.is_of_links(kind) else ""
        known.kind = link.host if kind == labels.PAPER and link.host else kind
    return known


def _read_links(pieces, text, own, draft):
    """Takes a line that has links and no label: nothing but links, or a remark with some."""
    words = _WORD.findall("".join(piece.text for piece in pieces if piece.link is None))
    if len(words) <= 2:
        draft.add_links(own)
    elif all(link.said for link in own):
        read_around(pieces, draft)
    elif _read_text(text, draft):
        # The note is kept as plain text, so its links are kept beside it.
        draft.add_links(own)


def _read_text(text, draft):
    """Takes names, venue or date; what is none of them is a remark. Whether it was one."""
    bare = text.strip(" *_.")
    if people.is_single_author(bare):
        draft.add_meta(labels.AUTHORS, bare)
        return False
    if take_meta(bare, draft):
        return False
    note = " ".join(marks.strip(text).split()).strip(" >")
    if note.startswith("[!"):
        note = note.partition("]")[2].strip()
    if has_word(note):
        draft.notes.append(note)
    return True


def read_below(item, draft):
    """Takes what an item holds that stands under another one."""
    if item.kind == PARAGRAPH:
        read_line_below(item.spans, draft)
    for child in item.children:
        if child.kind == PARAGRAPH:
            read_line_below(child.spans, draft)
        elif child.kind == LIST:
            for sub in child.children:
                read_below(sub, draft)
        elif child.kind in (QUOTE, DETAILS):
            read_remarks(child, draft)


def read_remarks(block, draft):
    """Takes the lines of a quotation or a folded part."""
    for child in block.children:
        if child.kind == PARAGRAPH:
            read_line_below(child.spans, draft)
        else:
            read_remarks(child, draft)
