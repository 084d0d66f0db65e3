"""A curator makes nothing public that was not."""

import pytest
from django.contrib.auth.models import Permission, User

from papers.models import Entry, Link, Note, Relation, Section
from tests import make
from tests.admin_forms import act, errors, messages, save, url

REFUSAL = "The public would see this."


@pytest.fixture
def public():
    """A public paper in a public section, with a note and a link."""
    paper = make.entry().paper
    make.note(paper=paper)
    Link.objects.create(paper=paper, url="https://code.example/")
    return paper


def test_curator_adds_no_public_note(curator, public):
    section = public.entries.get().section
    for about in (
        {"paper": public.pk},
        {"section": section.pk},
        {"paper": public.pk, "section": section.pk},
    ):
        response = save(curator, url("add", Note), body_en="Read it.", **about)
        assert REFUSAL in errors(response)
    assert Note.objects.count() == 1


def test_curator_moves_no_note_to_a_public_paper(curator, public):
    note = make.note(paper=make.draft())
    assert REFUSAL in errors(save(curator, url("change", note), paper=public.pk))
    note.refresh_from_db()
    assert note.paper != public


def test_curator_makes_no_private_note_public(curator, public):
    note = make.note(paper=public, public=False)
    assert REFUSAL in errors(save(curator, url("change", note), public="on"))
    note.refresh_from_db()
    assert not note.public


def test_curator_places_no_public_paper_into_a_public_section(curator, public):
    section = make.section()
    assert REFUSAL in errors(save(curator, url("add", Entry), paper=public.pk, section=section.pk))
    response = act(curator, "place", public, make.draft(), apply="1", section=section.pk)
    assert "1 of the papers is public" in messages(response)[0]
    hidden = make.entry(paper=public, section=make.section(public=False))
    assert REFUSAL in errors(save(curator, url("change", hidden), section=section.pk))
    moved = make.entry(paper=make.draft(), section=section)
    assert REFUSAL in errors(save(curator, url("change", moved), paper=public.pk))
    assert not Entry.objects.filter(paper=public, section=section).exists()


def test_curator_places_drafts_and_hidden_entries(curator, public):
    draft, section, hidden = make.draft(), make.section(), make.section(public=False)
    act(curator, "place", draft, apply="1", section=section.pk)
    act(curator, "place", draft, public, apply="1", section=hidden.pk)
    assert draft.entries.count() == 2
    assert public.entries.filter(section=hidden).exists()


def test_curator_links_and_relates_no_public_papers(curator, public):
    other = make.paper()
    response = save(curator, url("add", Link), paper=public.pk, url="https://other.example/")
    assert REFUSAL in errors(response)
    response = save(curator, url("add", Relation), from_paper=other.pk, to_paper=public.pk)
    assert REFUSAL in errors(response)
    draft = Link.objects.create(paper=make.draft(), url="https://other.example/")
    assert REFUSAL in errors(save(curator, url("change", draft), paper=public.pk))
    assert public.links.count() == 1


def test_curator_reaches_no_rows_of_another_paper_through_an_inline(curator, public):
    draft, note = make.draft(), public.notes.get()
    make.note(paper=draft)
    data = {"notes-0-id": note.pk, "notes-0-body_en": "Changed.", "notes-0-DELETE": "on"}
    save(curator, url("change", draft), **data)
    note.refresh_from_db()
    assert note.body_en == "A note."


def test_the_last_line_holds_without_the_forms(curator, public, monkeypatch):
    """What the forms should miss some day is undone when it is written."""
    monkeypatch.setattr("papers.admin.rights.GuardedForm.would_be_visible", lambda form: False)
    note = make.note(paper=make.draft())
    assert save(curator, url("change", note), paper=public.pk).status_code == 403
    note.refresh_from_db()
    assert note.paper != public
    response = save(curator, url("add", Note), body_en="Read it.", paper=public.pk)
    assert response.status_code == 403
    assert Note.objects.count() == 2


def test_who_keeps_sections_but_does_not_publish_keeps_hidden_ones(client, db):
    user = User.objects.create_user("sun", is_staff=True)
    names = ["view_section", "add_section", "change_section", "delete_section"]
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    public, hidden = make.section(), make.section(public=False)
    below = make.section(parent=hidden)
    assert save(client, url("change", hidden), title_en="Changed").status_code == 302
    assert REFUSAL in errors(save(client, url("change", hidden), public="on"))
    assert REFUSAL in errors(save(client, url("change", below), parent=public.pk))
    assert REFUSAL in errors(save(client, url("add", Section), title_en="New"))
    assert client.post(url("move", Section), {"move": f"up-{hidden.pk}"}).status_code == 403
