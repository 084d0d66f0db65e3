"""Whatever way the list is changed, the log names the papers it concerns, in one transaction."""

from contextlib import contextmanager

import pytest
from asgiref.sync import async_to_sync
from django.core import serializers
from django.db import connection, transaction
from django.db.models import F, Value
from django.forms import inlineformset_factory

from papers import changes
from papers.journal.models import Change
from papers.models import Entry, Link, Note, Paper, ReadingList, Relation, Section, Tag, TaggedPaper
from tests import make

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


class Crash(BaseException):
    """The end of the process: nothing of ours may catch it."""


class World:
    """A list of papers a to d, as it is in the database now.

    a and b stand in the section `inner` of `outer`, c in `outer` itself, d nowhere. `covering` is
    a note on `inner`, `narrow` one on b within it, `wide` one on a. a and b are tagged `ab`, c
    `c`. a builds on b, and has a link.
    """

    def __init__(self):
        self.papers = {paper.key: paper for paper in Paper.objects.all()}
        self.a, self.b, self.c, self.d = (self.papers[key] for key in "abcd")
        self.inner, self.outer = (Section.objects.get(slug=slug) for slug in ("inner", "outer"))
        self.covering, self.narrow, self.wide = Note.objects.order_by("pk")
        self.tag, self.other_tag = Tag.objects.order_by("pk")
        self.entry = Entry.objects.get(paper=self.a)
        self.relation, self.link = Relation.objects.get(), Link.objects.get()

    @staticmethod
    def make():
        a, b, c, _ = (make.paper(key=key) for key in "abcd")
        outer = make.section(slug="outer")
        inner = make.section(slug="inner", parent=outer)
        for paper, section in ((a, inner), (b, inner), (c, outer)):
            make.entry(paper=paper, section=section)
        make.note(section=inner)
        make.note(section=inner, paper=b)
        make.note(paper=a)
        a.tags.add("ab")
        b.tags.add("ab")
        c.tags.add("c")
        Relation.objects.create(from_paper=a, to_paper=b)
        Link.objects.create(paper=a, url="https://example.org/code")
        ReadingList.objects.create(title_en="A list")


def change(thing, **values):
    for name, value in values.items():
        setattr(thing, name, value)
    return thing


def raw(*things):
    for read in serializers.deserialize("json", serializers.serialize("json", things)):
        read.save()


def from_fixture(thing, **values):
    """What a fixture does: it does not call the model's save()."""
    change(thing, **values).save_base(raw=True)


def formset(w):
    entries = inlineformset_factory(Section, Entry, fields=["paper", "label"], extra=0)
    rows = w.inner.entries.order_by("pk")
    data = {"entries-TOTAL_FORMS": 2, "entries-INITIAL_FORMS": 2}
    for number, row in enumerate(rows):
        data |= {f"entries-{number}-id": row.pk, f"entries-{number}-paper": row.paper_id}
    form = entries(data | {"entries-0-paper": w.d.pk, "entries-1-DELETE": "on"}, instance=w.inner)
    assert form.is_valid(), form.errors
    form.save()


def papers(*keys, **values):
    return [Paper(key=key, title="T", **values) for key in keys]


def written_over(w):
    note = Note(uid=w.wide.uid, paper=w.c, body_en="New.")
    Note.objects.bulk_create(
        [note], update_conflicts=True, unique_fields=["uid"], update_fields=["paper", "body_en"]
    )


def awaited(method, *args, **kwargs):
    async def run():
        await method(*args, **kwargs)

    async_to_sync(run)()


