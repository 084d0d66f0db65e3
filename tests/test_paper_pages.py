"""Pages of one paper, wherever they are, have one identifier or at least one address."""

import pytest

from papers.addresses import Identifier, canonical_url, identify

HASH = "3f5ee243547dee91fbd053c1c4a845aa"


@pytest.mark.parametrize(
    ("urls", "identifier"),
    [
        (
            [
                "https://proceedings.mlr.press/v97/tan19a.html",
                "http://proceedings.mlr.press/v97/tan19a/tan19a.pdf",
                "proceedings.mlr.press/v97/tan19a",
                "http://jmlr.org/proceedings/papers/v97/tan19a.pdf",
                "https://raw.githubusercontent.com/mlresearch/v97/main/assets/tan19a/tan19a.pdf",
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
                f"https://api.semanticscholar.org/graph/v1/paper/{HASH}abcdef01",
                f"https://www.semanticscholar.org/reader/{HASH}abcdef01",
            ],
            Identifier("semanticscholar", f"{HASH}abcdef01"),
        ),
        (
            [
                "https://pubmed.ncbi.nlm.nih.gov/12345/",
                "https://www.ncbi.nlm.nih.gov/pubmed/12345",
                "http://www.ncbi.nlm.nih.gov/pubmed/12345?dopt=Abstract",
                "https://www.ncbi.nlm.nih.gov/pmc/articles/pmid/12345/",
                "https://europepmc.org/article/MED/12345",
                "https://api.semanticscholar.org/graph/v1/paper/PMID:12345",
                "https://pubmed.ncbi.nlm.nih.gov/12345。",
                "PMID: 12345",
                "PMID：12345",
            ],
            Identifier("pubmed", "12345"),
        ),
        (
            [
                "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC12345/",
                "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC12345/pdf/x.pdf",
                "https://pmc.ncbi.nlm.nih.gov/articles/PMC12345",
                "https://europepmc.org/article/PMC/PMC12345",
                "https://www.ncbi.nlm.nih.gov/labs/pmc/articles/PMC12345/",
                "PMC12345",
                "PMCID: PMC12345",
            ],
            Identifier("pmc", "12345"),
        ),
        (
            [
                "https://openreview.net/forum?id=B1QRgziT-",
                "https://openreview.net/pdf?id=B1QRgziT-&name=x",
                "https://openreview.net/attachment?id=B1QRgziT-&name=pdf",
                "https://openreview.net/attachment?name=pdf&id=B1QRgziT-",
                "https://openreview.net/revisions?id=B1QRgziT-",
            ],
            Identifier("openreview", "B1QRgziT-"),
        ),
        (
            [
                "https://aclanthology.org/P19-1001/",
                "https://www.aclweb.org/anthology/P19-1001.pdf",
                "https://aclanthology.org/P19-1001.bib",
                "https://aclanthology.org/P19-1001v2.pdf",
                "https://aclweb.org/old_anthology/P/P19/P19-1001.xml",
                "https://api.semanticscholar.org/graph/v1/paper/ACL:P19-1001",
            ],
            Identifier("acl", "P19-1001"),
        ),
        (
            ["https://arxiv.org/pdf/1706.03762.pdf", "https://huggingface.co/papers/1706.03762"],
            Identifier("arxiv", "1706.03762"),
        ),
        (
            [
                f"https://proceedings.iclr.cc/paper_files/paper/2024/hash/{HASH}-Abstract.html",
                f"https://proceedings.iclr.cc/paper_files/paper/2024/file/{HASH}-Paper.pdf",
            ],
            Identifier("iclr", f"2024/{HASH}"),
        ),
        (
            ["CorpusID:215416146", "https://api.semanticscholar.org/CorpusID:215416146"],
            Identifier("semanticscholar", "corpusid:215416146"),
        ),
    ],
)
def test_pages_of_one_paper_have_one_identifier_and_one_address(urls, identifier):
    assert {identify(url) for url in urls} == {identifier}
    (address,) = {canonical_url(url) for url in urls}
    assert identify(address) == identifier


