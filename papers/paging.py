"""A long list page by page, the last page as quick as the first.

The first pages have numbers; they are found by skipping the rows before them, up to NUMBERED. To
skip more would take ever longer, so a page further in begins where another one ends: its URL
names a row, from which the index of the list's order leads on in either direction.
"""

from dataclasses import dataclass, field
from functools import cached_property

from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from papers.querysets import counted

#: So many rows are counted and come on numbered pages.
NUMBERED = 10_000
#: `?page=last`, where the last page has no number.
LAST = "last"

#: The parameters of the query string that say which page is meant.
PARAMETERS = ("page", "after", "before")


@dataclass(frozen=True)
class Place:
    """Where a page is: its parameters in the query string; those that are None are not there."""

    page: int | str | None = None
    after: int | None = None
    before: int | None = None


@dataclass
class Page:
    """The rows of one page, and the ways to others."""

    rows: list
    #: None where it has none: deep within a long list.
    number: int | None
    #: How many rows the list has; with `more`, it has more than these.
    count: int
    more: bool
    #: Of the pages that have numbers.
    numbers: list = field(default_factory=list)
    previous: Place | None = None
    following: Place | None = None
    first: Place | None = None
    last: Place | None = None
    #: The place in the list of the first of these rows, from 1, where it is known.
    start: int | None = None
    #: A sentence, where there is no such page as was asked for. This is the nearest one.
    complaint: str = ""

    def __iter__(self):
        return iter(self.rows)

    def __len__(self):
        return len(self.rows)


def count_up(rows):
    """How many rows there are, NUMBERED + 1 for more than that."""
    return counted(rows, NUMBERED + 1)


def paginate(asked, rows, per_page, *, count=None, capped=False, fetch=None):
    """The page of `rows` that a query string asks for.

    asked: a mapping, such as request.GET. rows: a queryset whose last ordering column tells any
    two rows apart; only its first may hold NULL, which is then ordered with `nulls_last`. count:
    how many rows there are, where that is known already; capped: whether that is from `count_up`,
    by which rows are counted where it is not known. fetch: a quicker way to these rows, up to
    NUMBERED: `fetch(number, skipped)`; `rows` may then be a function that makes them.
    """
    return _asked_for(asked, _Listing(rows, per_page, count, capped, fetch))


def paginate_found(asked, fetch, per_page, *, count):
    """The same of a list that can only be fetched from some place on: `fetch(number, skipped)`.

    It ends after NUMBERED rows, of which all pages have numbers. count: how many rows there are,
    with NUMBERED + 1 for more than that.
    """
    return _asked_for(asked, _Fetched(fetch, per_page, count))


def _asked_for(asked, listing):
    for name, deep in (("after", listing.after), ("before", listing.before)):
        if name in asked:
            return deep(asked[name]) or listing.numbered(1, _no_number(asked[name]))
    wanted = asked.get("page") or "1"
    if wanted == LAST:
        return listing.last()
    try:
        number = int(wanted)
    except ValueError:
        return listing.numbered(1, _no_number(wanted))
    if 1 <= number <= listing.pages:
        return listing.numbered(number)
    nearest = listing.pages if number > 0 else 1
    said = {"page": wanted[:20], "nearest": nearest}
    complaint = _("There is no page %(page)s. This is page %(nearest)s.") % said
    return listing.numbered(nearest, complaint)


def first(rows, number):
    """The first `number` of these rows, as a list, read along the index of their order."""
    return _take(rows, _Order.of(rows).runs(), number)


def _no_number(wanted):
    return _("“%(page)s” is not a page number. This is the first page.") % {"page": wanted[:20]}