#: What is done, and the keys of the papers that it concerns; n stands for each new one.
WAYS = {
    "paper saved": (lambda w: w.a.save(), "a"),
    "paper saved in part": (lambda w: w.a.save(update_fields=["title"]), "a"),
    "paper created": (lambda w: make.paper(), "n"),
    "paper of a fixture": (lambda w: raw(w.a), "a"),
    "paper got or created": (lambda w: Paper.objects.get_or_create(key="x", title="X"), "n"),
    "paper updated or created": (
        lambda w: Paper.objects.update_or_create(key="a", defaults={"title": "X"}),
        "a",
    ),
    "paper saved by async code": (lambda w: awaited(w.a.asave), "a"),
    "paper deleted": (lambda w: w.a.delete(), "ab"),
    "paper deleted by async code": (lambda w: awaited(w.a.adelete), "ab"),
    "papers updated": (lambda w: Paper.objects.filter(key="a").update(title="X"), "a"),
    "papers updated by async code": (lambda w: awaited(Paper.objects.aupdate, issue="X"), "abcd"),
    "papers all updated": (lambda w: Paper.objects.update(volume=F("venue")), "abcd"),
    "papers updated in bulk": (
        lambda w: Paper.objects.bulk_update([change(w.a, title="X"), w.c], ["title"]),
        "ac",
    ),
    "papers created in bulk": (lambda w: Paper.objects.bulk_create(papers("x", "y")), "n"),
    "papers created in async bulk": (
        lambda w: awaited(Paper.objects.abulk_create, papers("x")),
        "n",
    ),
    "papers created, conflicts ignored": (
        lambda w: Paper.objects.bulk_create(papers("x", "a"), ignore_conflicts=True),
        "an",
    ),
    "papers created or updated": (
        lambda w: Paper.objects.bulk_create(
            papers("x", "a"),
            update_conflicts=True,
            unique_fields=["key"],
            update_fields=["title"],
        ),
        "an",
    ),
    "papers withdrawn": (lambda w: Paper.objects.filter(key="a").withdraw(w.a.created_at), "a"),
    "papers deleted": (lambda w: Paper.objects.exclude(key="c").delete(), "abd"),
    "entry saved": (lambda w: w.entry.save(), "a"),
    "entry moved to a paper": (lambda w: change(w.entry, paper=w.d).save(), "ad"),
    "entry moved to a paper by a fixture": (lambda w: from_fixture(w.entry, paper=w.d), "ad"),
    "entry deleted": (lambda w: w.entry.delete(), "a"),
    "entries moved to a paper": (
        lambda w: Entry.objects.filter(pk=w.entry.pk).update(paper_id=w.d.pk),
        "ad",
    ),
    "entries moved in bulk": (
        lambda w: Entry.objects.bulk_update([change(w.entry, paper=w.d)], ["paper"]),
        "ad",
    ),
    "entries moved to a section": (lambda w: w.outer.entries.add(w.entry), "a"),
    "entries taken from a paper": (lambda w: w.d.entries.set([w.entry]), "ad"),
    "entries created in bulk": (
        lambda w: Entry.objects.bulk_create([Entry(section=w.outer, paper=w.d)]),
        "d",
    ),
    "entries deleted": (lambda w: w.inner.entries.all().delete(), "ab"),
    "entries changed in a form": (formset, "abd"),
    "section's note saved": (lambda w: w.covering.save(), "ab"),
    "section's note moved": (lambda w: change(w.covering, section=None, paper=w.d).save(), "abd"),
    "section's note moved to a section": (
        lambda w: Note.objects.filter(pk=w.covering.pk).update(section=w.outer),
        "abc",
    ),
    "section's note of a fixture": (lambda w: from_fixture(w.covering, section=w.outer), "abc"),
    "section's notes created in bulk": (
        lambda w: Note.objects.bulk_create([Note(section=w.inner, body_en="X.")]),
        "ab",
    ),
    "section's note deleted": (lambda w: w.covering.delete(), "ab"),
    "note within a section saved": (lambda w: w.narrow.save(), "b"),
    "note within a section set free": (lambda w: w.inner.notes.remove(w.narrow), "b"),
    "note taken from a paper": (lambda w: w.d.notes.add(w.wide), "ad"),
    "notes looked up by an entry": (
        lambda w: Note.objects.filter(section__entries__paper=w.a, paper=None).update(author="X"),
        "ab",
    ),
    "note written over": (written_over, "ac"),
    "link moved to a paper": (lambda w: change(w.link, paper=w.d).save(), "ad"),
    "link deleted": (lambda w: w.link.delete(), "a"),
    "relation saved": (lambda w: w.relation.save(), "ab"),
    "relation turned to a paper": (lambda w: change(w.relation, to_paper=w.d).save(), "abd"),
    "relations turned to a paper": (lambda w: Relation.objects.update(to_paper=w.d), "abd"),
    "relation deleted": (lambda w: w.relation.delete(), "ab"),
    "tag renamed": (lambda w: change(w.tag, name="X").save(), "ab"),
    "tags renamed": (lambda w: Tag.objects.filter(pk=w.tag.pk).update(name="X"), "ab"),
    "tags looked up by a paper": (
        lambda w: Tag.objects.filter(tagged_papers__content_object=w.a).update(name="X"),
        "ab",
    ),
    "tags created, conflicts ignored": (
        lambda w: Tag.objects.bulk_create([Tag(name="c", slug="c")], ignore_conflicts=True),
        "",
    ),
    "tag deleted": (lambda w: w.tag.delete(), "ab"),
    "tags merged": (lambda w: Tag.objects.all().merge_into(w.other_tag), "ab"),
    "tags added": (lambda w: w.d.tags.add("ab", "new"), "d"),
    "tags set": (lambda w: w.a.tags.set(["new"]), "a"),
    "tag removed": (lambda w: w.a.tags.remove("ab"), "a"),
    "tags cleared": (lambda w: w.a.tags.clear(), "a"),
    "tag turned to a paper": (
        lambda w: TaggedPaper.objects.filter(tag=w.other_tag).update(content_object=w.d),
        "cd",
    ),
    "section renamed": (lambda w: change(w.inner, title_en="X").save(), ""),
    "sections renamed": (lambda w: Section.objects.annotate(x=Value("X")).update(title=F("x")), ""),
    "section moved": (lambda w: change(w.inner, parent=None).save(), "ab"),
    "section moved by a fixture": (lambda w: from_fixture(w.inner, parent=None), "ab"),
    "section moved with all below": (
        lambda w: change(w.outer, parent=make.section()).save(),
        "abc",
    ),
    "sections moved": (lambda w: Section.objects.filter(slug="inner").update(parent=None), "ab"),
    "sections moved in bulk": (
        lambda w: Section.objects.bulk_update([change(w.inner, parent=None)], ["parent"]),
        "ab",
    ),
    "section hidden": (lambda w: change(w.inner, public=False).save(), "ab"),
    "section above hidden": (lambda w: change(w.outer, public=False).save(), "abc"),
    "section hidden by a fixture": (lambda w: from_fixture(w.outer, public=False), "abc"),
    "sections hidden": (lambda w: Section.objects.update(public=False), "abc"),
    "section deleted with all below": (lambda w: w.outer.delete(), "abc"),
    "sections deleted": (lambda w: Section.objects.filter(slug="inner").delete(), "ab"),
    "the list itself": (lambda w: ReadingList.objects.get().save(), ""),
}


