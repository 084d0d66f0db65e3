"""Lists in Markdown, in the shapes that people keep them in, become records."""

import pytest

from papers.formats.markdown import read
from papers.records import ListRecord, Problem, Record, SectionRecord

PDF = "https://arxiv.org/abs/1706.03762"


def papers(text):
    return [item for item in read(text) if isinstance(item, Record)]


def paper(text):
    (found,) = papers(text)
    return found


def notes(record):
    return [text for note in record.placements[0].notes for text in note.text.values()]


def links(record):
    return [(link.kind, link.label) for link in record.links]


CHINESE = """
# 论文推荐

适合入门：

## **一、大模型**

### 1. 万物起源

- **论文**：[🔥*Attention Is All You Need*](https://arxiv.org/abs/1706.03762)
- **简介**：注意力机制。

### 2. 参数高效微调（PEFT）
- **论文**:[🔥LoRA：LoRA: Low-Rank Adaptation](https://arxiv.org/abs/2106.09685)
- **论文**:[🔥QLoRA：QLoRA: Efficient Finetuning](https://arxiv.org/abs/2305.14314)
- **简介**:降低微调成本。
-
### 2. 大规模训练
- **论文**:[🔥Efficient Large-Scale Training on Clusters（Megatron-LM](https://arxiv.org/abs/2104.04473)
- **简介**:并行。
- **论文**:[🔥*ViT：An Image is Worth 16x16 Words: Transformers*](https://arxiv.org/abs/2010.11929)
- **论文**:[🔥*BERT: Pre-training of Transformers*](https://arxiv.org/abs/1810.04805)
"""


def test_sections_lose_number_and_emphasis():
    sections = [item for item in read(CHINESE) if isinstance(item, SectionRecord)]
    assert [section.path for section in sections] == [
        ("大模型",),
        ("大模型", "万物起源"),
        ("大模型", "参数高效微调（PEFT）"),
        ("大模型", "大规模训练"),
    ]
    assert sections[0].titles == {"zh-hans": "大模型"}


def test_the_first_heading_and_its_text_are_the_lists_profile():
    profile = next(item for item in read(CHINESE) if isinstance(item, ListRecord))
    assert profile.titles == {"zh-hans": "论文推荐"}
    assert profile.introductions == {"zh-hans": "适合入门："}


def test_labels_are_told_from_titles():
    assert [(record.placements[0].label, record.title) for record in papers(CHINESE)] == [
        ("", "Attention Is All You Need"),
        ("LoRA", "LoRA: Low-Rank Adaptation"),
        ("QLoRA", "QLoRA: Efficient Finetuning"),
        ("Megatron-LM", "Efficient Large-Scale Training on Clusters"),
        ("ViT", "An Image is Worth 16x16 Words: Transformers"),
        ("BERT", "BERT: Pre-training of Transformers"),
    ]


def test_a_note_is_on_the_one_paper_before_it_or_on_the_section():
    first, lora, qlora, megatron, _, _ = papers(CHINESE)
    assert notes(first) == ["注意力机制。"]
    assert notes(megatron) == ["并行。"]
    assert notes(lora) == notes(qlora) == []
    section = [item for item in read(CHINESE) if isinstance(item, SectionRecord)][2]
    assert [note.text for note in section.notes] == [{"zh-hans": "降低微调成本。"}]


def test_a_mark_on_every_entry_is_a_highlight():
    assert all(record.placements[0].highlighted for record in papers(CHINESE))


# --- One item, in all shapes ---

