"""What the words beside links, above columns and over sections say.

The vocabulary of the lists that people keep, in English and Chinese. Nothing here knows one list.
"""

import re
import unicodedata
from functools import lru_cache

PAPER, CODE, PROJECT, VIDEO, SLIDES = "paper", "code", "project", "video", "slides"
DATASET, MODEL, DEMO, OTHER, NOTE = "dataset", "model", "demo", "other", "note"
AUTHORS, VENUE, DATE, TITLE, NAME = "authors", "venue", "date", "title", "name"
INSTITUTION, RATING, TAGS, IGNORED = "institution", "rating", "tags", "ignored"

_WORDS = {
    PAPER: """paper pdf arxiv arxivlink abs abstract abspage html acl anthology aclanthology openreview cvf
        thecvf ieee ieeexplore link acm doi preprint springer springerlink nature science
        sciencedirect elsevier neurips nips icml iclr cvpr iccv eccv mlr pmlr jmlr biorxiv medrxiv ssrn hal
        usenix ijcai aaai publication proceedings fulltext version arxivversion peerreviewedversion journalversion conferenceversion url ar5iv semanticscholar paperlink
        pdflink arxivpaper papertext paperpdf pdfarxiv arxivpdf paperarxiv arxivpreprint conference conferencepaper journal
        journalpaper originalpaper techreport technicalreport report thesis phdthesis
        read readpaper source publisher mdpi plos pubmed wiley hindawi isca iscaarchive
        papersource nipspaper neuripspaper cvprpaper openaccess longpaper shortpaper
        论文 论文地址 论文链接 论文下载 论文原文 原文 原文链接 原论文 文章 文章链接 地址 链接 全文 下载""",
    CODE: """code codes github git gitlab repo repository implementation implementations source
        sourcecode officialcode unofficialcode officialimplementation officialrepo
        officialgithub pytorch tensorflow tf tf2 keras caffe caffe2 jax matlab torch theano chainer
        mxnet paddle paddlepaddle flax julia cpp python software toolkit library package
        codelink githublink githubrepo pythonreference reference referenceimplementation codebase
        opensource authorscode ourcode pytorchcode tensorflowcode torchcode stars star
        代码 源码 代码地址 代码链接 开源代码 源代码 官方代码 项目代码 仓库 开源""",
    PROJECT: """project projectpage projectwebsite projectsite homepage home website web webpage
        site page projecthomepage projectlink websites officialsite officialwebsite
        主页 项目 项目主页 项目地址 项目链接 官网 网站 工程主页""",
    VIDEO: """video videos youtube talk talks bilibili presentation recording vimeo oral youtu
        lecture ytb trailer teaser 视频 视频讲解 讲解视频 演讲 报告视频""",
    SLIDES: "slides slide poster ppt slideshare keynote 幻灯片 海报",
    DATASET: "data dataset datasets benchmark database corpus datasetlink 数据 数据集 数据集地址",
    MODEL: """model models weights weight checkpoint checkpoints ckpt pretrained
        pretrainedmodel pretrainedmodels huggingface hf modelscope modelzoo modelcard modellink 模型
        模型权重 权重 hfmodel huggingfacemodel""",
    DEMO: """demo demos onlinedemo livedemo colab notebook space spaces playground app
        huggingfacespace hfspace webdemo interactivedemo gradio replicate localdemo 演示 在线体验 体验""",
    OTHER: """blog blogs blogpost article articles post tweet tweets twitter x medium news review
        reviews summary notes note mynote mynotes interpretation explained explanation supp suppl
        supplement supplementary supplemental supplementarymaterial appendix bib bibtex cite citation
        citations leaderboard reddit zhihu docs documentation doc tutorial wiki book
        press pressrelease discussion analysis errata wechat paperswithcode pwc announcement
        podcast readme results result visualization annotated tldr
        博客 博文 知乎 知乎文章 知乎解读 知乎讲解 解读 中文解读 论文解读 阅读笔记 笔记 知乎 解析 讲解 补充材料 推文 公众号 专栏 论文笔记""",
    NOTE: """description desc remark remarks comment comments highlight highlights keyidea keyideas
        idea contribution contributions insight insights takeaway takeaways about main
        keypoints keypoint keytakeaway details detail memo note notes annotation why intro
        introduction brief overview briefdescription shortdescription whatitdoes mainidea maincontribution summary
        abstract tldr 简介 说明 描述 备注 介绍 摘要 简述 总结 评论 点评 要点 亮点 贡献 概述 内容 推荐理由 一句话总结
        核心思想 主要内容 创新点 笔记 评价 注 补充 解释 思路 方法简介 主要贡献""",
    AUTHORS: """author authors by writer writers firstauthor 作者 第一作者""",
    VENUE: """venue conference journal pub publisher published publishedin publishedat publication
        where venues booktitle proceedings conf confjournal conferencejournal journalconference
        source presentedat pubinfo publications venueyear conferenceyear
        会议 期刊 发表 出处 会议期刊 期刊会议 来源 发表于 会议期刊名 发表会议 刊物""",
    DATE: """date year time month day published publishdate publicationdate submitted release
        released releasedate submissiondate uploaddate yearmonth arxivdate updated
        日期 年份 时间 年 发表时间 发布时间 发表年份 年月""",
    TITLE: """title titles paper papertitle papername papers work works name article articles
        papertitles titlepaper papertitleandlink titleandlink papertitlelink publicationtitle publication
        标题 论文 论文标题 论文名 论文名称 题目 名字 名称 文章 论文题目 篇名""",
    NAME: """model method methods name nickname abbreviation abbr acronym shortname alias algorithm
        approach architecture network modelname methodname framework system detector backbone
        models keyword 模型 方法 简称 缩写 算法""",
    INSTITUTION: """institute institution institutions affiliation affiliations organization
        organisation org company university lab team group country institutes from
        机构 单位 组织 公司 学校""",
    RATING: """rating rate recom recommend recommended recommendation importance score priority stars star
        level must mustread difficulty 推荐 推荐度 评分 星级 重要性 推荐指数 必读""",
    TAGS: """tag tags keyword keywords task tasks category categories type types topic topics field area areas
        modality domain dataset datasets subject class label labels application applications data
        标签 关键词 类别 类型 任务 领域 方向 分类 数据集 关键字""",
    IGNORED: """no num number index id citation citations cite cited status read done cover duration length views
        bibtex license size params parameters citationcount citationscount citedby s
        序号 编号 引用 引用数 已录制 封面 时长 状态 阅读 播放数""",
}
# In a link's label an earlier one of these wins; in a column's header, a later one.
_OF_LINKS = (PAPER, CODE, PROJECT, VIDEO, SLIDES, DATASET, MODEL, DEMO, OTHER)
_OF_LINES = (
    *(AUTHORS, PAPER, CODE, PROJECT, VIDEO, SLIDES, DATASET, MODEL, DEMO),
    *(NOTE, OTHER, VENUE, DATE, INSTITUTION, TAGS, RATING, TITLE),
)
_OF_COLUMNS = (
    *(TITLE, NOTE, AUTHORS, VENUE, DATE, RATING, IGNORED, CODE, PROJECT, VIDEO, SLIDES),
    *(DEMO, OTHER, NAME, INSTITUTION, DATASET, TAGS, PAPER, MODEL),
)


