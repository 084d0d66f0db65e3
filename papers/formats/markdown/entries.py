"""One item of a list, read: its title, links, what stands around them, and what is said of it."""

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from . import labels, links, marks, meta, titles
from .links import Link
from .spans import BOLD, BREAK, CODE, IMAGE, ITALIC, LINK, TEXT, plain

# How sure it is that an item is a paper, by what it links to.
PAPER, MAYBE, OTHER, BARE = "paper", "maybe", "other", "bare"

_GLUE = re.compile(r"[\s,/、&+;|·>→\-–—和与()（）]*(?:and|or)?[\s,/、&+;|·>→\-–—]*", re.IGNORECASE)
SLOT = "\ue000"
SHELLS = re.compile(rf"[\[(（【]*\s*{SLOT}(?:\s*[,/|&·]?\s*{SLOT})*\s*[\])）】]*")
_QUOTED = re.compile(r"[\"“«„]\s*([^\"”»“]{6,400}?)\s*[\"”»]")
_SENTENCE_END = re.compile(
    r"(?<![A-Z])(?<!\bal)(?<!\bvs)[.。]\s+(?=[^\W\d_a-z]|[\"“(\[])|[.?!]\s*\n|(?<=[?!])\s+(?=[A-Z])"
)
_LAST_BRACKET = re.compile(r"\s*[\[(（【]([^\[\]()（）【】]{2,80})[\])）】][\s.,\[(|]*$")
_INITIALS = re.compile(r"(?<![\w.])[A-Z]\.|\bet\.? al\b")
_DASH = re.compile(r"\s+[-–—]{1,3}\s+|\s*——\s*")
_LABEL = re.compile(
    r"\s*[\[【*_]{0,4}\s*([^\[\]【】*:：\n]{1,40}?)\s*[\]】*_]{0,4}\s*(?:[:：]|(?<=[】\]])\s*[:：]?)\s*"
)
_CJK = re.compile(r"[\u3400-\u9fff\u3040-\u30ff\uac00-\ud7af]")
_SENTENCE_WORDS = re.compile(
    r"\b(?:is|are|was|were|we|this|these|that|it|its|their|which|by|with|from|using|uses|used|can|the|an?|to|not|in|of|on|for)\b"
)


@dataclass(slots=True)
class Draft:
    """What was read of an item. `grade`: how sure it is a paper; `group`: the list or table that
    it is from; `counts`: marks of emphasis; `rated`: those of a column of ratings."""

    line: int = 0
    title: str = ""
    label: str = ""
    links: list[Link] = field(default_factory=list)
    title_link: Link | None = None
    authors: list[str] = field(default_factory=list)
    others: bool = False
    venue: str = ""
    year: int | None = None
    day: date | None = None
    notes: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    counts: Counter = field(default_factory=Counter)
    rated: Counter = field(default_factory=Counter)
    section: tuple = ()
    group: int = 0
    remarks: list[str] = field(default_factory=list)
    highlighted: bool = False

    @property
    def grade(self):
        """PAPER if a label or a host says so; MAYBE if the title leads somewhere unknown; OTHER
        if nothing but code, videos and the like is linked; BARE if nothing is."""
        papers = [link for link in self.links if link.is_paper or link.may_be_paper]
        if any(link.host or not labels.is_venue(link.label) for link in papers):
            return PAPER
        if papers or any(link.kind == "" for link in self.links):
            return MAYBE
        if any(link.url for link in self.links):
            return OTHER
        return BARE

    def add_meta(self, kind, text):
        text = text.strip()
        if kind == meta.AUTHORS:
            names, others = meta.split_authors(text)
            self.authors += [name for name in names if name not in self.authors]
            self.others |= others
        elif kind in (meta.VENUE, meta.DATE):
            if kind == meta.VENUE and not self.venue:
                self.venue = meta.venue_of(text)
            year, day = meta.read_date(text)
            self.year = self.year or year
            self.day = self.day or day


@dataclass(slots=True)
class Piece:
    """A text of one style, a link, or a new line."""

    text: str
    style: int = 0
    link: Link | None = None
    bracketed: bool = False


