"""The same papers in every shape that curated lists are kept in: each is read to the same records.

A shape is one entry's text with fields in braces. Every shape is tried as two sections of papers
whose titles, names and venues are easily taken for one another.
"""

import re
from types import SimpleNamespace

import pytest

from papers.formats.markdown import read
from papers.records import Record


def work(title, authors, venue, year, arxiv, code, name, note):
    return SimpleNamespace(
        title=title,
        authors=authors.split(", "),
        venue=venue,
        year=year,
        arxiv=arxiv,
        url=f"https://arxiv.org/abs/{arxiv}",
        code=f"https://github.com/{code}",
        name=name,
        note=note,
    )


WORKS = [
    work(
        "Attention Is All You Need",
        "Ashish Vaswani, Noam Shazeer, Niki Parmar, Jakob Uszkoreit",
        *("NeurIPS", 2017, "1706.03762", "tensorflow/tensor2tensor", "Transformer"),
        "Recurrence is gone and nobody misses it.",
    ),
    work(
        "How Powerful are Graph Neural Networks?",
        "Keyulu Xu, Weihua Hu, Jure Leskovec, Stefanie Jegelka",
        *("ICLR", 2019, "1810.00826", "weihua916/powerful-gnns", "GIN"),
        "They tell apart what the Weisfeiler-Lehman test does, and no more.",
    ),
    work(
        "Attend, Infer, Repeat: Fast Scene Understanding with Generative Models",
        "S. M. Ali Eslami, Nicolas Heess, Theophane Weber",
        *("NeurIPS", 2016, "1603.08575", "akosiorek/attend_infer_repeat", "AIR"),
        "The network decides for itself how many objects it looks at.",
    ),
    work(
        "Deep Residual Learning for Image Recognition",
        "Kaiming He, Xiangyu Zhang, Shaoqing Ren, Jian Sun",
        *("CVPR", 2016, "1512.03385", "KaimingHe/deep-residual-networks", "ResNet"),
        "A shortcut around each pair of layers makes depth affordable.",
    ),
    work(
        "3D U-Net: Learning Dense Volumetric Segmentation from Sparse Annotation",
        "Özgün Çiçek, Ahmed Abdulkadir, Thomas Brox, Olaf Ronneberger",
        *("MICCAI", 2016, "1606.06650", "wolny/pytorch-3dunet", "3D U-Net"),
        "A few annotated slices are enough for a whole volume.",
    ),
    work(
        "What Makes for Good Views for Contrastive Learning?",
        "Yonglong Tian, Chen Sun, Ben Poole, Phillip Isola",
        *("NeurIPS", 2020, "2005.10243", "HobbitLong/PyContrast", "InfoMin"),
        "Views should share what the task needs and nothing besides.",
    ),
    work(
        "BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding",
        "Jacob Devlin, Ming-Wei Chang, Kenton Lee, Kristina Toutanova",
        *("NAACL", 2019, "1810.04805", "google-research/bert", "BERT"),
        "Masked words are guessed from both of their sides.",
    ),
    work(
        "An Image is Worth 16x16 Words: Transformers for Image Recognition at Scale",
        "Alexey Dosovitskiy, Lucas Beyer, Alexander Kolesnikov, Dirk Weissenborn",
        *("ICLR", 2021, "2010.11929", "google-research/vision_transformer", "ViT"),
        "With enough pictures, a picture is read like a sentence.",
    ),
]

