"""CSV in and out: our own columns, and what spreadsheets and people make of such tables."""

import csv as standard
import io
import itertools
import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.formats import csv, values
from papers.formats.csv import formulas
from papers.formats.csv.columns import COLUMNS
from papers.records import LinkRecord, NoteRecord, Placement, Problem, Record, RelationRecord
from tests.timing import check_takes_less_than

from .citations import JUMBLES, NOTES, PLAIN_NAMES, TEXT, URLS, records
from .test_ris import PAPER


def write(*items, language="en"):
    return "".join(csv.write(items, language))


def read_one(text):
    (record,) = csv.read(text)
    return record


def cells(text):
    return list(standard.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


FULL = replace(
    PAPER,
    status="published",
    url="https://example.org/paper",
    openreview_id="B1QRgziT-",
    acl_id="P19-1001",
    abstract='One paragraph.\n\nAnother; with “quotes”, "these" and, commas.',
    links=[
        LinkRecord(url="https://github.com/a/b", kind="code", label="Official [code]: here"),
        LinkRecord(url="https://example.org/v", kind="video"),
    ],
    relations=[RelationRecord(to="bahdanau2015neural"), RelationRecord(to="x", kind="extends")],
    notes=[
        NoteRecord(text={"en": "- First\n- Second"}),
        NoteRecord(text={"en": "A rule:\n\n---\n\nBelow."}),
    ],
    placements=[
        Placement(
            section=("Models", "CI/CD / Tools > all", "A\\B"),
            slug="tools",
            label="Transformer",
            highlighted=True,
            position=3,
            notes=[NoteRecord(text={"zh-hans": "先读第三节。"})],
        )
    ],
)


def kept(record, language="en"):
    """What CSV holds of a record: one for each of its places, all of each but private notes,
    other languages' notes and what notes have beside their text. Texts are one line, but for the
    abstract and notes. A year that is
    missing is read off the day, and a label of a link has commas for semicolons."""

    def held(notes):
        texts = [
            values.paragraphs(values.note_text(note, language)) for note in notes if note.public
        ]
        return [NoteRecord(text={values.language_of(text): text}) for text in texts if text]

    for place in record.placements or [None]:
        placement = place and Placement(
            section=tuple(title for title in map(values.plain, place.section) if title),
            slug=place.slug,
            label=values.plain(place.label),
            highlighted=place.highlighted,
            position=place.position,
            notes=held(place.notes),
        )
        found = replace(
            record,
            **{
                name: values.plain(getattr(record, name))
                for name in ("title", "translated_title", "venue", "volume", "issue", "pages")
            },
            publisher=values.plain(record.publisher),
            year=record.year or (record.published_on.year if record.published_on else None),
            abstract=values.paragraphs(record.abstract),
            arxiv_version=record.arxiv_version if record.arxiv_id else None,
            arxiv_category=record.arxiv_category if record.arxiv_id else "",
            language=values.read_language(record.language),
            tags=values.unique(map(values.plain, record.tags)),
            links=[replace(link, label=_label(link)) for link in record.links],
            notes=held(record.notes),
            placements=[placement] if place and placement != Placement() else [],
        )
        values.set_identifier(found, found.url)
        yield found


def _label(link):
    return re.sub("[;；]", ",", values.plain(link.label))


def test_a_paper_goes_out_and_comes_back():
    text = write(FULL)
    found = read_one(text)
    assert replace(found, line=None) == next(kept(FULL))
    assert found.notes[1].text == {"en": "A rule:\n\n---\n\nBelow."}
    assert found.placements[0].section == ("Models", "CI/CD / Tools > all", "A\\B")


def test_excel_is_told_that_it_is_utf8_and_every_column_has_a_heading():
    text = write(FULL)
    assert text.startswith("\ufeffkey,title,")
    heading, row = cells(text)
    assert heading == list(COLUMNS)
    assert len(row) == len(heading)
    assert text.endswith("\r\n")


def test_a_paper_in_two_sections_is_two_rows_and_two_records():
    places = [Placement(section=("A",)), Placement(section=("B", "C"), highlighted=True)]
    found = list(csv.read(write(Record(title="x", placements=places))))
    assert [record.placements for record in found] == [places[:1], places[1:]]


@pytest.mark.parametrize(
    "title",
    [
        *("=1+1", "+1", "-x", "@SUM(A1)", '=HYPERLINK("http://evil.test")', "'=1", "''+x", "＝1"),
        *("'quoted' title", "'", '="x"', "-", "--"),
    ],
)
def test_no_cell_is_a_formula_and_each_comes_back(title):
    text = write(Record(title=title))
    assert not [cell for row in cells(text) for cell in row if cell and cell[0] in "=+-@\t\r＝"]
    assert read_one(text).title == title


@given(records(), st.lists(TEXT))
def test_no_cell_is_ever_a_formula(record, tags):
    text = write(replace(record, tags=tags))
    assert not re.search("(?:^|[;\n\t])[ '\"]*[=+@＝＋－＠-]", text.replace("'", "x"), re.M)


@pytest.mark.parametrize("abstract", ["A\n=1+1", "A;=1+1", 'A;" =1+1"', "- a\n- b", "A\n'=1"])
def test_no_line_or_part_is_a_formula_to_whoever_parts_cells_by_semicolons(abstract):
    text = write(Record(title="x", abstract=abstract))
    parts = re.split("[;\r\n]", text)
    assert not [part for part in parts if part.strip(' "')[:1] in {*"=+-@"}]
    assert read_one(text).abstract == abstract


@given(st.text("a;\n\t='+ \"-＠"))
def test_a_cell_made_harmless_comes_back_as_it_was(cell):
    assert formulas.arm(formulas.disarm(cell)) == cell or re.fullmatch('="[^"]*"', cell)


def test_private_notes_stay_at_home_and_others_go_in_the_language_asked_for():
    notes = [
        NoteRecord(text={"en": "A note.", "zh-hans": "一条笔记。"}),
        NoteRecord(text={"en": "Secret."}, public=False),
    ]
    text = write(Record(title="x", notes=notes), language="zh-hans")
    assert "一条笔记。" in text
    assert "Secret" not in text
    assert "A note." not in text


# --- Spreadsheets' quirks ---


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("start", ["", "\ufeff", "sep={}\n", '\ufeff"sep={}"\n', "\n\n"])
def test_delimiters_are_told_apart(delimiter, start):
    out = io.StringIO()
    rows = [["Title", "Authors", "Year"], ["A, b; c\td|e", "Ada Lovelace; Jan Berg", "2017"]]
    standard.writer(out, delimiter=delimiter).writerows(rows)
    record = read_one(start.format(delimiter) + out.getvalue())
    assert record.title == "A, b; c d|e"
    assert (record.authors, record.year) == (["Ada Lovelace", "Jan Berg"], 2017)


def test_headings_are_known_in_any_order_and_case_and_in_chinese():
    record = read_one("DOI,YEAR, title ,Author(s)\n10.1000/x,2017,T,A B\n")
    assert (record.doi, record.year, record.title, record.authors) == (
        "10.1000/x",
        2017,
        "T",
        ["A B"],
    )
    record = read_one(
        "序号,标题,作者,年份,会议/期刊,论文链接,代码,简介,分类,推荐\n"
        "1,注意力,张三、李四,2017年,软件学报,https://arxiv.org/abs/1706.03762,"
        "https://github.com/a/b,值得一读,一、基础 / 注意力,是\n"
    )
    assert (record.title, record.authors, record.year) == ("注意力", ["张三", "李四"], 2017)
    assert (record.venue, record.arxiv_id) == ("软件学报", "1706.03762")
    assert record.links == [LinkRecord(url="https://github.com/a/b", kind="code")]
    assert record.notes == [NoteRecord(text={"zh-hans": "值得一读"})]
    assert record.placements == [
        Placement(section=("一、基础", "注意力"), highlighted=True, position=1)
    ]


def test_columns_that_are_not_known_are_named():
    record, problem = csv.read("title,Rating of mine,year,Empty,\nT,5,2017,,\n")
    assert problem == Problem(
        reason="Columns that are not known were left out: “Rating of mine”.", line=1, lost=False
    )
    assert record.title == "T"


@pytest.mark.parametrize(
    ("year", "found"),
    [("2017", 2017), ("2017.0", 2017), ("2017年", 2017), ("２０１７", 2017), ('="2017"', 2017)],
)
def test_years_are_read_as_spreadsheets_leave_them(year, found):
    assert read_one(f'title,year\nT,"{year.replace(chr(34), chr(34) * 2)}"\n').year == found


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2017/6/12", date(2017, 6, 12)),
        ("2017-06-12", date(2017, 6, 12)),
        ("2017-06-12 00:00:00", date(2017, 6, 12)),
        ("2017年6月12日", date(2017, 6, 12)),
        ("12.06.2017", date(2017, 6, 12)),
        ("12 June 2017", date(2017, 6, 12)),
        ("Jun 12, 2017", date(2017, 6, 12)),
        ("6/13/2017", date(2017, 6, 13)),
        ("42898", date(2017, 6, 12)),
        ("42898.0", date(2017, 6, 12)),
        ("June 2017", None),
        ("2017", None),
    ],
)
def test_dates_are_read_as_spreadsheets_leave_them(text, day):
    record = read_one(f'title,date\nT,"{text}"\n')
    assert record.published_on == day
    assert record.year == 2017