def read_pieces(spans):
    """`spans` as pieces, without pictures, anchors and counters."""
    pieces = []
    for place, span in enumerate(spans):
        if span.kind == TEXT:
            pieces.append(Piece(span.text, span.style))
        elif span.kind == BREAK:
            pieces.append(Piece(" " if _is_wrapped(spans, place) else "\n"))
        elif span.kind == LINK:
            link = links.read_link(span)
            if link.kind in ("anchor", "counter") or (
                span.pictured and not span.text and not link.kind
            ):
                continue
            before = (
                spans[place - 1].text.rstrip() if place and spans[place - 1].kind == TEXT else ""
            )
            after = (
                spans[place + 1].text.lstrip()
                if place + 1 < len(spans) and spans[place + 1].kind == TEXT
                else ""
            )
            shell = span.text.strip()
            bracketed = (
                before[-1:] in ("[", "【")
                or (before[-1:] in ("(", "（") and after[:1] in (")", "）"))
                or (shell[:1] in ("[", "【") and shell[-1:] in ("]", "】"))
            )
            pieces.append(Piece(span.text, span.style, link, bracketed))
    return pieces


def _is_wrapped(spans, place):
    """Whether a line ends at `place` only because it was full."""
    if spans[place].hard or not 0 < place < len(spans) - 1:
        return False
    before, after = spans[place - 1], spans[place + 1]
    return (
        before.kind == after.kind == TEXT
        and before.style == after.style
        and before.text.rstrip()[-1:] not in (".", "?", "!", "。", "|", "")
        and after.text.lstrip()[:1].isalpha()
    )


def read_entry(spans, line):
    """The Drafts of one item's own lines: mostly one, more where it links several papers by
    name, none where it has nothing of a title."""
    pieces = read_pieces(spans)
    text = "".join(
        piece.text if piece.link is None or not piece.link.said else SLOT for piece in pieces
    )
    counts = marks.count(text)
    several = _several(pieces)
    if several:
        return _read_several(pieces, several, line, counts)
    draft = Draft(line=line, counts=counts, texts=[text])
    place, title, rest = _find_title(pieces, draft)
    draft.title, nickname, cut = titles.clean(title)
    for piece in cut:
        draft.add_meta(meta.kind_of(piece), piece)
    _name(draft, nickname)
    _read_around(pieces[:place], draft, before=True)
    _read_around(rest, draft)
    return [draft] if draft.title or draft.links else []


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
        and not piece.link.label.startswith(("http", "www."))
    ]
    if len(places) < 2:
        return []
    for first, second in zip(places, places[1:], strict=False):
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


# --- The title ---


def _find_title(pieces, draft):
    """(place, title, rest): where the title begins, its text, and the pieces after it."""
    for place, piece in enumerate(pieces):
        if piece.link is not None:
            if _is_title_link(pieces, place):
                draft.title_link = piece.link
                draft.links.append(piece.link)
                end = place + 1
                title = piece.text
                return place, title, pieces[end:]
            if piece.link.said and not _is_before_title(pieces, place):
                break
            if not piece.link.said and not _is_person(piece):
                break
        elif piece.style & BOLD and (found := _bold_title(pieces, place, draft)):
            return found
    return _plain_title(pieces)


def _is_before_title(pieces, place):
    """Whether a label link at `place` stands before the title: `[[CVPR](…)] Title`."""
    before = "".join(piece.text for piece in pieces[:place] if piece.link is None)
    return len([w for w in re.findall(r"\w+", before)]) == 0


def _is_title_link(pieces, place):
    piece = pieces[place]
    link = piece.link
    text = link.label
    if (
        link.said
        or not any(sign.isalpha() for sign in text)
        or text.startswith(("http://", "https://", "www."))
    ):
        return False
    before = "".join(p.text for p in pieces[:place] if p.link is None)
    words = len(text.split())
    if piece.bracketed and words < 4 and not _CJK.search(text) and place and _has_title(before):
        return False
    if _is_person(piece) and links.is_home_page(link.url):
        return False
    before, _, _ = titles.clean(before.rstrip('([【（ "“'))
    if not before or not any(sign.isalnum() for sign in before):
        return True
    if meta.kind_of(before) or meta.is_authors(before, alone=True):
        return True
    if piece.bracketed:
        return False
    return len(before.split()) <= 3 or (
        words >= 5 and len(before.split()) <= 8 and "." not in before
    )


