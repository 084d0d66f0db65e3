"""The columns of a table of papers: ours, and how people and programs call them.

See docs/formats.md.
"""

import re
import unicodedata

#: As written, in this order.
COLUMNS = (
    *("key", "title", "translated_title", "authors", "year", "published_on", "kind", "venue"),
    *("volume", "issue", "pages", "publisher", "arxiv", "doi", "openreview", "acl", "url"),
    *("links", "language", "tags", "abstract", "section", "section_slug", "position", "label"),
    *("highlighted", "note", "entry_note", "relations", "status"),
)
#: Columns that hold one text as it is.
TEXTS = ("title", "translated_title", "venue", "volume", "issue", "pages", "publisher")
#: Columns that hold one link each; what is read from them goes to `links`.
LINK_COLUMNS = ("code", "project", "video", "slides", "dataset", "model", "demo", "html", "pdf")

#: Where pages stand in two columns.
PAGE_COLUMNS = ("first_page", "last_page")

_NAMES = {
    "key": "citation key|citekey|cite key|bibtex key|引用键|标识",
    "title": "paper|paper title|article title|document title|name|标题|题名|题目|论文"
    "|论文标题|论文题目|论文名称|篇名|文题",
    "translated_title": "title translation|translation|译名|译题|中文标题|中文题名|标题翻译"
    "|译文标题",
    "authors": "author|author s|author names|author full names|creators|creator|作者|著者|作者列表",
    "year": "publication year|pub year|year published|py|年份|年|年度|发表年份|出版年|发表年",
    "published_on": "date|published|publication date|date published|first published"
    "|published on|日期|发表日期|发表时间|发布日期|发布时间|出版日期|出版时间"
    "|时间",
    "kind": "type|item type|document type|publication type|entry type|类型|文献类型",
    "venue": "journal|conference|booktitle|publication|publication title|source title"
    "|source|journal title|venue journal|conference journal|期刊|会议|刊名|来源"
    "|出处|期刊名|期刊名称|发表于|会议期刊|期刊会议|发表会议|文献来源",
    "volume": "vol|卷|卷号",
    "issue": "number|no|期|期号",
    "pages": "page|page range|pp|页|页码|页数范围",
    "first_page": "start page|page start|起始页|起始页码",
    "last_page": "end page|page end|结束页|结束页码",
    "publisher": "出版社|出版者|出版单位",
    "arxiv": "arxiv id|arxiv no|eprint|arxiv number|arxiv link|arxiv url|arxiv编号|arxiv链接",
    "doi": "doi link|doi url|doi号",
    "openreview": "openreview id|openreview link",
    "acl": "acl id|acl anthology|acl anthology id",
    "url": "link|paper url|paper link|address|web address|链接|论文链接|网址|地址"
    "|论文地址|原文|原文链接|论文网址",
    "links": "other links|further links|resources|其他链接|相关链接|资源",
    "language": "lang|language of original document|语言|语种",
    "tags": "tag|keywords|keyword|author keywords|manual tags|标签|关键词|关键字",
    "abstract": "abstract note|summary|tldr|摘要|内容摘要",
    "section": "category|categories|topic|subject|sections|path|分类|类别|章节|主题|方向"
    "|领域|研究方向|栏目",
    "section_slug": "slug",
    "position": "order|序号|顺序|排序",
    "label": "short name|nickname|abbreviation|model name|简称|缩写|别名|标注",
    "highlighted": "highlight|recommended|must read|starred|star|featured|推荐|重点|必读|精选|高亮",
    "note": "notes|comment|comments|remark|remarks|description|annotation|备注|笔记"
    "|简介|说明|点评|评论|注释|介绍",
    "entry_note": "note in section|section note",
    "relations": "builds on|related|关系|相关论文",
    "status": "state|状态",
    "code": "github|code url|code link|repository|repo|implementation|代码|源码"
    "|代码链接|代码地址|开源代码|仓库",
    "project": "project page|homepage|website|项目|主页|项目主页|项目地址",
    "video": "talk|视频|讲解视频",
    "slides": "poster|ppt|幻灯片",
    "dataset": "data|datasets|数据|数据集",
    "model": "weights|checkpoint|模型|权重",
    "demo": "演示|在线体验",
    "html": "web version|网页版",
    "pdf": "pdf url|pdf link|pdf链接|下载|下载地址|全文",
}


def _key(name):
    """A heading without case, width and punctuation."""
    name = unicodedata.normalize("NFKC", name).casefold()
    return re.sub(r"[\W_]+", " ", name).strip()


_COLUMNS = {
    _key(spelling): column
    for column, spellings in _NAMES.items()
    for spelling in (column, *spellings.split("|"))
}
#: Any one of these makes a row a row of headings, beside a second column that is known.
_TELLING = {"title", "url", "doi", "arxiv", "pdf", "authors"}
DELIMITERS = ",;\t|"


def column(heading):
    """The column that a heading means, or "". What stands in brackets behind it says more of
    it, and may be the whole of what is known: 论文 (Paper)."""
    if len(heading) > 100:
        return ""
    found = _COLUMNS.get(_key(heading))
    if not found and (parts := re.fullmatch(r"([^(（/]*)[(（/](.*?)[)）]?\s*", heading)):
        found = _COLUMNS.get(_key(parts[1])) or _COLUMNS.get(_key(parts[2]))
    return found or ""


def columns(headings):
    """The columns that the headings of a table mean. A number is an issue's beside a volume, and
    elsewhere the row's."""
    found = [column(heading) for heading in headings]
    if "volume" in found:
        return found
    return [
        "position" if name == "issue" and _key(heading) in ("no", "number") else name
        for heading, name in zip(headings, found, strict=True)
    ]


def are_headings(cells):
    """How many columns are known, where cells are headings of a table of papers, else 0."""
    known = [name for cell in cells[:1000] if (name := column(cell))]
    return len(set(known)) if _TELLING.intersection(known) else 0
