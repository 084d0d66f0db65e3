"""Papers as lists show them: read in few lean queries, written without a template.

A page shows up to some hundred papers, each with a dozen parts. Instances and templates of them
would be most of the time that the page takes.
"""

from collections import defaultdict, namedtuple
from dataclasses import dataclass, field
from html import escape

from django.conf import settings
from django.db import connection
from django.db.models import Q
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from modeltranslation.utils import build_localized_fieldname

from papers.addressing import addresses
from papers.models import Entry, Link, Note, Paper, Relation, TaggedPaper
from papers.models.paper import Readable
from papers.outline import Node
from papers.prepared import Prepared
from papers.remembering import remembered
from papers.rendering import render
from papers.wording import byline, lang, papers_counted

_COLUMNS = (
    *("pk", "key", "title", "translated_title", "language", "authors", "authors_incomplete"),
    *("venue", "year", "status", "url", "arxiv_id", "doi"),
)
_ALL = [column.attname for column in Paper._meta.concrete_fields]
#: So many papers that were listed lately are remembered, in each state and language.
LATELY = 2000
#: What an entry's own row holds, for `entries`.
ENTRY = ("pk", "section_id", "paper_id", "label", "highlighted")


class Card(Readable, namedtuple("Columns", [*_COLUMNS, "links", "tags"])):
    """A paper with its links, (text, URL), and its tags, (slug, name)."""

    __slots__ = ()


class NoteText(namedtuple("NoteText", ["section_id", "paper_id", "body", "author", "public"])):
    """A note in the language now spoken."""

    __slots__ = ()


class Marks(namedtuple("Marks", ["title", "excerpt"], defaults=[""])):
    """A paper's title, and a piece of another text of it, as HTML in which words are marked."""

    __slots__ = ()


@dataclass
class Place:
    """A paper where it stands: an entry."""

    pk: int
    paper: Card | None
    node: Node
    label: str
    highlighted: bool
    notes: list = field(default_factory=list)


@dataclass
class Shown:
    """A section with what a page shows of it."""

    node: Node
    level: int
    entries: list = field(default_factory=list)
    notes: list = field(default_factory=list)

    @property
    def entry_level(self):
        """The level of the headings of its entries."""
        return min(self.level + 1, 6)


# --- Reading ---

_papers = Prepared(lambda ids: Paper.objects.filter(pk__in=ids).values_list(*_COLUMNS))
_by_key = Prepared(
    lambda key, preview: Paper.objects.visible(preview=preview).keyed(key).values_list(*_ALL)
)
_links = Prepared(
    lambda ids: (
        Link.objects.filter(paper__in=ids)
        .order_by("position", "id")
        .values_list("paper_id", "kind", "label", "url")
    )
)
_tags = Prepared(
    lambda ids: (
        TaggedPaper.objects.filter(content_object__in=ids)
        .order_by("pk")
        .values_list("content_object_id", "tag__slug", "tag__name")
    )
)
_entries = Prepared(
    lambda ids: Entry.objects.filter(paper__in=ids).values_list(
        "pk", "paper_id", "section_id", "label", "highlighted"
    )
)


@Prepared
def _relations(paper, preview):
    return (
        Relation.objects.visible(preview=preview)
        .filter(Q(from_paper=paper) | Q(to_paper=paper))
        .order_by("kind", "from_paper__year", "pk")
        .values_list("kind", "from_paper_id", "to_paper_id")
    )


@Prepared
def _notes(papers, sections, preview, *bodies):
    """The notes on these papers, and those on these sections as a whole."""
    about = Q(paper__in=papers) | Q(paper=None, section__in=sections)
    notes = Note.objects.visible(preview=preview).filter(about)
    return notes.columns("section_id", "paper_id", "author", "public", *bodies)


def paper_of(key, *, preview):
    """The paper of this key, in whatever case, or None."""
    rows = _by_key.rows(key.lower(), form=(preview,))
    return Paper.from_db(connection.alias, _ALL, rows[0]) if rows else None


def cards(ids):
    """The papers with these ids, as cards by their id: three queries, or none for none."""
    ids = list(ids)
    if not ids:
        return {}
    links, tags = links_of(ids), tags_of(ids)
    return {row[0]: Card(*row, links[row[0]], tags[row[0]]) for row in _papers.rows(ids)}


