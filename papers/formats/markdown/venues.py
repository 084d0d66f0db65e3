"""Where works come from: venues of publication, and the institutions of their authors."""

import re

from .dates import YEAR
from .sentences import is_free

# The short names that stand in lists without a year, too.
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
)


def _any_of(words):
    """A pattern of any of the words, the longest of two that begin alike. A letter is compared
    with one alternative each, and not with every word."""
    by_letter = {}
    for word in sorted(words, key=len, reverse=True):
        by_letter.setdefault(word[0], []).append(re.escape(word[1:]))
    return "|".join(f"{letter}(?:{'|'.join(ends)})" for letter, ends in by_letter.items())


_KNOWN = _any_of(_ACRONYMS.split())
# What may stand beside it: `ECCV 2018 Workshop`, `NeurIPS 2020 (Oral)`.
_EXTRA = (
    r"(?i:[ ,/_-]*\(?(?:workshops?|w|oral|spotlight|highlight|poster|"
    r"best (?:student )?paper(?: award)?|award|findings|demos?|main|short|long|journal|"
    r"under review|submission|accepted|dataset track|track|datasets? and benchmarks?|"
    r"deep learning workshop|deep reinforcement learning workshop|extended abstract|survey track|"
    r"preprint)\)?)*"
)
_YEAR_BEHIND = rf"(?:[ ,.:-]*(?:['’‘`´]\s?)?(?:{YEAR}|\d\d)(?!\d))?"
# An acronym with its year, as `ICCV'23`, `S&P-20`; of those that nobody listed only so.
_WITH_YEAR = (
    rf"[A-Z][A-Za-z]{{0,3}}[A-Z][A-Za-z&/-]{{0,10}}[ -]?(?:['’‘`´]\s?\d\d(?!\d)|\s?{YEAR}(?!\d))"
)
VENUE_PATTERN = (
    rf"(?:{YEAR}[-_. ]\s?)?"
    r"(?:(?:in|at|to appear in|accepted (?:by|at|to|in)|published in)\s+)?(?:the\s+)?"
    r"(?:ACM[ /-]|IEEE[ /-])?"
    rf"(?:(?:{_KNOWN})(?:[/&+-](?:{_KNOWN}|[A-Z]{{2,8}}))?{_EXTRA}{_YEAR_BEHIND}"
    rf"|{_WITH_YEAR})"
    rf"{_EXTRA}"
)
_VENUE = re.compile(rf"[\[(（【]?\s*{VENUE_PATTERN}\s*[\])）】]?")
# What must stand in a text for the pattern above to be found there.
_CORE = re.compile(rf"{_KNOWN}|{_WITH_YEAR}")
# `… ICML 2019` behind a title without any sign between; not behind "at" or "of".
_TRAILING_VENUE = re.compile(
    rf"(?<!\bat)(?<!\bof)(?<!\bin)(?<!\bfor)(?<!\bthe)\s+(?:{_KNOWN})[ -]?(?:['’]?\d\d|{YEAR})$"
)
_VENUE_WORDS = re.compile(
    r"\b(?:proceedings|proc\.?|conference|journal|transactions|trans\.|workshops?|symposium|"
    r"preprint|pre-print|letters|springer|elsevier|wiley|advances in|annual meeting|lecture notes|"
    r"press|phd|ph\.d|master'?s|thesis|technical report|tech\.? report|in submission|under review|"
    r"review of|magazine|bulletin|frontiers|arxiv|corr|openreview|biorxiv|medrxiv|nature|acm|ieee|"
    r"plos|pmlr|mit press|university|vol\.|pp\.|no\.|international|blog|website|unpublished|"
    r"manuscript|findings|communications)\b",
    re.IGNORECASE,
)
_ENDS_IN_YEAR = re.compile(rf"(?:{YEAR}|['’]\d\d|\d\d-\d\d)\)?$")
_BEGINS_AS_VENUE = re.compile(
    r"in (?:the )?(?:proceedings|advances|proc\.|[A-Z][\w]* (?:conference|symposium|workshop))|arxiv",
    re.IGNORECASE,
)
_SPEAKS = re.compile(r"\b(?:we|this|is|are|that)\b")
_ALONE = ("thesis", "press", "blog", "website", "university", "review of")
_ORGANISATION = re.compile(
    r"(?:OpenAI|Open AI|Anthropic|Google|Deep ?Mind|Microsoft|Meta|Facebook|FAIR|NVIDIA|Nvidia|"
    r"Apple|Amazon|Alibaba|Tencent|Baidu|ByteDance|Huawei|SenseTime|Megvii|Salesforce|Adobe|Samsung|IBM|Intel|Uber|Twitter|"
    r"Hugging ?Face|EleutherAI|Mistral(?: AI)?|DeepSeek(?:-AI)?|MIT|CMU|NYU|UCLA|UCSD|UNC|NUS|NTU|KAIST|EPFL|INRIA|Inria|"
    r"Stanford|Harvard|Princeton|Berkeley|UC \w+|ETH(?: Z\w+)?|Oxford|Cambridge|Tsinghua|CUHK|HKUST|USTC|SJTU|PKU|"
    r"AI2|Allen ?AI|Technion|Cornell|Yale|Columbia)"
    r"(?: (?:AI|Research|Brain|DeepMind|Inc\.?|Labs?|Asia|Chapel Hill|AI Research|AI Lab|Cloud))*"
)
_INSTITUTE = re.compile(
    r"\b(?:Universit\w+|Institut\w*|College|Laborator\w+|Academy|Inc|Corp|Ltd|Labs?)\b\.?"
)
_BETWEEN = re.compile(r"[,&/;|+、]| and ")
_IN_FRONT = re.compile(
    r"^(?:in|at|to appear in|published in|accepted (?:by|at|to|in))[ :]+", re.IGNORECASE
)
_AROUND = re.compile(rf"^{YEAR}[-_. ]\s?|\s*\(?(?:pp|pages|vol)\b.*$", re.IGNORECASE)
_YEAR_END = re.compile(rf"[ ,(-]*(?:['’‘`´]\s?\d\d|{YEAR}(?:\.\d{{1,2}})?)\)?\.?$")
_SHORT_YEAR_END = re.compile(r"(?<=[A-Z])-?\d\d$")


