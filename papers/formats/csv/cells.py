"""The cells of a row → a Record with its place in the list."""

import re

from papers import citekeys
from papers.formats import values
from papers.formats.csv import lists, mangled
from papers.formats.csv.columns import LINK_COLUMNS, PAGE_COLUMNS, TEXTS
from papers.records import KINDS, Placement, Record

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
# Zotero's own key of an item.
_ZOTERO = re.compile(r"[A-Z0-9]{8}")


class Cells:
    """Reads the cells of a row, a dict from column to text.

    record: what they say; doubts: sentences on what could not be taken, or was taken for
    something else, each with the text of its cell.
    """

    def __init__(self, cells, line):
        self.cells = cells
        self.record = Record(line=line)
        self.doubts = []
        self._set_texts()
        self._set_time()
        self._set_words()
        self._set_identifiers()
        self._set_links()
        self._set_place()

    def _text(self, name):
        return self.cells.get(name, "").strip()

    def _doubt(self, sentence, text):
        """Notes a sentence, in which {} stands for the text."""
        self.doubts.append((sentence.format(f"“{text[:50]}”"), text))

    def _restored(self, name, restore):
        """A cell as it was before a spreadsheet changed it."""
        text = self._text(name)
        if (found := restore(text)) != text:
            reason = f"{{}}, in the column {name}, was taken for {found}: a spreadsheet changed it."
            self._doubt(reason, text)
        return found

    def _set_texts(self):
        record = self.record
        for name in TEXTS:
            setattr(record, name, values.plain(self._text(name)))
        record.volume = mangled.whole_number(record.volume)
        record.issue = mangled.whole_number(values.plain(self._restored("issue", mangled.span)))
        pages = self._restored("pages", mangled.span) or self._two_pages()
        record.pages = mangled.whole_number(values.plain(pages))
        record.abstract = values.paragraphs(self._text("abstract"))
        record.authors, record.authors_incomplete = lists.read_names(self._text("authors"))
        record.tags = lists.read_tags(self._text("tags"))
        record.notes = lists.read_notes(self._text("note"))
        record.relations = lists.read_relations(self._text("relations"))

    def _two_pages(self):
        pages = [mangled.whole_number(self._text(name)) for name in PAGE_COLUMNS]
        return "-".join(values.unique(pages))

    def _set_time(self):
        record, day = self.record, self._text("published_on")
        year = self._restored("year", mangled.year)
        record.year = values.read_year(year)
        if year and not record.year:
            self._doubt("The year {} cannot be read.", year)
        record.published_on = values.read_date(day) or values.read_serial(day)
        if record.published_on and not year:
            record.year = record.published_on.year
        elif day and not record.published_on:
            if not year:
                record.year = values.read_year(day)
            if not values.read_year(day) or re.search("[0-9]/[0-9]", day):
                self._doubt("The date {} cannot be read as year, month and day.", day)

    def _set_words(self):
        record = self.record
        kind = values.plain(self._text("kind")).casefold()
        record.kind = kind if kind in KINDS else _KINDS.get(kind, "other" if kind else "")
        language = self._text("language")
        record.language = values.read_language(language)
        if language and not record.language:
            self._doubt("The language {} is not known.", language)
        record.status = self._text("status").casefold()
        if record.status not in ("", "draft", "published"):
            self._doubt("The status {} is not known.", record.status)
            record.status = ""
        key = self._text("key")
        if re.fullmatch(citekeys.PATTERN, key) and not _ZOTERO.fullmatch(key):
            record.key = key
        elif key and not _ZOTERO.fullmatch(key):
            self._doubt("{} cannot be a citation key.", key)

    def _set_identifiers(self):
        for name, attribute in _IDENTIFIERS.items():
            text = self._restored(name, mangled.arxiv) if name == "arxiv" else self._text(name)
            if name == "openreview" and re.fullmatch(r"[\w-]{5,40}", text):
                self.record.openreview_id = text
            elif text:
                is_read = values.set_identifier(self.record, text)
                # An arXiv DOI is an arXiv identifier.
                if not is_read or not (getattr(self.record, attribute) or self.record.arxiv_id):
                    self._doubt(f"The {name} identifier {{}} cannot be read.", text)

    def _set_links(self):
        record, text = self.record, self._text("url")
        text = values.with_scheme(text) or text
        record.url, *others = re.findall(r"(?:https?|ftp)://\S+", text) or [""]
        record.links += map(values.link, others)
        if text and not values.set_identifier(record, record.url or text) and not record.url:
            self._doubt("{} is no link.", text)
        links, wrong = lists.read_links(self._text("links"))
        record.links += links
        for part in wrong:
            self._doubt("{} is no link.", part)
        for name in filter(self.cells.__contains__, LINK_COLUMNS):
            links = lists.read_links_of(name, self._text(name))
            if name == "pdf" and links and not record.url:
                record.url = links.pop(0).url
                values.set_identifier(record, record.url)
            record.links += links

    def _set_place(self):
        mark = values.plain(self._text("highlighted")).casefold()
        highlighted = mark in _YES or bool(re.search("[🔥⭐★🌟]", mark))
        if mark and not highlighted and mark not in _NO:
            self._doubt("{} is neither yes nor no; taken for no.", mark)
        position = mangled.whole_number(self._text("position"))
        if position and not re.fullmatch("[0-9]{1,9}", position):
            self._doubt("The position {} is no whole number.", position)
            position = ""
        placement = Placement(
            section=lists.read_section(self._text("section")),
            slug=self._text("section_slug"),
            label=values.plain(self._text("label")),
            highlighted=highlighted,
            position=int(position) if position else None,
            notes=lists.read_notes(self._text("entry_note")),
        )
        if placement != Placement():
            self.record.placements.append(placement)
