"""BibTeX goes out as every program reads it, and is the same when it comes back."""

import re
import unicodedata
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from papers.formats import bibtex, names
from papers.records import KINDS, Problem, Record, SectionRecord


def written(*items):
    return "".join(bibtex.write(items))


def test_a_preprint_is_written_as_arxiv_does():
    text = written(
        Record(
            title="GPT-3 & 100% of $\\ell_1$",
            authors=["Ada Lovelace", "Łukasz Kaiser", "DeepSeek-AI"],
            authors_incomplete=True,
            year=2020,
            published_on=date(2020, 5, 28),
            kind="preprint",
            key="lovelace2020gpt3",
            arxiv_id="2005.14165",
            arxiv_version=4,
            arxiv_category="cs.CL",
            url="https://arxiv.org/abs/2005.14165",
        )
    )
    assert text == (
        "@misc{lovelace2020gpt3,\n"
        r"  title = {{GPT-3} \& 100\% of {$\ell_1$}}," + "\n"
        r"  author = {Ada Lovelace and Kaiser, {\L}ukasz and {DeepSeek-AI} and others}," + "\n"
        "  year = {2020},\n"
        "  month = may,\n"
        "  day = {28},\n"
        "  version = {4},\n"
        "  eprint = {2005.14165},\n"
        "  archivePrefix = {arXiv},\n"
        "  primaryClass = {cs.CL},\n"
        "  url = {https://arxiv.org/abs/2005.14165},\n"
        "}\n\n"
    )


@pytest.mark.parametrize(
    ("kind", "venue", "start", "field"),
    [
        ("article", "Nature", "@article{", "journal = {Nature}"),
        ("conference", "Proc. X", "@inproceedings{", "booktitle = {Proc. X}"),
        ("report", "MIT", "@techreport{", "institution = {MIT}"),
        ("thesis", "MIT", "@phdthesis{", "school = {MIT}"),
        ("chapter", "A Book", "@incollection{", "booktitle = {A Book}"),
        ("book", "A Series", "@book{", "series = {A Series}"),
        ("other", "A Blog", "@misc{", "howpublished = {A Blog}"),
        ("", "Advances in Neural Information Processing Systems", "@inproceedings{", "booktitle"),
        ("", "Transactions of the ACL", "@article{", "journal"),
        ("", "Proceedings of the National Academy of Sciences", "@article{", "journal"),
        ("", "OpenAI technical report", "@techreport{", "institution"),
        ("", "PhD thesis, MIT", "@phdthesis{", "school"),
        ("", "", "@misc{", "title"),
    ],
)
def test_the_type_follows_from_kind_or_venue(kind, venue, start, field):
    text = written(Record(title="T", kind=kind, venue=venue, key="k"))
    assert text.startswith(start)
    assert field in text


def test_keys_are_written_once():
    text = written(*[Record(title="T", key=key) for key in ("k", "K", "k", "k-2", "")])
    assert re.findall(r"@misc\{(.*),", text) == ["k", "K-2", "k-3", "k-2-2", "t"]


def test_sections_are_no_entries():
    assert written(SectionRecord(path=("A",)), Problem(reason="x")) == ""


def test_writing_streams():
    def endless():
        while True:
            yield Record(title="T", key="k")

    stream = bibtex.write(endless())
    assert next(stream).startswith("@misc{k,")
    assert next(stream).startswith("@misc{k-2,")


@pytest.mark.parametrize(
    ("name", "author"),
    [
        ("Ludwig van Beethoven", "Ludwig van Beethoven"),
        ("Carlos de la Vega III", "de la Vega, III, Carlos"),
        ("İpek Åström", r"{\r{A}}str{\"o}m, {\.I}pek"),
        ("Ngô Đức Thắng", r"Thắng, Ng{\^o} {\DJ}ức"),
        ("Ana de la Álava", r"de la {\'A}lava, Ana"),
        ("Qwen Team", "{Qwen Team}"),
        ("Barnes and Noble, Inc.", "{Barnes and Noble, Inc.}"),
        ("张三", "张三"),
    ],
)
def test_names_are_written_so_that_no_program_turns_them(name, author):
    record = Record(title="T", authors=[name])
    assert f"author = {{{author}}}" in written(record)
    assert next(bibtex.read(written(record))).authors == [name]


