"""A Record and its place in the list ⇄ the cells of a row."""

import re

from papers import citekeys
from papers.formats import names, values
from papers.formats.csv_columns import LINK_COLUMNS
from papers.records import KINDS, LinkRecord, NoteRecord, Placement, Record, RelationRecord

_YES = {
    *("yes", "y", "true", "t", "1", "1.0", "x", "ja", "oui", "si", "sí", "是", "对", "√", "✓", "✔"),
    *("✅", "🔥", "⭐", "★", "*", "highlighted", "推荐", "必读", "wahr", "vrai"),
}
_NO = {"no", "n", "false", "f", "0", "0.0", "nein", "non", "否", "-", "falsch", "faux", "×"}
_KINDS = {
    **dict.fromkeys(
        ("journal article", "journalarticle", "journal", "期刊", "期刊论文"), "article"
    ),
    **dict.fromkeys(
        ("conference paper", "conferencepaper", "proceedings", "inproceedings", "会议", "会议论文"),
        "conference",
    ),
    **dict.fromkeys(("arxiv", "预印本", "unpublished", "manuscript"), "preprint"),
    **dict.fromkeys(("techreport", "technical report", "报告"), "report"),
    **dict.fromkeys(("booksection", "book section", "book chapter", "incollection"), "chapter"),
    **dict.fromkeys(("phdthesis", "mastersthesis", "dissertation", "学位论文"), "thesis"),
    **dict.fromkeys(("书", "图书", "monograph"), "book"),
    "misc": "other",
}
_IDENTIFIERS = {"arxiv": "arxiv_id", "doi": "doi", "openreview": "openreview_id", "acl": "acl_id"}
_TEXTS = ("title", "translated_title", "venue", "volume", "issue", "pages", "publisher")
_SEPARATOR = re.compile(r"\s+/\s+|\s*(?:>|»|→|›)\s*")
_HYPERLINK = re.compile(r'=HYPERLINK\("([^"]*)"(?:\s*[,;]\s*"((?:[^"]|"")*)")?\)', re.I)
_ADDRESSES = {"url", "doi", "arxiv", "openreview", "acl", "links", *LINK_COLUMNS}
_LINK = re.compile(r"(?:([a-z]+)(?: \[(.*)\])?: )?((?:https?|ftp)://\S+)", re.I)
_ADDRESS = re.compile(r"https?://[^\s,;，；]+")
_BETWEEN_NOTES = "\n\n---\n\n"
_RULE = re.compile(r"^(\\*---)$", re.M)
# Zotero's own key of an item.
_ZOTERO = re.compile(r"[A-Z0-9]{8}")


def write(record, placement, language):
    """The cells, as a dict from column to text."""
    incomplete = ["et al."] if record.authors_incomplete else []
    tags = [tag for tag in map(values.plain, record.tags) if tag]
    cells = {name: values.plain(getattr(record, name)) for name in _TEXTS}
    cells |= {
        "key": record.key,
        "authors": _join([*map(_name, record.authors), *incomplete]),
        "year": str(record.year or ""),
        "published_on": record.published_on.isoformat() if record.published_on else "",
        "kind": record.kind,
        "arxiv": values.write_arxiv(record).removeprefix("arXiv:"),
        "doi": record.doi,
        "openreview": record.openreview_id,
        "acl": record.acl_id,
        "url": "%20".join(record.url.split()),
        "links": "\n".join(map(_write_link, record.links)),
        "language": record.language,
        "tags": _join([_escape(tag) for tag in tags]),
        "abstract": values.paragraphs(record.abstract),
        "section": " / ".join(filter(None, map(_escape_section, placement.section))),
        "section_slug": placement.slug,
        "position": "" if placement.position is None else str(placement.position),
        "label": values.plain(placement.label),
        "highlighted": "yes" if placement.highlighted else "",
        "note": _write_notes(record.notes, language),
        "entry_note": _write_notes(placement.notes, language),
        "relations": "\n".join(f"{each.kind}: {each.to}" for each in record.relations),
        "status": record.status,
    }
    return cells


