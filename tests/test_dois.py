"""DOIs, in every spelling in which people paste them."""

from urllib.parse import quote

import pytest

from papers.identifiers import parse_doi


@pytest.mark.parametrize(
    "text",
    [
        "10.1038/s41586-025-09422-z",
        "10.1038/S41586-025-09422-Z",
        "doi:10.1038/s41586-025-09422-z",
        "DOI: 10.1038/s41586-025-09422-z",
        "doi 10.1038/s41586-025-09422-z",
        "DOI：10.1038/s41586-025-09422-z",
        "DOI: https://doi.org/10.1038/s41586-025-09422-z",
        "info:doi/10.1038/s41586-025-09422-z",
        "urn:doi:10.1038/s41586-025-09422-z",
        "https://doi.org/10.1038/s41586-025-09422-z",
        "http://doi.org/10.1038/s41586-025-09422-z",
        "https://dx.doi.org/10.1038/s41586-025-09422-z",
        "https://www.doi.org/10.1038/s41586-025-09422-z",
        "//doi.org/10.1038/s41586-025-09422-z",
        "doi.org/10.1038/s41586-025-09422-z",
        "dx.doi.org/10.1038/s41586-025-09422-z",
        "HTTPS://DOI.ORG/10.1038/S41586-025-09422-Z",
        "https://doi.org/doi:10.1038/s41586-025-09422-z",
        "https://doi.org/10.1038/s41586-025-09422-z/",
        "https://doi.org/10.1038/s41586-025-09422-z?utm_source=x",
        "https://doi.org/10.1038/s41586-025-09422-z#Sec2",
        "https://doi.org/10.1038%2Fs41586-025-09422-z",
        "https://doi.org/10.1038%252Fs41586-025-09422-z",
        "10.1038%2fs41586%2D025-09422-z",
        "https://www.example.org/doi/10.1038/s41586-025-09422-z",
        "https://www.example.org/doi/full/10.1038/s41586-025-09422-z?af=R",
        "https://link.springer.com/article/10.1038/s41586-025-09422-z",
        " 10.1038/s41586-025-09422-z. ",
        "10.1038/s41586-025-09422-z,",
        "10.1038/s41586-025-09422-z。",
        "(10.1038/s41586-025-09422-z)",
        "10.1038/s41586-025-09422-z).",
        "<https://doi.org/10.1038/s41586-025-09422-z>",
        '"10.1038/s41586-025-09422-z"',
        "{10.1038/s41586-025-09422-z}",
        "［１０．１０３８／ｓ４１５８６-０２５-０９４２２-ｚ］",
        "10.1038/s41586‐025‑09422-z",
        "10.1038/s41586-\u200b025-09422-z",
    ],
)
def test_doi_is_read_in_any_spelling(text):
    assert parse_doi(text) == "10.1038/s41586-025-09422-z"


SICI = "10.1002/(SICI)1521-3951(199911)216:1<135::AID-PSSB135>3.0.CO;2-#"


@pytest.mark.parametrize(
    "text",
    [
        SICI,
        SICI.lower(),
        f"doi:{SICI}",
        f"<{SICI}>",
        f"({SICI}).",
        f"https://doi.org/{quote(SICI)}",
        f"https://doi.org/{quote(SICI, safe='')}",
        f"https://doi.org/{quote(SICI)}#references",
    ],
)
def test_doi_keeps_its_own_signs(text):
    assert parse_doi(text) == SICI.lower()


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("10.1016/0004-3702(86)90031-7", "10.1016/0004-3702(86)90031-7"),
        ("10.1016/S0004-3702(86)", "10.1016/s0004-3702(86)"),
        ("(10.1016/S0004-3702(86))", "10.1016/s0004-3702(86)"),
        ("10.1000.10/123456", "10.1000.10/123456"),
        ("10.1000/a/b/c", "10.1000/a/b/c"),
        ("10.1000/a?b", "10.1000/a?b"),
        ("https://doi.org/10.1000/a%3Fb?c", "10.1000/a?b"),
        ("10.48550/arXiv.1706.03762", "10.48550/arxiv.1706.03762"),
    ],
)
def test_doi_brackets_and_query(text, doi):
    assert parse_doi(text) == doi


@pytest.mark.parametrize(
    "text",
    [
        "",
        "doi:",
        "https://doi.org/",
        "10.1000",
        "10.1000/",
        "10.1000/.",
        "10.1000/%20",
        "11.1000/x",
        "10.10/x",
        "10.1000/a b",
        "10.1000/a%20b",
        "see 10.1000/x",
        "10.1000/x is good",
        "https://doi.org/10.1000/x is good",
        "https://doi.org/10.1000/x?a good one",
        "10.1000/x,10.1000/\ny",
        "10.1000/x这篇论文",
        "论文10.1000/x",
        "https://evil.test/10.1000/x",
        "https://doi.org.evil.test/10.1000/x",
        "1706.03762",
        "10.1000/%FF",
        "10.1000/\ud800",
        "10.1000/\x00",
    ],
)
def test_what_is_no_doi_is_refused(text):
    assert parse_doi(text) is None
