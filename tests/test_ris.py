"""RIS in and out: as reference managers, publishers and Chinese databases write it."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from papers.formats import ris, values
from papers.formats.kinds import kind_of
from papers.records import LinkRecord, NoteRecord, Problem, Record
from tests.timing import check_takes_less_than

from .citations import JUMBLES, PLAIN_NAMES, PLAIN_TAGS, records


def read_one(text):
    (item,) = ris.read(text)
    return item


def write(*items, language="en"):
    return "".join(ris.write(items, language))


def kept(record):
    """What RIS holds of a record.

    A text is one line. Of identifiers, ACL's and OpenReview's are held in the main link only,
    which in turn goes where it only repeats an identifier. Other links stand beside a main link,
    without their labels, PDFs last. The day counts in the year of publication only. Nothing of
    the list's own matters, but public notes and tags.
    """
    address = record.url or values.own_address(record)
    links = {link.url: link for link in record.links if address and link.url != address}
    day, year = record.published_on, record.year
    held = Record(
        **{
            name: values.plain(getattr(record, name))
            for name in ("title", "translated_title", "venue", "volume", "issue", "abstract")
        },
        publisher=values.plain(record.publisher),
        kind=kind_of(record),
        authors=record.authors,
        authors_incomplete=record.authors_incomplete,
        year=year or (day.year if day else None),
        published_on=day if day and year in (None, day.year) else None,
        pages=re.sub(r"(?<=[0-9])[-–]+(?=\w+$)", "-", record.pages),
        key="" if record.key.isdecimal() else record.key,
        arxiv_id=record.arxiv_id,
        arxiv_version=record.arxiv_version if record.arxiv_id else None,
        arxiv_category=record.arxiv_category if record.arxiv_id else "",
        doi=record.doi,
        url=address,
        language=values.read_language(record.language),
        tags=record.tags,
    )
    for url in (address, *links):
        values.set_identifier(held, url)
    told = [values.link(link.url) for link in links.values()]
    for link in told:
        link.kind = "pdf" if links[link.url].kind == "pdf" else link.kind
    held.links = sorted(told, key=lambda link: link.kind == "pdf")
    values.settle_url(held)
    if held.venue == held.title:
        held.venue = ""
    if held.publisher == "arXiv" and (held.kind == "preprint" or not held.venue):
        held.publisher = ""
    if held.kind in ("article", "other") and held.arxiv_id and not held.venue:
        held.kind = "preprint"
    return held


PAPER = Record(
    title="Attention Is All You Need",
    translated_title="注意力就是你所需要的一切",
    authors=["Ashish Vaswani", "Jan van der Berg", "Martin King Jr.", "DeepSeek-AI", "张三"],
    authors_incomplete=True,
    year=2017,
    published_on=date(2017, 6, 12),
    kind="conference",
    venue="Advances in Neural Information Processing Systems",
    volume="30",
    issue="2",
    pages="5998-6008",
    publisher="Curran Associates",
    key="vaswani2017attention",
    arxiv_id="1706.03762",
    arxiv_version=5,
    arxiv_category="cs.CL",
    doi="10.1000/x",
    url="https://example.org/paper",
    abstract="We propose the Transformer.",
    language="en",
    tags=["attention", "机器翻译"],
    links=[
        LinkRecord(url="https://github.com/a/b", kind="code"),
        LinkRecord(url="https://example.org/x", kind="pdf"),
    ],
    notes=[NoteRecord(text={"en": "Read section 3 first."})],
)


def test_a_paper_goes_out_and_comes_back():
    assert read_one(write(PAPER)) == replace(PAPER, line=1)


def test_lines_are_as_the_specification_has_them():
    text = write(PAPER)
    assert text.startswith("TY  - CONF\r\n")
    assert text.endswith("ER  - \r\n\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert "AU  - Vaswani, Ashish\r\n" in text
    assert "AU  - van der Berg, Jan\r\n" in text
    assert "AU  - King, Martin, Jr.\r\n" in text
    assert "AU  - DeepSeek-AI\r\n" in text
    assert "SP  - 5998\r\nEP  - 6008\r\n" in text
    assert "AN  - arXiv:1706.03762v5 [cs.CL]\r\n" in text


def test_private_notes_stay_at_home_and_others_go_in_the_language_asked_for():
    notes = [
        NoteRecord(text={"en": "A note.", "zh-hans": "一条笔记。"}),
        NoteRecord(text={"en": "Secret."}, public=False),
    ]
    text = write(Record(title="x", notes=notes), language="zh-hans")
    assert "一条笔记。" in text
    assert "Secret" not in text
    assert "A note." not in text


def test_the_day_of_a_preprint_is_not_taken_for_that_of_the_print():
    later = Record(title="x", year=2018, published_on=date(2017, 6, 12))
    assert "DA  - 2018///\r\n" in write(later)


def test_an_export_of_zotero_is_read():
    record = read_one(
        "TY  - JOUR\nTI  - Deep learning\nAU  - LeCun, Yann\nAU  - Bengio, Yoshua\n"
        "T2  - Nature\nAB  - Deep learning allows…\nDA  - 2015/05/28/\nPY  - 2015\n"
        "DO  - 10.1038/nature14539\nVL  - 521\nIS  - 7553\nSP  - 436\nEP  - 444\nJ2  - Nat.\n"
        "LA  - en-US\nSN  - 1476-4687\nUR  - https://www.nature.com/articles/nature14539\n"
        "Y2  - 2020/01/01/\nL1  - files/1/x.pdf\nN1  - <p>Import date</p>\nKW  - Science\nER  - \n"
    )
    assert record == Record(
        title="Deep learning",
        authors=["Yann LeCun", "Yoshua Bengio"],
        year=2015,
        published_on=date(2015, 5, 28),
        kind="article",
        venue="Nature",
        volume="521",
        issue="7553",
        pages="436-444",
        doi="10.1038/nature14539",
        url="https://www.nature.com/articles/nature14539",
        abstract="Deep learning allows…",
        language="en",
        tags=["Science"],
        line=1,
    )


def test_a_preprint_of_zotero_is_read():
    record = read_one(
        "TY  - UNPB\nTI  - Attention Is All You Need\nAU  - Vaswani, Ashish\nPY  - 2017\n"
        "DA  - 2017/06/12\nPB  - arXiv\nDO  - 10.48550/arXiv.1706.03762\n"
        "UR  - http://arxiv.org/abs/1706.03762\nM1  - arXiv:1706.03762\n"
        "N1  - arXiv:1706.03762 [cs]\nER  - \n"
    )
    assert (record.kind, record.arxiv_id, record.doi) == ("preprint", "1706.03762", "")
    assert (record.arxiv_category, record.publisher, record.notes) == ("cs", "", [])


def test_an_export_of_mendeley_and_endnote_is_read():
    record = read_one(
        "\ufeffTY  - CONF\r\nT1  - A title\r\nA1  - He, Kaiming\r\nA1  - Sun, Jian\r\n"
        "Y1  - 2016/06//\r\nBT  - CVPR\r\nN2  - An abstract\r\nID  - 123\r\nKW  - a\r\n"
        "N1  - Export Date: 1 May 2020\r\nSP  - 770-778\r\nER  - \r\n"
    )
    assert record.authors == ["Kaiming He", "Jian Sun"]
    assert (record.year, record.published_on, record.venue) == (2016, None, "CVPR")
    assert (record.key, record.notes, record.pages) == ("", [], "770-778")
    assert record.abstract == "An abstract"


def test_chinese_exports_are_read():
    cnki = read_one(
        "TY  - JOUR\nT1  - 深度学习研究综述\nA1  - 张三;李四;王五\nJO  - 计算机学报\n"
        "Y1  - 2019-05-01\nVL  - 42\nIS  - 05\nSP  - 1\nEP  - 20\nKW  - 深度学习;神经网络\n"
        "N2  - 本文综述\n了研究进展。\nLA  - 中文;\nER  - \n"
    )
    assert cnki.authors == ["张三", "李四", "王五"]
    assert cnki.tags == ["深度学习", "神经网络"]
    assert (cnki.venue, cnki.year, cnki.language) == ("计算机学报", 2019, "zh-hans")
    endnote = read_one(
        "%0 Journal Article\n%A 张三\n%A 李四\n%+ 某大学\n%T 深度学习\n%J 软件学报\n%D 2019\n"
        "%V 30\n%N 02\n%P 440-469\n%R 10.13328/j.cnki.jos.005659\n%W CNKI\n"
    )
    assert (endnote.title, endnote.authors) == ("深度学习", ["张三", "李四"])
    assert (endnote.kind, endnote.pages) == ("article", "440-469")
    assert endnote.doi == "10.13328/j.cnki.jos.005659"
    zotero = read_one("TY  - JOUR\nTI  - 题\nAU  - 张, 三\nAU  - 欧阳, 修文\nER  - \n")
    assert zotero.authors == ["张三", "欧阳修文"]


def test_a_record_without_end_is_ended_by_the_next():
    items = list(ris.read("TY  - JOUR\nTI  - A\nTY  - BOOK\nTI  - B\nER  - \nTY  - CHAP\nTI  - C"))
    assert [(item.title, item.kind, item.line) for item in items] == [
        ("A", "article", 1),
        ("B", "book", 3),
        ("C", "chapter", 6),
    ]


def test_wrapped_lines_are_joined():
    record = read_one(
        "TY  - JOUR\nTI  - A long\n      title\nAB  - One\nAI - two\n\nthree\nER  -\n"
    )
    assert record.title == "A long title"
    assert record.abstract == "One AI - two three"


def test_two_people_of_one_name_are_two():
    record = read_one("TY  - JOUR\nTI  - x\nAU  - Wang, Wei\nAU  - Wang, Wei\nER  - \n")
    assert record.authors == ["Wei Wang", "Wei Wang"]


def test_what_cannot_be_read_is_reported_with_its_line():
    items = list(
        ris.read(
            "AU  - Lost, A.\nTY  - JOUR\nAU  - No, Title\nER  - \n\n"
            "TY  - JOUR\nTI  - Good\nDO  - see publisher\nER  - \n"
        )
    )
    assert [(type(item), item.line) for item in items] == [
        (Problem, 1),
        (Problem, 2),
        (Problem, 6),
        (Record, 6),
    ]
    assert [item.lost for item in items[:3]] == [True, True, False]


@given(
    records(
        authors=st.lists(PLAIN_NAMES),
        tags=PLAIN_TAGS,
        notes=st.just([]),
        pages=st.sampled_from(["", "1-10", "5998–6008", "e12", "1--2", "3, 5", "iv - ix", "A1-A7"]),
    )
)
def test_what_is_written_is_read_again(record):
    (found,) = ris.read(write(record))
    if isinstance(found, Problem):
        assert not record.title.strip()
    else:
        found.line = None
        assert found == kept(record)


@given(records())
@example(Record(title="x", authors=[";、", ";a、b"]))
def test_what_was_read_is_written_alike(record):
    once = [item for item in ris.read(write(record)) if isinstance(item, Record)]
    assert list(ris.read(write(*once))) == once


@given(JUMBLES)
def test_any_text_gives_records_or_problems(text):
    for item in ris.read(text):
        assert isinstance(item, Record | Problem)
        assert item.line


@pytest.mark.parametrize(
    "piece",
    [
        "TY  - JOUR\n",
        "AU  - a, b; c\n",
        "a\n",
        "KW  - a;",
        "UR  - http://a.b/ ",
        "%A x\n",
        "A,",
        "- ",
    ],
)
def test_time_is_linear(piece):
    text = "TY  - JOUR\nAU  - " + piece * (400_000 // len(piece))
    check_takes_less_than(8, lambda: list(ris.read(text)))


def test_rispy_reads_what_we_write():
    rispy = pytest.importorskip("rispy")
    (found,) = rispy.loads(write(PAPER).replace("\r\n", "\n"))
    assert found["title"] == PAPER.title
    assert found["authors"][0] == "Vaswani, Ashish"
    assert not found.get("unknown_tag")
