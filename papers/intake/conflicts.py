"""When must a person decide which paper a record is? Where what it says points to more than one."""

from papers.intake.report import Difference

IDENTIFIERS = ("arxiv_id", "doi")
_TWO_OF_ONE_TITLE = (
    "The title is here already, with another identifier. One of the two links opens another paper,"
    " or there are two papers of this title."
)
_NAMED_APART = "Its identifiers are those of two papers, which were named apart before."


def conflict(marks, match, text, here):
    """Why a person must decide, in a sentence, or "".

    marks: the record's; match: the Match that they give, or None; text, here: the InText and the
    InList that they were looked for in.
    """
    if marks.arxiv_id and marks.doi and len(owners := _owners(marks, text, here)) > 1:
        keys = sorted(here.paper(owner).key for owner in owners if owner in here.known)
        if len(keys) < 2:
            return _NAMED_APART
        return f"Its identifiers are those of two papers here, {' and '.join(keys)}."
    if match and match.by == "title":
        if any(pair[1] != pair[2] for pair in _pairs(marks, match)):
            return _TWO_OF_ONE_TITLE
        if match.rivals:
            keys = " and ".join(paper.key for paper in (match.paper, *match.rivals))
            return f"It may be each of several papers here that have its title, {keys}."
    return ""


def identifier_differences(marks, match):
    return [Difference(*pair) for pair in _pairs(marks, match) if pair[1] != pair[2]]


def _owners(marks, text, here):
    """Whose identifiers these are. What the text said comes first: papers that are new are in the
    list, too, once their piece has been written."""
    named = [(name, value) for name in IDENTIFIERS if (value := getattr(marks, name))]
    return {text.owner(*pair) or here.owner(*pair) for pair in named} - {None}


def _pairs(marks, match):
    """Name, match's and record's own value of each identifier that both have."""
    pairs = ((name, getattr(match, name), getattr(marks, name)) for name in IDENTIFIERS)
    return [pair for pair in pairs if pair[1] and pair[2]]
