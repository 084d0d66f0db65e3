"""The revision counts the transactions that changed the list; the log stays short and cheap."""

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from django.db import NotSupportedError, connection, models, transaction
from django.db.models import Count, F
from django.test.utils import CaptureQueriesContext

from papers import changes
from papers.journal.models import Change
from papers.models import Entry, Paper, Section
from tests import make

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.usefixtures("without_index"),
]


@pytest.fixture
def moved():
    """How far the revision has moved since the last look."""
    seen = 0

    def look():
        nonlocal seen
        before, seen = seen, Change.objects.revision()
        return seen - before

    return look


class UndoError(Exception):
    """Takes a transaction or a savepoint back."""


def undone(*, savepoint=True):
    with suppress(UndoError), transaction.atomic(savepoint=savepoint):
        make.paper()
        raise UndoError


# --- What counts ---


def test_each_save_on_its_own_counts_once(moved):
    for _ in range(3):
        make.paper()
        assert moved() == 1


def test_a_transaction_counts_once_however_much_it_changes(moved):
    with transaction.atomic():
        make.paper()
        with transaction.atomic():
            make.paper()
            with transaction.atomic(savepoint=False):
                Paper.objects.update(title="X")
        make.entry()
    assert moved() == 1
    make.paper()
    assert moved() == 1


def test_what_is_rolled_back_does_not_count(moved):
    undone()
    assert moved() == 0
    with suppress(UndoError), transaction.atomic():
        with transaction.atomic():
            make.paper()
        raise UndoError
    assert moved() == 0
    make.paper()
    assert moved() == 1


def test_a_savepoint_that_is_rolled_back_does_not_count(moved):
    with transaction.atomic():
        undone()
    assert moved() == 0


def test_a_savepoint_that_is_rolled_back_takes_no_count_from_its_transaction(moved):
    with transaction.atomic():
        undone()
        make.paper()
    assert moved() == 1
    with transaction.atomic():
        make.paper()
        undone()
    assert moved() == 1
    with transaction.atomic():
        with transaction.atomic():
            undone()
            make.paper()
            undone()
        undone()
    assert moved() == 1


def test_another_database_has_a_log_of_its_own(tmp_path):
    (tmp_path / "two.py").write_text(
        "from readinglist.settings import *\n"
        "DATABASES = {name: {'ENGINE': 'django.db.backends.sqlite3', 'NAME': ':memory:'}"
        " for name in ('default', 'other')}\n"
    )
    code = """
import django; django.setup()
from papers.search import index
index.flush_some = lambda most, using: 0
from django.core.management import call_command
from papers.journal.models import Change
from papers.models import Entry, Note, Paper, Section, Tag
for name in ("default", "other"): call_command("migrate", database=name, verbosity=0)
paper = Paper(title="X", status="published"); paper.save(using="other")
section = Section(slug="x", title_en="X"); section.save(using="other")
Entry(section=section, paper=paper).save(using="other")
note = Note(section=section, body_en="X"); note.save(using="other")
Paper.objects.using("other").update(title="Y")
Note.objects.using("other").bulk_create([Note(section=section, body_en="Y")])
paper.tags.add("x")
Tag.objects.using("other").update(name="y")
note.delete(using="other")
print(Section.objects.using("other").get().visible, Change.objects.revision())
print(set(Change.objects.using("other").values_list("paper_id", flat=True)) - {None} == {paper.pk})
"""
    root = Path(__file__).resolve().parent.parent
    path = os.pathsep.join([str(tmp_path), str(root)])
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "two", "PYTHONPATH": path},
        capture_output=True,
        text=True,
    )
    assert done.stdout.split() == ["True", "0", "True"], done.stderr


# --- Summing up ---


def touched():
    return set(Change.objects.values_list("paper_id", flat=True)) - {None}


def test_summing_up_keeps_the_revision_and_the_papers():
    for _ in range(3):
        make.entry()
    Paper.objects.update(title="X")
    papers, revision = touched(), Change.objects.revision()
    assert papers
    for _ in range(2):
        changes.compact()
        assert (touched(), Change.objects.revision()) == (papers, revision)
        assert Change.objects.count() == len(papers) + 1


def test_an_empty_log_can_be_summed_up():
    changes.compact()
    assert (Change.objects.count(), Change.objects.revision()) == (0, 0)


