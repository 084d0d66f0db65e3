"""Files are read whatever their encoding and format, and however long they are."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.formats import files
from papers.formats.files import Reading
from papers.records import Problem, Record

TABLE = "标题;年份\n注意力;2017\n大模型;2020\n" + "更多;2021\n" * 9


def read(data, name="auto"):
    reading = Reading(io.BytesIO(data), name)
    return reading, list(reading)


@pytest.fixture(params=[False, True], ids=["whole", "streamed"])
def small(request, monkeypatch):
    """As if files were too long to be read whole."""
    if request.param:
        monkeypatch.setattr(files, "LIMIT", 60)
    return request.param


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_table_is_read_from_any_encoding(small, encoding, end):
    reading, items = read(TABLE.replace("\n", end).encode(encoding))
    assert (reading.format, reading.problem) == ("csv", None)
    assert len(items) == 11
    assert [(item.title, item.year, item.line) for item in items[:2]] == [
        ("注意力", 2017, 2),
        ("大模型", 2020, 3),
    ]


def test_a_tab_file_as_excel_writes_unicode_text(small):
    _, (record,) = read('Title\tPages\r\n"A ""T"""\t10-20\r\n'.encode("utf-16"))
    assert (record.title, record.pages) == ('A "T"', "10-20")


def test_what_is_damaged_in_a_long_file_is_said_and_the_rest_comes_in(monkeypatch):
    monkeypatch.setattr(files, "LIMIT", 60)
    monkeypatch.setattr(files, "_HEAD", 40)
    data = b"title,year\n" + b"Sound,2017\n" * 10 + b"Dam\xffaged,2018\nNUL\0,2019\n"
    _, items = read(data)
    assert [item.title for item in items if isinstance(item, Record)][-2:] == [
        "Dam\ufffdaged",
        "NUL",
    ]
    assert isinstance(items[-1], Problem)
    assert (items[-1].lost, items[-1].line) == (False, 12)


def test_what_cannot_be_read_line_by_line_is_refused_where_it_is_too_long(monkeypatch):
    monkeypatch.setattr(files, "LIMIT", 60)
    reading, items = read(b"# A Markdown list\n" * 5)
    assert items == []
    assert reading.problem.lost
    assert "too large" in reading.problem.reason


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b" \r\n\n"])
def test_an_empty_file_is_said_to_be_empty(data):
    reading, items = read(data)
    assert (reading.problem.reason, items) == ("The file is empty.", [])


PIECES = st.sampled_from(
    [
        *("T,2017\n", '"a\nb",1\n', "\r\n", "\r", "x;y\n", '"', "中,2\n", "1706.03762\n"),
        *('{"type":"paper","title":"a"}\n', "\u2028", "\x85", "\x0c", "title,year\n"),
    ]
)


@given(
    st.lists(PIECES, min_size=20, max_size=40).map("".join),
    st.sampled_from(["utf-8", "utf-16"]),
    st.sampled_from(files.STREAMED),
)
def test_a_long_file_is_read_as_a_short_one_would_be(text, encoding, name):
    data = f"title,year\n{text}".encode(encoding)
    whole = read(data, name)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "LIMIT", 60)
        assert read(data, name)[1] == whole[1]


def test_how_far_it_is_moves_with_the_items_up_to_the_whole(small):
    data = ("title,year\n" + "T,2017\n" * 10).encode()
    reading = Reading(io.BytesIO(data))
    steps = [(reading.done, reading.unit) for _ in reading]
    assert steps == sorted(steps)
    assert steps[-1] == ((len(data), "MB") if small else (11, "lines"))
