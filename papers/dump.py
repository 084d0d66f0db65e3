"""The list as a stream of items, for any format to write: the way out, as intake is the way in."""

from django.db.models import Prefetch

from papers.models import Entry, Note, Paper, ReadingList, Relation
from papers.outline import Outline, tags_of
from papers.records import (
    LinkRecord,
    ListRecord,
    NoteRecord,
    Placement,
    Record,
    RelationRecord,
    SectionRecord,
)

#: How many papers are in memory at once.
PIECE = 500

#: Columns that stand in a record as they are.
PLAIN = (
    "key",
    "title",
    "translated_title",
    "authors",
    "authors_incomplete",
    "year",
    "published_on",
    "kind",
    "venue",
    "volume",
    "issue",
    "pages",
    "publisher",
    "arxiv_version",
    "arxiv_category",
    "url",
    "abstract",
    "language",
    "status",
)


def count(*, section="", everything=False):
    """How many papers `items` gives. Raises ValueError as it does."""
    if not section:
        return Paper.objects.visible(preview=everything).count()
    sections = [node.section for node in _top(Outline(preview=everything), section).walk()]
    entries = Entry.objects.visible(preview=everything).filter(section__in=sections)
    return entries.order_by().values("paper").distinct().count()


def items(*, section="", everything=False, language="en"):
    """The list's profile, its sections and its papers, each paper once, in the list's order.

    section: the slug of the section to stop at, with all below it; everything: drafts and what
    is not public as well; language: of the titles in paths. Papers that stand nowhere come last,
    and only where no section is named. Raises ValueError for a section that is not there.
    """
    outline = Outline(preview=everything)
    nodes = list((_top(outline, section) if section else outline).walk())
    if not section:
        yield from _profile()
    paths = _paths(outline, language)
    yield from _sections(nodes, paths, everything)
    yield from _papers(nodes, paths, everything, whole=not section)


def selected(ids, *, everything=False, language="en"):
    """The list's profile and the papers with these ids, in this order."""
    paths = _paths(Outline(preview=everything), language)
    yield from _profile()
    yield from _unseen(ids, set(), paths, everything)


def _top(outline, slug):
    node = outline.find(slug)
    if node is None:
        raise ValueError(f"There is no section “{slug}”.")
    return node


def _profile():
    for profile in ReadingList.objects.all():
        yield ListRecord(
            titles=_texts(profile, "title"),
            taglines=_texts(profile, "tagline"),
            introductions=_texts(profile, "introduction"),
            licence=profile.licence,
            licence_url=profile.licence_url,
            contact=profile.contact,
        )


def _sections(nodes, paths, everything):
    notes = {}
    wanted = Note.objects.visible(preview=everything).filter(paper=None)
    for note in wanted:
        notes.setdefault(note.section_id, []).append(_note(note))
    for node in nodes:
        section = node.section
        yield SectionRecord(
            path=paths[section.pk],
            slug=section.slug,
            titles=_texts(section, "title"),
            descriptions=_texts(section, "description"),
            public=section.public,
            position=section.position,
            notes=notes.get(section.pk, []),
        )


def _papers(nodes, paths, everything, *, whole):
    seen = set()
    for node in nodes:
        entries = Entry.objects.visible(preview=everything).filter(section=node.section)
        yield from _unseen(entries.values_list("paper_id", flat=True), seen, paths, everything)
    if whole:
        others = Paper.objects.visible(preview=everything).order_by("pk")
        yield from _unseen(others.values_list("pk", flat=True), seen, paths, everything)


def _unseen(ids, seen, paths, everything):
    wanted = [pk for pk in ids if pk not in seen]
    seen.update(wanted)
    for start in range(0, len(wanted), PIECE):
        piece = wanted[start : start + PIECE]
        papers = (
            Paper.objects.visible(preview=everything)
            .filter(pk__in=piece)
            .prefetch_related(
                "links",
                tags_of(),
                Prefetch(
                    "entries",
                    Entry.objects.visible(preview=everything).select_related("section"),
                ),
                Prefetch("notes", Note.objects.visible(preview=everything)),
                Prefetch(
                    "relations",
                    Relation.objects.visible(preview=everything)
                    .select_related("to_paper")
                    .order_by("pk"),
                ),
            )
        )
        found = {paper.pk: paper for paper in papers}
        for pk in piece:
            # It may have been deleted since its id was read.
            if pk in found:
                yield _record(found[pk], paths)


def _record(paper, paths):
    within = {}
    for note in paper.notes.all():
        within.setdefault(note.section_id, []).append(_note(note))
    return Record(
        **{name: getattr(paper, name) for name in PLAIN},
        arxiv_id=paper.arxiv_id or "",
        doi=paper.doi or "",
        tags=[tagged.tag.name for tagged in paper.tagged_papers.all()],
        links=[LinkRecord(url=k.url, kind=k.kind, label=k.label) for k in paper.links.all()],
        relations=[RelationRecord(to=r.to_paper.key, kind=r.kind) for r in paper.relations.all()],
        placements=[
            Placement(
                section=paths[entry.section_id],
                slug=entry.section.slug,
                label=entry.label,
                highlighted=entry.highlighted,
                position=entry.position,
                notes=within.get(entry.section_id, []),
            )
            for entry in paper.entries.all()
        ],
        notes=within.get(None, []),
        source=paper.metadata_source,
    )


def _note(note):
    return NoteRecord(
        text=_texts(note, "body"), author=note.author, public=note.public, uid=str(note.uid)
    )


def _texts(obj, name):
    columns = {"en": f"{name}_en", "zh-hans": f"{name}_zh_hans"}
    return {code: text for code, column in columns.items() if (text := getattr(obj, column))}


def _paths(outline, language):
    """The path of titles of each section, by its primary key."""
    paths = {}
    for node in outline.walk():
        texts = _texts(node.section, "title")
        title = texts.get(language) or next(iter(texts.values()))
        above = paths[node.parent.section.pk] if node.parent else ()
        paths[node.section.pk] = (*above, title)
    return paths
