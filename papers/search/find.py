"""Finds papers: what a reader typed and what the list is narrowed by → a page of papers, how
many there are in all, and how they spread over the facets."""

from array import array
from collections import Counter, namedtuple
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import RawSQL
from modeltranslation.utils import build_localized_fieldname

from papers.models import Paper, Section, Tag
from papers.prepared import Prepared
from papers.remembering import remembered
from papers.rows import where
from papers.search import facets, spelling
from papers.search.engines import engine
from papers.search.engines.base import CAP, CURATORS, MANY, PUBLIC
from papers.search.expressions import AllOf, AnyOf, Marked, Without, Words
from papers.search.language import AND_MORE, MOST_TERMS, loosened, parse
from papers.search.models import Document, Facet, FacetSet
from papers.search.ranking import JUST_SO, RANKED, rerank
from papers.search.tokens import tokens

#: A condition stands for so many values of its facet at most.
MOST_NAMED = 100
#: Of more papers than these, those that have the words in their titles come first.
FEW = 1_000
#: The orders of base.ORDERS, for querysets of documents; that by title is one of papers.
_ROWS = {
    "latest": ["-year", "-pk"],
    "oldest": ["year_or_last", "-pk"],
    "added": ["-listed_at", "-pk"],
}
_TITLES = [build_localized_fieldname("title", code) for code, _ in settings.LANGUAGES]


@dataclass(frozen=True)
class Narrowing:
    """What a list is narrowed by, beside words. Blank is no condition."""

    section: int | None = None
    tag: int | None = None
    venue: str = ""
    first_year: int | None = None
    last_year: int | None = None
    flags: frozenset = frozenset()


