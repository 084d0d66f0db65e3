"""Whatever readers, registries and intake say is told in the language of the page."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from papers.admin import sentences
from papers.formats.encodings import decode

#: What no curator meets; and sentences that the code puts together, which are tried below.
LEFT_OUT = (
    "Every try ends in an answer or an error.",
    "There is no section “x”.",
    "The file is damaged: in x, the first",
    "The file is too large: it has x.",
    "x and saved again.",
    "x x (x, status x).",
    "x, and bytes were lost",
)
PACKAGES = ("formats", "intake", "sources")


def spoken():
    """The sentences in the code, each hole filled with an `x`."""
    for package in PACKAGES:
        for path in sorted((Path(settings.BASE_DIR) / "papers" / package).rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            passive = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
            passive |= {
                id(part)
                for node in ast.walk(tree)
                if isinstance(node, ast.JoinedStr)
                for part in node.values
            }
            for node in ast.walk(tree):
                text = None if id(node) in passive else _text(node)
                # A capital letter, some words, a full stop.
                # Where a text is put in later, it is in quotation marks.
                text = text and text.replace("{}", "“x”")
                if text and re.fullmatch(r"[A-Z“x][^\n\\|]* [^\n\\|]*\.", text):
                    yield text


def _text(node):
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        text = ""
        for part in node.values:
            # Right behind a word stands what makes it plural.
            hole = "s" if text[-1:].isalpha() else "x"
            text += part.value if isinstance(part, ast.Constant) else hole
        return text
    return None


def test_all_that_is_said_in_the_code_can_be_translated():
    said = {sentence for sentence in spoken() if not sentence.startswith(LEFT_OUT)}
    assert len(said) > 40
    assert not [sentence for sentence in said if not sentences.is_known(sentence)]


def test_what_is_said_of_files_is_told_in_chinese():
    text = "，".join(["深度学习与语言模型"] * 20)
    files = [
        text.encode() + b"\xff",
        b"\xff".join([text.encode()] * 4),
        text.encode().decode("latin-1").encode(),
        text.encode().decode("cp1254", "ignore").encode(),
    ]
    said = [decode(file).problem.reason for file in files] + [decode(b"x" * 9, 8).problem.reason]
    assert len({sentence[:60] for sentence in said}) >= 3
    with translation.override("zh-hans"):
        for sentence in said:
            assert sentences.translate(sentence) != sentence


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("“x;y” is no DOI; it was left out.", "“x;y”不是 DOI，已略去。"),
        (
            "2101.99999: arXiv knows no paper of this identifier.",
            "2101.99999：arXiv 没有这个编号的论文。",
        ),
        ("It has no title; its end is missing.", "没有标题；缺少结尾"),
        (
            "The file is a PNG picture, not text. Save its text as a file of its own.",
            "文件是 PNG 图片，不是文本。请将其中的文本另存为文件。",
        ),
        (
            "arXiv is out of order (503) and wants to be left alone for 9 s.",
            "arXiv 暂时不可用（503），并要求 9 秒内不再查询。",
        ),
        ("arXiv refuses (text/html, status 403).", "arXiv 拒绝了查询（text/html, status 403）。"),
        ("Nobody has ever said this.", "Nobody has ever said this."),
        ("100% of %(what)s is no DOI.", "100% of %(what)s is no DOI."),
        ("“100%s” is no DOI; it was left out.", "“100%s”不是 DOI，已略去。"),
        ("", ""),
    ],
)
def test_sentences_are_told_in_chinese(said, told):
    assert sentences.translate(said) == said
    with translation.override("zh-hans"):
        assert sentences.translate(said) == told
