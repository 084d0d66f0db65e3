"""Addresses: one spelling to compare them by, and what a longer text names."""

from urllib.parse import quote

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from papers.addresses import canonical_url, find_identifiers, identify
from tests.timing import check_takes_less_than

SAME = "https://example.org/a/b?x=1&y=2"


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/a/b?x=1&y=2",
        "HTTPS://EXAMPLE.ORG/a/b?x=1&y=2",
        "https://www.example.org/a/b?x=1&y=2",
        "//example.org/a/b?x=1&y=2",
        "example.org/a/b?x=1&y=2",
        "http://example.org:80/a/b?x=1&y=2",
        "https://example.org:443/a/b?x=1&y=2",
        "https://example.org./a/b?x=1&y=2",
        "https://example.org/a/b/?x=1&y=2",
        "https://example.org/a/./c/../b?x=1&y=2",
        "https://example.org/../a/b?x=1&y=2",
        "https://example.org/%61/b?x=%31&y=2",
        "https://example.org/a/b?y=2&x=1",
        "https://example.org/a/b?x=1&y=2&",
        "https://example.org/a/b?x=1&y=2#part",
        "https://example.org/a/b?utm_source=z&x=1&UTM_Medium=z&y=2&fbclid=z&gclid=z&spm=1.2",
        "  https://example.org/a/b?x=1&y=2\n",
        "<https://example.org/a/b?x=1&y=2>",
        "https://example.org/a/b?x=1&y=2。",
        "https://example.org/a/b?x=1&y=2，",
    ],
)
def test_spellings_of_an_address_are_one(url):
    assert canonical_url(url) == SAME


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/A/b?x=1&y=2",
        "https://example.org:8080/a/b?x=1&y=2",
        "https://example.org/a/b?x=1&y=3",
        "https://example.org/a/b?x=1&y=2#!/page",
        "https://example.org/a/b?x=1&y=2#/page",
        "https://example.org/a//b?x=1&y=2",
        "https://example.org/a%2Fb?x=1&y=2",
        "https://example.org/a/b.html?x=1&y=2",
        "https://sub.example.org/a/b?x=1&y=2",
        "ftp://example.org/a/b?x=1&y=2",
    ],
)
def test_other_addresses_stay_others(url):
    assert canonical_url(url) != SAME


def test_a_host_has_one_spelling_in_any_script():
    assert canonical_url("https://论文.example/a") == canonical_url("https://xn--7dv436f.example/a")
    assert canonical_url("https://BÜCHER.example/") == canonical_url("http://xn--bcher-kva.example")
    assert canonical_url(f"https://{'ü' * 70}.example/") == f"https://{'ü' * 70}.example"


def test_what_says_who_sent_a_visitor_counts_where_it_shows_something_else():
    assert canonical_url("https://medium.com/a?source=x") == canonical_url("https://medium.com/a")
    assert canonical_url("https://b.org/a?source=x") != canonical_url("https://b.org/a")


def test_github_ignores_the_case_of_names_and_a_suffix_but_not_that_of_files():
    assert canonical_url("https://github.com/Ada/Code.git") == canonical_url(
        "http://www.github.com/ada/code/"
    )
    assert canonical_url("https://github.com/a/b/blob/main/X.md") != canonical_url(
        "https://github.com/a/b/blob/main/x.md"
    )


def test_identifiers_are_found_within_a_text_each_once_and_in_its_order():
    text = """Start with [Attention](https://arxiv.org/abs/1706.03762v5) (arXiv:1706.03762), then
    见arXiv：1810.04805。看 https://doi.org/10.1038/nature14539, doi:10.1000/a(b)c, hep-th/9901001
    The price was $1203.45671, version 2001.08361.5 of 12.1706.03762 and 20/1234567. 2005.14165!
    Also P19-1001, <https://openreview.net/forum?id=B1QRgziT-> and dl.acm.org/doi/10.1145/1.2
    见https://arxiv.org/abs/2005.14166这篇。doi：10.1000/xyz和2005.14167等
    以及PMID: 12345 PMC67890."""
    assert find_identifiers(text) == [
        ("arxiv", "1706.03762", 5),
        ("arxiv", "1810.04805", None),
        ("doi", "10.1038/nature14539", None),
        ("doi", "10.1000/a(b)c", None),
        ("arxiv", "hep-th/9901001", None),
        ("arxiv", "2005.14165", None),
        ("acl", "P19-1001", None),
        ("openreview", "B1QRgziT-", None),
        ("doi", "10.1145/1.2", None),
        ("arxiv", "2005.14166", None),
        ("doi", "10.1000/xyz", None),
        ("arxiv", "2005.14167", None),
        ("pubmed", "12345", None),
        ("pmc", "67890", None),
    ]