# Shapes of one entry; a `{note}` in it is expected as the note, `{code}` as a further link.
BULLETS = """
- [{title}]({url}) - {authors}, {venue} {year}. [[Code]({code})]
* **{title}** ({venue} {year}) [[paper]({url})] [[code]({code})]
* {title} ({year}), {et_al} [[pdf]]({url})
- [{title}]({url}): {note}
- [{title}]({url}) ({venue}'{yy}) - {note}
- {authors_and}. **{title}**. In *{venue}*, {year}. [[PDF]({url})] [[Code]({code})]
- {authors_and}. "{title}." {venue} {year}. [[pdf]({url})]
* "{title}", {venue}, {year}. [[paper]({url})] [[code]({code})]
- `{venue} {year}` **{title}** [[Paper]({url})] [[Code]({code})]
- **[{venue} {year}]** {title} [[Paper]]({url}) [[Code]]({code})
- **[{name}]** {title}, {venue} {year} [[Paper]({url})]
- **{name}**: "{title}", {venue}, {year} (*Google*). [[Paper]({url})][[Code]({code})]
- <u>{name}</u>: **"{title}"**. *{et_al}* {venue} {year}. [[Paper]({url})]
- {name} - [{title}]({url})
- **{name}**: [{title}]({url}), {venue} {year}
- {title}, {et_al}, {venue} {year} | [Paper]({url}) | [Code]({code})
- ({date}) {title}. [paper]({url}), [code]({code})
- [{date}] **{title}** *{authors}* [[arXiv]({url})]
- {title} - {venue} {year} - [Paper]({url}) - [Code]({code})
- [{venue}{yy}] [{title}]({url}) [[code]({code})]
- {title} {venue} {year} [paper]({url}) [code]({code})
- [![arXiv](https://img.shields.io/badge/arXiv-{arxiv}-b31b1b.svg)]({url}) {title}
- {title} [![Star](https://img.shields.io/github/stars/x/y.svg?style=social)]({code}) [[pdf]({url})]
- **{title}** ![](https://img.shields.io/badge/{venue}-{year}-blue) [[Paper]({url})]
* {year}, {venue}, [{title}]({url}), {authors}.
- **{title}** - {authors_and} ({year}) [[pdf]({url})]
- {title} ([Paper]({url}), [Code]({code}))
- {title}. {authors}. {venue} {year}. [Paper]({url})
- {authors}. {title}. {venue} {year}. [Paper]({url})
- {authors}, {title}, {venue}, {year}. [[Paper]]({url})
- {authors}. {year}. {title}. In {venue}. [Paper]({url})
- {inverted} ({year}). {title}. {venue}. [pdf]({url})
- [{title}]({url}) by {authors_and} ({year})
* [{title}]({url}) by {authors}. Robot Soccer World Cup, {year}.
- *{title}* ({venue} {year}), {authors_and}. [[pdf]({url})]
- **{title}** [[{venue} {year}]({url})] [[Code]({code})]
- [{arxiv}] {title} - {first}, MIT [[paper]({url})]
- {title}. [[{arxiv}]({url})]
- **[{title}]({url})** | {venue} {year} | {note}
- 📄 [{title}]({url}) — {note}
- **{title}** ({et_al}, {year}) [[paper]({url})] {note}
- [**{title}**]({url}), *{venue} {year}*. <br> {note}
1) {title} ({venue} {year}) [Paper]({url}), [Code]({code})
- [x] **{title}** ({venue} {year}): [paper]({url})
- <a href='{url}'>{title}</a>, {venue} {year}, <a href='{code}'>code</a>
+ {title} [{url}] [{year}]
- {title} [[Paper]] ({url})
- [{title}.pdf]({url})
- <a name="x"></a>{inverted}, *[{title}]({url})*, {venue}, {year}. [Code]({code}).
"""
BLOCKS = [
    "[-] {year}-{venue} - {title}. [[Paper]]({url}) [[Code]]({code})\n",
    "1. **{title}**\n   *{authors}*\n   {venue} {year}. [paper]({url}) [code]({code})\n",
    "1. **{title}.** {venue} {year}. [paper]({url})\n\n    *{authors}.*\n",
    "1. **{title}.**\n*{authors}.* {venue} {year}. [paper]({url})\n",
    "2. **{title}.** \n\n   *{authors}*  [[pdf]({url})], [[code]({code})] {year}.1\n",
    "- **{title}**\n  - {authors}\n  - {venue} {year}\n  - [[Paper]({url})] [[Code]({code})]\n  - {note}\n",
    "- **{title}**, {venue} {year}. [[paper]]({url})\n  > {note}\n",
    "- **{title}**\n  - Authors: {authors}\n  - Venue: {venue} {year}\n  - Paper: [Link]({url})\n"
    "  - Code: {code}\n  - TL;DR: {note}\n",
    "- [{title}]({url})\n  - {bibtex}. *{venue} {year}*\n",
    "- [{title}]({url})\n  - OpenAI\n  - Keyword: reward, alignment\n  - Code: [official]({code})\n",
    "- {title}\n  - [[Paper]({url})] [[Code]({code})]\n",
    "- {name} [[Paper]]({url})\n  - {authors}, {title}, arXiv:{arxiv}.\n",
    " * {name} [[Paper]]({url})\n  * {authors}, {title}, {venue}, {year}.\n",
    "- **{date}**\n    - Paper: [{title}]({url}) {venue} {year}\n",
    "[1] {title}(这是中文译名)<br>\nkeywords: one thing, another thing<br>\n"
    "[paper]({url}) | [code]({code})<br><br>\n",
    "**{title}**<br>\n*{authors}*<br>\n{venue} {year}. [[Paper]({url})] [[Code]({code})]\n",
    "**{title}**  \n{authors}  \n*{venue} {year}*  \n[Paper]({url}) / [Code]({code})\n",
    "**{title}**\n\n- intro: {venue} {year} oral. Google Research\n- arxiv: <{url}>\n- github: {code}\n",
    "**{title}**\n\n[![img](https://a.org/b.png)](https://a.org/b.png)\n\n- intro: {note}\n- arxiv:{url}\n",
    "**{title}**\n\n- 论文：[{url}]({url})\n- 代码：{code}\n- 简介：{note}\n",
    "- **题目**：{title}\n- **作者**：{authors}\n- **链接**：{url}\n- **摘要**：{note}\n",
    "**Title:** {title}\n\n**Authors:** {authors}\n\n**Link:** [PDF]({url})\n\n**Notes:** {note}\n",
    "### {title}\n\n**Authors:** {authors}\n\n**Paper:** [{url}]({url})\n\n**Summary:** {note}\n",
    "### [{title}]({url})\n*{authors}* — {venue} {year}\n\n{note}\n",
    "#### {title}\n- **Authors**: {authors}\n- **Link**: {url}\n- **Abstract**: {note}\n",
    "[{title}]({url}), {venue} {year}\n---\n",
    '<details>\n<summary>{title} (<a href="{url}">Paper</a>)</summary>\n\n{note}\n\n</details>\n',
    "<p><b>{title}</b><br>{authors}<br><i>{venue}, {year}</i><br><a href='{url}'>pdf</a></p>\n",
    ":gem: <b>{title} ({year} {venue})</b> [[Paper]]({url})\n<p><img src='https://a.org/b.png' /></p>\n",
    "> **{title}**\n> {authors}\n> [[Paper]({url})]\n",
    "1. [**{title}**]({url}) *{authors}* {venue} {year}.\n\n"
    "&nbsp;&nbsp; [![Stars](https://img.shields.io/github/stars/x/y)]({code})\n",
]
# (head, one row, foot)
TABLES = [
    (
        "| Title | Venue | Date | Code | Demo |\n|:--|:--:|:--:|:--:|:--:|",
        "| ![Star](https://img.shields.io/github/stars/x/y) <br> [**{title}**]({url}) <br>"
        " | {venue} | {date} | [Github]({code}) | - |",
        "",
    ),
    (
        "| Year | Title | Authors | Venue | Paper | Code |\n|--|--|--|--|--|--|",
        "| {year} | {title} | {authors} | {venue} | [Link]({url}) | [Code]({code}) |",
        "",
    ),
    (
        "| Date | Keywords | Institute | Paper | Publication |\n|:-:|:-:|:-:|:-:|:-:|",
        "| {date} | {name} | Google | [{title}]({url}) | {venue} |",
        "",
    ),
    (
        "| 标题 | 作者 | 简介 | 代码 |\n|--|--|--|--|",
        "| [{title}]({url}) | {authors} | {note} | [代码]({code}) |",
        "",
    ),
    (
        "| Paper | Links | Summary |\n|--|--|--|",
        "| **{title}** <br> {authors} <br> {venue} {year} | [Paper]({url})<br>[Code]({code}) | {note} |",
        "",
    ),
    (
        "| Title | arXiv | Github | WebSite | Pub. & Date |\n|--|--|--|--|--|",
        "| [{title}]({url}) | [![arXiv](https://img.shields.io/badge/arXiv-x.svg)]({url})"
        " | [![Star](https://img.shields.io/github/stars/x/y.svg)]({code}) | - | {venue}, {year} |",
        "",
    ),
    ("Title | Authors | Year\n--- | --- | ---", "[{title}]({url}) | {et_al} | {year}", ""),
    (
        "<table><tr><th>Kind</th><th>Title</th><th>Paper</th><th>Code</th></tr>"
        "<tr><td rowspan='4'>A</td><td>{title}</td><td><a href='{url}'>PDF</a></td><td></td></tr>",
        "<tr><td>{title}</td><td><a href='{url}'>arXiv</a></td><td><a href='{code}'>code</a></td></tr>",
        "</table>",
    ),
    ("<ul>", "<li><a href='{url}'>{title}</a> ({venue} {year}) <em>{authors}</em></li>", "</ul>"),
    ("<ol>", "<li><b>{title}</b>, {authors} [<a href='{url}'>paper</a>]", "</ol>"),
]
SHAPES = [
    *(("", shape, "") for shape in BULLETS.strip().split("\n")),
    *(("", shape, "") for shape in BLOCKS),
    *TABLES,
]


