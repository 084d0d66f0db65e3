"""A paper outside the database: the one currency between formats, sources and intake.

A format reads a text into a stream of items, in the text's order, and writes a stream of items
as text. Sections come before the papers that stand in them. No Django here.

Texts that exist per language are dicts from language code to text: `{"zh-hans": "…"}`. What is
not known is empty: "", None, {} or [].
"""

from dataclasses import dataclass, field
from datetime import date

#: What a paper is, as far as citing needs. "" where it is not known.
KINDS = ("article", "conference", "preprint", "report", "book", "chapter", "thesis", "other")


@dataclass(slots=True, kw_only=True)
class NoteRecord:
    """A curator's note, in Markdown."""

    text: dict[str, str]
    author: str = ""
    public: bool = True
    uid: str = ""


@dataclass(slots=True, kw_only=True)
class LinkRecord:
    """A further address of a paper. `kind` as in models.Link.Kind; `label` as the source had it."""

    url: str
    kind: str = "other"
    label: str = ""


@dataclass(slots=True, kw_only=True)
class RelationRecord:
    """What a paper has to do with an earlier one, named by its key."""

    to: str
    kind: str = "builds_on"


@dataclass(slots=True, kw_only=True)
class Placement:
    """A paper's place in the list.

    section: titles of the sections, outermost first, as the source writes them; slug: the
    innermost section's slug, where the source knows it; notes: on the paper in this section.
    """

    section: tuple[str, ...] = ()
    slug: str = ""
    label: str = ""
    highlighted: bool = False
    position: int | None = None
    notes: list[NoteRecord] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Record:
    """A paper as a text or a registry has it.

    authors: names as the paper gives them, "First Last", collective ones whole; year: of
    publication; published_on: when it could first be read; url: the main link, as written;
    openreview_id, acl_id: identifiers that have no column of their own but tell papers apart;
    notes: on the paper wherever it stands; line: where in the source it begins, from 1; source:
    which registry or file it is from.
    """

    title: str = ""
    translated_title: str = ""
    authors: list[str] = field(default_factory=list)
    authors_incomplete: bool = False
    year: int | None = None
    published_on: date | None = None
    kind: str = ""
    venue: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    publisher: str = ""
    key: str = ""
    arxiv_id: str = ""
    arxiv_version: int | None = None
    arxiv_category: str = ""
    doi: str = ""
    openreview_id: str = ""
    acl_id: str = ""
    url: str = ""
    abstract: str = ""
    language: str = ""
    status: str = ""
    tags: list[str] = field(default_factory=list)
    links: list[LinkRecord] = field(default_factory=list)
    relations: list[RelationRecord] = field(default_factory=list)
    placements: list[Placement] = field(default_factory=list)
    notes: list[NoteRecord] = field(default_factory=list)
    source: str = ""
    line: int | None = None


@dataclass(slots=True, kw_only=True)
class SectionRecord:
    """A section. path: the titles of the sections above it and its own, as the source writes
    them; notes: on the section itself."""

    path: tuple[str, ...]
    slug: str = ""
    titles: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    public: bool = True
    position: int | None = None
    notes: list[NoteRecord] = field(default_factory=list)
    line: int | None = None


@dataclass(slots=True, kw_only=True)
class ListRecord:
    """The list's own profile."""

    titles: dict[str, str] = field(default_factory=dict)
    taglines: dict[str, str] = field(default_factory=dict)
    introductions: dict[str, str] = field(default_factory=dict)
    licence: str = ""
    licence_url: str = ""
    contact: str = ""


@dataclass(slots=True, kw_only=True)
class Problem:
    """Something a reader had to leave out, or took with doubt. Readers raise nothing.

    lost: whether an item is missing because of it; text: the beginning of what it is about.
    """

    reason: str
    line: int | None = None
    text: str = ""
    lost: bool = True


Item = ListRecord | SectionRecord | Record | Problem
