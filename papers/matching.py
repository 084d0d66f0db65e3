"""When are two descriptions of a paper, or two titles of a section, the same? No Django here."""

import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache
from hashlib import blake2b

from papers.addresses import canonical_url

#: How long the key of an address may be.
LONGEST = 500
#: Titles shorter than this (in letters and digits) name too many papers to be matched by.
TELLING = 8
#: How like one another two section titles must be, from 0 to 1, to be the same one misspelt.
LIKE = 0.85

_SIGNS = re.compile(r"[\W_]+")
# "2.1 ", "2.", "一、", "(3) ", "第二章 ": what stands before a title to number it.
_NUMBERING = re.compile(
    r"^\s*(?:第?[一二三四五六七八九十百]+[、．.章节]|[(（]?[0-9]{1,3}(?:\.[0-9]{1,3})*[)）.、:]|"
    r"[0-9]{1,3}(?:\.[0-9]{1,3})+|[IVX]{1,5}\.)\s*"
)


def letters(text):
    """A text's letters and digits, folded: what two spellings of it have in common."""
    return _SIGNS.sub("", unicodedata.normalize("NFKC", text).casefold())


# The keys of a piece of an intake are remembered: they are asked for when its papers are looked
# for and again when they are written.
@lru_cache(maxsize=4096)
def title_key(title):
    """What two spellings of a title have in common, as far as a column holds it."""
    return letters(title)[:300]


@lru_cache(maxsize=4096)
def address_key(url):
    """What all spellings of an address, and all pages that carry one identifier, have in common.
    "" where there is no address."""
    # A hash where it would not fit: an address cut short is another address.
    address = canonical_url(url) if url else ""
    if len(address) <= LONGEST:
        return address
    return f"blake2b:{blake2b(address.encode('utf-8', 'replace')).hexdigest()}"


def section_key(title):
    """The same of a section's title, without its numbering."""
    return title_key(_NUMBERING.sub("", title)) or title_key(title)


def is_misspelt(one, other):
    """Whether two section keys are likely one title: nearly the same, and the same numbers."""
    if re.findall(r"\d+", one) != re.findall(r"\d+", other):
        return False
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.quick_ratio() >= LIKE and matcher.ratio() >= LIKE
