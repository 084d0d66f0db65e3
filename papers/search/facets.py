"""The values that a list can be narrowed by, as tokens of the index.

A token begins with a sign that no word has, so that it is never taken for one, and a letter for
its kind: §y2019, §s12 for a section and all below it, §t7 for a tag, §v… for a venue.
"""

from hashlib import blake2b

SIGN = "§"

YEAR, VENUE, SECTION, TAG = "y", "v", "s", "t"
HIGHLIGHTED, NOTE, CODE = "h", "n", "c"

#: That every document has.
ALL = f"{SIGN}a"


def year(number):
    return f"{SIGN}{YEAR}{number}"


def venue(name):
    return f"{SIGN}{VENUE}{blake2b(name.encode(), digest_size=8).hexdigest()}"


def section(pk):
    return f"{SIGN}{SECTION}{pk}"


def tag(pk):
    return f"{SIGN}{TAG}{pk}"


def flag(kind):
    """HIGHLIGHTED, NOTE or CODE: a facet that a paper has or has not."""
    return f"{SIGN}{kind}"


def kind(token):
    return token[1]


def value(token):
    return token[2:]


def apart(tokens):
    """The tokens of tags, and all others."""
    tags = [token for token in tokens if kind(token) == TAG]
    return tags, [token for token in tokens if kind(token) != TAG]


def key(tokens):
    """What a set of tokens is looked up by."""
    return blake2b(" ".join(tokens).encode(), digest_size=16).hexdigest()
