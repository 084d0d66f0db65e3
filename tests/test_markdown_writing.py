"""A list as a Markdown README: what it looks like, on GitHub and to whoever edits it."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from papers.formats.markdown import prose, read, write
from papers.records import (
    Item,
    LinkRecord,
    ListRecord,
    NoteRecord,
    Placement,
    Problem,
    Record,
    SectionRecord,
)

from . import lists

PROFILE = ListRecord(
    titles={"en": "Papers to read", "zh-hans": "论文推荐"},
    taglines={"en": "And why"},
    introductions={"en": "First.\n\nSecond.", "zh-hans": "引言。"},
    licence="CC BY 4.0",
    licence_url="https://creativecommons.org/licenses/by/4.0/",
    contact="list@example.org",
)
BASICS = SectionRecord(
    path=("Basics",),
    titles={"en": "Basics", "zh-hans": "基础"},
    descriptions={"en": "What comes first."},
    notes=[NoteRecord(text={"en": "Read *all*.", "zh-hans": "都要读。"})],
)
TUNING = SectionRecord(path=("Basics", "Tuning"), titles={"en": "Tuning", "zh-hans": "微调"})
LORA = Record(
    title="LoRA: Low-Rank Adaptation of Models",
    translated_title="低秩适配",
    language="en",
    authors=["Edward Hu", "Yelong Shen"],
    authors_incomplete=True,
    year=2022,
    venue="ICLR",
    arxiv_id="2106.09685",
    doi="10.1000/182",
    links=[
        LinkRecord(url="https://github.com/a/b", kind="code"),
        LinkRecord(url="https://a.org/v", kind="video", label="The talk"),
        LinkRecord(url="https://a.org/b", label="Blog"),
    ],
    notes=[NoteRecord(text={"en": "Wherever it stands."})],
    placements=[
        Placement(
            section=("Basics", "Tuning"),
            label="LoRA",
            highlighted=True,
            notes=[NoteRecord(text={"en": "Here:\n\n- $W + BA$"})],
        )
    ],
)
ENGLISH = r"""<!-- reading-list en -->

# Papers to read

> And why

First.

Second.

## Contents

