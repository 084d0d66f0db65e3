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
#: A language's code, as comments and the first line have it.
CODE = r"[a-z]{2,3}(?:-[a-z]{2,8})*"

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
    kinds={
        "code": "Code",
        "project": "Project page",
        "video": "Video",
        "slides": "Slides",
        "dataset": "Data set",
        "model": "Model",
        "demo": "Demo",
        "html": "Web version",
        "pdf": "PDF",
        "other": "Link",
    },
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
    kinds={
        "code": "代码",
        "project": "项目主页",
        "video": "视频",
        "slides": "幻灯片",
        "dataset": "数据集",
        "model": "模型",
        "demo": "演示",
        "html": "网页版",
        "pdf": "PDF",
        "other": "链接",
    },
)


def words(language):
    return CHINESE if language.startswith("zh") else ENGLISH