def test_the_log_is_summed_up_by_itself(moved, monkeypatch):
    monkeypatch.setattr(changes, "KEEP", 5)
    paper = make.paper()
    moved()
    lengths = []
    for _ in range(12):
        paper.save()
        assert moved() == 1
        lengths.append(Change.objects.count())
    assert max(lengths) <= 5 + 1
    assert min(lengths[5:]) <= 2


def test_a_save_survives_a_log_that_cannot_be_summed_up(moved, monkeypatch, caplog):
    monkeypatch.setattr(changes, "KEEP", 0)
    monkeypatch.setattr(changes, "compact", lambda using: 1 / 0)
    make.paper()
    assert moved() == 1
    assert "division by zero" in caplog.text


# --- What it costs ---


def queries(action):
    with CaptureQueriesContext(connection) as captured:
        action()
    return [query["sql"] for query in captured]


def test_the_revision_is_read_in_one_query_from_its_index():
    Change.objects.bulk_create([Change(paper_id=number) for number in range(5000)])
    make.paper()
    (query,) = queries(Change.objects.revision)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
        cursor.execute(f"{explain} {query}")
        assert "change_revision" in str(cursor.fetchall())


def test_saving_a_paper_costs_one_line_of_the_log_and_one_look_at_its_length():
    paper = make.paper()
    for _ in range(50):
        make.paper()
    log = [query for query in queries(paper.save) if Change._meta.db_table in query]
    assert [query.split()[0] for query in log] == ["INSERT", "SELECT"]
    assert len(queries(paper.save)) <= 8


def test_the_queries_of_an_update_do_not_grow_with_its_rows():
    def cost():
        return len(queries(lambda: Paper.objects.update(title="X")))

    Paper.objects.bulk_create([Paper(key=f"a{n}", title="T") for n in range(10)])
    few = cost()
    Paper.objects.bulk_create([Paper(key=f"b{n}", title="T") for n in range(990)])
    # SQLite takes some 300 lines of the log in one query.
    assert cost() <= few + 1000 / 300


def test_the_queries_of_a_delete_grow_by_few_a_row():
    section = make.section()
    papers = Paper.objects.bulk_create([Paper(key=f"a{n}", title="T") for n in range(100)])
    Entry.objects.bulk_create([Entry(section=section, paper=paper) for paper in papers])
    # A line of the log and one of the history each.
    assert len(queries(Entry.objects.all().delete)) <= 2 * 100 + 10


# --- Django's own manners ---


@pytest.mark.parametrize(
    "choose",
    [
        lambda rows: rows,
        lambda rows: rows.filter(title__startswith="P"),
        lambda rows: rows.order_by("-title"),
        lambda rows: rows.distinct(),
        lambda rows: rows.values("title"),
        lambda rows: rows.values_list("pk", flat=True),
        lambda rows: rows.only("title"),
        lambda rows: rows.select_related("created_by").prefetch_related("tags"),
        lambda rows: rows.annotate(n=Count("entries")).filter(n=0),
        lambda rows: rows.annotate(n=Count("entries")).values("year", "n"),
        lambda rows: rows.filter(entries__section__slug="here"),
        lambda rows: rows.exclude(entries__section__slug="here").reverse(),
        lambda rows: rows.none(),
    ],
)
def test_an_update_reaches_the_rows_that_djangos_would(choose):
    here = make.section(slug="here")
    for _ in range(3):
        make.entry(section=here)
    make.paper()
    outcomes = []
    for rows in (models.QuerySet(Paper), Paper.objects.all()):
        with transaction.atomic():
            count = choose(rows).update(volume=F("title"))
            keys = set(Paper.objects.filter(volume=F("title")).values_list("key", flat=True))
            outcomes.append((count, keys))
            transaction.set_rollback(True)
    assert outcomes[0] == outcomes[1]


def test_an_update_of_a_tree_in_order_reaches_all_of_it(moved):
    make.section(parent=make.section())
    moved()
    assert Section.objects.with_tree_fields().update(title="X") == 2
    assert moved() == 1


@pytest.mark.parametrize(
    ("choose", "error"),
    [
        (lambda rows: rows[:2], (TypeError, "Cannot update a query once a slice")),
        (lambda rows: rows.union(rows), (NotSupportedError, "union")),
    ],
)
def test_an_update_that_django_refuses_is_refused_in_its_words(choose, error):
    kind, words = error
    with pytest.raises(kind, match=words):
        choose(Paper.objects.all()).update(title="X")