def _has_title(before):
    return len(re.findall(r"\w{2,}", before)) >= 2


def _is_person(piece):
    link = piece.link
    return (
        not piece.bracketed
        and not link.said
        and link.host in ("", labels.PROJECT, labels.OTHER)
        and len(link.label.split()) > 1
        and meta.is_authors(link.label, alone=True)
    )


def _bold_title(pieces, place, draft):
    end = place
    while end < len(pieces) and _goes_on(pieces, place, end):
        end += 1
    text = "".join(piece.text for piece in pieces[place:end]).strip()
    bare = text.strip("[]【】()（） .:：*")
    if not any(sign.isalpha() for sign in bare):
        return None
    quoted = place > 0 and pieces[place - 1].text.rstrip()[-1:] in ('"', "“", "«")
    before = titles.clean("".join(p.text for p in pieces[:place]))[0]
    if before.strip(' "“') and not (
        meta.kind_of(before.strip(' "“,'))
        or meta.is_authors(before.strip(' "“'), alone=True)
        or _looks_cited(before)
    ):
        return None
    if re.fullmatch(r"[\[【(（].*[\])）】][:：.]?", text) or _is_enclosed(pieces, place, end):
        return None
    if meta.kind_of(bare) in (meta.VENUE, meta.DATE) or (
        meta.kind_of(bare) == meta.AUTHORS and len(bare.split()) > 2
    ):
        return None
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
        tail_title = titles.clean(_cut(tail)[0])[0] if tail else ""
        is_remark = re.match(r"\s*(?:[-–—]|[(（])", after) or tail[:1].islower()
        if len(tail_title.split()) >= 3 and not is_remark and not meta.kind_of(tail_title):
            # A name and then the title: **BERT**. Pre-training of …
            draft.label = bare
            _, title, rest = _plain_title(following)
            return place, title.lstrip(" .:：|,"), rest
        # A title that goes on in a link: **Nickname** [Title](…)
        if not tail_title and following:
            link = next((p for p in following if p.link is not None or p.text.strip()), None)
            if (
                link is not None
                and link.link is not None
                and not link.link.said
                and len(link.text.split()) > 3
                and not link.bracketed
            ):
                return None
    return place, text, following


def _goes_on(pieces, start, place):
    """Whether the bold text that begins at `start` still goes on at `place`."""
    piece = pieces[place]
    if piece.link is not None:
        return False
    if piece.style & BOLD:
        return True
    if piece.text.strip() or place + 1 >= len(pieces) or not pieces[place + 1].style & BOLD:
        return False
    before = pieces[place - 1].text.rstrip()
    return piece.text != "\n" or before[-1:] not in (".", "?", "!", ")", "]", "。")


def _is_enclosed(pieces, start, end):
    """Whether the pieces stand in a bracket that is not bold itself: [**SSD**] Single …"""
    before = pieces[start - 1].text.rstrip() if start else ""
    after = pieces[end].text.lstrip() if end < len(pieces) and pieces[end].link is None else ""
    return before[-1:] in ("[", "【") and after[:1] in ("]", "】")


def _looks_cited(text):
    """Whether `text` is what stands before a title in a reference: names, perhaps with a year."""
    text = re.sub(r"\(?\b(?:19|20)\d\d\b\)?\.?", "", text).strip(' "“.,')
    parts = [part for part in re.split(r"[,;.]| and |&|\bet al\b", text) if part.strip()]
    named = sum(
        bool(re.fullmatch(r"\s*(?:[A-Z][\w'’-]*\.?\s*|van |de |der |den |von |la |el ){1,4}", part))
        for part in parts
    )
    return bool(parts) and named >= 0.7 * len(parts)