def fields(paper):
    last_first = [re.sub(r"(.*) (\S+)", r"\2, \1", author) for author in paper.authors]
    initials = [re.sub(r"(?<=[^\W\d_])[^\s.,]+", ".", name.split(", ")[1]) for name in last_first]
    surnames = [name.split(", ")[0] for name in last_first]
    return {
        **vars(paper),
        "authors": ", ".join(paper.authors),
        "authors_and": " and ".join([", ".join(paper.authors[:-1]), paper.authors[-1]]),
        "first": paper.authors[0],
        "et_al": f"{paper.authors[0]} et al.",
        "inverted": ", ".join(map(", ".join, zip(surnames, initials, strict=True))),
        "bibtex": " and ".join(last_first),
        "yy": f"{paper.year % 100:02}",
        "date": f"{paper.year}.10.12",
    }


def listed(shape):
    """A list of two sections in one shape."""
    head, entry, foot = shape
    text = "# A List\n\nWelcome to it.\n"
    for section, papers in (("First", WORKS[:4]), ("Second", WORKS[4:])):
        rows = [entry.format(**fields(paper)) for paper in papers]
        if "rowspan" in head:
            rows[0] = ""
        text += f"\n## {section} Part\n\n{head.format(**fields(papers[0]))}\n"
        text += "\n".join(row for row in rows if row) + f"\n{foot}\n"
    return text