@pytest.mark.parametrize(
    ("heading", "cell", "reason"),
    [
        ("year", "soon", "The year “soon” cannot be read."),
        ("date", "6/7/2017", "The date “6/7/2017” cannot be read as year, month and day."),
        ("date", "2017/13/45", "The date “2017/13/45” cannot be read as year, month and day."),
        ("doi", "pending", "The doi identifier “pending” cannot be read."),
        ("arxiv", "n/a", "The arxiv identifier “n/a” cannot be read."),
        ("url", "see mail", "“see mail” is no link."),
        ("highlighted", "perhaps", "“perhaps” is neither yes nor no; taken for no."),
        ("status", "secret", "The status “secret” is not known."),
        ("language", "Klingon!", "The language “Klingon!” is not known."),
        ("key", "my key", "“my key” cannot be a citation key."),
        ("position", "first", "The position “first” is no whole number."),
    ],
)
def test_cells_that_cannot_be_read_are_named_and_the_row_comes_in(heading, cell, reason):
    problem, record = csv.read(f"title,{heading}\nT,{cell}\n")
    assert (problem.reason, problem.line, problem.lost) == (reason, 2, False)
    assert record.title == "T"


@pytest.mark.parametrize(
    ("heading", "cell", "found"),
    [
        ("arxiv", "1706.0376", "1706.03760"),
        ("arxiv", "704.0001", "0704.0001"),
        ("arxiv", "1203.45", "1203.4500"),
        ("arxiv", "1706.03762E0", "1706.03762"),
        ("arxiv", "1.70603762E+03", "1706.03762"),
        ("arxiv", "1,706.03762", "1706.03762"),
        ("arxiv", "1.706,03762", "1706.03762"),
        ("arxiv", "1706,03762", "1706.03762"),
        ("arxiv", "1706.0376200000001", "1706.03762"),
        ("pages", "10-Jan", "1-10"),
        ("pages", "Mar-98", "3-98"),
        ("pages", "1月10日", "1-10"),
        ("issue", "04. Mrz", "04. Mrz"),
        ("issue", "4. Mar", "3-4"),
        ("year", "1905/7/9", 2017),
    ],
)
def test_what_a_spreadsheet_took_for_a_number_or_a_date_is_undone_and_said(heading, cell, found):
    *problems, record = csv.read(f'title,{heading}\nT,"{cell}"\n')
    assert getattr(record, {"arxiv": "arxiv_id"}.get(heading, heading)) == found
    said = [f"“{cell}”, in the column {heading}, was taken for {found}: a spreadsheet changed it."]
    assert [problem.reason for problem in problems] == (said if cell != found else [])


