"""JSON Lines hold everything that records hold, and report what they cannot be."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.formats import jsonl
from papers.records import (
    KINDS,
    LinkRecord,
    ListRecord,
    NoteRecord,
    Placement,
    Problem,
    Record,
    RelationRecord,
    SectionRecord,
)

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
PER_LANGUAGE = st.dictionaries(st.sampled_from(["en", "zh-hans"]), TEXT)
NOTES = st.lists(
    st.builds(NoteRecord, text=PER_LANGUAGE, author=TEXT, public=st.booleans(), uid=TEXT),
    max_size=2,
)
PATHS = st.lists(TEXT, max_size=3).map(tuple)
RECORDS = st.builds(
    Record,
    title=TEXT,
    authors=st.lists(TEXT, max_size=3),
    authors_incomplete=st.booleans(),
    year=st.none() | st.integers(),
    published_on=st.none() | st.dates(),
    kind=st.sampled_from(KINDS),
    arxiv_version=st.none() | st.integers(1, 9),
    tags=st.lists(TEXT, max_size=2),
    links=st.lists(st.builds(LinkRecord, url=TEXT, kind=TEXT, label=TEXT), max_size=2),
    relations=st.lists(st.builds(RelationRecord, to=TEXT, kind=TEXT), max_size=2),
    placements=st.lists(
        st.builds(
            Placement,
            section=PATHS,
            slug=TEXT,
            label=TEXT,
            highlighted=st.booleans(),
            position=st.none() | st.integers(),
            notes=NOTES,
        ),
        max_size=2,
    ),
    notes=NOTES,
)
SECTIONS = st.builds(
    SectionRecord, path=PATHS, titles=PER_LANGUAGE, descriptions=PER_LANGUAGE, notes=NOTES
)
LISTS = st.builds(ListRecord, titles=PER_LANGUAGE, licence=TEXT)


@given(st.lists(RECORDS | SECTIONS | LISTS, max_size=4))
def test_what_is_written_is_read_again(items):
    read = list(jsonl.read("".join(jsonl.write(items))))
    for item in read:
        if not isinstance(item, ListRecord):
            assert item.line
            item.line = None
    assert read == items


@given(st.text() | st.binary().map(lambda data: data.decode("latin-1")))
def test_any_text_gives_items_or_problems(text):
    lines = [line for line in text.split("\n") if line.strip()]
    assert len(list(jsonl.read(text))) == len(lines)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "Expecting property name"),
        ("[1, 2]", "a line must be an object"),
        ('{"title": "No type"}', "“type” must be one of list, section, paper"),
        ('{"type": ["paper"]}', "“type” must be one of"),
        ('{"type": "paper", "year": "2017"}', "“year” must be a whole number"),
        ('{"type": "paper", "year": true}', "“year” must be a whole number"),
        ('{"type": "paper", "authors": "A"}', "“authors” must be a list"),
        ('{"type": "paper", "authors": [1]}', "“authors[0]” must be a text"),
        ('{"type": "paper", "published_on": "12.6.2017"}', "“published_on” must be a date"),
        ('{"type": "paper", "colour": "red"}', "“colour” is not known"),
        ('{"type": "paper", "links": [{}]}', "“links[0].url” is missing"),
        ('{"type": "paper", "notes": [{"text": {"en": 1}}]}', "“notes[0].text.en” must be a text"),
        ("[" * 100_000, "recursion"),
    ],
)
def test_a_bad_line_is_reported_with_its_number_and_the_others_come_in(line, reason):
    first, problem, last = jsonl.read(f'{{"type":"paper"}}\n{line}\n{{"type":"paper"}}')
    assert isinstance(problem, Problem)
    assert reason in problem.reason
    assert problem.line == 2
    assert (first.line, last.line) == (1, 3)


def test_lines_are_for_machines_and_people():
    text = "".join(
        jsonl.write([Record(title="论文", published_on=date(2017, 6, 12)), Problem(reason="x")])
    )
    assert text == '{"type":"paper","title":"论文","published_on":"2017-06-12"}\n'