def notes(record):
    return [text for note in record.placements[0].notes for text in note.text.values()]


@pytest.mark.parametrize("shape", SHAPES, ids=[shape[1][:40].strip() for shape in SHAPES])
def test_the_same_records_are_read_from_every_shape(shape):
    records = [item for item in read(listed(shape)) if isinstance(item, Record)]
    entry = shape[1]
    assert [without_translation(record.title) for record in records] == [
        paper.title for paper in WORKS
    ]
    assert [record.url for record in records] == [paper.url for paper in WORKS]
    assert [record.placements[0].section for record in records] == [
        *[("First Part",)] * 4,
        *[("Second Part",)] * 4,
    ]
    if "{code}" in entry and "rowspan" not in shape[0]:
        assert [[link.url for link in record.links] for record in records] == [
            [paper.code] for paper in WORKS
        ]
    wanted = [[paper.note.rstrip(".")] if "{note}" in entry else [] for paper in WORKS]
    assert [[note.rstrip(".") for note in notes(record)] for record in records] == wanted


def without_translation(title):
    """A bracketed translation behind a title may be kept."""
    return title.removesuffix("(这是中文译名)")


OTHERS = "".join(
    f"- [A Paper of Number {n}](https://arxiv.org/abs/1706.0376{n})\n" for n in range(5)
)


def titles(text):
    return [item.title for item in read(text) if isinstance(item, Record)]


def test_a_pointer_to_another_place_of_the_list_is_no_entry():
    text = (
        f"# L\n\n## Papers\n\n{OTHERS}- [Bee et al., 2019](#bee19),\n*A Title Given Elsewhere*.\n"
    )
    assert len(titles(text)) == 5


@pytest.mark.parametrize(
    "heading", ["Fake News Detection", "Human Feedback", "Contact-rich Motion"]
)
def test_a_topic_is_not_taken_for_a_part_about_the_list(heading):
    assert len(titles(f"# L\n\n## {heading}\n\n{OTHERS}")) == 5


@pytest.mark.parametrize(
    "heading", ["News", "Latest Updates", "Contact us", "How to Cite", "更新日志"]
)
def test_a_part_about_the_list_holds_no_papers(heading):
    assert titles(f"# L\n\n## {heading}\n\n{OTHERS}") == []


