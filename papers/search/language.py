"""What a reader typed → what a paper must have. Whatever is typed has a meaning.

Words, of which all must be there; "words in this order"; -without; author:, title:, tag:,
section:, venue: and year: with a value, such as year:2019..2021 or author:"Kaiming He".
"""

import re
import unicodedata
from dataclasses import dataclass, field, replace

from papers.search import tokens

#: Of a longer text, and of more terms, only the beginning is looked for.
LONGEST = 400
MOST_TERMS = 16
#: So many letters must have been typed before they stand for all words that begin with them.
PREFIX = 3

#: A token that stands for all that begin so ends with it.
AND_MORE = "*"

_FIELDS = {
    **dict.fromkeys(("author", "authors", "作者"), "authors"),
    **dict.fromkeys(("title", "标题", "题目"), "title"),
    **dict.fromkeys(("tag", "tags", "标签"), "tag"),
    **dict.fromkeys(("section", "topic", "分类", "章节"), "section"),
    **dict.fromkeys(("venue", "会议", "期刊"), "venue"),
    **dict.fromkeys(("year", "年份", "年"), "year"),
}
#: Those that narrow the list, as year does; the others name columns of the index.
CONDITIONS = {"tag", "section", "venue"}

_FIELD = rf"(?P<field>{'|'.join(_FIELDS)}):\s*"
_ITEM = re.compile(
    rf"-?(?:{'|'.join(_FIELDS)}):\s*\Z|"
    rf"(?P<minus>-?)(?:{_FIELD})?(?:\"(?P<phrase>[^\"]*)\"?|(?P<words>[^\s\"]+))",
    re.IGNORECASE,
)
_QUOTES = str.maketrans("“”„‟«»「」『』", '"' * 10)
_YEARS = re.compile(r"(\d{4})?(?:(\.\.+|-|–)(\d{4})?)?")

_STOPPED = frozenset(
    "a an and are as at be by for from how in is it its of on or that the this to via was we what"
    " when where which with".split()
)


@dataclass(frozen=True)
class Term:
    """What a paper must have, or must not: one of these `ways`, each tokens in a row.

    field: the column it must stand in, "" for any. A last token that ends with * stands for all
    that begin so.
    """

    ways: tuple[tuple[str, ...], ...]
    field: str = ""
    negative: bool = False
    #: As it was typed, to be said back.
    text: str = ""


@dataclass(frozen=True)
class Condition:
    """What the list is narrowed by; kind: tag, section or venue, of which `text` is a name."""

    kind: str
    text: str
    negative: bool = False


@dataclass(frozen=True)
class Years:
    """From the `first` year to the `last`, each of which may be open."""

    first: int | None
    last: int | None
    negative: bool = False


@dataclass
class Query:
    terms: list[Term] = field(default_factory=list)
    conditions: list[Condition] = field(default_factory=list)
    years: list[Years] = field(default_factory=list)
    #: The tokens of all words in their order, for what has them just so; and those that stand in
    #: every text, which are no terms.
    sequence: tuple[str, ...] = ()
    #: Values of year: that are no years.
    not_years: list[str] = field(default_factory=list)
    #: Whether there was more than could be looked for.
    is_cut: bool = False

    @property
    def wanted(self):
        """The terms that must be there."""
        return [term for term in self.terms if not term.negative]

    def with_terms(self, terms):
        """This query with other terms in place of those that must be there."""
        return replace(self, terms=[*terms, *(term for term in self.terms if term.negative)])


def parse(text, *, typing=False):
    """The Query that a text stands for. typing: whether its last word may be unfinished."""
    query = Query(is_cut=len(text) > LONGEST)
    text = unicodedata.normalize("NFKC", text[:LONGEST]).translate(_QUOTES)
    for item in _ITEM.finditer(text):
        _take(item, query, unfinished=typing and item.end() == len(text))
    said = [term.ways[0] for term in query.terms if not (term.negative or term.field)]
    query.sequence = tuple(token for way in said for token in way)
    query.terms = _telling(_joined(query.terms))
    query.is_cut |= len(query.terms) > MOST_TERMS
    query.terms = query.terms[:MOST_TERMS]
    return query


