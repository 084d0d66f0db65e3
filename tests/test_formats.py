"""The table of formats, and how one is told from another."""

import pytest
from django.conf import settings

from papers.formats import FORMATS, guess
from papers.records import Record
from tests.timing import check_grows_in_proportion

SAMPLES = {
    "markdown": "# A list\n\n- [A title](https://arxiv.org/abs/1706.03762)\n",
    "bibtex": "Exported by hand.\n\n@article{key, title = {A title}}\n",
    "ris": "\ufeffTY  - JOUR\nTI  - A title\nER  - \n",
    "csl": '[\n {"type": "article-journal", "title": "A title"}\n]\n',
    "csv": "\ufeffTitle;Authors;Year\nA title;Ann Bee;2020\n",
    "jsonl": '{"type":"paper","title":"A title"}\n{"type":"paper","title":"Another"}\n',
    "ids": "1706.03762\nhttps://doi.org/10.1000/182\n",
}
#: What the first paper of a sample is called, where the format can say so.
TITLES = {name: "" if name == "ids" else "A title" for name in SAMPLES}


@pytest.mark.parametrize(("name", "text"), SAMPLES.items())
def test_a_format_is_told_from_its_text_and_reads_it(name, text):
    assert guess(text) == name
    record = next(item for item in FORMATS[name].read(text) if isinstance(item, Record))
    assert record.title == TITLES[name]


def test_every_format_has_a_sample():
    assert SAMPLES.keys() == FORMATS.keys()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("", "markdown"),
        ('{"title": "One CSL object", "type": "book"}', "csl"),
        ('{"items": []}', "csl"),
        ('{"type": ["paper"], "title": "x"}', "csl"),
        ("{" * 100_000, "markdown"),
        ("Write to me@example.org (or not).", "markdown"),
        ("标题,作者,年份\n注意力,张三,2017\n", "csv"),
        ("title\tdoi\r\nA title\t10.1000/x\r\n", "csv"),
        ("sep=;\nTitle;Link\nA;https://example.org/\n", "csv"),
        ("My list,,\ntitle,year,url\nA title,2017,\n", "csv"),
        ("title,authors\n", "csv"),
        ("| Title | Authors | Year |\n|---|:-:|---|\n| A | B | 2017 |\n", "markdown"),
        ("Title | Authors\n--- | ---\nA | B\n", "markdown"),
        ("Papers, code, and some data for those who like to read.\n\n- A, b, c\n", "markdown"),
        ("Paper, code and links\n\n- A, b, c\n", "markdown"),
        ("Title: A paper, authors: many, year: 2017\n", "markdown"),
        ("- Paper: key, title, authors, year, venue\n- Entry: section, paper\n", "markdown"),
        ("## Words\n\nPaper, title, authors, year, links\n", "markdown"),
        ("#,Title,Authors,Year\n1,A title,B,2017\n", "csv"),
        ("title\nA title\n", "markdown"),
        ("# A list\n\n```bibtex\n@article{key, title = {Our survey}}\n```\n\n- A\n", "markdown"),
        ("Here you are:\n\n```bibtex\n@article{key, title = {A title}}\n```\n", "bibtex"),
        ("# Mine\n\n@book{a, title = {A}}\n@book{b, annote = {\n- Good.\n}}\n", "bibtex"),
        ('title,year,bibtex\nA,2017,"\n@article{a, title = {A}}"\n', "csv"),
        ("@article{key, title = {A title}, author = {B}, year = 2017}\n", "bibtex"),
    ],
)
def test_what_is_easily_mistaken(text, name):
    assert guess(text) == name


@pytest.mark.parametrize("name", [name for name in FORMATS if hasattr(FORMATS[name], "write")])
def test_what_a_format_writes_it_reads(name):
    written = "".join(
        FORMATS[name].write([Record(title="论文 & Title", authors=["Ann Bee"], year=2020)])
    )
    assert guess(written) == name
    (record,) = (i for i in FORMATS[name].read(written) if isinstance(i, Record))
    assert (record.title, record.authors, record.year) == ("论文 & Title", ["Ann Bee"], 2020)


def test_published_lists_are_told_to_be_markdown():
    lists = sorted((settings.BASE_DIR.parent / "shared/lists/dev").glob("*.md"))
    if not lists:
        pytest.skip("The lists of the benchmark are not beside the repository.")
    texts = {path.name: path.read_text(encoding="utf-8") for path in lists}
    assert [name for name, text in texts.items() if guess(text) != "markdown"] == []


@pytest.mark.parametrize(
    "unit",
    [
        "\n",
        " ",
        "\t\n",
        "- ",
        "#",
        "@a",
        "TY",
        "|",
        "a,",
        "{",
        "[",
        "10.1/",
        "https://",
        "\u3000\n",
    ],
)
@pytest.mark.parametrize("head", ["", "# List of papers\n", "a, b\n"])
def test_guessing_takes_time_that_grows_with_the_text_only(head, unit):
    check_grows_in_proportion(lambda count: guess(head + unit * count), 2_000, 16_000, floor=0.01)