def read(cells, line):
    """The Record of a row, and what there is to say about it: pairs of reason and text."""
    doubts = []
    links = {name: cells[name] for name in cells if isinstance(cells[name], list)}
    cells = {name: text for name, text in cells.items() if name not in links}
    record = Record(line=line)
    for name in _TEXTS:
        setattr(record, name, values.plain(cells.get(name, "")))
    for name in ("volume", "issue"):
        setattr(record, name, re.sub(r"^([0-9]+)\.0+$", r"\1", getattr(record, name)))
    record.abstract = values.paragraphs(cells.get("abstract", ""))
    _set_people(record, cells)
    _set_time(record, cells, doubts)
    _set_words(record, cells, doubts)
    _set_identifiers(record, cells, doubts)
    _set_links(record, cells, links, doubts)
    record.notes = _read_notes(cells.get("note", ""))
    _set_place(record, cells, doubts)
    return record, doubts


def _join(texts):
    """A list in one cell. One alone gets a semicolon too where it would be taken for several."""
    joined = "; ".join(text for text in texts if text)
    is_plain = len(texts) != 1 or not re.search(r"[,，、；]|\sand\s|&|et al|\\|等", joined)
    return joined if is_plain else f"{joined};"


def _split(text):
    """What stands between semicolons, but for those after a backslash, which all stay."""
    return re.findall(r"(?:\\.|[^\\;；\n]|\\$)+", text)


def _escape(text, signs="\\\\;；"):
    return re.sub(rf"([{signs}])", r"\\\1", values.plain(text))


def _unescape(text):
    return values.plain(re.sub(r"\\([\\;；,])", r"\1", text))


def _name(name):
    return _escape(name, "\\\\;；,")


def _escape_section(title):
    """A title's own signs must not be taken for those between sections."""
    title = re.sub(r"([\\>»→›])", r"\\\1", values.plain(title))
    return re.sub(r"(?<!\S)/|/(?!\S)", r"\\/", title)


def _read_section(text):
    marked = re.sub(r"\\([\\/>»→›])", lambda found: f"\0{ord(found[1]):06}", text)
    parts = [part for part in _SEPARATOR.split(marked) if part.strip()]
    return tuple(
        values.plain(re.sub("\0([0-9]{6})", lambda found: chr(int(found[1])), part))
        for part in parts
    )


def follow(name, cell):
    """What a spreadsheet shows of a cell that is a link: its address where that is asked for."""
    found = _HYPERLINK.fullmatch(cell.strip())
    if not found:
        return cell
    return found[1] if name in _ADDRESSES or not found[2] else found[2].replace('""', '"')


def _set_people(record, cells):
    text = cells.get("authors", "")
    if not re.search(r"[;；\n]", text):
        record.authors, record.authors_incomplete = names.several(text)
        return
    for part in _split(text):
        name, more = names.without_others(part)
        record.authors_incomplete |= more
        # A comma of the name's own stands behind a backslash.
        name = _unescape(name if "\\," in name else names.turn(name))
        if name:
            record.authors.append(name)


def _set_time(record, cells, doubts):
    year, day = cells.get("year", ""), cells.get("published_on", "")
    record.year = values.read_year(year) if year else None
    record.published_on = values.read_date(day) or values.read_serial(day) if day else None
    if year and not record.year:
        doubts.append((f"The year “{year[:50]}” cannot be read.", year))
    if day and not record.published_on:
        if not record.year and "year" not in cells:
            record.year = values.read_year(day)
        if not values.read_year(day) or re.search("[0-9]/[0-9]", day):
            doubts.append((f"The date “{day[:50]}” cannot be read as year, month and day.", day))
    elif record.published_on and "year" not in cells:
        record.year = record.published_on.year


def _set_words(record, cells, doubts):
    kind = values.plain(cells.get("kind", "")).casefold()
    record.kind = kind if kind in KINDS else _KINDS.get(kind, "other" if kind else "")
    record.language = values.read_language(cells.get("language", ""))
    record.status = cells.get("status", "").strip().casefold()
    tags = cells.get("tags", "")
    if re.search(r"[;；\n]", tags):
        record.tags = values.unique(map(_unescape, _split(tags)))
    else:
        record.tags = values.unique(map(values.plain, re.split(r"[,，、]", tags)))
    if record.status not in ("", "draft", "published"):
        doubts.append((f"The status “{record.status[:50]}” is not known.", record.status))
        record.status = ""
    key = cells.get("key", "").strip()
    if re.fullmatch(citekeys.PATTERN, key) and not _ZOTERO.fullmatch(key):
        record.key = key
    for name, relation in _pairs(cells.get("relations", "")):
        record.relations.append(RelationRecord(to=relation, kind=name or "builds_on"))


