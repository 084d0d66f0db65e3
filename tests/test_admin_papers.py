"""Adding and changing papers, one by one and many at once."""

import pytest

from papers.models import Entry, Paper, Tag
from tests import make
from tests.admin_forms import errors, save, shown, url


def add(client, **fields):
    response = save(client, url("add", Paper), **{"title": "A paper", **fields})
    assert response.status_code == 302, errors(response)
    return Paper.objects.latest("pk")


# --- Identifiers ---


def test_pasted_address_becomes_identifier_and_version(editor):
    paper = add(editor, arxiv_id="https://arxiv.org/pdf/1706.03762v5.pdf")
    assert (paper.arxiv_id, paper.arxiv_version) == ("1706.03762", 5)
    paper = add(editor, doi="https://doi.org/10.1038/S41586-025-09422-Z")
    assert paper.doi == "10.1038/s41586-025-09422-z"


def test_arxiv_doi_becomes_arxiv_identifier(editor):
    paper = add(editor, doi="10.48550/arXiv.1706.03762")
    assert (paper.arxiv_id, paper.doi) == ("1706.03762", None)


@pytest.mark.parametrize(
    ("field", "sentence"),
    [("arxiv_id", "is not an arXiv identifier"), ("doi", "is not a DOI")],
)
def test_wrong_identifier_gets_a_sentence_beside_its_field(editor, field, sentence):
    response = save(editor, url("add", Paper), title="A paper", **{field: "nonsense"})
    assert sentence in str(response.context["adminform"].form.errors[field])
    assert response.content.decode().count(sentence) == 1


@pytest.mark.parametrize(
    ("field", "kept", "pasted"),
    [
        ("arxiv_id", "1706.03762", "arXiv:1706.03762v2"),
        ("doi", "10.1000/xyz", "https://doi.org/10.1000/XYZ"),
    ],
)
def test_identifier_of_another_paper_leads_to_it(editor, field, kept, pasted):
    other = make.paper(title="<Here> already", **{field: kept})
    response = save(editor, url("add", Paper), title="A paper", **{field: pasted})
    said = str(response.context["adminform"].form.errors[field])
    assert f'<a href="{url("change", other)}">&lt;Here&gt; already</a>' in said
    assert said.count("<li>") == 1
    assert Paper.objects.count() == 1
    # The paper itself may be saved again.
    assert save(editor, url("change", other), title="Changed").status_code == 302


def test_key_is_made_where_it_is_left_blank(editor):
    paper = add(editor, title="Attention Is All You Need", authors="Ashish Vaswani", year=2017)
    assert paper.key == "vaswani2017attention"


# --- Names and tags ---


def test_authors_are_written_one_a_line(editor):
    paper = add(editor, authors="  Ashish  Vaswani\n\nShazeer, Noam\r\nDeepSeek-AI\n")
    assert paper.authors == ["Ashish Vaswani", "Shazeer, Noam", "DeepSeek-AI"]
    page = editor.get(url("change", paper))
    assert "Ashish Vaswani\nShazeer, Noam\nDeepSeek-AI</textarea>" in page.content.decode()
    save(editor, url("change", paper), authors="")
    paper.refresh_from_db()
    assert paper.authors == []


def test_line_of_several_names_is_asked_about(editor):
    response = save(editor, url("add", Paper), title="A paper", authors="Ada A; Bo B")
    assert "each name on a line of its own: “Ada A; Bo B” holds several" in errors(response)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("fine-tuning, 大语言模型", {"fine-tuning", "大语言模型"}),
        ("大语言模型，微调、推理；对齐", {"大语言模型", "微调", "推理", "对齐"}),
        ("language model", {"language model"}),
        ('"one, two", three', {"one, two", "three"}),
        ("LoRA, lora,  , LORA", {"LoRA"}),
        ("", set()),
    ],
)
def test_tags_are_separated_by_commas_of_either_script(editor, text, names):
    paper = add(editor, tags=text)
    assert {tag.name for tag in paper.tags.all()} == names
    # Saved again as it is shown, nothing changes.
    save(editor, url("change", paper))
    assert {tag.name for tag in paper.tags.all()} == names


def test_tag_in_other_case_is_the_tag_there_is(editor):
    Tag.objects.create(name="LoRA")
    assert [tag.name for tag in add(editor, tags="lora").tags.all()] == ["LoRA"]


def test_tag_too_long_gets_a_sentence(editor):
    response = save(editor, url("add", Paper), title="A paper", tags="x" * 101)
    assert "at most 100 characters" in errors(response)


# --- Rows on the paper's page ---


def test_paper_in_a_section_twice_gets_a_sentence(editor):
    paper, section = make.paper(), make.section()
    rows = {"entries-TOTAL_FORMS": 2, "entries-0-section": section.pk}
    rows["entries-1-section"] = section.pk
    response = save(editor, url("change", paper), **rows)
    assert response.status_code == 200
    make.entry(paper=paper, section=section)
    response = save(editor, url("change", paper), **rows)
    assert response.status_code == 200
    assert Entry.objects.count() == 1


def test_paper_related_to_itself_gets_a_sentence(editor):
    paper = make.paper()
    response = save(
        editor,
        url("change", paper),
        **{
            "relations-TOTAL_FORMS": 1,
            "relations-0-kind": "extends",
            "relations-0-to_paper": paper.pk,
        },
    )
    assert "A paper has no relation to itself." in response.content.decode()


def test_note_without_text_gets_a_sentence(editor):
    response = save(
        editor,
        url("change", make.paper()),
        **{"notes-TOTAL_FORMS": 1, "notes-0-author": "Chen", "notes-0-public": "on"},
    )
    assert "A note needs a text in at least one language." in response.content.decode()


def test_author_of_a_new_note_is_who_writes_it(editor, editor_user):
    editor_user.first_name, editor_user.last_name = "Eva", "Li"
    editor_user.save()
    assert shown(editor.get("/admin/papers/note/add/"))["author"] == "Eva Li"
    page = editor.get(url("change", make.paper()))
    formset = page.context["inline_admin_formsets"][1].formset
    assert formset.empty_form["author"].value() == "Eva Li"


# --- Where to look at it ---


def test_draft_has_a_preview_and_a_public_paper_its_page(editor):
    paper = make.draft(key="a2020b")
    page = editor.get(url("change", paper)).content.decode()
    assert 'href="/preview/papers/a2020b/" class="viewsitelink">Preview<' in page
    paper.publish()
    paper.save()
    page = editor.get("/zh-hans" + url("change", paper)).content.decode()
    assert 'href="/zh-hans/papers/a2020b/" class="viewsitelink"' in page


def test_everything_leads_to_the_page_where_it_stands(editor):
    section = make.section(slug="models")
    hidden = make.section(slug="hidden", public=False)
    paper = make.paper(key="p")
    for obj, address in [
        (section, "/sections/models/"),
        (hidden, "/preview/sections/hidden/"),
        (make.entry(paper=paper, section=section), "/sections/models/"),
        (make.entry(paper=make.draft(), section=section), "/preview/sections/models/"),
        (make.note(paper=paper, section=section), "/papers/p/"),
        (make.note(section=section, public=False), "/preview/sections/models/"),
        (Tag.objects.create(name="unused"), "/preview/tags/unused/"),
    ]:
        page = editor.get(url("change", obj)).content.decode()
        assert f'href="{address}" class="viewsitelink"' in page, obj