- [Basics](#basics)
  - [Tuning](#tuning)

## Basics

What comes first.

> Read *all*.

### Tuning

- 🔥 **LoRA** · [LoRA: Low-Rank Adaptation of Models](https://arxiv.org/abs/2106.09685)\
  Edward Hu, Yelong Shen, et al. *ICLR, 2022* · [DOI](https://doi.org/10.1000/182) · [Code](https://github.com/a/b) · Video: [The talk](https://a.org/v) · [Blog](https://a.org/b)

  > Here:
  >
  > - $W + BA$

  > <!-- paper -->
  > Wherever it stands.

---

Licence: [CC BY 4.0](https://creativecommons.org/licenses/by/4.0/) · Contact: list@example.org
"""
CHINESE = r"""<!-- reading-list zh-hans -->

# 论文推荐

> <!-- en -->
> And why

引言。

## 目录

- [基础](#基础)
  - [微调](#微调)

## 基础

<!-- en -->

What comes first.

> 都要读。

### 微调

- 🔥 **LoRA** · [LoRA: Low-Rank Adaptation of Models](https://arxiv.org/abs/2106.09685)（低秩适配）\
  Edward Hu、Yelong Shen 等。*ICLR，2022* · [DOI](https://doi.org/10.1000/182) · [代码](https://github.com/a/b) · 视频：[The talk](https://a.org/v) · [Blog](https://a.org/b)

  > <!-- en -->
  > Here:
  >
  > - $W + BA$

  > <!-- paper en -->
  > Wherever it stands.

---

许可协议：[CC BY 4.0](https://creativecommons.org/licenses/by/4.0/) · 联系方式：list@example.org
"""


def written(*items, language="en"):
    return "".join(write(items, language))


@pytest.mark.parametrize(("language", "text"), [("en", ENGLISH), ("zh-hans", CHINESE)])
def test_a_list_is_a_readme_in_either_language(language, text):
    assert written(PROFILE, BASICS, TUNING, LORA, language=language) == text


def test_long_author_lists_are_folded():
    text = written(replace(LORA, authors=[f"Ann {number}" for number in range(200)]))
    assert "\n  Ann 0, Ann 1, Ann 2, et al. *ICLR, 2022*" in text
    assert "\n  <details><summary>200 authors</summary>\n\n  Ann 0, Ann 1" in text


def test_a_paper_in_two_sections_is_described_once():
    places = [Placement(section=("Basics", "Tuning")), Placement(section=("Basics",), label="B")]
    text = written(BASICS, TUNING, replace(LORA, placements=places))
    assert text.count("Edward Hu") == text.count("Wherever") == 1
    assert "(https://arxiv.org/abs/2106.09685)\\\n  See [Basics](#basics)\n" in text
    (paper,) = (item for item in read(text) if isinstance(item, Record))
    assert [place.section for place in paper.placements] == [("Basics",), ("Basics", "Tuning")]


def test_papers_keep_their_order_in_each_section():
    """Also those that came with a section above."""
    first = replace(LORA, title="First", url="https://example.org/1", arxiv_id="")
    second = replace(LORA, title="Second", url="https://example.org/2", arxiv_id="")
    first.placements = [
        Placement(section=("Basics",), position=10),
        Placement(section=("Basics", "Tuning"), position=20),
    ]
    second.placements = [Placement(section=("Basics", "Tuning"), position=10)]
    text = written(BASICS, TUNING, first, second).partition("### Tuning")[2]
    assert re.findall(r"\[(First|Second)\]", text) == ["Second", "First"]


def test_papers_without_a_section_come_last_and_have_none_again():
    nowhere = replace(LORA, placements=[])
    text = written(BASICS, nowhere, language="zh-hans")
    assert text.index("## 基础") < text.index("## 未归类<!-- nowhere -->")
    *_, paper = read(text)
    assert paper.placements == []
    # Where there are no sections at all, a list is just a list.
    assert "##" not in written(nowhere)


def test_sections_below_the_sixth_level_say_how_deep_they_are():
    path = tuple("abcdefgh")
    text = written(SectionRecord(path=path, titles={"en": "h"}))
    assert "###### e\n" in text
    assert "###### › f\n\n###### › › g\n\n###### › › › h\n" in text
    assert [item.path for item in read(text)] == [path[: n + 1] for n in range(8)]


def test_sections_that_nobody_introduced_are_there_all_the_same():
    assert "## Basics\n\n### Tuning\n" in written(LORA)


@pytest.mark.parametrize(
    ("title", "anchor"),
    [
        ("GPT: the generative line", "gpt-the-generative-line"),
        ("大模型与基础架构（LLM）", "大模型与基础架构llm"),
        ("C++ & Rust", "c--rust"),
        ("🔥 Hot", "-hot"),
        ("snake_case, no_2", "snake_case-no_2"),
        ("Élan vital", "élan-vital"),
        ("Contents", "contents-1"),
    ],
)
def test_contents_lead_to_the_anchors_that_github_makes(title, anchor):
    # https://docs.github.com/en/get-started/writing-on-github/getting-started-with-writing-and-formatting-on-github/basic-writing-and-formatting-syntax#section-links
    assert f"](#{anchor})\n" in written(SectionRecord(path=(title,)))


def test_headings_in_notes_take_anchors_too():
    section = replace(BASICS, notes=[NoteRecord(text={"en": "# Tuning"})])
    text = written(section, replace(TUNING, notes=[]))
    assert "- [Tuning](#tuning-1)\n" in text


@pytest.mark.parametrize(
    ("kind", "label", "shown"),
    [
        ("code", "", "[Code]"),
        ("code", "code", "[Code]"),
        ("code", "PyTorch", "Code: [PyTorch]"),
        ("code", "Video", "Code: [Video]"),
        ("other", "Blog", "[Blog]"),
        ("other", "", "[Link]"),
        ("other", "Code", "Link: [Code]"),
        ("other", "arXiv", "Link: [arXiv]"),
        ("unheard of", "Blog", "[Blog]"),
    ],
)
def test_a_link_says_its_kind_once(kind, label, shown):
    link = LinkRecord(url="https://a.org/x", kind=kind, label=label)
    text = written(replace(LORA, links=[link]))
    assert f" · {shown}(https://a.org/x)\n" in text
    *_, paper = read(text)
    kind = "other" if kind == "unheard of" else kind
    assert paper.links == [replace(link, kind=kind, label=label.replace("code", ""))]


MARKDOWN = MarkdownIt("commonmark", {"maxNesting": 100}).enable(["table", "strikethrough"])


@settings(deadline=None, max_examples=25)
@given(items=lists.lists())
def test_every_link_within_the_page_finds_its_heading(items):
    """Also where titles repeat, and where notes have headings that take the same anchors."""
    text = written(*items)
    sections = [item.path[-1] for item in items if isinstance(item, SectionRecord)]
    taken, anchors = {}, []
    tokens = MARKDOWN.parse(text)
    for before, token in pairwise(tokens):
        if before.type == "heading_open":
            words = [t.content for t in token.children if t.type in {"text", "code_inline"}]
            anchor = prose.anchor("".join(words))
            number = taken.get(anchor, 0)
            taken[anchor] = number + 1
            if before.level == 0 and before.tag != "h1":
                anchors.append(f"{anchor}-{number}" if number else anchor)
    # The first is that of the contents, the last may be that of papers without a section.
    assert len(sections) <= len(anchors[1:]) <= len(sections) + 1
    links = re.findall(r"^ *- \[.*\]\(#(.*)\)$", text, re.MULTILINE)
    assert links == [a for a, s in zip(anchors[1:], [*sections, ""], strict=False)][: len(links)]


class Tags(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.found = set()
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.found.add(tag)
        self.found.update(name for name, value in attributes if name.startswith("on"))
        self.found.update(
            value for _, value in attributes if (value or "").startswith(("javascript:", "data:"))
        )


SAFE = {
    *("h1", "h2", "h3", "h4", "h5", "h6", "p", "br", "hr", "ul", "ol", "li", "blockquote"),
    *("a", "em", "strong", "code", "pre", "s", "img", "details", "summary"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}


@settings(deadline=None, max_examples=25)
@given(items=lists.lists())
def test_no_text_becomes_html(items):
    assert Tags(MARKDOWN.render(written(*items))).found <= SAFE


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "JavaScript:x", "#top"])
def test_addresses_that_are_not_of_the_web_are_left_out(url):
    text = written(replace(LORA, arxiv_id="", doi="", url=url, links=[LinkRecord(url=url)]))
    assert url not in text
    assert "**LoRA** · **LoRA: Low-Rank Adaptation of Models**\\\n" in text


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("a <b>bold</b>", r"a \<b>bold\</b>"),
        ("<div\nclass=x", "\\<div\nclass=x"),
        ("`<b>` and\n\n    <b>", "`<b>` and\n\n    <b>"),
        ("$a<b$ and $x<y>z$", "$a<b$ and $x{<}y>z$"),
        ("<https://example.org>", "<https://example.org>"),
        (r"\\<!-- x", r"\\\<!-- x"),
        ("1 < 2, a <b", "1 < 2, a <b"),
    ],
)
def test_html_in_a_note_shows_as_it_was_typed(markdown, shown):
    assert prose.sound(markdown) == shown
    assert prose.restore(shown) == markdown


def test_a_code_that_is_no_languages_does_not_get_into_a_comment():
    section = replace(BASICS, titles={"--><script>": "Basics"})
    assert "script" not in written(section, language="--><script>")


def test_problems_are_no_part_of_a_list():
    assert written(Problem(reason="Lost")) == written()


# --- What people do to such a file ---

PIECES = [
    *(
        "\n",
        "\n\n",
        "\r",
        "\0",
        "\t",
        "    ",
        "#",
        "## ",
        "- ",
        "* ",
        "1. ",
        "> ",
        "```\n",
        "---\n",
    ),
    *(
        "*",
        "**",
        "`",
        "[",
        "](",
        "[x](#y)",
        "\\",
        " · ",
        "<!-- ",
        "-->",
        "<details>",
        "&#50;",
        "🔥",
    ),
]
EDITED = ENGLISH.replace(
    "---\n\nLicence",
    """- [A paper added by hand](https://arxiv.org/abs/1706.03762) - Its *note*.

* [Another list](https://arxiv.org/abs/1810.04805)

| Paper | Code |
| --- | --- |
| [In a table of three words](https://arxiv.org/abs/2005.14165) | [code](https://github.com/a/b) |

[After the table, a fourth](https://arxiv.org/abs/1910.10683)

## Contributing

---

Licence""",
).replace("<!-- reading", "![Logo](logo.png)\n\n<!-- reading")


def test_what_people_added_by_hand_is_read_as_in_any_list():
    items = list(read(EDITED))
    papers = [item for item in items if isinstance(item, Record)]
    assert [paper.title for paper in papers] == [
        LORA.title,
        "A paper added by hand",
        "Another list",
        "In a table of three words",
        "After the table, a fourth",
    ]
    assert {paper.placements[0].section for paper in papers} == {("Basics", "Tuning")}
    assert papers[1].placements[0].notes == [NoteRecord(text={"en": "Its note"})]
    assert papers[3].links[0].kind == "code"
    lines = EDITED.split("\n")
    assert all(paper.title in lines[paper.line - 1] for paper in papers)


@settings(deadline=None)
@given(st.randoms(use_true_random=False), st.integers(1, 20))
def test_a_damaged_list_is_read(dice, changes):
    head, _, text = ENGLISH.partition("\n")
    for _ in range(changes):
        place = dice.randrange(len(text))
        text = text[:place] + dice.choice(PIECES) + text[place + dice.randrange(4) :]
    assert all(isinstance(item, Item) for item in read(f"{head}\n{text}"))


def test_without_its_first_line_it_is_read_as_any_list():
    text = ENGLISH.partition("\n")[2]
    *_, paper = read(text)
    place = paper.placements[0]
    assert (paper.title, paper.arxiv_id, paper.year) == (LORA.title, LORA.arxiv_id, 2022)
    assert (place.label, place.highlighted, place.section) == ("LoRA", True, ("Basics", "Tuning"))
