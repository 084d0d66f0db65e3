"""A search finds the list as it is now, whatever way it was changed, and shows nobody what is not
for them."""

import io
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.utils import timezone

from papers.intake import apply, plan
from papers.journal.models import Change
from papers.models import Entry, Note, Paper, Section, Tag
from papers.records import NoteRecord, Placement, Record
from papers.search import index
from papers.search.engines import engine
from papers.search.engines.base import CURATORS, PUBLIC
from papers.search.find import Narrowing, Search
from papers.search.models import Document, Facet, Word
from tests import make
from tests.admin_forms import act, save, url
from tests.test_changes import WAYS, World, undone

pytestmark = pytest.mark.django_db


def titles(text="", scope=PUBLIC, **narrowing):
    """The titles of the papers that are found, once the index is what the list is."""
    index.flush()
    assert list(index.differences()) == []
    search = Search(text, Narrowing(**narrowing), scope=scope)
    return set(search.among(Paper.objects.all()).values_list("title", flat=True))


def test_the_index_agrees_after_every_kind_of_write(subtests):
    World.make()
    assert titles() == set(Paper.objects.values_list("title", flat=True))
    for name, (way, _) in WAYS.items():
        with subtests.test(name), undone():
            way(World())
            index.flush()
            assert list(index.differences()) == []
            published = set(Paper.objects.visible().values_list("pk", flat=True))
            found = Search("").among(Paper.objects.all())
            assert set(found.values_list("pk", flat=True)) == published


# --- The new is found, and the old is not ---


@pytest.fixture
def paper():
    return make.paper(title="Oldword", authors=["Ann Oldname"], venue="Oldvenue", key="it")


def changed_by(client, paper, **values):
    assert save(client, url("change", paper), **values).status_code == 302


def test_a_paper_that_a_curator_edits(editor, paper):
    changed_by(editor, paper, title="Newword", authors="Bea Newname", venue="Newvenue")
    assert titles("oldword") == titles("oldname") == titles("oldvenue") == set()
    assert titles("newword") == titles("newname") == titles("newvenue") == {"Newword"}
    assert titles(venue="Oldvenue") == set()
    assert titles(venue="Newvenue") == {"Newword"}
    assert not Facet.objects.filter(label="Oldvenue").exists()


def test_papers_withdrawn_and_published_at_once(editor, paper):
    for action, found in (("withdraw", set()), ("publish", {"Oldword"})):
        act(editor, action, paper, apply="1")
        assert titles("oldword") == titles("author:oldname") == found
        assert titles("oldword", scope=CURATORS) == {"Oldword"}


def test_rows_changed_in_bulk(paper):
    Paper.objects.update(title="Newword", year=1999)
    Paper.objects.bulk_create([Paper(key="x", title="Bulk", status="published")])
    assert (titles("oldword"), titles("newword year:1999"), titles("bulk")) == (
        set(),
        {"Newword"},
        {"Bulk"},
    )


def test_a_tag_renamed_and_merged(paper):
    paper.tags.add("oldtag")
    other = Tag.objects.create(name="target")
    assert titles("oldtag") == titles("tag:oldtag") == {"Oldword"}
    tag = Tag.objects.get(name="oldtag")
    tag.name = "newtag"
    tag.save()
    assert titles("oldtag") == titles("tag:oldtag") == set()
    assert titles("newtag") == titles("tag:newtag") == {"Oldword"}
    Tag.objects.filter(pk=tag.pk).merge_into(other)
    assert titles("newtag") == titles(tag=tag.pk) == set()
    assert titles("target") == titles(tag=other.pk) == {"Oldword"}


def test_a_fixture(seed):
    assert "Attention Is All You Need" in titles("attention is all you need")
    assert len(titles()) == Paper.objects.visible().count()


def test_papers_brought_in():
    places = [Placement(section=("Brought", "In"), notes=[NoteRecord(text={"en": "A remark."})])]
    record = Record(title="Imported", authors=["Ann Author"], tags=["fresh"], placements=places)
    apply(plan([record]))
    assert titles("imported") == set()
    assert titles("imported fresh remark", scope=CURATORS) == {"Imported"}
    Paper.objects.publish(timezone.now())
    assert titles("imported fresh") == {"Imported"}
    # The places and the notes that are brought in are private.
    assert titles("remark") == set()
    Section.objects.update(public=True)
    Note.objects.update(public=True)
    assert titles("imported fresh remark") == {"Imported"}


