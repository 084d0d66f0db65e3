"""PostgreSQL: tsvector and GIN (https://www.postgresql.org/docs/current/textsearch.html), fed
with our own tokens: its parser and dictionaries take no part."""

from contextlib import contextmanager

from django.db import OperationalError

from papers.search.documents import HEAD, SIGNS
from papers.search.engines.base import Engine, TooSlowError
from papers.search.expressions import AllOf, AnyOf, Marked, Without, Words
from papers.search.language import AND_MORE

_LOCK = "search_index"
#: So many rows are inserted faster by COPY.
_WORTH_A_COPY = 20
#: What holds while a search is asked for.
_SET = [
    # Milliseconds after which it is given up.
    ("statement_timeout", 2000),
    # The planner takes a LIMIT for a reason to go through the whole table,
    ("enable_seqscan", "off"),
    # and without room for the places of all that fits, each document near one is read again.
    ("work_mem", "'64MB'"),
    # To compile a query takes longer than to answer it.
    ("jit", "off"),
]
#: Places left free between two columns, so that no phrase reaches across.
_GAP = 10
_WEIGHTS = dict(zip(HEAD, "ABC", strict=True))

_SCHEMA = """
    CREATE TABLE IF NOT EXISTS search_text (
        id bigint PRIMARY KEY, head tsvector NOT NULL, abstract text NOT NULL
    );
    CREATE OR REPLACE FUNCTION search_vector(head tsvector, abstract text) RETURNS tsvector
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 1000 AS $$
    BEGIN
        RETURN head || array_to_tsvector(string_to_array(abstract, ' '));
    END $$;
    CREATE INDEX IF NOT EXISTS search_text_vector ON search_text
        USING gin (search_vector(head, abstract)) WITH (fastupdate = off);
    CREATE OR REPLACE FUNCTION search_text_goes_with_document() RETURNS trigger
    LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'TRUNCATE' THEN
            TRUNCATE search_text;
        ELSE
            DELETE FROM search_text WHERE id = OLD.id;
        END IF;
        RETURN NULL;
    END $$;
    CREATE OR REPLACE TRIGGER search_text_goes_with_row AFTER DELETE ON search_document
        FOR EACH ROW EXECUTE FUNCTION search_text_goes_with_document();
    CREATE OR REPLACE TRIGGER search_text_goes_with_all AFTER TRUNCATE ON search_document
        FOR EACH STATEMENT EXECUTE FUNCTION search_text_goes_with_document();
"""
_RANK = "-ts_rank('{0.1, 0.35, 0.6, 1.0}', d.head, %s::tsquery)"