def links_of(ids):
    """The links of these papers: a list of (text, URL) by the paper's id."""
    links = defaultdict(list)
    for paper, kind, label, url in _links.rows(ids):
        links[paper].append((label or str(Link.Kind(kind).label), url))
    return links


def tags_of(ids):
    """The tags of these papers: a list of (slug, name) by the paper's id."""
    tags = defaultdict(list)
    for paper, slug, name in _tags.rows(ids):
        tags[paper].append((slug, name))
    return tags


def notes(papers, sections, *, preview):
    """The notes on papers and on sections as a whole, by their ids, in their order: one query."""
    languages = [get_language(), *settings.MODELTRANSLATION_FALLBACK_LANGUAGES]
    bodies = [build_localized_fieldname("body", code) for code in dict.fromkeys(languages)]
    return [
        NoteText(section, paper, next(filter(None, texts), ""), author, public)
        for section, paper, author, public, *texts in _notes.rows(
            papers, sections, form=(preview, *bodies)
        )
    ]


def places(papers, outline):
    """Where these papers stand: a list of entries by the paper's id, as `listed` wants them."""
    places = defaultdict(list)
    for pk, paper, section, label, highlighted in _entries.rows(papers):
        # An outline has the sections only that may be seen.
        if node := outline.nodes.get(section):
            places[paper].append(Place(pk, None, node, label, highlighted))
    return places


def related(paper, *, preview):
    """What a paper has to do with others: two lists of (kind, card), of earlier papers and of
    later ones."""
    relations = _relations.rows(paper, form=(preview,))
    known = cards({pk for _, *both in relations for pk in both} - {paper})
    earlier = [(kind, known[to]) for kind, _, to in relations if to in known]
    return earlier, [(kind, known[of]) for kind, of, _ in relations if of in known]


def fill(nodes, entries, *, preview, above=0):
    """The nodes as `Shown`, with these entries and all notes in them: four queries.

    entries: rows of the columns ENTRY. Each gets the notes on its paper, anywhere or in just
    this section. above: the depth of the topmost node on the page.
    """
    shown = {node.section.pk: Shown(node, min(node.depth - above + 2, 6)) for node in nodes}
    entries = list(entries)
    papers = [entry.paper_id for entry in entries]
    known = cards(papers)
    on_papers = defaultdict(list)
    for note in notes(papers, list(shown), preview=preview):
        if note.paper_id is None:
            shown[note.section_id].notes.append(note)
        else:
            on_papers[note.section_id, note.paper_id].append(note)
    for entry in entries:
        # It may have been deleted since the entries were read.
        if card := known.get(entry.paper_id):
            section, paper = entry.section_id, entry.paper_id
            node = shown[section].node
            place = Place(entry.pk, card, node, entry.label, entry.highlighted)
            place.notes = on_papers[section, paper] + on_papers[None, paper]
            shown[section].entries.append(place)
    return list(shown.values())


# --- Writing: everything that comes from outside goes through `escape` ---


def entries_html(entries, to, *, heading, anchors=False):
    """The entries of a section as list items. to: the addresses; heading: the level of titles."""
    own = [
        f'<li{_anchor(entry) if anchors else ""}><article class="entry'
        f'{" highlighted" if entry.highlighted else ""}">\n{_label(entry)}\n'
        f'<div class="about">\n{_titled(entry.paper, to, heading)}\n'
        f"{''.join(map(note_html, entry.notes))}\n</div>\n</article></li>\n"
        for entry in entries
    ]
    return mark_safe("".join(own))  # noqa: S308 - of parts that are escaped where they are made


class Listed(namedtuple("Listed", ["pk", "title", "before", "after", "end"])):
    """A paper as a list item. title: as it is; around it, and around what is excerpted, HTML."""

    __slots__ = ()

    def html(self, marks):
        title = conditional_escape(marks.title) if marks else escape(self.title)
        return f"{self.before}{title}{self.after}{_excerpt(marks)}{self.end}"


def listed(ids, outline, state):
    """The papers with these ids, in this order, as `Listed` with where they stand.

    In four queries, but for those that were listed lately. state: what they are remembered by,
    see caching.memorable.
    """
    ids = list(ids)
    lately = _listed_lately(state, outline.preview)
    found = {pk: known for pk in ids if (known := lately.get(pk))}
    missing = [pk for pk in ids if pk not in found]
    if missing:
        standing, to = places(missing, outline), addresses(preview=outline.preview)
        found |= {pk: _listed(card, standing[pk], to) for pk, card in cards(missing).items()}
        if len(lately) > LATELY:
            lately.clear()
        lately |= found
    return [found[pk] for pk in ids if pk in found]


