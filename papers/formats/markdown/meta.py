"""What stands around a title: authors, venues, dates. Told by their form."""

import re
from datetime import date
from functools import lru_cache

from .labels import AUTHORS, DATE, INSTITUTION, VENUE

_ACRONYMS = (
    "AAAI AAMAS ACCV ACL ACML ACSAC AISTATS ALT APSEC ASE ASPLOS ASRU ASSETS AsiaCCS BIBM BMVC "
    "BioRxiv CAV CCS CHI CHIL CIDR CIKM CoLLAs COLING COLM COLT CONLL CoNLL CoRL CP CRYPTO CSCW "
    "CSL CVIU CVPR CVPRW DAC DASFAA DATE EACL EAAI ECAI ECCV ECCVW ECIR ECML ECRTS EDBT EG EMNLP "
    "ESEC EUROCRYPT EuroSys FAccT FAST FG FSE GECCO HPCA HPDC HRI ICAIF ICALP ICAPS ICASSP ICCAD "
    "ICCV ICCVW ICDAR ICDCS ICDE ICDM ICDMW ICIP ICLR ICLRW ICME ICMI ICML ICMLW ICONIP ICPC ICPR "
    "ICRA ICSE ICSME ICTIR ICWSM IEEE IJCAI IJCB IJCNN IJCV IJRR ICMR INLG INTERSPEECH Interspeech "
    "IPDPS IROS ISBI ISCA ISMAR ISMIR ISPASS ISSTA ISWC ITSC IUI IV JAIR JMLR KDD KR LICS LREC MIA "
    "MICCAI MICRO MIDL MLHC MLSys MM MMM MSR NAACL NDSS NeurIPS NIPS NLPCC NSDI OOPSLA OSDI PAKDD "
    "PAMI PLDI PLOS PNAS PODC PODS POPL PPoPP PR PRL RAL RANLP RecSys RSS SAC SC SEMEVAL SIGCOMM "
    "SIGDIAL SIGGRAPH SIGIR SIGKDD SIGMOD SIGMETRICS SLT SOSP SOUPS SPAA SPL STOC SysML TACL TAC TCAD "
    "TCSVT TDSC TGRS TIFS TIP TIST TITS TKDE TKDD TMI TMLR TMM TNN TNNLS TOCHI TODS TOG TOIS TON "
    "TOSEM TPAMI TPDS TRO TSE TSP TVCG TVT UAI UIST USENIX VLDB VR WACV WSDM WWW WebConf 3DV arXiv "
    "arxiv ArXiv Arxiv ArXiV arXiV ARXIV CoRR Nature Science Cell JMIR EURASIP RA-L T-RO T-PAMI DCASE "
    "BIGDATA SDM SNAM SSRN bioRxiv medRxiv BMJ Neurocomputing EuroS&P S&P ESWC ESORICS"
).split()
_KNOWN = "|".join(sorted(map(re.escape, _ACRONYMS), key=len, reverse=True))
_YEAR = r"(?:19[5-9]\d|20[0-4]\d)"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_MONTHS = {
    name: number
    for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)
}
DATE_PATTERN = (
    rf"(?:{_YEAR}[-./年]\s?\d{{1,2}}(?:[-./月]\s?\d{{1,2}}日?)?月?|\d{{1,2}}[-./]\d{{1,2}}[-./](?:{_YEAR}|\d\d)|"
    rf"\d{{1,2}}[-./]{_YEAR}|(?:\d{{1,2}}(?:st|nd|rd|th)?[ -])?{_MONTH}[ -,']{{1,2}}(?:\d{{1,2}}(?:st|nd|rd|th)?,? )?(?:{_YEAR}|\d\d)|"
    rf"(?:{_YEAR})[ ,-]+{_MONTH}(?:[ -]\d{{1,2}})?|{_YEAR}年?)"
)
_DATE = re.compile(rf"[\[(（【]?\s*{DATE_PATTERN}\s*[\])）】]?", re.IGNORECASE)
# An acronym with its year, as `ICCV'23`, `ECCV 2018 Workshop`, `S&P-20`, `NeurIPS 2020 (Oral)`.
_EXTRA = (
    r"(?i:[ ,/_-]*\(?(?:workshops?|w|oral|spotlight|highlight|poster|best (?:student )?paper(?: award)?|award|"
    r"findings|demos?|main|short|long|journal|under review|submission|accepted|dataset track|track|datasets? and benchmarks?"
    r"|deep learning workshop|deep reinforcement learning workshop|extended abstract|survey track|preprint)\)?)*"
)
VENUE_PATTERN = (
    rf"(?:{_YEAR}[-_. ]\s?)?(?:(?:in|at|to appear in|accepted (?:by|at|to|in)|published in)\s+)?(?:the\s+)?(?:ACM[ /-]|IEEE[ /-])?"
    rf"(?:(?:{_KNOWN})(?:[/&+-](?:{_KNOWN}|[A-Z]{{2,8}}))?{_EXTRA}(?:[ ,.:-]*(?:['’‘`´]\s?)?(?:{_YEAR}|\d\d)(?!\d))?"
    rf"|[A-Z][A-Za-z]{{0,3}}[A-Z][A-Za-z&/-]{{0,10}}[ -]?(?:['’‘`´]\s?\d\d(?!\d)|\s?{_YEAR}(?!\d)))"
    rf"{_EXTRA}"
)
#: `… ICML 2019` behind a title without any sign between; not behind "at" or "of".
TRAILING_VENUE = re.compile(
    rf"(?<!\bat)(?<!\bof)(?<!\bin)(?<!\bfor)(?<!\bthe)\s+(?:{_KNOWN})[ -]?(?:['’]?\d\d|{_YEAR})$"
)
_VENUE = re.compile(rf"[\[(（【]?\s*{VENUE_PATTERN}\s*[\])）】]?")
_VENUE_WORDS = re.compile(
    r"\b(?:proceedings|proc\.?|conference|journal|transactions|trans\.|workshops?|symposium|preprint|pre-print|letters|"
    r"springer|elsevier|wiley|advances in|annual meeting|lecture notes|press|phd|ph\.d|master'?s|thesis|"
    r"technical report|tech\.? report|in submission|under review|review of|magazine|bulletin|frontiers|"
    r"arxiv|corr|openreview|biorxiv|medrxiv|nature|acm|ieee|plos|pmlr|mit press|university|vol\.|pp\.|no\.|"
    r"international|blog|website|unpublished|manuscript|findings|communications)\b",
    re.IGNORECASE,
)
_PARTICLES = {
    *(
        "van",
        "von",
        "der",
        "den",
        "de",
        "del",
        "della",
        "di",
        "da",
        "dos",
        "du",
        "la",
        "le",
        "el",
        "al",
        "bin",
    ),
    *(
        "ibn",
        "ten",
        "ter",
        "zu",
        "zur",
        "af",
        "av",
        "dit",
        "st",
        "y",
        "e",
        "do",
        "san",
        "jr",
        "jr.",
        "ii",
        "iii",
    ),
}
_NOT_NAMES = frozenset(
    "learning network networks deep neural model models language image images video visual object "
    "detection segmentation recognition generation translation generative adversarial transformer "
    "transformers attention graph graphs data dataset datasets survey review training pre-training "
    "systems system methods method analysis towards toward using via with for from and the of in on to a an "
    "is are as by at how what why can do representation representations reinforcement policy robot human "
    "computer vision machine intelligence algorithm algorithms optimization knowledge semantic domain "
    "adaptation transfer classification prediction estimation inference search memory speech text audio "
    "multi single fast efficient unsupervised supervised self-supervised scale large small new code paper "
    "distributed database databases storage computing operating kernel framework benchmark evaluation control "
    "design architecture architectures process processing reasoning planning understanding convolutional "
    "recurrent diffusion gan gans bert gpt llm llms clustering regression statistical bayesian time series "
    "theory problem problems approach towards point cloud scene face pose depth style feature features".split()
)
_YEARS = re.compile(r"(?:19|20)\d\d")
_NAME = re.compile(r"[^\W\d_][\w.'’`\-‐–·]*\*?", re.UNICODE)
_ET_AL = re.compile(
    r"[,;]?\s*(?:\(?\bet\.? ?al\b\.?\)?|and others|\betc\b\.?|等人?)\s*$", re.IGNORECASE
)
_BETWEEN = re.compile(r"\s*(?:[,;，、；·|]\s*(?:(?:and|&)\s+)?|\band\b|\s&\s)\s*")
_NOTES_ON_NAMES = re.compile(r"[\[(（][^\])）]{0,80}[\])）]|[*†‡§¶♠♣♦✉#]|\^?\d(?:,\d)*")
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝"
)
_CHINESE_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}")


