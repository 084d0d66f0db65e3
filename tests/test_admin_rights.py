"""A curator publishes nothing and changes nothing that is public, by any route."""

import pytest
from django.contrib.auth.models import Group, Permission

from papers.models import Entry, Link, Note, Paper, ReadingList, Relation, Section, Tag
from tests import make
from tests.admin_forms import act, errors, messages, save, shown, url

pytestmark = pytest.mark.django_db

REFUSAL = "The public would see this."


@pytest.fixture
def public():
    """A public paper in a public section, with everything that may hang on it."""
    paper = make.paper(title="Public")
    section = make.section()
    paper.tags.add("LoRA")
    make.entry(paper=paper, section=section)
    make.note(paper=paper)
    Link.objects.create(paper=paper, url="https://code.example/")
    Relation.objects.create(from_paper=paper, to_paper=make.paper())
    return paper


# --- The groups ---


def test_groups_have_the_rights_of_the_design(db):
    def rights(name):
        return set(Group.objects.get(name=name).permissions.values_list("codename", flat=True))

    curator, editor = rights("Curator"), rights("Editor")
    assert curator < editor
    assert {f"{do}_{it}" for do in ("add", "change", "delete") for it in ("note", "link")} < curator
    assert not curator & {"publish_paper", "delete_paper", "change_section", "change_tag"}
    assert editor > {"publish_paper", "delete_paper", "delete_section", "change_readinglist"}
    assert {"view_historicalpaper", "view_section", "view_readinglist"} < curator
    assert "delete_readinglist" not in editor
    everything = Permission.objects.filter(group__name__in=["Curator", "Editor"])
    assert set(everything.values_list("content_type__app_label", flat=True)) == {
        "papers",
        "journal",
    }


@pytest.mark.parametrize("who", ["curator", "editor"])
def test_accounts_are_for_superusers_only(who, request, db):
    client = request.getfixturevalue(who)
    assert client.get("/admin/auth/user/").status_code == 403
    assert client.get("/admin/axes/accessattempt/").status_code == 403


def test_visitor_is_sent_to_the_login_page(visitor, db):
    assert visitor.get("/admin/papers/paper/").headers["Location"].startswith("/admin/login/")


# --- What a curator is there for ---


def test_curator_writes_a_draft_with_all_that_belongs_to_it(curator, curator_user):
    section, other = make.section(), make.paper()
    response = save(
        curator,
        url("add", Paper),
        title="Attention Is All You Need",
        authors="Ashish Vaswani",
        tags="transformers",
        **{
            "entries-TOTAL_FORMS": 1,
            "entries-0-section": section.pk,
            "notes-TOTAL_FORMS": 1,
            "notes-0-body_en": "Read it.",
            "notes-0-public": "on",
            "links-TOTAL_FORMS": 1,
            "links-0-kind": "code",
            "links-0-url": "https://code.example/",
            "relations-TOTAL_FORMS": 1,
            "relations-0-kind": "builds_on",
            "relations-0-to_paper": other.pk,
        },
    )
    assert response.status_code == 302, errors(response)
    paper = Paper.objects.get(title="Attention Is All You Need")
    assert paper.status == "draft"
    assert paper.created_by == paper.updated_by == curator_user
    assert [paper.entries.count(), paper.notes.count(), paper.links.count()] == [1, 1, 1]
    assert paper.relations.get().to_paper == other
    assert [tag.name for tag in paper.tags.all()] == ["transformers"]
    response = save(curator, url("change", paper), title="Attention", **{"notes-0-DELETE": "on"})
    assert response.status_code == 302, errors(response)
    paper.refresh_from_db()
    assert (paper.title, paper.notes.count()) == ("Attention", 0)


def test_curator_writes_a_private_note_on_a_public_paper(curator, public):
    response = save(curator, url("add", Note), body_en="Hm.", paper=public.pk, public=None)
    assert response.status_code == 302, errors(response)


def test_curator_deletes_what_is_not_public(curator):
    note = make.note(paper=make.draft())
    assert curator.post(url("delete", note), {"post": "yes"}).status_code == 302
    assert not Note.objects.exists()


# --- Publishing ---


def test_curator_adds_no_public_paper(curator):
    assert "status" not in shown(curator.get(url("add", Paper)))
    save(curator, url("add", Paper), title="Sneaky", status="published")
    assert Paper.objects.get().status == "draft"


@pytest.mark.parametrize("button", ["_save", "_continue", "_saveasnew", "_popup"])
def test_curator_publishes_nothing_by_the_form(curator, button):
    paper = make.draft()
    save(curator, url("change", paper), status="published", **{button: "1"})
    assert not Paper.objects.filter(status="published").exists()


@pytest.mark.parametrize("action", ["publish", "withdraw"])
def test_curator_publishes_and_withdraws_nothing_in_bulk(curator, public, action):
    draft = make.draft()
    act(curator, action, draft, public, apply="1")
    act(curator, action, draft, public, apply="1", select_across="1")
    draft.refresh_from_db(), public.refresh_from_db()
    assert (draft.status, public.status) == ("draft", "published")


def test_curator_publishes_nothing_by_restoring_a_version(curator):
    paper = make.paper(title="Old title")
    paper.title, paper.status = "New title", "draft"
    paper.save()
    version = paper.history.last()
    assert version.status == "published"
    address = url("simple_history", paper, version.pk)
    response = save(curator, address, status="published")
    assert response.status_code == 302, errors(response)
    paper.refresh_from_db()
    assert (paper.title, paper.status) == ("Old title", "draft")