# --- What holds for all ---

_HOSTS = (
    *("arxiv.org", "export.arxiv.org", "ar5iv.org", "huggingface.co", "hf-mirror.com"),
    *("scirate.com", "xxx.lanl.gov", "xxx.itp.ac.cn", "alphaxiv.org", "arxiv-vanity.com"),
    *("doi.org", "dx.doi.org", "hdl.handle.net", "nature.com", "peerj.com", "zenodo.org"),
    *("papers.ssrn.com", "doi-org.proxy.example.edu", "api.crossref.org", "elifesciences.org"),
    *("aclanthology.org", "aclweb.org", "aclanthology.coli.uni-saarland.de", "openreview.net"),
    *("semanticscholar.org", "api.semanticscholar.org", "proceedings.mlr.press", "papers.nips.cc"),
    *("proceedings.neurips.cc", "pubmed.ncbi.nlm.nih.gov", "europepmc.org", "jmlr.org"),
    *("openaccess.thecvf.com", "ieeexplore.ieee.org", "ijcai.org", "example.org", "github.com"),
)
_STEPS = st.sampled_from(
    [
        *("abs", "pdf", "papers", "paper", "document", "articles", "anthology", "graph", "v1"),
        *("1706.03762", "1706.03762v5.pdf", "hep-th/9901001", "10.1038/nature14539", "P19-1001"),
        *("2020.acl-main.1", "v97", "a10a.html", "2017", "hash", "0" * 32, "arXiv:1706.03762"),
        *("12345", "PMC67890", "CorpusID:1", "nature14539", "cs-55", "..", ".", "", "a.b", "x-y_z"),
        *("content_cvpr_2013", "html", "A_B_paper.html", "proceedings", "678", "abstract=1"),
    ]
)
_QUERIES = st.sampled_from(["", "?id=B1QRgziT-", "?x=1&a=2&utm_source=z", "?doi=10.1/x", "?", "?a"])


@given(
    st.sampled_from(_HOSTS),
    st.sampled_from(["", "www.", "www.www."]),
    st.lists(_STEPS, max_size=5).map("/".join),
    _QUERIES,
)
@settings(max_examples=500)
def test_what_is_told_by_the_host_at_once_is_what_a_closer_look_tells(host, www, path, query):
    address = f"{www}{host}/{path}{query}"
    # Addresses written otherwise than most are taken apart sign by sign.
    assert identify(f"https://{address}") == identify(f"<https://{address}>")
    assert identify(f"https://{address}") == identify(f"HTTPS://{address}")
    assert canonical_url(f"https://{address}") == canonical_url(f"HTTPS://{address}")


_SPELLINGS = {
    "arxiv": ["{}", "arXiv:{}", "https://arxiv.org/abs/{}", "http://arxiv.org/pdf/{}v3.pdf#page=2"],
    "doi": [
        "doi:{}",
        "https://doi.org/{}",
        "https://dl.acm.org/doi/abs/{}",
        "doi.org/{}?utm_source=x",
    ],
    "acl": ["{}", "https://aclanthology.org/{}/", "http://aclweb.org/anthology/{}"],
    "openreview": ["https://openreview.net/forum?id={}", "https://openreview.net/pdf?id={}"],
    "pmlr": ["https://proceedings.mlr.press/{}.html", "http://proceedings.mlr.press/{}.pdf"],
    "pubmed": ["https://pubmed.ncbi.nlm.nih.gov/{}/", "https://www.ncbi.nlm.nih.gov/pubmed/{}"],
    "pmc": [
        "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC{}/",
        "https://europepmc.org/articles/pmc{}",
    ],
}
_IDS = {
    "arxiv": st.from_regex(r"1[5-9](0[1-9]|1[0-2])\.[1-9][0-9]{4}", fullmatch=True),
    "doi": st.from_regex(r"10\.[1-9][0-9]{3}/[a-z0-9][a-z0-9.-]{0,20}[a-z0-9]", fullmatch=True),
    "acl": st.from_regex(
        r"[A-Z][0-9]{2}-[0-9]{4}|20[12][0-9]\.[a-z]{3,6}-[a-z]{3,6}\.[1-9][0-9]?", fullmatch=True
    ),
    "openreview": st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_-]{8,10}", fullmatch=True),
    "pmlr": st.from_regex(r"v[1-9][0-9]{0,2}/[a-z]{2,9}[0-9]{2}[a-z]", fullmatch=True),
    "pubmed": st.integers(1, 99_999_999).map(str),
    "pmc": st.integers(1, 99_999_999).map(str),
}


