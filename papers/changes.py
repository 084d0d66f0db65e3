"""Notes in the same transaction what changed.

The only module that receives signals, Django's and our own. Whatever writes (the admin,
`loaddata` with its raw saves, intake, the shell, the bulk methods of our querysets), the
transaction that does it appends to journal.Change which papers are touched. Two things are read
from that log and so cannot lag behind the data: the revision (how many changing transactions
have been committed) and the queue of papers to index anew.

The log is append-only, so no two transactions wait for each other because of it. It is summed
up now and then, after a commit.

Derived columns that must exist even for raw saves are set here, too. Raw SQL is not seen.
"""

from collections import defaultdict

from django.apps import apps
from django.db import connections, transaction
from django.db.models.signals import post_migrate, pre_delete, pre_migrate
from django.utils import timezone

from papers import triggers
from papers.fields import folded_fields
from papers.journal.models import Change
from papers.models import (
    Entry,
    Link,
    Note,
    Paper,
    ReadingList,
    Relation,
    Section,
    Tag,
    TaggedPaper,
)
from papers.querysets import AllIn, chunks
from papers.rows import Rows
from papers.search import index
from papers.signals import row_saved, row_saving, rows_changed, rows_changing

CONTENT = (Entry, Link, Note, Paper, ReadingList, Relation, Section, Tag, TaggedPaper)

#: The fields that name an object in its page's URL.
ADDRESSES = {Paper: "key", Section: "slug", Tag: "slug"}

#: So many papers are taken into the search index right after the transaction that touched them;
#: more wait until somebody searches, or for the command.
FLUSHED = 200

#: The log is summed up when more transactions than this stand in it one by one.
KEEP = 1000


def connect():
    for model in CONTENT:
        uid = f"papers.changes.{model.__name__}"
        row_saving.connect(_before_save, sender=model, dispatch_uid=uid)
        row_saved.connect(_after_save, sender=model, dispatch_uid=uid)
        pre_delete.connect(_before_delete, sender=model, dispatch_uid=uid)
        rows_changing.connect(_before_bulk_write, sender=model, dispatch_uid=uid)
        rows_changed.connect(_after_bulk_write, sender=model, dispatch_uid=uid)
    config = apps.get_app_config("papers")
    pre_migrate.connect(_before_migrate, sender=config)
    post_migrate.connect(_after_migrate, sender=config)


def note(touched=(), *, using="default"):
    """Appends to the log that the current transaction has touched these papers, by their ids, and
    AllIn these sections.

    With none at all it still counts the transaction: something public may have changed.
    """
    names = [(None, *one) if isinstance(one, AllIn) else (one, None) for one in touched]
    if connections[using].vendor == "sqlite":
        # It has one writer: nothing comes to a section meanwhile.
        names = [name for name in names if name[0]]
    lines = Rows(Change, "paper_id", "section_id", "transactions", using=using, at=timezone.now())
    with transaction.atomic(using=using, savepoint=False):
        counts = not _is_counted(connections[using])
        if counts:
            transaction.on_commit(_Counted(using), using=using, robust=True)
        for place, name in enumerate(names or [(None, None)]):
            lines.add(*name, int(counts and place == 0))
        lines.insert()


def compact(using="default"):
    """Sums up the log: one line for all transactions that it counts, one for each paper and each
    section that is named.

    Safe beside other transactions that append, and beside another compaction: only lines that
    this one has locked are summed up and deleted.
    """
    log = Change.objects.using(using)
    skip = connections[using].features.has_select_for_update_skip_locked
    with transaction.atomic(using=using):
        rows = log.select_for_update(skip_locked=skip)
        lines = list(rows.values_list("pk", "transactions", "paper_id", "section_id"))
        total = sum(transactions for _, transactions, *_ in lines)
        names = {tuple(name) for _, _, *name in lines} - {(None, None)}
        for part in chunks(pk for pk, *_ in lines):
            log.filter(pk__in=part).delete()
        sums = [Change(transactions=total)] if total else []
        log.bulk_create(sums + [Change(paper_id=paper, section_id=s) for paper, s in names])


class _Counted:
    """Among a transaction's commit hooks, says that the log counts that transaction.

    Django forgets the hooks of a savepoint that is rolled back, and so this one together with
    the line that counted. Once committed, it takes the papers into the search index, and sums up
    a log that has grown long.
    """

    def __init__(self, using):
        self.using = using
        # Django logs a hook that fails by this name.
        self.__qualname__ = type(self).__qualname__

    def __call__(self):
        index.flush_some(FLUSHED, self.using)
        log = Change.objects.using(self.using)
        if log.filter(transactions__gt=0).count() > KEEP:
            compact(self.using)


def _is_counted(connection):
    return any(isinstance(hook, _Counted) for _, hook, *_ in reversed(connection.run_on_commit))


# --- Receivers ---


def _rows(instance, using):
    return type(instance)._base_manager.using(using).filter(pk=instance.pk)


