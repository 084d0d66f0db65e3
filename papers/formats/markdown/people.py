"""Authors: lists of names, told by their form."""

import re
from functools import lru_cache

from .sentences import is_free
from .venues import is_acronym

_OF_NAMES = """
    van von der den de del della di da dos du la le el al bin ibn ten ter zu zur af av dit st y e do
    san jr jr. ii iii
"""
_PARTICLES = frozenset(_OF_NAMES.split())
# Words that titles begin with a capital and names have not.
_OF_TITLES = """
    learning network networks deep neural model models language image images video visual object
    detection segmentation recognition generation translation generative adversarial transformer
    transformers attention graph graphs data dataset datasets survey review training pre-training
    systems system methods method analysis towards toward using via with for from and the of in on
    to a an is are as by at how what why can do representation representations reinforcement
    policy robot human computer vision machine intelligence algorithm algorithms optimization
    knowledge semantic domain adaptation transfer classification prediction estimation inference
    search memory speech text audio multi single fast efficient unsupervised supervised
    self-supervised scale large small new code paper distributed database databases storage
    computing operating kernel framework benchmark evaluation control design architecture
    architectures process processing reasoning planning understanding convolutional recurrent
    diffusion gan gans bert gpt llm llms clustering regression statistical bayesian time series
    theory problem problems approach towards point cloud scene face pose depth style feature
    features
"""
_NOT_NAMES = frozenset(_OF_TITLES.split())
# "A" may be an initial.
_BEGIN_TITLES = _NOT_NAMES - _PARTICLES - {"a"}
_YEARS = re.compile(r"(?:19|20)\d\d")
_NAME = re.compile(r"[^\W\d_][\w.'’`\-‐–·]*\*?", re.UNICODE)
_ET_AL = re.compile(
    r"[,;]?\s*(?:\(?\bet\.? ?al\b\.?\)?|and others|\betc\b\.?|等人?)\s*$", re.IGNORECASE
)
# Stands in whatever the pattern above finds.
_MAY_END = re.compile(r"[Aa][Ll]|[Oo][Tt][Hh]|[Ee][Tt][Cc]|等")
_NONE, _ONE, _SEVERAL = range(3)
_BETWEEN = re.compile(r"\s*(?:[,;，、；·|]\s*(?:(?:and|&)\s+)?|\band\b|\s&\s)\s*")
_NOTES_ON_NAMES = re.compile(r"[\[(（][^\])）]{0,80}[\])）]|[*†‡§¶♠♣♦✉#]|\^?\d(?:,\d)*")
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝"
)
_CHINESE_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}")
# Up to what may part names, or a remark on them.
_FIRST_WORDS = re.compile(r"[^,;，、；·|&\[(（]*")
_BY = re.compile(r"^(?:(?:posted )?by|authors?:?)\s+", re.IGNORECASE)
_AND = re.compile(r"\s+and\s+")
_ELIDED = re.compile(r"[a-z]{1,2}['’][A-Z]")
_INITIALS = re.compile(r"(?:[A-Z][\w-]{0,1}\.[ -]?){1,4}")
_SINGLE = re.compile(
    r"(?:[A-Z][a-zà-ÿ'’-]+|[A-Z]\.)"
    r"(?: (?:[A-Z][a-zà-ÿ'’-]+|[A-Z]\.|van|de|der|von|[A-Z][a-z]+[A-Z][a-z]+)){1,3}"
)


def is_authors(text, *, alone=False):
    """Whether `text` is a list of names; of one name only if `alone`."""
    known = _known(text.strip(' ,.;:|-–—_*"\n'))
    return known == _SEVERAL or (known == _ONE and alone)


