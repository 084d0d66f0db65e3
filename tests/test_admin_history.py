"""What was changed, told so that a person can read it, and the way back."""

import pytest

from papers.admin.differences import compare
from papers.models import Note, Paper, Section
from tests import make
from tests.admin_forms import act, errors, save, shown, url


def versions(client, obj):
    return client.get(url("history", obj)).content.decode()


def test_history_tells_who_changed_what_in_words(editor, editor_user):
    paper = make.paper(title="Attention", authors=["Ada Author"])
    save(
        editor,
        url("change", paper),
        title="Attention Is All You Need",
        authors="Ada Author\nBo Writer",
        status="draft",
        authors_incomplete="on",
    )
    page = versions(editor, paper)
    assert "<dt>Title</dt><dd>Attention<ins> Is All You Need</ins></dd>" in page
    assert "<dt>Authors</dt><dd>Ada Author<ins>; Bo Writer</ins></dd>" in page
    assert "<dt>Status</dt><dd><del>Published</del> <ins>Draft</ins></dd>" in page
    assert "<dt>And others</dt><dd><del>no</del> <ins>yes</ins></dd>" in page
    assert "eva" in page
    order = [page.index(f"<dt>{name}</dt>") for name in ("Title", "Authors", "Status")]
    assert order == sorted(order)


def test_history_tells_both_languages_apart(editor):
    note = make.note(paper=make.paper(), body_en="It works.", body_zh_hans="它有效。")
    other = make.paper(title="Another")
    save(editor, url("change", note), body_zh_hans="它很有效。", paper=other.pk)
    page = versions(editor, note)
    assert "<dt>Text (简体中文)</dt><dd>它<ins>很</ins>有效。</dd>" in page
    assert "Another" in page
    assert "Text (English)" not in page
    save(editor, url("change", note), body_en="It works well.")
    page = versions(editor, note)
    assert "<dt>Text (English)</dt><dd>It works<ins> well</ins>.</dd>" in page
    # Not the column that mirrors the language somebody happened to use.
    assert "<dt>Text</dt>" not in page


def test_differences_are_escaped():
    assert compare("a <b> c", "a <i> c") == "a &lt;<del>b</del><ins>i</ins>&gt; c"
    assert compare("", "<script>") == "<ins>&lt;script&gt;</ins>"
    assert "<script>" not in compare("<script>x</script>", "<script>y</script>")


def test_long_texts_show_what_is_near_a_change():
    words = " ".join(f"word{number}" for number in range(400))
    said = compare(words, words.replace("word200", "changed"))
    assert "<del>word200</del><ins>changed</ins>" in said
    assert len(said) < 200


@pytest.mark.parametrize("language", ["", "/zh-hans"])
def test_version_is_brought_back_with_both_languages(editor, language):
    note = make.note(paper=make.paper(), body_en="Old.", body_zh_hans="旧。")
    note.body_en, note.body_zh_hans = "New.", "新。"
    note.save()
    response = save(editor, language + url("simple_history", note, note.history.last().pk))
    assert response.status_code == 302, errors(response)
    note.refresh_from_db()
    assert (note.body_en, note.body_zh_hans) == ("Old.", "旧。")
    assert note.history.count() == 3


def test_bringing_a_version_back_keeps_what_is_not_in_it(editor, editor_user):
    paper = make.paper(title="Old", authors=["A"])
    paper.tags.add("kept")
    listed, created = paper.listed_at, paper.created_at
    paper.title = "New"
    paper.save()
    response = save(editor, url("simple_history", paper, paper.history.last().pk))
    assert response.status_code == 302, errors(response)
    paper.refresh_from_db()
    assert (paper.title, paper.authors) == ("Old", ["A"])
    assert [tag.name for tag in paper.tags.all()] == ["kept"]
    assert (paper.listed_at, paper.created_at) == (listed, created)
    assert paper.updated_by == editor_user


def test_version_that_speaks_of_what_is_gone_can_be_looked_at(editor):
    entry = make.entry(section=(section := make.section()))
    gone = entry.paper
    entry.paper = make.paper()
    entry.save()
    gone.delete()
    assert "Deleted paper" in versions(editor, entry)
    response = save(editor, url("simple_history", entry, entry.history.last().pk))
    assert "Select a valid choice." in errors(response)
    assert entry.section == section


def test_version_of_something_else_is_not_found(editor):
    one, other = make.paper(), make.paper()
    assert editor.get(url("simple_history", one, other.history.get().pk)).status_code == 404
    assert editor.get(url("simple_history", one, "x")).status_code == 404
    assert editor.get("/admin/papers/paper/x/history/1/").status_code == 404
    version = one.history.get().pk
    address, pages = url("simple_history", one, version), url("history", one)
    one.delete()
    assert editor.get(address).status_code == 404
    assert editor.post(address, {"title": "Back"}).status_code == 404
    assert editor.get(pages).status_code == 404


def test_version_that_would_put_a_section_below_itself_gets_a_sentence(editor):
    top = make.section()
    below = make.section(parent=top)
    below.parent = None
    below.save()
    top.parent = below
    top.save()
    response = save(editor, url("simple_history", below, below.history.last().pk))
    assert "descendant of itself" in errors(response)
    assert Section.objects.get(pk=below.pk).parent is None


def test_first_change_of_what_came_with_a_file_can_be_taken_back(editor, seed):
    """Fixtures leave no history; the way back must be there all the same."""
    paper = Paper.objects.get(key="vaswani2017attention")
    section, note, tag = paper.entries.get().section, paper.notes.get(), paper.tags.first()
    title, body, name = paper.title, note.body_en, tag.name
    assert not paper.history.exists()
    rows = {"notes-0-body_en": "Changed."}
    assert save(editor, url("change", paper), title="Changed", **rows).status_code == 302
    assert save(editor, url("change", tag), name="Changed").status_code == 302
    editor.post(url("move", Section), {"move": f"down-{section.parent.pk}"})
    assert section.parent.history.count() == 2
    for obj in (paper, note, tag):
        assert "As it came" in versions(editor, obj)
        first = obj.history.last()
        assert first.history_user is None
        assert save(editor, url("simple_history", obj, first.pk)).status_code == 302
        obj.refresh_from_db()
    assert (paper.title, note.body_en, tag.name) == (title, body, name)
    other = Paper.objects.exclude(pk=paper.pk).first()
    act(editor, "withdraw", other, apply="1")
    assert [version.status for version in other.history.all()] == ["draft", "published"]


def test_history_needs_the_same_queries_for_few_and_many_versions(
    editor, django_assert_num_queries, django_assert_max_num_queries
):
    note = make.note(paper=make.paper())
    note.body_en = "1"
    note.save()
    with django_assert_max_num_queries(20) as few:
        editor.get(url("history", note))
    for number in range(20):
        note.body_en, note.paper = str(number), make.paper()
        note.save()
    with django_assert_num_queries(len(few)):
        editor.get(url("history", note))
    assert Note.history.count() == 22


def test_old_version_is_shown_as_it_was(editor):
    paper = make.paper(title="Old", authors=["A", "B"])
    paper.title = "New"
    paper.save()
    data = shown(editor.get(url("simple_history", paper, paper.history.last().pk)))
    assert data["title"] == "Old"
    assert data["authors"] == "A\nB"
