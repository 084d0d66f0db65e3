"""What arXiv tells of a paper."""

from datetime import date

import pytest

from papers.records import Record
from papers.sources import Found, SourceError, arxiv
from papers.sources.journals import read_comment, read_reference
from tests.catalogue import ARXIV


@pytest.fixture
def fetch(registry, tmp_path):
    """What arXiv says of these identifiers, by identifier."""

    def ask(*ids):
        pairs = list(arxiv.fetch(ids, registry.access(tmp_path)))
        assert len(pairs) == len(dict(pairs))
        return dict(pairs)

    return ask


def test_everything_that_arxiv_knows_is_taken_over(fetch):
    found = fetch("2101.00001")["2101.00001"]
    assert found.record == Record(
        title="Counting Sheep at Scale: An Empirical Study",
        authors=["Ada Lámpa", "Bo van der Meer", "Carl Stone Jr.", "Wool Collaboration"],
        year=2022,
        published_on=date(2021, 1, 1),
        kind="article",
        venue="Journal of Sheep",
        volume="12",
        pages="17-29",
        arxiv_id="2101.00001",
        arxiv_version=3,
        arxiv_category="cs.CL",
        doi="10.5555/sheep.2022.17",
        abstract="We count sheep until $n \\to \\infty$ and report how it feels.\n\n"
        "The flock is released.",
        source="arXiv",
    )
    assert found.comment == "12 pages, 3 figures"
    assert found.journal_ref == "Journal of Sheep 12 (2022) 17-29"
    assert found.updated == date(2021, 6, 30)
    assert not found.warnings


def test_a_preprint_is_one(fetch):
    record = fetch("2101.00002")["2101.00002"].record
    assert (record.kind, record.year, record.venue) == ("preprint", 2021, "")


def test_identifiers_of_before_2007_are_known(fetch):
    record = fetch("hep-th/9901001")["hep-th/9901001"].record
    assert (record.arxiv_id, record.published_on) == ("hep-th/9901001", date(1999, 1, 4))


def test_the_version_that_was_asked_for_is_told(fetch):
    found = fetch("2101.00001v1", "2101.00001", "2101.00001v2", "2101.00001v9")
    versions = {one: found[one].record.arxiv_version for one in list(found)[:3]}
    assert versions == {"2101.00001v1": 1, "2101.00001": 3, "2101.00001v2": 2}
    assert isinstance(found["2101.00001v9"], SourceError)


def test_every_spelling_gets_its_answer_from_one_question(fetch, registry):
    spellings = ["2101.00002", "arXiv:2101.00002", "https://arxiv.org/pdf/2101.00002.pdf"]
    found = fetch(*spellings)
    assert {found[one].record.title for one in spellings} == {"On the Warmth of Socks"}
    assert [asked.query["id_list"] for asked in registry.requests] == ["2101.00002"]


def test_a_withdrawn_paper_comes_with_a_warning(fetch):
    found = fetch("2101.00003")["2101.00003"]
    assert found.record.title == "A Proof That Was None"
    (warning,) = found.warnings
    assert warning.startswith("arXiv says that this paper has been withdrawn: This paper has")


def test_et_al_is_no_author(fetch):
    record = fetch("2101.00004")["2101.00004"].record
    assert (record.authors, record.authors_incomplete) == (["Flo Pot"], True)
    assert record.title == "Tea & Biscuits: 1 < 2"


def test_an_unknown_identifier_and_one_that_is_none_cost_the_others_nothing(fetch):
    found = fetch("2101.99999", "nonsense", "2101.00001")
    assert isinstance(found.pop("2101.00001"), Found)
    assert {one: str(error) for one, error in found.items()} == {
        "2101.99999": "2101.99999: arXiv knows no paper of this identifier.",
        "nonsense": "nonsense: This is no arXiv identifier.",
    }
    assert all(error.permanent for error in found.values())