def test_the_name_of_a_group_is_no_entry():
    text = (
        " * The Group of Cambridge\n"
        "  * Ann Bee, Cee Dee, Eff Gee, Segmentation of Scenes by Learned Filters, ICML, 2015. "
        "[[Paper]](https://arxiv.org/abs/1511.00561)\n"
    )
    assert titles(f"# L\n\n## Papers\n\n{OTHERS}\n## Groups\n\n{text}")[5:] == [
        "Segmentation of Scenes by Learned Filters"
    ]


def test_a_picture_between_a_title_and_its_links_changes_nothing():
    text = (
        "**SSD: Single Shot MultiBox Detector**\n\n[![img](https://a.org/b.png)](https://a.org/b.png)\n\n"
        "- intro: ECCV 2016 Oral\n- arxiv: <https://arxiv.org/abs/1512.02325>\n"
    )
    (record,) = [item for item in read(f"# L\n\n## SSD\n\n{text}") if isinstance(item, Record)]
    assert record.arxiv_id == "1512.02325"
    assert not record.links
    assert not notes(record)
    assert record.venue.startswith("ECCV")


def test_a_line_of_links_under_an_entry_is_the_entrys():
    badge = "[![Stars](https://img.shields.io/github/stars/x/y)](https://github.com/x/y)"
    text = f"1. [Attention Is All You Need](https://arxiv.org/abs/1706.03762)\n\n&nbsp; {badge}\n"
    (record,) = [item for item in read(f"# L\n\n## P\n\n{text}") if isinstance(item, Record)]
    assert [(link.kind, link.url) for link in record.links] == [("code", "https://github.com/x/y")]


def records(text):
    return [item for item in read(text) if isinstance(item, Record)]


@pytest.mark.parametrize(
    "link",
    [
        # CommonMark has no `=` in a value without quotes, and a blank before each attribute.
        "<a href=https://openreview.net/forum?id=HyI5ro0pW>",
        '<a class="x"href="https://openreview.net/forum?id=HyI5ro0pW">',
        "<a class='_x_'href='https://openreview.net/forum?id=HyI5ro0pW' target=_blank>",
    ],
)
def test_a_tag_is_one_where_a_browser_takes_it_for_one(link):
    (record,) = records(f"# L\n\n- é {link}Attention Is **All** You Need</a>. 2017.\n")
    assert record.title == "Attention Is All You Need"
    assert record.openreview_id == "HyI5ro0pW"


@pytest.mark.parametrize("tag", [r"\<b,>", "&lt;b,>", "<b"])
def test_what_was_written_as_text_is_no_tag(tag):
    (record,) = records(f"# L\n\n- [The Tag {tag} Considered](https://arxiv.org/abs/1706.03762)\n")
    assert record.title.startswith("The Tag <b")


@pytest.mark.parametrize("edge", ["", "|"])
@pytest.mark.parametrize("before", ["", "Read these:\n", "Read these:\n\n"])
def test_a_table_begins_where_its_first_line_does(before, edge):
    rows = ["Title | Venue", "--- | ---", "[A Title](https://arxiv.org/abs/1706.03762) | ICML 2017"]
    table = "\n".join(f"{edge}{row}{edge}" for row in rows)
    (record,) = records(f"# L\n\n{before}{table}\n")
    assert (record.title, record.venue, record.year) == ("A Title", "ICML", 2017)
    assert record.line == 5 + before.count("\n")


def test_one_tilde_strikes_nothing():
    (record,) = records("- [From ~5~ to ~~6 or~~ 7 Words](https://arxiv.org/abs/1706.03762)\n")
    assert record.title == "From ~5~ to 6 or 7 Words"


def test_lines_are_counted_whatever_signs_stand_before():
    text = "# 列表\n\n<!-- é\n\n🔥 -->\n\n- é\n- [A Title](https://arxiv.org/abs/1706.03762)\n"
    (record,) = records(text)
    assert record.line == 8


def test_a_line_of_names_keeps_the_last_of_them():
    names = ["Ryan L. Murphy", "Balasubramaniam Srinivasan", "Vinayak Rao", "Bruno Ribeiro"]
    text = (
        "- **Relational Pooling for Graph Representations (ICML 2019)**\n"
        f"  - {', '.join(names)}\n  - [[Paper]](https://arxiv.org/abs/1903.02541)\n"
    )
    (record,) = records(f"# L\n\n## 2019\n\n{text}")
    assert record.authors == names
