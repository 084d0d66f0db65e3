"""Who has no more than identifiers gets the papers: registries say what they are called."""

import pytest

from papers.intake import complete
from papers.records import ListRecord, Problem, Record, SectionRecord
from tests import make

pytestmark = pytest.mark.django_db

SHEEP = "Counting Sheep at Scale: An Empirical Study"


@pytest.fixture
def completed(registry, tmp_path):
    def call(*items, **limits):
        return list(complete(items, registry.access(tmp_path), **limits))

    return call


def test_an_identifier_becomes_a_paper_with_all_that_is_known_of_it(completed):
    (record,) = completed(Record(arxiv_id="2101.00001", line=7, tags=["sleep"]))
    assert (record.title, record.authors[0], record.line) == (SHEEP, "Ada Lámpa", 7)
    assert (record.doi, record.source, record.tags) == (
        "10.5555/sheep.2022.17",
        "arXiv",
        ["sleep"],
    )


@pytest.mark.parametrize(
    ("record", "title"),
    [
        (Record(url="https://alphaxiv.org/abs/2101.00002v1"), "On the Warmth of Socks"),
        (Record(url="https://doi.org/10.5555/socks"), "Socks"),
        (Record(doi="10.5555/A,B"), "Commas"),
        (Record(doi="10.48550/arXiv.2101.00002"), "On the Warmth of Socks"),
        (Record(acl_id="P19-1001"), "Wool in Context"),
        (Record(url="https://aclanthology.org/P19-1001/"), "Wool in Context"),
        # What one registry does not know, the next may.
        (Record(arxiv_id="2101.99999", doi="10.5555/socks"), "Socks"),
    ],
)
def test_whatever_carries_an_identifier_is_asked_for(completed, record, title):
    assert [item.title for item in completed(record)] == [title]


def test_what_the_text_says_stays(completed):
    (record,) = completed(Record(arxiv_id="2101.00001", authors=["A. L."], venue="Here", year=2020))
    assert (record.authors, record.venue, record.year) == (["A. L."], "Here", 2020)
    assert record.abstract


def test_everything_else_comes_through_in_its_order_and_nobody_is_asked(completed, registry):
    make.paper(arxiv_id="2101.00001")
    make.paper(key="linked", url="https://openreview.net/forum?id=B1QRgziT-")
    items = [
        ListRecord(licence="CC0"),
        SectionRecord(path=("A",)),
        Record(title="Titled", arxiv_id="2101.00002"),
        Record(arxiv_id="2101.00001"),
        Record(url="https://openreview.net/pdf?id=B1QRgziT-"),
        Problem(reason="It cannot be read."),
        Record(authors=["Nobody"]),
    ]
    assert completed(*items) == items
    assert not registry.requests


def test_one_that_is_not_known_costs_the_others_nothing(completed):
    problem, record = completed(Record(arxiv_id="2101.99999", line=1), Record(doi="10.5555/socks"))
    assert problem == Problem(
        reason="2101.99999: arXiv knows no paper of this identifier.", line=1, text="2101.99999"
    )
    assert record.title == "Socks"


def test_what_nobody_can_be_asked_about_is_said(completed):
    url = "https://openreview.net/forum?id=B1QRgziT-"
    reason = "It has no title, and neither arXiv nor Crossref can be asked about it."
    assert completed(Record(url=url)) == [Problem(reason=reason, text=url)]


def test_what_a_registry_warns_of_is_said_before_the_record(completed):
    problem, record = completed(Record(arxiv_id="2101.00003", line=3))
    assert (problem.lost, problem.line, problem.text) == (False, 3, record.title)
    assert "has been withdrawn" in problem.reason


def test_a_registry_out_of_reach_is_asked_about_once_and_the_other_still_answers(
    completed, registry
):
    registry.misbehave("down", when=lambda asked: asked.path == "/api/query")
    identifiers = [Record(arxiv_id=f"2101.{number:05}") for number in range(1, 300)]
    *problems, record = completed(*identifiers, Record(doi="10.5555/socks"))
    assert {problem.reason.partition(": ")[2] for problem in problems} == {
        "arXiv is out of order (503)."
    }
    assert record.title == "Socks"
    assert len([asked for asked in registry.requests if asked.path == "/api/query"]) <= 8


def test_a_few_among_many_are_asked_for_together(completed, registry):
    items = [
        Record(title=f"Title {n}") if n % 100 else Record(arxiv_id=f"2101.{n + 1:05}")
        for n in range(1000)
    ]
    assert len(completed(*items)) == 1000
    assert len(registry.requests) == 1


def test_hundreds_are_asked_for_at_once(completed, registry):
    assert len(completed(*[Record(arxiv_id="2101.00001") for _ in range(50)])) == 50
    completed(*[Record(arxiv_id=f"2101.{number:05}") for number in range(1, 201)])
    assert len(registry.requests) == 3


def test_who_waits_is_answered_in_time_and_told_what_was_not_asked(completed, registry):
    items = [Record(arxiv_id=f"2101.0000{number}", line=number) for number in (1, 2, 4)]
    *records, problem = completed(*items, most=2)
    assert [record.title for record in records] == [SHEEP, "On the Warmth of Socks"]
    assert (problem.text, problem.line) == ("2101.00004", 4)
    assert problem.reason.startswith("There was no time to ask")
    registry.requests.clear()
    assert isinstance(completed(Record(arxiv_id="2101.00004"), seconds=0)[0], Problem)
    assert not registry.requests
    assert completed(Record(arxiv_id="2101.00004"), most=1, seconds=60)[0].title
