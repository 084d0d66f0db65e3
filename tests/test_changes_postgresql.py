"""Two people at once, each with a connection of their own. SQLite has one writer at a time."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, connections, transaction

from papers import changes
from papers.intake import apply, plan
from papers.journal.models import Change
from papers.models import Entry, Note, Paper, Section, Tag, TaggedPaper
from papers.records import LinkRecord, Placement, Record
from tests import make

pytestmark = [
    pytest.mark.usefixtures("without_index"),
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL"),
]

#: Longer than anything here takes, unless it waits for somebody.
PATIENCE = 1
revision = Change.objects.revision


class Person:
    """Somebody with a connection of their own. Who has to wait for a lock loses patience."""

    def __init__(self):
        self.thread = ThreadPoolExecutor(1)
        self.do(self._sit_down)

    def _sit_down(self):
        with connection.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = '{PATIENCE}s'")

    def start(self, action, *arguments):
        """Starts something that may have to wait."""
        return self.thread.submit(action, *arguments)

    def do(self, action, *arguments):
        return self.start(action, *arguments).result(timeout=30)

    def begin(self):
        self.atomic = transaction.atomic()
        self.do(self.atomic.__enter__)

    def commit(self):
        self.do(self.atomic.__exit__, None, None, None)

    def roll_back(self):
        self.do(transaction.set_rollback, True)
        self.commit()

    def leave(self):
        self.do(connections.close_all)
        self.thread.shutdown()


@pytest.fixture
def anna():
    person = Person()
    yield person
    person.leave()


@pytest.fixture
def ben():
    person = Person()
    yield person
    person.leave()


def waits(started):
    with pytest.raises(TimeoutError):
        started.result(timeout=PATIENCE / 4)
    return True


@pytest.fixture
def here():
    """A section, with two entries, a note and a tag."""
    section = make.section(slug="here", parent=make.section(slug="above"))
    for key in "ab":
        make.entry(section=section, paper=make.paper(key=key)).paper.tags.add("tag")
    make.note(section=section)
    return section


# --- Nobody waits, and nothing is lost ---


@pytest.mark.parametrize("first", ["anna", "ben"])
def test_both_count_whoever_commits_first(anna, ben, first):
    make.paper()
    for person in (anna, ben):
        person.begin()
        person.do(make.paper)
    start = revision()
    for number, person in enumerate((anna, ben) if first == "anna" else (ben, anna), 1):
        person.commit()
        assert revision() == start + number


def test_who_takes_it_back_does_not_count(anna, ben):
    for person in (anna, ben):
        person.begin()
        person.do(make.paper)
    anna.roll_back()
    ben.commit()
    assert revision() == 1


def test_a_long_import_lets_a_curator_work(anna, ben, here):
    def imports():
        papers = [Paper(key=f"new{n}", title="New", status="published") for n in range(20)]
        papers = Paper.objects.bulk_create(papers)
        there = Section.objects.create(slug="there", title_en="There", parent=here)
        Section.objects.bulk_create([Section(slug="too", title_en="Too", parent=here)])
        Entry.objects.bulk_create([Entry(section=here, paper=paper) for paper in papers])
        make.note(section=there)
        tag = Tag.objects.get()
        TaggedPaper.objects.bulk_create([TaggedPaper(tag=tag, content_object=p) for p in papers])
        link = LinkRecord(url="https://example.org/code")
        places = [Placement(slug="here"), Placement(section=("Above", "Brought in"))]
        apply(plan([Record(title="Of a list", tags=["tag"], links=[link], placements=places)]))

    def works():
        for paper in Paper.objects.all():
            paper.save()
        section = get("here")
        section.title_en = "Renamed"
        section.save()
        make.section(parent=section)
        make.entry(section=section)
        make.note(section=section)
        Entry.objects.update(highlighted=True)
        Note.objects.get(section=section, paper=None, position=10).delete()
        Tag.objects.update(name="renamed")
        Paper.objects.get(key="a").delete()
        changes.compact()

    anna.begin()
    anna.do(imports)
    start = revision()
    ben.do(works)
    done = revision()
    assert done > start
    anna.commit()
    assert revision() == done + 1


# --- Summing up beside others ---


def touched():
    return set(Change.objects.values_list("paper_id", flat=True)) - {None}


def test_summing_up_beside_an_open_transaction_loses_nothing(anna, ben, here):
    anna.begin()
    anna.do(make.paper)
    start, papers = revision(), touched()
    ben.do(changes.compact)
    assert (revision(), touched()) == (start, papers)
    anna.commit()
    assert revision() == start + 1
    assert touched() == papers | {Paper.objects.latest("pk").pk}


@pytest.mark.parametrize("end", [Person.commit, Person.roll_back])
def test_two_can_sum_up_at_once(anna, ben, here, end):
    changes.compact()  # There are lines that count and lines that do not, of the same papers.
    Paper.objects.update(title="X")
    start, papers = revision(), touched()
    for person in (anna, ben):
        person.begin()
        person.do(changes.compact)
        assert (revision(), touched()) == (start, papers)
        assert (person.do(revision), person.do(touched)) == (start, papers)
    make.paper(key="later")
    end(anna)
    assert revision() == start + 1
    ben.commit()
    assert (revision(), touched()) == (start + 1, papers | {Paper.objects.get(key="later").pk})
    changes.compact()
    # Beside the papers a line that counts, one for the later paper, one for the note's section.
    assert Change.objects.count() == len(papers) + 3


def test_a_reader_never_sees_the_revision_go_down(anna, ben, monkeypatch):
    monkeypatch.setattr(changes, "KEEP", 2)
    paper = make.paper()

    def saves():
        for _ in range(60):
            paper.save()

    writing = anna.start(saves)
    seen = [revision()]
    while not writing.done():
        seen.append(ben.do(revision))
    assert seen == sorted(seen)
    assert revision() == 61


# --- What is hidden stays hidden ---


def get(slug):
    return Section.objects.get(slug=slug)


def hide(slug):
    section = get(slug)
    section.public = False
    section.save()


def new_below(slug):
    return Section(slug="new", title_en="New", parent=get(slug))


HIDING = {
    "save": lambda: hide("above"),
    "update": lambda: Section.objects.filter(slug="above").update(public=False),
    "move": lambda: Section.objects.filter(slug="above").update(parent=get("hidden")),
}
ADDING = {
    "save": lambda: new_below("here").save(),
    "bulk_create": lambda: Section.objects.bulk_create([new_below("here")]),
    "move": lambda: Section.objects.filter(slug="new").update(parent=get("here")),
}


@pytest.mark.parametrize("first", ["hide", "add"])
@pytest.mark.parametrize("add", ADDING)
@pytest.mark.parametrize("hiding", HIDING)
def test_a_section_added_below_one_that_is_being_hidden_is_hidden(
    anna, ben, here, hiding, add, first
):
    make.section(slug="hidden", public=False)
    if add == "move":
        make.section(slug="new")
    one, other = HIDING[hiding], ADDING[add]
    if first == "add":
        one, other = other, one
    anna.begin()
    anna.do(one)
    second = ben.start(other)
    assert waits(second)
    anna.commit()
    second.result(timeout=30)
    assert not get("here").visible
    assert not get("new").visible


def test_a_section_that_is_saved_while_it_is_being_hidden_is_hidden(anna, ben, here):
    def rename():
        here.title_en = "Renamed"
        here.save()

    anna.begin()
    anna.do(rename)
    hiding = ben.start(hide, "above")
    assert waits(hiding)
    anna.commit()
    hiding.result(timeout=30)
    assert not get("here").visible

    Section.objects.update(public=True)
    anna.begin()
    anna.do(hide, "above")
    renaming = ben.start(rename)
    assert waits(renaming)
    anna.commit()
    renaming.result(timeout=30)
    assert not get("here").visible


# --- No circle is closed by two ---


def move(slug, *, below, how):
    section, parent = get(slug), get(below)
    if how == "save":
        section.parent = parent
        section.save()
    elif how == "update":
        Section.objects.filter(slug=slug).update(parent=parent)
    else:
        with connection.cursor() as cursor:
            ids = [parent.pk, section.pk]
            cursor.execute("UPDATE papers_section SET parent_id = %s WHERE id = %s", ids)


@pytest.mark.parametrize("how", ["save", "update", "SQL"])
def test_two_cannot_move_sections_below_each_other(anna, ben, how):
    make.section(slug="one")
    make.section(slug="two")
    anna.begin()
    anna.do(lambda: move("one", below="two", how=how))
    second = ben.start(lambda: move("two", below="one", how=how))
    assert waits(second)
    anna.commit()
    with pytest.raises(IntegrityError, match="section_not_its_own_ancestor"):
        second.result(timeout=30)