@pytest.mark.parametrize("cell", ["1706.03762", "1.7E+03", "1706.037621", "1706", "1,706"])
def test_an_arxiv_identifier_that_is_sound_or_past_mending_is_not_guessed_at(cell):
    *problems, record = csv.read(f'title,arxiv\nT,"{cell}"\n')
    assert record.arxiv_id == ("1706.03762" if cell == "1706.03762" else "")
    assert len(problems) == (cell != "1706.03762")


def test_an_arxiv_identifier_goes_out_as_no_number():
    text = write(Record(title="x", arxiv_id="1706.03760"))
    assert cells(text)[1][COLUMNS.index("arxiv")] == "arXiv:1706.03760"


def test_errors_of_a_spreadsheet_are_no_text():
    problem, record = csv.read("title,venue\nT,#NAME?\n")
    assert problem.reason == "The venue is an error of a spreadsheet, #NAME?."
    assert record.venue == ""


def test_columns_of_one_meaning_are_joined_where_they_can_be_and_named_where_they_cannot():
    problem, record = csv.read(
        "title,name,url,link,comment,remarks,keywords,tags\n"
        "T,N,https://a.org/1,https://a.org/2,One.,Two.,a; b,c; d\n"
    )
    assert problem.reason == (
        "Several columns mean title: “title”, “name”. Of each row, the first that says something"
        " was taken."
    )
    assert (record.title, record.url) == ("T", "https://a.org/1")
    assert [link.url for link in record.links] == ["https://a.org/2"]
    assert [note.text for note in record.notes] == [{"en": "One."}, {"en": "Two."}]
    assert record.tags == ["a", "b", "c", "d"]