@lru_cache(maxsize=4096)
def kind_of(text):
    """AUTHORS, VENUE, DATE or INSTITUTION, if the whole of `text` is one; else ""."""
    text = text.strip(" ,.;:|-–—·/\\\n*_")
    if not text or is_free(text):
        return ""
    if is_date(text):
        return DATE
    if is_venue(text):
        return VENUE
    if is_authors(text):
        return AUTHORS
    if is_institution(text):
        return INSTITUTION
    if text[0] == "@" or (len(text) < 60 and re.fullmatch(r"\(?@[\w .&,/-]+\)?", text)):
        return INSTITUTION
    return ""


_ORGANISATION = re.compile(
    r"(?:OpenAI|Open AI|Anthropic|Google|Deep ?Mind|Microsoft|Meta|Facebook|FAIR|NVIDIA|Nvidia|Apple|Amazon|"
    r"Alibaba|Tencent|Baidu|ByteDance|Huawei|SenseTime|Megvii|Salesforce|Adobe|Samsung|IBM|Intel|Uber|Twitter|"
    r"Hugging ?Face|EleutherAI|Mistral(?: AI)?|DeepSeek(?:-AI)?|MIT|CMU|NYU|UCLA|UCSD|UNC|NUS|NTU|KAIST|EPFL|INRIA|Inria|"
    r"Stanford|Harvard|Princeton|Berkeley|UC \w+|ETH(?: Z\w+)?|Oxford|Cambridge|Tsinghua|CUHK|HKUST|USTC|SJTU|PKU|"
    r"AI2|Allen ?AI|Technion|Cornell|Yale|Columbia)"
    r"(?: (?:AI|Research|Brain|DeepMind|Inc\.?|Labs?|Asia|Chapel Hill|AI Research|AI Lab|Cloud))*"
)
_INSTITUTE = re.compile(
    r"\b(?:Universit\w+|Institut\w*|College|Laborator\w+|Academy|Inc|Corp|Ltd|Labs?)\b\.?"
)