def _before_save(sender, instance, raw, using, **kwargs):
    if sender is Paper:
        instance.normalise()
        if instance.is_visible and not instance.listed_at:
            instance.listed_at = instance.created_at if raw else instance.updated_at
    elif sender is Section:
        _before_section_save(instance, using)
    elif instance.pk:
        # The papers it was about until now: an entry or a note may move to another paper.
        instance._papers_before = _rows(instance, using).touched_papers()
    if sender in ADDRESSES:
        _check_address(instance, ADDRESSES[sender])
    for field in folded_fields(sender):
        field.derive(instance)


def _before_section_save(section, using):
    row = _rows(section, using)
    known = row.values_list("parent_id", "public").first() if section.pk else None
    section._moved = known != (section.parent_id, section.public)
    if section._moved:
        triggers.hold_tree(connections[using], shared=known is None)
    # Neither a fixture, which does not name it, nor an instance loaded long ago changes it.
    if known is None:
        sections = Section._base_manager.using(using)
        above = sections.filter(pk=section.parent_id, visible=True)
        section.visible = section.public and (section.parent_id is None or above.exists())
        # A fixture may have brought those below before it.
        section._moved = bool(section.pk) and sections.filter(parent=section.pk).exists()
    else:
        # Locked, so that it is still true when it is written.
        visible = row.select_for_update(no_key=True).values_list("visible", flat=True).first()
        section.visible = bool(visible)


def _check_address(instance, name):
    """Raises ValidationError where no URL can hold it: one such would break every list's page."""
    others = {field.name for field in instance._meta.fields} - {name}
    instance.clean_fields(exclude=others)


def _after_save(sender, instance, using, **kwargs):
    papers = sender._base_manager.using(using).papers_of([instance])
    papers |= instance.__dict__.pop("_papers_before", set())
    if sender is Section and instance.__dict__.pop("_moved"):
        row = _rows(instance, using)
        papers |= _derive_visible(using) | row.touched_papers({"parent"})
        instance.visible = row.values_list("visible", flat=True).get()
    note(papers, using=using)


def _before_delete(sender, instance, using, origin, **kwargs):
    # Before, because what it is about may go together with it.
    rows = sender._base_manager.using(using)
    papers = rows.papers_of([instance])
    if origin is instance:
        # It may have been loaded long ago, and have moved since.
        papers |= rows.filter(pk=instance.pk).touched_papers()
    note(papers, using=using)


def _before_bulk_write(sender, fields, using, **kwargs):
    if sender is Section and _shapes_tree(fields):
        triggers.hold_tree(connections[using], shared=fields is None)


def _after_bulk_write(sender, paper_ids, fields, using, **kwargs):
    if sender is Section and _shapes_tree(fields):
        paper_ids = paper_ids | _derive_visible(using)
    elif sender is Paper:
        _derive_listed_at(using)
    if fields:
        _derive_folded(sender, fields, paper_ids, using)
    note(paper_ids, using=using)


def _shapes_tree(fields):
    return fields is None or not fields.isdisjoint({"parent", "public", "visible"})


def _before_migrate(using, **kwargs):
    # PostgreSQL does not alter a column that a trigger looks at; SQLite copies the table.
    triggers.drop(connections[using])


def _after_migrate(using, **kwargs):
    triggers.create(connections[using])


# --- Derived columns ---


def _derive_visible(using):
    """Sets Section.visible: public, and below public sections only.

    Returns AllIn the sections that it changed, and their papers. Needs the tree held: see
    triggers.
    """
    sections = Section._base_manager.using(using)
    rows = list(sections.order_by().values_list("pk", "parent_id", "public", "visible"))
    public = _public_from_the_root(rows)
    papers = set()
    for value in (True, False):
        changed = [pk for pk, _, _, visible in rows if visible != value and (pk in public) == value]
        for part in sections.among("pk", changed):
            part.update_quietly(visible=value)
        papers.update(map(AllIn, changed))
        for model in (Entry, Note):
            for part in model._base_manager.using(using).among("section", changed):
                papers.update(part.values_list("paper_id", flat=True))
    return papers - {None}


def _public_from_the_root(rows):
    below = defaultdict(list)
    for pk, parent, public, _ in rows:
        if public:
            below[parent].append(pk)
    found, waiting = set(), [None]
    while waiting:
        children = below[waiting.pop()]
        found.update(children)
        waiting += children
    return found


def _derive_folded(model, fields, paper_ids, using):
    """Sets the folded columns that an update of these fields by an expression left behind."""
    about = model._base_manager.using(using)
    for field in folded_fields(model):
        if field.of not in fields or field.name in fields:
            continue
        rows = defaultdict(list)
        for part in about.among(about.all().paper_lookups[0], paper_ids):
            for pk, text in part.order_by().values_list("pk", field.of):
                rows[field.fold(text or "")].append(pk)
        for value, pks in rows.items():
            for part in about.among("pk", pks):
                part.update_quietly(**{field.name: value})


def _derive_listed_at(using):
    papers = Paper._base_manager.using(using)
    papers.visible().filter(listed_at=None).update_quietly(listed_at=timezone.now())
