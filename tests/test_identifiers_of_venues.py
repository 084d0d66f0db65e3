"""OpenReview's and the ACL Anthology's identifiers, read from the addresses people paste."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.identifiers import parse_acl, parse_openreview


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("https://openreview.net/forum?id=B1QRgziT-", "B1QRgziT-"),
        ("https://openreview.net/pdf?id=r1xMH1BtvB", "r1xMH1BtvB"),
        ("openreview.net/forum?noteId=x&id=rJl-b3RcF7#discussion", "rJl-b3RcF7"),
        ("https://openreview.net/attachment?id=gEZrGCozdqR&name=pdf", "gEZrGCozdqR"),
        ("<https://openreview.net/forum?id=gEZrGCozdqR>", "gEZrGCozdqR"),
        ("https://openreview.net/group?id=ICLR.cc/2020", None),
        ("https://openreview.net/forum", None),
        ("https://example.org/forum?id=B1QRgziT-", None),
        ("B1QRgziT-", None),
    ],
)
def test_openreview_is_read_from_its_addresses(text, identifier):
    assert parse_openreview(text) == identifier


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("P19-1001", "P19-1001"),
        ("2020.acl-main.745", "2020.acl-main.745"),
        ("https://aclanthology.org/N19-1423/", "N19-1423"),
        ("https://aclanthology.org/2020.ACL-main.745v2.pdf", "2020.acl-main.745"),
        ("https://www.aclweb.org/anthology/p18-1031", "P18-1031"),
        ("http://aclweb.org/anthology/P/P16/P16-1001.pdf", "P16-1001"),
        ("https://www.aclweb.org/anthology/papers/N/N19/N19-1423/", "N19-1423"),
        ("https://aclanthology.coli.uni-saarland.de/papers/D18-1045/d18-1045", "D18-1045"),
        ("https://aclanthology.org/events/acl-2019/", None),
        ("https://example.org/P19-1001", None),
        ("P19-10011", None),
        ("a talk on P19-1001", None),
    ],
)
def test_acl_is_read_bare_and_from_its_addresses(text, identifier):
    assert parse_acl(text) == identifier


@given(st.text(max_size=80))
def test_any_text_gives_an_identifier_or_none(text):
    for parse in (parse_openreview, parse_acl):
        assert parse(text) is None or parse(text).isascii()


@pytest.mark.parametrize("piece", ["/", "a/", "P19-1001/", "&id=", "?", "1"])
def test_absurd_input_takes_no_time(piece):
    text = piece * (2000 // len(piece))
    for before in ("", "https://aclanthology.org/", "https://openreview.net/forum?"):
        parse_acl(before + text)
        parse_openreview(before + text)
