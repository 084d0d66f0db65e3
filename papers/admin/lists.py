"""Lists that stay quick: what a row shows is read together with the rows."""

from django.contrib.admin.views.main import ORDER_VAR, ChangeList
from django.core.paginator import Paginator
from django.db.models import Count, IntegerField, Max, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property
from django.utils.text import capfirst

from papers.querysets import counted

#: A narrowed list is counted up to here; its further rows are found by narrowing it more.
COUNTED = 10_000
#: Beside the choices of filters stand numbers only in tables whose ids go up to here: each of them
#: is counted through all rows.
FACETED = 200_000


class PreparedChangeList(ChangeList):
    """Asks the model admin to prepare its rows: `for_list(queryset)`.

    Not in ModelAdmin.get_queryset(), which forms and autocomplete use as well.
    """

    _prepared = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.title = capfirst(self.opts.verbose_name_plural)
        last = self.model._base_manager.aggregate(last=Max("pk"))["last"] or 0
        if last > FACETED:
            self.add_facets = self.is_facets_optional = False

    def get_queryset(self, request, exclude_parameters=None):
        if not self._prepared:
            self.root_queryset = self.model_admin.for_list(self.root_queryset)
            self._prepared = True
        return super().get_queryset(request, exclude_parameters)

    def get_ordering(self, request, queryset):
        # By one column, and then along its index: the default order of the list, which Django
        # would take next, makes the database sort all rows.
        ordering = super().get_ordering(request, queryset)
        chosen, *_ = ordering
        if self.params.get(ORDER_VAR, "").lstrip("-").isdecimal() and isinstance(chosen, str):
            return [chosen, "-pk" if chosen.startswith("-") else "pk"]
        return ordering


class CountedPages(Paginator):
    """Counts the whole list, but what a list is narrowed to only up to COUNTED."""

    @cached_property
    def count(self):
        rows = self.object_list.order_by()
        if not rows.query.where:
            return rows.count()
        return counted(rows, COUNTED)

    @property
    def more(self):
        """Whether there may be more rows than were counted."""
        return bool(self.object_list.query.where) and self.count == COUNTED


class PreparedList:
    """For model admins whose rows need more than their own columns."""

    paginator = CountedPages

    def get_changelist(self, request, **kwargs):
        return PreparedChangeList

    def for_list(self, queryset):
        """The rows with all that the list shows of them, in a fixed number of queries."""
        return queryset


def count_of(rows, key):
    """How many of `rows` point to the object by their column `key`.

    A subquery, so that several counts do not multiply one another.
    """
    counts = rows.order_by().filter(**{key: OuterRef("pk")}).values(key)
    number = counts.annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(number, output_field=IntegerField()), 0)
