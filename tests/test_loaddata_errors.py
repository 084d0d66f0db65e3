"""A fixture that is wrong ends in one sentence that names the file and the object."""

import json

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command

from papers.journal.models import Change
from papers.models import Entry, Link, Note, Paper, ReadingList, Relation, Section, Tag

UID = "6f5902ac-ba1e-4c5d-9f0e-0123456789ab"
GOOD = (settings.BASE_DIR / "fixtures" / "ai_papers.json").read_text("utf-8")


def node(model, **fields):
    return {"model": model if "." in model else f"papers.{model}", "fields": fields}


def section(slug="new", **fields):
    return node("section", slug=slug, **{"title_en": "New", **fields})


def paper(key="new2020paper", **fields):
    return node("paper", key=key, **{"title": "New", "authors": ["Ada Author"], **fields})


def note(**fields):
    return node("note", uid=UID, **{"body_en": "Words.", **fields})


def what_loaddata_says(tmp_path, *nodes, text=None, **options):
    """The sentence in which loading these objects ends, without the file's name."""
    file = tmp_path / "bad.json"
    if isinstance(text, bytes):
        file.write_bytes(text)
    else:
        file.write_text(json.dumps(nodes, ensure_ascii=False) if text is None else text, "utf-8")
    with pytest.raises(CommandError) as error:
        call_command("loaddata", str(file), verbosity=0, **options)
    said = str(error.value)
    assert said.startswith("bad.json: ")
    assert "\n" not in said
    return said.removeprefix("bad.json: ")


def nothing_is_saved():
    models = (ReadingList, Section, Paper, Entry, Link, Note, Relation, Tag, Change)
    return not any(model.objects.exists() for model in models)


