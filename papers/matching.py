"""When are two descriptions of a paper, or two titles of a section, the same? No Django here."""

import re
import unicodedata
from difflib import SequenceMatcher
from hashlib import blake2b

from papers.addresses import canonical_url

#: How long the key of an address may be.
LONGEST = 500
#: Titles shorter than this (in letters and digits) name too many papers to be matched by.
TELLING = 8
#: How like one another two section titles must be, from 0 to 1, to be the same one misspelt.
LIKE = 0.85

# "2.1 ", "2.", "一、", "(3) ", "第二章 ": what stands before a title to number it.
_NUMBERING = re.compile(
    r"^\s*(?:第?[一二三四五六七八九十百]+[、．.章节]|[(（]?[0-9]{1,3}(?:\.[0-9]{1,3})*[)）.、:]|"
    r"[0-9]{1,3}(?:\.[0-9]{1,3})+|[IVX]{1,5}\.)\s*"
)


def title_key(title):
    """A title's letters and digits, folded: what two spellings of it have in common."""
    folded = unicodedata.normalize("NFKC", title).casefold()
    return "".join(c for c in folded if c.isalnum())[:300]


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
