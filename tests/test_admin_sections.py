"""The tree of sections, its order, and the list's profile."""

import pytest

from papers.admin.section import MOST_ROWS
from papers.models import Entry, ReadingList, Section
from tests import make
from tests.admin_forms import errors, messages, save, shown, url


@pytest.fixture
def tree(db):
    """Models (Text, Images) and then Data."""
    models = make.section(title_en="Models")
    data = make.section(title_en="Data")
    images = make.section(title_en="Images", parent=models, position=20)
    text = make.section(title_en="Text", parent=models, position=10)
    return {section.title_en: section for section in (models, data, images, text)}


def order(client, **query):
    rows = client.get(url("changelist", Section), query).context["cl"].result_list
    return [f"{'-' * section.tree_depth}{section}" for section in rows]


def move(client, way, section, **data):
    return client.post(url("move", Section), {"move": f"{way}-{section.pk}", **data}, follow=True)


def test_list_is_the_tree_in_its_order_with_counts(editor, tree):
    make.entry(section=tree["Text"])
    make.entry(section=tree["Text"])
    make.note(section=tree["Text"])
    assert order(editor) == ["Models", "-Text", "-Images", "Data"]
    assert order(editor, q="text") == ["-Text"]
    rows = editor.get(url("changelist", Section)).context["cl"].result_list
    assert [(row.entry_count, row.note_count) for row in rows] == [(0, 0), (2, 1), (0, 0), (0, 0)]


def test_sections_are_moved_by_buttons(editor, tree):
    page = move(editor, "down", tree["Text"], list_query="q=e")
    assert messages(page) == ["“Text” is now 2 of 2."]
    assert (
        page.redirect_chain[0][0] == f"{url('changelist', Section)}?q=e#section-{tree['Text'].pk}"
    )
    assert order(editor) == ["Models", "-Images", "-Text", "Data"]
    assert messages(move(editor, "down", tree["Text"])) == ["“Text” is the last already."]
    assert messages(move(editor, "up", tree["Models"])) == ["“Models” is the first already."]
    move(editor, "up", tree["Data"])
    assert order(editor) == ["Data", "Models", "-Images", "-Text"]
    assert tree["Data"].history.count() == 2


def test_sections_of_one_position_are_moved_nevertheless(editor, db):
    for name in "ABC":
        make.section(title_en=name, position=7)
    move(editor, "up", Section.objects.get(title_en="C"))
    assert order(editor) == ["A", "C", "B"]


@pytest.mark.parametrize("value", ["", "up", "up-", "up-x", "left-1", "up-999"])
def test_senseless_move_is_not_found(editor, tree, value):
    assert editor.post(url("move", Section), {"move": value}).status_code == 404


def test_nothing_is_moved_by_a_link(editor, tree):
    address = url("move", Section)
    assert editor.get(address, {"move": f"up-{tree['Data'].pk}"}).status_code == 405


def test_positions_are_typed_in_the_list(editor, tree):
    address = url("changelist", Section)
    data = shown(editor.get(address))
    rows = [row.pk for row in editor.get(address).context["cl"].result_list]
    data[f"form-{rows.index(tree['Images'].pk)}-position"] = 5
    assert editor.post(address, {**data, "_save": "1"}).status_code == 302
    assert order(editor) == ["Models", "-Images", "-Text", "Data"]


def test_address_is_made_from_the_title(editor, tree):
    save(editor, url("add", Section), title_en="Large Language Models")
    save(editor, url("add", Section), title_en="Large language models!")
    save(editor, url("add", Section), title_zh_hans="大语言模型")
    made = Section.objects.order_by("-pk").values_list("slug", flat=True)[:3]
    assert list(made) == ["大语言模型", "large-language-models-2", "large-language-models"]


def test_title_in_one_language_is_enough_and_one_there_must_be(editor):
    assert save(editor, url("add", Section), title_zh_hans="模型").status_code == 302
    response = save(editor, url("add", Section), slug="x")
    assert "A section needs a title in at least one language." in errors(response)


