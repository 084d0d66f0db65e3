"""What a list of papers can be narrowed by further: values with their counts and their links."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from papers.filters import FLAG_LABELS, FLAGS
from papers.models import Tag
from papers.paging import PARAMETERS
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


class _Links:
    """Query strings like this page's, but for some parameters, from the first page."""

    def __init__(self, query):
        self.query = [(name, value) for name, value in query.items() if name not in PARAMETERS]

    def with_(self, **values):
        kept = [(name, value) for name, value in self.query if name not in values]
        said = [(name, value) for name, value in values.items() if value is not None]
        return f"?{urlencode(kept + said)}"

    def without(self, *names):
        return self.with_(**dict.fromkeys(names))


class Counts:
    """How many of the papers found have a facet. Of a list that nothing narrows, it is known."""

    def __init__(self, search):
        self.known = search.is_all if search.total else False
        self.counts = search.counts

    def commonest(self, kind, most):
        """Pairs of token and count, the most frequent first."""
        if self.known:
            rows = Facet.objects.filter(kind=kind, public__gt=0).order_by("-public", "token")
            return list(rows.values_list("token", "public")[:most])
        own = [(t, n) for t, n in self.counts.items() if facets.kind(t) == kind]
        return sorted(own, key=lambda pair: (-pair[1], pair[0]))[:most]

    def of(self, tokens):
        """The count of each of these tokens."""
        if self.known:
            return dict(Facet.objects.filter(token__in=tokens).values_list("token", "public"))
        return {token: self.counts[token] for token in tokens}


def groups(filters, search, query):
    """The groups of values, those first that tell most of a list.

    filters: the PaperFilter; search: what was found; query: the page's, such as request.GET.
    """
    links, counts, said = _Links(query), Counts(search), filters.cleaned
    made = [
        _sections(filters.outline, said.get("section"), counts, links),
        _tags(said.get("tag"), counts, links),
        _venues(said.get("venue"), counts, links),
        _years(said.get("year_from"), said.get("year_to"), counts, links),
        _flags(said, counts, links),
    ]
    return [group for group in made if group.values]


def _sections(outline, chosen, counts, links):
    """Where none is chosen the outermost ones, else those above it and those in it."""
    path = [*chosen.path, chosen] if chosen else []
    offered = chosen.children if chosen else outline.roots
    found = counts.of([_token(node) for node in [*path, *offered]])
    values = [
        Value(
            node.section.title,
            found.get(_token(node), 0),
            links.with_(section=node.parent.section.slug if node.parent else None),
            chosen=True,
        )
        for node in path
    ]
    values += [
        Value(node.section.title, count, links.with_(section=node.section.slug))
        for node in offered
        if (count := found.get(_token(node)))
    ]
    return Group(_("Section"), "section", values)


def _token(node):
    return facets.section(node.section.pk)


def _tags(chosen, counts, links):
    common = counts.commonest(facets.TAG, MOST)
    names = Tag.objects.in_bulk([int(facets.value(token)) for token, _ in common])
    values = []
    if chosen:
        token = facets.tag(chosen.pk)
        count = counts.of([token]).get(token, 0)
        values.append(Value(chosen.name, count, links.without("tag"), chosen=True))
    for token, count in common:
        tag = names.get(int(facets.value(token)))
        if tag and tag != chosen:
            values.append(Value(tag.name, count, links.with_(tag=tag.slug)))
    return Group(_("Tag"), "tag", values)


def _venues(chosen, counts, links):
    common = counts.commonest(facets.VENUE, MOST)
    rows = Facet.objects.filter(token__in=[token for token, _ in common])
    names = dict(rows.values_list("token", "label"))
    values = [
        Value(
            names[token],
            count,
            links.without("venue") if names[token] == chosen else links.with_(venue=names[token]),
            chosen=names[token] == chosen,
        )
        for token, count in common
        if names.get(token)
    ]
    return Group(_("Venue"), "venue", values)


def _years(first, last, counts, links):
    """The latest years; of a year both ends of the range are set to it."""
    found = sorted(
        ((int(facets.value(t)), n) for t, n in counts.commonest(facets.YEAR, None)), reverse=True
    )
    values = [
        Value(
            str(year),
            count,
            links.without("year_from", "year_to")
            if first == last == year
            else links.with_(year_from=year, year_to=year),
            chosen=first == last == year,
        )
        for year, count in found[:MOST]
    ]
    return Group(_("Year"), "year", values)


def _flags(said, counts, links):
    tokens = {name: facets.flag(kind) for name, kind in FLAGS.items()}
    found = counts.of(list(tokens.values()))
    values = [
        Value(
            FLAG_LABELS[name],
            found.get(token, 0),
            links.without(name) if said.get(name) else links.with_(**{name: 1}),
            chosen=bool(said.get(name)),
        )
        for name, token in tokens.items()
        if found.get(token)
    ]
    return Group(_("Only"), "flags", values)
