"""Where in an item its title stands: a link, bold type, or told by the text alone."""

import re

from . import cutting, labels, meta, people, titles
from .drafts import Piece, is_person
from .hosts import is_home_page
from .spans import BOLD, ITALIC

_CJK = re.compile(r"[\u3400-\u9fff\u3040-\u30ff\uac00-\ud7af]")


def find_title(pieces, draft):
    """(place, title, rest): where the title begins, its text, and the pieces after it."""
    for place, piece in enumerate(pieces):
        if piece.link is not None:
            if _is_title_link(pieces, place) and not _paper_follows(pieces, place):
                draft.title_link = piece.link
                draft.links.append(piece.link)
                if found := _title_behind(pieces, place):
                    draft.label = titles.clean(piece.text)[0]
                    return found
                title, rest = piece.text, pieces[place + 1 :]
                if title.lstrip()[:1] in ('"', "“"):
                    found = cutting.cut(title)
                    title, rest = found.title, [*map(Piece, found.after), *rest]
                return place, title, rest
            if piece.link.said and not _is_before_title(pieces, place):
                break
            if not piece.link.said and not is_person(piece) and not _paper_follows(pieces, place):
                break
        elif piece.style & BOLD and (found := _styled_title(pieces, place, BOLD, draft)):
            return found
        elif place == 0 and piece.style & ITALIC and len(piece.text.split()) > 2:
            if found := _styled_title(pieces, place, ITALIC, draft):
                return found
    return _plain_title(pieces)


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
        or not any(sign.isalpha() for sign in text)
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
    if not before or not any(sign.isalnum() for sign in before):
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
    end = place
    while end < len(pieces) and _goes_on(pieces, place, end, style):
        end += 1
    text = "".join(piece.text for piece in pieces[place:end]).strip()
    bare = text.strip("[]【】()（） .:：*")
    if not any(sign.isalpha() for sign in bare):
        return None
    quoted = place > 0 and pieces[place - 1].text.rstrip()[-1:] in ('"', "“", "«")
    before = titles.clean("".join(p.text for p in pieces[:place]))[0]
    named = titles.is_nickname(before) and pieces[place - 1].text.rstrip()[-1:] in (":", "：")
    if before.strip(' "“') and not (
        named
        or meta.read_parts(before.strip(' "“,-–—'))
        or people.is_authors(before.strip(' "“'), alone=True)
        or cutting.looks_cited(before)
    ):
        return None
    if re.fullmatch(r"[\[【(（].*[\])）】][:：.]?", text) or _is_enclosed(pieces, place, end):
        return None
    if meta.kind_of(bare) in (meta.VENUE, meta.DATE) or (
        meta.kind_of(bare) == meta.AUTHORS and len(bare.split()) > 2
    ):
        return None
    if named:
        draft.label = before
    following = pieces[end:]
    after = ""
    for piece in following:
        if piece.link is not None or piece.text == "\n":
            break
        after += piece.text
    if (text.endswith((":", "：")) or after.lstrip().startswith((":", "："))) and labels.line_kind(
        bare
    ):
        return None
    if not quoted and (titles.is_nickname(bare) or len(bare.split()) < 3):
        tail = after.lstrip(" .:：|,")
        is_remark = re.match(r"\s*(?:[-–—]|[(（])", after) or tail[:1].islower()
        tail_title = titles.clean(cutting.cut(tail).title)[0] if tail and not is_remark else ""
        in_quotes = tail[:1] in ('"', "“")
        if len(tail_title.split()) >= (1 if in_quotes else 3) and not meta.kind_of(tail_title):
            # A name and then the title: **BERT**. Pre-training of …
            draft.label = bare
            _, title, rest = _plain_title(following)
            title = title.lstrip(" .:：|,")
            # A colon may be the title's own: BERT: Pre-training of …
            owned = after.lstrip().startswith(":") and not in_quotes
            return place, f"{bare}: {title}" if owned else title, rest
        # A title that goes on in a link: **Nickname** [Title](…)
        if not any(sign.isalnum() for sign in tail) and following:
            link = next(
                (p for p in following if p.link is not None or any(s.isalnum() for s in p.text)),
                None,
            )
            if (
                link is not None
                and link.link is not None
                and not link.link.said
                and len(link.text.split()) > (1 if link.link.is_paper else 3)
                and not link.bracketed
            ):
                draft.label = bare
                return None
    return place, text, following


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
    return piece.link is None and any(sign.isalnum() for sign in piece.text)