def test_a_paper_without_authors_has_something_to_sort_by():
    assert "key = {A Title}" in written(Record(title="A Title"))


def test_a_published_paper_is_not_said_to_have_appeared_when_its_preprint_did():
    text = written(
        Record(title="T", kind="conference", venue="X", year=2019, published_on=date(2018, 10, 11))
    )
    assert "month" not in text
    assert "origdate = {2018-10-11}" in text


# --- Round trips ---


def one_line(text):
    return " ".join(unicodedata.normalize("NFC", text).split())


signs = st.one_of(
    st.sampled_from("\\{}$%&#_~^-–—'`\"?!<>;,@= aBCé中ű"),
    st.characters(exclude_categories=["Cs", "Cc"]),
)
texts = st.text(signs, max_size=40).map(one_line)
people = st.one_of(
    st.sampled_from(
        [
            *("Ada Lovelace", "Łukasz Kaiser", "张三", "Ludwig van Beethoven", "Sammy Davis Jr."),
            *("DeepSeek-AI", "Barnes and Noble, Inc.", "Qwen Team", "Carlos de la Vega III"),
            *("bell hooks", "Doe and others", "Ng, A.", "The ATLAS Collaboration"),
        ]
    ),
    texts,
).filter(lambda name: re.search(r"\w", name) and names.without_others(name)[0])
words = st.sampled_from(["", "Nature", "Proceedings of X & Y", "期刊", "A {Venue} 50%", "École"])


@st.composite
def cited(draw):
    """A Record of what BibTeX can say."""
    kind = draw(st.sampled_from(KINDS))
    authors = draw(st.one_of(st.lists(people, max_size=4), st.lists(people, max_size=200)))
    record = Record(
        title=draw(texts.filter(bool)),
        authors=authors,
        authors_incomplete=draw(st.booleans()),
        year=draw(st.one_of(st.none(), st.integers(1500, 2100))),
        kind=kind,
        venue=draw(words),
        volume=draw(st.sampled_from(["", "1", "12B"])),
        issue=draw(st.sampled_from(["", "7", "1-2"])),
        pages=draw(st.sampled_from(["", "5998-6008", "31.1-31.18", "e12", "1-2, 4"])),
        key="key",
        doi=draw(st.sampled_from(["", "10.1000/x_y(1)<2>%3"])),
        url=draw(
            st.sampled_from(["", "https://example.org/a_b?c=%20&d#~e", "https://例子.中国/中"])
        ),
        abstract=draw(texts),
        language=draw(st.sampled_from(["", "en", "zh-hans", "de", "zh-hant"])),
        published_on=draw(st.one_of(st.none(), st.dates(date(1500, 1, 1)))),
    )
    # An institution alone may be either; where a paper is on arXiv, "other" is a preprint.
    record.publisher = draw(words) if record.venue or kind not in {"report", "thesis"} else ""
    if kind not in {"other", "article", "report"}:
        record.arxiv_id = draw(st.sampled_from(["", "1706.03762", "cs/0112017"]))
        record.arxiv_category = "cs.CL" if record.arxiv_id else ""
        record.arxiv_version = draw(st.sampled_from([None, 7])) if record.arxiv_id else None
    return record


@settings(max_examples=150, deadline=None)
@given(st.lists(cited(), max_size=3))
@example([Record(title="a", kind="preprint", key="key", authors=["A"] * 200)])
def test_what_was_written_is_read_again(items):
    for number, item in enumerate(items):
        item.key = f"key{number}"
    again = list(bibtex.read("".join(bibtex.write(items))))
    for record in again:
        assert isinstance(record, Record)
        record.line = None
    assert again == items
