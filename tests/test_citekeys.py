"""Citation keys: what a paper is called in URLs and in BibTeX."""

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.citekeys import PATTERN, alternatives, make


@pytest.mark.parametrize(
    ("author", "surname"),
    [
        ("Ashish Vaswani", "vaswani"),
        ("Vaswani, Ashish", "vaswani"),
        ("Aidan N. Gomez", "gomez"),
        ("Łukasz Kaiser", "kaiser"),
        ("Kaiser, Łukasz", "kaiser"),
        ("Stanisław Łoś", "los"),
        ("Jürgen Schmidhuber", "schmidhuber"),
        ("Kurt Gödel", "godel"),
        ("Søren Ærø", "aero"),
        ("Hans Weiß", "weiss"),
        ("Yoshua BENGIO", "bengio"),
        ("Jan van der Berg", "berg"),
        ("van der Berg, Jan", "vanderberg"),
        ("Jean Dupont-Moretti", "dupontmoretti"),
        ("Conan O'Brien", "obrien"),
        ("Conan O’Brien", "obrien"),
        ("Martin Luther King Jr.", "king"),
        ("King, Jr., Martin Luther", "king"),
        ("Plato", "plato"),
        ("OpenAI", "openai"),
        ("DeepSeek-AI", "deepseek"),
        ("The ATLAS Collaboration", "atlas"),
        ("Gemini Team, Google", "gemini"),
        ("Qingyao Ai", "ai"),
        ("Team", "team"),
        ("张伟", ""),
        ("张伟 (Wei Zhang)", "zhang"),
        ("Ｗｅｉ　Ｚｈａｎｇ", "zhang"),
        ("Борис Пастернак", ""),
        ("  ", ""),
        (",", ""),
    ],
)
def test_key_starts_with_the_first_authors_surname(author, surname):
    assert make([author, "Someone Else"], 2017, "Attention") == f"{surname}2017attention"


@pytest.mark.parametrize(
    ("title", "word"),
    [
        ("Attention Is All You Need", "attention"),
        ("On the Opportunities and Risks", "opportunities"),
        ("A Neural Model", "neural"),
        ("“Why Should I Trust You?”", "should"),
        ("GPT-4 Technical Report", "gpt"),
        ("3D Gaussian Splatting", "3d"),
        ("Don't Stop Pretraining", "dont"),
        ("Éléments d'analyse", "elements"),
        ("𝐁ayes ℝ", "bayes"),
        ("What Is It?", "what"),
        ("注意力机制 Attention", "attention"),
        ("注意力就是你所需要的一切", ""),
        ("", ""),
        ("?!", ""),
    ],
)
def test_key_ends_with_the_titles_first_telling_word(title, word):
    assert make(["Ada Author"], 2020, title) == f"author2020{word}"


def test_missing_parts_are_left_out():
    assert make([], 2020, "Attention") == "2020attention"
    assert make(["Ada Author"], None, "Attention") == "authorattention"
    assert make(["Ada Author"], 2020, "") == "author2020"
    assert make([], None, "注意力") == "paper"
    assert make(["张伟"], None, "") == "paper"


def test_key_has_room_for_a_number_in_its_column():
    key = make(["A" * 300], 2020, "B" * 300)
    assert len(key) <= 90


def test_alternatives_count_from_two():
    assert [*itertools.islice(alternatives("a2020b"), 3)] == ["a2020b", "a2020b-2", "a2020b-3"]


@given(st.lists(st.text()), st.none() | st.integers(1500, 2100), st.text())
def test_any_paper_gets_a_key_that_may_stand_in_a_url(authors, year, title):
    key = make(authors, year, title)
    assert re.fullmatch(PATTERN, key)
    assert key == key.lower()
    assert make(authors, year, title) == key
