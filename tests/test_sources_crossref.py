"""What Crossref tells of a work."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.records import Record
from papers.sources import Found, SourceError, crossref
from papers.sources.markup import plain, plain_line
from papers.sources.works import read_work


@pytest.fixture
def fetch(registry, tmp_path):
    """What Crossref says of these DOIs, by DOI."""

    def ask(*ids, **changes):
        pairs = list(crossref.fetch(ids, registry.access(tmp_path, **changes)))
        assert len(pairs) == len(dict(pairs))
        return dict(pairs)

    return ask


SHEEP = "10.5555/sheep.2022.17"


@pytest.mark.parametrize("others", [[], ["10.5555/socks"]])
def test_everything_that_crossref_knows_is_taken_over(fetch, others):
    found = fetch(SHEEP, *others)[SHEEP]
    assert found.record == Record(
        title="Counting Sheep at Scale: Sleep & its measure",
        authors=["Ada Lámpa", "Bo van der Meer", "Carl Stone Jr.", "Wool Collaboration"],
        year=2022,
        published_on=date(2021, 12, 20),
        kind="article",
        venue="Journal of Sheep",
        volume="12",
        issue="3",
        pages="17-29",
        publisher="Meadow Press",
        arxiv_id="2101.00001",
        doi=SHEEP,
        abstract="We count sheep.\n\nThey jump.",
        source="Crossref",
    )
    assert not found.warnings


def test_a_conference_paper_has_its_proceedings_and_article_number(fetch):
    record = fetch("10.5555/socks")["10.5555/socks"].record
    assert (record.kind, record.venue) == ("conference", "Feet – ECCF 2020")
    assert (record.pages, record.year, record.published_on) == ("e7", 2020, None)


def test_fields_that_are_missing_or_of_another_type_are_left_out(fetch):
    record = fetch("10.5555/odd")["10.5555/odd"].record
    assert record == Record(
        title="Odd", authors=["7", "Even"], pages="12", doi="10.5555/odd", source="Crossref"
    )


def test_a_retracted_preprint_that_was_published_comes_with_warnings(fetch):
    found = fetch("10.5555/preprint")["10.5555/preprint"]
    assert (found.record.kind, found.record.published_on) == ("preprint", date(2020, 5, 4))
    assert found.warnings == [
        "Crossref says that this paper has been retracted.",
        f"Crossref says that this preprint was published as {SHEEP}.",
    ]


def test_unknown_and_unusable_dois_cost_the_others_nothing(fetch):
    ids = ["10.5555/none", "10.5555/untitled", "10.48550/arXiv.2101.00001", "socks"]
    for others in ([SHEEP], []):
        found = fetch(*ids, *others)
        assert all(isinstance(found[one], Found) for one in others)
        assert {one: str(found[one]) for one in ids} == {
            "10.5555/none": "10.5555/none: Crossref knows no paper of this identifier.",
            "10.5555/untitled": (
                "10.5555/untitled: Crossref gave an answer that makes no sense (no title)."
            ),
            "10.48550/arXiv.2101.00001": (
                "10.48550/arXiv.2101.00001: This DOI is arXiv's: ask there."
            ),
            "socks": "socks: This is no DOI.",
        }
    assert str(fetch("10.5555/nil")["10.5555/nil"]).endswith("knows no paper of this identifier.")


def test_dois_are_asked_for_together_and_one_with_a_comma_apart(fetch, registry):
    found = fetch(SHEEP, "10.5555/a,b", "10.5555/socks")
    assert all(isinstance(result, Found) for result in found.values())
    first, second = registry.requests
    assert first.query["filter"] == f"doi:{SHEEP},doi:10.5555/socks"
    assert first.query["rows"] == "2"
    assert "reference" not in first.query["select"]
    assert second.path == "/works/10.5555/a,b"


def test_who_asks_is_said(fetch, registry):
    fetch(SHEEP, contact="list@example.org")
    fetch("10.5555/socks", "10.5555/odd", contact="list@example.org")
    for asked in registry.requests:
        assert asked.query["mailto"] == "list@example.org"
        assert asked.headers["User-Agent"].startswith("reading-list")
        assert "mailto:list@example.org" in asked.headers["User-Agent"]
    assert len(registry.requests) == 2


# --- Markup ---


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("H<sub>2</sub>O &amp;amp; <i>you</i>", "H2O & you"),
        ("&lt;scp&gt;DNA&lt;/scp&gt;", "DNA"),
        ("p < 0.05 and a <b and c> d", "p < 0.05 and a <b and c> d"),
        ("x &lt; y", "x < y"),
        ("A<br/>B\n  C", "A B C"),
        (
            # One formula in two notations.
            "<alternatives><tex-math>$x$</tex-math><mml:mi>y</mml:mi></alternatives>",
            "$x$",
        ),
        ("<!-- no --><![CDATA[yes]]>", "yes"),
        ("\x00null\u200b", "null"),
        ("10<sup>5</sup> m<jats:sup>−2</jats:sup>, 5<sup>th</sup>", "10⁵ m⁻², 5th"),
        ("<sup>13</sup>C", "13C"),
        (
            "<mml:math><mml:msup><mml:mn>10</mml:mn><mml:mn>5</mml:mn></mml:msup></mml:math>",
            "10^5",
        ),
    ],
)
def test_markup_becomes_plain_text(markup, text):
    assert plain_line(markup) == text


def test_an_abstract_keeps_its_paragraphs_and_headings():
    abstract = (
        "<jats:title>Abstract</jats:title><jats:sec><jats:title>Aim</jats:title><jats:p>To\n"
        "sleep.</jats:p></jats:sec><p>Then &amp; there.</p>"
    )
    assert plain(abstract) == "Aim\n\nTo sleep.\n\nThen & there."


ODD = st.sampled_from(
    [
        *(None, True, 7, -1, 1e400, 10**400, 2.5, "", "text", "2020", "<i>", "10.5555/x", [], {}),
        *([None], [[]], [[None]], [["2020", 5]], [[2020, 13, 1]], [{}], {"date-parts": [[2020]]}),
    ]
)
INNER = (
    *("date-parts", "given", "family", "suffix", "sequence", "id", "type", "name"),
    "has-preprint",
)
OBJECTS = st.dictionaries(st.sampled_from(INNER), ODD, max_size=3)
WORKS = st.dictionaries(
    st.sampled_from((*crossref.FIELDS, "language", "published")),
    ODD | OBJECTS | st.lists(ODD | OBJECTS, max_size=2),
    max_size=6,
)


@given(WORKS, st.just("A title") | st.just(["A title"]))
def test_no_work_is_too_odd_to_be_read(work, title):
    found = read_work("10.5555/x", {**work, "title": title})
    assert found.record.title.startswith("A title")
    assert all(isinstance(name, str) and name for name in found.record.authors)
    assert found.record.year is None or 1500 <= found.record.year <= 2100


def test_numbers_that_are_none_are_left_out(fetch, registry):
    work = '{"message": {"title": "A", "volume": NaN, "issue": Infinity, "page": 1e400}}'
    registry.misbehave("nonsense", body=work)
    record = fetch("10.5555/socks")["10.5555/socks"].record
    assert (record.title, record.volume, record.issue, record.pages) == ("A", "", "", "")


def test_a_source_error_says_of_which_identifier_it_is():
    error = SourceError("It is late.", retry_after=5).of("10.5555/x")
    assert (str(error), error.retry_after) == ("10.5555/x: It is late.", 5)
