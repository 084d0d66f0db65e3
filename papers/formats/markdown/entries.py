"""One item's own lines: its title, its links, and what stands around them."""

import re
from itertools import pairwise

from . import labels, marks, meta, titles
from .around import read_around
from .drafts import SLOT, Draft, read_pieces
from .finding import find_title
from .spans import LINK

_GLUE = re.compile(r"[\s,/、&+;|·>→\-–—和与()（）]*(?:and|or)?[\s,/、&+;|·>→\-–—]*", re.IGNORECASE)


def read_entry(spans, line):
    """The Drafts of one item's own lines: mostly one, more where it links several papers by
    name, none where it has nothing of a title."""
    pieces = read_pieces(spans)
    if only_refers(spans):
        return []
    text = "".join(
        piece.text if piece.link is None or not piece.link.said else SLOT for piece in pieces
    )
    counts = marks.count(text)
    several = _several(pieces)
    if several:
        return _read_several(pieces, several, line, counts)
    draft = Draft(line=line, counts=counts, texts=[text])
    place, title, rest = find_title(pieces, draft)
    draft.title, nickname, cut = titles.clean(title)
    for piece in cut:
        for kind, part in meta.read_parts(piece):
            draft.add_meta(kind, part)
    _name(draft, nickname)
    read_around(pieces[:place], draft, before=True)
    read_around(rest, draft)
    return [draft] if draft.title or draft.links else []


def only_refers(spans):
    """Whether the links of a line lead only to another place of the list."""
    links = [span for span in spans if span.kind == LINK and not span.pictured]
    return bool(links) and all(
        span.url.startswith("#") and not labels.link_kind(span.text) for span in links
    )


def _name(draft, nickname):
    label, title = titles.split_nickname(draft.title)
    if not label:
        label, title = titles.split_bracket(title)
    draft.title = titles.unquote(title).strip()
    draft.label = draft.label or nickname or label


# --- Several papers in one item ---


def _several(pieces):
    """Places of the links, if the pieces name several papers one beside the other."""
    places = [
        place
        for place, piece in enumerate(pieces)
        if piece.link is not None
        and not piece.link.said
        and piece.link.is_paper
        and piece.link.label
        and not piece.bracketed
        and not piece.link.label.startswith(("http", "www."))
    ]
    if len(places) < 2:
        return []
    for first, second in pairwise(places):
        between = pieces[first + 1 : second]
        if any(piece.link is not None for piece in between):
            return []
        if not _GLUE.fullmatch("".join(piece.text for piece in between)):
            return []
    before = "".join(piece.text for piece in pieces[: places[0]])
    if len(before.split()) > 8:
        return []
    return places


def _read_several(pieces, places, line, counts):
    others = [
        piece.link for place, piece in enumerate(pieces) if piece.link and place not in places
    ]
    drafts = []
    for place in places:
        link = pieces[place].link
        title, nickname, _ = titles.clean(link.label)
        draft = Draft(line=line, title=title, links=[link, *others], title_link=link)
        draft.counts = counts
        _name(draft, nickname)
        drafts.append(draft)
    return drafts
