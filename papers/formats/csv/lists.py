"""Several values in one cell, written and read: names, tags, sections, links, notes, relations."""

import re

from papers.formats import names, values
from papers.records import LinkRecord, NoteRecord, RelationRecord

_BETWEEN_SECTIONS = re.compile(r"\s+/\s+|\s*(?:>|»|→|›)\s*")
_LINK = re.compile(r"(?:([a-z]+)(?: \[(.*)\])?: )?((?:https?|ftp)://\S+)", re.I)
_ADDRESS = re.compile(r"https?://[^\s,;，；]+")
_BETWEEN_NOTES = "\n\n---\n\n"
_RULE = re.compile(r"^(\\*---)$", re.M)


def write_names(authors, *, incomplete):
    more = ["et al."] if incomplete else []
    return _join([*(_escape(name, "\\\\;；,") for name in authors), *more])


def read_names(text):
    """The names, and whether the text says that there are more."""
    if not re.search(r"[;；\n]", text):
        return names.several(text)
    found, incomplete = [], False
    for part in _split(text):
        name, more = names.without_others(part)
        incomplete |= more
        # A comma of the name's own stands behind a backslash.
        if name := _unescape(name if "\\," in name else names.turn(name)):
            found.append(name)
    return found, incomplete


def write_tags(tags):
    return _join([_escape(tag, "\\\\;；") for tag in map(values.plain, tags) if tag])


def read_tags(text):
    if re.search(r"[;；\n]", text):
        return values.unique(map(_unescape, _split(text)))
    return values.unique(map(values.plain, re.split(r"[,，、]", text)))


def _join(texts):
    """A list in one cell. One alone gets a semicolon too where it would be taken for several."""
    joined = "; ".join(text for text in texts if text)
    is_plain = len(texts) != 1 or not re.search(r"[,，、；]|\sand\s|&|et al|\\|等", joined)
    return joined if is_plain else f"{joined};"


def _split(text):
    """What stands between semicolons, but for those after a backslash, which all stay."""
    return re.findall(r"(?:\\.|[^\\;；\n]|\\$)+", text)


def _escape(text, signs):
    return re.sub(rf"([{signs}])", r"\\\1", values.plain(text))


def _unescape(text):
    return values.plain(re.sub(r"\\([\\;；,])", r"\1", text))


def write_section(path):
    return " / ".join(filter(None, map(_escape_section, path)))


def _escape_section(title):
    """A title's own signs must not be taken for those between sections."""
    title = re.sub(r"([\\>»→›])", r"\\\1", values.plain(title))
    return re.sub(r"(?<!\S)/|/(?!\S)", r"\\/", title)


def read_section(text):
    marked = re.sub(r"\\([\\/>»→›])", lambda found: f"\0{ord(found[1]):06}", text)
    parts = [part for part in _BETWEEN_SECTIONS.split(marked) if part.strip()]
    return tuple(
        values.plain(re.sub("\0([0-9]{6})", lambda found: chr(int(found[1])), part))
        for part in parts
    )


def write_links(links):
    return "\n".join(map(_write_link, links))


def _write_link(link):
    # Semicolons part links where somebody writes several on a line.
    label = re.sub("[;；]", ",", values.plain(link.label))
    kind = f"{link.kind} [{label}]" if label else link.kind
    return f"{kind}: {'%20'.join(link.url.split())}"


def read_links(text):
    """The links, and the parts of the text that are none."""
    links, others = [], []
    for part in re.split(r"\n|[;；]\s+", text):
        part = part.strip()
        if found := _LINK.fullmatch(part):
            kind = found[1] or values.link(found[3]).kind
            links.append(LinkRecord(url=found[3], kind=kind, label=found[2] or ""))
        elif addresses := _ADDRESS.findall(part):
            links += map(values.link, addresses)
        elif part:
            others.append(part)
    return links, others


def read_links_of(kind, text):
    """The links in a cell that holds one kind of them."""
    return [LinkRecord(url=url, kind=kind) for url in _ADDRESS.findall(text)]


def write_notes(notes, language):
    texts = [values.paragraphs(values.note_text(note, language)) for note in notes if note.public]
    # A rule of the note's own must not be taken for the one between notes.
    return _BETWEEN_NOTES.join(_RULE.sub(r"\\\1", text) for text in texts if text)


def read_notes(text):
    parts = re.split(r"\n\s*\n---\n\s*\n", values.paragraphs(text))
    texts = [re.sub(r"^\\(\\*---)$", r"\1", part, flags=re.M).strip() for part in parts]
    return [NoteRecord(text={values.language_of(each): each}) for each in texts if each]


def write_relations(relations):
    return "\n".join(f"{each.kind}: {each.to}" for each in relations)


def read_relations(text):
    found = []
    for part in re.split(r"[\n;；]", text):
        kind, colon, to = part.strip().partition(": ")
        if part.strip():
            found.append(
                RelationRecord(to=to.strip(), kind=kind) if colon else RelationRecord(to=kind)
            )
    return found


#: How the cells of several columns of one meaning become one cell.
JOINED = {
    **dict.fromkeys(("url", "links", "tags", "relations"), "\n"),
    **dict.fromkeys(("note", "entry_note"), _BETWEEN_NOTES),
}
