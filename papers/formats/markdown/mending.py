"""Addresses as they were meant, where what was typed leaves no doubt."""

import re
from functools import lru_cache

from papers.identifiers import parse_arxiv

from .spans import trim_sentence

_NO_ADDRESS = frozenset(("nan", "none", "null", "todo", "tbd", "link", "url", "-"))
_SCHEME = re.compile(
    r"(?:h{0,3}t{1,3}ps?|http[sS]?)\s?[:;]\s?/{1,3}\s?(?=\w)|(?:ftp)://", re.IGNORECASE
)
# One as it should be, with nothing else.
_SOUND = re.compile(r"https?://\w[\w.~-]*/\S*")
# What may stand before the address proper: brackets, a link in the place of one.
_IN_FRONT = re.compile(r"[\W_]*|\[.*\]\(+|.*\(")
_OTHER_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_DOI = re.compile(r"10\.\d{4,9}/\S+$")
_ARXIV = re.compile(r"(?:arxiv:)?(?:[a-z.-]+/)?\d[\d.]*(?:v\d+)?", re.IGNORECASE)
_FILE = re.compile(r"\.\w{2,4}$")
_NO_SCHEME = re.compile(
    r"(?:www\.|[a-z0-9-]+(?:\.[a-z0-9-]+){0,3}\.(?:org|com|net|io|cc|edu|ai)/)\S*", re.IGNORECASE
)


@lru_cache(maxsize=1024)
def mend(url):
    """An address as it was meant: `ttps://…` mended, brackets around it gone, a bare arXiv number
    made whole. Relative ones stay; "" where the text is no address."""
    url = url.strip().strip("<>").strip()
    if not url or url.startswith("#") or url.casefold() in _NO_ADDRESS:
        return ""
    if _SOUND.fullmatch(url):
        return _trim(url)
    return _with_scheme(url) or _of_identifier(url) or _relative(url)


def _with_scheme(url):
    """The address from its last scheme on, after one typed twice or after brackets; "" if none."""
    found = _SCHEME.search(url)
    if found is None or not _IN_FRONT.fullmatch(url[: found.start()]):
        return ""
    while again := _SCHEME.match(url, found.end()):
        found = again
    written = found[0].lower()
    scheme = "ftp://" if written.startswith("ftp") else "http://"
    rest = url[found.end() :].strip()
    rest = rest.split(" ")[0] if " " in rest and "](" in rest else rest
    return _trim(("https://" if "s" in written else scheme) + rest.replace(" ", "%20"))


def _of_identifier(url):
    arxiv = parse_arxiv(url) if _ARXIV.fullmatch(url) else None
    if arxiv:
        return f"https://arxiv.org/abs/{arxiv.id}"
    return f"https://doi.org/{url}" if _DOI.match(url) else ""


def _relative(url):
    """An address without a scheme: one of a host, or of a file of the list's own."""
    if url.startswith("//"):
        return "https:" + url
    if _OTHER_SCHEME.match(url):
        return ""
    url = _trim(url.lstrip("(["))
    if _NO_SCHEME.fullmatch(url):
        return "https://" + url
    is_file = " " not in url or _FILE.search(url)
    return url if is_file and ("/" in url or "." in url) else ""


def _trim(url):
    """The address without brackets and signs at its end that belong to the text around it."""
    return trim_sentence(url) if url[-1:] in ")]>.,;'\"" else url
