"""The lines of an entry, written. What they say, `rereading` reads.

    - 🔥 **LABEL** · [TITLE](main link) (TRANSLATED TITLE)\\
      AUTHOR, AUTHOR, et al. *VENUE, YEAR* · [DOI](…) · [Code](…) · Video: [LABEL](…)

Each part is left out where there is nothing to say. A title without an address is bold.
"""

import re

from papers.addresses import canonical_url, page_of
from papers.formats import values
from papers.records import Record

from . import escaping, prose
from .escaping import disguise, line, link
from .words import CODE, IDENTIFIERS

MARK = "🔥"
#: More names than this are no longer legible in a line: the first of them stand there, and all
#: of them folded below.
LEGIBLE, SHOWN = 15, 3
SEPARATOR = " · "
_KINDS = {"arxiv_id": "arxiv", "doi": "doi", "acl_id": "acl", "openreview_id": "openreview"}


def head(record, placement, words, language):
    """The first line, without the sign of the list."""
    url = main_address(record)
    title = line(record.title) or line(url) or "…"
    parts = [f"{MARK} "] if placement.highlighted else []
    if label := line(placement.label):
        parts.append(f"**{label}**{SEPARATOR}")
    parts.append(link(title, url) if url else f"**{title}**")
    if record.language != language and (translated := line(record.translated_title)):
        parts.append(f"{words.brackets[:-1]}{translated}{words.brackets[-1]}")
    return "".join(parts)


def about(record, words):
    """The second line, or ""."""
    published = _published(record, words)
    names = _names(record)
    more = record.authors_incomplete or len(names) > LEGIBLE
    shown = names[:SHOWN] if len(names) > LEGIBLE else names
    text = people(shown, words, more=more, ends=bool(published))
    parts = [text + published, *_identifiers(record), *_links(record, words)]
    return escaping.at_start(SEPARATOR.join(part for part in parts if part))


def folded_people(record, words, indent):
    """All authors, folded, below a blank line, where they are too many for a line; else ""."""
    names = _names(record)
    if len(names) <= LEGIBLE:
        return ""
    summary = f"<details><summary>{words.count.format(len(names))}</summary>"
    text = escaping.at_start(people(names, words, more=record.authors_incomplete))
    return f"\n{indent}{summary}\n\n{indent}{text}\n\n{indent}</details>\n"


def _names(record):
    return [name for name in map(values.plain, record.authors) if name]


def people(names, words, *, more=False, ends=False):
    """A list of names; more: whether there are others; ends: whether something follows."""
    if not names:
        return ""
    text = words.comma.join(_name(name, words) for name in names)
    if more:
        text += words.others
    elif re.search(rf"(?:^|{words.comma})et al\.?$|(?<= )等$", text):
        # A name that would say that there are others.
        text = text[:-1] + disguise(text[-1])
    if not ends:
        return text
    if words.stop == ". " and text.endswith("."):
        # Its own point serves, and is told from one of the list's by a backslash.
        return f"{text} " if more else f"{text[:-1]}\\. "
    return text + words.stop


def _name(name, words):
    sign = words.comma.strip()
    return line(name).replace(sign, f"\\{sign}" if sign.isascii() else disguise(sign))


def _published(record, words):
    """Venue and year in italics, or ""."""
    comma = words.venue_comma
    venue = line(record.venue)
    year = str(record.year) if record.year and 0 < record.year < 10_000 else ""
    if not year and (found := re.fullmatch(r"(?:.*[,，] ?)?([0-9])([0-9]*)", venue)):
        # Its end would be taken for a year.
        venue = f"{venue[: found.start(1)]}{disguise(found[1])}{found[2]}"
    return f"*{comma.join(part for part in (venue, year) if part)}*" if venue or year else ""


def main_address(record):
    """Where the title leads: the record's link, else the page of one of its identifiers."""
    if url := escaping.address(record.url):
        return url
    return next((url for _, url in _pages(record)), "")


def _pages(record):
    for field, kind in _KINDS.items():
        if identifier := getattr(record, field):
            version = record.arxiv_version if kind == "arxiv" else None
            yield field, page_of(kind, f"{identifier}v{version}" if version else identifier)


def _identifiers(record):
    """Links of the identifiers that the main link does not name."""
    named = Record()
    values.set_identifier(named, main_address(record))
    for field, url in _pages(record):
        if getattr(named, field) != getattr(record, field):
            yield link(IDENTIFIERS[field], url)


def _links(record, words):
    shown = {canonical_url(url) for _, url in _pages(record)}
    shown -= {canonical_url(main_address(record))}
    taken = {*words.kinds.values(), *IDENTIFIERS.values()}
    for found in record.links:
        url = escaping.address(found.url)
        if not url or (found.kind == "other" and canonical_url(url) in shown):
            continue
        kind = words.kinds.get(found.kind, words.kinds["other"])
        label = values.plain(found.label)
        if not label or label.casefold() == kind.casefold():
            yield link(kind, url)
        elif kind == words.kinds["other"] and label not in taken:
            yield link(line(label), url)
        else:
            yield f"{kind}{words.colon}{link(line(label), url)}"


def quotation(texts, language, indent="", scope=""):
    """A curator's Markdown as a quotation, below a blank line; or "". A comment before it says
    what it is, where that is no note on what stands above it, and in which other language."""
    text, other = in_language(texts, language)
    text = prose.sound(text)
    return "\n" + prose.quote(text, indent, f"{scope} {other}".strip()) if text else ""


def in_language(texts, language):
    """(text, "") of texts per language; where there is none in this one, another and its code."""
    if text := texts.get(language):
        return text, ""
    text, code = next(((text, code) for code, text in texts.items() if text), ("", ""))
    return text, code if re.fullmatch(CODE, code) else ""
