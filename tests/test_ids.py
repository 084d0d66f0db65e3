"""Lists of bare identifiers: whatever somebody has copied together, one or many a line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.formats import guess, ids
from papers.records import Problem, Record
from tests.timing import check_takes_less_than

from .citations import JUMBLES

ARXIV = Record(arxiv_id="1706.03762", line=1)
DOI = Record(doi="10.1000/x", line=1)


def read(text):
    return list(ids.read(text))


@pytest.mark.parametrize(
    ("text", "record"),
    [
        ("1706.03762", ARXIV),
        ("arXiv: 1706.03762", ARXIV),
        ("https://huggingface.co/papers/1706.03762", ARXIV),
        ("[1706.03762](https://arxiv.org/abs/1706.03762)", ARXIV),
        ("10.48550/arXiv.1706.03762", ARXIV),
        (
            "arXiv:1706.03762v5 [cs.CL] 6 Dec 2017",
            Record(arxiv_id="1706.03762", arxiv_version=5, arxiv_category="cs.CL", line=1),
        ),
        ("doi 10.1000/X", DOI),
        ("<https://doi.org/10.1000/x>.", DOI),
        ("10.1016/s0004-3702(86)90031-7", Record(doi="10.1016/s0004-3702(86)90031-7", line=1)),
        ("10.1000/x;y,z", Record(doi="10.1000/x;y,z", line=1)),
        (
            "p19-1001",
            Record(acl_id="P19-1001", url="https://aclanthology.org/P19-1001", line=1),
        ),
        *(
            (
                text,
                Record(
                    openreview_id="B1QRgziT-",
                    url="https://openreview.net/forum?id=B1QRgziT-",
                    line=1,
                ),
            )
            for text in (
                "https://openreview.net/pdf?id=B1QRgziT-&noteId=1#all",
                "OpenReview: B1QRgziT-",
            )
        ),
        *(
            (text, Record(url=url, line=1))
            for text, url in (
                ("PMID: 31452104", "https://pubmed.ncbi.nlm.nih.gov/31452104"),
                ("PMC7029759", "https://pmc.ncbi.nlm.nih.gov/articles/PMC7029759"),
                ("CorpusID:13756489", "https://api.semanticscholar.org/CorpusID:13756489"),
                (
                    "proceedings.mlr.press/v97/tan19a.html",
                    "https://proceedings.mlr.press/v97/tan19a.html",
                ),
                ("(https://example.org/a,b.pdf),", "https://example.org/a,b.pdf"),
            )
        ),
    ],
)
def test_an_identifier_of_any_kind_and_shape_becomes_a_record(text, record):
    assert read(text) == [record]


@pytest.mark.parametrize(
    "text",
    [
        *("- 1706.03762 10.1000/x", "* [ ] 1706.03762, 10.1000/x", "3) 1706.03762; 10.1000/x"),
        *("[12] 1706.03762|10.1000/x", "（1706.03762、10.1000/x）", "1、1706.03762，10.1000/x"),
        *("1706.03762,10.1000/x # both of them", "10.1000/x;arXiv:1706.03762 and 10.1000/X"),
        *("arxiv_id: 1706.03762 doi: 10.1000/x", "> – 1706.03762 – 10.1000/x"),
        "1706.03762\thttps://arxiv.org/pdf/1706.03762\thttps://doi.org/10.1000/x",
    ],
)
def test_many_stand_in_a_line_however_they_are_parted_and_each_counts_once(text):
    assert sorted(map(str, read(text))) == sorted(map(str, [ARXIV, DOI]))


def test_comments_blank_lines_and_headings_of_columns_say_nothing():
    found = read("# To read\n\ndoi\n10.1000/x#frag # why\n   # more\n---\n\r\nURL:\n")
    assert found == [Record(doi="10.1000/x#frag", line=4)]


def test_the_same_identifier_in_two_lines_is_told_twice():
    assert [record.line for record in read("1706.03762\n1706.03762v2\n")] == [1, 2]


def test_what_is_no_identifier_is_named_with_its_line():
    reason = "This is no identifier of a paper, and no address."
    assert read("1706.03762\nSome words, 5\n\n1713.03762 10.1000/x\n") == [
        ARXIV,
        Problem(reason=reason, line=2, text="Some words, 5"),
        Record(doi="10.1000/x", line=4),
        Problem(reason=reason, line=4, text="1713.03762"),
    ]


def test_words_beside_an_identifier_are_no_loss():
    record, problem = read("- Attention Is All You Need 1706.03762")
    assert record == ARXIV
    assert (problem.text, problem.lost) == ("Attention Is All You Need", False)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("1706.03762", "ids"),
        ("\ufeff# my list\r\n- 1706.03762\r\n- 10.1000/x\r\n- no idea\r\n", "ids"),
        ("https://arxiv.org/abs/1706.03762\nhttps://openreview.net/forum?id=B1QRgziT-", "ids"),
        ("10.1000/x, 10.1000/y; 10.1000/z", "ids"),
        # Sections are worth keeping.
        ("# Mine\n\n- https://arxiv.org/abs/1706.03762\n", "markdown"),
        ("## Mine\n\nhttps://arxiv.org/abs/1706.03762\n", "markdown"),
        ("Attention Is All You Need https://arxiv.org/abs/1706.03762", "markdown"),
        ("- [Attention](https://arxiv.org/abs/1706.03762)\n", "markdown"),
        ("https://example.org/\nhttps://example.org/about", "markdown"),
        ("In 1706.03762 we read of attention.\n", "markdown"),
    ],
)
def test_a_list_is_told_from_its_lines(text, name):
    assert guess(text) == name


@given(JUMBLES | st.text("10./xv,; #-\n[]()"))
def test_any_text_gives_records_or_problems(text):
    for item in read(text):
        assert isinstance(item, Record | Problem)
        assert item.line
        if isinstance(item, Record):
            assert item.url or item.arxiv_id or item.doi


@pytest.mark.parametrize(
    "piece", ["a,", "1706.03762,", "- ", "[1] ", "# a\n", " ", "doi ", "(", "10.1000/", "]("]
)
def test_time_is_linear(piece):
    text = piece * (50_000 // len(piece))
    check_takes_less_than(8, lambda: (read(text), guess(text)))
