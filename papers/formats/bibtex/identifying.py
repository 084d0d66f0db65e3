"""What identifies an entry's paper: its address, DOI, number on arXiv and others."""

import re

from papers.formats.latex import decode
from papers.identifiers import parse_acl, parse_arxiv, parse_doi, parse_openreview

# Within a text, after whatever people put before it.
_ARXIV = re.compile(
    r"(?:arxiv[\s:.]*+(?:(?:e-?print|preprint)\s*+)?(?:arxiv[\s:]*+)?(?:abs/)?|arxiv\.org/\w{2,10}/)"
    r"([a-z-]{2,20}(?:\.[a-z]{2})?/\d{7}(?:v\d+)?|\d{4}\.\d{4,5}(?:v\d+)?)",
    re.IGNORECASE,
)
_DOI = re.compile(r"(?:doi\.org/|\bdoi\s*+(?:[:=]\s*+)?)(10\.\d{4,9}/[^\s,;}]++)", re.IGNORECASE)
_URL = re.compile(r"https?://[^\s{}<>\"|\\^`]++", re.IGNORECASE)
_CATEGORY = re.compile(r"[a-z][a-z-]*(?:\.[A-Za-z]{2}|\.[a-z-]{2,12})?")
_VERSION = re.compile(r"[1-9][0-9]{0,2}")

#: What an address in BibTeX can hold only in its percent-encoding.
UNSAFE = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C", '"': "%22"})

_COMMAND = re.compile(r"\\(?:url|href|path|nolinkurl|urlprefix)\b\s*")
_ESCAPE = re.compile(
    r"\\text(asciitilde|underscore|asciicircum|less|greater)(?:\{\}|\s+|\b)"
    r"|\$?\\(sim)(?:\{\})?\$?|\\([%&#_~{}$^])(?:(?<=[~^])\{\})?|[{}]|\$([<>_])\$|&(amp|lt|gt);"
)
_SIGNS = {"asciitilde": "~", "underscore": "_", "asciicircum": "^", "sim": "~"} | {
    **dict.fromkeys(("less", "lt"), "<"),
    **dict.fromkeys(("greater", "gt"), ">"),
    "amp": "&",
}


def identify(record, fields):
    """Sets the address and the identifiers of `record`."""
    record.url = address(fields)
    record.doi = _doi(record.url, fields)
    if arxiv := _arxiv(record, fields):
        record.arxiv_id, record.arxiv_version = arxiv
        category = decode(fields.get("primaryclass") or fields.get("eprintclass") or "")
        if _CATEGORY.fullmatch(category.strip("[]")):
            record.arxiv_category = category.strip("[]")
        version = fields.get("version", "")
        if not record.arxiv_version and _VERSION.fullmatch(version):
            record.arxiv_version = int(version)
    if record.doi.startswith("10.48550/arxiv."):
        record.doi = ""
    archive = _archive(fields)
    if "openreview" in record.url:
        record.openreview_id = parse_openreview(record.url) or ""
    elif archive == "openreview":
        record.openreview_id = decode(fields.get("eprint", ""))
    if "acl" in record.url:
        record.acl_id = parse_acl(record.url) or ""
    elif archive == "aclanthology":
        record.acl_id = decode(fields.get("eprint", ""))


def address(fields):
    """The web address that an entry gives, as it is written, or ""."""
    for name in ("url", "howpublished", "ee", "link", "bdsk-url-1", "note", "pdf"):
        value = fields.get(name)
        if not value:
            continue
        text = verbatim(value).strip("<>")
        if name == "url" and text and not any(map(str.isspace, text)):
            return ("http://" if text.startswith("www.") else "") + text.translate(UNSAFE)
        if found := _URL.search(text):
            return found[0].rstrip(".,;)")
    return ""


def verbatim(value):
    """A value that is no prose, as it is, without what LaTeX needs around it."""
    if "\\" in value or "{" in value or "$" in value or "&" in value:
        value = _ESCAPE.sub(_unescaped, _COMMAND.sub("", value).replace("}{", "} {"))
    return value.strip()


def _unescaped(found):
    if named := found[1] or found[2] or found[5]:
        return _SIGNS[named]
    return found[3] or found[4] or ""


def _archive(fields):
    return (fields.get("archiveprefix") or fields.get("eprinttype") or "").strip().lower()


def _doi(url, fields):
    doi = None
    if value := verbatim(fields.get("doi", "")):
        doi = parse_doi(value) or parse_doi(value.split()[0])
    if not doi and "/10." in url:
        doi = parse_doi(url)
    if not doi and (found := _DOI.search(fields.get("note", ""))):
        doi = parse_doi(verbatim(found[1]))
    return doi or ""


def _arxiv(record, fields):
    found = None
    if _archive(fields) in {"", "arxiv", "arxiv.org"}:
        for name in ("eprint", "arxivid", "arxiv"):
            if name in fields:
                found = found or parse_arxiv(verbatim(fields[name]))
    if not found and "arxiv" in record.doi:
        found = parse_arxiv(record.doi)
    if not found and ("rxiv" in record.url.lower() or "co/papers" in record.url):
        found = parse_arxiv(record.url)
    return found or _arxiv_in_text(fields)


def _arxiv_in_text(fields):
    for name in ("journal", "volume", "note", "howpublished", "number", "booktitle", "ee"):
        value = fields.get(name, "")
        if "abs/" in value and (arxiv := parse_arxiv(value)):
            return arxiv
        found = _ARXIV.search(decode(value)) if "rxiv" in value.lower() else None
        if found and (arxiv := parse_arxiv(found[1])):
            return arxiv
    return None
