"""CSL-JSON in and out: as Zotero, Better CSL JSON and Crossref write it."""

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.formats import csl, values
from papers.formats.kinds import kind_of
from papers.records import LinkRecord, NoteRecord, Problem, Record
from tests.timing import check_takes_less_than

from .citations import JUMBLES, PLAIN_NAMES, records
from .test_ris import PAPER


def write(*items, language="en"):
    return "".join(csl.write(items, language))


def read_one(item):
    (found,) = csl.read(json.dumps([item]))
    return found


def kept(record):
    """What CSL-JSON holds of a record: all that citing needs, tags, links, public notes as one.
    A text is one line, the few elements that CSL has in a title are signs of its form. The main
    link goes where it only repeats an identifier, a key where it is a number."""
    plain = {
        name: values.plain(csl._MARKUP.sub("", values.plain(getattr(record, name))))
        for name in ("title", "venue", "volume", "issue", "pages", "publisher", "abstract")
    }
    held = replace(
        record,
        **plain,
        translated_title=values.plain(record.translated_title),
        kind=kind_of(record),
        year=record.year or (record.published_on.year if record.published_on else None),
        arxiv_version=record.arxiv_version if record.arxiv_id else None,
        arxiv_category=record.arxiv_category if record.arxiv_id else "",
        url=record.url or values.own_address(record),
        language=values.read_language(record.language),
        key="" if record.key.isdecimal() else record.key,
        tags=values.unique(map(values.plain, record.tags)),
        links=[replace(link, label=values.plain(link.label)) for link in record.links],
        notes=[],
    )
    values.set_identifier(held, held.url)
    csl._settle(held)
    return held


def test_a_paper_goes_out_and_comes_back():
    (found,) = csl.read(write(PAPER))
    assert found == replace(PAPER, line=2)


def test_what_is_written_is_an_array_of_items():
    (item,) = json.loads(write(PAPER))
    assert item["id"] == "vaswani2017attention"
    assert item["type"] == "paper-conference"
    assert item["author"][:3] == [
        {"family": "Vaswani", "given": "Ashish"},
        {"family": "Berg", "given": "Jan", "non-dropping-particle": "van der"},
        {"family": "King", "given": "Martin", "suffix": "Jr."},
    ]
    assert item["author"][3] == {"literal": "DeepSeek-AI"}
    assert item["issued"] == {"date-parts": [[2017, 6, 12]]}
    assert item["note"] == "arXiv:1706.03762v5 [cs.CL]"
    assert json.loads(write()) == []


def test_no_two_items_have_one_id():
    papers = [Record(title="a"), Record(title="b", key="k"), Record(title="c", key="k")]
    assert [item["id"] for item in json.loads(write(*papers))] == [1, "k", 2]


def test_private_notes_stay_at_home():
    notes = [
        NoteRecord(text={"en": "One.\n\n- Two."}),
        NoteRecord(text={"en": "Secret."}, public=False),
    ]
    (item,) = json.loads(write(Record(title="x", notes=notes)))
    assert item["annote"] == "One.\n\n- Two."


def test_an_export_of_zotero_is_read():
    record = read_one(
        {
            "id": "http://zotero.org/users/1/items/ABCD2345",
            "type": "article",
            "title": "Attention <i>Is</i> All You Need",
            "number": "arXiv:1706.03762",
            "publisher": "arXiv",
            "source": "arXiv.org",
            "note": "arXiv:1706.03762 [cs]\nversion: 7",
            "DOI": "10.48550/arXiv.1706.03762",
            "URL": "http://arxiv.org/abs/1706.03762",
            "author": [
                {"family": "Vaswani", "given": "Ashish"},
                {"family": "Gogh", "given": "Vincent", "dropping-particle": "van"},
                {"family": "张", "given": "三"},
                {"literal": "Some Team"},
            ],
            "issued": {"date-parts": [["2017", 6, "12"]]},
        }
    )
    assert record.title == "Attention Is All You Need"
    assert record.authors == ["Ashish Vaswani", "Vincent van Gogh", "张三", "Some Team"]
    assert (record.arxiv_id, record.arxiv_category, record.doi) == ("1706.03762", "cs", "")
    assert (record.kind, record.publisher, record.key) == ("preprint", "", "")
    assert record.published_on.isoformat() == "2017-06-12"


