"""Many rows at once, without an instance for each: in a fraction of the ORM's time.

The models' own fields say what a value is to the database and what stands where none is given.
"""

from django.db import connections, router
from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.models import AutoField, Field, IntegerField

from papers.fields import folded_fields
from papers.querysets import chunks


class Rows:
    """Rows to be inserted into one model's table, of columns without a `pre_save` of their own.

    names: attribute names of the columns in which rows have values of their own; shared: the
    values that all of them have in others; the rest are the fields' defaults. Values are of the
    types that the fields keep, in their one spelling. Nothing is announced: that is the writer's
    part.
    """

    def __init__(self, model, *names, using=None, **shared):
        self.connection = connections[using or router.db_for_write(model)]
        quote = self.connection.ops.quote_name
        self.name = model._meta.db_table
        self.table = quote(self.name)
        self.pk = quote(model._meta.pk.column)
        fields = {f.attname: f for f in model._meta.concrete_fields if not f.primary_key}
        own = [fields.pop(name) for name in names]
        folded = [fields.pop(field.attname) for field in folded_fields(model)]
        self.fields = [*own, *folded, *fields.values()]
        self.unprepared = [
            (n, field) for n, field in enumerate(own) if not self._goes_as_it_is(field)
        ]
        self.folds = [(names.index(field.of), field.fold) for field in folded]
        self.end = [
            self._prepared(field, shared.get(name, field.get_default()))
            for name, field in fields.items()
        ]
        self.names = ", ".join(quote(field.column) for field in self.fields)
        self.marks = f"({', '.join(['%s'] * len(self.fields))})"
        self.rows = []

    def _prepared(self, field, value):
        return field.get_db_prep_value(value, self.connection, prepared=True)

    def _goes_as_it_is(self, field):
        # A foreign key only asks the primary key, a number.
        kind = type(field.target_field if field.is_relation else field)
        if kind.get_db_prep_value is IntegerField.get_db_prep_value:
            adapt = type(self.connection.ops).adapt_integerfield_value
            return adapt is BaseDatabaseOperations.adapt_integerfield_value
        return kind.get_db_prep_value in (Field.get_db_prep_value, AutoField.get_db_prep_value)

    def add(self, *values):
        """A row more, by its values in the columns of `names`."""
        row = list(values)
        for place, field in self.unprepared:
            if row[place] is not None:
                row[place] = self._prepared(field, row[place])
        row += [fold(row[place] or "") for place, fold in self.folds]
        row += self.end
        self.rows.append(row)

    def insert(self, *, ignore_conflicts=False):
        """Inserts the rows that were added; returns their primary keys, in the same order.

        Within a transaction. ignore_conflicts: rows that are there already are passed over, and
        no keys are told.
        """
        rows, self.rows = self.rows, []
        size = self.connection.ops.bulk_batch_size(self.fields, rows) or 1
        with self.connection.cursor() as cursor:
            if self.connection.vendor == "sqlite" and len(rows) > size:
                keys = self._insert_one_by_one(cursor, rows, ignore_conflicts)
            else:
                keys = self._insert_together(cursor, rows, size, ignore_conflicts)
        return [] if ignore_conflicts else keys

    def _insert_one_by_one(self, cursor, rows, ignore_conflicts):
        # One short statement, prepared once, takes SQLite less time than long ones. It has one
        # writer, which is us: the keys that come next are known, see
        # https://www.sqlite.org/autoinc.html.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [self.name])
        (last,) = cursor.fetchone() or (0,)
        keys = range(last + 1, last + 1 + len(rows))
        sql = self._sql(f"{self.pk}, {self.names}", f"(%s, {self.marks[1:]}", ignore_conflicts)
        cursor.executemany(sql, [(key, *row) for key, row in zip(keys, rows, strict=True)])
        return keys

    def _insert_together(self, cursor, rows, size, ignore_conflicts):
        keys = []
        for start in range(0, len(rows), size):
            part = rows[start : start + size]
            sql = self._sql(self.names, ", ".join([self.marks] * len(part)), ignore_conflicts)
            end = "" if ignore_conflicts else f" RETURNING {self.pk}"
            cursor.execute(sql + end, [value for row in part for value in row])
            keys += [key for (key,) in cursor.fetchall()] if end else []
        return keys

    def _sql(self, names, marks, ignore_conflicts):
        # Only names and placeholders stand in it.
        end = " ON CONFLICT DO NOTHING" if ignore_conflicts else ""
        return f"INSERT INTO {self.table} ({names}) VALUES {marks}{end}"  # noqa: S608


def where(model, expression, values, columns, using=None):
    """The columns, as tuples, of the rows where an SQL expression has one of `values`.

    expression and columns are our own words, never anybody's input.
    """
    connection = connections[using or router.db_for_read(model)]
    with connection.cursor() as cursor:
        for part in chunks(values):
            marks = ", ".join(["%s"] * len(part))
            sql = f"SELECT {columns} FROM {model._meta.db_table} WHERE {expression} IN ({marks})"  # noqa: S608
            cursor.execute(sql, part)
            yield from cursor.fetchall()
