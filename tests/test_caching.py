"""A page that has not changed is not sent again; one that has changed is."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from papers import caching, remembering
from papers.journal.models import Change
from papers.models import ReadingList, Section
from tests import make

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def address():
    paper = make.paper(key="kept")
    make.entry(section=make.section(slug="here"), paper=paper)
    return "/papers/kept/"


def again(client, address):
    """Reads a page, and returns how to ask whether it has changed since."""
    state = client.get(address)["ETag"]
    return lambda: client.get(address, headers={"If-None-Match": state})


def test_an_unchanged_page_is_answered_without_making_it(visitor, address):
    ask = again(visitor, address)
    with CaptureQueriesContext(connection) as queries:
        response = ask()
    assert (response.status_code, response.content) == (304, b"")
    assert len(queries) == 1
    assert response["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "change",
    [
        lambda: make.paper(),
        lambda: make.note(section=Section.objects.get()),
        lambda: Section.objects.update(title_en="Renamed"),
        lambda: Section.objects.get().delete(),
    ],
)
def test_any_change_of_the_list_makes_every_page_new(visitor, address, change):
    ask = again(visitor, address)
    change()
    assert ask().status_code == 200


def test_a_change_that_was_rolled_back_does_not(visitor, address):
    ask = again(visitor, address)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        make.paper()
        1 / 0  # noqa: B018
    assert ask().status_code == 304


def test_a_list_from_a_backup_is_another_even_at_the_same_revision(visitor, address):
    ask = again(visitor, address)
    Change.objects.update(at=timezone.now())
    assert ask().status_code == 200


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECURE_HSTS_SECONDS", 60),
        ("ALLOWED_HOSTS", ["testserver", "other.example"]),
        ("SECRET_KEY", "of another site"),
    ],
)
def test_other_settings_make_every_page_new(visitor, address, settings, name, value):
    ask = again(visitor, address)
    setattr(settings, name, value)
    caching._release.cache_clear()
    try:
        assert ask().status_code == 200
    finally:
        caching._release.cache_clear()


def test_a_preview_is_never_kept(editor, address):
    assert "ETag" not in editor.get("/preview/papers/kept/")


def test_errors_are_not_taken_for_pages(visitor, address):
    assert "ETag" not in visitor.get("/papers/none/")


def test_head_and_foot_of_a_page_follow_the_list_and_the_language(visitor, address):
    for page in (address, f"/zh-hans{address}"):
        assert visitor.get(page).status_code == 200
    ReadingList.objects.create(title_en="Named now", title_zh_hans="现在有名")
    assert visitor.get(address).text.count("Named now") == 3
    assert visitor.get(f"/zh-hans{address}").text.count("现在有名") == 3


def test_what_is_remembered_of_a_preview_is_not_shown_to_readers(curator, visitor):
    paper = make.paper(key="seen")
    paper.tags.add("Masks")
    make.entry(section=make.section(slug="here"), paper=paper)
    addresses = ["", "about/", "papers/", "papers/seen/", "sections/here/", "tags/", "tags/masks/"]
    for address in addresses:
        remembering.forget()
        assert "/preview/" in curator.get(f"/preview/{address}").text
        assert "/preview/" not in visitor.get(f"/{address}").text
