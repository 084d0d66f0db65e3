"""A query that is an identifier, an address or a key goes straight to its paper."""

import re

from django.db.models import Q

from papers import citekeys
from papers.addresses import identify
from papers.matching import address_key
from papers.models import Link

#: No identifier or address is longer.
LONGEST = 2000

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+\Z", re.IGNORECASE)
_KEY = re.compile(citekeys.PATTERN + r"\Z")


def is_identifier(text):
    """Whether a text is an identifier or an address, of whatever paper."""
    return bool(_ADDRESS.match(text.strip()) or identify(text.strip()))


def papers_of(text, papers):
    """The papers that a text is the identifier, an address or the key of; None where it is none
    of these. papers: a function that gives a queryset of those in question."""
    text = text.strip()
    # PostgreSQL refuses a NUL.
    if len(text) > LONGEST or "\0" in text:
        return None
    found = identify(text)
    if found and found.kind == "arxiv":
        # Where the arXiv identifier is another's, arXiv's DOI is kept as one.
        return papers().filter(Q(arxiv_id=found.id) | Q(doi=f"10.48550/arxiv.{found.id}"))
    if found and found.kind == "doi":
        return papers().filter(doi=found.id)
    if found or _ADDRESS.match(text):
        key = address_key(text)
        linked = Link.objects.filter(url_key=key).values("paper")
        return papers().filter(Q(url_key=key) | Q(pk__in=linked))
    # A key has a digit, as no word has: a word is looked for in the index.
    if _KEY.match(text) and any(sign.isdigit() for sign in text):
        return papers().keyed(text)
    return None
