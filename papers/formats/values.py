"""What the formats of reference managers have in common: dates, languages, tags, links and
identifiers, as people and programs write them."""

import re
import unicodedata
from datetime import date, timedelta

from papers.addresses import MAX_LENGTH
from papers.identifiers import parse_acl, parse_arxiv, parse_doi, parse_openreview
from papers.records import LinkRecord

YEARS = range(1000, 2101)
_NOT_SHOWN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff]")
_YEAR = re.compile(r"(?<![0-9])(1[0-9]{3}|20[0-9]{2}|2100)(?:\.0+)?(?![0-9])")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATES = (
    re.compile(r"(?P<y>[0-9]{4})\s*[-/.年]\s*(?P<m>[0-9]{1,2})\s*[-/.月]\s*(?P<d>[0-9]{1,2})日?"),
    re.compile(r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})"),
    re.compile(r"(?P<d>[0-9]{1,2})\.\s?(?P<m>[0-9]{1,2})\.\s?(?P<y>[0-9]{4})"),
    re.compile(r"(?P<d>[0-9]{1,2})(?:st|nd|rd|th)?[\s-](?P<n>[a-z]{3,9})\.?,?[\s-](?P<y>[0-9]{4})"),
    re.compile(r"(?P<n>[a-z]{3,9})\.?\s(?P<d>[0-9]{1,2})(?:st|nd|rd|th)?,?\s(?P<y>[0-9]{4})"),
)
_SLASHED = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_LANGUAGES = {
    **dict.fromkeys(("en", "eng", "english", "american", "british", "英文", "英语"), "en"),
    **dict.fromkeys(("usenglish", "ukenglish"), "en"),
    **dict.fromkeys(("zh", "zh-cn", "zh-hans", "zho", "chi", "chinese", "中文", "汉语"), "zh-hans"),
    **dict.fromkeys(("zh-tw", "zh-hant", "zh-hk"), "zh-hant"),
    **dict.fromkeys(("de", "ger", "deu", "german", "ngerman", "deutsch"), "de"),
    **dict.fromkeys(("fr", "fre", "fra", "french", "francais", "français"), "fr"),
    **dict.fromkeys(("es", "spa", "spanish", "español"), "es"),
    **dict.fromkeys(("ja", "jpn", "japanese", "日本語"), "ja"),
    **dict.fromkeys(("ru", "rus", "russian"), "ru"),
    **dict.fromkeys(("pt", "por", "portuguese"), "pt"),
    **dict.fromkeys(("it", "ita", "italian"), "it"),
    **dict.fromkeys(("ko", "kor", "korean"), "ko"),
}
_HOSTS = (
    ("code", r"(?:github|gitlab|gitee|codeberg|bitbucket)\.(?:com|org)"),
    ("project", r"[^/]+\.(?:github|gitlab)\.io"),
    ("video", r"youtube\.com|youtu\.be|vimeo\.com|bilibili\.com|slideslive\.com"),
    ("dataset", r"(?:huggingface|hf)\.com?/datasets"),
    ("demo", r"(?:huggingface|hf)\.com?/spaces|colab\.research\.google\.com"),
    ("model", r"(?:huggingface|hf)\.com?/(?!papers)|modelscope\.cn"),
    ("slides", r"slideshare\.net|speakerdeck\.com"),
    ("pdf", r".*\.pdf(?:[?#]|$)"),
)
_LINKS = [(kind, re.compile(rf"https?://(?:www\.)?(?:{host})", re.I)) for kind, host in _HOSTS]
_CATEGORY = re.compile(r"\[([a-z-]+(?:\.[A-Za-z-]+)?)\]")


def plain(value):
    """One line without signs that have no shape."""
    return " ".join(_NOT_SHOWN.sub("", value).split())


def paragraphs(value):
    """Lines as they are, without signs that have no shape."""
    value = _NOT_SHOWN.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    return "\n".join(line.rstrip() for line in value.split("\n")).strip()


def unique(texts):
    """Those that are not empty, each once."""
    return [text for text in dict.fromkeys(texts) if text]


def read_year(text):
    """The first year that a text names, or None."""
    found = _YEAR.search(unicodedata.normalize("NFKC", text[:100]))
    return int(found[1]) if found else None