def _plain_title(pieces):
    """The title where only the text tells it: (place, title, rest)."""
    start = 0
    while start < len(pieces) and pieces[start].link is not None:
        start += 1
    end = start
    while end < len(pieces) and (pieces[end].link is None or _is_inline(pieces, end)):
        end += 1
    text = "".join(piece.text for piece in pieces[start:end])
    title, before, after = _cut_parts(text)
    rest = [Piece(part) for part in after] + pieces[end:]
    if before:
        rest = [Piece(part) for part in before] + [Piece("\n")] + rest
    return start, title, rest


def _is_inline(pieces, place):
    return False


def _cut(text):
    title, before, after = _cut_parts(text)
    return title, before + after


def _cut_parts(text):
    """(title, [what stands before], [what stands after]) of a text without links."""
    if found := _QUOTED.search(text):
        before = titles.clean(text[: found.start()])[0]
        if not before or _looks_cited(before) or meta.kind_of(before):
            return found[1], [before] if before else [], [text[found.end() :]]
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
        return "", before, after
    title, after = parts[0], parts[1:]
    if found := re.search(r"(?<=\S)[ \u00a0]{2,}(?=[A-Z\"“\u4e00-\u9fff])", title.strip()):
        stripped = title.strip()
        tail = stripped[found.end() :]
        if len(tail.split()) > 5:
            return stripped[: found.start()], before, [" - " + tail, *after]
    if (found := _LAST_BRACKET.search(title)) and _is_meta(found[1]) and found.start() > 0:
        title, after = title[: found.start()], [found[1], *after]
    title, more = _cut_dash(title)
    after = more + after
    title, front, more = _cut_sentences(title)
    before, after = before + front, more + after
    title, front, more = _cut_commas(title)
    return title, before + front, more + after


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
        first = re.split(r"[,.;(]", tail)[0]
        if (
            _is_meta(tail)
            or _is_meta(first)
            or (meta.is_authors(tail, alone=True) and len(tail.split()) > 1)
            or all(_is_meta(part) for part in re.split(r"[,.;]\s", tail) if part.strip())
        ):
            return head, [tail]
        if (tail[:1].islower() or len(tail.split()) > 14) and len(tail.split()) >= 4:
            return head, [" - " + tail]
    return title, []


def _cut_sentences(title):
    parts = [part for part in _SENTENCE_END.split(title) if part and part.strip()]
    ends = [found.start() for found in _SENTENCE_END.finditer(title)]
    if len(parts) < 2 or not ends:
        return title, [], []
    if (meta.is_authors(parts[0]) or (_looks_cited(parts[0]) and "," in parts[0])) and len(
        parts[1].split()
    ) > 1:
        tail = parts[2:]
        return parts[1], [parts[0]], tail
    for place in range(1, len(parts)):
        head = re.split(r",\s", parts[place])[0]
        if _is_meta(parts[place]) or _is_meta(head) or meta.is_authors(parts[place]):
            at = ends[place - 1] if place - 1 < len(ends) else len(title)
            return title[: at + 1] if title[at : at + 1] in "?!" else title[:at], [], parts[place:]
    return title, [], []


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


# --- What stands around it ---


def _read_around(pieces, draft, *, before=False):
    """Takes links, authors, venue, dates and remarks from the pieces beside the title."""
    text, after_links = "", False
    for piece in pieces:
        if piece.link is None:
            text += (
                piece.text
                if not piece.style & BOLD or len(piece.text) < 3
                else f"\ue001{piece.text}\ue002"
            )
        elif _is_person(piece) and not piece.link.said:
            text += piece.text
        else:
            if piece.link not in draft.links:
                draft.links.append(piece.link)
            text += SLOT
    for place, chunk in enumerate(SHELLS.sub(SLOT, text).split(SLOT)):
        _read_chunk(chunk, draft, after_links=place > 0, before=before)


