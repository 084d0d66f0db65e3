"""The words that were looked for are marked, and nothing else becomes HTML."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.search.language import parse
from papers.search.marking import BEFORE, EXCERPT, Sought, excerpt, mark
from tests import make
from tests.timing import check_grows_in_proportion


def marked(text, query, column="", *, typing=False):
    return mark(text, Sought.of(parse(query, typing=typing), column))


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("Graph networks", "graph", "[Graph] networks"),
        ("Graph networks", "networks of graphs", "[Graph] [networks]"),
        ("Graph networks", "-graph networks", "Graph [networks]"),
        ("Paragraphs", "graph", "Paragraphs"),
        ("Pre-training", "pretraining", "[Pre-training]"),
        ("Pre-training", "pre-training", "[Pre-training]"),
        ("Pre-training", "training", "Pre-[training]"),
        ("Pretraining", "pre-training", "[Pretraining]"),
        ("A naïve café", "naive cafe", "A [naïve] [café]"),
        ("Modern C++, C and C#", "c++", "Modern [C++], C and C#"),
        ("Modern C++, C and C#", "c", "Modern C++, [C] and C#"),
        ("GPT-4 and GPT4", "gpt4", "[GPT-4] and [GPT4]"),
        ("α and $\\alpha$", "alpha", "[α] and $\\[alpha]$"),
        ("大模型训练", "模型", "大[模型]训练"),
        ("大模型训练", "训练 大", "[大]模型[训练]"),
        ("大模型训练", "模 模型 模型训 模型训练", "大[模型训练]"),
        ("BERT模型", "模型", "BERT[模型]"),
        ("用BERT做检索", "bert 检索", "用[BERT]做[检索]"),
        ("用BERT模型", '"BERT模型"', "用[BERT][模型]"),
        ("ディープ・ラーニング", "ラーニング", "ディープ・[ラーニング]"),
        ("<b>Graph</b> & 'x'", "graph", "&lt;b&gt;[Graph]&lt;/b&gt; &amp; &#x27;x&#x27;"),
        ("<script>alert(1)</script>", "script", "&lt;[script]&gt;alert(1)&lt;/[script]&gt;"),
        ("a &amp; b", "amp", "a &amp;[amp]; b"),
    ],
)
def test_what_is_marked(text, query, expected):
    expected = expected.replace("[", "<mark>").replace("]", "</mark>")
    assert marked(text, query) == expected


def test_the_beginning_of_a_word_is_marked_while_typing():
    assert marked("Graph learning", "learn") == "Graph learning"
    assert marked("Graph learning", "learn", typing=True) == "Graph <mark>learning</mark>"


def test_what_was_looked_for_among_authors_is_not_marked_in_a_title():
    assert marked("He et al.", "author:he", "title") == "He et al."
    assert marked("He et al.", "title:he", "title") == "<mark>He</mark> et al."


def test_an_excerpt_stands_around_the_first_word():
    text = "before " * 100 + "the retrieval of things " + "after " * 100
    found = excerpt(text, Sought.of(parse("retrieval")))
    assert re.fullmatch(r"… (before )+the <mark>retrieval</mark> of things (after )+…", found), (
        found
    )
    assert len(found) < EXCERPT + 30
    assert found.index("<mark>") <= BEFORE + 2
    assert excerpt(text, Sought.of(parse("nothing"))) == ""
    assert excerpt("Short retrieval.", Sought.of(parse("retrieval"))) == (
        "Short <mark>retrieval</mark>."
    )


words = st.sampled_from(
    [
        *("<b>", "</mark>", "<mark>", "&amp;", "&", '"', "'", "graph", "Graphs", "pre-training"),
        *(
            "模型",
            "BERT模型",
            "C++",
            "\\alpha",
            "$",
            "é",
            "e\u0301",
            "ﾞ",
            "・",
            "ﷺ",
            "🔥",
            "\0",
            " ",
        ),
        *("İ", "ß", "a" * 300, "模" * 300, "’s", "-", ".", " "),
    ]
)
texts = st.lists(words | st.text(max_size=5), max_size=30).map("".join)


@given(texts, texts, st.booleans())
def test_without_its_marks_it_is_the_escaped_text(text, query, typing):
    found = marked(text, query, typing=typing)
    assert re.sub("</?mark>", "", found) == html.escape(text)
    assert re.fullmatch(r"([^<>]|<mark>[^<>]+</mark>)*", found, re.DOTALL)


@given(texts.map(lambda text: text * 5), texts, st.booleans())
def test_an_excerpt_is_an_escaped_piece_of_the_text(text, query, typing):
    found = excerpt(text, Sought.of(parse(query, typing=typing)))
    if not found:
        return
    piece = html.unescape(re.sub("</?mark>", "", found))
    assert re.fullmatch(r"([^<>]|<mark>[^<>]+</mark>)*", found, re.DOTALL)
    assert any(
        piece.removeprefix(before).removesuffix(after) in text
        for before in ("", "… ")
        for after in ("", " …")
    )


@pytest.mark.django_db
def test_a_hostile_title_stays_text_on_the_page(visitor):
    make.paper(title='<script>alert("graph")</script>')
    make.paper(title="Other", abstract="<img src=x onerror=alert(1)> of graph")
    page = visitor.get("/papers/?q=graph").content.decode()
    assert "&lt;script&gt;alert(&quot;<mark>graph</mark>&quot;)&lt;/script&gt;" in page
    assert "&lt;img src=x onerror=alert(1)&gt; of <mark>graph</mark>" in page
    assert "<img src=x" not in page


@pytest.mark.parametrize("piece", ["a", "a-", "模", "graph ", "<", "模a", "-", "é"])
def test_a_long_text_is_marked_in_time_that_grows_with_it(piece):
    sought = Sought.of(parse("graph 模型 a-b"))
    check_grows_in_proportion(lambda number: mark(piece * number, sought), 1_000, 8_000)