def is_institution(text):
    """Whether `text` names only organisations: `Google Brain & University of Toronto`."""
    if len(text) > 160 or is_free(text):
        return False
    parts = [part.strip(" .()") for part in re.split(r"[,&/;|+、]| and ", text)]
    known = [
        bool(_ORGANISATION.fullmatch(part))
        or (bool(_INSTITUTE.search(part)) and part[:1].isupper() and len(part.split()) < 7)
        for part in parts
        if part
    ]
    return bool(known) and known[0] and sum(known) >= 0.6 * len(known)


def is_date(text):
    return bool(_DATE.fullmatch(text.strip(" ,.;:|-–—_*")))


def is_acronym(text):
    """Whether `text` is a venue's short name, with or without its year."""
    return bool(_VENUE.fullmatch(text))


def is_venue(text):
    """Whether `text` names a place of publication, with or without its year."""
    text = text.strip(' ,.;:|-–—_*"“”')
    if not text or len(text) > 220:
        return False
    if _VENUE.fullmatch(text):
        return True
    words = text.split()
    if len(words) > 22 or "\n" in text:
        return False
    if (
        len(words) > 1
        and re.search(rf"(?:{_YEAR}|['’]\d\d|\d\d-\d\d)\)?$", text)
        and (_VENUE_WORDS.search(text) or _VENUE.match(text))
    ):
        return True
    if text.casefold() in ("thesis", "press", "blog", "website", "university", "review of"):
        return False
    return (
        bool(
            _VENUE_WORDS.match(text)
            or re.match(
                r"in (?:the )?(?:proceedings|advances|proc\.|[A-Z][\w]* (?:conference|symposium|workshop))|arxiv",
                text,
                re.I,
            )
        )
        and len(words) < 20
        and not re.search(r"\b(?:we|this|is|are|that)\b", text)
    )