IDLE_WAYS = {
    "got": lambda w: Paper.objects.get_or_create(key="a", defaults={"title": "X"}),
    "updated none": lambda w: Paper.objects.filter(key="none").update(title="X"),
    "updated nothing": lambda w: Paper.objects.none().update(title="X"),
    "deleted none": lambda w: Paper.objects.filter(key="none").delete(),
    "created none": lambda w: Paper.objects.bulk_create([]),
    "tagged again": lambda w: w.a.tags.add("ab"),
    "saved no field": lambda w: w.a.save(update_fields=[]),
}


def content():
    rows = {}
    with connection.cursor() as cursor:
        for model in (*changes.CONTENT, Change):
            cursor.execute(f"SELECT * FROM {model._meta.db_table} ORDER BY id")  # noqa: S608
            rows[model] = cursor.fetchall()
    return rows


@pytest.fixture
def nothing_stays(db, subtests):
    """A context for each of several looks at the same list: what is done in it must be undone."""
    World.make()

    @contextmanager
    def look(name):
        before = content()
        with subtests.test(name):
            yield
            assert content() == before

    return look


@contextmanager
def undone():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_the_log_names_the_papers_and_counts_the_transaction(nothing_stays):
    known = {paper.pk: key for key, paper in World().papers.items()}
    last, revision = Change.objects.latest("pk").pk, Change.objects.revision()
    for name, (way, expected) in WAYS.items():
        with nothing_stays(name), undone():
            way(World())
            lines = Change.objects.filter(pk__gt=last, paper_id__isnull=False)
            named = {known.get(paper, "n") for paper in lines.values_list("paper_id", flat=True)}
            assert "".join(sorted(named)) == expected
            assert Change.objects.revision() == revision + 1


def test_what_cannot_be_logged_is_not_written(nothing_stays, monkeypatch):
    def crash(*args, **kwargs):
        raise Crash

    monkeypatch.setattr(changes, "note", crash)
    for name, (way, _) in WAYS.items():
        with nothing_stays(name), pytest.raises(Crash):
            way(World())


def test_a_row_that_moved_since_it_was_loaded_is_deleted_from_where_it_is(nothing_stays):
    with nothing_stays("entry"), undone():
        w = World()
        stale = Entry.objects.get(pk=w.entry.pk)
        Entry.objects.filter(pk=stale.pk).update(paper=w.d)
        last = Change.objects.latest("pk").pk
        stale.delete()
        assert w.d.pk in Change.objects.filter(pk__gt=last).values_list("paper_id", flat=True)


def test_what_changes_nothing_moves_nothing(nothing_stays):
    for name, way in IDLE_WAYS.items():
        with nothing_stays(name):
            way(World())