def is_institution(text):
    """Whether `text` names only organisations: `Google Brain & University of Toronto`."""
    if len(text) > 160 or text[:1].islower():
        return False
    parts = [part for part in (part.strip(" .()") for part in _BETWEEN.split(text)) if part]
    if not parts or not _is_organisation(parts[0]) or is_free(text):
        return False
    return sum(map(_is_organisation, parts)) >= 0.6 * len(parts)


def _is_organisation(part):
    if not part[0].isupper():
        return False
    return bool(
        _ORGANISATION.fullmatch(part) or (len(part.split()) < 7 and _INSTITUTE.search(part))
    )


def trailing_venue(text):
    """The match of a venue with its year that `text` ends with, or None."""
    return _TRAILING_VENUE.search(text, max(0, len(text) - 40)) if text[-1:].isdigit() else None


def is_acronym(text):
    """Whether `text` is a venue's short name, with or without its year."""
    return bool(_VENUE.fullmatch(text))


def contains_venue(text):
    """Whether an acronym of a venue stands anywhere in `text`."""
    return _CORE.search(text) is not None


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
    dated = len(words) > 1 and text[-2:-1].isdigit() and _ENDS_IN_YEAR.search(text)
    if dated and (_VENUE_WORDS.search(text) or _VENUE.match(text)):
        return True
    if text.casefold() in _ALONE or len(words) >= 20:
        return False
    begins = _VENUE_WORDS.match(text) or _BEGINS_AS_VENUE.match(text)
    return bool(begins) and not _SPEAKS.search(text)


def venue_of(text):
    """A venue's name without its year and brackets."""
    text = text.strip(' ,.;:|-–—_*[]()（）【】"“”\n')
    for pattern in (_IN_FRONT, _AROUND, _SHORT_YEAR_END, _YEAR_END):
        text = pattern.sub("", text)
    return text.strip(" ,.;:-()")
