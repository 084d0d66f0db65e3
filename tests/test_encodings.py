"""Files in whatever encoding they come, and what is said of those that were damaged."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.formats.encodings import decode
from tests.timing import check_takes_less_than

RECEIVED = Path(__file__).parent.parent.parent / "shared/seed/received.md"

CHINESE = """# 大语言模型论文推荐

- **论文**：[🔥 Attention Is All You Need](https://arxiv.org/abs/1706.03762)
- **简介**：提出“自注意力”机制，替代循环结构；一切大模型的起点。
"""
FRENCH = "- Les modèles de langue : où en est-on ? « Voilà… », dit l’élève à Noël. Été, cœur.\n"
GERMAN = "- Größere Modelle für „natürliche“ Sprache: Übersicht, Maße, Prüfung. Öl, Ärger.\n"
TURKISH = (
    "- Türkçe için büyük dil modelleri: “işleyiş”, ölçü, İstanbul’da ışık, ağaç, Şişli, ÇAĞ.\n"
)
SPANISH = "- ¿Qué es una máquina? «El año pasado…» ¡Atención! Niño, pingüino, 3ª edición, 20 º.\n"
PORTUGUESE = (
    "- INFORMAÇÃO E ATENÇÃO: a computação não é só cálculo; ações, mãos, três, você, ÓRGÃO.\n"
)
ENGLISH = "- Café – naïve Bayes — “quotes”, ‘single’, 90°, ±5 €, © 2020, Erdős, Gödel…\n"
JAPANESE = "- 日本語の大規模言語モデル：「注意機構」とは何か。データと学習、カタカナ。\n"
RUSSIAN = "- Языковые модели: «внимание» — это всё, что нужно…\n"
TEXTS = [CHINESE, FRENCH, GERMAN, TURKISH, SPANISH, PORTUGUESE, ENGLISH, JAPANESE, RUSSIAN]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32-le"),
    ],
)
def test_real_text_in_unicode_is_read_without_a_word(text, codec, name):
    assert decode(text.encode(codec)) == (text, name, None)


@pytest.mark.parametrize("text", [CHINESE, "张三\n李四\n", "题名,作者,年份\n注意力,王五,2017\n"])
def test_chinese_code_page_is_told(text):
    assert decode(text.encode("gb18030")) == (text, "gb18030", None)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (FRENCH, "cp1252"),
        (GERMAN, "cp1252"),
        (SPANISH, "cp1252"),
        (PORTUGUESE, "latin-1"),
        (TURKISH, "cp1254"),
        ("Größe, Übersicht, Straße\n", "latin-1"),
        ("été\n", "latin-1"),
        ("Þetta er íslenska, já.\n", "latin-1"),
    ],
)
def test_western_code_pages_are_told_apart(text, name):
    assert decode(text.encode(name)) == (text, name, None)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_utf8_taken_for_latin_1_is_turned_back(text, times, line_end):
    data = text.replace("\n", line_end).encode()
    for _ in range(times):
        data = data.decode("latin-1").encode()
    decoded = decode(data)
    assert decoded.text == text
    assert "damaged" in decoded.problem.reason
    assert "nothing was lost" in decoded.problem.reason
    assert not decoded.problem.lost


@pytest.mark.parametrize("code_page", ["cp1252", "cp1254"])
@pytest.mark.parametrize("text", ["大模型与注意力机制，论文。", FRENCH, GERMAN, SPANISH])
def test_utf8_taken_for_a_windows_code_page_is_turned_back(text, code_page):
    """As Windows does it: the bytes that the code page leaves open stay what they are."""
    data = text.encode()
    damaged = "".join(bytes([b]).decode(code_page, "ignore") or chr(b) for b in data)
    decoded = decode(damaged.encode())
    assert decoded.text == text
    assert "nothing was lost" in decoded.problem.reason


def test_a_damaged_text_may_end_within_a_character():
    decoded = decode("å¤§æ¨¡å".encode())
    assert decoded.text == "大模\ufffd"
    assert "1 character cannot be read" in decoded.problem.reason


@pytest.mark.parametrize("code_page", ["cp1252", "cp1254"])
def test_titles_and_links_are_read_where_bytes_were_lost(code_page):
    damaged = CHINESE.encode().decode(code_page, "ignore").encode()
    decoded = decode(damaged)
    assert decoded.encoding == "utf-8"
    assert "[🔥 Attention Is All You Need](https://arxiv.org/abs/1706.03762)" in decoded.text
    assert "大" in decoded.text
    assert "\ufffd" in decoded.text
    assert f"read as {code_page}, and bytes were lost" in decoded.problem.reason
    assert f"{decoded.text.count(chr(0xFFFD))} characters cannot be read" in decoded.problem.reason
    assert not decoded.problem.lost
    # Nothing is made up: without the signs for lost ones, it is what it was, with gaps.
    rest = iter(CHINESE)
    assert all(sign in rest for sign in decoded.text if sign != "\ufffd")


def test_one_damaged_line_among_sound_ones_is_turned_back():
    damaged = "Mémoire à long terme, où ?".encode().decode("cp1252")
    text = FRENCH * 5 + damaged + "\n" + GERMAN
    decoded = decode(text.encode())
    assert decoded.text == FRENCH * 5 + "Mémoire à long terme, où ?\n" + GERMAN
    assert "1 line was damaged" in decoded.problem.reason


@pytest.mark.parametrize(
    "text",
    [
        "« voilà\u00a0» – « passé…\u00a0» – « été\u00a0»",
        "passé…\u00a0»",
        "İ” Ğ” Ş” Ü“ ß“ „Å“ Â® 5Â",
        "SÃO PAULO, MAÇÃ, ÂNGULO, Ã",
        "联通",
        "ä",
        "Ã",
        "naïve",
        "café",
    ],
)
def test_what_only_looks_damaged_is_left_alone(text):
    assert decode(text.encode()) == (text, "utf-8", None)


def test_broken_utf8_is_shown_with_its_line():
    data = CHINESE.encode()
    at = data.index("替".encode())
    decoded = decode(data[: at + 1] + data[at + 2 :])
    assert decoded.text == CHINESE.replace("替", "\ufffd")
    assert decoded.problem.line == 4
    assert "line 4" in decoded.problem.reason
    assert "大语言模型" in decoded.text


def test_half_pairs_of_utf16_are_shown_as_one_sign():
    decoded = decode("中文论文 \ud83d 推荐".encode("utf-8", "surrogatepass"))
    assert decoded.text == "中文论文 \ufffd 推荐"
    assert decoded.problem


@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "gb18030"])
def test_a_file_cut_off_within_a_character_is_read_up_to_there(codec):
    decoded = decode(f"{CHINESE}中".encode(codec)[:-1])
    assert decoded.text == f"{CHINESE}\ufffd"
    assert "damaged" in decoded.problem.reason


def test_unknown_encoding_is_said():
    decoded = decode(("Языковые модели: это всё, что нужно. " * 3).encode("koi8-r"))
    assert "not known" in decoded.problem.reason


def _zip(*names):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "x" * 1000)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "a PDF document"),
        (_zip("[Content_Types].xml", "xl/workbook.xml"), "an Excel workbook"),
        (_zip("[Content_Types].xml", "word/document.xml"), "a Word document"),
        (_zip("a.txt"), "a ZIP archive"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "a PNG picture"),
        (b"\x1f\x8b\x08\x00", "a gzip archive"),
        (bytes(range(256)) * 10, "control characters"),
        (b"\x7fELF\x02\x01\x01" + bytes(100), "control characters"),
    ],
)
def test_what_is_no_text_is_named(data, named):
    decoded = decode(data)
    assert decoded[:2] == ("", "")
    assert named in decoded.problem.reason
    assert decoded.problem.lost


def test_nul_characters_are_left_out_and_counted():
    text, encoding, problem = decode(b"A title\0, and\0 more of it, which is long enough\n")
    assert text == "A title, and more of it, which is long enough\n"
    assert encoding == "utf-8"
    assert problem.reason == "NUL characters were left out: 2."


def test_a_file_beyond_the_limit_is_refused():
    assert decode(b"x" * 100, limit=100).text == "x" * 100
    refused = decode(b"x" * 101, limit=100)
    assert refused.text == ""
    assert "too large" in refused.problem.reason


def test_line_ends_become_line_feeds():
    assert decode(b"a\r\nb\rc\n\r\n").text == "a\nb\nc\n\n"


def test_empty_file_is_an_empty_text():
    assert decode(b"") == ("", "utf-8", None)


@pytest.mark.skipif(not RECEIVED.exists(), reason="the received list is not here")
def test_received_list_is_recognised_as_damaged():
    decoded = decode(RECEIVED.read_bytes())
    assert "UTF-8 that was read as cp1254, and bytes were lost" in decoded.problem.reason
    assert decoded.text.count("https://arxiv.org/abs/") >= 12
    assert decoded.text.count("🔥") == 14
    assert decoded.text.count("**论文**") == 14


@given(st.binary(max_size=200) | st.text(max_size=100).map(lambda t: t.encode("utf-8", "replace")))
def test_any_bytes_are_read_or_refused(data):
    text, encoding, problem = decode(data)
    assert isinstance(text, str)
    assert encoding or problem
    text.encode()


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=100))
def test_what_is_turned_back_was_damaged(text):
    """Whatever is read from sound UTF-8 is that text, or one from which damage makes it."""
    decoded = decode(text.encode())
    if decoded.text != text and decoded.encoding == "utf-8":
        assert "damaged" in decoded.problem.reason


@pytest.mark.parametrize(
    "piece", ["Ã©", "Ã", "é", "ä¸­", "中", "\ufffd", "a", "Ã©\n", "é\nÃ©\n", "\x80"]
)
def test_time_is_linear(piece):
    data = (piece * (1_000_000 // len(piece))).encode()
    check_takes_less_than(10, lambda: decode(data))
