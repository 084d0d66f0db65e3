"""What a reader typed means something, whatever it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.search.language import (
    LONGEST,
    MOST_TERMS,
    Condition,
    Term,
    Years,
    loosened,
    parse,
)
from tests.timing import check_takes_less_than


def ways(text, **said):
    return [term.ways for term in parse(text, **said).terms]


def test_each_word_must_be_there():
    assert ways("Graph networks") == [
        (("graph",), ("graphnetwork",)),
        (("network",), ("graphnetwork",)),
    ]


def test_a_phrase_is_words_in_a_row():
    assert ways('"graph neural networks"') == [(("graph", "neural", "network"),)]


def test_a_compound_is_looked_for_in_each_spelling():
    assert ways("pre-training") == [(("pre", "training"), ("pretraining",))]
    assert all(("pretraining",) in found for found in ways("pre training"))
    assert ways("pretraining") == [(("pretraining",),)]
    assert ways("GPT-4") == [(("gpt", "4"), ("gpt4",))]


def test_the_words_of_a_phrase_and_of_two_fields_are_not_joined():
    assert ways('"fine" tuning') == ways("fine tuning")
    assert ways("title:fine author:tuning") == [(("fine",),), (("tuning",),)]
    assert ways("fine -tuning") == [(("fine",),), (("tuning",),)]


def test_without():
    (one, other) = parse("graph -neural").terms
    assert (one.negative, other.negative) == (False, True)
    assert parse('-"graph network"').terms == [
        Term((("graph", "network"),), negative=True, text='"graph network"')
    ]
    (term,) = parse("-a/b").terms
    assert (term.ways, term.negative) == ((("a", "b"),), True)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("author:he", "authors"),
        ("authors:he", "authors"),
        ("AUTHOR: he", "authors"),
        ("作者:he", "authors"),
        ("作者：he", "authors"),
        ("title:he", "title"),
        ("标题：he", "title"),
        ("题目：he", "title"),
        ("-title:he", "title"),
    ],
)
def test_a_word_of_one_field(text, field):
    (term,) = parse(text).terms
    assert (term.field, term.ways) == (field, (("he",),))
    assert term.negative == text.startswith("-")


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("tag:vision", Condition("tag", "vision")),
        ("标签：视觉", Condition("tag", "视觉")),
        ('section:"Language models"', Condition("section", "Language models")),
        ("topic:vision", Condition("section", "vision")),
        ("分类：视觉", Condition("section", "视觉")),
        ("venue:NeurIPS", Condition("venue", "NeurIPS")),
        ("会议：ICML", Condition("venue", "ICML")),
        ("-venue:ICML", Condition("venue", "ICML", negative=True)),
    ],
)
def test_conditions_narrow_the_list(text, condition):
    query = parse(f"graph {text}")
    assert query.conditions == [condition]
    assert len(query.terms) == 1


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("year:2019", Years(2019, 2019)),
        ("year:2019..2021", Years(2019, 2021)),
        ("year:2019-2021", Years(2019, 2021)),
        ("year:2019–2021", Years(2019, 2021)),
        ("year:2019..", Years(2019, None)),
        ("year:..2021", Years(None, 2021)),
        ("year:２０１９", Years(2019, 2019)),
        ('year:"2019"', Years(2019, 2019)),
        ("-year:2019", Years(2019, 2019, negative=True)),
        ("年份：2019", Years(2019, 2019)),
    ],
)
def test_years(text, years):
    assert parse(text).years == [years]


@pytest.mark.parametrize("text", ["year:soon", "year:..", "year:19", "year:20190", "year:2019..x"])
def test_what_is_no_year_is_said_back(text):
    query = parse(text)
    assert (query.years, query.not_years) == ([], [text.removeprefix("year:")])


@pytest.mark.parametrize(
    "text", ["", " ", '"', '""', "-", '-"', "author:", "author: ", "year:", "tag:", '-tag:""', "“”"]
)
def test_half_of_something_asks_for_nothing(text):
    query = parse(text, typing=True)
    assert not (query.terms or query.conditions or query.years or query.not_years)


def test_a_phrase_that_is_not_closed_goes_on_to_the_end():
    assert ways('"graph network') == [(("graph", "network"),)]
    assert ways("“graph network”") == ways("「graph network」") == [(("graph", "network"),)]


def test_the_last_word_is_unfinished_only_while_typing():
    assert ways("learni") == [(("learni",),)]
    assert ways("learni", typing=True) == [(("learni",), ("learni*",))]
    assert ways("learni ", typing=True) == [(("learni",),)]
    assert ways('"learni"', typing=True) == [(("learni",),)]
    assert ways("-learni", typing=True) == [(("learni",),)]
    assert ways("le", typing=True) == [(("le",),)]
    assert ways("deep-le", typing=True)[0][2:] == (("deep", "le*"), ("deeple*",))
    assert ways("learni deep", typing=True)[0][0] == ("learni",)


def test_chinese_is_looked_for_in_a_row_and_one_character_by_itself():
    assert ways("模型训练") == [(("模型", "型训", "训练"),)]
    assert ways("模") == [(("模*",),)]
    assert ways('"大模型" BERT') == [(("大模", "模型"),), (("bert",),)]
    assert ways("用BERT做检索") == [(("用*",),), (("bert",),), (("做检", "检索"),)]
    assert ways('"BERT模型"') == [(("bert", "模型"),)]


def test_words_that_are_everywhere_are_looked_for_only_alone():
    assert [term.text for term in parse("the theory of games").terms] == ["theory", "games"]
    assert [term.text for term in parse("The Who").terms] == ["who"]
    assert [term.text for term in parse("of the").terms] == ["of", "the"]
    assert ways('"the theory"') == [(("the", "theory"),)]
    assert [term.text for term in parse("title:the games").terms] == ["the", "games"]


def test_of_a_long_query_the_beginning_counts_and_it_is_said():
    query = parse(" ".join(f"word{n}" for n in range(MOST_TERMS + 1)))
    assert (len(query.terms), query.is_cut) == (MOST_TERMS, True)
    assert parse("x" * LONGEST).is_cut is False
    assert parse("x" * (LONGEST + 1)).is_cut is True
    assert len(parse("a b " * 5000).terms) == MOST_TERMS


def test_a_run_of_chinese_can_be_taken_apart():
    (term,) = parse("多模态").terms
    assert [one.ways for one in loosened([term])] == [(("多模",),), (("模态",),)]
    (word,) = parse("deep").terms
    assert loosened([word]) == [word]


@pytest.mark.parametrize(
    "text",
    [
        "NEAR(a b)",
        "a AND NOT b OR c",
        "a & | ! b:* <-> c",
        "{title authors}: x",
        "^a + b*",
        "'; DROP TABLE papers_paper; --",
        'a" OR "1"="1',
        "\0a\0",
        "\\x00 \\' \\\" \\",
        "title:title:title:",
        '"-"-"-',
        "🔥 emoji 👩‍💻",
        "﷽ ﷺ",
        "%s %(a)s {0}",
        "\ud800",
    ],
)
def test_what_is_an_operator_elsewhere_is_words_here(text):
    _check(text)


def _check(text):
    for typing in (False, True):
        query = parse(text, typing=typing)
        assert len(query.terms) <= MOST_TERMS
        for term in query.terms:
            assert term.ways
            for way in term.ways:
                *first, last = way
                for token in (*first, last.removesuffix("*")):
                    assert token.isalnum()


signs = st.sampled_from(
    [
        *('"', "-", ":", " ", "author:", "年份：", "year:2019..", "tag:", "“", "*", "模", "模型"),
        *("pre", "a", "+", "++", "#", "'", "\\", "$", "α", "\0", "\u3000", "‐", ".", "・", "🔥"),
        *("é", "4", "(", "§"),
    ]
)


@given(st.text(max_size=200) | st.lists(signs, max_size=40).map("".join))
def test_whatever_is_typed_is_read_as_letters_and_digits(text):
    _check(text)


@pytest.mark.parametrize(
    "text",
    ['"', "-", "author:", "year:2", "a ", "模", '-"', ' "', "\\", "author: ", "..", "作者："],
)
def test_a_long_text_is_read_at_once(text):
    check_takes_less_than(0.1, lambda: parse(text * 100_000, typing=True))
