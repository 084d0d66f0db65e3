"""Narrowing and ordering the list of papers by its query string."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from papers.models import Tag
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf():
    """Papers A to E, each unlike the others."""
    top = make.section(slug="top", title_en="Top")
    leaf = make.section(slug="leaf", title_en="Leaf", parent=top)
    other = make.section(slug="other", title_en="Other")
    papers = {
        "A": make.paper(title="Paper A", year=2017, venue="NeurIPS", authors=["Ada Lovelace"]),
        "B": make.paper(title="Paper B", year=2019, venue="ICML"),
        "C": make.paper(title="Paper C", year=2021, venue="NeurIPS", translated_title="论文丙"),
        "D": make.paper(title="Paper D", year=None, authors=["王小明"]),
        "E": make.paper(title="Paper E", year=2018),
    }
    make.entry(section=leaf, paper=papers["A"], highlighted=True, label="Analytical")
    make.entry(section=other, paper=papers["B"])
    make.entry(section=top, paper=papers["C"])
    make.entry(section=leaf, paper=papers["C"], position=5)
    make.note(paper=papers["B"])
    make.note(section=leaf)
    papers["A"].tags.add("language model", "中文")
    papers["D"].tags.add("language model")
    return papers


def found(client, query):
    html = client.get(f"/papers/?{query}").content.decode()
    html = re.sub("</?mark>", "", html)
    return "".join(re.findall(r">Paper ([A-E])</a>", html))


@pytest.mark.parametrize(
    ("query", "papers"),
    [
        ("", "CBEAD"),
        ("sort=oldest", "AEBCD"),
        ("sort=title", "ABCDE"),
        ("sort=added", "EDCBA"),
        ("section=leaf", "CA"),
        ("section=top", "CA"),
        ("section=other", "B"),
        ("tag=language-model", "AD"),
        ("tag=中文", "A"),
        ("venue=NeurIPS", "CA"),
        ("year_from=2018", "CBE"),
        ("year_to=2018", "EA"),
        ("year_from=2018&year_to=2019", "BE"),
        ("highlighted=1", "A"),
        ("has_note=1", "CBA"),
        ("venue=NeurIPS&highlighted=1", "A"),
        ("q=lovelace", "A"),
        ("q=王小明", "D"),
        ("q=analytical", "A"),
        ("q=论文丙", "C"),
        ("q=paper+lovelace", "A"),
        ("q=nothing+of+this", ""),
        ("section=other&tag=language-model", ""),
        ("unknown=parameter", "CBEAD"),
    ],
)
def test_papers_are_narrowed_and_ordered(visitor, shelf, query, papers):
    assert found(visitor, query) == papers


@pytest.mark.parametrize(
    ("query", "field", "sentence"),
    [
        ("year_from=abc", "year_from", "A year is a whole number, such as 2017."),
        ("year_from=99999", "year_from", "less than or equal to 2100"),
        ("year_to=-5", "year_to", "greater than or equal to 1500"),
        ("year_from=2020&year_to=2010", "year_to", "lies before the first one"),
        ("section=nowhere", "section", "There is no “nowhere” here."),
        ("tag=nothing", "tag", "There is no “nothing” here."),
        ("venue=Nowhere", "venue", "There is no “Nowhere” here."),
        ("highlighted=maybe", "highlighted", "There is no “maybe” here."),
        ("has_note=2", "has_note", "There is no “2” here."),
        ("sort=price", "sort", "There is no “price” here."),
        ("q=" + "x" * 401, "q", "at most 400 characters"),
        ("q=%00", "q", "Null characters are not allowed."),
    ],
)
def test_a_bad_value_gets_a_sentence_beside_its_field_and_the_other_papers(
    visitor, shelf, query, field, sentence
):
    html = visitor.get(f"/papers/?{query}").content.decode()
    complaint = re.search(rf'id="{field}-error"[^>]*>(.*?)</p>', html)
    assert complaint
    assert sentence in complaint[1]
    assert "Paper C" in html


def test_a_bad_value_does_not_undo_the_good_ones(visitor, shelf):
    assert found(visitor, "venue=NeurIPS&year_from=abc") == "CA"


def test_nothing_found_says_so_and_offers_a_way_out(visitor, shelf):
    html = visitor.get("/papers/?venue=ICML&highlighted=1").content.decode()
    assert "No paper in this list fits all of this." in html
    assert 'href="?highlighted=1"' in html  # takes the venue away
    assert 'href="/papers/"' in html


def test_pages_keep_the_filters(visitor, shelf):
    for number in range(60):
        make.paper(title=f"More {number}", venue="Big & <Bold>")
    html = visitor.get("/papers/?venue=Big+%26+%3CBold%3E&sort=title&page=2").content.decode()
    assert "60 papers" in html
    assert 'href="?venue=Big+%26+%3CBold%3E&amp;sort=title&amp;page=3" rel="next"' in html


def test_what_is_chosen_stays_chosen(visitor, shelf):
    html = visitor.get(
        "/papers/?q=paper&section=leaf&tag=language-model&highlighted=1&year_from=2000"
    ).content.decode()
    assert 'value="paper"' in html
    assert '<input type="hidden" name="section" value="leaf"' in html
    assert '<input type="hidden" name="tag" value="language-model"' in html
    assert '<input type="hidden" name="highlighted" value="1"' in html
    assert 'value="2000"' in html


def test_a_rare_tag_can_be_chosen_though_the_common_ones_are_offered(visitor, shelf, monkeypatch):
    monkeypatch.setattr("papers.facet_groups.MOST", 1)
    assert Tag.objects.count() == 2
    html = visitor.get("/papers/").content.decode()
    assert ">language model</a>" in html
    assert ">中文</a>" not in html.partition('class="facets"')[2]
    assert found(visitor, "tag=中文") == "A"


@given(
    query=st.dictionaries(
        st.sampled_from(
            ["q", "section", "tag", "venue", "year_from", "year_to", "highlighted", "sort", "page"]
        ),
        st.text(max_size=300)
        | st.sampled_from(["'", '"', "%", "\\", "--", "null", "1", "∞", "２０"]),
    )
)
@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_whatever_is_typed_there_is_an_answer(visitor, shelf, query):
    assert visitor.get("/papers/", query).status_code == 200