@lru_cache(maxsize=4096)
def is_authors(text, *, alone=False):
    """Whether `text` is a list of names; of one name only if `alone`."""
    text = text.strip(' ,.;:|-–—_*"\n')
    if not 3 <= len(text) <= 6000 or is_free(text):
        return False
    text = re.sub(r"^(?:(?:posted )?by|authors?:?)\s+", "", text, flags=re.I)
    text, others = _ET_AL.subn("", text)
    years = _YEARS.search(text)
    text = _NOTES_ON_NAMES.sub("", text)
    names = _split_inverted(text) or [name for name in _BETWEEN.split(text) if name.strip(" .")]
    if not names or years:
        return False
    good = sum(_is_name(name) for name in names)
    if len(names) == 2 and "," not in text and len({" " in name.strip() for name in names}) == 2:
        # "Regular and Irregular Error-Correcting Codes"; two names are both whole or both short.
        return False
    if len(names) == 1:
        return good == 1 and bool(others or alone)
    return _is_name(names[0]) and good >= len(names) * (0.8 if len(names) > 3 else 1)


def _split_inverted(text):
    """The names of `Bee, Ann and Dee, Cee and Eff, Gee`, as BibTeX has them; else []."""
    names = [name.split(",") for name in re.split(r"\s+and\s+", text)]
    if len(names) < 2 or any(len(name) != 2 for name in names):
        return []
    return [f"{first.strip()} {last.strip()}" for last, first in names]


def _is_name(text):
    text = text.strip(" .*")
    if _CHINESE_NAME.fullmatch(text):
        return text[0] in _SURNAMES
    if _VENUE.fullmatch(text):
        return False
    words = text.split()
    if not 1 <= len(words) <= 6 or len(text) > 60:
        return False
    # "Jonathan P. How" has a word that titles have too.
    initials = any(re.fullmatch(r"[A-Z]\.", word) for word in words[1:])
    capital = 0
    for word in words:
        low = word.lower().strip(".,")
        if low in _PARTICLES or re.fullmatch(r"[A-Z]\.?", word):
            capital += 1
            continue
        if not _NAME.fullmatch(word):
            return False
        if low in _NOT_NAMES and not initials:
            return False
        if not word[0].isupper() and not re.match(r"[a-z]{1,2}['’][A-Z]", word):
            return False
        if word.isupper() and len(word.strip(".")) > 4:
            return False
        capital += 1
    return capital > 0


def split_authors(text):
    """(names in order, whether more are meant than named)."""
    text = re.sub(r"^(?:(?:posted )?by|authors?\s*:)\s+", "", text.strip(), flags=re.I).strip(
        " .,;|*_\n"
    )
    text, others = _ET_AL.subn("", text)
    text = _NOTES_ON_NAMES.sub("", text)
    if names := _split_inverted(text):
        return names, bool(others)
    names = [" ".join(name.split()).strip(" *") for name in _BETWEEN.split(text)]
    if ";" not in text and _are_inverted(names):
        names = [f"{first} {last}" for last, first in zip(names[::2], names[1::2], strict=False)]
    return [name for name in names if name], bool(others)


