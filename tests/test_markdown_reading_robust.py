"""Whatever a text holds, the Markdown reader ends, in time, with items and without exceptions."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papers.formats.markdown import read
from papers.records import ListRecord, Problem, Record, SectionRecord
from tests.timing import check_grows_in_proportion, check_takes_less_than

SOUND = """# List

Introduction.

## 1. Section

- **论文**：[🔥*A Title: Of Words*](https://arxiv.org/abs/1706.03762)
- **简介**：a note

| Title | Venue | Code |
|--|--|--|
| [A Title](https://a.org/b.pdf)<br>Ann Bee | CVPR 2020 | [code](https://github.com/a/b) |

<details><summary>More</summary>
<table><tr><td><a href="https://a.org/c.pdf">Third Title</a></td></tr></table>
</details>

**[1]** Bee, Ann, et al. "**Fourth Title**." arXiv:1512.02325 (2015). [[pdf]](https://a.org/d.pdf)
:star::star::star:

1. Fifth Title. Ann Bee and Cee Dee. *ICML'19*. [[paper]](x.pdf) ![](https://img.shields.io/x)
   > A quotation.
"""
PIECES = [
    *(
        "[",
        "]",
        "(",
        ")",
        "](",
        "![",
        "[]()",
        "**",
        "*",
        "_",
        "`",
        "<",
        ">",
        "</",
        "<!--",
        "|",
        "\n",
        "\n\n",
    ),
    *(
        "- ",
        "  - ",
        "1. ",
        "> ",
        "# ",
        "#a",
        "<table>",
        "<tr>",
        "<td>",
        "</td>",
        "<ul>",
        "<li>",
        "<a href=",
        "'",
        '"',
    ),
    *(
        "<details>",
        "<summary>",
        "<br>",
        "http://",
        "https://arxiv.org/abs/1706.03762",
        "10.1000/x",
        "arXiv:",
    ),
    *(
        "🔥",
        ":star:",
        "⭐",
        "：",
        "论文：",
        "Paper: ",
        "et al.",
        "CVPR 2020",
        "2020",
        ", ",
        ". ",
        " - ",
        "“",
        "&lt;",
    ),
    *("\x00", "\r", "\t", "\u200b", "\ud7ff", "a", "Title", "---\n", "|--|\n", "[1]: x\n", "\\"),
]


def check(text):
    for item in read(text):
        assert isinstance(item, ListRecord | SectionRecord | Record | Problem)
        if isinstance(item, Record):
            assert item.title.strip() == item.title
            assert item.title or item.url
            assert 1 <= item.line <= text.count("\n") + text.count("\r") + 1
            assert len(item.placements) == 1
            assert not item.url.lower().startswith(("javascript:", "data:", "#"))


@settings(deadline=None, max_examples=150)
@given(st.text(max_size=300))
def test_any_text_is_read(text):
    check(text)


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_any_heap_of_markup_is_read(text):
    check(text)


@settings(deadline=None, max_examples=150)
@given(st.integers(0, 2**32), st.integers(1, 30))
def test_a_damaged_list_is_read(seed, changes):
    dice = random.Random(seed)
    text = list(SOUND)
    for _ in range(changes):
        place = dice.randrange(len(text))
        text[place : place + dice.randrange(4)] = dice.choice(PIECES)
    check("".join(text))


@pytest.mark.parametrize("end", ["\r", "\r\n"])
def test_the_sound_list_is_whole_whatever_ends_its_lines(end):
    assert list(read(SOUND.replace("\n", end))) == list(read(SOUND))


def test_the_sound_list_is_whole():
    titles = [item.title for item in read(SOUND) if isinstance(item, Record)]
    assert titles == ["A Title: Of Words", "A Title", "Third Title", "Fourth Title", "Fifth Title"]


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "[",
            "![",
            "[a](",
            "[a](b",
            "`[",
            "**",
            "*a ",
            "_a_ ",
            "<",
            "<!--",
            "<?",
            '<a "',
            "<a href='",
            "</b>",
        ),
        *(
            "<table>",
            "<tr><td>",
            "<ul><li>",
            "<details>",
            "<details><summary>x",
            "> ",
            "- ",
            "- - ",
            "- a\n",
        ),
        *(
            "  - ",
            "# a\n",
            "|",
            "|a|b|\n|-|-|\n",
            "\\",
            "&amp;",
            "http://",
            "www.",
            "a, ",
            "A. B, ",
            "A. ",
        ),
        *(
            "“",
            '"a',
            "【",
            "论文：",
            "Paper: x\n",
            ":a:",
            "10.1/",
            "10.1000/",
            "<br>",
            "a\n=\n",
            "[a]: b\n",
        ),
        *(
            "[x](http://arxiv.org/abs/1706.03762), ",
            "- **a b c** [x](http://arxiv.org/abs/1706.03762)\n",
        ),
        *(
            "](((",
            "2020 ",
            "CVPR 2020, ",
            "et al. ",
            " - ",
            "**a** ",
            "🔥",
            "\n",
            "  ",
            "x" * 50 + " ",
        ),
    ],
)
def test_reading_takes_time_in_proportion(piece):
    def step(size):
        check(piece * (size // len(piece)))

    check_grows_in_proportion(step, 10_000, 40_000, floor=0.05)


def test_a_long_blank_takes_no_time():
    row = f"| A Title{' ' * 50_000}of Words | [x](https://arxiv.org/abs/1706.03762) |"
    (record,) = (item for item in read(f"|a|b|\n|-|-|\n{row}") if isinstance(item, Record))
    assert record.title == "A Title of Words"
    check_takes_less_than(2, lambda: list(read(f"|a|b|\n|-|-|\n{row}")))


def test_blanks_that_are_no_line_ends_take_no_time():
    blank = "\u2028" * 200
    check_takes_less_than(2, lambda: list(read(f"170\n{blank}x{blank}1,706.11,\n")))


def test_many_brackets_take_no_time():
    text = f"- [A Title](https://arxiv.org/abs/1706.03762) {'[' * 40_000}"
    check_takes_less_than(8, lambda: check(text))


def test_many_words_in_bold_take_no_time():
    check_takes_less_than(2, lambda: check(f"- {'x (**a b c** ' * 1_500}"))


def test_many_digits_beside_a_star_take_no_time():
    text = f"- [A Title](https://arxiv.org/abs/1706.03762) ⭐ 1.2k 20{'9' * 40_000} 🔥"
    check_takes_less_than(2, lambda: check(text))


def test_empty_brackets_behind_a_name_take_no_time():
    check_takes_less_than(
        4, lambda: check(f"- N. Heess, an{')[' * 10_000}d D. Silver, **Control**")
    )


def test_empty_brackets_in_a_heading_take_no_time():
    for text in (f"## Section {'](' * 20_000}", f"## Section top{' []' * 20_000}x"):
        check_takes_less_than(2, lambda text=text: check(text))


def test_half_a_sign_is_read_as_a_sign_that_is_not_known():
    (record,) = read("- [A \ud83d Title](https://arxiv.org/abs/1706.03762)\n")
    assert record.title == "A \ufffd Title"


@pytest.mark.parametrize("piece", ["  `", "** **", "<b> </b>", "&nbsp;`a` ", "—", " - ", "( "])
def test_what_stands_within_a_title_takes_no_time(piece):
    row = f"|2023.04|[**A**] Compressing{piece * 8_000} Context|"
    check_takes_less_than(3, lambda: check(f"|Date|Title|Paper|\n|-|-|-|\n{row}\n"))
