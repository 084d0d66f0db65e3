"""What a list of papers can be narrowed by further: values with their counts and their links."""

from collections import defaultdict
from dataclasses import dataclass
from heapq import nlargest, nsmallest
from html import escape

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from papers.filters import FLAGS
from papers.models import Tag
from papers.query_strings import QueryString
from papers.remembering import remembered
from papers.rows import where
from papers.search import facets
from papers.search.models import Facet

#: So many values of a facet are offered, the commonest.
MOST = 12


@dataclass
class Value:
    label: str
    count: int
    #: The page's query string with this value; without it where it is chosen.
    link: str
    chosen: bool = False


@dataclass
class Group:
    label: str
    name: str
    values: list


class Counts:
    """How many of the papers found have a facet.

    counts: numbers by token; common: of some kinds, pairs of token and number of the commonest.
    """

    def __init__(self, counts, common=None):
        self.counts = counts
        self._kinds = defaultdict(list)
        for pair in counts.items():
            self._kinds[facets.kind(pair[0])].append(pair)
        self._common = common or {}

    def of(self, token):
        return self.counts.get(token, 0)

    def commonest(self, kind):
        """Pairs of token and count, the most frequent first."""
        if kind not in self._common:
            self._common[kind] = nsmallest(
                MOST, self._kinds[kind], key=lambda pair: (-pair[1], pair[0])
            )
        return self._common[kind]

    def years(self):
        """Pairs of a year and its count, the latest first."""
        return nlargest(MOST, [(int(facets.value(t)), n) for t, n in self._kinds[facets.YEAR]])


@remembered(4)
def _counts_of_all(state):
    """Those of a list that nothing narrows: the index knows them."""
    facet = Facet.objects.filter(public__gt=0)
    common = {
        kind: list(
            facet.filter(kind=kind)
            .order_by("-public", "token")
            .values_list("token", "public")[:MOST]
        )
        for kind in (facets.TAG, facets.VENUE)
    }
    few = facet.exclude(kind__in=common)
    return Counts(dict(few.values_list("token", "public")), common)


class _Names:
    """The names of tags and venues, read when they are first asked for."""

    def __init__(self):
        self._tags, self._venues = {}, {}

    def tags(self, pks):
        """Pairs of slug and name by primary key, of those that there are."""
        missing = [pk for pk in pks if pk not in self._tags]
        for pk, *names in where(Tag, "id", missing, "id, slug, name"):
            self._tags[pk] = names
        return self._tags

    def venues(self, tokens):
        """Names by token, of those that there are."""
        missing = [token for token in tokens if token not in self._venues]
        self._venues.update(where(Facet, "token", missing, "token, label"))
        return self._venues


@remembered(4)
def _names(state):
    return _Names()


def groups(filters, search, query, state):
    """The groups of values, those first that tell most of a list.

    filters: the PaperFilter; search: what was found; query: the page's, such as request.GET;
    state: what may be remembered by, see caching.memorable; None where the index is behind it.
    """
    if search.total and search.is_all:
        return _groups_of_all(state, QueryString(query), filters.outline)
    return _made(filters.outline, filters.cleaned, Counts(search.counts), state, QueryString(query))


@remembered(16)
def _groups_of_all(state, links, outline):
    return _made(outline, {}, _counts_of_all(state), state, links)


def _made(outline, said, counts, state, links):
    names = _names(state)
    made = [
        _sections(outline, said.get("section"), counts, links),
        _tags(said.get("tag"), counts, names, links),
        _venues(said.get("venue"), counts, names, links),
        _years(said.get("year_from"), said.get("year_to"), counts, links),
        _flags(said, counts, links),
    ]
    return [group for group in made if group.values]


def _sections(outline, chosen, counts, links):
    """Where none is chosen the outermost ones, else those above it and those in it."""
    path = [*chosen.path, chosen] if chosen else []
    values = [
        Value(
            node.title,
            counts.of(_token(node)),
            links.with_(section=node.parent.slug if node.parent else None),
            chosen=True,
        )
        for node in path
    ]
    values += [
        Value(node.title, count, links.with_(section=node.slug))
        for node in (chosen.children if chosen else outline.roots)
        if (count := counts.of(_token(node)))
    ]
    return Group(_("Section"), "section", values)


def _token(node):
    return facets.section(node.section.pk)


def _tags(chosen, counts, names, links):
    values = []
    if chosen:
        count = counts.of(facets.tag(chosen.pk))
        values.append(Value(chosen.name, count, links.without("tag"), chosen=True))
    common = {int(facets.value(token)): count for token, count in counts.commonest(facets.TAG)}
    known = names.tags(common)
    values += [
        Value(known[pk][1], count, links.with_(tag=known[pk][0]))
        for pk, count in common.items()
        if pk in known and not (chosen and chosen.pk == pk)
    ]
    return Group(_("Tag"), "tag", values)


def _venues(chosen, counts, names, links):
    values = []
    if chosen:
        count = counts.of(facets.venue(chosen))
        values.append(Value(chosen, count, links.without("venue"), chosen=True))
    common = dict(counts.commonest(facets.VENUE))
    known = names.venues(common)
    values += [
        Value(known[token], count, links.with_(venue=known[token]))
        for token, count in common.items()
        if known.get(token, chosen or "") != (chosen or "")
    ]
    return Group(_("Venue"), "venue", values)


def _years(first, last, counts, links):
    """The latest years; of a year both ends of the range are set to it."""
    values = []
    for year, count in counts.years():
        chosen = first == last == year
        ends = (
            {"year_from": None, "year_to": None} if chosen else {"year_from": year, "year_to": year}
        )
        values.append(Value(str(year), count, links.with_(**ends), chosen))
    return Group(_("Year"), "year", values)


def _flags(said, counts, links):
    values = []
    for name, (kind, label) in FLAGS.items():
        chosen = bool(said.get(name))
        if count := counts.of(facets.flag(kind)):
            link = links.with_(**{name: None if chosen else 1})
            values.append(Value(label, count, link, chosen))
    return Group(_("Only"), "flags", values)


# --- Writing: everything that comes from outside goes through `escape` ---


def groups_html(made, *, more=False):
    """The groups as sections with lists of links. more: whether there may be more than counted."""
    remove = escape(_("Remove"))
    end = "+" if more else ""
    own = [
        f'<section aria-labelledby="facet-{group.name}">\n'
        f'<h2 id="facet-{group.name}">{escape(str(group.label))}</h2>\n<ul>\n'
        f"{''.join(_value_html(value, remove, end) for value in group.values)}</ul>\n</section>\n"
        for group in made
    ]
    return mark_safe("".join(own))  # noqa: S308 - escaped in these lines and in _value_html


def _value_html(value, remove, end):
    link, label = escape(value.link), escape(str(value.label))
    anchor = (
        f'<a href="{link}" aria-current="true" title="{remove}">{label}'
        ' <span aria-hidden="true">×</span></a>'
        if value.chosen
        else f'<a href="{link}" rel="nofollow">{label}</a>'
    )
    return f'<li>{anchor} <span class="count">{value.count}{end}</span></li>\n'
