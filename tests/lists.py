"""Made-up lists with texts that look like something else, for round trips through Markdown."""

from hypothesis import strategies as st

from papers.addresses import canonical_url, page_of
from papers.formats import values
from papers.formats.markdown.words import words
from papers.records import (
    LinkRecord,
    ListRecord,
    NoteRecord,
    Placement,
    Record,
    SectionRecord,
)

TEXTS = [
    *("# 1. A title", "1. First", "2) Second", "- Item", "+ Item", "> Quoted", "===", "---", "***"),
    *("[A] title [of](brackets)", "A | B", ":-- | --:", "*stars*", "**bold**", "snake_case_name"),
    *("`code`", "``", "<script>alert(1)</script>", "<!-- en -->", "<b>bold</b>", "a < b > c"),
    *(
        "On $k$-means and $5",
        "$$x$$",
        "🔥 Hot",
        "⭐⭐⭐",
        ":fire:",
        "【推荐】必读",
        "AT&T &amp; &copy;",
    ),
    *(
        "大模型：综述",
        "“引号”与《书名》",
        "a · b · c",
        "阿什什·瓦斯瓦尼",
        'Say "no"',
        "It’s",
        "Really?",
    ),
    *("Ends with a stop.", "Ends with a colon:", "C#", "F# ##", "back\\slash\\", "~~gone~~", "x^2"),
    *("https://example.org/a", "www.example.org", "a@example.org", "NeurIPS 2017", "ICML", "2017"),
    *(
        "In 2019",
        "J. Li, 2020",
        "et al.",
        "et al",
        "others",
        "李白 等",
        "李白、杜甫",
        "Poe, Jr.",
        "Jr.",
    ),
    *("Code", "Link", "DOI", "arXiv", "PDF", "Contents", "目录", "Papers", "News", "About", "See"),
    *("› deeper", "Elsewhere", "…", "!", "![image](x)", "[^1]", "[x]: y", "LoRA: LoRA: A title"),
]
NOTES = [
    "# A heading\n\nand more",
    "A heading\n===\n\n## Contents",
    "Two\n\nparagraphs, with $a<b$ and\n\n$$\nx > y\n$$",
    "- a list\n- of two\n\n  1. and one",
    "```python\n# no heading\n<b>\n```",
    "```\nnever closed",
    "    indented\n\n\tby a tab",
    "> quoted\n\n> twice",
    "A [link](https://example.org/a_(b)) and ![image](x.png)",
    "<details>\n<summary>never closed",
    "<!-- paper -->\nno comment",
    "<script>alert(1)</script> & `<code>`",
    "[x]: https://example.org",
    "- [A title](https://arxiv.org/abs/1706.03762)",
    "---",
    "| a | b |\n| --- | --- |\n| 1 | 2 |",
    "中文，**强调**。\\\n换行",
]
PATHS = ["a", "a_(b)", "a(b", "b)", "a&copy;b", "x%20y", "q?a=1&b=2#c", "[x]", "论文", "*a*", "`"]

lines = (
    (st.sampled_from(TEXTS) | st.lists(st.sampled_from(TEXTS)).map(" ".join) | st.text(max_size=30))
    .map(values.plain)
    .filter(bool)
)
prose = st.sampled_from(NOTES) | st.lists(st.sampled_from([*NOTES, *TEXTS]), min_size=1).map(
    "\n\n".join
)
addresses = st.sampled_from(PATHS).map("https://example.org/".__add__)
codes = st.sampled_from(["en", "zh-hans"])


def maybe(strategy):
    return st.just("") | strategy


def in_one_language(strategy):
    """Of two languages only one would come back."""
    return st.dictionaries(codes, strategy, max_size=1)