ITEMS = {
    "bullet": f"- [Attention Is All You Need]({PDF})",
    "bullet with label link": f"- Attention Is All You Need [[pdf]({PDF})]",
    "bold": f"* **Attention Is All You Need** [[Paper]({PDF})]",
    "bold with date": f"- (2017-06) **Attention Is All You Need** [paper]({PDF})",
    "venue in front": f"- [NeurIPS 2017] Attention Is All You Need [[paper]]({PDF})",
    "venue link in front": f"- [[NeurIPS2017]({PDF})] Attention Is All You Need.",
    "venue and year between": f"- Attention Is All You Need | **[NIPS' 17]** |[`[pdf]`]({PDF})",
    "task list": f"- [x] [Attention Is All You Need]({PDF})",
    "paragraph": f"[Attention Is All You Need]({PDF}), NeurIPS 2017",
    "paragraph with breaks": f"**Attention Is All You Need.**<br>\n*Ann Bee, Cee Dee.*<br>\n"
    f"NeurIPS 2017. [[PDF]({PDF})]",
    "label lines below": f"**Attention Is All You Need**\n\n- Paper: {PDF}\n- Code: None",
    "label lines in Chinese": f"**Attention Is All You Need**\n\n- 论文：{PDF}\n- 代码：无",
    "heading above label lines": f"## L\n\n### Attention Is All You Need\n\n- Paper: {PDF}",
    "heading above links": f"## L\n\n### Attention Is All You Need\n\n[paper]({PDF})",
    "heading with link": f"## L\n\n### [Attention Is All You Need]({PDF})",
    "titles in labels": f"**Title:** Attention Is All You Need<br>\n**Link:** [arXiv]({PDF})",
    "sub-bullets": f"- Attention Is All You Need\n  - [[Paper]]({PDF})",
    "citation": f'[1] Bee, Ann, et al. "Attention Is All You Need." NeurIPS (2017). [[pdf]]({PDF})',
    "reference": f"1. A. Bee and C. Dee. Attention Is All You Need. NeurIPS, 2017. [[pdf]({PDF})]",
    "authors first": f"- A. Bee and C. Dee, **Attention Is All You Need**, NIPS, 2017. [pdf]({PDF})",
    "reference link": f"- [Attention Is All You Need][1]\n\n[1]: {PDF}",
    "table": f"|Title|Paper|\n|--|--|\n|Attention Is All You Need|[pdf]({PDF})|",
    "table in Chinese": f"|年份|名字|\n|--|--|\n|2017|[Attention Is All You Need]({PDF})|",
    "HTML table": f"<table><tr><th>Paper</th></tr><tr><td><a href='{PDF}'>Attention Is All You Need"
    "</a><br><i>Ann Bee</i></td></tr></table>",
    "HTML list": f"<ul><li><b>[2017]</b> <a href='{PDF}'>Attention Is All You Need</a></ul>",
    "details": f"<details><summary>More</summary>\n\n- [Attention Is All You Need]({PDF})\n\n</details>",
    "quotation": f"> **Attention Is All You Need**\n> [[paper]({PDF})]",
    "line under it": f"[Attention Is All You Need]({PDF}), NeurIPS 2017\n---",
}


@pytest.mark.parametrize("text", ITEMS.values(), ids=ITEMS)
def test_title_and_link_are_found_in_every_shape(text):
    found = paper(f"# List\n\n{text}\n")
    assert (found.title, found.arxiv_id) == ("Attention Is All You Need", "1706.03762")
    assert found.url in (PDF, "")
    assert not notes(found)


def test_what_stands_around_a_title_is_told_apart():
    found = paper(
        f"- [A Title, With a Comma]({PDF}) - Ann Bee, Cee D. Eff, ICML 2019. "
        "[[Code](https://github.com/a/b)] [[Slides](https://b.org/x)]"
    )
    assert found.title == "A Title, With a Comma"
    assert found.authors == ["Ann Bee", "Cee D. Eff"]
    assert (found.venue, found.year) == ("ICML", 2019)
    assert links(found) == [("code", "Code"), ("slides", "Slides")]
    assert not notes(found)


def test_a_table_says_by_its_header_what_its_cells_are():
    found = paper(
        "| Note | Model | Paper | Authors | Conference | paper link | code link | Date |\n"
        "|--|--|--|--|--|--|--|--|\n"
        "| sketches | pix2pix | Image Translation with Nets | Ann Bee, Cee Dee | CVPR 2017 "
        "| [1611.07004](https://arxiv.org/abs/1611.07004) | [a/b](https://github.com/a/b) "
        "| 2016-11-21 |\n"
    )
    assert found.title == "Image Translation with Nets"
    assert found.placements[0].label == "pix2pix"
    assert found.authors == ["Ann Bee", "Cee Dee"]
    assert (found.venue, found.year) == ("CVPR", 2017)
    assert found.published_on.isoformat() == "2016-11-21"
    assert found.url == "https://arxiv.org/abs/1611.07004"
    assert links(found) == [("code", "a/b")]
    assert notes(found) == ["sketches"]


def test_several_papers_named_in_one_item_are_several_records():
    found = papers(
        "| Name | Video |\n|--|--|\n"
        "| [GPT](https://a.org/1.pdf), [GPT-2](https://a.org/2.pdf) and [GPT-3](https://a.org/3.pdf)"
        " | [video](https://youtu.be/x) |\n"
    )
    assert [record.title for record in found] == ["GPT", "GPT-2", "GPT-3"]
    assert all(links(record) == [("video", "video")] for record in found)