def test_curator_restores_no_version_of_what_is_public(curator):
    paper = make.draft(title="Old title")
    paper.title, paper.status = "New title", "published"
    paper.save()
    address = url("simple_history", paper, paper.history.last().pk)
    page = curator.get(address)
    assert page.status_code == 200
    assert "Bring this version back" not in page.content.decode()
    data = {"title": "Old title", "language": "en", "authors": ""}
    assert curator.post(address, data).status_code == 403
    paper.refresh_from_db()
    assert paper.title == "New title"


@pytest.mark.parametrize("field", ["paper", "public"])
def test_curator_publishes_no_note_by_restoring_a_version(curator, public, field):
    """Both ways in which a note of old was public and is not any more."""
    note = make.note(paper=public)
    setattr(note, field, {"paper": make.draft(), "public": False}[field])
    note.save()
    response = save(curator, url("simple_history", note, note.history.last().pk))
    assert REFUSAL in errors(response)
    note.refresh_from_db()
    assert not note.is_visible


def test_curator_restores_no_version_of_what_is_not_theirs_to_change(curator):
    """Also where nothing would be public: sections and tags are the editors'."""
    section, tag = make.section(title_en="Old", public=False), Tag.objects.create(name="Old")
    for obj, name in ((section, "title_en"), (tag, "name")):
        setattr(obj, name, "New")
        obj.save()
        address = url("simple_history", obj, obj.history.last().pk)
        assert curator.get(address).status_code == 200
        assert curator.post(address, {name: "Old", "slug": obj.slug}).status_code == 403
        obj.refresh_from_db()
        assert getattr(obj, name) == "New"


# --- What is public already ---


def _visible_objects(public):
    return [
        public,
        public.entries.get(),
        public.notes.get(),
        public.links.get(),
        public.relations.get(),
        public.entries.get().section,
        public.tags.get(),
        ReadingList.objects.create(title_en="The list"),
    ]


def test_curator_may_look_at_all_that_is_public_and_change_none_of_it(curator, public):
    for obj in _visible_objects(public):
        page = curator.get(url("change", obj))
        assert page.status_code == 200, obj
        assert not page.context["has_change_permission"], obj
        assert 'name="_save"' not in page.content.decode()
        assert curator.post(url("change", obj), {"title": "x"}).status_code == 403, obj
        assert curator.get(url("delete", obj)).status_code == 403, obj
        assert curator.post(url("delete", obj), {"post": "yes"}).status_code == 403, obj
        assert type(obj).objects.filter(pk=obj.pk).exists()


def test_curator_deletes_nothing_public_in_bulk(curator, public):
    hidden = make.note(paper=make.draft())
    act(curator, "delete_selected", public.notes.get(), hidden, post="yes")
    assert Note.objects.count() == 2
    act(curator, "delete_selected", public.entries.get(), post="yes")
    assert Entry.objects.count() == 1


def test_curator_tags_no_public_paper(curator, public):
    for action, tags in (("add_tags", "new"), ("remove_tags", public.tags.get().pk)):
        response = act(curator, action, public, make.draft(), apply="1", tags=tags)
        assert "1 of the papers is public" in messages(response)[0]
    assert [tag.name for tag in public.tags.all()] == ["LoRA"]
    curator.post(url("change", public), {"title": "Public", "language": "en", "tags": "new"})
    assert [tag.name for tag in public.tags.all()] == ["LoRA"]


def test_curator_neither_renames_nor_merges_tags(curator, public):
    tag, other = public.tags.get(), Tag.objects.create(name="other")
    assert curator.post(url("change", tag), {"name": "x", "slug": "x"}).status_code == 403
    act(curator, "merge", tag, other, apply="1", target=other.pk)
    assert Tag.objects.count() == 2
    # A tag on drafts only is not a curator's to change either: an editor's drafts may have it.
    assert curator.post(url("change", other), {"name": "x", "slug": "x"}).status_code == 403


def test_curator_changes_nothing_public_in_the_list_of_entries(curator, public):
    hidden = make.entry(paper=make.draft())
    visible = public.entries.get()
    address = url("changelist", Entry)
    data = shown(curator.get(address))
    for row in range(2):
        data |= {f"form-{row}-label": "changed", f"form-{row}-position": 990}
    curator.post(address, {**data, "_save": "1"})
    visible.refresh_from_db(), hidden.refresh_from_db()
    assert (visible.label, hidden.label) == ("", "changed")


def test_curator_changes_no_section(curator, public):
    section = public.entries.get().section
    other = make.section()
    address = url("changelist", Section)
    data = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1, "form-0-id": section.pk}
    data |= {"form-0-position": 90, "_save": "1"}
    assert curator.post(address, data).status_code == 403
    assert curator.post(url("move", Section), {"move": f"up-{other.pk}"}).status_code == 403
    assert curator.get(url("add", Section)).status_code == 403
    data = {"entries-TOTAL_FORMS": 0, "title_en": "x", "slug": "x"}
    assert curator.post(url("change", section), data).status_code == 403


# --- An editor ---


def test_editor_publishes_and_withdraws(editor, editor_user):
    paper = make.draft()
    assert save(editor, url("change", paper), status="published").status_code == 302
    paper.refresh_from_db()
    assert paper.is_visible
    assert paper.listed_at
    assert save(editor, url("change", paper), status="draft").status_code == 302
    paper.refresh_from_db()
    assert not paper.is_visible
    assert paper.updated_by == editor_user


def test_editor_changes_and_deletes_all_that_is_public(editor, public):
    objects = _visible_objects(public)
    for obj in objects:
        assert save(editor, url("change", obj)).status_code == 302, obj
    for obj in reversed(objects[:-1]):
        assert editor.post(url("delete", obj), {"post": "yes"}).status_code == 302, obj
    assert not Paper.objects.filter(pk=public.pk).exists()