def _read_chunk(chunk, draft, *, after_links, before):
    styled = "\ue001" in chunk
    chunk = chunk.replace("\ue001", " ").replace("\ue002", " ")
    text = chunk.strip(" \t\n|,;·/\\*_.，。；")
    if not any(sign.isalnum() for sign in text):
        return
    bare = text.strip("[]()（）【】 \n")
    kind = meta.kind_of(bare) or meta.kind_of(marks.strip(bare).strip("[]()（）【】 \n"))
    if kind:
        draft.add_meta(kind, bare)
        return
    dashed = bool(_LEADING_DASH.match(text))
    note = " ".join(marks.strip(_without_meta(text.lstrip("-–—:：=>→ \n"), draft)).split())
    note = note.strip(" |,;·")
    if before or not any(sign.isalnum() for sign in note):
        return
    bracket = note[:1] in "(（[【" and note[-1:] in ")）]】"
    inner = note.strip("()（）[]【】 ") if bracket else note
    if bracket and titles.is_nickname(inner):
        draft.remarks.append(inner)
        return
    words = len(re.findall(r"[\u3400-\u9fff]{2}|[^\W_\u3400-\u9fff]+", inner))
    if bracket and after_links and words:
        draft.remarks.append(inner)
    elif (
        (dashed and words >= 2)
        or (after_links and words >= (2 if styled else 3))
        or (words >= 6 and (_SENTENCE_WORDS.search(inner) or _CJK.search(inner)))
    ):
        draft.notes.append(inner if bracket else note)


_LEADING_DASH = re.compile(r"\s*(?:[-–—:：]|——|=>|→)")
_PARTS = re.compile(r"(\n|\s*\|\s*|(?<![A-Z])(?<!\bal)\.\s+)")


def _without_meta(text, draft):
    """`text` from its first sentence on that is no authors, venue or date."""
    parts = _PARTS.split(text)
    start = 0
    while start < len(parts) and _take_meta(parts[start], draft):
        start += 2
    end = len(parts)
    while end - 1 > start and _take_meta(parts[end - 1], draft):
        end -= 2
    return "".join(parts[start:end])


def _take_meta(text, draft):
    """Whether `text` is nothing but authors, venue and dates; they go to the draft then."""
    text = text.strip(" ()[]（）【】*_,;\n")
    if not text:
        return True
    if kind := meta.kind_of(text):
        draft.add_meta(kind, text)
        return True
    if len(_SENTENCE_WORDS.findall(text)) > 2:
        return False
    parts = [part for part in re.split(r"[,，;]\s*|\s+[-–—]\s+", text) if part.strip()]
    if len(parts) < 2:
        return False
    kinds = [
        meta.kind_of(part) or (meta.AUTHORS if meta.is_authors(part, alone=True) else "")
        for part in parts
    ]
    known = sum(bool(kind) for kind in kinds)
    if known < max(2, 0.75 * len(parts)) and not (known == len(parts)):
        return False
    names = [part for part, kind in zip(parts, kinds, strict=True) if kind == meta.AUTHORS]
    if names:
        draft.add_meta(meta.AUTHORS, ", ".join(names))
    for part, kind in zip(parts, kinds, strict=True):
        if kind in (meta.VENUE, meta.DATE):
            draft.add_meta(kind, part)
    return True


# --- Lines below it ---


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


def read_line_below(spans, draft):
    """Takes one line under the item's own: attributes, links, or a remark."""
    kind, label, rest = read_label(spans)
    pieces = read_pieces(rest)
    own = [
        piece.link
        for piece in pieces
        if piece.link is not None and not (_is_person(piece) and not piece.link.said)
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
    if kind == labels.NOTE:
        if text:
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
        _read_around(pieces, draft)
        return
    bare = text.strip(" *_")
    found = meta.kind_of(bare) or ("" if own else _single_author(bare))
    if found:
        draft.add_meta(found, bare)
    elif not _take_meta(bare, draft):
        note = " ".join(marks.strip(text).split()).strip(" >")
        if note.startswith("[!"):
            note = note.partition("]")[2].strip()
        if any(sign.isalnum() for sign in note):
            draft.notes.append(note)


def _single_author(text):
    if re.fullmatch(
        r"(?:[A-Z][a-zà-ÿ'’-]+|[A-Z]\.)(?: (?:[A-Z][a-zà-ÿ'’-]+|[A-Z]\.|van|de|der|von)){1,3}", text
    ) and meta.is_authors(text, alone=True):
        return meta.AUTHORS
    return ""
