"""Who may see what, written once, and writes that no one can miss.

`visible()` is what the public sees; views take `visible(preview=True)` for curators. The bulk
methods, for which Django sends no signals, send `rows_changed`.
"""

from django.db import models, transaction
from django.db.models import Count, Q
from django.dispatch import Signal
from modeltranslation.manager import MultilingualQuerySet
from tree_queries.query import TreeQuerySet

#: Sent inside the transaction of a bulk write. sender: the model; paper_ids: the papers touched;
#: using: the database.
rows_changed = Signal()


class WatchedQuerySet(models.QuerySet):
    """A queryset whose bulk writes are atomic and announced."""

    #: Lookups from a row of this model to the papers that it says something about.
    paper_lookups = ()

    def touched_papers(self):
        """The ids of the papers that these rows say something about."""
        return {
            paper
            for lookup in self.paper_lookups
            for paper in self.order_by().values_list(lookup, flat=True)
            if paper is not None
        }

    def papers_of(self, instance):
        """What `touched_papers` gives for this one instance, saved or about to be deleted."""
        papers = {getattr(instance, lookup) for lookup in self.paper_lookups}
        return papers - {None}

    def announce(self, paper_ids):
        rows_changed.send(sender=self.model, paper_ids=paper_ids, using=self.db)

    def update(self, **kwargs):
        with transaction.atomic(using=self.db):
            touched = self.touched_papers()
            moved = list(self.order_by().values_list("pk", flat=True)) if self._moves(kwargs) else []
            updated = super().update(**kwargs)
            for start in range(0, len(moved), 500):
                rows = self.model._base_manager.using(self.db)
                touched |= rows.filter(pk__in=moved[start : start + 500]).touched_papers()
            if updated:
                self.announce(touched)
        return updated

    update.alters_data = True

    def update_quietly(self, **kwargs):
        """`update()` for derived columns, which changes.py sets while it is being told."""
        return super().update(**kwargs)

    update_quietly.alters_data = True

    def bulk_create(self, objs, **kwargs):
        with transaction.atomic(using=self.db):
            created = super().bulk_create(objs, **kwargs)
            if created:
                self.announce(set().union(*map(self.papers_of, created)))
        return created

    bulk_create.alters_data = True

    def _moves(self, kwargs):
        """Whether an update with these values makes rows speak of other papers than before."""
        paths = {lookup.split("__")[0].removesuffix("_id") for lookup in self.paper_lookups}
        return any(name.removesuffix("_id") in paths for name in kwargs)



class ReadingListQuerySet(WatchedQuerySet, MultilingualQuerySet):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)


class SectionQuerySet(WatchedQuerySet, TreeQuerySet, MultilingualQuerySet):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)

    def visible(self, *, preview=False):
        """Sections that are public and stand below public ones only."""
        return self.all() if preview else self.filter(visible=True)

    def with_entry_counts(self, *, preview=False):
        """Each with `entry_count`, the entries standing in it directly that may be seen."""
        entries = Q() if preview else Q(entries__paper__status="published")
        return self.annotate(entry_count=Count("entries", filter=entries))


class PaperQuerySet(WatchedQuerySet):
    paper_lookups = ("pk",)

    def get_by_natural_key(self, key):
        return self.get(key=key)

    def visible(self, *, preview=False):
        return self.all() if preview else self.filter(status=self.model.Status.PUBLISHED)

    def newest(self):
        """The latest additions to the list first."""
        return self.order_by(models.F("listed_at").desc(nulls_last=True), "-pk")

    def latest_first(self):
        """By year of publication, those without a year last."""
        return self.order_by(models.F("year").desc(nulls_last=True), "title", "pk")

    def publish(self, now):
        """Publishes the drafts among these; returns how many there were."""
        drafts = self.filter(status=self.model.Status.DRAFT)
        with transaction.atomic(using=self.db):
            drafts.filter(listed_at=None).update_quietly(listed_at=now)
            return drafts.update(status=self.model.Status.PUBLISHED, updated_at=now)

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
        if preview:
            return self.all()
        return self.filter(paper__status="published", section__visible=True)


class NoteQuerySet(WatchedQuerySet, MultilingualQuerySet):
    paper_lookups = ("paper_id", "section__entries__paper_id")

    def touched_papers(self):
        # A note on a section covers its papers; one on a paper within a section only that one.
        covering = self.filter(paper=None).order_by()
        own = set(self.order_by().values_list("paper_id", flat=True))
        return (own | set(covering.values_list("section__entries__paper_id", flat=True))) - {None}

    def papers_of(self, instance):
        if instance.paper_id or not instance.section_id:
            return {instance.paper_id} - {None}
        return set(instance.section.entries.order_by().values_list("paper_id", flat=True))

    def get_by_natural_key(self, uid):
        return self.get(uid=uid)

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

    def papers_of(self, instance):
        return set(instance.tagged_papers.values_list("content_object_id", flat=True))

    def visible(self, *, preview=False):
        """Tags of papers that may be seen, each with its `paper_count`."""
        papers = Q() if preview else Q(tagged_papers__content_object__status="published")
        tags = self.annotate(paper_count=Count("tagged_papers", filter=papers))
        return tags if preview else tags.filter(paper_count__gt=0)

    def merge_into(self, target):
        """Moves all papers of these tags to `target` and deletes the other tags.

        Returns how many tags are gone. `target` may be among these; it keeps its papers.
        """
        others = self.exclude(pk=target.pk)
        tagged = self.model._meta.get_field("tagged_papers").related_model.objects
        with transaction.atomic(using=self.db):
            rows = tagged.filter(tag__in=others)
            papers = rows.order_by("pk").values_list("content_object_id", flat=True)
            has_target = set(
                tagged.filter(tag=target).values_list("content_object_id", flat=True)
            )
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

    def get_by_natural_key(self, paper, tag):
        return self.get(content_object__key=paper, tag__name=tag)

