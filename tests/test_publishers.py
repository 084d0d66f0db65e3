"""Publishers' pages give the DOI that their address carries."""

import pytest

from papers.identifiers import parse_doi


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
            "10.1101/123456",
        ),
        (
            "https://academic.oup.com/bib/article/doi/10.1093/bib/bbab123/6345678",
            "10.1093/bib/bbab123",
        ),
        ("https://elifesciences.org/articles/12345", "10.7554/elife.12345"),
        ("https://zenodo.org/records/12345", "10.5281/zenodo.12345"),
        ("https://papers.ssrn.com/sol3/papers.cfm?abstract_id=12345", "10.2139/ssrn.12345"),
        ("https://www.biorxiv.org/content/early/2017/01/01/123456v2", "10.1101/123456"),
        ("https://www.biorxiv.org/content/10.1101/2020.01.01.1234v1.supplementary-material", None),
        (
            "https://www.nature.com/articles/s41586-021-03819-2/figures/1",
            "10.1038/s41586-021-03819-2",
        ),
        ("https://www.nature.com/articles/nature14539.epdf?sharing_token=x", "10.1038/nature14539"),
        ("https://www.nature.com/articles/323533a0", "10.1038/323533a0"),
        (
            "http://www.nature.com/nature/journal/v521/n7553/full/nature14539.html",
            "10.1038/nature14539",
        ),
        ("https://link.springer.com/10.1007/1-2", "10.1007/1-2"),
        ("https://link.springer.com/article/10.1007/1-2/fulltext.html。", "10.1007/1-2"),
        ("https://link.springer.com/article/10.1007/1-2/figures/3", "10.1007/1-2"),
        ("https://bmcbiology.biomedcentral.com/articles/10.1186/1-2", "10.1186/1-2"),
        ("https://jcheminf.springeropen.com/track/pdf/10.1186/1-2", "10.1186/1-2"),
        (
            "https://direct.mit.edu/tacl/article/doi/10.1162/tacl_a_00349/96454/A-Title",
            "10.1162/tacl_a_00349",
        ),
        (
            "https://academic.oup.com/nar/advance-article/doi/10.1093/nar/gk1/5800",
            "10.1093/nar/gk1",
        ),
        ("https://pubs.aip.org/aip/jcp/article-abstract/doi/10.1063/1.5/960027", "10.1063/1.5"),
        ("http://www.plosone.org/article/info%3Adoi%2F10.1371%2Fx.1", "10.1371/x.1"),
        ("https://dl.acm.org/citation.cfm?doid=3292500.3330701", "10.1145/3292500.3330701"),
        ("http://doi.acm.org/10.1145/3292500.3330701", "10.1145/3292500.3330701"),
        ("https://api.crossref.org/works/10.1145%2F1.2", "10.1145/1.2"),
        ("https://api.semanticscholar.org/graph/v1/paper/DOI:10.1145/1.2", "10.1145/1.2"),
        ("https://peerj.com/articles/cs-123/", "10.7717/peerj-cs.123"),
        ("https://www.preprints.org/manuscript/202001.0123/v1", "10.20944/preprints202001.0123.v1"),
        (
            "https://pubs.rsc.org/en/content/articlelanding/2019/SC/C9SC01234A",
            "10.1039/c9sc01234a",
        ),
        ("https://projecteuclid.org/journals/a/volume-1/issue-1/T/10.1214/a/1.full", "10.1214/a/1"),
        ("https://www.jstor.org/stable/10.2307/123", "10.2307/123"),
        ("https://ssrn.com/abstract=12345", "10.2139/ssrn.12345"),
        ("https://pubs.acs.org/doi/suppl/10.1021/1.2/suppl_file/1.pdf", None),
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