class Search:
    """A question to the index.

    scope: PUBLIC or CURATORS; typing: whether the last word may be unfinished. What it found
    out, once it was run: `total`, how many papers there are, CAP + 1 where there are more, unless
    more are known without counting; `counts`, how many of them have each facet, by its token; of
    more than CAP papers, how many of so many have it. state: of the list, by which what has no
    words is remembered: see caching.memorable.
    """

    def __init__(
        self,
        text,
        narrowing=None,
        *,
        scope=PUBLIC,
        typing=False,
        state=None,
        using=DEFAULT_DB_ALIAS,
    ):
        self.engine = engine(using)
        self.using, self.scope, self.state = using, scope, state
        self.query = parse(text, typing=typing)
        self.total, self.counts, self.expression = 0, Counter(), None
        #: The words looked for in place of those that no paper has: pairs of both.
        self.corrections = []
        #: Whether no paper has all of the words, and these have some of them.
        self.is_partial = False
        #: Conditions of the query that name nothing in this list.
        self.unknown = []
        self.conditions, self.barred = self._conditions(narrowing or Narrowing())

    def run(self):
        """Counts what there is, looking for what is near where there is nothing."""
        if self.unknown:
            return self
        self._look(self.query)
        if not self.total and self.query.wanted:
            self._look_again()
        return self

    @property
    def is_capped(self):
        """Whether not all papers were counted through."""
        return self.total > CAP

    @property
    def is_sampled(self):
        """Whether the counts are of CAP papers only."""
        return self.is_capped and bool(self.counts)

    @property
    def is_remarkable(self):
        """Whether not just what was asked for was looked for and counted."""
        query = self.query
        return bool(
            self.unknown
            or query.not_years
            or query.is_cut
            or self.corrections
            or self.is_partial
            or self.is_sampled
        )

    @property
    def is_all(self):
        """Whether nothing is asked for at all, of what the public may see."""
        return self.scope == PUBLIC and self.expression == AllOf((Marked(facets.ALL),))

    @property
    def is_walk(self):
        """Whether only facets are asked for, and so many papers have them that they are better
        read in their order, by `rows`."""
        return self.is_all or (self.is_capped and not self.query.terms)

    def page(self, order, limit, offset):
        """The ids of the papers in their order, `best` or one of ORDERS, of the CAP newest."""
        if not self.total:
            return []
        if order == "best" and self.query.wanted:
            if self.total > FEW:
                return self._best_of_many(limit, offset)
            return self._best(self.expression, limit, offset)
        order = _order(order)
        if self.query.terms or self.state is None:
            return self.engine.ordered(self.expression, self.scope, order, limit, offset)
        ids = _ordered(self.state, self.using, self.expression, self.scope, order)
        return list(ids[offset : offset + limit])

    def all(self, order):
        """The ids of all papers, in the order of the pages; those that no page can show come last,
        the newest first."""
        if self.is_walk:
            return [abs(pk) for pk in self.rows(order).values_list("pk", flat=True)]
        shown = self.page(order, CAP, 0)
        if not self.is_capped:
            return shown
        known = set(shown)
        others = self.engine.all(self.expression, self.scope)
        return [*shown, *(pk for pk in others if pk not in known)]

    def walk(self, order, limit, offset):
        """These of `rows`, as a list."""
        if not self.is_all:
            return list(self.rows(order)[offset : offset + limit])
        rows = _public.rows(form=(_order(order),), limit=limit, offset=offset)
        return list(map(_Row._make, rows))

    def rows(self, order):
        """All documents in their order, which an index has: rows with the paper's id or, below
        zero, that of a curators' document."""
        order = _order(order)
        documents = Document.objects.using(self.using).filter(_of_facets(self.expression))
        if self.scope == PUBLIC:
            documents = documents.filter(pk__gt=0)
        else:
            hidden = Document.objects.using(self.using).filter(pk=0 - OuterRef("pk"), pk__lt=0)
            documents = documents.filter(~Exists(hidden))
        if order == "title":
            papers = Paper._base_manager.using(self.using).visible(preview=self.scope == CURATORS)
            # In one EXISTS: of two PostgreSQL would read all documents.
            signs = (1,) if self.scope == PUBLIC else (1, -1)
            own = documents.filter(pk__in=[sign * OuterRef("pk") for sign in signs])
            return papers.filter(Exists(own)).order_by("title", "pk").only("pk")
        return documents.order_by(*_ROWS[order]).only("pk")

    def among(self, papers):
        """Those of a queryset of papers that fit, without looking for what is near."""
        if self.unknown:
            return papers.none()
        sql, params = self.engine.subquery(self._expression(self.query), self.scope)
        return papers.filter(pk__in=RawSQL(sql, params))  # noqa: S611 - of our own words

    def _look(self, query, wanted=None):
        self.expression = self._expression(query, wanted)
        if self.is_all:
            self.total = _number_of(facets.ALL, self.using)
        else:
            self.total, self.counts = self._tally()
        if self.total > CAP and not query.terms and len(self.conditions) == 1 and not self.barred:
            self.total = self._known_total() or self.total

    def _tally(self):
        if self.query.terms:
            return self.engine.tally(self.expression, self.scope)
        return _tally(self.state, self.using, self.expression, self.scope)

    def _known_total(self):
        """How many papers have the one facet that is asked for, if it is one."""
        (condition,) = self.conditions
        known = self.scope == PUBLIC and isinstance(condition, Marked)
        return _number_of(condition.token, self.using) if known else None

    def _look_again(self):
        query = self.query
        terms, self.corrections = spelling.corrected(query.wanted, self._count, self.using)
        if self.corrections:
            query = self.query = query.with_terms(terms)
            self._look(query)
        for wanted in _partial(query.wanted):
            if self.total:
                break
            self._look(query, wanted)
            self.is_partial = True

    def _count(self, term):
        return self.engine.count(_term(term), self.scope, spelling.COMMON)

    def _best_of_many(self, limit, offset):
        """Those with the words in their titles, then the newest of the others."""
        titled = self._expression(self.query, _all(self.query.wanted, "title"))
        wanted = offset + limit
        if wanted <= MANY and self.engine.count(titled, self.scope, wanted) == wanted:
            return self._best(titled, limit, offset)
        # As the pages before have them, which may end among these.
        first = self._best(titled, MANY, 0)
        others = self.engine.ordered(self.expression, self.scope, "added", CAP)
        known = set(first)
        return [*first, *(pk for pk in others if pk not in known)][offset : offset + limit]

    def _best(self, expression, limit, offset):
        if offset >= RANKED:
            return self.engine.best(expression, self.scope, limit, offset)
        ids = self.engine.best(expression, self.scope, max(RANKED, offset + limit))
        if len(ids) >= RANKED:
            ids = list(dict.fromkeys(self._just_so(expression) + ids))
        return rerank(ids, self.query, self.using)[offset : offset + limit]

    def _just_so(self, known):
        """The ids of those that have all words in their titles just as they were typed, unless
        that is the `known` expression."""
        sequence = self.query.sequence
        if len(sequence) < 2 or any(token.endswith(AND_MORE) for token in sequence):
            return []
        expression = self._expression(self.query, Words(sequence, "title"))
        if self.engine.text(expression) == self.engine.text(known):
            return []
        return self.engine.best(expression, self.scope, JUST_SO)

    # --- What is asked for, as an expression ---

    def _expression(self, query, wanted=None):
        """wanted: stands for the query's wanted terms, where it is given."""
        parts = [wanted or _all(query.wanted)] if query.wanted else []
        parts += self.conditions or ([] if parts else [Marked(facets.ALL)])
        barred = [_term(term) for term in query.terms if term.negative] + self.barred
        expression = AllOf(tuple(parts))
        return Without(expression, AnyOf(tuple(barred))) if barred else expression

    def _conditions(self, narrowing):
        """The facets that must be there and those that must not."""
        wanted, barred = [], []
        if narrowing.section:
            wanted.append(Marked(facets.section(narrowing.section)))
        if narrowing.tag:
            wanted.append(Marked(facets.tag(narrowing.tag)))
        if narrowing.venue:
            wanted.append(Marked(facets.venue(narrowing.venue)))
        wanted += [Marked(facets.flag(kind)) for kind in sorted(narrowing.flags)]
        if narrowing.first_year or narrowing.last_year:
            wanted.append(self._years(narrowing.first_year, narrowing.last_year))
        for years in self.query.years:
            (barred if years.negative else wanted).append(self._years(years.first, years.last))
        for condition in self.query.conditions:
            named = self._named(condition)
            if named:
                (barred if condition.negative else wanted).append(named)
            elif not condition.negative:
                self.unknown.append(condition)
        return wanted, barred

    def _years(self, first, last):
        """One of the years, of those that any paper is of."""
        rows = Facet.objects.using(self.using).filter(kind=facets.YEAR)
        years = sorted(int(facets.value(token)) for token in rows.values_list("token", flat=True))
        years = [y for y in years if (first or 0) <= y <= (last or y)]
        return AnyOf(tuple(Marked(facets.year(y)) for y in years or [0]))

    def _named(self, condition):
        """One of the facets whose names have all words of a condition, or None."""
        words = set(tokens(condition.text)[0])
        found = [token for token, name in self._names(condition.kind) if _has(name, words)]
        return AnyOf(tuple(Marked(token) for token in found[:MOST_NAMED])) if found else None

    def _names(self, kind):
        """Pairs: the token of each value of a facet, and its name, in each language."""
        preview = self.scope == CURATORS
        if kind == "venue":
            rows = Facet.objects.using(self.using).exclude(label="").order_by("-public", "token")
            rows = rows if preview else rows.filter(public__gt=0)
            yield from rows.values_list("token", "label")
        elif kind == "tag":
            tags = Tag.objects.using(self.using).used(preview=preview)
            for pk, name in tags.values_list("pk", "name"):
                yield facets.tag(pk), name
        else:
            sections = Section.objects.using(self.using).visible(preview=preview)
            for pk, *titles in sections.values_list("pk", *_TITLES):
                yield facets.section(pk), " · ".join(title for title in titles if title)


