"""What both engines have in common: documents in, ids out, by plain SQL.

An engine keeps the words of documents in a table of its own, `search_text`, beside
models.Document, whose rows take theirs along when they go.
"""

from collections import Counter
from contextlib import contextmanager

from django.db import transaction

from papers.querysets import chunks
from papers.rows import where
from papers.search import facets
from papers.search.expressions import AllOf, AnyOf, Marked, Without, Words
from papers.search.models import Document, FacetSet

#: Of more documents than these only so many are counted, ordered and gone through.
CAP = 10_000
#: To say how well a document suits takes time: it is said of the newest of these only.
MANY = 3_000

#: The orders that documents can be had in, as SQL on the document `d` and its paper `p`.
ORDERS = {
    "latest": "d.year DESC, d.id DESC",
    "oldest": "d.year_or_last, d.id DESC",
    "added": "d.listed_at DESC, d.id DESC",
    "title": "p.title, d.id",
}

_DOCUMENT = ("id", "year", "year_or_last", "listed_at", "facets_id", "tags")

#: A condition on the documents `d` that somebody may find. The sign keeps PostgreSQL from going
#: through the ids instead of the index of words, as it would for the sake of a LIMIT.
PUBLIC = "+d.id > 0"
#: A curator's own document of a paper stands before the public one. Without an OR, for whose sake
#: PostgreSQL would read all documents.
CURATORS = "NOT EXISTS (SELECT 1 FROM search_document h WHERE h.id = -d.id AND h.id < 0)"


class TooSlowError(Exception):
    """The search was given up because it took too long."""


