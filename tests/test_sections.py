"""The tree of sections: no section is its own ancestor, what is hidden hides all below it."""

import pytest
from django.core import serializers
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import IntegrityError, connection, models, transaction
from django.test.utils import CaptureQueriesContext

from papers import triggers
from papers.models import Section
from tests import make

pytestmark = pytest.mark.django_db

#: A section with everything below it: its slug, then that of its child, and so on.
BRANCH = ("a", "b", "c", "d")


@pytest.fixture
def branch():
    """a > b > c > d, and x on its own."""
    parent = None
    for slug in BRANCH:
        parent = make.section(slug=slug, parent=parent)
    make.section(slug="x")


def get(slug):
    return Section.objects.get(slug=slug)


def visible():
    return "".join(
        Section.objects.filter(visible=True).order_by("slug").values_list("slug", flat=True)
    )


# --- Ways to write ---


def by_save(slug, **values):
    section = get(slug)
    for name, value in values.items():
        setattr(section, name, value)
    section.save()
    assert section.visible == get(slug).visible


def by_partial_save(slug, **values):
    section = get(slug)
    for name, value in values.items():
        setattr(section, name, value)
    section.save(update_fields=list(values))


def by_update(slug, **values):
    Section.objects.filter(slug=slug).update(**values)


def by_bulk_update(slug, **values):
    section = get(slug)
    for name, value in values.items():
        setattr(section, name, value)
    Section.objects.bulk_update([section], list(values))


def by_update_or_create(slug, **values):
    Section.objects.update_or_create(slug=slug, defaults=values)


def by_related_manager(slug, **values):
    if values.get("parent"):
        values["parent"].children.add(get(slug))
    else:
        by_update(slug, **values)


def by_bulk_create(slug, **values):
    section = get(slug)
    for name, value in values.items():
        setattr(section, name, value)
    Section.objects.bulk_create(
        [section], update_conflicts=True, unique_fields=["slug"], update_fields=list(values)
    )


def by_fixture(slug, **values):
    section = get(slug)
    for name, value in values.items():
        setattr(section, name, value)
    natural = {"use_natural_primary_keys": True, "use_natural_foreign_keys": True}
    data = serializers.serialize("json", [section], **natural)
    for read in serializers.deserialize("json", data):
        read.save()


WAYS = [
    *(by_save, by_partial_save, by_update, by_bulk_update, by_update_or_create),
    *(by_related_manager, by_bulk_create, by_fixture),
]


# --- Loops ---


def by_sql(slug, parent):
    with connection.cursor() as cursor:
        ids = [parent.pk, get(slug).pk]
        cursor.execute("UPDATE papers_section SET parent_id = %s WHERE id = %s", ids)


@pytest.mark.parametrize("below", BRANCH)
@pytest.mark.parametrize("way", [way for way in WAYS if way is not by_fixture] + [by_sql])
def test_no_section_comes_to_stand_below_itself(branch, way, below):
    refused = pytest.raises(IntegrityError, match=r"section_not_its_own_ancestor|not_in_itself")
    with refused, transaction.atomic():
        way("a", parent=get(below))
    assert get("a").parent is None


@pytest.mark.parametrize("below", BRANCH)
def test_a_fixture_that_closes_a_circle_is_refused(branch, below):
    with pytest.raises(serializers.base.DeserializationError), transaction.atomic():
        by_fixture("a", parent=get(below))
    assert get("a").parent is None


@pytest.mark.parametrize("below", BRANCH)
def test_forms_refuse_it_in_a_sentence(branch, below):
    section = get("a")
    section.parent = get(below)
    with pytest.raises(ValidationError):
        section.full_clean()


def test_a_section_is_not_added_as_its_own_ancestor(branch):
    with pytest.raises(IntegrityError), transaction.atomic():
        Section.objects.bulk_create([Section(pk=9999, slug="n", title_en="N", parent_id=9999)])


def test_all_other_moves_are_free(branch):
    by_sql("d", get("a"))
    by_update("c", parent=get("d"))
    by_save("b", parent=get("c"))
    by_save("a", parent=get("x"))
    assert [section.slug for section in get("b").ancestors()] == ["x", "a", "d", "c"]


# --- Hiding ---