def _table(kinds):
    table = {}
    for kind in kinds:
        for word in _WORDS[kind].split():
            table.setdefault(word, kind)
    return table


_LINK_LABELS, _LINE_LABELS, _COLUMNS = _table(_OF_LINKS), _table(_OF_LINES), _table(_OF_COLUMNS)
_OF_TITLES = "title papertitle papername nameofpaper 标题 题目 论文题目 论文标题 论文名 论文名称"
_TITLE_LINES = frozenset(_OF_TITLES.split())
_NOTE_LINES = frozenset(_WORDS[NOTE].split())
_DECORATION = re.compile(
    r"\b(?:official|unofficial|our|the|my|re-?implementation|online|paper'?s|author'?s?|authors'|"
    r"full|extended|short|long|original|new|full[- ]text|latest|first|second|english|chinese|"
    r"oral|spotlight|highlight|poster|best paper|third[- ]party|in)\b|\d+",
    re.IGNORECASE,
)
_SAYING_NOTHING = "the a an by of for at in on to with and or from version link page here"
_FILLERS = frozenset(_SAYING_NOTHING.split())
_HEAD = re.compile(r"\s+[-–—]\s+|\s*[(（:：\[]")
_LAST_WORDS = {
    **dict.fromkeys(("paper", "pdf", "preprint", "版本"), PAPER),
    **dict.fromkeys(("code", "implementation", "repo", "github"), CODE),
    **dict.fromkeys(("website", "homepage"), PROJECT),
    **dict.fromkeys(("video", "slides", "poster"), VIDEO),
    "blog": OTHER,
}
_ANY_OF = re.compile(
    r"\s*(?:[&+,/、|:;()（）\[\]\-–—_]|\band\b|\bor\b|\bin\b|\bon\b|\bwith\b|\s)\s*"
)
_VENUE_LABEL = re.compile(
    r"(?:[A-Z][A-Za-z&+/-]{1,14}|[A-Z][a-z]+ [A-Z][a-z]+|[A-Z]{2,8} [A-Z][a-z]{1,12})[ -]?['’‘`]? ?"
    r"(?:(?:19|20)\d\d|\d\d)(?:[ ,]*\(?(?:oral|spotlight|highlight|poster|workshops?|w|findings|best paper|journal)\)?)?",
    re.IGNORECASE,
)