def read_date(text):
    """The day that the whole of a text names, or None. A day and a month between slashes, which
    may stand either way round, count only where one of them can be no month."""
    text = unicodedata.normalize("NFKC", text[:60]).strip().strip("/").casefold()
    text = re.split(r"[t ](?=[0-9]{1,2}:)", text)[0]
    for pattern in _DATES:
        if found := pattern.fullmatch(text):
            parts = found.groupdict()
            return _day(parts["y"], parts.get("m") or month(parts["n"]), parts["d"])
    if found := _SLASHED.fullmatch(text):
        one, other, year = found.groups()
        if int(one) > 12 or one == other:
            return _day(year, other, one)
        return _day(year, one, other) if int(other) > 12 else None
    return None


def read_serial(text):
    """The day that a spreadsheet's number stands for, or None."""
    found = re.fullmatch(r"([2-6][0-9]{4})(?:\.0+)?", text.strip())
    return date(1899, 12, 30) + timedelta(days=int(found[1])) if found else None


def month(name):
    """The number of a month whose English name begins so, or 0."""
    name = name.casefold()
    return _MONTHS.index(name[:3]) + 1 if name[:3] in _MONTHS else 0


def _day(year, month, day):
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if found.year in YEARS else None


def read_language(text):
    """The language's code, or "" where the text is none that is known."""
    text = text.strip(" ;；").casefold().replace("_", "-")
    if text in _LANGUAGES:
        return _LANGUAGES[text]
    short = text.partition("-")[0]
    if short in _LANGUAGES and short != "zh":
        return _LANGUAGES[short]
    return text if re.fullmatch(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*", text) else ""


def link(url, label=""):
    """A LinkRecord whose kind is told from the address."""
    kind = next((kind for kind, pattern in _LINKS if pattern.match(url)), "other")
    return LinkRecord(url=url, kind=kind, label=label)


def is_address(text):
    return re.fullmatch(r"(?:https?|ftp)://\S+", text, re.I) is not None and len(text) <= MAX_LENGTH


def with_scheme(text):
    """The address that the whole of a text is, also where its scheme was left out; else ""."""
    if re.fullmatch(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}/\S*", text[:MAX_LENGTH], re.I):
        text = f"https://{text}"
    return text if is_address(text) else ""


def own_address(record):
    """The page that a record's identifiers lead to, or ""."""
    if record.arxiv_id:
        return f"https://arxiv.org/abs/{record.arxiv_id}"
    if record.doi:
        return f"https://doi.org/{record.doi}"
    if record.acl_id:
        return f"https://aclanthology.org/{record.acl_id}"
    return f"https://openreview.net/forum?id={record.openreview_id}" if record.openreview_id else ""


def set_identifier(record, text):
    """Fills the record's identifiers from a text that is one, in any spelling, or an address
    that carries one; what is there already stays. True where the text names one."""
    if arxiv := parse_arxiv(text):
        if not record.arxiv_id:
            record.arxiv_id = arxiv.id
        if record.arxiv_id == arxiv.id and not record.arxiv_version:
            record.arxiv_version = arxiv.version
        if record.arxiv_id == arxiv.id and (found := _CATEGORY.search(text)):
            record.arxiv_category = record.arxiv_category or found[1]
        return True
    if doi := parse_doi(text):
        record.doi = record.doi or doi
        return True
    if acl := parse_acl(text):
        record.acl_id = record.acl_id or acl
        return True
    if openreview := parse_openreview(text):
        record.openreview_id = record.openreview_id or openreview
        return True
    return False


def write_arxiv(record):
    """`arXiv:1706.03762v5 [cs.CL]`, as arXiv has it on the margin, or ""."""
    if not record.arxiv_id:
        return ""
    version = f"v{record.arxiv_version}" if record.arxiv_version else ""
    category = f" [{record.arxiv_category}]" if record.arxiv_category else ""
    return f"arXiv:{record.arxiv_id}{version}{category}"


def settle_url(record):
    """The main link says nothing where it only repeats an identifier."""
    if record.url == own_address(record):
        record.url = ""


def note_text(note, language):
    """A note's text in a language, else in another."""
    return note.text.get(language) or next((text for text in note.text.values() if text), "")


def language_of(text):
    """Of a note or a title: Chinese where it has Chinese characters and no kana."""
    is_chinese = re.search(r"[\u4e00-\u9fff]", text) and not re.search(r"[\u3040-\u30ff]", text)
    return "zh-hans" if is_chinese else "en"
