"""Who may see what, written once, and writes that no one can miss.

`visible()` is what the public sees; views take `visible(preview=True)` for curators. The bulk
methods, for which Django sends no signals, send those of signals.py.
"""

from collections import Counter, defaultdict
from typing import NamedTuple

from django.db import models, transaction
from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import Coalesce, Lower
from django.db.models.lookups import Exact
from modeltranslation.manager import MultilingualQuerySet
from tree_queries.query import TreeQuerySet

from papers.fields import folded_fields
from papers.signals import rows_changed, rows_changing

#: As many values go into one condition; SQLite has a limit.
CHUNK = 500
#: The papers of a tag are sorted as they are asked for, up to so many.
TAGGED = 3000


class AllIn(NamedTuple):
    """Among the ids of papers: all that stand in a section, those too that come to it meanwhile."""

    section: int


def chunks(values):
    """The values in lists of CHUNK at most, in their order."""
    values = list(values)
    for start in range(0, len(values), CHUNK):
        yield values[start : start + CHUNK]


def counted(rows, most):
    """How many of these rows there are, at most so many: no more are looked at."""
    return rows.order_by().values("pk")[:most].count()


def is_beyond(rows, number):
    """Whether there are more than `number` of these rows, of which no more are looked at."""
    return counted(rows, number + 1) > number


def touched_in(entries, sections):
    """AllIn these sections, and the ids of the papers whose entries stand in them."""
    sections = set(sections)
    parts = entries.among("section", sections)
    return set(map(AllIn, sections)).union(*(part.touched_papers() for part in parts))


class WatchedQuerySet(models.QuerySet):
    """A queryset whose bulk writes are atomic and announced."""

    #: Lookups from a row of this model to the papers that it says something about.
    paper_lookups = ()

    def touched_papers(self, fields=frozenset()):
        """The ids of the papers that these rows say something about, and AllIn the sections by
        which they do.

        fields: the names of those that are being changed, where that makes a difference.
        """
        # Rows of their own: a lookup on `self` would share the joins of its filters, and find
        # of a tag's papers only the one that the tag was looked up by.
        rows = self._table().filter(pk__in=self.order_by().values("pk"))
        return {
            paper
            for lookup in self.paper_lookups
            for paper in rows.order_by().values_list(lookup, flat=True)
            if paper is not None
        }

    def papers_of(self, instances):
        """What `touched_papers` gives, for instances as they are in memory."""
        papers = {getattr(instance, name) for instance in instances for name in self.paper_lookups}
        return papers - {None}

    def among(self, field, values):
        """These rows where `field` has one of `values`, as querysets of a size SQLite can take."""
        for part in chunks(values):
            yield self.filter(**{f"{field}__in": part})

    def update(self, **kwargs):
        if self.query.is_sliced or self.query.combinator:
            return super().update(**kwargs)  # which refuses to
        self._for_write = True
        for field in folded_fields(self.model):
            if isinstance(value := kwargs.get(field.of), str):
                kwargs[field.name] = field.fold(value)
        fields = {self.model._meta.get_field(name).name for name in kwargs if name != "pk"}
        with transaction.atomic(using=self.db, savepoint=False):
            self._announce(rows_changing, fields=fields)
            rows = self.order_by().distinct()
            touched = rows.touched_papers(fields)
            moved = list(rows.values_list("pk", flat=True)) if self._moves(fields) else []
            updated = super().update(**kwargs)
            for part in self._table().among("pk", moved):
                touched |= part.touched_papers()
            if updated:
                self._announce(rows_changed, fields=fields, paper_ids=touched)
        return updated

    update.alters_data = True

    def update_quietly(self, **kwargs):
        """`update()` for derived columns, which changes.py sets while it is being told."""
        return super().update(**kwargs)

    update_quietly.alters_data = True

    def bulk_create(
        self,
        objs,
        batch_size=None,
        ignore_conflicts=False,
        update_conflicts=False,
        update_fields=None,
        unique_fields=None,
    ):
        objs = list(objs)
        self._for_write = True
        fields = {f.name for f in self.model._meta.concrete_fields} if update_conflicts else None
        with transaction.atomic(using=self.db, savepoint=False):
            self._announce(rows_changing, fields=fields)
            touched = self._in_conflict(objs, unique_fields, fields) if update_conflicts else set()
            created = super().bulk_create(
                objs, batch_size, ignore_conflicts, update_conflicts, update_fields, unique_fields
            )
            if created:
                touched |= self._table().papers_of(created)
                self._announce(rows_changed, fields=fields, paper_ids=touched)
        return created

    bulk_create.alters_data = True

    def _table(self):
        return self.model._base_manager.using(self.db)

    def _announce(self, signal, **said):
        signal.send(sender=self.model, using=self.db, **said)

    def _moves(self, fields):
        """Whether an update of these makes rows speak of other papers than before."""
        paths = {lookup.split("__")[0].removesuffix("_id") for lookup in self.paper_lookups}
        return not paths.isdisjoint(fields)

    def _in_conflict(self, objs, unique_fields, fields):
        """The papers of rows that have such values of the unique fields as these objects."""
        names = {
            name: "pk" if name == "pk" else self.model._meta.get_field(name).attname
            for name in unique_fields or []
        }
        touched = set()
        for part in chunks(objs if names else []):
            same = {f"{n}__in": {getattr(o, attr) for o in part} for n, attr in names.items()}
            touched |= self._table().filter(**same).touched_papers(fields)
        return touched


