"""arXiv's identifiers in every spelling in which people paste them, and what holds for all."""

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.identifiers import ArxivId, parse_arxiv, parse_doi
from tests.timing import check_takes_less_than


@pytest.mark.parametrize(
    "text",
    [
        "1706.03762v5",
        " 1706.03762v5\n",
        "1706.03762V5",
        "arXiv:1706.03762v5",
        "arxiv: 1706.03762v5",
        "ARXIV 1706.03762v5",
        "arXiv:1706.03762v5 [cs.CL]",
        "arXiv:1706.03762v5  [cs.CL]  6 Dec 2017",
        "arXiv preprint arXiv:1706.03762v5",
        "CoRR abs/1706.03762v5",
        "abs/1706.03762v5",
        "https://arxiv.org/abs/1706.03762v5",
        "http://arxiv.org/abs/1706.03762v5",
        "//arxiv.org/abs/1706.03762v5",
        "arxiv.org/abs/1706.03762v5",
        "www.arxiv.org/abs/1706.03762v5",
        "HTTPS://ARXIV.ORG/ABS/1706.03762V5",
        "https://arxiv.org/abs/1706.03762v5/",
        "https://arxiv.org/abs/1706.03762v5?context=cs.LG",
        "https://arxiv.org/abs/1706.03762v5?q=a%20b",
        "https://arxiv.org/abs/1706.03762v5#comments",
        "https://arxiv.org/abs/arXiv:1706.03762v5",
        "https://arxiv.org/pdf/1706.03762v5",
        "https://arxiv.org/pdf/1706.03762v5.pdf",
        "https://arxiv.org/pdf/1706.03762v5.pdf#page=3",
        "https://arxiv.org/html/1706.03762v5",
        "https://arxiv.org/html/1706.03762v5/#S3.SS2",
        "https://export.arxiv.org/abs/1706.03762v5",
        "https://cn.arxiv.org/abs/1706.03762v5",
        "https://arxiv.org/e-print/1706.03762v5",
        "https://arxiv.org:443/abs/1706.03762v5",
        "https://arxiv.org//abs//1706.03762v5",
        "http://xxx.itp.ac.cn/pdf/1706.03762v5",
        "https://labs.arxiv.org/ar5iv/1706.03762v5",
        "https://ar5iv.org/1706.03762v5",
        "https://scirate.com/arxiv/1706.03762v5",
        "https://api.semanticscholar.org/arXiv:1706.03762v5",
        "https://www.semanticscholar.org/paper/arXiv:1706.03762v5",
        "arXiv.org:1706.03762v5",
        "arXiv e-prints, arXiv:1706.03762v5",
        "https://ar5iv.org/abs/1706.03762v5",
        "https://ar5iv.labs.arxiv.org/html/1706.03762v5",
        "https://www.alphaxiv.org/abs/1706.03762v5",
        "https://alphaxiv.org/overview/1706.03762v5",
        "https://www.alphaxiv.org/zh/overview/1706.03762v5",
        "https://huggingface.co/papers/1706.03762v5",
        "hf.co/papers/1706.03762v5",
        "https://www.arxiv-vanity.com/papers/1706.03762v5/",
        "10.48550/arXiv.1706.03762v5",
        "doi:10.48550/arXiv.1706.03762v5",
        "https://doi.org/10.48550/ARXIV.1706.03762V5",
        "https://doi.org/10.48550%2FarXiv.1706.03762v5",
        "<https://arxiv.org/abs/1706.03762v5>",
        "(arXiv:1706.03762v5)",
        "“1706.03762v5”",
        "【1706.03762v5】",
        "{1706.03762v5}",
        "1706.03762v5.",
        "1706.03762v5，",
        "１７０６．０３７６２ｖ５",
        "1706。03762v5。",
        "ａｒＸｉｖ：１７０６.０３７６２v5",
        "ｈｔｔｐｓ：／／ａｒｘｉｖ．ｏｒｇ／ａｂｓ／1706.03762v5",
        "\ufeff1706.\u200b03762v5",
    ],
)
def test_arxiv_identifier_is_read_in_any_spelling(text):
    assert parse_arxiv(text) == ArxivId("1706.03762", 5)


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("cs/0112017", "cs/0112017"),
        ("CS/0112017", "cs/0112017"),
        ("cs.CL/0112017", "cs/0112017"),
        ("math.GT/0309136", "math/0309136"),
        ("math-ph/0309136", "math-ph/0309136"),
        ("cond-mat.str-el/9901001", "cond-mat/9901001"),
        ("arXiv:cs/0112017", "cs/0112017"),
        ("https://arxiv.org/abs/cs/0112017", "cs/0112017"),
        ("https://arxiv.org/pdf/cs/0112017.pdf", "cs/0112017"),
        ("https://arxiv.org/abs/cs%2F0112017", "cs/0112017"),
        ("https://doi.org/10.48550/arXiv.cs/0112017", "cs/0112017"),
        ("10.48550/arXiv.cs%2F0112017", "cs/0112017"),
        ("ｃｓ／０１１２０１７", "cs/0112017"),
        ("hep-th/9108001", "hep-th/9108001"),
        ("math/0703999", "math/0703999"),
    ],
)
def test_old_arxiv_identifier_is_kept_without_its_subject_class(text, identifier):
    assert parse_arxiv(text) == ArxivId(identifier, None)


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("hep-th/9901001v2", 2),
        ("https://arxiv.org/pdf/hep-th/9901001v12.pdf", 12),
        ("hep-th/9901001", None),
        ("https://arxiv.org/abs/hep-th/9901001", None),
    ],
)
def test_version_is_read_where_it_is_written(text, version):
    assert parse_arxiv(text) == ArxivId("hep-th/9901001", version)


