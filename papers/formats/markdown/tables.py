"""Tables: which column holds the titles, and what the others say of each row."""

from dataclasses import replace

from . import dates, drafts, entries, labels, marks, meta, venues
from .blocks import CELL, ROW, Block
from .hosts import is_home_page
from .links import Link
from .sentences import has_letter, has_word
from .spans import LINK, plain

_LINKED = {
    *(labels.PAPER, labels.CODE, labels.PROJECT, labels.VIDEO, labels.SLIDES, labels.DATASET),
    *(labels.MODEL, labels.DEMO, labels.OTHER),
}
# Enough to know a column by.
_SAMPLE = 20


def read_table(block):
    """The Drafts of a table's rows; none where no column holds titles."""
    rows = [child for child in block.children if child.kind == ROW]
    _fill_spans(rows)
    header, rows = _split_header(rows)
    columns = _columns(header, rows)
    if labels.TITLE not in columns:
        return []
    drafts = []
    for row in rows:
        cells = [cell for cell in row.children if cell.kind == CELL]
        if not all(cell.header for cell in cells) or not cells:
            drafts += _read_row(cells, columns, header, row.line)
    return drafts


def _fill_spans(rows):
    """Puts empty cells where one of another row or column reaches to, so that columns agree."""
    hanging = {}
    for row in rows:
        filled, cells = [], [cell for cell in row.children if cell.kind == CELL]
        if not hanging and all(cell.rows == cell.columns == 1 for cell in cells):
            continue
        while cells or hanging.get(len(filled)):
            place = len(filled)
            if hanging.get(place):
                hanging[place] -= 1
                filled.append(Block(CELL, row.line))
                continue
            cell = cells.pop(0)
            for column in range(place, place + cell.columns):
                hanging[column] = cell.rows - 1
                filled.append(cell if column == place else Block(CELL, row.line))
        hanging = {column: left for column, left in hanging.items() if left}
        row.children = filled


def _split_header(rows):
    """(texts of the header's cells, the other rows)."""
    if not rows:
        return [], []
    texts = [plain(cell.spans) for cell in rows[0].children]
    named = rows[0].header or any(labels.column_kind(text) for text in texts)
    linked = any(span.kind == LINK for cell in rows[0].children for span in cell.spans)
    if named and not linked:
        return texts, rows[1:]
    return [], rows


def _columns(header, rows):
    """The kind of each column. At most one is TITLE."""
    width = max((len(row.children) for row in rows[:_SAMPLE]), default=0)
    kinds = [labels.column_kind(text) for text in header] + [""] * max(0, width - len(header))
    weights = [_title_weight(rows, place) for place in range(len(kinds))]
    for wanted in (labels.TITLE, "", labels.NAME, labels.PAPER):
        places = [
            place
            for place, kind in enumerate(kinds)
            if kind == wanted
            and weights[place] > (0 if wanted in (labels.TITLE, labels.NAME) else 2)
        ]
        if wanted == labels.NAME:
            places = [
                place for place in places if _leads_to_papers(rows, place) or _any_papers(rows)
            ]
        if places:
            best = max(places, key=lambda place: weights[place])
            kinds = [labels.PAPER if kind == labels.TITLE else kind for kind in kinds]
            kinds[best] = labels.TITLE
            return kinds
    return kinds


def _title_weight(rows, place):
    """How many words a cell of the column has on average, labels of links left out."""
    words = count = 0
    for row in rows[:_SAMPLE]:
        if place < len(row.children):
            pieces = drafts.read_pieces(row.children[place].spans)
            texts = [
                piece.text
                for piece in pieces
                if piece.link is None
                or not (piece.link.said or (piece.bracketed and len(piece.text.split()) < 4))
            ]
            text = "".join(texts)
            if has_letter(text):
                words += min(20, len(text.split()) + len(text) / 200)
            count += 1
    return words / count if count else 0


