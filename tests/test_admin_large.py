"""The admin of a list that is too long to be counted, named or changed as a whole."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from papers.models import Entry, Paper, Section
from tests import make
from tests.admin_forms import url

pytestmark = pytest.mark.django_db


@pytest.fixture
def five():
    section = make.section(title_en="Long", slug="long")
    for number in range(5):
        make.entry(section=section, paper=make.draft(title=f"Number {number}"))
    return section


def across(client, action, **data):
    data = {"action": action, "select_across": "1", "index": "0", **data}
    chosen = {"_selected_action": Paper.objects.first().pk}
    return client.post(url("changelist", Paper), {**data, **chosen}, follow=True)


def test_one_action_changes_no_more_papers_than_can_be_overseen(editor, five, monkeypatch):
    monkeypatch.setattr("papers.admin.base.AT_ONCE", 4)
    response = across(editor, "publish", apply="1")
    assert "At most 4 at a time" in response.text
    assert Paper.objects.visible().count() == 0
    monkeypatch.setattr("papers.admin.base.AT_ONCE", 5)
    across(editor, "publish", apply="1")
    assert Paper.objects.visible().count() == 5


def test_a_narrowed_list_that_is_too_long_is_not_counted_to_its_end(curator, five, monkeypatch):
    monkeypatch.setattr("papers.admin.lists.COUNTED", 3)
    narrowed = curator.get(url("changelist", Paper), {"status__exact": "draft"}).text
    assert "3 or more; narrow the list" in narrowed
    assert "5 papers" in curator.get(url("changelist", Paper)).text
    assert "0 papers" in curator.get(url("changelist", Paper), {"year": "1999"}).text


def test_to_delete_a_long_section_is_asked_with_numbers_instead_of_names(editor, five, monkeypatch):
    address = url("delete", five)
    assert "Number 3" in editor.get(address).text
    monkeypatch.setattr("papers.admin.base.NAMED", 4)
    asked = editor.get(address).text
    assert "Number 3" not in asked
    assert "Entries: 5" in asked
    editor.post(address, {"post": "yes"})
    assert not Section.objects.exists()
    assert not Entry.objects.exists()
    assert Paper.objects.count() == 5


def test_who_may_not_delete_a_section_may_not_delete_a_long_one(curator, five, monkeypatch):
    monkeypatch.setattr("papers.admin.base.NAMED", 4)
    assert curator.post(url("delete", five), {"post": "yes"}).status_code == 403
    assert Section.objects.exists()


@pytest.mark.parametrize(("order", "numbers"), [("1", "01234"), ("-1", "43210"), ("x", "43210")])
def test_lists_are_ordered_by_the_column_that_is_asked_for(curator, five, order, numbers):
    html = curator.get(url("changelist", Paper), {"o": order}).text
    assert sorted(numbers, key=lambda n: html.index(f">Number {n}<")) == list(numbers)


def test_choices_of_filters_have_numbers_only_where_these_are_counted_fast(
    curator, five, monkeypatch
):
    def asked():
        return curator.get(url("changelist", Paper), {"_facets": "True"}).text

    assert "Draft (5)" in asked()
    monkeypatch.setattr("papers.admin.lists.FACETED", Paper.objects.order_by("pk").last().pk - 1)
    assert "Draft (5)" not in asked()
    assert "Hide counts" not in asked()


def test_a_list_that_is_not_searched_does_not_wait_for_the_index(curator, five):
    with CaptureQueriesContext(connection) as queries:
        curator.get(url("changelist", Paper))
    assert not [query for query in queries if "journal_change" in query["sql"]]
