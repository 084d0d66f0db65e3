"""Addresses of papers: identifiers of publishers' pages, one spelling to compare by, and what a
longer text names."""

import time
from urllib.parse import quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from papers.addresses import Identifier, canonical_url, find_identifiers, identify
from papers.identifiers import parse_doi

HASH = "3f5ee243547dee91fbd053c1c4a845aa"


@pytest.mark.parametrize(
    ("url", "doi"),
    [
        ("https://dl.acm.org/doi/10.1145/3292500.3330701", "10.1145/3292500.3330701"),
        ("https://dl.acm.org/doi/abs/10.1145/3292500.3330701", "10.1145/3292500.3330701"),
        ("https://dl.acm.org/doi/pdf/10.1145/3292500.3330701", "10.1145/3292500.3330701"),
        (
            "https://link.springer.com/article/10.1007/s11263-015-0816-y",
            "10.1007/s11263-015-0816-y",
        ),
        (
            "https://link.springer.com/content/pdf/10.1007/s11263-015-0816-y.pdf",
            "10.1007/s11263-015-0816-y",
        ),
        (
            "https://link.springer.com/chapter/10.1007%2F978-3-319-24574-4_28",
            "10.1007/978-3-319-24574-4_28",
        ),
        ("https://onlinelibrary.wiley.com/doi/abs/10.1002/int.22370", "10.1002/int.22370"),
        ("https://onlinelibrary.wiley.com/doi/10.1002/int.22370/abstract", "10.1002/int.22370"),
        ("https://www.science.org/doi/10.1126/science.1127647", "10.1126/science.1127647"),
        ("https://www.pnas.org/doi/full/10.1073/pnas.1611835114", "10.1073/pnas.1611835114"),
        (
            "https://journals.aps.org/prl/abstract/10.1103/PhysRevLett.1.1",
            "10.1103/physrevlett.1.1",
        ),
        ("https://www.nature.com/articles/s41586-021-03819-2", "10.1038/s41586-021-03819-2"),
        ("https://www.nature.com/articles/s41586-021-03819-2.pdf", "10.1038/s41586-021-03819-2"),
        ("nature.com/articles/nature14539#Sec2", "10.1038/nature14539"),
        ("https://www.tandfonline.com/doi/full/10.1080/1.2?x=y", "10.1080/1.2"),
        ("https://journals.sagepub.com/doi/10.1177/02783649", "10.1177/02783649"),
        (
            "https://iopscience.iop.org/article/10.1088/1741-2552/ab0ab5/pdf",
            "10.1088/1741-2552/ab0ab5",
        ),
        (
            "https://www.frontiersin.org/articles/10.3389/fnins.2019.00095/full",
            "10.3389/fnins.2019.00095",
        ),
        (
            "https://www.frontiersin.org/journals/neuroscience/articles/10.3389/fnins.2019.00095/full",
            "10.3389/fnins.2019.00095",
        ),
        (
            "https://journals.plos.org/plosone/article?id=10.1371/journal.pone.0012345",
            "10.1371/journal.pone.0012345",
        ),
        (
            "https://journals.plos.org/plosone/article/file?type=printable&id=10.1371/journal.pone.1",
            "10.1371/journal.pone.1",
        ),
        (
            "https://www.biorxiv.org/content/10.1101/2020.01.01.123456v2",
            "10.1101/2020.01.01.123456",
        ),
        (
            "https://www.medrxiv.org/content/10.1101/2020.01.01.20123456v2.full.pdf",
            "10.1101/2020.01.01.20123456",
        ),
        (
            "https://www.biorxiv.org/content/biorxiv/early/2017/01/01/123456.full.pdf",
            None,
        ),
        (
            "https://academic.oup.com/bib/article/doi/10.1093/bib/bbab123/6345678",
            "10.1093/bib/bbab123",
        ),
        ("https://elifesciences.org/articles/12345", "10.7554/elife.12345"),
        ("https://zenodo.org/records/12345", "10.5281/zenodo.12345"),
        ("https://papers.ssrn.com/sol3/papers.cfm?abstract_id=12345", "10.2139/ssrn.12345"),
        ("https://dl-acm-org.proxy.example.edu/doi/10.1145/1.2", "10.1145/1.2"),
        ("https://doi-org.proxy.example.edu/10.1145/1.2", "10.1145/1.2"),
        ("https://example.org/view?doi=10.1145%2F1.2&x=y", "10.1145/1.2"),
        ("https://ieeexplore.ieee.org/document/7780459", None),
        ("https://www.nature.com/articles/", None),
        ("https://www.nature.com/subjects/machine-learning", None),
        ("https://nature.com.evil.test/articles/nature14539", None),
        ("https://example.org/view?doi=none", None),
    ],
)
def test_publishers_page_gives_the_doi_that_its_address_carries(url, doi):
    assert parse_doi(url) == doi