def _leads_to_papers(rows, place):
    cells = [row.children[place] for row in rows[:_SAMPLE] if place < len(row.children)]
    return any(
        piece.link is not None and piece.link.is_paper
        for cell in cells
        for piece in drafts.read_pieces(cell.spans)
    )


def _any_papers(rows):
    return (
        any(_leads_to_papers(rows, place) for place in range(len(rows[0].children)))
        if rows
        else False
    )


def _read_row(cells, columns, header, line):
    place = columns.index(labels.TITLE)
    if place >= len(cells):
        return []
    drafts = entries.read_entry(cells[place].spans, cells[place].line or line)
    for draft in drafts:
        for number, cell in enumerate(cells):
            if number != place and number < len(columns):
                name = header[number] if number < len(header) else ""
                _read_cell(cell.spans, columns[number], name, draft)
    return drafts


def _read_cell(spans, kind, header, draft):
    text = plain(spans)
    if kind == labels.RATING:
        draft.rated += marks.count(text)
    if kind in (labels.RATING, labels.IGNORED):
        return
    if kind != labels.NOTE:
        _take_links(spans, kind, header, draft)
    if not has_word(text):
        draft.counts += marks.count(text)
        return
    if kind in _LINKED:
        _take_beside_links(spans, text, draft)
    elif kind == labels.NOTE:
        _take_note(text, draft)
    elif kind == labels.NAME:
        draft.label = draft.label or _short(text)
    elif kind == "":
        draft.add_meta(meta.kind_of(text), text)
    else:
        _take_meta(kind, text, draft)
    draft.texts.append(text)


def _take_meta(kind, text, draft):
    """Takes a cell of authors, venues or dates, which lists mix up."""
    if kind == labels.VENUE and dates.is_date(text):
        kind = labels.DATE
    draft.add_meta(kind, text)
    if kind == labels.DATE and not dates.is_date(text) and venues.is_venue(text):
        draft.add_meta(labels.VENUE, text)


def _take_note(text, draft):
    note = " ".join(marks.strip(text).split())
    if has_word(note) and note not in ("N/A", "None"):
        draft.notes.append(note)
    if len(text) < 5:
        draft.counts += marks.count(text)


def _take_beside_links(spans, text, draft):
    """Takes what is said beside the links of a column of links."""
    if not labels.link_kind(text):
        for found, part in meta.read_parts(text):
            draft.add_meta(found, part)
    _take_remark(spans, draft)


def _take_remark(spans, draft):
    """What is said beside the links of a column of links."""
    pieces = drafts.read_pieces(spans)
    text = "".join(piece.text if piece.link is None else drafts.SLOT for piece in pieces)
    if not any(piece.link is not None for piece in pieces):
        return
    for part in drafts.SHELLS.split(text):
        remark = " ".join(marks.strip(part).split()).strip(" ,;|")
        if remark[:1] in ("(", "（") and not meta.kind_of(remark.strip("()（） ")):
            draft.notes.append(remark.strip("()（） "))


def _short(text):
    text = " ".join(marks.strip(text).split())
    return text if len(text) <= 40 else ""


def _take_links(spans, kind, header, draft):
    for piece in drafts.read_pieces(spans):
        link = piece.link
        if link is None or link in draft.links:
            continue
        if (
            not link.said
            and is_home_page(link.url)
            and kind in (labels.AUTHORS, labels.INSTITUTION)
        ):
            continue
        vague = link.said == labels.PAPER and labels.is_vague(link.label)
        if kind in _LINKED and (not link.said or (vague and kind != labels.PAPER)):
            # What the column says of it, unless its address says another thing.
            known = kind if kind == labels.PAPER or not link.host else link.host
            if kind == labels.PAPER and link.host not in ("", labels.PAPER):
                known = link.host
            link = Link(
                link.url, link.label or header, known, kind if known == kind else "", link.host
            )
        if kind == labels.PAPER and not link.is_paper:
            link = replace(link, placed=True)
        draft.links.append(link)