@pytest.mark.parametrize(
    "text", ["0704.0001", "0912.9999", "1412.9999", "1501.00001", "2512.99999"]
)
def test_number_has_four_digits_until_2014_and_five_since(text):
    assert parse_arxiv(text) == ArxivId(text, None)
    assert parse_arxiv(text + "1") is None
    assert parse_arxiv(text[:-1]) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "arXiv",
        "arXiv:",
        "https://arxiv.org/",
        "https://arxiv.org/list/cs.CL/recent",
        "1706.0376",
        "1706.037621",
        "1412.12345",
        "1700.03762",  # no such month
        "1713.03762",
        "0703.0001",  # before the new style
        "0112.0001",
        "1706.00000",
        "cs/0113017",
        "cs/0100017",
        "cs/0704017",  # after the old style
        "cs/5012017",
        "cs/011201",
        "cs/0112000",
        "nosuch/0112017",
        "1706.03762v",
        "1706.03762v0",
        "1706.03762v1000",
        "1706.03762v" + "9" * 5000,
        "1706.03762 1810.04805",
        "1706.03762, 1810.04805",
        "see 1706.03762",
        "1706.03762 is the one",
        "1706.03762? I doubt it",
        "https://arxiv.org/abs/1706.03762 is good",
        "https://arxiv.org/abs/1706.03762?a really good one",
        "见1706.03762",
        "1706.03762这篇论文",
        "https://evil.test/abs/1706.03762",
        "https://arxiv.org.evil.test/abs/1706.03762",
        "https://notarxiv.org/abs/1706.03762",
        "https://1706.03762",
        "https://huggingface.co/1706.03762",
        "21706.03762",
        "-1706.03762",
        "١٧٠٦.٠٣٧٦٢",  # digits, but not of this system
        "10.1000/1706.03762",
        "1706.03762\n1706.03762",
    ],
)
def test_what_is_no_arxiv_identifier_is_refused(text):
    assert parse_arxiv(text) is None


# --- All identifiers ---


def _months():
    return st.integers(1, 12).map("{:02}".format)


def _join(*parts):
    return st.tuples(*parts).map("".join)