@pytest.mark.parametrize("way", WAYS)
def test_what_is_hidden_hides_all_below_it(branch, way):
    assert visible() == "abcdx"
    way("b", public=False)
    assert visible() == "ax"
    way("d", public=False)
    way("b", public=True)
    assert visible() == "abcx"


@pytest.mark.parametrize("way", WAYS)
def test_a_branch_that_moves_is_seen_where_it_then_stands(branch, way):
    by_save("x", public=False)
    way("b", parent=get("x"))
    assert visible() == "a"
    way("b", parent=get("a"))
    assert visible() == "abcd"
    by_save("a", public=False)
    way("c", parent=None)
    assert visible() == "cd"


@pytest.mark.parametrize("way", WAYS)
def test_a_section_loaded_before_it_was_hidden_stays_hidden(branch, way, monkeypatch):
    stale = {slug: get(slug) for slug in BRANCH}
    Section.objects.filter(slug="a").update(public=False)
    monkeypatch.setattr("tests.test_sections.get", stale.get)
    if way is by_save:
        stale["c"].save()
        assert not stale["c"].visible
    else:
        way("c", title_en="Renamed")
    assert visible() == "x"


@pytest.mark.parametrize(
    "add",
    [
        lambda **values: Section(**values).save(),
        lambda **values: Section.objects.create(**values),
        lambda **values: Section.objects.bulk_create([Section(**values)]),
        lambda **values: Section(**values).save_base(raw=True),
        lambda **values: Section.objects.get_or_create(**values),
    ],
)
def test_a_new_section_is_seen_if_those_above_are(branch, add):
    add(slug="e", title_en="E", parent=get("d"))
    add(slug="f", title_en="F", public=False)
    assert visible() == "abcdex"
    by_save("b", public=False)
    add(slug="g", title_en="G", parent=get("d"))
    assert visible() == "ax"


def test_a_section_loaded_after_those_below_it_is_seen_with_them():
    Section(slug="b", title_en="B", parent_id=1000).save_base(raw=True)
    assert visible() == ""
    Section(pk=1000, slug="a", title_en="A").save_base(raw=True)
    assert visible() == "ab"


def test_nobody_can_claim_to_be_visible(branch):
    by_save("b", public=False)
    by_update("c", visible=True)
    assert visible() == "ax"
    Section.objects.bulk_create([Section(slug="e", title_en="E", parent=get("c"), visible=True)])
    assert visible() == "ax"


def test_renaming_a_section_reads_no_other(branch):
    section = get("c")
    section.title_en = "Renamed"
    with CaptureQueriesContext(connection) as few:
        section.save()
    for _ in range(30):
        make.section(parent=get("d"))
    with CaptureQueriesContext(connection) as many:
        section.save()
    assert len(many) == len(few)


# --- The triggers stay ---


def loop_is_refused():
    with pytest.raises(IntegrityError), transaction.atomic():
        by_sql("a", get("d"))
    return True


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_migration_that_changes_the_table_leaves_the_rule_in_force(branch):
    field = models.CharField(max_length=10, default="")
    field.set_attributes_from_name("extra")
    field.model = Section
    for change in ("add_field", "remove_field"):
        emit_pre_migrate_signal(0, False, "default")
        with connection.schema_editor() as editor:
            getattr(editor, change)(Section, field)
        emit_post_migrate_signal(0, False, "default")
        assert loop_is_refused()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no such statement")
def test_a_migration_may_alter_the_column_that_the_rule_is_about(branch):
    emit_pre_migrate_signal(0, False, "default")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE papers_section ALTER COLUMN parent_id TYPE bigint")
    emit_post_migrate_signal(0, False, "default")
    assert loop_is_refused()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_migrating_again_leaves_the_rule_in_force(branch):
    call_command("migrate", verbosity=0)
    assert loop_is_refused()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_circle_that_got_in_without_the_rule_is_hidden_and_hangs_nothing(branch):
    triggers.drop(connection)
    try:
        by_sql("b", get("d"))
        by_update("x", public=False)
        assert visible() == "a"
        by_sql("b", get("a"))
    finally:
        triggers.create(connection)
    by_update("x", public=True)
    assert visible() == "abcdx"