def test_what_is_deleted(paper):
    section = make.section()
    make.entry(section=section, paper=paper, label="Label")
    note = make.note(section=section, body_en="Remark")
    assert titles("label remark") == {"Oldword"}
    note.delete()
    assert titles("remark") == set()
    pk = section.pk
    section.delete()
    assert titles("label") == titles(section=pk) == set()
    paper.delete()
    assert titles("oldword", scope=CURATORS) == set()
    assert not Document.objects.exists()
    assert not Word.objects.exists()
    assert not Facet.objects.exists()


def move(section, parent, how):
    if how == "save":
        section.parent = parent
        section.save()
    elif how == "update":
        Section.objects.filter(pk=section.pk).update(parent=parent)
    elif how == "bulk_update":
        section.parent = parent
        Section.objects.bulk_update([section], ["parent"])
    else:
        section.parent = parent
        Section.objects.bulk_create(
            [section], update_conflicts=True, unique_fields=["id"], update_fields=["parent"]
        )


@pytest.mark.parametrize("how", ["save", "update", "bulk_update", "bulk_create"])
def test_a_section_moved_below_another_takes_its_papers_along(paper, how):
    old, new, middle = (make.section() for _ in range(3))
    moved = make.section(parent=old)
    leaf = make.section(parent=moved)
    make.entry(section=leaf, paper=paper)
    move(moved, middle, how)
    move(Section.objects.get(pk=middle.pk), new, how)
    assert titles(section=old.pk) == set()
    for section in (new, middle, moved, leaf):
        assert titles(section=section.pk) == {"Oldword"}
    new.public = False
    new.save()
    assert titles(section=leaf.pk) == set()
    assert titles(section=new.pk, scope=CURATORS) == {"Oldword"}


def test_an_entry_moved_between_sections(paper):
    one, other = make.section(), make.section()
    entry = make.entry(section=one, paper=paper, highlighted=True)
    assert titles(section=one.pk, flags=frozenset("h")) == {"Oldword"}
    Entry.objects.filter(pk=entry.pk).update(section=other, highlighted=False)
    assert titles(section=one.pk) == titles(flags=frozenset("h")) == set()
    assert titles(section=other.pk) == {"Oldword"}


def test_what_is_taken_back_is_not_found(paper):
    index.flush()
    with undone():
        Paper.objects.update(title="Never")
        assert titles("never") == {"Never"}
    assert (titles("never"), titles("oldword")) == (set(), {"Oldword"})


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_what_is_committed_is_in_the_index_at_once(paper):
    assert not index.waiting()
    with transaction.atomic():
        Paper.objects.update(title="Later")
        assert index.waiting() == 1
    assert not index.waiting()
    assert titles("later") == {"Later"}
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        Paper.objects.update(title="Never")
        raise ZeroDivisionError
    assert not index.waiting()
    assert titles("later") == {"Later"}


# --- Nothing private is found ---


@pytest.fixture
def secrets(paper):
    """A public paper about which there are secrets, and a draft."""
    hidden = make.section(slug="hidden", title_en="Hiddensection", public=False)
    below = make.section(slug="below", title_en="Belowsection", parent=hidden)
    make.entry(section=below, paper=paper, label="Secretlabel", highlighted=True)
    make.note(paper=paper, body_en="Secretnote", public=False)
    make.note(paper=paper, section=below, body_en="Secretplace")
    make.note(section=below, body_en="Secretcover")
    draft = make.draft(
        key="draft",
        title="Secretdraft",
        venue="Secretvenue",
        authors=["Secretauthor"],
        abstract="Secretabstract",
        year=1901,
    )
    draft.tags.add("secrettag")
    index.flush()


PRIVATE = [
    *("secretlabel", "secretnote", "secretplace", "secretcover", "secretdraft", "secretvenue"),
    *("secretauthor", "secretabstract", "secrettag", "author:secretauthor", "title:secretdraft"),
    *("tag:secrettag", "venue:secretvenue", "year:1901", "section:hiddensection"),
    "section:belowsection",
]