def test_a_hundred_are_asked_for_at_once(fetch, registry):
    ids = [f"2102.{number:05}" for number in range(1, 251)]
    assert len(fetch(*ids)) == 250
    asked = [request.query for request in registry.requests]
    assert [len(query["id_list"].split(",")) for query in asked] == [100, 100, 50]
    assert [query["max_results"] for query in asked] == ["100", "100", "50"]


def test_a_conference_that_the_comment_names_is_taken_over(fetch):
    found = fetch("2101.00006")["2101.00006"]
    record = found.record
    assert (record.kind, record.venue, record.year) == ("conference", "ICML", 2021)
    assert found.comment.startswith("9 pages.")


def test_signs_that_are_not_seen_are_left_out(fetch):
    assert fetch("2101.00006")["2101.00006"].record.title == "Wool Is Warm"


def test_an_entry_without_a_title_is_a_paper_that_is_not_known(fetch):
    found = fetch("2101.00007", "2101.00002")
    assert str(found["2101.00007"]).endswith("arXiv knows no paper of this identifier.")
    assert isinstance(found["2101.00002"], Found)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Accepted at NeurIPS 2023", ("NeurIPS", 2023)),
        ("accepted by iclr 2024 (oral)", ("ICLR", 2024)),
        ("15 pages, 3 figures. To appear in ACL 2023, main conference", ("ACL", 2023)),
        ("Published as a conference paper at ICLR 2017", ("ICLR", 2017)),
        ("Accepted for publication at AAAI-20; 9 pages", ("AAAI", 2020)),
        ("Accepted to KDD '22", ("KDD", 2022)),
        ("CVPR 2022 Oral. Project page: https://example.org/", ("CVPR", 2022)),
        ("NeurIPS 2022 camera ready", ("NeurIPS", 2022)),
        ("12 pages, 3 figures", None),
        ("ICML 2021", None),
        ("Submitted to ICLR 2024", None),
        ("Accepted at ICML 2023 Workshop on Wool", None),
        ("Workshop on Wool. Accepted at ICML 2023", None),
        ("Accepted at ICML 2023, under review at a journal", None),
        ("Accepted to EMNLP 2020 (Findings)", None),
        ("Extended version. Accepted at ICML 2023", None),
        ("Accepted at ICML 2023. Accepted at NeurIPS 2023", None),
        ("Accepted at The Other ICML 2023", None),
        ("Accepted at ICML 2023" * 100, None),
        ("", None),
    ],
)
def test_a_comment_names_a_conference_only_where_it_is_certain(text, place):
    assert read_comment(text) == place


def test_a_conference_of_other_years_is_not_taken_over(fetch, monkeypatch):
    monkeypatch.setitem(ARXIV["2101.00006"], "comment", "Accepted at ICML 2012")
    record = fetch("2101.00006")["2101.00006"].record
    assert (record.kind, record.venue, record.year) == ("preprint", "", 2021)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Eur.Phys.J. C31 (2003) 17-29", ("Eur.Phys.J. C", "31", "", "17-29", 2003)),
        ("JETP Lett.86:559-561,2008", ("JETP Lett.", "86", "", "559-561", 2008)),
        ("Phys. Rev. D 76, 013009 (2007)", ("Phys. Rev. D", "76", "", "013009", 2007)),
        (
            "Nature, vol. 521, no. 7553, pp. 436-444, 2015",
            ("Nature", "521", "7553", "436-444", 2015),
        ),
        ("JMLR 15(56):1929--1958, 2014", ("JMLR", "15", "56", "1929-1958", 2014)),
        ("Proceedings of the 33rd International Conference on Sheep, 2016", None),
        ("NeurIPS 2020", None),
        ("J. Phys. A: Math. Gen. 39 (2006) 12", None),
        ("", None),
        ("A" * 400, None),
    ],
)
def test_a_journal_reference_is_read_where_it_is_certain(text, place):
    assert read_reference(text) == place
