"""What the list, and the text so far, know of papers: finds a record's paper by its marks."""

from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import connection

from papers.matching import TELLING, address_key, title_key
from papers.models import Entry, Link, Note, Paper, Relation, TaggedPaper
from papers.rows import where

#: How many records are looked up at once.
PIECE = 1000


@dataclass(slots=True)
class Marks:
    """What a record can be recognised by; is_telling: whether its title tells the paper.

    A short title names many papers. It counts together with year and authors, and only where
    the record has no other mark.
    """

    arxiv_id: str
    doi: str
    url: str
    title: str
    year: int | None
    authors: list[str]
    is_telling: bool

    @classmethod
    def of(cls, record):
        title = title_key(record.title)
        return cls(
            record.arxiv_id,
            record.doi,
            address_key(record.url) if record.url else "",
            title,
            record.year,
            record.authors,
            len(title) >= TELLING,
        )

    @property
    def goes_by_title(self):
        return self.is_telling or bool(self.title and not (self.arxiv_id or self.doi or self.url))

    @property
    def title_mark(self):
        return self.title if self.is_telling else (self.title, self.year, *self.authors)

    def fits(self, year, authors):
        """Whether a paper of the same title can be this one."""
        if self.is_telling:
            return year == self.year or None in (year, self.year)
        return (year, authors) == (self.year, self.authors)


@dataclass(slots=True)
class Match:
    """A paper that a record may be. `by` says by which mark; `paper` is the list's own, or None
    where the same text has named it before; `number` counts it among the text's papers; `rivals`
    are further papers of the list that it may be as well."""

    by: str
    paper: Paper | None = None
    number: int | None = None
    arxiv_id: str = ""
    doi: str = ""
    rivals: list[Paper] = field(default_factory=list)


class KnownEntry(NamedTuple):
    label: str
    highlighted: bool


@dataclass(slots=True, eq=False)
class Known:
    """A paper of the list with all that belongs to it.

    links: the keys of their addresses; tags: their names in folded case; entries: by the primary
    key of the section; relations: pairs of a kind and a paper's key, for `holding` only.
    """

    paper: Paper
    links: list[str] = field(default_factory=list)
    tags: set[str] = field(default_factory=set)
    entries: dict[int, KnownEntry] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    relations: set[tuple[str, str]] = field(default_factory=set)


class InList:
    """The papers of the list that the records of a piece may be: some ten queries a piece.

    also: primary keys of papers to have at hand as well; guarded: with their relations, for
    `holding`; and locked until the end of the transaction, if there is one, so that nobody
    publishes one between this look and what is written. Without marks, no paper is looked for.
    """

    def __init__(self, marks=(), also=(), *, guarded=False):
        self.known = {}
        self.by = {"arxiv_id": {}, "doi": {}, "url": {}, "title": {}}
        if not marks:
            return
        papers = Paper.objects.all()
        if guarded and connection.in_atomic_block:
            papers = papers.select_for_update(of=("self",))
        for part in papers.among("pk", self._wanted(marks) | set(also)):
            self.known.update((paper.pk, Known(paper)) for paper in part)
        if self.known:
            self._add_belongings(guarded=guarded)
        self._index()

    def _wanted(self, marks):
        """The primary keys of the papers that any of these marks may mean."""
        urls = {m.url for m in marks}
        wanted = set()
        for model, column, values, owner in (
            (Paper, "arxiv_id", {m.arxiv_id for m in marks}, "id"),
            (Paper, "doi", {m.doi for m in marks}, "id"),
            (Paper, "url_key", urls, "id"),
            (Paper, "title_key", {m.title for m in marks if m.goes_by_title}, "id"),
            (Link, "url_key", urls, "paper_id"),
        ):
            wanted.update(pk for (pk,) in where(model, column, values - {""}, owner))
        return wanted

    def _add_belongings(self, *, guarded):
        known = self.known
        for pk, key in where(Link, "paper_id", known, "paper_id, url_key"):
            known[pk].links.append(key)
        entries = where(Entry, "paper_id", known, "paper_id, section_id, label, highlighted")
        for pk, section, *entry in entries:
            known[pk].entries[section] = KnownEntry(*entry)
        for part in TaggedPaper.objects.among("content_object", known):
            for pk, name in part.values_list("content_object_id", "tag__name"):
                known[pk].tags.add(name.casefold())
        for part in Note.objects.order_by("pk").among("paper", known):
            for note in part:
                known[note.paper_id].notes.append(note)
        if guarded:
            for part in Relation.objects.among("from_paper", known):
                rows = part.values_list("from_paper_id", "kind", "to_paper__key")
                for pk, *relation in rows:
                    known[pk].relations.add(tuple(relation))

    def _index(self):
        for known in self.known.values():
            paper = known.paper
            for name in ("arxiv_id", "doi"):
                if value := getattr(paper, name):
                    self.by[name].setdefault(value, []).append(paper)
            self.by["url"].setdefault(paper.url_key, []).append(paper)
            self.by["title"].setdefault(paper.title_key, []).append(paper)
        # An address is first of all the paper's whose main link it is.
        for known in self.known.values():
            for key in known.links:
                self.by["url"].setdefault(key, []).append(known.paper)

    def paper(self, pk):
        """The list's paper of this primary key, or None."""
        known = self.known.get(pk)
        return known and known.paper

    def owner(self, name, value):
        """The primary key of the paper that has this identifier, or None."""
        papers = self.by[name].get(value)
        return papers[0].pk if papers else None

    def find(self, marks):
        """The Match of these marks, or None."""
        for name in ("arxiv_id", "doi", "url"):
            value = getattr(marks, name)
            if value and (papers := self.by[name].get(value)):
                return _match(name, papers[0])
        if not marks.goes_by_title:
            return None
        same = self.by["title"].get(marks.title, [])
        fitting = [paper for paper in same if marks.fits(paper.year, paper.authors)]
        fitting = [paper for paper in fitting if paper.year == marks.year] or fitting
        if not marks.is_telling:
            # The one that has as little to be told by as the record, where there is one.
            bare = [p for p in fitting if not (p.arxiv_id or p.doi or p.url)]
            fitting = bare or fitting
        return _match("title", *fitting) if fitting else None