# --- What is asked for without words: few such lists, which many readers see ---


@remembered(64)
def _tally(_state, using, expression, scope):
    return engine(using).tally(expression, scope)


@remembered(32)
def _ordered(_state, using, expression, scope, order):
    """The ids of CAP papers in their order."""
    return array("q", engine(using).ordered(expression, scope, order, CAP))


_Row = namedtuple("_Row", ["pk"])


@Prepared
def _public(order):
    """All that the public may find."""
    if order == "title":
        known = Exists(Document.objects.filter(pk=OuterRef("pk")))
        rows = Paper.objects.visible().filter(known).order_by("title", "pk")
    else:
        rows = Document.objects.filter(pk__gt=0).order_by(*_ROWS[order])
    return rows.values_list("pk")


def _order(name):
    """Where there are no words, none is better than another."""
    return "latest" if name == "best" else name


def _has(name, words):
    return words and words <= set(tokens(name)[0])


def _term(term, column=""):
    column = term.field or column
    ways = tuple(Words(way, column) for way in term.ways)
    return ways[0] if len(ways) == 1 else AnyOf(ways)


def _all(terms, column=""):
    return AllOf(tuple(_term(term, column) for term in terms))


def _partial(terms):
    """Expressions that ask for less and less of these terms: all but one of them, then any."""
    apart = loosened(terms)
    if len(apart) > len(terms):
        yield _all(apart)
    if 2 < len(apart) <= MOST_TERMS:
        yield AnyOf(tuple(_all([*apart[:n], *apart[n + 1 :]]) for n in range(len(apart))))
    if len(apart) > 1:
        yield AnyOf(tuple(_term(term) for term in apart))


def _of_facets(expression):
    """An expression of facets only as a condition on documents."""
    match expression:
        case Marked(token):
            if facets.kind(token) == facets.TAG:
                return _has_token("tags", token)
            return Q(facets__in=FacetSet.objects.filter(_has_token("tokens", token)))
        case Without(wanted, unwanted):
            return _of_facets(wanted) & ~_of_facets(unwanted)
        case AllOf(parts):
            return reduce(and_, map(_of_facets, parts))
        case AnyOf(parts):
            return reduce(or_, map(_of_facets, parts))


def _has_token(column, token):
    """Whether the token stands in a column, alone or among others."""
    return (
        Q(**{column: token})
        | Q(**{f"{column}__startswith": f"{token} "})
        | Q(**{f"{column}__endswith": f" {token}"})
        | Q(**{f"{column}__contains": f" {token} "})
    )


def _number_of(token, using):
    return next((number for (number,) in where(Facet, "token", [token], "public", using)), 0)