def test_several_papers_in_one_paragraph_are_several_records():
    found = papers(
        f"# L\n\n**The First Long Title**  \n*Ann Bee*  \nCVPR 2022. [[Paper]({PDF})]\n"
        "**The Second Long Title**  \n*Cee Dee*  \nCVPR 2022. [[Paper](https://a.org/b.pdf)]\n"
    )
    assert [record.title for record in found] == ["The First Long Title", "The Second Long Title"]
    assert [record.authors for record in found] == [["Ann Bee"], ["Cee Dee"]]


def test_a_paper_under_another_is_its_own_record():
    first, second = papers(
        f"# L\n\n- [The First Long Title]({PDF})\n  - [The Second Title](https://a.org/b.pdf)\n"
        "  - a remark on the first\n"
    )
    assert (first.title, second.title) == ("The First Long Title", "The Second Title")
    assert notes(first) == ["a remark on the first"]


NOTES = {
    "dash": f"- [Some Long Title]({PDF}) - shows that nets can learn",
    "sub-bullet": f"- [Some Long Title]({PDF})\n  - shows that nets can learn",
    "quotation": f"- [Some Long Title]({PDF})\n\n  > shows that nets can learn",
    "label": f"- Some Long Title\n  - Paper: {PDF}\n  - Notes: shows that nets can learn",
    "cell": f"|Paper|Description|\n|-|-|\n|[Some Long Title]({PDF})|shows that nets can learn|",
    "bracket": f"- **Some Long Title** [[pdf]({PDF})] **(shows that nets can learn)**",
    "two blanks": f"|Paper|Links|\n|-|-|\n|1) Some Long Title  Shows that nets can learn|[Paper]({PDF})|",
}


@pytest.mark.parametrize("text", NOTES.values(), ids=NOTES)
def test_remarks_are_notes(text):
    found = paper(f"# L\n\n{text}\n")
    assert found.title == "Some Long Title"
    assert [note.lower() for note in notes(found)] == ["shows that nets can learn"]


@pytest.mark.parametrize(
    "below",
    ["Ann Bee, Cee Dee, Eff Gee", "*Ann Bee*", "CVPR 2022", "Authors: Ann Bee and others"],
)
def test_authors_and_venues_are_no_notes(below):
    assert not notes(paper(f"# L\n\n- [Some Long Title]({PDF})\n  - {below}\n"))


# --- What is no entry ---


@pytest.mark.parametrize(
    "text",
    [
        "- [Contents](#contents)",
        f"This list was written with [this survey]({PDF}) and our [group](https://a.edu) in mind.",
        f"## Citation\n\n- [Our Own Survey Of It]({PDF})",
        f"## News\n\n- [2023/05] We released [our paper]({PDF})",
        "## Tools\n\n- [Torch](https://torch.org) - a framework\n- [x](https://github.com/x/y)",
        "[![Stars](https://img.shields.io/github/stars/x/y)](https://github.com/x/y)",
        f"<!-- - [Hidden Paper Title]({PDF}) -->",
        f"```\n- [Coded Paper Title]({PDF})\n```",
        "| Model | Top-1 |\n|--|--|\n| ResNet | 75.3 |",
    ],
)
def test_what_is_no_paper_is_left_out(text):
    assert not papers(f"# List\n\n{text}\n")


def test_an_item_without_link_counts_among_papers():
    items = [
        f"- **A Long Title {n}** [[paper](https://arxiv.org/abs/1706.0376{n})]" for n in range(4)
    ]
    text = "\n".join(
        [*items, "- **A Title Without Address** [[paper]()]", "- **An Unlinked Title**"]
    )
    assert [record.url for record in papers(text)][-2:] == ["", ""]
    assert len(papers(text)) == 6
    assert not papers("# L\n\n- From outline to detail\n- From old to new\n")


def test_a_bare_link_with_an_identifier_is_a_record_that_registries_can_name():
    (record,) = papers(f"## A\n\n- [paper]({PDF})\n")
    assert (record.title, record.arxiv_id) == ("", "1706.03762")
    assert record.placements[0].section == ("A",)


def test_a_link_to_a_paper_without_title_and_identifier_is_a_problem():
    text = "- [paper](https://example.org/a.pdf)\n"
    (problem,) = [item for item in read(text) if isinstance(item, Problem)]
    assert problem.line == 1
    assert "https://example.org/a.pdf" in problem.text