def _match(by, paper, *rivals):
    return Match(by, paper, arxiv_id=paper.arxiv_id or "", doi=paper.doi or "", rivals=list(rivals))


class InText:
    """The papers that the text has named so far, each by a number."""

    def __init__(self):
        self.by = {"arxiv_id": {}, "doi": {}, "url": {}, "title": {}}
        self.identifiers = []  # by number: arXiv identifier, DOI, year and key of the main link
        self.ids = {}  # number → primary key, of papers that the list has
        self.numbers = {}  # and the other way round

    def find(self, marks, here):
        """The Match of these marks, or None. here: the InList that has the piece's papers."""
        if (found := self._number(marks)) is None:
            return None
        by, number = found
        arxiv_id, doi, *_ = self.identifiers[number]
        return Match(by, here.paper(self.ids.get(number)), number, arxiv_id, doi)

    def listed(self, marks):
        """The primary keys of the list's papers that some of these marks are known to be."""
        numbers = (found[1] for mark in marks if (found := self._number(mark)))
        return {self.ids[number] for number in numbers if number in self.ids}

    def _number(self, marks):
        for name in ("arxiv_id", "doi", "url"):
            value = getattr(marks, name)
            if value and (number := self.by[name].get(value)) is not None:
                return name, number
        if marks.goes_by_title:
            for number in self.by["title"].get(marks.title_mark, ()):
                if marks.fits(self.identifiers[number][2], marks.authors):
                    return "title", number
        return None

    def number_of(self, paper):
        """The number of a paper of the list, or None where the text has not named it."""
        return self.numbers.get(paper.pk)

    def url_of(self, number):
        """The key of a paper's main link as the text has it first, or ""."""
        return self.identifiers[number][3]

    def owner(self, name, value):
        """The list's primary key of the paper that has this identifier, or, of one that is new,
        its number, as text; None where the text has not named it."""
        number = self.by[name].get(value)
        return None if number is None else self.ids.get(number, f"number {number}")

    def add(self, marks, paper=None):
        """Takes up a paper, the list's own where it is there; returns its number."""
        number = len(self.identifiers)
        self.identifiers.append((marks.arxiv_id, marks.doi, marks.year, marks.url))
        if paper:
            self.ids[number] = paper.pk
            self.numbers[paper.pk] = number
        self.learn(number, marks)
        return number

    def learn(self, number, marks):
        """A paper's further marks, from another place of the text."""
        for name in ("arxiv_id", "doi", "url"):
            if value := getattr(marks, name):
                self.by[name].setdefault(value, number)
        arxiv_id, doi, year, url = self.identifiers[number]
        more = arxiv_id or marks.arxiv_id, doi or marks.doi, year or marks.year, url or marks.url
        self.identifiers[number] = more
        if marks.title:
            # One for each year, as the same title of another year is another paper.
            numbers = self.by["title"].setdefault(marks.title_mark, [])
            if number not in numbers:
                numbers.append(number)