@pytest.mark.parametrize(
    ("issued", "year", "day"),
    [
        ({"date-parts": [[2017]]}, 2017, None),
        ({"date-parts": [["2017", "6"]]}, 2017, None),
        ({"date-parts": [[2017, 6, 12], [2017, 6, 14]]}, 2017, "2017-06-12"),
        ({"raw": "2017-06-12"}, 2017, "2017-06-12"),
        ({"literal": "June 2017"}, 2017, None),
        ("2017-06-12", 2017, "2017-06-12"),
        (2017, 2017, None),
        ({"date-parts": [[]]}, None, None),
        ({"date-parts": [[2017, 13, 45]]}, 2017, None),
        ({"date-parts": [[None]]}, None, None),
        ({"date-parts": 5}, None, None),
    ],
)
def test_dates_are_read_in_every_form(issued, year, day):
    record = read_one({"title": "x", "issued": issued})
    assert record.year == year
    assert (record.published_on and record.published_on.isoformat()) == day


@pytest.mark.parametrize(
    "text",
    [
        '[{"title": "a"}, {"title": "b"}]',
        '{"items": [{"title": "a"}, {"title": "b"}]}',
        '{"title": "a"}\n{"title": "b"}\n',
        '\ufeff [{"title": "a"},\n\n{"title": "b"}] ',
    ],
)
def test_items_are_read_in_every_wrapping(text):
    assert [item.title for item in csl.read(text)] == ["a", "b"]


def test_an_answer_of_crossref_is_read():
    record = read_one(
        {
            "type": "journal-article",
            "title": ["Deep learning"],
            "container-title": ["Nature"],
            "author": [{"given": "Yann", "family": "LeCun", "sequence": "first"}],
            "published": {"date-parts": [[2015, 5, 28]]},
            "DOI": "10.1038/nature14539",
            "volume": 521,
            "abstract": "<jats:p>Deep learning allows…</jats:p>",
        }
    )
    assert (record.title, record.venue, record.volume) == ("Deep learning", "Nature", "521")
    assert (record.kind, record.year, record.abstract) == ("article", 2015, "Deep learning allows…")


def test_a_broken_item_is_reported_and_the_others_come_in():
    items = list(
        csl.read('[\n{"title": "a"},\n{"title": "b" "c"},\n{"title": "d"},\n7,\n{"x": 1}\n]')
    )
    assert [(type(item), item.line) for item in items] == [
        (Record, 2),
        (Problem, 3),
        (Record, 4),
        (Problem, 5),
        (Problem, 6),
    ]


def test_a_text_that_breaks_off_is_reported():
    items = list(csl.read('[{"title": "a"},\n{"title": "b"'))
    assert items[0].title == "a"
    assert items[1].lost


@given(records(authors=st.lists(PLAIN_NAMES), notes=st.just([]), tags=st.lists(st.text("a,;b"))))
def test_what_is_written_is_read_again(record):
    (found,) = csl.read(write(record))
    if isinstance(found, Problem):
        assert not kept(record).title
    else:
        found.line = None
        assert found == kept(record)


@given(records())
def test_what_was_read_is_written_alike(record):
    once = [item for item in csl.read(write(record)) if isinstance(item, Record)]
    assert list(csl.read(write(*once))) == once


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    *(
                        "title",
                        "type",
                        "author",
                        "issued",
                        "date-parts",
                        "family",
                        "literal",
                        "custom",
                    ),
                    *(
                        "links",
                        "url",
                        "tags",
                        "id",
                        "DOI",
                        "URL",
                        "note",
                        "keyword",
                        "items",
                        "raw",
                    ),
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(JUMBLES | _json.map(json.dumps))
def test_any_text_gives_records_or_problems(text):
    for item in csl.read(text):
        assert isinstance(item, Record | Problem)
        assert item.line


@pytest.mark.parametrize(
    "piece",
    ["[", "{", '{"a":', '"', "},{", '{"title":"a"},', '"},{"', "1,", "[[2017]],", "\\", " "],
)
@pytest.mark.parametrize("start", ["", "[", '[{"title":"'])
def test_time_is_linear(start, piece):
    text = start + piece * (100_000 // len(piece))
    check_takes_less_than(8, lambda: list(csl.read(text)))


def test_links_keep_what_they_are_called():
    link = LinkRecord(url="https://example.org/a", kind="slides", label="Talk")
    (found,) = csl.read(write(Record(title="x", url="https://example.org", links=[link])))
    assert found.links == [link]
    assert not re.search("null|\\[\\]", write(Record(title="x")))
