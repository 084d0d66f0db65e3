"""Which paper is it? Records are recognised, in the list and in their own text."""

import pytest

from papers.intake import plan, preview
from papers.models import Entry, Paper
from papers.records import Placement, Record
from tests import make
from tests.intake import attention, counts, take

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "known",
    [
        {"arxiv_id": "1706.03762", "title": "Another spelling of it"},
        {"doi": "10.1000/known", "title": "Another spelling of it"},
        {"url": "http://www.example.org/paper/", "title": "Another spelling of it"},
        {"title": "attention is all you need."},
        {"title": "Attention is All you Need", "year": None},
    ],
)
def test_a_known_paper_is_recognised_by_whatever_tells(known):
    make.paper(**{"year": 2017, **known})
    _, (outcome,) = take(attention(doi="10.1000/KNOWN", url="https://example.org/paper"))
    assert outcome.status == "here"
    assert Paper.objects.count() == 1


@pytest.mark.parametrize(
    ("known", "record"),
    [
        ({"year": 2019}, {"arxiv_id": ""}),
        ({"title": "BERT"}, {"title": "BERT", "arxiv_id": ""}),
    ],
)
def test_a_title_that_does_not_tell_is_no_match(known, record):
    make.paper(**{"title": "Attention Is All You Need", "year": 2017, **known})
    _, (outcome,) = take(attention(**record))
    assert outcome.status == "new"
    assert Paper.objects.count() == 2


def test_the_same_title_with_another_identifier_is_left_to_a_person():
    make.paper(key="mine", title="Attention Is All You Need", year=2017, arxiv_id="2409.12191")
    report, (outcome,) = take(attention(placements=[Placement(section=("A",))]))
    assert (outcome.status, outcome.key) == ("conflict", "mine")
    assert [(d.field, d.here, d.there) for d in outcome.differences] == [
        ("arxiv_id", "2409.12191", "1706.03762")
    ]
    assert counts()[:3] == [1, 0, 0]
    assert report.lost == 1


def test_identifiers_of_two_papers_are_left_to_a_person():
    make.paper(key="one", arxiv_id="1706.03762")
    make.paper(key="two", doi="10.1000/two")
    report, (outcome, _) = take(attention(doi="10.1000/two"), Record(title="Another paper here"))
    assert outcome.status == "conflict"
    assert outcome.reason == "Its identifiers are those of two papers here, one and two."
    assert report.counts == {"conflict": 1, "new": 1}


def test_identifiers_of_two_papers_of_the_same_text_are_left_to_a_person():
    make.paper(key="two", title="The second of the papers", doi="10.1000/two")
    _, outcomes = take(
        attention(),
        Record(title="Another paper of this text", doi="10.1000/three"),
        attention(doi="10.1000/two"),
        attention(doi="10.1000/three"),
    )
    assert [outcome.status for outcome in outcomes] == ["new", "new", "conflict", "conflict"]
    assert outcomes[2].reason == (
        "Its identifiers are those of two papers, which were named apart before."
    )


def test_a_title_of_several_papers_is_left_to_a_person():
    for year in (2016, 2017, 2018):
        make.paper(key=f"of{year}", title="Attention Is All You Need", year=year)
    _, outcomes = take(attention(arxiv_id="", year=None), attention(arxiv_id=""))
    assert [(o.status, o.key) for o in outcomes] == [("conflict", "of2016"), ("here", "of2017")]
    assert outcomes[0].reason == (
        "It may be each of several papers here that have its title, of2016 and of2017 and of2018."
    )


def test_the_same_title_of_another_year_is_another_paper_each_time():
    years = (2017, 2018, 2018, 2017, 2019)
    _, outcomes = take(*(attention(arxiv_id="", year=year) for year in years))
    assert [o.status for o in outcomes] == ["new", "new", "repeated", "repeated", "new"]


def test_identifiers_of_one_record_that_name_several_papers_are_complained_of():
    _, (outcome,) = take(
        attention(doi="10.48550/arXiv.1810.04805", url="https://arxiv.org/abs/2005.14165")
    )
    assert outcome.complaints == [
        "Its DOI is that of arXiv 1810.04805, not of 1706.03762.",
        "Its link opens arXiv 2005.14165, not 1706.03762.",
    ]


@pytest.mark.parametrize("between", [0, 1200])
def test_what_a_text_says_of_a_paper_in_several_places_is_put_together(between):
    items = [
        attention(arxiv_id="", authors=[]),
        *(Record(title=f"Paper number {n} of the text") for n in range(between)),
        attention(abstract="We propose.", authors_incomplete=True),
        attention(abstract="Another.", venue="NeurIPS"),
    ]
    assert preview(plan(items)).added["fill"] == 4
    report, outcomes = take(*items)
    paper = Paper.objects.get(title="Attention Is All You Need")
    assert (paper.arxiv_id, paper.abstract, paper.venue) == ("1706.03762", "We propose.", "NeurIPS")
    assert (len(paper.authors), paper.authors_incomplete) == (2, True)
    assert report.added["fill"] == 4
    assert outcomes[-1].fills == {"venue": "NeurIPS"}
    assert not take(*items)[0].changed


def test_a_paper_of_the_list_named_twice_in_a_section_stands_there_once():
    make.paper(title="Attention Is All You Need", year=2017, arxiv_id="1706.03762")
    here = [Placement(section=("A",))]
    _, outcomes = take(attention(arxiv_id="", placements=here), attention(placements=here))
    assert [outcome.status for outcome in outcomes] == ["here", "repeated"]
    assert Entry.objects.count() == 1


def test_one_paper_under_several_spellings_stands_in_several_sections():
    _, outcomes = take(
        attention(placements=[Placement(section=("One",))]),
        attention(
            title="ATTENTION is all…",
            arxiv_id="arXiv:1706.03762v3",
            year=None,
            placements=[Placement(section=("Two",), label="Transformer")],
        ),
        attention(arxiv_id="", placements=[Placement(section=("Two",))]),
    )
    assert [outcome.status for outcome in outcomes] == ["new", "repeated", "repeated"]
    assert Paper.objects.count() == 1
    assert sorted(Entry.objects.values_list("section__title_en", "label")) == [
        ("One", ""),
        ("Two", "Transformer"),
    ]
