"""Words that mean the same to a reader are the same to the search."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from papers.search.tokens import LONGEST, is_run, pieces, split, tokens
from tests.timing import check_grows_in_proportion


def stream(text):
    return tokens(text)[0]


def joined(text):
    return tokens(text)[1]


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("model", ["models", "MODEL", "Models", "ｍｏｄｅｌ"]),
        ("study", ["studies"]),
        ("box", ["boxes"]),
        ("class", ["classes"]),
        ("search", ["searches"]),
        ("index", ["indices"]),
        ("matrix", ["matrices"]),
        ("hypothesis", ["hypotheses"]),
        ("cafe", ["café", "CAFÉ", "cafe\u0301", "caf\\'e", "caf{\\'e}", "caf\\'{e}"]),
        ("poincare", ["Poincaré", "Poincar\\'e", "Poincar{\\'{e}}"]),
        ("erdos", ["Erdős", "Erd\\H{o}s", "Erdös"]),
        ("lukasz", ["Łukasz", "\\L ukasz", "{\\L}ukasz", "\\L{}ukasz"]),
        ("aether", ["Æther", "\\AE ther", "{\\AE}ther"]),
        ("strasse", ["Straße", "STRASSE", "Stra\\ss e", "Stra{\\ss}e", "Stra\\ss{}e"]),
        ("soren", ["Søren", "S\\o ren", "S{\\o}ren", "S\\o{}ren", "S\\O\n ren"]),
        ("oeuvre", ["Œuvre", "\\OE uvre", "{\\oe}uvre"]),
        ("angstrom", ["Ångström", '\\AA{}ngstr\\"om', '{\\AA}ngstr{\\"o}m']),
        ("naive", ["naïve", 'na\\"\\i ve', 'na{\\"\\i}ve', 'na\\"{\\i}ve']),
        ("hadzic", ["Hadžić", "Had\\v{z}i\\'c"]),
        ("dorde", ["Đorđe", "\\DJ or\\dj e"]),
        ("thor", ["Þór", "{\\TH}\\'or"]),
        ("the alpha left l", ["the $\\alpha$ left \\l", "the \\alpha left ł"]),
        ("alpha", ["α", "Α", "$\\alpha$", "\\alpha", "\\Alpha"]),
        ("epsilon", ["ε", "$\\varepsilon$", "ϵ"]),
        ("sigma", ["σ", "ς", "Σ", "$\\sigma$"]),
        ("file", ["ﬁle"]),
        ("o(n2)", ["$O(n^2)$", "O(n²)", "$\\mathcal{O}(n^{2})$"]),
        ("bert pre", ["{BERT}: Pre", "\\textbf{BERT} pre", "BERT\n\tpre", "BERT_pre"]),
        ("模型", ["模型"]),
        ("モデル", ["ﾓﾃﾞﾙ"]),
    ],
)
def test_what_is_spelt_otherwise_is_the_same_word(text, others):
    for other in others:
        assert stream(other) == stream(text)


@pytest.mark.parametrize(
    "word", ["this", "bus", "analysis", "class", "loss", "continuous", "gas", "is", "ai"]
)
def test_a_word_that_ends_with_s_is_no_plural(word):
    assert stream(word) == [word]


@pytest.mark.parametrize(
    ("text", "parts", "together"),
    [
        ("pre-training", ["pre", "training"], ["pretraining"]),
        ("pre‐training", ["pre", "training"], ["pretraining"]),
        ("pre training", ["pre", "training"], ["pretraining"]),
        ("pretraining", ["pretraining"], []),
        ("fine tuning", ["fine", "tuning"], ["finetuning"]),
        ("GPT-4", ["gpt", "4"], ["gpt4"]),
        ("GPT4", ["gpt4"], []),
        ("3D", ["3d"], []),
        ("state-of-the-art", ["state", "of", "the", "art"], ["stateoftheart"]),
        ("GPT-3.5", ["gpt", "3", "5"], ["gpt35"]),
        ("deep learning", ["deep", "learning"], ["deeplearning"]),
        ("graph networks", ["graph", "network"], []),
        ("a-b-c-d-e-f", ["a", "b", "c", "d", "e", "f"], []),
    ],
)
def test_compounds_are_their_parts_and_aside_one_word(text, parts, together):
    assert tokens(text) == (parts, together)


@pytest.mark.parametrize(
    ("text", "token"), [("C++", "cplusplus"), ("c#", "csharp"), ("F#", "fsharp"), ("R&D C++", "d")]
)
def test_names_of_languages_keep_their_signs(text, token):
    assert token in stream(text)
    assert stream("C++") != stream("C") != stream("C#")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("多模态", ["多模", "模态", "态"]),
        ("模", ["模"]),
        ("多模态 大模型", ["多模", "模态", "态", "大模", "模型", "型"]),
        ("用BERT做检索", ["用", "bert", "做检", "检索", "索"]),
        ("GPT-4的能力", ["gpt", "4", "的能", "能力", "力"]),
        ("，。《模型》", ["模型", "型"]),
        ("한국어", ["한국", "국어", "어"]),
        (
            "ディープ・ラーニング",
            ["ディ", "ィー", "ープ", "プ", "ラー", "ーニ", "ニン", "ング", "グ"],
        ),
    ],
)
def test_chinese_japanese_and_korean_are_pairs_of_characters(text, expected):
    assert stream(text) == expected


def test_what_is_no_text_has_no_words():
    for text in ("", " ", "\0", "---", "$$", "\\", "{}", "🔥", "…", "_", "'"):
        assert tokens(text) == ([], []), text


letters = st.sampled_from(
    [*"aAsé-.'’_+# \\{}$^\"\0\n・゛ﾞͺªªøßİıΣςα4²½①模型々ー한ﷺ🔥", "\u0301", "\\'", "\\H{", "\\alpha"]
)
texts = st.text(max_size=60) | st.lists(letters, max_size=60).map("".join)


@given(texts)
@example("a" * 100 + "++")
@example("b" * 100 + "#")
@example("プ・ラ")
@example("x" * 40 + "-" + "y" * 40)
def test_whatever_a_text_is_tokens_are_letters_and_digits_and_not_too_long(text):
    for token in [word for words in tokens(text) for word in words]:
        assert token.isalnum(), token
        assert len(token) <= LONGEST


@given(texts)
def test_the_stream_is_that_of_the_pieces(text):
    """So a query, which is read piece by piece, finds what it was taken from."""
    assert stream(text) == [token for piece in pieces(text) for token in split(piece)]


@given(st.text(st.sampled_from("模型训练多态"), min_size=2, max_size=12), st.data())
def test_any_two_characters_of_a_run_are_a_token(run, data):
    place = data.draw(st.integers(0, len(run) - 2))
    assert is_run(run)
    assert run[place : place + 2] in stream(run)


@pytest.mark.parametrize(
    "text", ["\\", "{", "\\H", "\\'{", "a-", "a'", "$\\alpha ", "模", "é", "α", "\\var", "pre "]
)
def test_a_hostile_text_is_read_in_time_that_grows_with_it(text):
    check_grows_in_proportion(lambda number: tokens(text * number), 2_000, 16_000)
