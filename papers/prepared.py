"""Queries that pages ask over and over, put into SQL once.

To build a queryset and to turn it into SQL takes several times as long as the database takes to
answer it. Here this is done once for each form of a query.
"""

import itertools
from functools import lru_cache

from django.db import connection

#: Lists of ids are filled up to a multiple of this, so that they come in few lengths.
STEP = 25
#: What stands for ids and for texts, until they are known.
_FIRST = 2**62
_MARK = "\ue000"


class Prepared:
    """Rows of a query by ids, or by texts.

    build: a function that makes a queryset of `values_list()` from one argument for each one
    that `rows` gets, and from the `form`: whatever else the query depends on. It must hand its
    arguments on to the database as they are.
    """

    def __init__(self, build):
        self._compiled = lru_cache(maxsize=64)(lambda form, shapes: _Compiled(build, form, shapes))

    def rows(self, *arguments, form=(), limit=None, offset=0):
        """The rows as tuples. arguments: ids, lists of ids, or texts."""
        filled = [_filled(a) if isinstance(a, list) else a for a in arguments]
        shapes = tuple(len(a) if isinstance(a, list) else type(a) for a in filled)
        return self._compiled(form, shapes).rows(filled, limit, offset)


def _filled(ids):
    # No row has the id -1; a list of none would be no SQL.
    return ids + (ids[-1:] or [-1]) * (-len(ids) % STEP or (0 if ids else STEP))


def _flat(arguments):
    return [value for a in arguments for value in (a if isinstance(a, list) else [a])]


class _Compiled:
    def __init__(self, build, form, shapes):
        # Values that stand for the arguments, by which the places of these are found in the SQL.
        numbers = itertools.count()
        marks = [
            f"{_MARK}{next(numbers)}"
            if shape is str
            else _FIRST + next(numbers)
            if shape is int
            else [_FIRST + next(numbers) for _ in range(shape)]
            for shape in shapes
        ]
        compiler = build(*marks, *form).query.get_compiler(connection=connection)
        self.sql, parameters = compiler.as_sql()
        self.parameters = list(parameters)
        places = {mark: number for number, mark in enumerate(_flat(marks))}
        self.places = [(i, places[p]) for i, p in enumerate(parameters) if p in places]
        self.compiler = compiler
        self.converters = compiler.get_converters([column for column, *_ in compiler.select])

    def rows(self, arguments, limit, offset):
        values = _flat(arguments)
        parameters = list(self.parameters)
        for place, number in self.places:
            parameters[place] = values[number]
        sql = self.sql
        if limit is not None:
            sql += " LIMIT %s OFFSET %s"
            parameters += [limit, offset]
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            rows = cursor.fetchall()
        return list(self.compiler.apply_converters(rows, self.converters))