def test_what_stands_above_the_headings_is_named():
    problem, record = csv.read("My reading list,,\n\n,,\nof 2024,,\ntitle,year,url\nT,2017,\n")
    assert problem.reason == "What stands above the headings was left out."
    assert (problem.text, problem.line) == ("My reading list of 2024", 5)
    assert (record.title, record.line) == ("T", 6)


@pytest.mark.parametrize("heading", ["title", "标题"])
def test_a_single_column_is_a_table_where_that_is_what_it_is_said_to_be(heading):
    found = csv.read(f"{heading}\nOne\nTwo\n")
    assert [record.title for record in found] == ["One", "Two"]


def test_cells_with_formulas_of_links_are_read():
    record = read_one(
        'title,url,code\n"=HYPERLINK(""https://a.org/x"",""The, title"")",'
        '"=HYPERLINK(""https://a.org/x"",""link"")","=HYPERLINK(""https://github.com/a/b"")"\n'
    )
    assert (record.title, record.url) == ("The, title", "https://a.org/x")
    assert record.links == [LinkRecord(url="https://github.com/a/b", kind="code")]


@pytest.mark.parametrize(
    ("text", "authors", "more"),
    [
        ("Vaswani, Ashish; Shazeer, Noam", ["Ashish Vaswani", "Noam Shazeer"], False),
        ("Ashish Vaswani, Noam Shazeer", ["Ashish Vaswani", "Noam Shazeer"], False),
        ("Ashish Vaswani, Noam Shazeer et al.", ["Ashish Vaswani", "Noam Shazeer"], True),
        ("Ashish Vaswani and Noam Shazeer", ["Ashish Vaswani", "Noam Shazeer"], False),
        ("Vaswani, A., Shazeer, N.", ["A. Vaswani", "N. Shazeer"], False),
        ("Vaswani, Ashish", ["Ashish Vaswani"], False),
        ("Vaswani et al", ["Vaswani"], True),
        ("张三，李四", ["张三", "李四"], False),
        ("张三;李四;等", ["张三", "李四"], True),
        ("OpenAI", ["OpenAI"], False),
        ("A B\nC D", ["A B", "C D"], False),
    ],
)
def test_authors_are_told_apart_however_they_are_listed(text, authors, more):
    record = read_one(f'title,authors\nT,"{text}"\n')
    assert (record.authors, record.authors_incomplete) == (authors, more)