@lru_cache(maxsize=4096)
def _known(text):
    """_SEVERAL names, which may be one "and others", _ONE, or _NONE."""
    if not 3 <= len(text) <= 6000 or _YEARS.search(text) or is_free(text):
        return _NONE
    if text[0] in "ABPabp":
        text = _BY.sub("", text)
    if _begins_as_title(text):
        return _NONE
    text, others = _without_others(text)
    text = _NOTES_ON_NAMES.sub("", text)
    names = _split_inverted(text) or [name for name in _BETWEEN.split(text) if name.strip(" .")]
    if not names or not _is_name(names[0]):
        return _NONE
    if len(names) == 2 and "," not in text and len({" " in name.strip() for name in names}) == 2:
        # "Regular and Irregular Error-Correcting Codes"; two names are both whole or both short.
        return _NONE
    if len(names) == 1:
        return _SEVERAL if others else _ONE
    good = sum(map(_is_name, names))
    return _SEVERAL if good >= len(names) * (0.8 if len(names) > 3 else 1) else _NONE


def _begins_as_title(text):
    """Whether the words before any sign are none of a name, told before the names are cut."""
    for place, word in enumerate(_FIRST_WORDS.match(text)[0].split()):
        low = word.lower().strip(".,")
        if "and" in low or low.startswith("et"):
            return False
        # With initials "Jonathan P. How" is a name; so are "van der Bee" and "d'Eff".
        if place == 6 or (low in _BEGIN_TITLES and "." not in text):
            return True
        if word[0].islower() and low not in _PARTICLES and not _ELIDED.match(word):
            return True
    return False


def _without_others(text):
    """(text, whether it said at its end that there are others)."""
    if not _MAY_END.search(text, max(0, len(text) - 12)):
        return text, False
    text, others = _ET_AL.subn("", text)
    return text, bool(others)


def _split_inverted(text):
    """The names of `Bee, Ann and Dee, Cee and Eff, Gee`, as BibTeX has them; else []."""
    names = [name.split(",") for name in _AND.split(text)] if "and" in text else []
    if len(names) < 2 or any(len(name) != 2 for name in names):
        return []
    return [f"{first.strip()} {last.strip()}" for last, first in names]


def _is_name(text):
    text = text.strip(" .*")
    if text[:1] >= "\u4e00" and _CHINESE_NAME.fullmatch(text):
        return text[0] in _SURNAMES
    words = text.split()
    if not 1 <= len(words) <= 6 or len(text) > 60:
        return False
    # "Jonathan P. How" has a word that titles have too.
    initials = "." in text and any(len(word) == 2 and word[1] == "." for word in words[1:])
    return all(_is_of_name(word, initials) for word in words) and not is_acronym(text)


def _is_of_name(word, initials):
    low = word.lower().strip(".,")
    if low in _PARTICLES or ("A" <= word[0] <= "Z" and word[1:] in ("", ".")):
        return True
    if low in _NOT_NAMES and not initials:
        return False
    if not word[0].isupper() and not _ELIDED.match(word):
        return False
    if word.isupper() and len(word.strip(".")) > 4:
        return False
    return _NAME.fullmatch(word) is not None


def split_authors(text):
    """(names in order, whether more are meant than named)."""
    text = _BY.sub("", text.strip()).strip(" .,;|*_\n")
    text, others = _without_others(text)
    text = _NOTES_ON_NAMES.sub("", text)
    if names := _split_inverted(text):
        return names, others
    names = [" ".join(name.split()).strip(" *") for name in _BETWEEN.split(text)]
    if ";" not in text and _are_inverted(names):
        names = [f"{first} {last}" for last, first in zip(names[::2], names[1::2], strict=False)]
    return [name for name in names if name], others


def _are_inverted(names):
    """Whether commas stand within the names: `Hinton, G., Osindero, S.`"""
    return (
        len(names) > 1
        and len(names) % 2 == 0
        and all(_INITIALS.fullmatch(name) for name in names[1::2])
    )


def is_single_author(text):
    """Whether `text` can only be one person's name."""
    return bool(_SINGLE.fullmatch(text)) and is_authors(text, alone=True)
