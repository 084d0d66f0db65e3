"""What two people do at the same time is found once both are done. Who changes a section does not
see what the other puts into it meanwhile; SQLite has one writer at a time."""

import pytest
from django.db import connection
from django.utils import timezone

from papers.models import Entry, Note, Paper, Section, Tag
from papers.search import index
from tests import make
from tests.test_changes_postgresql import anna, ben, waits  # noqa: F401 - fixtures

# ruff: noqa: F811 - they are asked for by name

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]


def get(slug):
    return Section.objects.get(slug=slug)


def change(thing, **values):
    for name, value in values.items():
        setattr(thing, name, value)
    thing.save()


def updated(thing, **values):
    type(thing).objects.filter(pk=thing.pk).update(**values)


def paper(key="late"):
    return Paper.objects.get(key=key)


#: Of one person: what touches all papers of a section or of a tag. The second is how, by an
#: instance or by a queryset.
ONE = {
    "section moved": lambda how: how(get("here"), parent=get("there")),
    "section above moved": lambda how: how(get("above"), parent=get("there")),
    "section hidden": lambda how: how(get("here"), public=False),
    "section above hidden": lambda how: how(get("above"), public=False),
    "section shown": lambda how: how(get("hidden"), public=True),
    "note moved": lambda how: how(Note.objects.get(), section=get("there")),
    "note changed": lambda how: how(Note.objects.get(), body_en="Newremark"),
    "note hidden": lambda how: how(Note.objects.get(), public=False),
    "tag renamed": lambda how: how(Tag.objects.get(name="oldtag"), name="newtag"),
}
MORE = {
    "note added": lambda: make.note(section=get("here"), body_en="Newremark"),
    "notes added in bulk": lambda: Note.objects.bulk_create(
        [Note(section=get("here"), body_en="Newremark")]
    ),
    "note deleted": lambda: Note.objects.get().delete(),
    "notes deleted": lambda: Note.objects.all().delete(),
}
ONE_WAYS = {
    **{
        f"{name}, {how.__name__}": (act, how)
        for name, act in ONE.items()
        for how in (change, updated)
    },
    **{name: (lambda how, act=act: act(), None) for name, act in MORE.items()},
}
#: Of the other: a paper comes to the section or to the tag, or is changed itself.
OTHER = {
    "entry": lambda: [make.entry(section=get(s), paper=paper()) for s in ("here", "hidden")],
    "entry moved": lambda: updated(
        Entry.objects.get(paper=paper("elsewhere")), section=get("here")
    ),
    "tagged": lambda: paper().tags.add("oldtag"),
    "withdrawn": lambda: Paper.objects.filter(key="known").withdraw(timezone.now()),
}
PAIRS = [
    *((one, "tagged" if "tag" in one else "entry") for one in ONE_WAYS),
    *(
        (one, "entry moved")
        for one in ("section above moved, change", "note added", "note deleted")
    ),
    *(
        (one, "withdrawn")
        for one in ("section hidden, updated", "note added", "tag renamed, change")
    ),
]


@pytest.fixture
def places():
    """The sections `here`, with the paper `known` and a note, in `above`; `there`; `hidden`."""
    here = make.section(slug="here", parent=make.section(slug="above"))
    there = make.section(slug="there")
    hidden = make.section(slug="hidden", public=False)
    for section in (here, hidden):
        make.entry(section=section, paper=make.paper(key=f"known{section.slug}"))
    make.entry(section=here, paper=make.paper(key="known"))
    make.entry(section=there, paper=make.paper(key="elsewhere"))
    paper("known").tags.add("oldtag")
    make.note(section=here, body_en="Oldremark")
    make.paper(key="late")
    index.flush()


@pytest.mark.parametrize("one, other", PAIRS)
def test_the_index_agrees_whoever_commits_last(anna, ben, places, one, other):
    act, how = ONE_WAYS[one]
    anna.begin()
    anna.do(act, how)
    doing = ben.start(OTHER[other])
    if other == "tagged":
        assert waits(doing)  # for the tag's new name
    else:
        doing.result(timeout=30)
    anna.commit()
    doing.result(timeout=30)
    assert not index.waiting()
    assert list(index.differences()) == []