@pytest.mark.parametrize(
    "urls",
    [
        [
            "https://openaccess.thecvf.com/content_CVPR_2016/html/He_Deep_CVPR_2016_paper.html",
            "http://openaccess.thecvf.com/content_cvpr_2016/papers/He_Deep_CVPR_2016_paper.pdf",
            "www.cv-foundation.org/openaccess/content_cvpr_2016/papers/He_Deep_CVPR_2016_paper.pdf",
        ],
        [
            "https://ieeexplore.ieee.org/document/7780459",
            "https://ieeexplore.ieee.org/abstract/document/7780459/",
            "http://ieeexplore.ieee.org/stamp/stamp.jsp?tp=&arnumber=7780459",
        ],
        [
            "https://www.jmlr.org/papers/v15/srivastava14a.html",
            "https://jmlr.org/papers/volume15/srivastava14a/srivastava14a.pdf",
        ],
        [
            "https://ojs.aaai.org/index.php/AAAI/article/view/16936",
            "https://ojs.aaai.org/index.php/AAAI/article/view/16936/16743",
            "https://ojs.aaai.org/index.php/AAAI/article/download/16936/16743",
        ],
        ["https://www.ijcai.org/proceedings/2019/12", "ijcai.org/proceedings/2019/0012.pdf"],
        [
            "https://www.sciencedirect.com/science/article/pii/S0893608014002135",
            "https://www.sciencedirect.com/science/article/abs/pii/S0893608014002135?via%3Dihub",
        ],
    ],
)
def test_pages_of_one_paper_without_an_identifier_have_one_address(urls):
    assert len({canonical_url(url) for url in urls}) == 1
    assert identify(urls[0]) is None


@pytest.mark.parametrize(
    ("url", "other"),
    [
        (
            "https://openreview.net/forum?id=B1QRgziT-",
            "https://openreview.net/attachment?id=B1QRgziT-&name=supplementary_material",
        ),
        (
            f"https://papers.nips.cc/paper/2021/hash/{HASH}-Abstract.html",
            f"https://papers.nips.cc/paper/2021/file/{HASH}-Supplemental.pdf",
        ),
        (
            "https://proceedings.mlr.press/v97/tan19a.html",
            "https://proceedings.mlr.press/v97/tan19a/tan19a-supp.pdf",
        ),
        (
            "https://openaccess.thecvf.com/content/CVPR2021/html/X_CVPR_2021_paper.html",
            "https://openaccess.thecvf.com/content/CVPR2021/supplemental/X_CVPR_2021_supplemental.pdf",
        ),
        (
            "https://ojs.aaai.org/index.php/A/article/view/1",
            "https://ojs.aaai.org/index.php/B/article/view/1",
        ),
    ],
)
def test_what_stands_beside_a_paper_is_not_the_paper(url, other):
    assert canonical_url(url) != canonical_url(other)


@pytest.mark.parametrize(
    "url",
    [
        "https://web.archive.org/web/20200101000000/https://arxiv.org/abs/1706.03762",
        "https://web.archive.org/web/2020id_/http://arxiv.org:80/pdf/1706.03762",
        "https://link.zhihu.com/?target=https%3A//arxiv.org/abs/1706.03762",
        "https://www.google.com/url?sa=t&url=https%3A%2F%2Farxiv.org%2Fpdf%2F1706.03762&usg=x",
        "https://scholar.google.com/scholar_url?url=https://arxiv.org/abs/1706.03762&hl=en",
        "https://doi.org/https://doi.org/10.48550/arXiv.1706.03762",
    ],
)
def test_an_address_is_read_behind_the_door_that_leads_to_it(url):
    assert identify(url)[:2] == ("arxiv", "1706.03762")
    assert canonical_url(url) == canonical_url("1706.03762")


def test_other_addresses_are_found_behind_doors_too():
    assert canonical_url(
        "https://link.zhihu.com/?target=https%3A//github.com/Ada/code"
    ) == canonical_url("https://github.com/ada/code")
    assert canonical_url("https://example.org/?target=https://a.org/") != canonical_url(
        "https://a.org/"
    )


def test_a_volume_is_no_paper():
    assert identify("https://aclanthology.org/volumes/2020.acl-main/") is None
    assert identify("https://proceedings.mlr.press/v97/") is None
    assert identify("https://proceedings.neurips.cc/paper/2017") is None


def test_the_anthologys_doi_is_its_page():
    address = canonical_url("https://doi.org/10.18653/v1/P19-1001")
    assert address == canonical_url("https://aclanthology.org/P19-1001")