_four = _join(
    st.integers(8, 14).map("{:02}".format), _months(), st.integers(1, 9999).map(".{:04}".format)
)
_five = _join(st.integers(15, 99).map(str), _months(), st.integers(1, 99999).map(".{:05}".format))
_old = _join(
    st.sampled_from(["cs/", "math-ph/", "math/", "hep-th/", "cond-mat/", "astro-ph/"]),
    st.sampled_from(["91", "99", "00", "06"]),
    _months(),
    st.integers(1, 999).map("{:03}".format),
)
_arxiv_ids = st.builds(ArxivId, _four | _five | _old, st.none() | st.integers(1, 99))
_arxiv_spellings = st.sampled_from(
    [
        "{}",
        "arXiv:{}",
        "arXiv: {} [cs.CL]",
        "https://arxiv.org/abs/{}",
        "http://export.arxiv.org/abs/{}/",
        "arxiv.org/pdf/{}.pdf",
        "https://arxiv.org/html/{}?x=1#S2",
        "https://ar5iv.labs.arxiv.org/html/{}",
        "https://www.alphaxiv.org/abs/{}",
        "https://huggingface.co/papers/{}",
        "10.48550/arXiv.{}",
        "https://doi.org/10.48550/arXiv.{}",
    ]
)
_dois = _join(
    st.just("10."),
    st.integers(1000, 999_999_999).map(str),
    st.just("/"),
    st.text("abcxyz0189-._;()/:<>#?[]&+=@$", min_size=1, max_size=30),
).filter(lambda doi: parse_doi(doi) == doi)
_doi_spellings = st.sampled_from(
    ["{}", "doi:{}", "DOI: {}.", "  {}\n", "<{}>", "info:doi/{}", "DOI {}"]
)
_doi_pages = st.sampled_from(["https://doi.org/{}", "dx.doi.org/{}", "https://doi.org/{}?a=b#c"])
_case = st.sampled_from([str, str.upper, str.title])
_width = st.sampled_from(
    [str, lambda text: text.translate({n: n + 0xFEE0 for n in range(0x21, 0x7F)})]
)


@given(_arxiv_ids, _arxiv_spellings, _case, _width)
def test_arxiv_identifier_survives_every_spelling(identifier, spelling, case, width):
    version = f"v{identifier.version}" if identifier.version else ""
    text = width(case(spelling.format(identifier.id + version)))
    assert parse_arxiv(text) == identifier
    assert parse_arxiv(identifier.id) == ArxivId(identifier.id, None)


@given(_dois, _doi_spellings, _doi_pages, _case, _width)
def test_doi_survives_every_spelling(doi, spelling, page, case, width):
    assert parse_doi(width(case(spelling.format(doi)))) == doi
    assert parse_doi(width(case(page.format(quote(doi))))) == doi
    assert parse_doi(page.format(quote(doi, safe=""))) == doi


_pieces = st.sampled_from(
    [
        *("10.", "10.1000/", "1706.", "03762", "v5", "cs/", "0112017", "arXiv:", "doi:", "%2F"),
        *("https://", "arxiv.org/abs/", "doi.org/", "%25", "%", "?", "#", "(", ")", "<", ">"),
        *(" ", "\n", ".", "。", "，", "[cs.CL]", "\x00", "\ud800", "ſ", "K", "ﷺ", "/doi/"),
    ]
) | st.text(max_size=3)


@given(st.text() | st.lists(_pieces, max_size=8).map("".join))
def test_any_text_is_read_or_refused_and_read_again_alike(text):
    if arxiv := parse_arxiv(text):
        assert parse_arxiv(arxiv.id) == ArxivId(arxiv.id, None)
        assert arxiv.id.isascii()
    if doi := parse_doi(text):
        assert parse_doi(doi) == doi
        assert doi.isascii()


@pytest.mark.parametrize(
    "piece",
    [
        "10.",
        "10.1000/",
        "1",
        ".",
        "/",
        "%25",
        "(",
        ")",
        "<",
        "doi:",
        "arXiv:",
        " ",
        "[",
        "a.",
        "ﷺ",
        "％",
    ],
)
@pytest.mark.parametrize("length", [1900, 1_000_000])
def test_absurd_input_takes_no_time(piece, length):
    text = piece * (length // len(piece))
    spellings = text, f"10.1000/{text}", f"https://arxiv.org/abs/{text}", f"1706.03762 [{text}"

    def step():
        for spelling in spellings:
            parse_arxiv(spelling)
            parse_doi(spelling)

    check_takes_less_than(1, step)
