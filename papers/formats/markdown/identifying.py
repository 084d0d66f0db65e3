"""Which work a link or a text names: its identifiers."""

import re

from papers.identifiers import parse_acl, parse_arxiv, parse_doi, parse_openreview

_ARXIV_PATH = re.compile(
    r"arxiv\.org/(?:abs|pdf|html|ps|format)/{1,2}"
    r"((?:[a-z-]{2,9}(?:\.[a-z]{2})?/\d{7}|\d{4}\.\d{4,5})(?!\d)(?:v\d{1,2})?)",
    re.IGNORECASE,
)
_ARXIV = ("https://arxiv.org/", "http://arxiv.org/")
_ARXIV_IN_TEXT = re.compile(
    r"(?:arxiv\s*:?\s*|abs/)(?:\w+(?:-\w+)?/)?[0-9.]{7,10}(?:v\d+)?", re.IGNORECASE
)
_DOI_IN_TEXT = re.compile(r"\bdoi\s*[:=]\s*(10\.\d{4,9}/[^\s,;]+)", re.IGNORECASE)


def identifiers(urls, texts=()):
    """arxiv_id, arxiv_version, doi, openreview_id and acl_id, as far as addresses or texts name
    them."""
    found = {}
    for url in urls:
        _read_identifiers(url, found)
    for text in texts:
        if "arxiv_id" not in found and (arxiv := arxiv_in(text)):
            found["arxiv_id"] = arxiv.id
        if "doi" not in found and (doi := doi_in(text)):
            found["doi"] = doi
    return found


def _read_identifiers(url, found):
    # None of arXiv's own addresses is a DOI's.
    doi = "" if url.startswith(_ARXIV) else None
    if arxiv := parse_arxiv(url, doi) or _arxiv_within(url):
        found.setdefault("arxiv_id", arxiv.id)
        if arxiv.version and found["arxiv_id"] == arxiv.id:
            found.setdefault("arxiv_version", arxiv.version)
    elif openreview := parse_openreview(url):
        found.setdefault("openreview_id", openreview)
    elif acl := parse_acl(url):
        found.setdefault("acl_id", acl)
    elif doi := parse_doi(url):
        found.setdefault("doi", doi)


def _arxiv_within(url):
    """The ArxivId of an address of arXiv's with something typed after it."""
    found = _ARXIV_PATH.search(url)
    return parse_arxiv(found[1]) if found else None


def arxiv_in(text):
    """The ArxivId that a text names beside other things, such as `CoRR abs/1512.02325`."""
    if "arxiv" not in (low := text.lower()) and "abs/" not in low:
        return None
    for found in _ARXIV_IN_TEXT.finditer(text):
        if arxiv := parse_arxiv(found[0].rstrip(".")):
            return arxiv
    return None


def doi_in(text):
    """The DOI that a text names beside other things, such as `doi: 10.1000/182`."""
    found = _DOI_IN_TEXT.search(text) if "10." in text else None
    return parse_doi(found[1]) if found else None
