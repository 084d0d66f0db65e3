"""A paper's columns that a record of the same field names fills."""

from functools import cache
from operator import attrgetter

from papers.models import Paper

#: Their names, in one order; and a record's values in that order.
FIELDS = (
    "title",
    "translated_title",
    "authors",
    "year",
    "published_on",
    "kind",
    "venue",
    "volume",
    "issue",
    "pages",
    "publisher",
    "arxiv_id",
    "arxiv_version",
    "arxiv_category",
    "doi",
    "url",
    "abstract",
)
values_of = attrgetter(*FIELDS)

_UNIQUE = [place for place, name in enumerate(FIELDS) if name in ("arxiv_id", "doi")]


def columns(record):
    """A record's own values for the columns of FIELDS."""
    values = list(values_of(record))
    for place, limit in _long_ones():
        if len(values[place]) > limit:
            values[place] = values[place][:limit]
    for place in _UNIQUE:
        # Blank is NULL there.
        values[place] = values[place] or None
    return values


@cache
def _long_ones():
    limits = _limits(Paper)
    return [(place, limits[name]) for place, name in enumerate(FIELDS) if limits[name]]


def cut(values, model=Paper):
    """Texts no longer than their columns."""
    limits = _limits(model)
    return {
        name: value[: limits[name]] if type(value) is str else value
        for name, value in values.items()
    }


@cache
def _limits(model):
    """How long a text in each column may be; None where there is no limit."""
    return {field.name: getattr(field, "max_length", None) for field in model._meta.concrete_fields}