notes = st.lists(
    st.builds(NoteRecord, text=st.dictionaries(codes, prose, min_size=1, max_size=1)), max_size=2
)
links = st.lists(
    st.builds(
        LinkRecord,
        url=addresses,
        kind=st.sampled_from(["code", "video", "pdf", "html", "other"]),
        label=maybe(lines),
    ),
    max_size=3,
)
records = st.builds(
    Record,
    title=lines,
    translated_title=maybe(lines),
    language=st.sampled_from(["", "en", "zh-hans"]),
    authors=st.lists(lines, max_size=4)
    | lines.map(lambda name: [f"{name} {number}" for number in range(200)]),
    authors_incomplete=st.booleans(),
    year=st.none() | st.integers(1500, 2100),
    venue=maybe(lines),
    arxiv_id=st.sampled_from(["", "1706.03762", "cs/0112017"]),
    doi=st.sampled_from(["", "10.1000/a(b)c<d>"]),
    acl_id=st.sampled_from(["", "P19-1001"]),
    openreview_id=st.sampled_from(["", "B1QRgziT-"]),
    url=maybe(addresses),
    links=links,
    notes=notes,
)


@st.composite
def lists(draw):
    """A list as it leaves the database: profile, sections in order, papers by their places."""
    sections = []
    for number in range(draw(st.integers(0, 8))):
        last = sections[-1].path if sections else ()
        above = last[: draw(st.integers(0, len(last)))]
        title = draw(lines)
        sections.append(
            SectionRecord(
                path=(*above, title),
                slug=str(number),
                titles={draw(codes): title},
                descriptions=draw(in_one_language(prose)),
                notes=draw(notes),
            )
        )
    papers = []
    for number, record in enumerate(draw(st.lists(records, max_size=3))):
        # Told apart, as they are where one of them stands in several sections.
        record.title = f"{record.title} {number}"
        record.placements = [
            Placement(
                section=section.path,
                slug=section.slug,
                label=draw(maybe(lines)),
                highlighted=draw(st.booleans()),
                position=number,
                notes=draw(notes),
            )
            for section in sections
            if draw(st.booleans())
        ]
        papers.append(record)
    papers.sort(key=_first_place)
    profile = ListRecord(
        titles=draw(in_one_language(lines)),
        taglines=draw(in_one_language(lines)),
        introductions=draw(in_one_language(prose)),
        licence=draw(maybe(lines)),
        contact=draw(st.sampled_from(["", "list@example.org"])),
    )
    return [profile, *sections, *papers]


def _first_place(record):
    places = [(int(place.slug), place.position) for place in record.placements]
    return min(places, default=(99, 0))


def carried(items, language):
    """What a list in Markdown says of each item, in a shape to be compared."""
    sections, papers, profiles = [], [], []
    for item in items:
        if isinstance(item, SectionRecord):
            texts = [note.text for note in item.notes]
            sections.append((item.path, item.titles, item.descriptions, texts))
        elif isinstance(item, Record):
            papers.append(_paper(item, language))
        elif isinstance(item, ListRecord) and item != ListRecord():
            profiles.append(item)
    return profiles, sections, papers


def _paper(record, language):
    kinds = words(language).kinds
    names = {
        "arxiv": record.arxiv_id,
        "doi": record.doi,
        "acl": record.acl_id,
        "openreview": record.openreview_id,
    }
    pages = [page_of(kind, name) for kind, name in names.items() if name]
    return {
        "title": record.title,
        "translated": record.translated_title if record.language != language else "",
        "authors": record.authors,
        "others": record.authors_incomplete and bool(record.authors),
        "published": (values.plain(record.venue), record.year),
        "main": record.url or next(iter(pages), ""),
        "identifiers": names,
        "links": [
            # A label that only says its kind is none, a link to an identifier's page is that.
            (
                link.url,
                link.kind,
                "" if link.label.casefold() == kinds[link.kind].casefold() else link.label,
            )
            for link in record.links
            if link.kind != "other" or canonical_url(link.url) not in pages[not record.url :]
        ],
        "notes": [note.text for note in record.notes],
        "places": [
            (place.section, place.label, place.highlighted, [note.text for note in place.notes])
            for place in record.placements
        ],
    }
