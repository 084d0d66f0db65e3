"""Writes what was planned: all of it, in one transaction, or nothing."""

from itertools import islice
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from papers.collecting import seldom
from papers.intake.columns import FIELDS, columns, cut
from papers.intake.keys import Keys
from papers.intake.known import PIECE
from papers.intake.report import Report
from papers.intake.sections import LANGUAGES
from papers.intake.tags import Tags
from papers.models import (
    Entry,
    Link,
    Note,
    Paper,
    ReadingList,
    Relation,
    Section,
    TaggedPaper,
)
from papers.models.content import STEP
from papers.rows import Rows
from papers.signals import rows_changed

BATCH = 500
#: Status, and since when it is listed.
DRAFT = (Paper.Status.DRAFT, None)


def apply(plan, *, user=None, on_outcome=None):
    """Writes a plan; returns the Report. Papers are drafts unless the plan's options say publish.

    user: who is named as the one who made what is new; on_outcome: called with each Outcome.
    """
    with transaction.atomic(), seldom():
        writer = _Writer(plan, user)
        stream = iter(plan)
        while piece := list(islice(stream, PIECE)):
            writer.write(piece)
            for planned in piece:
                writer.report.count(planned.outcome)
                if on_outcome:
                    on_outcome(planned.outcome)
        writer.finish()
    return writer.report


def preview(plan, *, on_outcome=None):
    """Goes through a plan without writing; returns the Report of what it would do."""
    report = Report()
    with seldom():
        for planned in plan:
            report.count(planned.outcome)
            if on_outcome:
                on_outcome(planned.outcome)
    return report


