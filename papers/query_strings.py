"""Links from a page of a list to other pages of it: query strings like its own, but for some
parameters."""

from functools import lru_cache
from urllib.parse import quote_plus

from papers.paging import PARAMETERS

#: Says that a search box is being typed into: of no link.
TYPING = "typing"


class QueryString:
    """query: the page's, such as request.GET; of a parameter that is there twice, the last."""

    def __init__(self, query):
        self._said = {
            name: f"{quote_plus(name)}={quote_plus(value)}"
            for name, value in query.items()
            if name not in PARAMETERS and name != TYPING
        }

    def __eq__(self, other):
        return isinstance(other, QueryString) and self._said == other._said

    def __hash__(self):
        return hash(tuple(self._said.items()))

    def with_(self, **values):
        """The same with these values, without those that are None, from the first page on."""
        said = [text for name, text in self._said.items() if name not in values]
        said += [
            f"{name}={_quoted(str(value))}" for name, value in values.items() if value is not None
        ]
        return f"?{'&'.join(said)}"

    def without(self, *names):
        return self.with_(**dict.fromkeys(names))

    def at(self, place):
        """The same list at a paging.Place."""
        return self.with_(page=place.page, after=place.after, before=place.before)


_quoted = lru_cache(maxsize=10_000)(quote_plus)
