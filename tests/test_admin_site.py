"""The admin as a place: its first page, its languages, its login."""

import re

import pytest
from django.contrib.auth.models import User

from papers.models import ReadingList, Tag
from tests import make

PASSWORD = "correct horse battery staple"


def page_of(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def test_admin_is_named_after_the_list(editor, visitor):
    assert "<title>Keeping the list | Reading list</title>" in page_of(editor, "/admin/")
    ReadingList.objects.create(title_en="AI papers", title_zh_hans="人工智能论文")
    assert "AI papers</a>" in page_of(editor, "/admin/")
    assert "人工智能论文</a>" in page_of(editor, "/zh-hans/admin/")
    assert "AI papers</title>" in page_of(visitor, "/admin/login/")


def test_first_page_lists_what_is_kept_in_the_order_of_the_work(editor):
    models = editor.get("/admin/").context["app_list"][0]["models"]
    assert [model["object_name"] for model in models] == [
        "Paper",
        "Section",
        "Entry",
        "Note",
        "Tag",
        "Link",
        "Relation",
        "ReadingList",
    ]


def test_ways_lead_to_the_site_and_its_preview(editor):
    page = page_of(editor, "/zh-hans/admin/")
    assert 'href="/zh-hans/"' in page
    assert 'href="/zh-hans/preview/"' in page


@pytest.mark.parametrize(
    "path",
    ["/admin/", "/admin/papers/paper/?status__exact=draft&o=1", "/admin/papers/tag/add/"],
)
def test_language_is_changed_on_every_page(editor, path):
    html = page_of(editor, path)
    assert f'href="/zh-hans{path}"'.replace("&", "&amp;") in html
    assert ">简体中文</a>" in html
    html = page_of(editor, f"/zh-hans{path}")
    assert f'href="{path}"'.replace("&", "&amp;") in html
    assert ">English</a>" in html


def test_language_is_changed_before_the_login(visitor, db):
    address = "/admin/login/?next=/admin/papers/tag/"
    html = page_of(visitor, address)
    # Where one goes after the login speaks that language, too.
    assert 'href="/zh-hans/admin/login/?next=/zh-hans/admin/papers/tag/"' in html
    html = page_of(visitor, "/zh-hans/admin/login/?next=/zh-hans/admin/")
    assert 'href="/admin/login/?next=/admin/"' in html


# --- Logging in ---


def login(client, password, name="eva", address="/admin/login/"):
    return client.post(address, {"username": name, "password": password, "next": "/admin/"})


def test_editor_logs_in(visitor, editor_user):
    assert login(visitor, PASSWORD).headers["Location"] == "/admin/"


@pytest.mark.parametrize("address", ["/admin/login/", "/zh-hans/admin/login/"])
def test_who_guesses_passwords_is_locked_out_for_a_while(visitor, editor_user, address):
    for _attempt in range(4):
        assert login(visitor, "wrong", address=address).status_code == 200
    page = login(visitor, "wrong", address=address)
    assert page.status_code == 429
    html = page.content.decode()
    assert re.search(r'<html lang="(en|zh-hans)"', html)[1] == (
        "zh-hans" if "zh" in address else "en"
    )
    assert 'class="errornote"' in html
    assert f'href="{address}"' in html
    if "zh" not in address:
        assert "The password was wrong 5 times." in html
    # Not even the right password helps now.
    assert login(visitor, PASSWORD, address=address).status_code == 429
    assert visitor.get("/admin/").status_code == 302


def test_others_log_in_while_one_is_locked_out(visitor, editor_user, curator_user):
    for _attempt in range(6):
        login(visitor, "wrong")
    assert login(visitor, PASSWORD, name="chen").status_code == 302


def test_what_is_locked_out_is_for_superusers_to_see(client, db):
    root = User.objects.create_superuser("root")
    client.force_login(root, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/admin/axes/accessattempt/").status_code == 200
    assert client.get("/admin/auth/user/").status_code == 200
    make.paper().tags.add("x")
    assert client.get(f"/admin/papers/tag/{Tag.objects.get().pk}/change/").status_code == 200
