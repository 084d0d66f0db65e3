"""Finding papers, and doing something to many at once."""

import pytest

from papers.models import Paper, Section, Tag
from tests import make
from tests.admin_forms import act, messages, url

# --- Finding papers ---


def found(client, **query):
    page = client.get(url("changelist", Paper), query)
    return {paper.title for paper in page.context["cl"].result_list}


@pytest.mark.parametrize(
    "words",
    [
        "vaswani2017",
        "all you need",
        "注意力",
        "shazeer",
        "1706.0376",
        "https://arxiv.org/pdf/1706.03762v5.pdf",
        "10.1000/xyz",
        "https://doi.org/10.1000/XYZ",
    ],
)
def test_paper_is_found_by(editor, words):
    make.paper(
        key="vaswani2017attention",
        title="Attention Is All You Need",
        translated_title="注意力就是你所需要的一切",
        authors=["Ashish Vaswani", "Noam Shazeer"],
        arxiv_id="1706.03762",
        doi="10.1000/xyz",
    )
    make.paper(title="Another", arxiv_id="2106.09685", doi="10.1000/abc")
    assert found(editor, q=words) == {"Attention Is All You Need"}


def test_chinese_author_is_found(editor):
    make.paper(title="A", authors=["王小明"])
    assert found(editor, q="小明") == {"A"}


def test_lists_answer_curators_questions(editor):
    section = make.section()
    below = make.section(parent=section)
    a, b, c = make.paper(title="A"), make.draft(title="B", year=1999), make.paper(title="C")
    make.entry(paper=a, section=below, highlighted=True)
    make.entry(paper=a, section=make.section(parent=below))
    make.entry(paper=b, section=make.section())
    make.note(paper=c)
    c.tags.add("LoRA")
    tag = Tag.objects.get()
    assert found(editor, section=section.pk) == {"A"}
    assert found(editor, section=below.pk) == {"A"}
    assert found(editor, section=999) == set()
    assert found(editor, section="x") == set()
    assert found(editor, tag=tag.pk) == {"C"}
    assert found(editor, status__exact="draft") == {"B"}
    assert found(editor, year=1999) == {"B"}
    assert found(editor, highlighted="yes") == {"A"}
    assert found(editor, highlighted="no") == {"B", "C"}
    assert found(editor, note="yes") == {"C"}
    assert found(editor, entry="no") == {"C"}
    assert found(editor, entry="yes", note="no", section=section.pk) == {"A"}


# --- Many at once ---


def test_publishing_names_its_effect_first(editor, editor_user):
    drafts, public = [make.draft(), make.draft()], make.paper()
    page = act(editor, "publish", *drafts, public)
    assert "2 drafts become public." in page.content.decode()
    assert "1 is public already." in page.content.decode()
    assert Paper.objects.visible().count() == 1
    page = act(editor, "publish", *drafts, public, apply="1")
    assert messages(page) == ["2 papers are public now."]
    for paper in drafts:
        paper.refresh_from_db()
        assert paper.is_visible
        assert paper.listed_at
        assert paper.updated_by == editor_user
        assert paper.history.first().status == "published"
        assert paper.history.first().history_user == editor_user
    assert public.history.count() == 1


def test_withdrawing_makes_drafts(editor):
    public, draft = make.paper(), make.draft()
    assert "1 paper disappears" in act(editor, "withdraw", public, draft).content.decode()
    act(editor, "withdraw", public, draft, apply="1")
    public.refresh_from_db()
    assert public.status == "draft"
    assert public.history.first().status == "draft"


def test_tags_are_added_to_many(editor):
    Tag.objects.create(name="LoRA")
    a, b = make.paper(), make.draft()
    a.tags.add("LoRA", "kept")
    page = act(editor, "add_tags", a, b)
    assert "keep those they have" in page.content.decode()
    act(editor, "add_tags", a, b, apply="1", tags="lora，大语言模型")
    assert {tag.name for tag in a.tags.all()} == {"LoRA", "大语言模型", "kept"}
    assert {tag.name for tag in b.tags.all()} == {"LoRA", "大语言模型"}
    page = act(editor, "add_tags", a, apply="1", tags=" , ")
    assert "This field is required." in page.content.decode()


def test_tags_are_removed_from_many(editor):
    a, b = make.paper(), make.paper()
    a.tags.add("LoRA", "kept")
    b.tags.add("kept")
    lora = Tag.objects.get(name="LoRA")
    page = act(editor, "remove_tags", a, b, apply="1", tags=lora.pk)
    assert messages(page) == ["1 paper has lost a tag."]
    assert [tag.name for tag in a.tags.all()] == ["kept"]
    assert Tag.objects.filter(name="LoRA").exists()


def test_many_are_placed_at_the_end_of_a_section(editor, editor_user):
    section = make.section()
    there = make.entry(section=section).paper
    a, b = make.paper(), make.draft()
    page = act(editor, "place", a, b, there, apply="1", section=section.pk)
    assert messages(page) == [f"2 papers were placed into “{section}”."]
    assert {entry.paper for entry in section.entries.all()[1:]} == {a, b}
    assert [entry.position for entry in section.entries.all()] == [10, 20, 30]
    assert a.entries.get().history.get().history_user == editor_user
    assert Section.objects.count() == 1


def test_all_papers_of_a_list_are_taken_together(editor):
    for _number in range(105):
        make.draft()
    one = Paper.objects.first()
    page = act(editor, "publish", one, select_across="1")
    assert "105 drafts become public." in page.content.decode()
    assert "and 85 more" in page.content.decode()
    act(editor, "publish", one, select_across="1", apply="1")
    assert Paper.objects.visible().count() == 105
