"""Where in an item its title stands: a link, bold type, or told by the text alone."""

import re

from . import cutting, labels, meta, people, titles
from .drafts import Piece, is_person
from .hosts import is_home_page
from .sentences import has_letter, has_word
from .spans import BOLD, ITALIC

_BRACKETED = re.compile(r"[\[【(（].*[\])）】][:：.]?")
# Behind so many signs no type tells a title any more, and each time all of them are read again.
_FAR = 1000
_REMARK = re.compile(r"\s*(?:[-–—]|[(（])")
_CJK = re.compile(r"[\u3400-\u9fff\u3040-\u30ff\uac00-\ud7af]")


def find_title(pieces, draft):
    """(place, title, rest): where the title begins, its text, and the pieces after it."""
    read = 0
    for place, piece in enumerate(pieces):
        found = None
        read += len(piece.text)
        if piece.link is not None:
            if _is_title_link(pieces, place) and not _paper_follows(pieces, place):
                return _linked_title(pieces, place, draft)
            if _ends_search(pieces, place):
                break
        elif read > _FAR:
            continue
        elif piece.style & BOLD:
            found = _styled_title(pieces, place, BOLD, draft)
        elif place == 0 and piece.style & ITALIC and len(piece.text.split()) > 2:
            found = _styled_title(pieces, place, ITALIC, draft)
        if found:
            return found
    return _plain_title(pieces)


def _linked_title(pieces, place, draft):
    """As find_title, of a link that is the title or the name of its method."""
    piece = pieces[place]
    draft.title_link = piece.link
    draft.links.append(piece.link)
    if found := _title_behind(pieces, place):
        draft.label = titles.clean(piece.text)[0]
        return found
    if piece.text.lstrip()[:1] in ('"', "“"):
        found = cutting.cut(piece.text)
        return place, found.title, [*map(Piece, found.after), *pieces[place + 1 :]]
    return place, piece.text, pieces[place + 1 :]


def _ends_search(pieces, place):
    """Whether the title stands before the link at `place`, which is no title itself."""
    piece = pieces[place]
    if piece.link.said:
        return not _is_before_title(pieces, place)
    return not is_person(piece) and not _paper_follows(pieces, place)


def _title_behind(pieces, place):
    """As find_title, where the link at `place` is a method's name and its title stands behind:
    `[BERT](…): Pre-training of Deep Bidirectional Transformers`."""
    name = titles.clean(pieces[place].text)[0]
    if len(name.split()) > 2 or not titles.is_nickname(name):
        return None
    _, title, rest = _plain_title(pieces[place + 1 :])
    title = title.lstrip(" .:：|,-–—")
    words = [word for word in re.findall(r"[^\W\d_]+", title) if len(word) > 3]
    capitals = sum(word[0].isupper() for word in words)
    # A title has capitals, or names and venue behind it; a remark has neither.
    told = capitals >= 0.7 * len(words) or any(
        piece.link is None and meta.read_parts(meta.unwrap(piece.text)) for piece in rest[:2]
    )
    if len(words) < 3 or not told or meta.kind_of(title):
        return None
    return place, title, rest


def _paper_follows(pieces, place):
    """Whether a link leads to somebody's notes or a talk, and one after it to the paper itself."""
    if pieces[place].link.kind not in (labels.OTHER, labels.VIDEO, labels.SLIDES):
        return False
    return any(
        piece.link is not None
        and piece.link.is_paper
        and not (piece.link.said or piece.bracketed)
        and len(piece.text.split()) > 2
        for piece in pieces[place + 1 :]
    )


def _is_before_title(pieces, place):
    """Whether a label link at `place` stands before the title: `[[CVPR](…)] Title`."""
    before = "".join(piece.text for piece in pieces[:place] if piece.link is None)
    return not re.search(r"\w", before)


def _is_title_link(pieces, place):
    piece = pieces[place]
    link = piece.link
    text = link.label
    if (
        link.said
        or piece.pictured
        or not has_letter(text)
        or text.startswith(("http://", "https://", "www."))
    ):
        return False
    before = "".join(p.text for p in pieces[:place] if p.link is None)
    words = len(text.split())
    if piece.bracketed and words < 4 and not _CJK.search(text) and place and _has_title(before):
        return False
    if is_person(piece) and is_home_page(link.url):
        return False
    before, _, _ = titles.clean(before.rstrip('([【（ "“'))
    if not before or not has_word(before):
        return True
    if meta.read_parts(before) or people.is_authors(before, alone=True):
        return True
    if piece.bracketed:
        return False
    return len(before.split()) <= 3 or (
        words >= 5 and len(before.split()) <= 8 and "." not in before
    )