WRONG = {
    "unknown section": (
        [node("entry", section=["nowhere"], paper=["new2020paper"])],
        'entry “nowhere, new2020paper”: section: There is no section ["nowhere"].',
    ),
    "section by a number that is none": (
        [node("entry", section=99, paper=["new2020paper"])],
        "entry “99, new2020paper”: section: There is no section 99.",
    ),
    "section not in a list": (
        [note(section="new")],
        f'note “{UID}”: section: There is no section "new".',
    ),
    "section with two names": (
        [note(section=["new", "er"])],
        f'note “{UID}”: section: There is no section ["new", "er"].',
    ),
    "unknown parent": (
        [section("lost", parent=["nowhere"])],
        'section “lost”: parent: There is no section ["nowhere"].',
    ),
    "unknown parent by number": (
        [section("lost", parent=77)],
        "section “lost”: parent: There is no section 77.",
    ),
    "unknown tag": (
        [node("taggedpaper", content_object=["new2020paper"], tag=["nothing"])],
        'tag of a paper “new2020paper, nothing”: tag: There is no tag ["nothing"].',
    ),
    "bad arXiv identifier": (
        [paper("other", arxiv_id="1706.3762")],
        (
            "paper “other”: arxiv_id: “1706.3762” is not an arXiv identifier such as 1706.03762"
            " or cs/0112017."
        ),
    ),
    "bad DOI": (
        [paper("other", doi="doi:5")],
        "paper “other”: doi: “doi:5” is not a DOI such as 10.1038/s41586-025-09422-z.",
    ),
    "same paper twice": (
        [paper("other"), paper("other", title="Again")],
        "paper “other”: It stands twice in the file.",
    ),
    "same entry twice": (
        [node("entry", section=["new"], paper=["new2020paper"], label=label) for label in "ab"],
        "entry “new, new2020paper”: It stands twice in the file.",
    ),
    "same key in other case": (
        [paper("NEW2020paper")],
        "paper “NEW2020paper”: There is a paper of this key, perhaps in other case.",
    ),
    "same arXiv identifier": (
        [paper("other", arxiv_id="https://arxiv.org/abs/1706.03762v5")],
        "paper “other”: arxiv_id: Paper with this ArXiv identifier already exists.",
    ),
    "same DOI": (
        [paper("other", doi="https://doi.org/10.1000/ABC")],
        "paper “other”: doi: Paper with this DOI already exists.",
    ),
    "note on nothing": (
        [note()],
        f"note “{UID}”: A note belongs to a section, to a paper or to both.",
    ),
    "note without text": (
        [note(section=["new"], body_en=None)],
        f"note “{UID}”: A note needs a text in at least one language.",
    ),
    "note without a name": (
        [node("note", section=["new"], body_en="Words.")],
        "note (object 3): uid: It is missing, and an object is known by it.",
    ),
    "section without title": (
        [section("bare", title_en="")],
        "section “bare”: A section needs a title in at least one language.",
    ),
    "relation to itself": (
        [node("relation", from_paper=["new2020paper"], to_paper=["new2020paper"])],
        "relation “new2020paper, new2020paper”: A paper has no relation to itself.",
    ),
    "impossible year": (
        [paper("other", year=1066)],
        "paper “other”: The year must lie between 1500 and 2100.",
    ),
    "year in words": (
        [paper("other", year="soon")],
        "paper “other”: year: “soon” value must be an integer.",
    ),
    "impossible date": (
        [paper("other", published_on="2020-02-30")],
        (
            "paper “other”: published_on: “2020-02-30” value has the correct format (YYYY-MM-DD)"
            " but it is an invalid date."
        ),
    ),
    "authors that are no list": (
        [paper("other", authors="Ada Author")],
        "paper “other”: authors: Names must be a list of non-empty texts.",
    ),
    "key that makes no address": (
        [paper("a/b")],
        "paper “a/b”: key: A key is made of Latin letters, digits and the signs _ : + -",
    ),
    "unknown status": (
        [paper("other", status="secret")],
        "paper “other”: status: Value 'secret' is not a valid choice.",
    ),
    "null where there is always a text": (
        [paper("other", venue=None)],
        "paper “other”: venue: This field cannot be null.",
    ),
    "link that is a script": (
        [node("link", paper=["new2020paper"], url="javascript:alert(1)")],
        "link “new2020paper, javascript:alert(1)”: url: Enter a valid URL.",
    ),
    "second reading list": (
        [node("readinglist", slug="other", title_en="Other")],
        "reading list “other”: There is one reading list only, named “main”.",
    ),
    "section in itself": (
        [section("a", parent=["a"])],
        "section “a”: A section cannot stand in itself.",
    ),
    "sections in a circle": (
        [section("a", parent=["c"]), section("b", parent=["a"]), section("c", parent=["b"])],
        "section “a”: A section cannot stand below itself.",
    ),
    "unknown field": (
        [section("a", titel_en="A")],
        "section “a”: There is no field “titel_en”, but “title_en”.",
    ),
    "derived field": (
        [section("a", visible=True)],
        "section “a”: There is no field “visible”.",
    ),
    "unknown model": (
        [node("papers.papr", key="a")],
        "object 3: There is no model “papers.papr”.",
    ),
    "unknown app": (
        [node("nothing", key="a") | {"model": "nothing"}],
        "object 3: There is no model “nothing”.",
    ),
    "object without fields": (
        [{"model": "papers.paper", "key": "a"}],
        'object 3: An object is written {"model": …, "fields": {…}}.',
    ),
    "no object": (
        ["papers.paper"],
        'object 3: An object is written {"model": …, "fields": {…}}.',
    ),
    "another app's object": (
        [node("auth.group", nme="Readers")],
        "group (object 3): Group has no field named 'nme'",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_the_object_that_is_wrong_is_named_and_nothing_is_saved(db, tmp_path, case):
    nodes, sentence = WRONG[case]
    good = [section(), paper(arxiv_id="1706.03762", doi="10.1000/abc")]
    assert what_loaddata_says(tmp_path, *good, *nodes) == sentence
    assert nothing_is_saved()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "The file is empty."),
        (" \n", "The file is empty."),
        ("Papers:", "line 1, column 1: This is no JSON, or not all of it: Expecting value."),
        ('{"model": 1}', "A fixture is a list of objects: [{…}, {…}]."),
        ("[" * 200_000, None),
        ("[%s]" % ("9" * 5000), None),
        ("[]".encode("utf-16"), "line 1: The file is not in UTF-8."),
        ('[\n"人工智能"]'.encode("gb18030"), "line 2: The file is not in UTF-8."),
    ],
    ids=["empty", "blank", "text", "object", "deep", "long number", "UTF-16", "GB 18030"],
)
def test_a_file_that_is_no_fixture(db, tmp_path, text, sentence):
    said = what_loaddata_says(tmp_path, text=text)
    assert said == sentence or (sentence is None and said.startswith("This is no JSON that can"))