class _Listing:
    """A list of which one page is to be shown."""

    def __init__(self, rows, per_page, count, capped, fetch):
        self._rows, self.per_page, self.fetch = rows, per_page, fetch or self._skipped
        if count is None:
            count, capped = count_up(self.rows), True
        self.deep = count > NUMBERED
        self.more = self.deep and capped
        self.count = NUMBERED if self.more else count
        # How many pages have numbers.
        self.pages = max(1, -(-min(count, NUMBERED) // per_page))

    @cached_property
    def rows(self):
        return self._rows() if callable(self._rows) else self._rows

    @cached_property
    def order(self):
        return _Order.of(self.rows)

    def _skipped(self, number, skipped):
        return _skip(self.rows, self.order.runs(), skipped, number)

    def numbered(self, number, complaint=""):
        skipped = (number - 1) * self.per_page
        found = self.fetch(self.per_page + 1, skipped)
        page = self._page(found[: self.per_page], number, complaint)
        page.start = skipped + 1
        if number > 1:
            page.previous = Place(page=number - 1)
        if number < self.pages:
            page.following = Place(page=number + 1)
        elif len(found) > self.per_page:
            page.following = Place(after=page.rows[-1].pk)
        return page

    def last(self):
        if not self.deep:
            return self.numbered(self.pages)
        page = self._backwards(self.order.turned().runs())
        page.last = None
        return page

    def after(self, text):
        """The page that begins after the row named by `text`, or None."""
        values = self._values(text)
        found = values and _take(self.rows, self.order.beyond(values), self.per_page + 1)
        if not found:
            return None
        page = self._page(found[: self.per_page])
        page.previous = Place(before=page.rows[0].pk)
        if len(found) > self.per_page:
            page.following = Place(after=page.rows[-1].pk)
        else:
            page.last = None
        return page

    def before(self, text):
        """The page that ends before the row named by `text`, or None."""
        values = self._values(text)
        if not values:
            return None
        page = self._backwards(self.order.turned().beyond(values))
        if not page.number:
            page.following = Place(after=page.rows[-1].pk)
        return page

    def _backwards(self, runs):
        found = _take(self.rows, runs, self.per_page + 1)
        if len(found) <= self.per_page:
            return self.numbered(1)
        page = self._page(found[self.per_page - 1 :: -1])
        page.previous = Place(before=page.rows[0].pk)
        return page

    def _page(self, rows, number=None, complaint=""):
        page = Page(rows, number, self.count, self.more, complaint=complaint)
        if number:
            pages = Paginator(range(self.pages), 1)
            page.numbers = list(pages.get_elided_page_range(number, on_each_side=1, on_ends=1))
        else:
            page.first = Place(page=1)
        if self.deep:
            page.last = Place(page=LAST)
        return page

    def _values(self, text):
        """What the row named by `text` is ordered by, or None where it is not in the list."""
        if not (text.isdecimal() and len(text) < 19):
            return None
        return self.rows.order_by().filter(pk=int(text)).values_list(*self.order.names).first()


class _Fetched(_Listing):
    """A list whose pages all have numbers."""

    def __init__(self, fetch, per_page, count):
        self.fetch, self.per_page = fetch, per_page
        self.deep, self.more = False, count > NUMBERED
        self.count = min(count, NUMBERED)
        self.pages = max(1, -(-self.count // per_page))

    def numbered(self, number, complaint=""):
        skipped = (number - 1) * self.per_page
        rows = self.fetch(self.per_page, skipped) if self.count else []
        page = self._page(rows, number, complaint)
        page.start = skipped + 1
        if number > 1:
            page.previous = Place(page=number - 1)
        if number < self.pages:
            page.following = Place(page=number + 1)
        return page

    def after(self, text):
        return None

    before = after


# --- Along the index ---
#
# Rows are read in runs, one after the other, each a range of the order's index: a condition, and
# the columns that its rows are still to be ordered by. One condition for all, such as `year < 2017
# OR year = 2017 AND id < 9`, would make the database read the index from its beginning; and where
# an index has its NULLs is not for us to say.


@dataclass(frozen=True)
class _Order:
    """The order of a list, or with `backwards` the same from its end."""

    #: Pairs of a column and whether it descends.
    columns: list
    #: Whether the first column may be NULL: such rows are last in the list.
    nulls: bool
    backwards: bool = False

    @classmethod
    def of(cls, rows):
        terms = rows.query.order_by or rows.model._meta.ordering
        columns = [
            (term.removeprefix("-"), term.startswith("-"))
            if isinstance(term, str)
            else (term.expression.name, term.descending)
            for term in terms
        ]
        return cls(columns, bool(getattr(terms[0], "nulls_last", False)))

    @property
    def names(self):
        return [name for name, _ in self.columns]

    def turned(self):
        turned = [(name, not descending) for name, descending in self.columns]
        return _Order(turned, self.nulls, not self.backwards)

    def runs(self):
        """The whole list."""
        if not self.nulls:
            return [({}, self.columns)]
        name = self.names[0]
        known = ({f"{name}__isnull": False}, self.columns)
        unknown = ({f"{name}__isnull": True}, self.columns[1:])
        return [unknown, known] if self.backwards else [known, unknown]

    def beyond(self, values):
        """What comes after the row that is ordered by these values."""
        runs = []
        for place in reversed(range(len(values))):
            name, descending = self.columns[place]
            same = dict(zip(self.names[:place], values, strict=False))
            if values[place] is not None:
                further = {f"{name}__{'lt' if descending else 'gt'}": values[place]}
                runs.append((same | further, self.columns[place:]))
        if self.nulls and self.backwards == (values[0] is None):
            runs.append(self.runs()[1])
        return runs


def _read(rows, run):
    condition, columns = run
    order = [f"-{name}" if descending else name for name, descending in columns]
    return rows.filter(**condition).order_by(*order)


def _take(rows, runs, number):
    """The first `number` rows of the runs."""
    found = []
    for run in runs:
        if len(found) < number:
            found += _read(rows, run)[: number - len(found)]
    return found


def _skip(rows, runs, skipped, number):
    """The same after so many that are `skipped`."""
    for place, run in enumerate(runs):
        part = list(_read(rows, run)[skipped : skipped + number])
        if part:
            return part + _take(rows, runs[place + 1 :], number - len(part))
        if run is not runs[-1]:
            skipped -= _read(rows, run).order_by().count()
    return []
