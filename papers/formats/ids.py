"""Identifiers and addresses, one or many a line: what somebody pastes who has nothing else.

Read only. A record has an identifier or an address, and no title: papers.intake.complete asks
for it. From a # that stands at a line's beginning or after a space, a line is a comment.
"""

import re
from itertools import islice

from papers.addresses import identify, page_of
from papers.formats import values
from papers.identifiers import parse_arxiv
from papers.records import Problem, Record

REASON = "This is no identifier of a paper, and no address."
#: As many lines as tell whether a text is such a list.
_TELLING = 200

_COMMENT = re.compile(r"(?:^|(?<=\s))#.*")
_BULLET = re.compile(
    r"^(?:(?:[-*+•·‣◦–—>]|\(?[0-9]{1,4}[.):]|\[[0-9]{1,4}\])\s|\(?[0-9]{1,4}[、）])+"
    r"(?:\[[ xX]\]\s)?"
)
_HEADING = re.compile(r"^#{2,6}\s", re.MULTILINE)
_TITLE = re.compile(r"^#\s", re.MULTILINE)
_ITEM = re.compile(r"^[^\S\n]*+[-*+]\s", re.MULTILINE)
# A number is an identifier only beside the name of its registry.
_NUMBERED = re.compile(r"(?<![\w./:-])(pmid|pmcid|corpusid|openreview)(?:\s?[:=：]\s?|\s)", re.I)
_PAGES = (
    (r"corpusid:([0-9]{1,12})", "https://api.semanticscholar.org/CorpusID:{}"),
    (r"openreview:([\w-]{5,40})", "https://openreview.net/forum?id={}"),
)
# Whatever stands before an identifier, or at the head of a column of them, and says nothing.
_LABEL = re.compile(
    r"(?:arxiv|doi|pmid|pmcid|acl|openreview|url|links?|pdf|paper|ids?|and)(?:[_-]?ids?)?[:=：]?",
    re.I,
)
# A comma or semicolon may be part of a DOI or an address, but not where the next one begins.
_BETWEEN = re.compile(
    r"[,;](?=https?://|(?:doi:|arxiv:)|10\.[0-9]{4,9}/|[0-9]{4}\.[0-9]{4,5}(?![0-9]))", re.I
)


def read(text):
    """The records of a text, or of its lines."""
    for number, line in enumerate(text.split("\n") if isinstance(text, str) else text, 1):
        yield from _read_line(line, number)


def is_list(text):
    """Whether most lines of a text are nothing but identifiers. Addresses below headings are
    Markdown, whose sections would be lost here."""
    is_outlined = _HEADING.search(text) or (_TITLE.search(text) and _ITEM.search(text))
    if is_outlined and "://" in text:
        return False
    lines = (line for line in text.split("\n") if _COMMENT.sub("", line).strip())
    found = [list(_read_line(line, 0)) for line in islice(lines, _TELLING)]
    plain = [items for items in found if all(isinstance(item, Record) for item in items)]
    known = any(not item.url or identify(item.url) for items in plain for item in items)
    return known and 2 * len(plain) > len(found)


def _read_line(line, number):
    # Folded, also so that no pattern below meets a long run of spaces.
    line = " ".join(_COMMENT.sub("", line).split())
    line = _BULLET.sub("", line, count=1)
    found, words, wrong = {}, [], []
    for token in _tokens(line):
        if record := _read(token):
            record.line = number
            key = (record.arxiv_id, record.doi, record.url)
            found.setdefault(key, record)
        elif re.search(r"[0-9/]", token):
            wrong.append(token)
        elif not _LABEL.fullmatch(token):
            words.append(token)
    yield from found.values()
    if not found and (wrong or words):
        yield Problem(reason=REASON, line=number, text=line[:200])
        return
    for token in wrong:
        yield Problem(reason=REASON, line=number, text=token[:200])
    if words:
        # Of an identifier that came in: its title, most likely.
        yield Problem(reason=REASON, line=number, text=" ".join(words)[:200], lost=False)


def _tokens(line):
    if " " in line and parse_arxiv(line):  # arXiv:1706.03762v5 [cs.CL] 6 Dec 2017
        return [line]
    line = _NUMBERED.sub(r"\1:", line).replace("](", "] (")
    chunks = [part for chunk in re.split(r"[\s|，、；]+", line) for part in _BETWEEN.split(chunk)]
    return [token for chunk in chunks for token in _parts(chunk) if re.search(r"\w", token)]


def _parts(chunk):
    parts = [part for part in re.split("[,;]", chunk) if part]
    # Each for itself, or else a comma of the identifier's own.
    return [chunk] if len(parts) > 1 and not all(map(_read, parts)) and _read(chunk) else parts


def _read(token):
    """The Record of one identifier or address, or None."""
    record = Record()
    token = token.lstrip("<([{（【《\"'“‘")
    if values.set_identifier(record, token):
        if not (record.arxiv_id or record.doi):
            record.url = values.own_address(record)
        return record
    bare = token.strip("<>()[]{}\"'“”‘’《》*_`,;.")
    for pattern, page in _PAGES:
        if found := re.fullmatch(pattern, bare, re.I):
            record.url = page.format(found[1])
            values.set_identifier(record, record.url)
            return record
    record.url = values.with_scheme(bare)
    if not record.url and (found := identify(bare)):
        record.url = page_of(found.kind, found.id)
    return record if record.url else None