class ReadingListQuerySet(WatchedQuerySet, MultilingualQuerySet):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)


class SectionQuerySet(WatchedQuerySet, TreeQuerySet, MultilingualQuerySet):
    def touched_papers(self, fields=frozenset()):
        """Those that stand in these sections or below, where the sections move in the tree."""
        if "parent" not in fields:
            return set()
        entries = self.model._meta.get_field("entries").related_model._base_manager.using(self.db)
        return touched_in(entries, self._with_all_below())

    def _with_all_below(self):
        below = defaultdict(list)
        for pk, parent in self._table().order_by().values_list("pk", "parent_id"):
            below[parent].append(pk)
        found, waiting = set(), list(self.order_by().values_list("pk", flat=True))
        while waiting:
            section = waiting.pop()
            if section not in found:
                found.add(section)
                waiting += below[section]
        return found

    def get_by_natural_key(self, slug):
        return self.get(slug=slug)

    def visible(self, *, preview=False):
        """Sections that are public and stand below public ones only."""
        return self.all() if preview else self.filter(visible=True)


class PaperQuerySet(WatchedQuerySet):
    paper_lookups = ("pk",)

    def papers_of(self, instances):
        # Where conflicts are ignored, primary keys are not told.
        keys = [paper.key for paper in instances if paper.pk is None]
        papers = super().papers_of(instances)
        return papers.union(
            *(rows.values_list("pk", flat=True) for rows in self.among("key", keys))
        )

    def get_by_natural_key(self, key):
        return self.get(key=key)

    def visible(self, *, preview=False):
        return self.all() if preview else self.filter(status=self.model.Status.PUBLISHED)

    def keyed(self, key):
        """The papers of this key, in whatever case: one at most."""
        return self.filter(Exact(Lower("key"), key.lower()))

    def tagged(self, tag):
        """The papers that have this tag."""
        rows = self.model._meta.get_field("tagged_papers").related_model.objects.filter(tag=tag)
        if is_beyond(rows, TAGGED):
            # Nearly every paper has it: those that are shown are looked at one by one.
            return self.filter(Exists(rows.filter(content_object=OuterRef("pk"))))
        return self.filter(pk__in=rows.values("content_object"))

    def drafts(self):
        return self.filter(status=self.model.Status.DRAFT)

    def newest(self):
        """The latest additions to the list first."""
        return self.order_by(models.F("listed_at").desc(nulls_last=True), "-pk")

    def latest_first(self):
        """By year of publication, those without a year last; of a year, the newest here first."""
        return self.order_by(models.F("year").desc(nulls_last=True), "-pk")

    def publish(self, now):
        """Publishes the drafts among these; returns how many there were."""
        listed_at = Coalesce("listed_at", models.Value(now))
        return self.drafts().update(
            status=self.model.Status.PUBLISHED, listed_at=listed_at, updated_at=now
        )

    publish.alters_data = True

    def withdraw(self, now):
        """Makes drafts of the published ones among these; returns how many there were."""
        published = self.filter(status=self.model.Status.PUBLISHED)
        return published.update(status=self.model.Status.DRAFT, updated_at=now)

    withdraw.alters_data = True


class EntryQuerySet(WatchedQuerySet):
    paper_lookups = ("paper_id",)

    def get_by_natural_key(self, section, paper):
        return self.get(section__slug=section, paper__key=paper)

    def visible(self, *, preview=False):
        entries = self.of_visible_papers(preview=preview)
        return entries if preview else entries.filter(section__visible=True)

    def of_visible_papers(self, *, preview=False):
        """What `visible` gives, among entries of sections known to be visible."""
        return self.all() if preview else self.filter(paper__status="published")

    def numbers_by_section(self, *, preview=False):
        """How many of these there are in each section that may be seen, by its primary key.

        Counted along an index, without a look at each paper: all, less those of drafts.
        """
        numbers = Counter(dict(self._counted()))
        if not preview:
            papers = self.model._meta.get_field("paper").related_model
            numbers -= Counter(dict(self.filter(paper__in=papers.objects.drafts())._counted()))
        return numbers

    def _counted(self):
        return self.order_by().values_list("section").annotate(Count("pk"))