@st.composite
def spelt(draw):
    kind = draw(st.sampled_from(sorted(_IDS)))
    identifier = draw(_IDS[kind].filter(lambda text: not text.startswith("10.48550/arxiv")))
    return kind, identifier, draw(st.sampled_from(_SPELLINGS[kind])).format(identifier)


@given(spelt())
def test_identifier_survives_every_spelling(example):
    kind, identifier, text = example
    assert identify(text)[:2] == (kind, identifier)
    assert identify(canonical_url(text))[:2] in {(kind, identifier), ("acl", identifier)}


@given(st.lists(spelt(), max_size=5), st.sampled_from([" ", "\n", ", ", "，", " (", ") ", "；"]))
def test_identifiers_survive_within_a_text(examples, between):
    text = between.join(["See", *(text for _, _, text in examples), "today."])
    assert [found[:2] for found in find_identifiers(text)] == list(
        dict.fromkeys(example[:2] for example in examples)
    )


_pieces = st.sampled_from(
    [
        *(
            "http://",
            "HTTPS://",
            "//",
            "www.",
            "example.org",
            "github.com",
            "a.b",
            ":80",
            ":443",
            ":",
        ),
        *(
            "/",
            "/..",
            "/.",
            "//",
            "?",
            "&",
            "=",
            "#",
            "#!",
            "%41",
            "%2f",
            "%",
            "%zz",
            "@",
            "x",
            "X",
        ),
        *(
            "utm_source=1",
            "spm=2",
            " ",
            "+",
            "é",
            "中",
            "\ud800",
            "\x00",
            "\n",
            "[",
            "]",
            ".git",
            "10.",
        ),
        *(
            "10.1000/",
            "1706.03762",
            "arxiv.org/abs/",
            "doi.org/",
            "P19-1001",
            "openreview.net/forum?id=",
        ),
        *(
            "https://link.zhihu.com/?target=",
            "https%3A//",
            "alphaxiv.org/",
            "abs/",
            "papers.nips.cc/paper/",
        ),
        *("ieeexplore.ieee.org/document/", "/index.php/a/article/view/", "?id=", "&name=pdf"),
        *("proceedings.mlr.press/", "v97/tan19a", "pubmed/", "12345", ".", "ſ", "İ", "ﬀ"),
    ]
)
_texts = st.text(max_size=30) | st.lists(_pieces, max_size=10).map("".join)


@given(_texts)
@example("http://www.www.example.org:80:80/")
@example("https://example.org/%2541/")
@example("a.b:80/./..")
@example("http://[::1")
@example("https://www.www.alphaxiv.org/abs/1706.03762")
@example("https://alphaxiv.org/%61bs/1706.03762")
@example("https://link.zhihu.com/?target=http://www.www.openreview.net/forum?id=B1QRgziT-")
@example("https://www.ieeexplore.ieee.org/document/1")
def test_canonical_is_canonical(text):
    address = canonical_url(text)
    assert canonical_url(address) == address
    find_identifiers(text)


@given(_texts)
def test_encoding_what_needs_none_changes_nothing(text):
    path = quote(text, errors="replace")
    encoded = path.replace("x", "%78").replace("X", "%58")
    assert canonical_url(f"http://a.org/{encoded}") == canonical_url(f"https://a.org/{path}")


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "a",
            "a.",
            "a-",
            "1",
            "1.",
            "10.",
            "10.1000/",
            "/",
            "//",
            "http://",
            "%25",
            "?a&",
            "/../x",
        ),
        *(
            "doi:",
            "arxiv ",
            "arXiv:",
            "a.b/",
            "P19-",
            "2020.acl-",
            "-",
            "(",
            "<",
            "中",
            " ",
            "[a](",
        ),
        *("https://arxiv.org/abs/1706.03762 ", "1706.03762,", "hep-th/", "x@y.z/", "A00-0000"),
    ],
)
def test_absurd_text_takes_no_time(piece):
    text = piece * (200_000 // len(piece))

    def step():
        find_identifiers(text)
        canonical_url(f"http://{text[:1900]}")
        canonical_url(text)

    check_takes_less_than(5, step)