@pytest.mark.parametrize("text", PRIVATE)
def test_only_curators_find_what_is_private(visitor, curator, secrets, text):
    assert titles(text) == set()
    expected = titles(text, scope=CURATORS)
    assert len(expected) == 1
    html = visitor.get("/papers/", {"q": text}).content.decode()
    assert "No paper in this list fits all of this." in html
    (title,) = expected
    for address in ("/preview/papers/", url("changelist", Paper)):
        assert f">{title}</a>" in curator.get(address, {"q": text}).content.decode().replace(
            "<mark>", ""
        ).replace("</mark>", "")


def test_a_condition_that_only_curators_know_is_one_that_does_not_exist(secrets):
    for text in ("tag:secrettag", "venue:secretvenue", "section:belowsection", "tag:nothing"):
        assert Search(text).run().unknown, text


@pytest.mark.parametrize(
    "text", ["secretdraf", "secretlabe", "secretnot", "secrettaq", "secretcove"]
)
def test_no_private_word_is_proposed(visitor, secrets, text):
    assert Search(text).run().corrections == []
    assert not Word.objects.filter(word__startswith="secret").exists()
    html = visitor.get("/papers/", {"q": text}).content.decode()
    assert not any(word in html for word in ("secretdraft", "secretlabel", "secretnote"))


def test_no_private_thing_is_counted(visitor, secrets):
    for query in ({}, {"q": "oldword"}, {"q": "-zebra"}):
        response = visitor.get("/papers/", query)
        said = {
            str(value.label): value.count
            for group in response.context["groups"]
            for value in group.values
        }
        assert said == {"Oldvenue": 1, "2020": 1}, query


# --- Raw SQL ---


def checked():
    out = io.StringIO()
    try:
        call_command("rebuild_search", "--check", stdout=out, stderr=io.StringIO())
    except SystemExit as end:
        return end.code, out.getvalue()
    return 0, out.getvalue()


RAW = {
    "changed": ("UPDATE papers_paper SET title = 'Newword'", "stands in the index otherwise"),
    "hidden": ("UPDATE papers_paper SET status = 'draft'", "is not in the index"),
    "words lost": ("DELETE FROM search_text", "stands in the index otherwise"),
    "lost": ("DELETE FROM search_document", "is not in the index"),
    "counts": ("UPDATE search_word SET documents = 7", "do not add up"),
    "facets": ("DELETE FROM search_facet", "do not add up"),
}


@pytest.mark.parametrize("how", RAW)
def test_raw_sql_is_noticed_and_mended(paper, how):
    index.flush()
    assert checked() == (0, "The index and the list agree.\n")
    sql, complaint = RAW[how]
    with connection.cursor() as cursor:
        cursor.execute(sql)
    status, told = checked()
    assert status == 1
    assert complaint in told
    assert "it: " in told or how in {"counts", "facets"}
    assert "Run rebuild_search to mend it." in told
    call_command("rebuild_search", stdout=io.StringIO(), stderr=io.StringIO())
    assert checked()[0] == 0
    assert (titles("newword") == {"Newword"}) == (how == "changed")


def test_a_check_changes_nothing_and_says_what_waits(paper):
    lines = Change.objects.count()
    status, told = checked()
    assert (status, Change.objects.count()) == (0, lines)
    assert "1 changed papers wait" in told
    assert index.waiting() == 1


# --- Whatever happens ---


def test_who_is_stopped_midway_leaves_the_rest_to_others(paper, monkeypatch):
    def stop(self, document):
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr(type(engine()), "row", stop)
        with pytest.raises(ZeroDivisionError):
            index.flush()
        assert index.waiting() == 1
        assert not Document.objects.exists()
    assert titles("oldword") == {"Oldword"}


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_database_that_is_emptied_leaves_no_words_behind(paper):
    assert titles("oldword") == {"Oldword"}
    call_command("flush", verbosity=0, interactive=False)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM search_text")
        assert cursor.fetchone() == (0,)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
@pytest.mark.usefixtures("without_index")
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_that_take_in_at_once_lose_nothing():
    def works(name):
        try:
            for number in range(15):
                make.paper(key=f"{name}{number}", title=f"Shared {name} {number}")
                Paper.objects.filter(key=f"{name}{number // 2}").update(venue=f"Venue {number % 3}")
                index.flush()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as threads:
        for done in [threads.submit(works, name) for name in ("a", "b")]:
            done.result(timeout=60)
    assert len(titles("shared")) == 30
