"""Lines under an item: attributes with their labels, links, and remarks."""

import re

from . import cutting, entries, labels, marks, meta, people, sentences, titles
from .around import read_around, take_meta
from .drafts import is_person, read_pieces
from .links import Link
from .spans import CODE, TEXT, plain

_LABEL = re.compile(
    r"\s*[\[【*_]{0,4}\s*([^\[\]【】*:：\n]{1,40}?)\s*[\]】*_]{0,4}\s*(?:[:：]|(?<=[】\]])\s*[:：]?)\s*"
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
    found = _LABEL.match(head)
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
    if len(text) > 1000 or sentences.is_free(text):
        return False
    found = cutting.cut(text)
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
    if all(span.style & CODE or not any(sign.isalnum() for sign in span.text) for span in spans):
        # Tags in boxes.
        return
    if entries.only_refers(spans):
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
    if kind in (labels.AUTHORS, labels.VENUE, labels.DATE):
        if kind == labels.AUTHORS or text:
            draft.add_meta(
                {labels.AUTHORS: meta.AUTHORS, labels.VENUE: meta.VENUE, labels.DATE: meta.DATE}[
                    kind
                ],
                text,
            )
        draft.links += [link for link in own if link.said and link not in draft.links]
        return
    if kind in (labels.TAGS, labels.INSTITUTION, labels.RATING):
        return
    if kind == labels.NOTE or (not own and labels.may_be_note(label)):
        if text and not take_meta(text, draft):
            draft.notes.append(text)
        return
    if kind and own:
        for link in own:
            known = Link(
                link.url,
                label if link.label == link.url or not link.label else link.label,
                link.kind,
                link.said,
                link.host,
            )
            if not known.said:
                known.said = kind if kind in labels._WORDS else ""
                known.kind = (
                    kind
                    if not (kind == labels.PAPER and link.host not in ("", labels.PAPER))
                    else link.host
                )
            if known not in draft.links:
                draft.links.append(known)
        return
    if kind:
        return
    words = re.findall(r"\w+", "".join(p.text for p in pieces if p.link is None))
    if own and len(words) <= 2:
        draft.links += [link for link in own if link not in draft.links]
        return
    if own and all(link.said for link in own):
        read_around(pieces, draft)
        return
    if not own and take_citation(text, draft):
        return
    bare = text.strip(" *_.")
    found = meta.kind_of(bare) or ("" if own else people.is_single_author(bare))
    if found:
        draft.add_meta(found, bare)
    elif not take_meta(bare, draft):
        note = " ".join(marks.strip(text).split()).strip(" >")
        if note.startswith("[!"):
            note = note.partition("]")[2].strip()
        if any(sign.isalnum() for sign in note):
            draft.notes.append(note)
            # The note is kept as plain text, so its links are kept beside it.
            draft.links += [link for link in own if link not in draft.links]