class PostgreSQL(Engine):
    """Which documents have which tokens, the index knows; which have them in a row, it does not.
    So abstracts need no tsvector, which takes twice the place of a text that one can look into.
    """

    columns = ("id", "head", "abstract")
    and_, or_, not_ = " & ", " | ", " & !"

    def create_in(self, cursor):
        cursor.execute(_SCHEMA)

    def drop_triggers(self):
        with self.connection.cursor() as cursor:
            cursor.execute("DROP FUNCTION IF EXISTS search_text_goes_with_document CASCADE")

    def clear(self):
        with self.connection.cursor() as cursor:
            # By a trigger the words go with the documents.
            cursor.execute(
                "TRUNCATE search_document, search_facetset, search_facet, search_word;"
                " DROP INDEX IF EXISTS search_text_vector"
            )

    def is_whole(self):
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT to_regclass('search_text_vector') IS NOT NULL")
            return cursor.fetchone()[0]

    def alone(self):
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [_LOCK])

    def optimise(self):
        with self.connection.cursor() as cursor:
            cursor.execute("ANALYZE search_text; ANALYZE search_document")

    def row(self, document):
        return [document.id, _head(document), " ".join(document.words["abstract"])]

    def fill(self, table, columns, rows):
        rows = list(rows)
        if len(rows) < _WORTH_A_COPY:
            super().fill(table, columns, rows)
            return
        with (
            self.connection.cursor() as cursor,
            cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy,
        ):
            for row in rows:
                copy.write_row(row)

    def write(self, model, columns, rows, conflict):
        types = [model._meta.get_field(name).db_type(self.connection) for name in columns]
        arrays = ", ".join(f"%s::{kind}[]" for kind in types)
        with self.connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {model._meta.db_table} ({', '.join(columns)})"
                f" SELECT * FROM unnest({arrays}) {conflict}",
                [list(values) for values in zip(*rows, strict=True)],
            )

    def heads(self, ids):
        with self.connection.cursor() as cursor:
            cursor.execute(
                "SELECT id, tsvector_to_array(head) FROM search_text WHERE id = ANY(%s)",
                [list(ids)],
            )
            return {pk: set(words) for pk, words in cursor.fetchall()}

    def unlike(self, documents):
        rows = list(map(self.row, documents))
        marks = ", ".join(["(%s::bigint, %s::tsvector, %s)"] * len(rows))
        with self.connection.cursor() as cursor:
            cursor.execute(
                f"SELECT n.id FROM (VALUES {marks}) n(id, head, abstract)"
                " LEFT JOIN search_text t"
                " ON t.id = n.id AND t.head = n.head AND t.abstract = n.abstract"
                " WHERE t.id IS NULL",
                [value for row in rows for value in row],
            )
            return {pk for (pk,) in cursor.fetchall()}

    def gathered(self, column):
        return f"string_agg({column}::text, ' ')"

    def text(self, expression):
        if isinstance(expression, Without) and _has_rows(expression.unwanted):
            # Tokens that must not stand in a row may well stand apart.
            return self.text(expression.wanted)
        return super().text(expression)

    def words(self, words):
        return f"({' & '.join(_lexemes(words))})"

    def facet(self, token):
        return f"'{token}'"

    def _matching(self, expression, scope, *, ranked=False):
        query = self.text(expression)
        fit = f", {_RANK} AS fit" if ranked else ""
        conditions, params = ["search_vector(d.head, d.abstract) @@ %s::tsquery"], [query]
        for condition, values in self._left_open(expression):
            conditions.append(condition)
            params += values
        where = " AND ".join([*conditions, scope])
        sql = f"SELECT d.id AS id{fit} FROM search_text d WHERE {where}"
        return sql, [query, *params] if ranked else params

    def _left_open(self, expression):
        """The conditions, as SQL and parameters, that `text` does not hold."""
        match expression:
            case AllOf(parts):
                return [condition for part in parts for condition in self._left_open(part)]
            case Without(wanted, unwanted):
                sql, params = self._condition(unwanted)
                barred = [(f"NOT {sql}", params)] if _has_rows(unwanted) else []
                return [*self._left_open(wanted), *barred]
        return [self._condition(expression)] if _has_rows(expression) else []

    def _condition(self, expression):
        match expression:
            case Marked(token):
                return "d.head @@ %s::tsquery", [self.facet(token)]
            case Words():
                return _in_a_row(expression)
            case AllOf(parts) | AnyOf(parts):
                sign = " AND " if isinstance(expression, AllOf) else " OR "
                found = [self._condition(part) for part in parts]
                sql = f"({sign.join(sql for sql, _ in found)})"
                return sql, [value for _, values in found for value in values]

    @contextmanager
    def _asking(self):
        within = self.connection.in_atomic_block
        with self._atomic(), self.connection.cursor() as cursor:
            cursor.execute("; ".join(f"SET LOCAL {name} = {value}" for name, value in _SET))
            try:
                yield
            except OperationalError as error:
                if "statement timeout" in str(error):
                    raise TooSlowError from error
                raise
            if within:
                # What is set for a transaction outlives this part of it.
                cursor.execute("; ".join(f"SET LOCAL {name} = DEFAULT" for name, _ in _SET))


def _lexemes(words):
    sign = SIGNS.get(words.column, "")
    return [
        f"'{sign}{token.removesuffix(AND_MORE)}'{':*' if token.endswith(AND_MORE) else ''}"
        for token in words.tokens
    ]


def _has_rows(expression):
    """Whether it asks for tokens in a row."""
    match expression:
        case Words(tokens):
            return len(tokens) > 1
        case AllOf(parts) | AnyOf(parts):
            return any(map(_has_rows, parts))
    return False


def _in_a_row(words):
    """The condition, as SQL and parameters, that a document has these words."""
    head = " <-> ".join(_lexemes(words))
    if words.column in SIGNS:
        return "d.head @@ %s::tsquery", [head]
    text = f" {' '.join(words.tokens)} "
    if text.endswith(f"{AND_MORE} "):
        text = text.removesuffix(f"{AND_MORE} ")
    return (
        "(d.head @@ %s::tsquery OR strpos(' ' || d.abstract || ' ', %s) > 0)",
        [head, text],
    )


def _head(document):
    """All but the abstract as a literal: every token with its places and weights, those of some
    columns also behind their signs, and the facets."""
    places = {}
    start = 0
    for column in HEAD:
        words, sign = document.words[column], SIGNS.get(column)
        for place, word in enumerate(words, start + 1):
            at = f"{place}{_WEIGHTS[column]}"
            places.setdefault(word, []).append(at)
            if sign:
                places.setdefault(sign + word, []).append(at)
        start += len(words) + _GAP
    lexemes = [f"'{word}':{','.join(at)}" for word, at in places.items()]
    return " ".join([*lexemes, *(f"'{token}'" for token in document.facets)])