class _Writer:
    def __init__(self, plan, user):
        self.plan = plan
        self.options = plan.options
        self.user = user
        self.report = Report()
        self.ids = {}  # number → primary key
        self.keys = {}  # key in the text → primary key, for relations
        self.relations = []
        self.tags = Tags()
        self.free_keys = Keys()
        self.last = {}  # section → position of its last entry
        self.papers = self._rows_of_papers()
        self.entries = Rows(Entry, "section_id", "paper_id", "label", "highlighted", "position")
        self.links = Rows(Link, "paper_id", "kind", "label", "url", "position")
        self.tagged = Rows(TaggedPaper, "tag_id", "content_object_id")

    def _rows_of_papers(self):
        now = timezone.now()
        user = self.user.pk if self.user else None
        return Rows(
            Paper,
            *FIELDS,
            *("key", "authors_incomplete", "language", "metadata_source", "status", "listed_at"),
            metadata_at=now,
            created_at=now,
            updated_at=now,
            created_by_id=user,
            updated_by_id=user,
        )

    def write(self, piece):
        piece = [planned for planned in piece if planned.number is not None]
        self._write_papers([planned for planned in piece if planned.outcome.status == "new"])
        for planned in piece:
            if planned.paper:
                self.ids[planned.number] = planned.paper.pk
            if planned.outcome.status != "new":
                self._fill(planned)
            if planned.record.key:
                self.keys.setdefault(planned.record.key, self.ids[planned.number])
            self.relations += [(self.ids[planned.number], r) for r in planned.record.relations]
        self._write_additions(piece)
        self._announce(piece)

    def _announce(self, piece):
        # Once for all that has been added: the log names each paper once then.
        added = {self.ids[planned.number] for planned in piece if planned.outcome.changes}
        if added:
            using = self.papers.connection.alias
            rows_changed.send(Paper, using=using, fields=None, paper_ids=added)

    def _write_papers(self, new):
        records = [planned.record for planned in new]
        keys = self.free_keys.give(records, among_own=self.plan.is_alone())
        listed = (Paper.Status.PUBLISHED, timezone.now()) if self.options.publish else DRAFT
        for planned, key in zip(new, keys, strict=True):
            planned.outcome.key = key
            record = planned.record
            self.papers.add(
                *columns(record),
                key,
                record.authors_incomplete,
                record.language or "en",
                (record.source or self.options.source)[:100],
                # What a dump of the list calls a draft stays one.
                *(DRAFT if record.status == Paper.Status.DRAFT else listed),
            )
        for planned, paper in zip(new, self.papers.insert(), strict=True):
            self.ids[planned.number] = self.plan.newest = paper

    def _fill(self, planned):
        fills = {n: v for n, v in planned.outcome.fills.items() if n in FIELDS}
        if fills:
            paper = planned.paper or Paper.objects.get(pk=self.ids[planned.number])
            for name, value in cut(fills).items():
                setattr(paper, name, value)
            if "authors" in fills:
                paper.authors_incomplete = planned.record.authors_incomplete
            paper.updated_by = self.user
            paper.save()

    def _write_additions(self, piece):
        notes = []
        self.tags.learn({name for planned in piece for name in planned.tags})
        for planned in piece:
            paper = self.ids[planned.number]
            for name in planned.tags:
                self.tagged.add(self.tags.ids[name.casefold()], paper)
            self._add_links(planned, paper)
            notes += [self._note(note, paper=paper) for note in planned.notes]
            for entering in planned.entering:
                section = self._section(entering.place)
                if entering.is_new:
                    self._add_entry(section, paper, entering.placement)
                elif entering.fills:
                    Entry.objects.filter(section=section, paper=paper).update(**entering.fills)
                notes += [self._note(n, paper=paper, section=section.pk) for n in entering.notes]
        self.entries.insert()
        self.links.insert(ignore_conflicts=True)
        self.tagged.insert(ignore_conflicts=True)
        self._insert_notes(notes)

    def _add_links(self, planned, paper):
        first = len(planned.known.links) if planned.known else 0
        for place, link in enumerate(planned.links, first + 1):
            self.links.add(paper, link.kind, link.label[:100], link.url, place * STEP)

    def _add_entry(self, section, paper, placement):
        pk = section.pk
        if pk not in self.last:
            entries = Entry.objects.filter(section=section)
            self.last[pk] = entries.aggregate(last=Max("position"))["last"] or 0
        position = placement.position or self.last[pk] + STEP
        self.last[pk] = max(self.last[pk], position)
        self.entries.add(pk, paper, placement.label[:100], placement.highlighted, position)

    def _note(self, record, *, paper=None, section=None):
        return Note(
            paper_id=paper,
            section_id=section,
            body_en=record.text.get("en"),
            body_zh_hans=record.text.get("zh-hans"),
            author=record.author[:100],
            public=self.options.publish and record.public,
            position=STEP,
            **({"uid": UUID(record.uid)} if record.uid else {}),
        )

    def _insert_notes(self, notes):
        """A note whose uid, which the text gave, is another's gets one of its own."""
        uids = {note.uid for note in notes}
        taken = {
            uid
            for part in Note.objects.among("uid", uids)
            for uid in part.values_list("uid", flat=True)
        }
        for note in notes:
            if note.uid in taken:
                note.uid = uuid4()
            taken.add(note.uid)
        Note.objects.bulk_create(notes, batch_size=BATCH)

    def _section(self, place):
        """The section of a place, made together with those above it where it is not there."""
        if place.section is None:
            record = place.record
            descriptions = record.descriptions if record else {}
            place.section = Section.objects.create(
                parent=self._section(place.parent) if place.parent else None,
                slug=self.plan.places.free_slug(place),
                title_en=place.titles.get("en", "")[:200],
                title_zh_hans=place.titles.get("zh-hans", "")[:200],
                description_en=descriptions.get("en", ""),
                description_zh_hans=descriptions.get("zh-hans", ""),
                public=self.options.publish and (record.public if record else True),
                position=(record.position if record else None) or 0,
            )
            self.report.added["section"] += 1
        return place.section

    def finish(self):
        """What could not be written before all papers were there."""
        for place in self.plan.places.recorded():
            section = self._section(place)
            if not section.notes.filter(paper=None).exists():
                notes = [self._note(note, section=section.pk) for note in place.record.notes]
                self._insert_notes(notes)
                self.report.added["note"] += len(notes)
        self._write_relations()
        if self.plan.profile:
            self._fill_profile(self.plan.profile)

    def _fill_profile(self, record):
        profile = ReadingList.objects.first() or ReadingList()
        fills = {
            f"{name}_{column}": texts.get(code, "")
            for name, texts in (
                ("title", record.titles),
                ("tagline", record.taglines),
                ("introduction", record.introductions),
            )
            for code, column in LANGUAGES.items()
        }
        fills |= {name: getattr(record, name) for name in ("licence", "licence_url", "contact")}
        blank = {name: v for name, v in fills.items() if v and not getattr(profile, name)}
        # The profile is public: whoever may not publish leaves it alone.
        if blank and self.options.publish:
            for name, value in cut(blank, ReadingList).items():
                setattr(profile, name, value)
            profile.save()
            self.report.added["fill"] += len(blank)

    def _write_relations(self):
        wanted = {relation.to for _, relation in self.relations}
        for part in Paper.objects.among("key", wanted - self.keys.keys()):
            self.keys.update(part.values_list("key", "pk"))
        rows = [
            Relation(from_paper_id=paper, kind=relation.kind, to_paper_id=self.keys[relation.to])
            for paper, relation in self.relations
            if self.keys.get(relation.to) not in {None, paper}
        ]
        known = Relation.objects.count()
        Relation.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
        self.report.added["relation"] += Relation.objects.count() - known