@pytest.mark.parametrize(
    ("urls", "identifier"),
    [
        (
            [
                "https://proceedings.mlr.press/v97/tan19a.html",
                "http://proceedings.mlr.press/v97/tan19a/tan19a.pdf",
                "proceedings.mlr.press/v97/tan19a",
            ],
            Identifier("pmlr", "v97/tan19a"),
        ),
        (
            [
                f"https://papers.nips.cc/paper/2017/hash/{HASH}-Abstract.html",
                f"https://proceedings.neurips.cc/paper_files/paper/2017/file/{HASH}-Paper.pdf",
                f"https://papers.nips.cc/paper_files/paper/2017/hash/{HASH}-Abstract-Conference.html",
            ],
            Identifier("neurips", f"2017/{HASH}"),
        ),
        (
            [
                "https://papers.nips.cc/paper/7181-attention-is-all-you-need",
                "http://papers.nips.cc/paper/7181-attention-is-all-you-need.pdf",
            ],
            Identifier("neurips", "7181-attention-is-all-you-need"),
        ),
        (
            [
                f"https://www.semanticscholar.org/paper/Some-Title/{HASH}abcdef01",
                f"https://semanticscholar.org/paper/{HASH}abcdef01?x=y",
            ],
            Identifier("semanticscholar", f"{HASH}abcdef01"),
        ),
        (
            [
                "https://pubmed.ncbi.nlm.nih.gov/12345/",
                "https://www.ncbi.nlm.nih.gov/pubmed/12345",
                "http://www.ncbi.nlm.nih.gov/pubmed/12345?dopt=Abstract",
            ],
            Identifier("pubmed", "12345"),
        ),
        (
            [
                "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC12345/",
                "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC12345/pdf/x.pdf",
                "https://pmc.ncbi.nlm.nih.gov/articles/PMC12345",
                "https://europepmc.org/article/PMC/PMC12345",
            ],
            Identifier("pmc", "12345"),
        ),
        (
            [
                "https://openreview.net/forum?id=B1QRgziT-",
                "https://openreview.net/pdf?id=B1QRgziT-&name=x",
            ],
            Identifier("openreview", "B1QRgziT-"),
        ),
        (
            [
                "https://aclanthology.org/P19-1001/",
                "https://www.aclweb.org/anthology/P19-1001.pdf",
            ],
            Identifier("acl", "P19-1001"),
        ),
        (
            ["https://arxiv.org/pdf/1706.03762.pdf", "https://huggingface.co/papers/1706.03762"],
            Identifier("arxiv", "1706.03762"),
        ),
    ],
)
def test_pages_of_one_paper_have_one_identifier_and_one_address(urls, identifier):
    assert {identify(url) for url in urls} == {identifier}
    assert len({canonical_url(url) for url in urls}) == 1


def test_a_volume_is_no_paper():
    assert identify("https://aclanthology.org/volumes/2020.acl-main/") is None
    assert identify("https://proceedings.mlr.press/v97/") is None
    assert identify("https://proceedings.neurips.cc/paper/2017") is None


def test_the_anthologys_doi_is_its_page():
    address = canonical_url("https://doi.org/10.18653/v1/P19-1001")
    assert address == canonical_url("https://aclanthology.org/P19-1001")


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
    Also P19-1001, <https://openreview.net/forum?id=B1QRgziT-> and dl.acm.org/doi/10.1145/1.2"""
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
    ]


# --- What holds for all ---

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
        *("proceedings.mlr.press/", "v97/tan19a", "pubmed/", "12345", ".", "ſ", "İ", "ﬀ"),
    ]
)
_texts = st.text(max_size=30) | st.lists(_pieces, max_size=10).map("".join)


@given(_texts)
@example("http://www.www.example.org:80:80/")
@example("https://example.org/%2541/")
@example("a.b:80/./..")
@example("http://[::1")
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
    start = time.process_time()
    find_identifiers(text)
    canonical_url(f"http://{text[:1900]}")
    canonical_url(text)
    assert time.process_time() - start < 5
