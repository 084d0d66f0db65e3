"""The words and signs of a list that we write, in each of its languages."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """comma, stop: between names, and behind them; others: behind names that are not all;
    venue_comma: between venue and year; colon: behind the kind of a link; brackets: round a
    translated title; count: of authors; kinds: of links, by their names in records."""

    contents: str
    elsewhere: str
    see: str
    licence: str
    contact: str
    comma: str
    stop: str
    others: str
    venue_comma: str
    colon: str
    brackets: str
    count: str
    kinds: dict[str, str]


#: Of identifiers, in every language, by the fields of a Record.
IDENTIFIERS = {
    "arxiv_id": "arXiv",
    "doi": "DOI",
    "acl_id": "ACL Anthology",
    "openreview_id": "OpenReview",
}
_KINDS = ("code", "project", "video", "slides", "dataset", "model", "demo", "html", "pdf", "other")

ENGLISH = Words(
    contents="Contents",
    elsewhere="Elsewhere",
    see="See ",
    licence="Licence",
    contact="Contact",
    comma=", ",
    stop=". ",
    others=", et al.",
    venue_comma=", ",
    colon=": ",
    brackets=" ()",
    count="{} authors",
    kinds=dict(
        zip(
            _KINDS,
            ("Code", "Project page", "Video", "Slides", "Data set")
            + ("Model", "Demo", "Web version", "PDF", "Link"),
            strict=True,
        )
    ),
)
CHINESE = Words(
    contents="目录",
    elsewhere="未归类",
    see="详见",
    licence="许可协议",
    contact="联系方式",
    comma="、",
    stop="。",
    others=" 等",
    venue_comma="，",
    colon="：",
    brackets="（）",
    count="{} 位作者",
    kinds=dict(
        zip(
            _KINDS,
            ("代码", "项目主页", "视频", "幻灯片", "数据集", "模型", "演示", "网页版", "PDF")
            + ("链接",),
            strict=True,
        )
    ),
)


def words(language):
    return CHINESE if language.startswith("zh") else ENGLISH