def test_section_below_itself_gets_a_sentence(editor, tree):
    for parent in (tree["Text"], tree["Models"]):
        response = save(editor, url("change", tree["Models"]), parent=parent.pk)
        assert errors(response)
    assert Section.objects.get(pk=tree["Models"].pk).parent is None


def test_entries_and_notes_are_edited_on_the_page_of_their_section(editor, tree):
    first = make.entry(section=tree["Text"])
    make.entry(section=tree["Text"])
    added = make.paper()
    response = save(
        editor,
        url("change", tree["Text"]),
        **{
            "entries-0-label": "LoRA",
            "entries-0-position": 90,
            # What is posted for the paper of a row that exists is not looked at.
            "entries-0-paper": added.pk,
            "entries-TOTAL_FORMS": 3,
            "entries-2-paper": added.pk,
            "entries-2-highlighted": "on",
            "notes-TOTAL_FORMS": 1,
            "notes-0-body_zh_hans": "值得一读。",
            "notes-0-public": "on",
        },
    )
    assert response.status_code == 302, errors(response)
    entries = list(tree["Text"].entries.all())
    assert [entry.paper for entry in entries][1:] == [first.paper, added]
    assert (entries[1].label, entries[2].highlighted) == ("LoRA", True)
    assert tree["Text"].notes.get().body_zh_hans == "值得一读。"
    assert Entry.history.first().history_user.username == "eva"


def test_long_section_leads_to_the_list_of_its_entries(editor, tree):
    section = tree["Text"]
    papers = [make.paper() for _number in range(MOST_ROWS + 1)]
    Entry.objects.bulk_create(
        Entry(section=section, paper=paper, position=10) for paper in papers[:-1]
    )
    assert 'id="entries-group"' in editor.get(url("change", section)).content.decode()
    make.entry(section=section, paper=papers[-1])
    page = editor.get(url("change", section)).content.decode()
    assert 'id="entries-group"' not in page
    assert f"There are {MOST_ROWS + 1} entries here" in page
    address = f"{url('changelist', Entry)}?section={section.pk}"
    assert f'href="{address}"' in page
    make.entry()
    page = editor.get(address)
    assert page.context["cl"].result_count == MOST_ROWS + 1
    assert len(page.context["cl"].result_list) == 100
    # The form still saves what it shows, and leaves the entries alone.
    assert save(editor, url("change", section), title_en="Changed").status_code == 302
    assert section.entries.count() == MOST_ROWS + 1


def test_deleting_a_section_keeps_its_papers(editor, tree):
    entry = make.entry(section=tree["Text"])
    page = editor.post(url("delete", tree["Models"]), {"post": "yes"}, follow=True)
    assert messages(page)
    assert order(editor) == ["Data"]
    entry.paper.refresh_from_db()


def test_sections_are_deleted_together_also_one_below_another(editor, tree):
    make.section(title_en="Also gone")
    pks = [section.pk for section in Section.objects.exclude(title_en__in=["Data", "Images"])]
    data = {"action": "delete_selected", "_selected_action": pks, "post": "yes"}
    editor.post(url("changelist", Section), data)
    assert order(editor) == ["Data"]


# --- The list's profile ---


def test_profile_is_a_form_not_a_list(editor):
    only = ReadingList.objects.create(title_en="The list")
    assert editor.get(url("changelist", ReadingList)).headers["Location"] == url("change", only)
    assert editor.get(url("add", ReadingList)).status_code == 403
    assert editor.post(url("delete", only), {"post": "yes"}).status_code == 403
    assert save(editor, url("change", only), title_zh_hans="清单").status_code == 302
    only.refresh_from_db()
    assert only.title_zh_hans == "清单"


def test_profile_can_be_written_where_there_is_none(editor):
    assert editor.get(url("changelist", ReadingList)).status_code == 200
    assert save(editor, url("add", ReadingList), title_en="The list").status_code == 302
    assert ReadingList.objects.get().slug == "main"