def test_a_file_cut_short_is_named_with_line_and_column(db, tmp_path):
    text = GOOD[: GOOD.index("vaswani2017attention") + 5]
    line, column = text.count("\n") + 1, len(text) - text.rindex("\n") - 6
    assert what_loaddata_says(tmp_path, text=text) == (
        f"line {line}, column {column}: This is no JSON, or not all of it:"
        " Unterminated string starting at."
    )
    assert nothing_is_saved()


def test_a_field_given_twice_is_not_silently_lost(db, tmp_path):
    text = '[{"model": "papers.tag", "fields": {"name": "a", "slug": "b", "slug": "c"}}]'
    assert what_loaddata_says(tmp_path, text=text) == "tag “a”: “slug” is given twice."


def test_a_missing_file_is_named(db):
    with pytest.raises(CommandError, match="missing"):
        call_command("loaddata", "missing.json", verbosity=0)


def test_nothing_of_the_files_before_is_saved_either(db, tmp_path):
    good = tmp_path / "good.json"
    good.write_text(GOOD, "utf-8")
    (tmp_path / "bad.json").write_text(json.dumps([note()]), "utf-8")
    with pytest.raises(CommandError, match=r"^bad\.json: note “6f"):
        call_command("loaddata", str(good), str(tmp_path / "bad.json"), verbosity=0)
    assert nothing_is_saved()


def test_sections_of_the_list_cannot_be_tied_into_a_circle(seed, tmp_path):
    said = what_loaddata_says(tmp_path, section("foundations", parent=["gpt"]))
    assert said == "section “foundations”: A section cannot stand below itself."
    assert Section.objects.get(slug="foundations").parent is None


def test_a_paper_of_the_list_is_not_added_again_under_another_key(seed, tmp_path):
    said = what_loaddata_says(tmp_path, paper("lora", arxiv_id="2106.09685"))
    assert said == "paper “lora”: arxiv_id: Paper with this ArXiv identifier already exists."
    assert Paper.objects.count() == 14


def test_unknown_fields_and_models_are_left_out_on_request(db, tmp_path):
    file = tmp_path / "newer.json"
    nodes = [section(colour="red"), node("papers.mood", name="good")]
    file.write_text(json.dumps(nodes), "utf-8")
    call_command("loaddata", str(file), ignore=True, verbosity=0)
    assert Section.objects.get().slug == "new"


def test_excluded_models_are_left_out_unread(seed, tmp_path):
    file = tmp_path / "more.json"
    nodes = [section("a", title_en=""), section("b", title_en=""), paper()]
    file.write_text(json.dumps(nodes), "utf-8")
    call_command("loaddata", str(file), exclude=["papers.section"], verbosity=0)
    assert (Section.objects.count(), Paper.objects.count()) == (13, 15)


def test_a_file_from_an_editor_that_marks_utf8_is_read(db, tmp_path):
    file = tmp_path / "marked.json"
    file.write_text(json.dumps([section()]), "utf-8-sig")
    call_command("loaddata", str(file), verbosity=0)
    assert Section.objects.get().title_en == "New"


def test_a_mistake_in_another_format_is_a_sentence_too(db, tmp_path):
    file = tmp_path / "bad.jsonl"
    file.write_text(json.dumps(note()), "utf-8")
    with pytest.raises(CommandError, match=r"bad\.jsonl.*note_belongs_somewhere"):
        call_command("loaddata", str(file), verbosity=0)


def test_other_apps_refer_forward_across_files(db, tmp_path):
    group = Group.objects.create(name="Readers")
    user = node("auth.user", username="li", groups=[["Readers"]])
    (tmp_path / "users.json").write_text(json.dumps([user]), "utf-8")
    (tmp_path / "groups.json").write_text(json.dumps([node("auth.group", name="Readers")]), "utf-8")
    group.delete()
    files = [str(tmp_path / "users.json"), str(tmp_path / "groups.json")]
    call_command("loaddata", *files, verbosity=0)
    assert Group.objects.get(name="Readers").user_set.get().username == "li"
