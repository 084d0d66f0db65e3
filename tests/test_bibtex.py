"""What an entry of BibTeX says, in every spelling that people and exports have for it."""

from datetime import date

import pytest

from papers.formats import bibtex
from papers.records import Record


def only(text):
    """The record of a text that has one and nothing to complain of."""
    (record,) = bibtex.read(text)
    return record


def paper(fields, kind="article"):
    return only(f"@{kind}{{key, title = {{A Title}},\n{fields}}}")


def test_a_conference_paper_is_read_whole():
    record = only(
        r"""
        @InProceedings{ruiz-etal-2021,
          title     = "{F}ast Parsing with {BERT}",
          author    = "Ru{\'i}z, Ana and van den Berg, Jan",
          booktitle = "Proceedings of the 3rd Workshop on Parsing",
          month     = aug,
          year      = "2021",
          publisher = "A Society for Parsing",
          url       = "https://aclanthology.org/2021.acl-main.7",
          doi       = "10.18653/v1/2021.ACL-main.7",
          pages     = "10--19",
          volume = 3, number = {2},
          abstract = "Parsing is
            fast.",
          keywords = {parsing, speed}, note = {Best paper},
        }
        """
    )
    assert record == Record(
        title="Fast Parsing with BERT",
        authors=["Ana Ruíz", "Jan van den Berg"],
        kind="conference",
        venue="Proceedings of the 3rd Workshop on Parsing",
        year=2021,
        publisher="A Society for Parsing",
        url="https://aclanthology.org/2021.acl-main.7",
        doi="10.18653/v1/2021.acl-main.7",
        acl_id="2021.acl-main.7",
        pages="10-19",
        volume="3",
        issue="2",
        abstract="Parsing is fast.",
        key="ruiz-etal-2021",
        line=2,
    )


@pytest.mark.parametrize(
    ("entry", "kind", "venue"),
    [
        ("@article{k, title={T}, journal={Nature}}", "article", "Nature"),
        ("@ARTICLE{k, title={T}, journaltitle={Nature}}", "article", "Nature"),
        ("@conference{k, title={T}, booktitle={Proc. X}}", "conference", "Proc. X"),
        ("@techreport{k, title={T}, institution={MIT}}", "report", "MIT"),
        ("@report{k, title={T}, type={Technical Report}, institution={MIT}}", "report", "MIT"),
        ("@phdthesis{k, title={T}, school={MIT}}", "thesis", "MIT"),
        ("@mastersthesis{k, title={T}, school={MIT}}", "thesis", "MIT"),
        ("@book{k, title={T}, publisher={P}}", "book", ""),
        ("@incollection{k, title={T}, booktitle={B}}", "chapter", "B"),
        ("@misc{k, title={T}, howpublished={A blog}}", "other", "A blog"),
        (r"@misc{k, title={T}, howpublished={\url{https://example.org}}}", "other", ""),
        ("@dataset{k, title={T}}", "other", ""),
        ("@misc{k, title={T}, eprint={1706.03762}, archivePrefix={arXiv}}", "preprint", ""),
        ("@article{k, title={T}, journal={arXiv preprint arXiv:1706.03762}}", "preprint", ""),
        ("@article{k, title={T}, journal={CoRR}, volume={abs/1706.03762}}", "preprint", ""),
        ("@article{k, title={T}, journal={bioRxiv}}", "preprint", "bioRxiv"),
        ("@online{k, title={T}, pubstate={prepublished}}", "preprint", ""),
        ("@inproceedings{k, title={T}, booktitle={B}, eprint={1706.03762}}", "conference", "B"),
    ],
)
def test_kind_and_venue_come_from_the_entry(entry, kind, venue):
    record = only(entry)
    assert (record.kind, record.venue, record.volume) == (kind, venue, "")


def test_a_report_has_its_series_and_its_publisher():
    record = paper("type={Widgets technical report}, institution={Widgets}", "techreport")
    assert (record.venue, record.publisher) == ("Widgets technical report", "Widgets")


@pytest.mark.parametrize(
    ("fields", "arxiv"),
    [
        (
            "eprint={1706.03762}, archivePrefix={arXiv}, primaryClass={cs.CL}",
            ("1706.03762", None, "cs.CL"),
        ),
        (
            "eprint={1706.03762v5}, eprinttype={arxiv}, eprintclass={cs.CL}",
            ("1706.03762", 5, "cs.CL"),
        ),
        ("eprint={hep-th/9901001}, archiveprefix={arXiv}", ("hep-th/9901001", None, "")),
        ("arxivId={1706.03762}, archivePrefix={arXiv}", ("1706.03762", None, "")),
        ("eprint={https://arxiv.org/pdf/1706.03762.pdf}", ("1706.03762", None, "")),
        ("journal={arXiv preprint arXiv:1706.03762v2}", ("1706.03762", 2, "")),
        ("journal={CoRR}, volume={abs/1706.03762}", ("1706.03762", None, "")),
        ("note={arXiv:1706.03762 [cs]}", ("1706.03762", None, "")),
        ("number={arXiv:1706.03762}", ("1706.03762", None, "")),
        ("doi={10.48550/arXiv.1706.03762}", ("1706.03762", None, "")),
        ("url={https://arxiv.org/abs/1706.03762}", ("1706.03762", None, "")),
        ("eprint={1706.03762}, eprinttype={jstor}", ("", None, "")),
    ],
)
def test_arxiv_is_recognised_wherever_it_stands(fields, arxiv):
    record = paper(fields, "misc")
    assert (record.arxiv_id, record.arxiv_version, record.arxiv_category) == arxiv
    assert record.doi == ""