def _are_inverted(names):
    """Whether commas stand within the names: `Hinton, G., Osindero, S.`"""
    return (
        len(names) > 1
        and len(names) % 2 == 0
        and all(re.fullmatch(r"(?:[A-Z][\w-]{0,1}\.[ -]?){1,4}", name) for name in names[1::2])
    )


_FULL = re.compile(rf"({_YEAR})[-./年]\s?(\d{{1,2}})(?:[-./月]\s?(\d{{1,2}}))?")
_BY_DAY = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)?[ -]({_MONTH})[ -,']{{1,2}}({_YEAR})", re.I)


def read_date(text):
    """(year, date) that a text names; the date only where its day is given."""
    day = None
    if (found := _FULL.search(text)) and found[3]:
        day = _date(found[1], found[2], found[3])
    elif found := _BY_DAY.search(text):
        day = _date(found[3], _MONTHS.get(found[2][:3].lower(), 0), found[1])
    return (day.year if day else read_year(text)), day


def _date(year, month, day):
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def read_year(text):
    """The year that a text names, such as `ICCV'23`; None where it names none."""
    found = re.search(rf"(?<![\d.])({_YEAR})(?!\d)", text)
    if found:
        return int(found[1])
    found = re.search(r"[A-Za-z]\s?(?:['’‘`-]\s?)?(\d\d)(?!\d)", text)
    if not found:
        return None
    year = int(found[1])
    return 2000 + year if year < 50 else 1900 + year


def venue_of(text):
    """A venue's name without its year and brackets."""
    text = text.strip(' ,.;:|-–—_*[]()（）【】"“”\n')
    text = re.sub(
        r"^(?:in|at|to appear in|published in|accepted (?:by|at|to|in))[ :]+", "", text, flags=re.I
    )
    text = re.sub(rf"^{_YEAR}[-_. ]\s?|\s*\(?(?:pp|pages|vol)\b.*$", "", text, flags=re.I)
    text = re.sub(r"(?<=[A-Z])-?\d\d$", "", text)
    text = re.sub(rf"[ ,(-]*(?:['’‘`´]\s?\d\d|{_YEAR}(?:\.\d{{1,2}})?)\)?\.?$", "", text)
    return text.strip(" ,.;:-()")


_PART = re.compile(
    r"\s*[,，;|]\s+|\s*[，；]\s*|\s+[-–—]\s+|(?<![A-Z])(?<!\bal)\.\s+|(?<=\bal)\.,?\s+(?=[A-Z(])|(?<=\))\.?\s+(?=\S)"
)
_NUMBERS = re.compile(
    r"(?:vol(?:ume)?|no|issue|pp?|pages?|art(?:icle)?|ch(?:apter)?|isbn|issn)\.?\s*[\d:–—-]+|\d+\s*\(\d+\)(?:\s*:\s*[\d–-]+)?"
    r"|\d+[–-]\d+|\d{1,4}|doi:\S+|(?:ed|eds)\.?|in|to appear|accepted|preprint|oral|poster|spotlight",
    re.IGNORECASE,
)
FREE_WORDS = re.compile(
    r"\b(?:is|are|was|were|we|this|these|that|it|its|their|which|using|uses|used|can|the|to|not)\b"
)


def is_free(text):
    """Whether `text` has the words of a sentence, and so is no list of names or places."""
    return len(FREE_WORDS.findall(text, 0, 300)) > 2


@lru_cache(maxsize=4096)
def read_parts(text):
    """The (kind, part) pairs that `text` is made of, if it is nothing but authors, venue and
    dates; else []."""
    if is_free(text) or len(text) > 6000:
        return []
    kind = kind_of(text)
    if found := _BRACKET_BEHIND.search(text):
        # As in "Ann Bee and Cee Dee (2019)".
        inner = read_parts(found[1])
        outer = read_parts(text[: found.start()]) or _read_name(text[: found.start()])
        if inner and outer:
            return outer + inner
    if found := _PUBLISHED.fullmatch(text):
        names, place, year = found.groups()
        by = text[:3].lower() == "by "
        # "Cee D. Eff, ICML 2019" has no full stop, "by Dee C. Learning Theory, 2005" has one.
        ends = not re.search(r"\b[A-Z]$", names) or (by and "," not in (place or ""))
        if ends and is_authors(names, alone=by):
            return [(AUTHORS, names), (VENUE, place) if place else (DATE, year), (DATE, year)]
    if not _VENUE.fullmatch(text) and (found := TRAILING_VENUE.search(text.rstrip(" .)"))):
        # "Ann Bee and Cee Dee. ICML 2019"
        outer = text[: found.start()]
        if outer := read_parts(outer) or _read_name(outer):
            return [*outer, (VENUE, found[0])]
    if kind in (DATE, INSTITUTION) or (kind and not re.search(r"[,，]\s", text)):
        return [(kind, text)]
    if kind == AUTHORS and not _VENUE.search(text):
        return [(kind, text)]
    return _read_list(text) or ([(kind, text)] if kind else [])


# "by Ann Bee, Cee Dee. Some Place That Nobody Lists, 2005."
_PUBLISHED = re.compile(
    rf"(?:by\s+)?(.{{3,400}}?)\.\s+(?:([A-Z][^.]{{2,90}}?)[,.]?\s+)?({_YEAR})\.?", re.IGNORECASE
)
_BRACKET_BEHIND = re.compile(r"\s*[(（\[]([^()（）\[\]]{2,60})[)）\]][\s.,]*$")


_SHELLS = {")": "(", "]": "[", "）": "（", "】": "【"}


def unwrap(text):
    """`text` without signs, and brackets that enclose nothing but it or are no pair, at its ends."""
    while True:
        before = text
        text = text.strip(' \t\n|,;·/\\*_.，。；-–—:"“”')
        if text[-1:] in _SHELLS and (
            text[:1] == _SHELLS[text[-1]] or text.count(_SHELLS[text[-1]]) < text.count(text[-1])
        ):
            text = text[:-1]
        elif text[:1] in _SHELLS.values() and text.count(text[0]) > sum(
            text.count(closing) for closing, opening in _SHELLS.items() if opening == text[0]
        ):
            text = text[1:]
        if text[-1:] in _SHELLS.values():
            text = text[:-1]
        if text[:1] in _SHELLS:
            text = text[1:]
        if text == before:
            return text


def _read_name(text):
    return [(AUTHORS, text)] if is_authors(text, alone=True) else []


def _read_list(text):
    found, names, unknown, known = [], [], 0, 0
    for part in _PART.split(text):
        part = part.strip(" .()（）*_")
        if not part:
            continue
        kind = kind_of(part)
        if kind in (VENUE, DATE):
            found.append((kind, part))
        elif kind == AUTHORS or is_authors(part, alone=True):
            names.append(part)
        elif not _NUMBERS.fullmatch(part):
            unknown += 1
            continue
        known += 1
    if not known or unknown > 0.2 * (known + unknown) or (unknown and not found):
        return []
    if names and not found and len(names) < 2 and not is_authors(names[0]):
        return []
    if names:
        found.insert(0, (AUTHORS, ", ".join(names)))
    return found


_SINGLE = re.compile(
    r"(?:[A-Z][a-zà-ÿ'’-]+|[A-Z]\.)(?: (?:[A-Z][a-zà-ÿ'’-]+|[A-Z]\.|van|de|der|von|[A-Z][a-z]+[A-Z][a-z]+)){1,3}"
)


def is_single_author(text):
    """Whether `text` can only be one person's name."""
    return bool(_SINGLE.fullmatch(text)) and is_authors(text, alone=True)