class Engine:
    #: The columns of the table of words, in the order in which `row` gives them of a document.
    columns = ()

    def __init__(self, connection):
        self.connection = connection

    # --- What each engine does its own way ---

    def create_in(self, cursor):
        """Creates what is missing of tables, indexes and triggers."""
        raise NotImplementedError

    def drop_triggers(self):
        """Drops the triggers: a migration cannot alter the table that they watch."""
        raise NotImplementedError

    def clear(self):
        """Empties the index, ready to be filled at once; `create` ends that."""
        raise NotImplementedError

    def give_way(self):
        """Lets others write between two large pieces."""

    def is_whole(self):
        """Whether nothing is left to `create` after `clear`."""
        return True

    def alone(self):
        """Waits until nobody else changes the index, and keeps it so until the transaction ends."""

    def optimise(self):
        """Called once many documents have been written."""

    def row(self, document):
        """What the table of words has of a document."""
        raise NotImplementedError

    def heads(self, ids):
        """Of each document its words but for the abstract's."""
        raise NotImplementedError

    def unlike(self, documents):
        """The ids of those documents whose words are not what the index has."""
        raise NotImplementedError

    def gathered(self, column):
        """SQL: all values of a column in one text, with blanks between."""
        raise NotImplementedError

    def words(self, words):
        """The text for an expressions.Words."""
        raise NotImplementedError

    def facet(self, token):
        raise NotImplementedError

    # --- Writing ---

    def create(self):
        """Creates what is missing of tables, indexes and triggers, where there are documents."""
        with self.connection.cursor() as cursor:
            if Document._meta.db_table in self.connection.introspection.table_names(cursor):
                self.create_in(cursor)

    def delete(self, ids):
        """Deletes documents; their words go with them."""
        with self.connection.cursor() as cursor:
            for part in chunks(ids):
                marks = ", ".join(["%s"] * len(part))
                cursor.execute(f"DELETE FROM search_document WHERE id IN ({marks})", part)

    def insert(self, documents):
        apart = [facets.apart(document.facets) for document in documents]
        sets = self._sets({facets.key(others): " ".join(others) for _, others in apart})
        time = self.connection.ops.adapt_datetimefield_value
        rows = [
            (
                document.id,
                document.year,
                document.year or Document.UNKNOWN,
                time(document.listed_at),
                sets[facets.key(others)],
                " ".join(tags) or None,
            )
            for document, (tags, others) in zip(documents, apart, strict=True)
        ]
        self.fill(Document._meta.db_table, _DOCUMENT, rows)
        self.fill("search_text", self.columns, map(self.row, documents))

    def fill(self, table, columns, rows):
        """Inserts rows into a table."""
        marks = ", ".join(["%s"] * len(columns))
        with self.connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", list(rows)
            )

    def write(self, model, columns, rows, conflict):
        """Inserts rows into a model's table; conflict: SQL for what is to be done where one is."""
        marks = ", ".join(["%s"] * len(columns))
        with self.connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {model._meta.db_table} ({', '.join(columns)})"
                f" VALUES ({marks}) {conflict}",
                rows,
            )

    def _sets(self, tokens):
        """The ids of the sets of facets by their keys, which are made where they are not."""
        sets = FacetSet.objects.using(self.connection.alias)
        known = dict(self._where("key", tokens, "key, id"))
        missing = [key for key in tokens if key not in known]
        sets.bulk_create(FacetSet(key=key, tokens=tokens[key]) for key in missing)
        return known | dict(self._where("key", missing, "key, id"))

    def _where(self, column, values, columns):
        """These columns of the sets of facets that have one of the values in a column."""
        return where(FacetSet, column, values, columns, self.connection.alias)

    # --- Expressions ---

    and_, or_, not_ = " AND ", " OR ", " NOT "

    def text(self, expression):
        """An expression in the engine's own language."""
        match expression:
            case Words():
                return self.words(expression)
            case Marked(token):
                return self.facet(token)
            case AllOf(parts):
                return self._joined(self.and_, parts)
            case AnyOf(parts):
                return self._joined(self.or_, parts)
            case Without(wanted, unwanted):
                return f"({self.text(wanted)}{self.not_}{self.text(unwanted)})"

    def _joined(self, sign, parts):
        texts = [self.text(part) for part in parts]
        return texts[0] if len(texts) == 1 else f"({sign.join(texts)})"

    # --- Asking ---

    def _matching(self, expression, scope, *, ranked=False):
        """SQL and its parameters for the ids of the documents that fit; ranked: and as `fit` how
        well they do, the best with the least."""
        raise NotImplementedError

    def tally(self, expression, scope):
        """How many documents fit, at most CAP + 1, and how many of them have each facet."""
        matching, params = self._matching(expression, scope)
        (count, sets, tags), *_ = self._rows(
            f"SELECT count(*), {self.gathered('d.facets_id')}, {self.gathered('d.tags')}"
            f" FROM ({matching} LIMIT {CAP + 1}) m"
            " JOIN search_document d ON d.id = m.id",
            params,
        )
        counts = Counter(tags.split() if tags else ())
        sets = Counter(map(int, (sets or "").split()))
        for pk, tokens in self._where("id", sets, "id, tokens"):
            for token in tokens.split():
                counts[token] += sets[pk]
        return count, counts

    def count(self, expression, scope, most):
        """How many documents fit, at most so many."""
        matching, params = self._matching(expression, scope)
        return self._rows(f"SELECT count(*) FROM ({matching} LIMIT {most:d}) m", params)[0][0]

    def best(self, expression, scope, limit, offset=0):
        """The ids of the documents that suit best, of the MANY newest."""
        matching, params = self._matching(expression, scope, ranked=True)
        return self._ids(
            f"SELECT id FROM ({matching} LIMIT {MANY}) m ORDER BY fit, id DESC LIMIT %s OFFSET %s",
            [*params, limit, offset],
        )

    def ordered(self, expression, scope, order, limit, offset=0):
        """The ids of the documents in an order, one of ORDERS, of the CAP newest."""
        paper = f" JOIN papers_paper p ON p.id = {_paper_id(scope)}" if order == "title" else ""
        matching, params = self._matching(expression, scope)
        return self._ids(
            f"SELECT d.id FROM ({matching} LIMIT {CAP}) m"
            f" JOIN search_document d ON d.id = m.id{paper}"
            f" ORDER BY {ORDERS[order]} LIMIT %s OFFSET %s",
            [*params, limit, offset],
        )

    def all(self, expression, scope):
        """The ids of all documents that fit, the newest first."""
        matching, params = self._matching(expression, scope)
        return self._ids(f"SELECT id FROM ({matching}) m ORDER BY abs(id) DESC", params)

    def subquery(self, expression, scope):
        """SQL and its parameters that give the ids of the papers, on SQLite of the CAP newest."""
        # PostgreSQL would take a limit for a reason to go through the whole table.
        limit = f" LIMIT {CAP}" if self.connection.vendor == "sqlite" else ""
        matching, params = self._matching(expression, scope)
        return f"SELECT abs(id) FROM ({matching}{limit}) m", params

    def _ids(self, sql, params):
        return [abs(pk) for (pk,) in self._rows(sql, params)]

    def _rows(self, sql, params):
        with self._asking(), self.connection.cursor() as cursor:
            cursor.execute(sql, params)
            return cursor.fetchall()

    @contextmanager
    def _asking(self):
        yield

    def _atomic(self):
        return transaction.atomic(using=self.connection.alias)


def _paper_id(scope):
    """SQL: the id of the paper of the document `d`."""
    return "d.id" if scope == PUBLIC else "abs(d.id)"