_SIGNS = re.compile(r"[\W_]+")


@lru_cache(maxsize=4096)
def normalize(label):
    """A label's letters and digits, in lower case."""
    if label.isascii() and label.isalnum():
        return label.lower()
    return _SIGNS.sub("", unicodedata.normalize("NFKC", label).casefold())


@lru_cache(maxsize=4096)
def link_kind(label):
    """What a link's label says it leads to; "" where the label is a text of its own."""
    label = label.strip().strip("[]()【】「」`*_:：|{}<>📄📃📜📖💻🔗⭐ ")
    if len(label) > 60:
        return ""
    word = normalize(label)
    if not word:
        return ""
    if kind := _LINK_LABELS.get(word):
        return kind
    if is_identifier(label) or (len(label) < 30 and _VENUE_LABEL.fullmatch(label)):
        return PAPER
    bare = normalize(_DECORATION.sub(" ", label))
    if bare and (kind := _LINK_LABELS.get(bare)):
        return kind
    parts = [part for part in _ANY_OF.split(label) if part]
    if kinds := _kinds_of(parts):
        return next((kind for kind in kinds if kind != PAPER), PAPER)
    # "code (by the authors)", "Code - Caffe2go", "Paper: the journal's".
    head = _HEAD.split(label)[0]
    if head != label and (kind := _LINK_LABELS.get(normalize(_DECORATION.sub(" ", head)))):
        return kind
    # "NIPS'15 paper", "the Stanford code", "arXiv version".
    if len(parts) <= 3 and (kind := _LAST_WORDS.get(normalize(parts[-1]))):
        return kind
    return ""


def _kinds_of(parts):
    """What each part of a label says, fillers left out; [] where one says nothing or too many
    say something."""
    kinds = []
    for part in parts:
        if kind := _LINK_LABELS.get(normalize(part)):
            kinds += [] if _is_filler(part) else [kind]
        elif not _is_filler(part):
            return []
    return kinds if len(kinds) < 6 else []


def _is_filler(part):
    return not normalize(_DECORATION.sub("", part)) or part.casefold() in _FILLERS


_IDENTIFIER = re.compile(
    r"(?:arxiv\s*:?\s*)?\d{4}\.\d{4,5}(?:v\d+)?|(?:doi:?\s*)?10\.\d{4,9}/\S+"
    r"|(?:arxiv\s*:?\s*)?[a-z-]+(?:\.[a-z]{2})?/\d{7}",
    re.IGNORECASE,
)


def is_vague(label):
    """Whether a label only says that it is a link, so that its column tells what to."""
    return normalize(label) in {"link", "url", "html", "source", "pdflink", "链接", "地址"}


def is_bare_link(label):
    """Whether a label says nothing at all: `[link]`."""
    return normalize(label) in {"link", "links", "url", "链接", "地址"}


def is_venue(label):
    """Whether a label is a place of publication, which may be a paper's or a conference's."""
    return bool(_VENUE_LABEL.fullmatch(label.strip("[]()` ")))


def is_identifier(text):
    return bool(_IDENTIFIER.fullmatch(text))


@lru_cache(maxsize=4096)
def line_kind(label):
    """What a line is about that begins with `label` and a colon; "" where it is no label."""
    label = label.strip().strip("[]()【】「」`*_ ")
    if not label or len(label) > 40 or is_venue(label):
        return ""
    word = normalize(label)
    if kind := _LINE_LABELS.get(word):
        return kind
    bare = normalize(_DECORATION.sub(" ", label))
    if bare and (kind := _LINE_LABELS.get(bare)):
        return kind
    kinds = [_LINE_LABELS.get(normalize(part)) for part in _ANY_OF.split(label) if part]
    return kinds[0] if kinds and len(kinds) < 5 and all(kinds) else ""