def _take(item, query, *, unfinished):
    if item["phrase"] is item["words"] is None:
        return  # A field without a value, yet.
    kind = _FIELDS.get((item["field"] or "").lower(), "")
    negative = bool(item["minus"])
    value = item["phrase"] if item["words"] is None else item["words"]
    if kind == "year":
        _take_years(value, negative, query)
    elif kind in CONDITIONS:
        if value.strip():
            query.conditions.append(Condition(kind, value.strip(), negative))
    elif item["words"] is None:
        query.terms += _phrase(value, kind, negative=negative)
    else:
        unfinished = unfinished and not negative
        query.terms += _words(value, kind, negative=negative, unfinished=unfinished)


def _take_years(value, negative, query):
    found = _YEARS.fullmatch(value.strip())
    if not found or not (found[1] or found[3]):
        query.not_years += [value.strip()] if value.strip() else []
        return
    first = int(found[1]) if found[1] else None
    last = (int(found[3]) if found[3] else None) if found[2] else first
    query.years.append(Years(first, last, negative))


def _phrase(text, kind, *, negative):
    """The one term, if any, of tokens in a row."""
    parts = tokens.pieces(text)
    if len(parts) == 1:
        return _words(text, kind, negative=negative, unfinished=False)
    way = [token for piece in parts for token in tokens.split(piece)]
    if parts and tokens.is_run(parts[-1]):
        # Alone it stands only where a run ends.
        way = _of_run(parts[-1], way[: -len(tokens.split(parts[-1]))])
    return [Term((tuple(way),), kind, negative, f'"{text}"')] if way else []


def _words(text, kind, *, negative, unfinished):
    """The terms of a text without blanks: of `-a/b` one, else one for each piece."""
    parts = tokens.pieces(text)
    if negative and len(parts) > 1:
        return _phrase(text, kind, negative=True)
    last = len(parts) - 1
    return [
        Term(_ways(piece, unfinished=unfinished and place == last), kind, negative, piece)
        for place, piece in enumerate(parts)
    ]


def _ways(piece, *, unfinished):
    if tokens.is_run(piece):
        return (tuple(_of_run(piece)),)
    parts = tokens.split(piece)
    ways = [tuple(parts)]
    if together := tokens.join(piece):
        ways.append((together,))
    if unfinished and len(piece) >= PREFIX and piece.isalnum():
        ways.append((piece[: tokens.LONGEST] + AND_MORE,))
    elif unfinished and together:
        ways += [(*parts[:-1], parts[-1] + AND_MORE), (together + AND_MORE,)]
    return tuple(dict.fromkeys(ways))


def _of_run(run, before=()):
    """The tokens of a run in a query: its pairs; of one character all pairs that begin so."""
    return [*before, *(tokens.pairs(run) or [run + AND_MORE])]


def _joined(terms):
    """Words that follow each other may stand in a paper as one: `fine tuning`, `finetuning`."""
    found = list(terms)
    for place in range(len(terms) - 1):
        one, other = terms[place : place + 2]
        if not (_is_plain(one) and _is_plain(other) and one.field == other.field):
            continue
        together = (tokens.fold(one.text + other.text),)
        for at in (place, place + 1):
            found[at] = replace(found[at], ways=(*found[at].ways, together))
    return found


def _is_plain(term):
    return not term.negative and term.text.isascii() and term.text.isalnum()


def _telling(terms):
    """Without words that stand in every text, unless there are no others."""
    telling = [term for term in terms if term.text not in _STOPPED or term.field]
    return telling if any(not term.negative for term in telling) else terms


def loosened(terms):
    """These terms with every run of Chinese taken apart, each pair a term of its own."""
    return [part for term in terms for part in _apart(term)]


def _apart(term):
    way = term.ways[0]
    if len(way) == 1 or not tokens.is_run(way[0]):
        return [term]
    return [replace(term, ways=((token,),)) for token in way]
