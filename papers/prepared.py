"""Queries that pages ask over and over, put into SQL once.

To build a queryset and to turn it into SQL takes several times as long as the database takes to
answer it. Here this is done once for each form of a query.
"""

from functools import lru_cache

from django.db import connection

#: Lists of ids are filled up to a multiple of this, so that they come in few lengths.
STEP = 25
_FIRST = 2**62


class Prepared:
    """Rows of a query by ids.

    build: a function that makes a queryset of `values_list()` from one argument for each one
    that `rows` gets, and from the `form`: whatever else the query depends on.
    """

    def __init__(self, build):
        self._compiled = lru_cache(maxsize=64)(
            lambda form, lengths: _Compiled(build, form, lengths)
        )

    def rows(self, *arguments, form=()):
        """The rows as tuples. arguments: ids, or lists of ids."""
        filled = [_filled(a) if isinstance(a, list) else a for a in arguments]
        lengths = tuple(len(a) if isinstance(a, list) else None for a in filled)
        return self._compiled(form, lengths).rows(filled)


def _filled(ids):
    # No row has the id -1; a list of none would be no SQL.
    return ids + (ids[-1:] or [-1]) * (-len(ids) % STEP or (0 if ids else STEP))


class _Compiled:
    def __init__(self, build, form, lengths):
        # Numbers that stand for the ids, by which the places of these are found in the SQL.
        marks = iter(range(_FIRST, _FIRST + 10_000))
        arguments = [
            next(marks) if length is None else [next(marks) for _ in range(length)]
            for length in lengths
        ]
        compiler = build(*arguments, *form).query.get_compiler(connection=connection)
        self.sql, parameters = compiler.as_sql()
        self.parameters = list(parameters)
        self.places = [
            (place, value - _FIRST)
            for place, value in enumerate(parameters)
            if isinstance(value, int) and value >= _FIRST
        ]
        self.compiler = compiler
        self.converters = compiler.get_converters([column for column, *_ in compiler.select])

    def rows(self, arguments):
        ids = [i for a in arguments for i in (a if isinstance(a, list) else [a])]
        parameters = list(self.parameters)
        for place, number in self.places:
            parameters[place] = ids[number]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, parameters)
            rows = cursor.fetchall()
        return list(self.compiler.apply_converters(rows, self.converters))