@remembered(4)
def _listed_lately(_state, _preview):
    return {}


def _listed(card, standing, to):
    before, after = _paper(card, to, 2)
    label = _label(standing[0] if standing else None)
    return Listed(
        card.pk,
        card.title,
        f'<li><article class="entry">\n{label}\n<div class="about">\n{before}',
        f"{after}\n",
        f"{_places(standing, to)}\n</div>\n</article></li>\n",
    )


def listed_html(papers, marks=None):
    """The list items of papers, `Listed`. marks: of a search, the Marks of each by its id."""
    marks = marks or {}
    own = [paper.html(marks.get(paper.pk)) for paper in papers]
    return mark_safe("".join(own))  # noqa: S308 - of parts that are escaped where they are made


def tags_html(tags, to):
    """Tags, (slug, name, number of papers), as list items."""
    own = [
        f'<li class="tag"><a href="{escape(to.tag(slug))}">{escape(name)}</a>'
        f' <span class="count"><span aria-hidden="true">{number}</span>'
        f'<span class="visually-hidden">{escape(papers_counted(number))}</span></span></li>\n'
        for slug, name, number in tags
    ]
    return mark_safe("".join(own))  # noqa: S308 - escaped in these lines


def note_html(note):
    """A curator's note."""
    words = _("Private note")
    private = "" if note.public else f"<p>{_mark(words)}</p>"
    author = f'<p class="signed">— {escape(note.author)}</p>' if note.author else ""
    return mark_safe(  # noqa: S308 - rendered and escaped in these lines
        f'<div class="note prose" role="note">\n{private}\n{render(note.body)}\n{author}\n</div>'
    )


def _mark(words):
    return f'<span class="mark not-public">{escape(words)}</span>'


def _draft():
    words = _("Draft")
    return f" {_mark(words)}"


def _anchor(entry):
    return f' id="{escape(entry.paper.key)}"'


def _label(entry):
    if not entry:
        return '<p class="label"></p>'
    return f'<p class="label">{_flame() if entry.highlighted else ""}{escape(entry.label)}</p>'


def _flame():
    words = escape(_("Highlighted"))
    return f'<span class="flame" role="img" aria-label="{words}" title="{words}"></span>'


def _places(places, to):
    links = [
        f'<a href="{escape(to.section(place.node.slug))}">{escape(place.node.title)}</a>'
        for place in places
    ]
    return f'<p class="places">{" · ".join(links)}</p>' if links else ""


def _excerpt(marks):
    if not marks or not marks.excerpt:
        return ""
    return f'<p class="excerpt">{conditional_escape(marks.excerpt)}</p>\n'


def _titled(card, to, heading):
    before, after = _paper(card, to, heading)
    return f"{before}{escape(card.title)}{after}"


def _paper(card, to, heading):
    """What stands before a paper's title, and what after."""
    translated = ""
    if card.translated_title and card.language != get_language():
        translated = f'<p class="translated">{escape(card.translated_title)}</p>'
    before = (
        f'<h{heading} class="title"><a href="{escape(to.paper(card.key))}"'
        f' lang="{escape(lang(card.language))}">'
    )
    after = (
        f"</a>{'' if card.is_visible else _draft()}</h{heading}>\n{translated}\n"
        f'<p class="byline">{_byline(card)}</p>\n'
        f'<ul class="links">\n{_links_html(card)}{_tags_html(card, to)}</ul>'
    )
    return before, after


def _byline(card):
    parts = (
        ("names", card.authors and byline(card)),
        ("venue", card.venue),
        ("year", card.year),
    )
    return " ".join(f'<span class="{name}">{escape(str(p))}</span>' for name, p in parts if p)


def _links_html(card):
    title = escape(card.title)
    links = list(card.links)
    if url := card.read_url:
        is_arxiv = card.arxiv_id and url == card.arxiv_url
        links.insert(0, ("arXiv" if is_arxiv else _("Read"), url))
    return "".join(
        f'<li><a href="{escape(url)}" rel="noopener">{escape(text)}'
        f'<span class="visually-hidden"> {title}</span></a></li>\n'
        for text, url in links
    )


def _tags_html(card, to):
    return "".join(
        f'<li class="tag"><a href="{escape(to.tag(slug))}">{escape(name)}</a></li>\n'
        for slug, name in card.tags
    )
