"""Papers → documents: what the index is made of, read from the database as it is now."""

from collections import defaultdict
from dataclasses import dataclass, field
from operator import itemgetter

from django.conf import settings
from django.db import connections
from modeltranslation.utils import build_localized_fieldname

from papers.models import Entry, Link, Note, Paper, TaggedPaper
from papers.rows import where
from papers.search import facets
from papers.search.tokens import tokens

#: The columns of words, in the order of their weight, and how many tokens each may have. In all
#: fewer than the 16,383 places that PostgreSQL knows.
COLUMNS = {"title": 600, "authors": 6000, "extra": 4000, "abstract": 5000}
#: All but the last.
HEAD = ("title", "authors", "extra")
#: A token of these columns stands in the index once more, behind the sign of its column: to find
#: it in that column alone, neither engine has to look at the others.
SIGNS = {"title": "±", "authors": "¤"}
#: PostgreSQL knows so many places of one token in a document.
MOST_OF_ONE = 255

_BODIES = [build_localized_fieldname("body", code) for code, _ in settings.LANGUAGES]


@dataclass
class Document:
    """id: as in models.Document; words: for each of COLUMNS its tokens, in order."""

    id: int
    year: int
    listed_at: object
    words: dict[str, list[str]]
    facets: list[str]
    venue: str = ""

    @property
    def head(self):
        """Its words but for the abstract's, each once."""
        return {word for column in HEAD for word in self.words[column]}


@dataclass
class _About:
    """What stands around a paper: rows of the tables that speak of it."""

    entries: list = field(default_factory=list)
    tags: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    has_code: bool = False


class Sections:
    """The tree as far as facets need it."""

    def __init__(self, using):
        with connections[using].cursor() as cursor:
            cursor.execute("SELECT id, parent_id, visible FROM papers_section")
            rows = cursor.fetchall()
        self.parents = {pk: parent for pk, parent, _ in rows}
        self.visible = {pk for pk, _, visible in rows if visible}

    def with_ancestors(self, pks):
        found = set()
        for pk in pks:
            while pk is not None and pk not in found:
                found.add(pk)
                pk = self.parents.get(pk)
        return found


def read(papers, sections, using):
    """The documents of these papers, by their ids; none of those that are gone.

    papers: at most querysets.CHUNK of them.
    """
    about = _read_about(papers, using)
    names = (
        "pk",
        "key",
        "arxiv_id",
        "doi",
        "title",
        "translated_title",
        "authors",
        "year",
        "venue",
        "abstract",
        "status",
    )
    rows = Paper._base_manager.using(using).filter(pk__in=papers).order_by()
    for paper in rows.values(*names, "listed_at", "created_at"):
        around = about[paper["pk"]]
        if paper["status"] != Paper.Status.PUBLISHED:
            yield _document(-paper["pk"], paper, around, sections)
            continue
        shown = _shown(around, sections)
        yield _document(paper["pk"], paper, shown, sections)
        if shown != around:
            yield _document(-paper["pk"], paper, around, sections)


def _read_about(papers, using):
    about = defaultdict(_About)
    standing = defaultdict(list)
    for _, paper, section, label, highlighted in _rows(
        Entry, "paper_id", papers, "section_id, label, highlighted", using
    ):
        about[paper].entries.append((section, label, highlighted))
        standing[section].append(paper)
    name = "(SELECT name FROM papers_tag WHERE papers_tag.id = tag_id)"
    tagged = _rows(TaggedPaper, "content_object_id", papers, f"tag_id, {name}", using)
    for _, paper, tag, name in sorted(tagged, key=lambda row: row[2]):
        about[paper].tags.append((tag, name))
    for _, paper, kind in _rows(Link, "paper_id", papers, "kind", using):
        about[paper].has_code |= kind == Link.Kind.CODE
    columns = f"section_id, public, {', '.join(_BODIES)}"
    for _, paper, *note in _rows(Note, "paper_id", papers, columns, using):
        about[paper].notes.append(tuple(note))
    on_sections = _rows(Note, "section_id", standing, f"{columns}, paper_id", using)
    for _, section, *note, paper in on_sections:
        for one in standing[section] if paper is None else ():
            about[one].notes.append(tuple(note))
    return about


def _rows(model, column, values, columns, using):
    """Rows in the order of their ids: (id, the column, other columns)."""
    return sorted(
        where(model, column, values, f"id, {column}, {columns}", using), key=itemgetter(0)
    )


def _shown(around, sections):
    """What the public may see of it."""
    return _About(
        [entry for entry in around.entries if entry[0] in sections.visible],
        around.tags,
        [
            note
            for note in around.notes
            if note[1] and (note[0] is None or note[0] in sections.visible)
        ],
        around.has_code,
    )


def _document(pk, paper, around, sections):
    labels = [label for _, label, _ in around.entries]
    bodies = [body for note in around.notes for body in note[2:]]
    names = [name for _, name in around.tags]
    identifiers = [paper["key"], paper["arxiv_id"], paper["doi"]]
    texts = {
        "title": [paper["title"], paper["translated_title"]],
        "authors": paper["authors"],
        "extra": [*labels, *names, paper["venue"], str(paper["year"] or ""), *identifiers, *bodies],
        "abstract": [paper["abstract"]],
    }
    return Document(
        id=pk,
        year=paper["year"] or 0,
        listed_at=paper["listed_at"] or paper["created_at"],
        words=_without_many({name: _words(texts[name], most) for name, most in COLUMNS.items()}),
        facets=_facets(paper, around, sections),
        venue=paper["venue"],
    )


def _words(texts, most):
    """The tokens of some texts one after the other, then the joined forms of all."""
    stream, joined = [], []
    for text in texts:
        if text:
            own, together = tokens(text)
            stream += own
            joined += together
    return [*stream, *joined][:most]


def _without_many(columns):
    """Columns of words of which none stands more often than PostgreSQL can say, in all of them
    together. The order is kept by what is in no query."""
    if sum(map(len, columns.values())) <= MOST_OF_ONE:
        return columns
    counts = defaultdict(int)
    for words in columns.values():
        for place, word in enumerate(words):
            counts[word] += 1
            if counts[word] > MOST_OF_ONE:
                words[place] = f"{facets.SIGN}{place}"
    return columns


def _facets(paper, around, sections):
    found = [facets.ALL]
    if paper["year"]:
        found.append(facets.year(paper["year"]))
    if paper["venue"]:
        found.append(facets.venue(paper["venue"]))
    places = sections.with_ancestors(section for section, *_ in around.entries)
    found += [facets.section(pk) for pk in sorted(places)]
    found += [facets.tag(pk) for pk, _ in around.tags]
    if any(highlighted for *_, highlighted in around.entries):
        found.append(facets.flag(facets.HIGHLIGHTED))
    if around.notes:
        found.append(facets.flag(facets.NOTE))
    if around.has_code:
        found.append(facets.flag(facets.CODE))
    return found