def test_zoteros_table_is_read():
    record = read_one(
        '"Key","Item Type","Publication Year","Author","Title","Publication Title","DOI","Url",'
        '"Abstract Note","Date","Pages","Issue","Volume","Manual Tags"\n'
        '"ABCD2345","journalArticle","2015","LeCun, Yann; Bengio, Yoshua","Deep learning","Nature",'
        '"10.1038/nature14539","https://www.nature.com/articles/nature14539","Deep…",'
        '"2015-05-28","436-444","7553","521","a; b"\n'
    )
    assert (record.key, record.kind, record.venue) == ("", "article", "Nature")
    assert record.authors == ["Yann LeCun", "Yoshua Bengio"]
    assert (record.year, record.published_on) == (2015, date(2015, 5, 28))
    assert record.tags == ["a", "b"]


def test_the_tables_of_scopus_and_ieee_xplore_are_read():
    *_, record, _ = csv.read(
        '\ufeff"Authors","Title","Year","Source title","Volume","Issue","Art. No.",'
        '"Page start","Page end","DOI","Link","Author Keywords","Document Type","EID"\n'
        '"LeCun Y.; Bengio Y.","Deep learning","2015","Nature","521","7553","","436",'
        '"444","10.1038/nature14539","https://www.scopus.com/x","a; b","Article","2-s2"\n'
    )
    assert (record.title, record.authors) == ("Deep learning", ["LeCun Y.", "Bengio Y."])
    assert (record.volume, record.issue, record.pages) == ("521", "7553", "436-444")
    assert (record.kind, record.tags, record.year) == ("article", ["a", "b"], 2015)
    record, _ = csv.read(
        '"Document Title",Authors,"Publication Title","Publication Year","Start Page","End Page",'
        'DOI,PDF Link,"IEEE Terms"\n"T","A. Bee; C. Dee","2020 Conference","2020","7","7",'
        '"10.1109/x.1","https://ieeexplore.ieee.org/stamp","x"\n'
    )
    assert (record.pages, record.url) == ("7", "https://ieeexplore.ieee.org/stamp")


@pytest.mark.parametrize(
    ("headings", "issue", "position"),
    [("No.,Title", "", 3), ("Number,Title,Volume", "3", None)],
)
def test_a_number_is_of_the_issue_only_beside_a_volume(headings, issue, position):
    record = read_one(f"{headings}\n3,T,\n")
    place = record.placements[0].position if record.placements else None
    assert (record.issue, place) == (issue, position)


# --- What is broken ---


def test_quoted_line_ends_are_kept_and_lines_counted():
    items = list(csv.read('title,abstract\n"A\ntitle","One\r\n\r\ntwo"\n\n,\nB,\n,no title\n'))
    assert [(type(item), item.line) for item in items] == [(Record, 2), (Record, 8), (Problem, 9)]
    assert (items[0].title, items[0].abstract) == ("A title", "One\n\ntwo")


def test_a_quotation_mark_that_is_never_closed_loses_its_row_only():
    items = list(csv.read('title,year\nA,2017\n"B,2018\nC,2019\nD 5" disk,2020'))
    assert [(getattr(item, "title", None), item.line) for item in items] == [
        ("A", 2),
        (None, 3),
        ("C", 4),
        ('D 5" disk', 5),
    ]
    assert "never closed" in items[1].reason


def test_text_behind_a_closing_quotation_mark_is_kept():
    record = read_one('title,year\n"The ""T"" in T5" explained,2019\n')
    assert (record.title, record.year) == ('The "T" in T5 explained', 2019)


def test_a_cell_of_ten_megabytes_costs_its_row_only():
    long = "x" * 10_000_000
    for cell in (long, f'"{long}"', f'"{long}\n{long}"', f'"a ""q""\n{long}",2'):
        items = list(csv.read(f"title,year\nA,2017\n{cell},2018\nB,2019\n"))
        assert [getattr(item, "title", None) for item in items] == ["A", None, "B"]
        assert items[1].reason == (
            "A cell of this row has more than 131,072 characters; the row was left out."
        )


