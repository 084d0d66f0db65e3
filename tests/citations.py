"""Records as hypothesis makes them up: what the formats for citing must carry there and back."""

from datetime import date

from hypothesis import strategies as st

from papers.records import KINDS, LinkRecord, NoteRecord, Record

#: All that there is but half characters, which no file holds.
ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
_words = st.text(st.characters(categories=["L", "N", "P", "S", "M", "Zs"]), max_size=20)
#: Readable, and with what formats take for their own signs.
TEXT = _words | st.lists(
    st.sampled_from(
        [
            *(
                "a",
                "Б",
                "中",
                "é",
                " ",
                ",",
                ";",
                ":",
                "\\",
                "'",
                '"',
                "=",
                "+",
                "-",
                "@",
                "/",
                " / ",
            ),
            *(
                "TY  - ",
                "ER  - ",
                "\n",
                "et al.",
                " and ",
                "Jr.",
                "<i>",
                "&",
                "{",
                "}",
                "[",
                "]",
                "|",
            ),
            *(
                "https://",
                "%",
                "#",
                "1",
                "2017",
                "arXiv:",
                "---",
                "\t",
                "；",
                "、",
                "$x$",
                "*",
                "_",
            ),
        ]
    ),
    max_size=6,
).map("".join)
NAMES = st.sampled_from(
    [
        *("Ada Lovelace", "Jan van der Berg", "Martin King Jr.", "Charles de la Vallée Poussin"),
        *("DeepSeek-AI", "Google Research", "The ATLAS Collaboration", "张三", "王 小明", "Plato"),
        *("University of California, Berkeley", "Smith and Sons", "Ø. Å", "J.-P. Serre", "K3"),
        *(
            "O'Neil Shaquille",
            "al-Khwarizmi",
            "Muhammad ibn Musa al-Khwarizmi",
            "山田太郎",
            "김철수",
        ),
    ]
) | TEXT.filter(lambda text: text.strip())
#: Such as hold no sign that stands between names.
PLAIN_NAMES = st.sampled_from(
    [
        *("Ada Lovelace", "Jan van der Berg", "Martin King Jr.", "Charles de la Vallée Poussin"),
        *("DeepSeek-AI", "Google Research", "The ATLAS Collaboration", "张三", "Plato", "山田太郎"),
        *("University of California, Berkeley", "Smith and Sons", "Ø. Å", "J.-P. Serre", "K3"),
        *("O'Neil Shaquille", "al-Khwarizmi", "Muhammad ibn Musa al-Khwarizmi", "Henry VIII Tudor"),
    ]
)
PLAIN_TAGS = st.lists(st.sampled_from(["nlp", "C++", "机器 学习", "a/b", "x-y"]), unique=True)
URLS = st.sampled_from(
    [
        *("https://example.org/a", "http://example.org/paper.pdf", "https://github.com/a/b"),
        *(
            "https://arxiv.org/abs/1706.03762",
            "https://doi.org/10.1000/x",
            "https://a.org/x;y?z=1,2",
        ),
        *("https://openreview.net/forum?id=B1QRgziT-", "https://aclanthology.org/P19-1001/"),
        *("https://www.youtube.com/watch?v=1", "https://huggingface.co/a/b", "https://例子.org/中"),
        *("https://example.org/a'b(c)[d]", "https://huggingface.co/datasets/a", "https://a.org/-"),
    ]
)
NOTES = st.builds(
    NoteRecord, text=st.dictionaries(st.sampled_from(["en", "zh-hans"]), TEXT), public=st.booleans()
)
_maybe = st.none()


def records(**fields):
    """A strategy for Records, whose fields are plausible unless they are given."""
    return st.builds(
        Record,
        **{
            "title": TEXT,
            "translated_title": st.just("") | TEXT,
            "authors": st.lists(NAMES, max_size=4),
            "authors_incomplete": st.booleans(),
            "year": _maybe | st.integers(1500, 2100),
            "published_on": _maybe | st.dates(date(1900, 1, 1), date(2100, 1, 1)),
            "kind": st.sampled_from(["", *KINDS]),
            "venue": st.sampled_from(["", "NeurIPS 2017", "Nature", "MIT thesis"]) | TEXT,
            "volume": st.sampled_from(["", "30", "A-1"]) | TEXT,
            "issue": st.just("") | TEXT,
            "pages": st.sampled_from(["", "1-10", "5998–6008", "e12", "1--2", "3, 5"]) | TEXT,
            "publisher": st.sampled_from(["", "arXiv"]) | TEXT,
            "key": st.sampled_from(["", "vaswani2017attention", "a:b+c-d_e", "17"]),
            "arxiv_id": st.sampled_from(["", "1706.03762", "cs/0112017", "0704.0001"]),
            "arxiv_version": _maybe | st.integers(1, 99),
            "arxiv_category": st.sampled_from(["", "cs.CL", "hep-th"]),
            "doi": st.sampled_from(
                ["", "10.1000/x", "10.1016/s0004-3702(86)90031-7", "10.1000/x;y<z>"]
            ),
            "openreview_id": st.sampled_from(["", "B1QRgziT-"]),
            "acl_id": st.sampled_from(["", "P19-1001", "2020.acl-main.1"]),
            "url": st.just("") | URLS,
            "abstract": TEXT,
            "language": st.sampled_from(["", "en", "zh-hans", "pt-br"]),
            "tags": st.lists(TEXT, max_size=3),
            "links": st.lists(st.builds(LinkRecord, url=URLS, label=TEXT), max_size=3),
            "notes": st.lists(NOTES, max_size=2),
            **fields,
        },
    )


#: Pieces of such files, to be put together in any way.
PIECES = st.sampled_from(
    [
        *(
            "TY  - JOUR\n",
            "ER  - \n",
            "AU  - ",
            "TI  - a\n",
            "DO  - ",
            "KW  - ",
            "%0 Book\n",
            "%A x\n",
        ),
        *("[", "]", "{", "}", '"', '"type":', '"book"', '"title":', '"author":', '"family":', ","),
        *('"issued":', '"date-parts":', "[[2017]]", "[[", "null", "1e999", "-1", "NaN", '"items":'),
        *(
            "title",
            "year",
            "authors",
            "doi",
            ";",
            "\t",
            "\n",
            "\r",
            "\r\n",
            "=",
            "'",
            "sep=;\n",
            "|",
        ),
        *(
            "标题",
            "2017/6/12",
            "=1+1",
            "\\",
            "\ufeff",
            "\0",
            "\ud800",
            "1706.03762",
            "10.1000/x",
            " ",
        ),
        *("https://arxiv.org/abs/1706.03762", "http://", "- ", "1. ", "# ", "9" * 5000, "٣", "²"),
    ]
)
JUMBLES = st.text(max_size=40) | st.lists(PIECES, max_size=20).map("".join)