@pytest.mark.parametrize(
    ("fields", "doi"),
    [
        ("doi={10.1000/ABC.1}", "10.1000/abc.1"),
        ("doi={https://doi.org/10.1000/abc.1}", "10.1000/abc.1"),
        ("doi={doi:10.1000/abc.1}", "10.1000/abc.1"),
        (r"doi={10.1000/978-3-030\_7}", "10.1000/978-3-030_7"),
        (r"doi={10.1000/a{\_}b}", "10.1000/a_b"),
        ("url={https://doi.org/10.1000/abc.1}", "10.1000/abc.1"),
        ("note={See doi: 10.1000/abc.1, too}", "10.1000/abc.1"),
        ("doi={DOI 10.1000/abc.1}", "10.1000/abc.1"),
        (r"doi={10.1002/(SICI)1:8$<$693::A$>$3}", "10.1002/(sici)1:8<693::a>3"),
        (r"doi={10.1002/(SICI)1:8{\textless}693::A&gt;3}", "10.1002/(sici)1:8<693::a>3"),
        ("doi={none}", ""),
    ],
)
def test_a_doi_is_recognised_in_any_spelling(fields, doi):
    assert paper(fields).doi == doi


@pytest.mark.parametrize(
    ("fields", "url"),
    [
        ("url={https://example.org/a_b?c=d&e=%20#f~g}", "https://example.org/a_b?c=d&e=%20#f~g"),
        (r"url={https://example.org/a\_b\%20\&c\#d\~{}e}", "https://example.org/a_b%20&c#d~e"),
        (r"url={https://example.org/{\textasciitilde}me/{\_}x}", "https://example.org/~me/_x"),
        (r"url={\url{https://example.org/x}}", "https://example.org/x"),
        (r"url={\href{https://example.org/x}{here}}", "https://example.org/x"),
        (r"howpublished={\url{https://example.org/x}}", "https://example.org/x"),
        (r"howpublished = {Available at https://example.org/x.}", "https://example.org/x"),
        (r"note={See \url{https://example.org/x}, 2020}", "https://example.org/x"),
        (r"url={<https://example.org/x>}", "https://example.org/x"),
        (r"url={www.example.org/x?a=1&amp;b=2}", "http://www.example.org/x?a=1&b=2"),
        (r"ee={https://example.org/x}", "https://example.org/x"),
        (r"pdf={https://example.org/x.pdf}", "https://example.org/x.pdf"),
        (r"note={nothing}", ""),
    ],
)
def test_the_address_is_read_as_it_is_meant(fields, url):
    assert paper(fields).url == url


@pytest.mark.parametrize(
    ("fields", "year", "day"),
    [
        ("year=2020", 2020, None),
        ("year={2020a}", 2020, None),
        ("year={in press}", None, None),
        ("date={2020-06}", 2020, None),
        ("date={2020-06-12}", 2020, date(2020, 6, 12)),
        ("year=2019, origdate={2018-10-11}", 2019, date(2018, 10, 11)),
        ("year=2020, month=jun", 2020, None),
        ("year=2020, month=jun, day=12", 2020, date(2020, 6, 12)),
        ('year=2020, month="10~" # jan', 2020, date(2020, 1, 10)),
        ("year=2020, month={10~jan}", 2020, date(2020, 1, 10)),
        ("year=2020, month={June 12}", 2020, date(2020, 6, 12)),
        ("year=2020, month={6}, day={12}", 2020, date(2020, 6, 12)),
        ("year=2020, month={09--11 Jun}", 2020, None),
        ("year=2020, month={31 Feb}", 2020, None),
        ("year=9999", None, None),
    ],
)
def test_years_and_days_are_read_in_every_spelling(fields, year, day):
    record = paper(fields)
    assert (record.year, record.published_on) == (year, day)


@pytest.mark.parametrize(
    ("fields", "pages"),
    [
        ("pages={1 -- 10}", "1-10"),
        (r"pages={1\textendash{}10}", "1-10"),
        ("pages={pp. 1--10}", "1-10"),
        ("pages={}, eid={e12}", "e12"),
        ("article-number={123}", "123"),
    ],
)
def test_pages_are_read_in_every_spelling(fields, pages):
    assert paper(fields).pages == pages