# --- Links ---


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("ttps://a.org/b.pdf", "https://a.org/b.pdf"),
        ("hhttps://a.org/b.pdf", "https://a.org/b.pdf"),
        ("https:/a.org/b.pdf", "https://a.org/b.pdf"),
        ("http://https://a.org/b.pdf", "https://a.org/b.pdf"),
        ("a.org/b.pdf", "https://a.org/b.pdf"),
        ("(https://a.org/b.pdf)", "https://a.org/b.pdf"),
        ("[x](https://a.org/b.pdf)", "https://a.org/b.pdf"),
        ("1706.03762", "https://arxiv.org/abs/1706.03762"),
        ("papers/b.pdf", "papers/b.pdf"),
        ("https://web.archive.org/web/2019/https://a.org/b.pdf",) * 2,
        ("HTTPS://a.org/B.pdf?x=1#page=2", "https://a.org/B.pdf?x=1#page=2"),
    ],
)
def test_addresses_are_mended_only_where_it_is_clear(written, url):
    assert paper(f"# L\n\n- **Some Long Title** [[paper]({written})]\n").url == url


@pytest.mark.parametrize("written", ["", "nan", "Some Long Title", "javascript:alert(1)", "#top"])
def test_what_is_no_address_is_none(written):
    others = f"- **Another Title** [[paper]({PDF})]\n" * 4
    found = papers(f"# L\n\n{others}- **Some Long Title** [[paper]({written})]\n")[-1]
    assert (found.title, found.url) == ("Some Long Title", "")


def test_the_paper_is_the_main_link_and_not_its_code():
    found = paper(
        f"- [Some Long Title](https://github.com/a/b) [[arXiv]({PDF})] "
        "[[CVF](https://openaccess.thecvf.com/x.html)] [[Video](https://youtu.be/x)]"
    )
    assert found.url == PDF
    assert sorted(kind for kind, _ in links(found)) == ["code", "other", "video"]


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Code", "code"),
        ("PyTorch implementation", "code"),
        ("official code - caffe", "code"),
        ("代码", "code"),
        ("Project Page", "project"),
        ("项目主页", "project"),
        ("Dataset", "dataset"),
        ("Demo", "demo"),
        ("Slides", "slides"),
        ("视频", "video"),
        ("Pretrained models", "model"),
        ("中文解读", "other"),
        ("Blog", "other"),
    ],
)
def test_a_label_says_where_a_link_leads(label, kind):
    found = paper(f"- Some Long Title [[pdf]({PDF})] [[{label}](https://example.org/x)]")
    assert links(found) == [(kind, label)]


@pytest.mark.parametrize(
    ("url", "field", "value"),
    [
        ("https://arxiv.org/pdf/1706.03762v5.pdf", "arxiv_id", "1706.03762"),
        ("https://arxiv.org/pdf/1706.03762.pdf&embed", "arxiv_id", "1706.03762"),
        ("https://doi.org/10.1000/ABC", "doi", "10.1000/abc"),
        ("https://openreview.net/forum?id=B1QRgziT-", "openreview_id", "B1QRgziT-"),
        ("https://www.aclweb.org/anthology/P19-1001.pdf", "acl_id", "P19-1001"),
    ],
)
def test_identifiers_are_read_from_the_main_link(url, field, value):
    assert getattr(paper(f"- [Some Long Title]({url})"), field) == value


def test_an_arxiv_number_in_the_text_counts():
    text = "# L\n\n1. **Some Long Title**. arXiv:1512.02325, 2015. [[pdf](https://a.org/b.pdf)]\n"
    assert paper(text).arxiv_id == "1512.02325"


# --- Highlights ---


def rated(*stars, extra=""):
    return "\n".join(
        f"- **The Title Of Number {n}** [[paper](https://arxiv.org/abs/1706.{n:05})] {':star:' * count}"
        f"{extra if n == 1 else ''}"
        for n, count in enumerate(stars)
    )


def highlighted(text):
    return [record.placements[0].highlighted for record in papers(text)]


def test_a_mark_is_a_highlight():
    assert highlighted(rated(0, 1, 0, 0)) == [False, True, False, False]
    for mark in ("🔥", "⭐", "👍", "【推荐阅读】", "**must read**"):
        assert highlighted(f"# L\n\n- {mark} [Some Long Title]({PDF})\n") == [True]


def test_of_a_rating_only_the_top_grade_is_a_highlight():
    assert highlighted(rated(3, 5, 4, 5)) == [False, True, False, True]


def test_beside_a_rating_the_other_mark_is_the_highlight():
    assert highlighted(rated(3, 4, 5, 5, extra=" 🔥")) == [False, True, False, False]


@pytest.mark.parametrize("sign", ["✅", "⭐ 1.2k", "**bold**", "![](https://img.shields.io/x-⭐)"])
def test_status_and_counts_are_no_highlights(sign):
    assert highlighted(f"# L\n\n- [Some Long Title]({PDF}) {sign}\n") == [False]