def _pairs(text):
    for line in re.split(r"[\n;；]", text):
        name, colon, rest = line.strip().partition(": ")
        if line.strip():
            yield (name, rest.strip()) if colon else ("", name)


def _set_identifiers(record, cells, doubts):
    for name, attribute in _IDENTIFIERS.items():
        text = cells.get(name, "").strip()
        if not text:
            continue
        if name == "arxiv":
            text = re.sub(r"^([0-9]{3,4})\.([0-9]{1,5})$", _with_zeros, text)
        if name == "openreview" and re.fullmatch(r"[\w-]{5,40}", text):
            record.openreview_id = text
            continue
        is_read = values.set_identifier(record, text)
        # An arXiv DOI is an arXiv identifier.
        if not is_read or not (getattr(record, attribute) or record.arxiv_id):
            doubts.append((f"The {name} identifier “{text[:50]}” cannot be read.", text))


def _with_zeros(found):
    """A spreadsheet took 0704.0010 for a number: 704.001."""
    month = found[1].zfill(4)
    return f"{month}.{found[2].ljust(5 if month >= '1501' else 4, '0')}"


def _set_links(record, cells, links, doubts):
    text = cells.get("url", "").strip()
    if re.match(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}/\S*$", text, re.I):
        text = f"https://{text}"
    addresses = re.findall(r"(?:https?|ftp)://\S+", text)
    record.url, *others = addresses or [""]
    record.links += map(values.link, others)
    if not values.set_identifier(record, record.url or text) and text and not record.url:
        doubts.append((f"“{text[:50]}” is no link.", text))
    for line in re.split(r"\n|[;；]\s+", cells.get("links", "")):
        _add_link(record, line.strip(), doubts)
    for name, texts in links.items():
        addresses = [url for text in texts for url in _ADDRESS.findall(text)]
        if name == "pdf" and addresses and not record.url:
            record.url = addresses.pop(0)
            values.set_identifier(record, record.url)
        record.links += [LinkRecord(url=url, kind=name) for url in addresses]


def _add_link(record, text, doubts):
    if found := _LINK.fullmatch(text):
        kind = found[1] or values.link(found[3]).kind
        record.links.append(LinkRecord(url=found[3], kind=kind, label=found[2] or ""))
    elif addresses := _ADDRESS.findall(text):
        record.links += map(values.link, addresses)
    elif text:
        doubts.append((f"“{text[:50]}” is no link.", text))


def _write_link(link):
    # Semicolons part links where somebody writes several on a line.
    label = re.sub("[;；]", ",", values.plain(link.label))
    kind = f"{link.kind} [{label}]" if label else link.kind
    return f"{kind}: {'%20'.join(link.url.split())}"


def _write_notes(notes, language):
    texts = [values.paragraphs(values.note_text(note, language)) for note in notes if note.public]
    # A rule of the note's own must not be taken for the one between notes.
    return _BETWEEN_NOTES.join(_RULE.sub(r"\\\1", text) for text in texts if text)


def _read_notes(text):
    parts = re.split(r"\n\s*\n---\n\s*\n", values.paragraphs(text))
    texts = [re.sub(r"^\\(\\*---)$", r"\1", part, flags=re.M).strip() for part in parts]
    return [NoteRecord(text={values.language_of(each): each}) for each in texts if each]


def _set_place(record, cells, doubts):
    mark = values.plain(cells.get("highlighted", "")).casefold()
    highlighted = mark in _YES or bool(re.search("[🔥⭐★🌟]", mark))
    if mark and not highlighted and mark not in _NO:
        doubts.append((f"“{mark[:50]}” is neither yes nor no; taken for no.", mark))
    position = re.fullmatch(r"([0-9]{1,9})(?:\.0+)?", cells.get("position", "").strip())
    placement = Placement(
        section=_read_section(cells.get("section", "")),
        slug=cells.get("section_slug", "").strip(),
        label=values.plain(cells.get("label", "")),
        highlighted=highlighted,
        position=int(position[1]) if position else None,
        notes=_read_notes(cells.get("entry_note", "")),
    )
    if placement != Placement():
        record.placements.append(placement)