def test_a_title_is_text_whatever_a_program_has_escaped():
    title = r"{\textless}i{\textgreater}In vivo{\textless}/i{\textgreater} R\&amp;D at &lt;5\%"
    assert only(f"@misc{{k, title = {{{title}}}}}").title == "In vivo R&D at <5%"


def test_a_language_is_recognised_by_its_name():
    assert paper("langid={british}").language == "en"
    assert paper("langid={chinese}").language == "zh-hans"
    assert paper("language={English}").language == "en"
    assert paper("language={de}").language == "de"
    assert paper("language={Klingon, mostly}").language == ""


# --- Names ---


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("Ada Lovelace and Alan Turing", ["Ada Lovelace", "Alan Turing"]),
        ("Lovelace, Ada AND Turing, Alan M.", ["Ada Lovelace", "Alan M. Turing"]),
        ("Lovelace, Ada\n  and\n  Turing, Alan", ["Ada Lovelace", "Alan Turing"]),
        ("Ludwig van Beethoven", ["Ludwig van Beethoven"]),
        ("de la Cruz, Juana", ["Juana de la Cruz"]),
        ("Davis, Jr., Sammy", ["Sammy Davis Jr."]),
        ("Davis, Sammy, Jr.", ["Sammy Davis Jr."]),
        ("{Van Erven}, Tim and {Mc~Inerney}, Fionn", ["Tim Van Erven", "Fionn Mc Inerney"]),
        ("{DeepSeek-AI} and Guo, Daya", ["DeepSeek-AI", "Daya Guo"]),
        ("{Barnes and Noble, Inc.} and Doe, Jane", ["Barnes and Noble, Inc.", "Jane Doe"]),
        (r"Sz{\"o}r{\'e}nyi, Bal{\'a}zs and {\L}ukasz K", ["Balázs Szörényi", "Łukasz K"]),
        (r"Nicol\`o Bianchi and {\c{S}}im{\c{s}}ekli, Umut", ["Nicolò Bianchi", "Umut Şimşekli"]),
        ("Anderson, Alexandra and Sandberg, Andy", ["Alexandra Anderson", "Andy Sandberg"]),
        ("张三 and 李四", ["张三", "李四"]),
        ("张, 三 and 李四", ["张三", "李四"]),
        ("张三; 李四；王五", ["张三", "李四", "王五"]),
        ("张三，李四、王五", ["张三", "李四", "王五"]),
        ("Doe, Jane; Roe, Richard", ["Jane Doe", "Richard Roe"]),
        ("Jane Doe, Richard Roe, Mary Major", ["Jane Doe", "Richard Roe", "Mary Major"]),
        ("Doe, J., Roe, R. K.", ["J. Doe", "R. K. Roe"]),
        ("Jane Doe, John Roe and Mary Major", ["Jane Doe", "John Roe", "Mary Major"]),
        ("J. Doe, R. Roe", ["J. Doe", "R. Roe"]),
        ("J. Doe, R. Roe, and M. Major", ["J. Doe", "R. Roe", "M. Major"]),
        ("Doe, Jane, and Roe, Richard", ["Jane Doe", "Richard Roe"]),
        ("van der Berg, Jan P. and Jane Doe", ["Jan P. van der Berg", "Jane Doe"]),
        ("Garcia Lopez, Ana Maria", ["Ana Maria Garcia Lopez"]),
        ("Jane Doe & Richard Roe", ["Jane Doe", "Richard Roe"]),
        (r"Doe, J. \& Roe, R. and {Lab for A \& B}", ["J. Doe", "R. Roe", "Lab for A & B"]),
        ("Johnson & Johnson", ["Johnson & Johnson"]),
        ("Martin Luther King, Jr.", ["Martin Luther King Jr."]),
        ("Nguyen, Vi and Le Grand, V", ["Vi Nguyen", "V Le Grand"]),
        ("김, 철수 and 山田, 太郎 and 王, 小明", ["김철수", "山田太郎", "王小明"]),
        ("family=Berg, given=Jan, prefix=van den", ["Jan van den Berg"]),
        ("Jane Doe 0001 and ", ["Jane Doe"]),
        ("{}", []),
    ],
)
def test_names_come_out_as_the_paper_gives_them(value, names):
    record = paper(f"author = {{{value}}}")
    assert record.authors == names
    assert not record.authors_incomplete


@pytest.mark.parametrize(
    "value",
    [
        *(
            "Doe, Jane and others",
            "Jane Doe and Others",
            "Jane Doe et al.",
            "{Jane} Doe and others",
        ),
        *("Doe, Jane and {others}", "Jane Doe and {et al.}", "Jane Doe, et~al."),
    ],
)
def test_others_are_no_author(value):
    record = paper(f"author = {{{value}}}")
    assert record.authors == ["Jane Doe"]
    assert record.authors_incomplete


def test_others_are_none_in_chinese_either():
    record = paper("author = {张三，李四，王五等.}")
    assert record.authors == ["张三", "李四", "王五"]
    assert record.authors_incomplete
