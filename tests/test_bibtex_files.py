"""Files of BibTeX, whole, broken or hostile: what is good comes in, what is not is said."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papers.formats import bibtex
from papers.records import Problem, Record
from tests.timing import check_grows_in_proportion


def records(text):
    return [item for item in bibtex.read(text) if isinstance(item, Record)]


def problems(text):
    return [item for item in bibtex.read(text) if isinstance(item, Problem)]


def only(text):
    """The record of a text that has one and nothing to complain of."""
    (record,) = bibtex.read(text)
    return record


def test_strings_are_put_in():
    (record,) = records(
        """@string(nat = "Nature") @string{ext = nat # { Extended}}
        @preamble{"\\newcommand{\\x}{y}"}
        @comment{jabref-meta: @databaseType:bibtex;}
        @article{k, title = {A } # "B", journal = EXT, year = 19 # 99, publisher = unknown}
        """
    )
    assert (record.title, record.venue, record.year) == ("A B", "Nature Extended", 1999)
    assert record.publisher == "unknown"


@pytest.mark.parametrize("parent_first", [True, False])
def test_what_an_entry_lacks_comes_from_its_crossref(parent_first):
    child = "@inproceedings{c, title={The Child}, author={A B}, pages={1-2}, crossref={P}}\n"
    parent = (
        "@proceedings{p, title={Proc. of X}, editor={E F}, year=2001, publisher={Pub},\n"
        " url={https://example.org/p}, doi={10.1000/p}}\n"
    )
    found = {r.key: r for r in records(parent + child if parent_first else child + parent)}
    assert found["c"].venue == "Proc. of X"
    assert found["c"].title == "The Child"
    assert (found["c"].year, found["c"].publisher) == (2001, "Pub")
    assert (found["c"].url, found["c"].doi) == ("", "")
    assert (found["p"].kind, found["p"].authors) == ("book", ["E F"])


def test_a_crossref_that_leads_nowhere_is_said():
    text = "@inproceedings{c, title={The Child}, crossref={nobody}}"
    assert records(text)[0].title == "The Child"
    assert "nobody" in problems(text)[0].reason


def test_xdata_is_inherited_and_no_paper():
    (record,) = records(
        "@book{b, title={T}, xdata={x, nobody}}\n@xdata{x, title={U}, publisher={Pub}, year=2001}"
    )
    assert (record.title, record.publisher, record.year) == ("T", "Pub", 2001)


def test_comments_between_fields_are_left_out():
    record = only(
        """@misc{k, % one, {
        % author = {No Body},
        title = {50% of A}, % } two
        year = {2001} % three
        }"""
    )
    assert (record.title, record.authors, record.year) == ("50% of A", [], 2001)


def test_both_papers_of_one_key_come_in():
    text = "@misc{k, title={One}}\n\n@misc{k, title={Two}}"
    assert [r.title for r in records(text)] == ["One", "Two"]
    (problem,) = problems(text)
    assert (problem.line, problem.lost) == (3, False)
    assert "line 1" in problem.reason


@pytest.mark.parametrize(
    ("key", "read"),
    [
        ("DBLP:conf/nips/VaswaniSPUJGKP17", "DBLP:conf/nips/VaswaniSPUJGKP17"),
        (r"labb{\'e}2022", "labbe2022"),
        ("eßer2024", "esser2024"),
        ("a key with spaces", "akeywithspaces"),
        ("1234", "1234"),
        ("张三2020", ""),
    ],
)
def test_keys_come_in_as_they_can_be_cited(key, read):
    assert only(f"@misc{{{key}, title={{T}}}}").key == read


GOOD = "@misc{{{0}, title = {{Good {0}}}}}\n"


@pytest.mark.parametrize(
    "broken",
    [
        "@article{b, title = {Broken}, abstract = {never {closed\n}\n",
        "@article{b, title = {Broken}, abstract = {\n\n",
        "@article{b,\n title = {Broken {half},\n author = {A B},\n year = 2000\n}\n",
        '@article{b,\n title = {Broken},\n note = "the "best" one",\n year = 2000\n}\n',
        "@article{b title = {Broken}, year = 2000}\n",
        "@article{b,\n title = {Broken}\n year = 2000\n}\n",
        "@article{title = {Broken}, year = 2000}\n",
        "@article{b,\n title = {Broken},\n journal {Nature},\n year = 2000\n}\n",
        "@article{b,\n title = {Broken}},\n year = 2000\n}\n",
        "@article{b, title = {Broken}, year = 2000\n\n",
    ],
)
def test_an_entry_with_a_fault_comes_in_and_the_fault_is_said(broken):
    text = GOOD.format("a") + "\n" + broken + GOOD.format("c")
    found = records(text)
    assert [r.title for r in found][::2] == ["Good a", "Good c"]
    assert found[1].title in {"Broken", "Broken half"}
    assert found[1].year in {2000, None}
    (problem,) = problems(text)
    assert (problem.line, problem.lost) == (3, False)
    assert problem.text.startswith("@article{")
    assert found[1].line == 3


@pytest.mark.parametrize(
    "broken",
    [
        "@article{b}\n",
        "@article{b,\n year = 2000\n}\n",
        "@article{\n",
        "@article{b, title {Broken}, year = 2000}\n",
        "@article{b, title = , year = 2000}\n",
        "@article(b, journal = {x\n",
    ],
)
def test_an_entry_without_a_title_is_reported_between_good_ones(broken):
    text = GOOD.format("a") + "\n" + broken + GOOD.format("c")
    assert [r.title for r in records(text)] == ["Good a", "Good c"]
    (problem,) = problems(text)
    assert (problem.line, problem.lost) == (3, True)
    assert "no title" in problem.reason


def test_an_identifier_is_enough():
    text = "@misc{k, eprint = {1706.03762}}"
    assert records(text)[0].arxiv_id == "1706.03762"
    assert not problems(text)[0].lost


def test_a_truncated_file_gives_what_is_whole():
    text = "".join(GOOD.format(name) for name in "abcdefgh")
    for end in range(len(text)):
        whole = text[:end].count("}\n")
        assert len(records(text[:end])) >= whole


@pytest.mark.parametrize(
    "text",
    [
        "@misc{a, title={A}}@misc{b, title={B}} @misc(c, title={C})",
        "Of me@a.org{x}.\n@misc{a,title={A}} % @misc{x,\n@misc{b,title={B}}@misc{c,title={C}}",
        "@misc\n{a ,TITLE\n=\n{A}\n,}\n@ misc{b,title={B}}\n  @MISC {\nc\n,title={C}}",
        "\ufeff@misc{a, title={A}}\r\n@misc{b, title={B}}\r@misc{c, title={C}}",
        '@misc{a, title={{{{{{A}}}}}}}\n@misc{b, title = "{B}", , }\n@misc{c, title="C", x={\\}}}',
        "@misc{a, title={A}, note={@ {x} @misc}@misc{b, title={B}}@misc{c, title={C}, note={@}}",
        "@misc{a, title={A}, note={open @misc{b, title={B}} @misc{c, title={C}, note={open",
    ],
)
def test_entries_are_found_wherever_they_begin(text):
    found = records(text)
    assert [r.title for r in found] == ["A", "B", "C"]
    assert [r.key for r in found] == ["a", "b", "c"]


def test_a_line_of_text_is_no_bibtex():
    assert list(bibtex.read("")) == []
    assert list(bibtex.read("Attention is all you need, me@example.org")) == []


ODD = st.text(
    st.one_of(
        st.sampled_from('@@@{{{}}}()"",,==##\\\\%$\n\n  abx1é中'),
        st.characters(exclude_categories=["Cs"]),
    )
)
SCRAPS = st.sampled_from(
    [
        *(
            "@article{",
            "@misc(",
            "@string{",
            "@comment{",
            "@inproceedings{key,\n",
            "title = {",
            "%",
        ),
        *(
            "author = ",
            "crossref = {k}",
            "and ",
            "{\\'e}",
            "\\url{",
            "year = 2020,\n",
            "}\n",
            "},\n",
        ),
        *(
            '"',
            "eprint = {",
            "1706.03762",
            "doi = {10.1000/x}",
            "month = 3 # jan",
            "k, ",
            "family=",
        ),
    ]
)
OPENING = re.compile(
    r"^[ \t]*@[ \t]*(?!comment|string|preamble|xdata)[A-Za-z][\w-]*\s*[{(]",
    re.MULTILINE | re.IGNORECASE,
)


@settings(max_examples=400)
@given(st.lists(st.one_of(SCRAPS, ODD), max_size=40).map("".join))
def test_no_text_stops_reading(text):
    items = list(bibtex.read(text))
    told = [item for item in items if isinstance(item, Record) or item.lost]
    assert len(told) >= len(OPENING.findall(text))
    "".join(bibtex.write(items))


@pytest.mark.parametrize(
    "unit",
    [
        *(
            "@a{b,c={",
            "@misc{b,c={",
            "@misc{b,title={x}}",
            "@misc{b,title={x},",
            "@a{",
            "@misc{b,\n",
        ),
        *("{", "}", "@", '"', "\n", " ", ",", "\\{", "a={\n", "\na = {", "@string{a = a # a}"),
        *("@comment{", "@misc{a,author={a and b, ", "@misc{a,title={x}, crossref={a}}\n"),
    ],
)
@pytest.mark.parametrize("head", ["", "@misc{k, author = {", "@misc{k, title = {x}, note = {x},\n"])
def test_time_grows_with_the_text_only(head, unit):
    check_grows_in_proportion(lambda count: list(bibtex.read(head + unit * count)), 2_000, 16_000)


def test_strings_cannot_grow_without_end():
    doubled = "\n".join(f"@string{{a{i + 1} = a{i} # a{i}}}" for i in range(60))
    text = f"@string{{a0 = {{aaaaaaaaaaaaaaaa}}}}\n{doubled}\n@misc{{k, title = a60}}"
    assert len(only(text).title) <= 1000