def _has_title(before):
    return len(re.findall(r"\w{2,}", before)) >= 2


def _styled_title(pieces, place, style, draft):
    """As find_title, of text in bold or italic type; None where that is no title."""
    end = place
    while end < len(pieces) and _goes_on(pieces, place, end, style):
        end += 1
    text = "".join(piece.text for piece in pieces[place:end]).strip()
    bare = text.strip("[]【】()（） .:：*")
    before = titles.clean("".join(p.text for p in pieces[:place]))[0].strip(' "“')
    ahead = pieces[place - 1].text.rstrip()[-1:] if place else ""
    named = ahead in (":", "：") and titles.is_nickname(before)
    if (before and not named and not _stands_before_title(before)) or not _may_be_title(text, bare):
        return None
    if _BRACKETED.fullmatch(text) or _is_enclosed(pieces, place, end):
        return None
    following = pieces[end:]
    after = _text_of_line(following)
    labelled = text.endswith((":", "：")) or after.lstrip().startswith((":", "："))
    if labelled and labels.line_kind(bare):
        return None
    if named:
        draft.label = before
    quoted = ahead in ('"', "“", "«") and place > 0
    if not quoted and (titles.is_nickname(bare) or len(bare.split()) < 3):
        return _title_after_name(place, bare, text, after, following, draft)
    return place, text, following


def _stands_before_title(text):
    """Whether names, a venue or a date may stand before a title in bold type."""
    return bool(
        meta.read_parts(text.strip(",-–—"))
        or people.is_authors(text, alone=True)
        or cutting.looks_cited(text)
    )


def _may_be_title(text, bare):
    kind = meta.kind_of(bare) if has_letter(bare) else meta.DATE
    several = kind == meta.AUTHORS and len(bare.split()) > 2
    return kind not in (meta.VENUE, meta.DATE) and not several


def _text_of_line(pieces):
    """The text up to the next link or line."""
    text = ""
    for piece in pieces:
        if piece.link is not None or piece.text == "\n":
            break
        text += piece.text
    return text


def _title_after_name(place, name, text, after, following, draft):
    """As find_title, of a short text in bold: the title, or a name with the title behind it."""
    tail = after.lstrip(" .:：|,")
    is_remark = _REMARK.match(after) or tail[:1].islower()
    found = titles.clean(cutting.cut(tail).title)[0] if tail and not is_remark else ""
    in_quotes = tail[:1] in ('"', "“")
    if len(found.split()) >= (1 if in_quotes else 3) and not meta.kind_of(found):
        # A name and then the title: **BERT**. Pre-training of …
        draft.label = name
        _, title, rest = _plain_title(following)
        title = title.lstrip(" .:：|,")
        # A colon may be the title's own: BERT: Pre-training of …
        owned = after.lstrip().startswith(":") and not in_quotes
        return place, f"{name}: {title}" if owned else title, rest
    if not has_word(tail) and _title_link_follows(following):
        # A name, and the title in a link: **BERT** [Pre-training of …](…)
        draft.label = name
        return None
    return place, text, following


def _title_link_follows(pieces):
    piece = next((p for p in pieces if p.link is not None or has_word(p.text)), None)
    if piece is None or piece.link is None or piece.link.said or piece.bracketed:
        return False
    return len(piece.text.split()) > (1 if piece.link.is_paper else 3)


def _goes_on(pieces, start, place, style):
    """Whether the text of one style that begins at `start` still goes on at `place`."""
    piece = pieces[place]
    if piece.link is not None:
        return False
    if piece.style & style:
        return True
    if piece.text.strip() or place + 1 >= len(pieces) or not pieces[place + 1].style & style:
        return False
    before = pieces[place - 1].text.rstrip()
    return piece.text != "\n" or before[-1:] not in (".", "?", "!", ")", "]", "。")


def _is_enclosed(pieces, start, end):
    """Whether the pieces stand in a bracket that is not bold itself: [**SSD**] Single …"""
    before = pieces[start - 1].text.rstrip() if start else ""
    after = pieces[end].text.lstrip() if end < len(pieces) and pieces[end].link is None else ""
    return before[-1:] in ("[", "【") and after[:1] in ("]", "】")


def _plain_title(pieces):
    start = 0
    for place, piece in enumerate(pieces):
        if _has_words(piece):
            break
        start = place + 1 if piece.link is not None else start
    end = start
    while end < len(pieces) and pieces[end].link is None:
        end += 1
    found = cutting.cut("".join(piece.text for piece in pieces[start:end]))
    rest = [Piece(part + "\n") for part in found.before]
    rest += [Piece("\n" + part) for part in found.after]
    return start, found.title, rest + pieces[end:]


def _has_words(piece):
    return piece.link is None and has_word(piece.text)