def test_rows_behind_a_mark_that_is_never_closed_come_in_however_many_there_are():
    rows = "".join(f"Title {number},2017\n" for number in range(5_000))
    items = list(csv.read(f'title,year\n"B,2018\n{rows}'))
    assert len(items) == 5_001
    assert "never closed" in items[0].reason


def test_hundreds_of_columns_are_no_hindrance():
    names = [f"column {number}" for number in range(498)]
    record, problem = csv.read(",".join([*names, "title", "year"]) + "\n" + "x," * 498 + "T,2017\n")
    assert (record.title, record.year) == ("T", 2017)
    assert problem.reason.count("“") == 50


def test_a_row_of_what_is_not_known_is_reported():
    problem, _ = csv.read("title,year,mine\n,,Total: 5\n")
    assert (problem.reason, problem.line) == ("The row has neither title nor address.", 2)


def test_an_open_file_is_read_as_it_goes():
    def lines():
        yield "title,year\n"
        for number in itertools.count():
            yield '"Title\n'
            yield f'{number}",2017\n'

    found = itertools.islice(csv.read(lines()), 1000)
    assert [record.line for record in found][-1] == 2000


def test_a_row_with_too_many_cells_is_reported():
    problem, record = csv.read("title,venue\nA, with a comma,2017\n")
    assert "more cells" in problem.reason
    assert (record.title, problem.lost) == ("A", False)


@pytest.mark.parametrize("text", ["A title\nAnother\n", "1,2,3\n4,5,6\n", "x"])
def test_a_table_without_headings_is_refused(text):
    (problem,) = csv.read(text)
    assert "The first row must name the columns" in problem.reason
    assert problem.lost


def test_an_empty_text_holds_nothing():
    assert list(csv.read("")) == list(csv.read("\n \n")) == []


# --- What holds for all ---

_PLACES = st.lists(
    st.builds(
        Placement,
        section=st.lists(TEXT, max_size=3).map(tuple),
        label=TEXT,
        highlighted=st.booleans(),
        position=st.none() | st.integers(0, 99),
        notes=st.lists(NOTES, max_size=2),
    ),
    max_size=2,
)


@given(
    records(
        authors=st.lists(
            PLAIN_NAMES | st.sampled_from(["a;b", "x\\y", "C & D", "E、F", "\\", ";"])
        ),
        tags=st.lists(st.text("a,;\\；b"), max_size=3),
        placements=_PLACES,
        volume=TEXT.filter(lambda text: not re.search(r"\.0+\s*$", text)),
        issue=st.just(""),
    )
)
def test_what_is_written_is_read_again(record):
    found = [item for item in csv.read(write(record)) if isinstance(item, Record)]
    assert [replace(item, line=None) for item in found] == [
        item for item in kept(record) if item.title or item.url or values.own_address(item)
    ]


@given(records(placements=_PLACES))
def test_what_was_read_is_written_alike(record):
    once = [item for item in csv.read(write(record)) if isinstance(item, Record)]
    again = [item for item in csv.read(write(*once)) if isinstance(item, Record)]
    assert [replace(item, line=None) for item in again] == [
        replace(item, line=None) for item in once
    ]


@given(
    JUMBLES, st.sampled_from(["", "title,year,url\n", "标题;作者;链接\n", "title\tdate\tnote\n"])
)
def test_any_text_gives_records_or_problems(text, heading):
    for item in csv.read(heading + text):
        assert isinstance(item, Record | Problem)
        assert item.line


@pytest.mark.parametrize(
    "piece", ['"', '"\n', ",", "a,", "\n", "a\n", ';"', "\\", "'=", " / ", "; ", "\t"]
)
def test_time_is_linear(piece):
    text = "title,authors,section,note\nT,A," + piece * (50_000 // len(piece))
    check_takes_less_than(8, lambda: list(csv.read(text)))


@given(URLS)
def test_links_are_told_by_their_address(url):
    assert values.link(url).kind in {"code", "video", "model", "dataset", "pdf", "other"}