def is_of_links(kind):
    """Whether a link can be of this kind."""
    return kind in _OF_LINKS


def may_be_note(label):
    """Whether a text may follow a label that else says where a link leads: `Abstract: …`."""
    return normalize(label) in _NOTE_LINES


def names_title(label):
    """Whether a line's label says that the title follows: `Title: …`, `论文题目：…`."""
    return normalize(label) in _TITLE_LINES


@lru_cache(maxsize=1024)
def column_kind(header):
    """What a column holds, by its header; "" where the header says nothing known."""
    word = normalize(header)
    if kind := _COLUMNS.get(word):
        return kind
    if not word or len(header) > 60:
        return ""
    # "paper link", "Paper (arXiv)", "code link", "Published In".
    parts = [normalize(part) for part in _ANY_OF.split(header) if part]
    if parts[-1] in ("link", "links", "url", "urls", "链接", "地址"):
        return _LINK_LABELS.get("".join(parts[:-1])) or _LINK_LABELS.get(parts[0], PAPER)
    kinds = [kind for part in parts if (kind := _COLUMNS.get(part))]
    return kinds[0] if kinds else ""


_LEFT_OUT = re.compile(
    # News and updates, but not "Fake news detection" or "Model updates".
    r"^(?:what'?s new|new!?)$|"
    r"^(?:(?:what'?s |the |our |latest |recent |last |important |project |repo(?:sitory)? |paper |breaking )*"
    r"(?:news|updates?|update log|changes?|change ?log|releases?|announcements?)\b)"
    r"(?:[^a-z]*$|[^a-z]*(?:&|(?:and|log|history|records?|on|in|of|from|for|at|feed|section)\b))|"
    r"\bcontribut(?:e|ing|ors?|ion guide)\b|^contribution$|\bcontributions?\b(?= to| guid| welcome| are)|"
    r"^contributions$|"
    r"^(?:how to )?cit(?:e|ing|ation|ations)(?:[^a-z]*$| (?:&|(?:us|this|our|the|me|info|and|if)\b))|\bbibtex\b|"
    r"^(?:the )?licen[sc]es?\b|\backnowledge?ments?\b|"
    r"\bstar history\b|^(?:contacts?(?: (?:us|me|info\w*|details|and .*))?|contact .*(?:us|me))[^a-z]*$|"
    r"^about(?: (?:us|me|this|the|authors?|.*(?:list|repo\w*|project)))?[^a-z]*$|^to-?dos?(?: list)?\b|"
    r"^(?:feedback|suggestions?)(?:[^a-z]*$| (?:and|&|or) )|\bsponsors?\b|\bjoin us\b|"
    r"\bour survey\b|\brelated (?:repos?|repositor|(?:paper |awesome )?lists?|awesome|github)|"
    r"^other (?:awesome|lists|repos)|^maintainers?\b|\bsubscribe\b|"
    r"更新日志|更新记录|^更新|如何贡献|贡献指南|^贡献|引用本|如何引用|^引用$|致谢|联系我|联系方式|^联系|许可证|^许可|"
    r"最新动态|^(?:最新)?新闻$|交流群",
    re.IGNORECASE,
)
_NO_PAPERS = re.compile(
    r"\b(?:tutorials?|courses?|lectures?|workshops?|talks?|slides|videos?|blogs?(?: ?posts?)?|books?|tools?|"
    r"toolkits?|toolbox(?:es)?|librar(?:y|ies)|frameworks?|softwares?|repos?|repositories|leaderboards?|"
    r"competitions?|challenges?|researchers?|labs?|people|conferences?|newsletters?|podcasts?|"
    r"websites?|communit(?:y|ies)|resources?|links?|demos?|products?|projects?|implementations?|code|"
    r"jobs?|miscellaneous|misc|open[- ]source|models?|apis?|datasets?|data sets?)\b"
    r"|教程|课程|工具|博客|视频|竞赛|比赛|书籍|资源|数据集|会议列表|研究者|开源项目",
    re.IGNORECASE,
)


def is_left_out(heading):
    """Whether a section of this heading is about the list and not part of it."""
    return bool(_LEFT_OUT.search(heading.strip(" :：*#📖🔥📢🎉📰🗞📌✨💡🚀📝-–")))


def is_of_other_things(heading):
    """Whether a section of this heading holds something else than papers, if anything says so."""
    return bool(_NO_PAPERS.search(heading)) and not re.search(r"\bpapers?\b|论文", heading, re.I)