class NoteQuerySet(WatchedQuerySet, MultilingualQuerySet):
    paper_lookups = ("paper_id", "section__entries__paper_id")
    # A note on a section covers its papers; one on a paper within a section only that one.

    def touched_papers(self, fields=frozenset()):
        rows = self.order_by()
        own = set(rows.values_list("paper_id", flat=True)) - {None}
        covered = rows.filter(paper=None).values_list("section_id", flat=True)
        return own | self._standing_in(covered.distinct())

    def papers_of(self, instances):
        own = {note.paper_id for note in instances} - {None}
        covered = {note.section_id for note in instances if note.paper_id is None}
        return own | self._standing_in(covered)

    def _standing_in(self, sections):
        entries = self.model._meta.get_field("section").related_model.entries.rel.related_model
        return touched_in(entries._base_manager.using(self.db), sections)

    def get_by_natural_key(self, uid):
        return self.get(uid=uid)

    def columns(self, *names):
        """These columns as they are; modeltranslation would put others and another order."""
        return models.QuerySet(self.model, self.query.chain(), self.db).values_list(*names)

    def visible(self, *, preview=False):
        """Public notes whose paper and section, where they have them, may be seen."""
        if preview:
            return self.all()
        return self.filter(
            Q(paper=None) | Q(paper__status="published"),
            Q(section=None) | Q(section__visible=True),
            public=True,
        )


class LinkQuerySet(WatchedQuerySet):
    paper_lookups = ("paper_id",)

    def get_by_natural_key(self, paper, url):
        return self.get(paper__key=paper, url=url)


class RelationQuerySet(WatchedQuerySet):
    paper_lookups = ("from_paper_id", "to_paper_id")

    def get_by_natural_key(self, from_paper, kind, to_paper):
        return self.get(from_paper__key=from_paper, kind=kind, to_paper__key=to_paper)

    def visible(self, *, preview=False):
        if preview:
            return self.all()
        return self.filter(from_paper__status="published", to_paper__status="published")


class TagQuerySet(WatchedQuerySet):
    paper_lookups = ("tagged_papers__content_object_id",)

    def get_by_natural_key(self, name):
        return self.get(name=name)

    def papers_of(self, instances):
        known = [tag.pk for tag in instances if tag.pk is not None]
        return set().union(*(rows.touched_papers() for rows in self.among("pk", known)))

    def used(self, *, preview=False):
        """Tags of papers that may be seen; with `preview`, all."""
        if preview:
            return self.all()
        tagged = self._tagged().visible().filter(tag=OuterRef("pk"))
        return self.filter(Exists(tagged))

    def numbers_of_papers(self, tags, *, preview=False):
        """How many papers that may be seen have each of these tags, by its primary key."""
        tagged = self._tagged().visible(preview=preview).filter(tag__in=[tag.pk for tag in tags])
        return dict(tagged.order_by().values_list("tag").annotate(Count("pk")))

    def _tagged(self):
        return self.model._meta.get_field("tagged_papers").related_model.objects

    def merge_into(self, target):
        """Moves all papers of these tags to `target` and deletes the other tags.

        Returns how many tags are gone. `target` may be among these; it keeps its papers.
        """
        others = self.exclude(pk=target.pk)
        tagged = self._tagged()
        with transaction.atomic(using=self.db):
            rows = tagged.filter(tag__in=others)
            papers = rows.order_by("pk").values_list("content_object_id", flat=True)
            has_target = set(tagged.filter(tag=target).values_list("content_object_id", flat=True))
            tagged.bulk_create(
                [
                    tagged.model(tag=target, content_object_id=paper)
                    for paper in dict.fromkeys(papers)
                    if paper not in has_target
                ]
            )
            gone = others.count()
            others.delete()
        return gone

    merge_into.alters_data = True


class TaggedPaperQuerySet(WatchedQuerySet):
    paper_lookups = ("content_object_id",)

    def visible(self, *, preview=False):
        return self.all() if preview else self.filter(content_object__status="published")

    def get_by_natural_key(self, paper, tag):
        return self.get(content_object__key=paper, tag__name=tag)
