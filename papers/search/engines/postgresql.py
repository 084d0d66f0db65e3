"""PostgreSQL: tsvector and GIN (https://www.postgresql.org/docs/current/textsearch.html), fed
with our own tokens: its parser and dictionaries take no part."""

from contextlib import contextmanager

from django.db import OperationalError

from papers.search.documents import COLUMNS, HEAD, SIGNS
from papers.search.engines.base import Engine, TooSlowError
from papers.search.language import AND_MORE

_LOCK = "search_index"
#: Milliseconds after which a search is given up.
_LONGEST = 2000
#: Places left free between two columns, so that no phrase reaches across.
_GAP = 10
_WEIGHTS = dict(zip(COLUMNS, "ABCD", strict=True))

_SCHEMA = """
    CREATE TABLE IF NOT EXISTS search_text (
        id bigint PRIMARY KEY, vector tsvector NOT NULL, head tsvector NOT NULL
    );
    CREATE INDEX IF NOT EXISTS search_text_vector ON search_text
        USING gin (vector) WITH (fastupdate = off);
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


class PostgreSQL(Engine):
    columns = ("id", "vector", "head")
    rank = "-ts_rank('{0.1, 0.35, 0.6, 1.0}', d.head, %s::tsquery)"
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
        return [document.id, _vector(document), _head(document)]

    def fill(self, table, columns, rows):
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
                [list(values) for values in zip(*rows, strict=True)] or [[]] * len(columns),
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
        marks = ", ".join(["(%s::bigint, %s::tsvector, %s::tsvector)"] * len(rows))
        with self.connection.cursor() as cursor:
            cursor.execute(
                f"SELECT n.id FROM (VALUES {marks}) n(id, vector, head)"
                " LEFT JOIN search_text t"
                " ON t.id = n.id AND t.vector = n.vector AND t.head = n.head"
                " WHERE t.id IS NULL",
                [value for row in rows for value in row],
            )
            return {pk for (pk,) in cursor.fetchall()}

    def gathered(self, column):
        return f"string_agg({column}::text, ' ')"

    def words(self, words):
        sign = SIGNS.get(words.column, "")
        texts = [
            f"'{sign}{token.removesuffix(AND_MORE)}'{':*' if token.endswith(AND_MORE) else ''}"
            for token in words.tokens
        ]
        return f"({' <-> '.join(texts)})"

    def facet(self, token):
        return f"'{token}'"

    def _matching(self, scope, rank=None):
        fit = f", {rank} AS fit" if rank else ""
        return (
            f"SELECT d.id AS id{fit} FROM search_text d WHERE d.vector @@ %s::tsquery AND {scope}"
        )

    def _rank_params(self, expression):
        return [self.text(expression)]

    @contextmanager
    def _asking(self):
        within = self.connection.in_atomic_block
        with self._atomic(), self.connection.cursor() as cursor:
            # The planner takes a LIMIT for a reason to go through the whole table.
            cursor.execute(
                f"SET LOCAL enable_seqscan = off; SET LOCAL statement_timeout = {_LONGEST}"
            )
            try:
                yield
            except OperationalError as error:
                if "statement timeout" in str(error):
                    raise TooSlowError from error
                raise
            if within:
                # What is set for a transaction outlives this part of it.
                cursor.execute(
                    "SET LOCAL enable_seqscan = DEFAULT; SET LOCAL statement_timeout = DEFAULT"
                )


def _vector(document):
    """A document as a literal: every token with its places and weights, and its facets."""
    facets = [f"'{token}'" for token in document.facets]
    return " ".join([*_lexemes(document, COLUMNS, SIGNS), *facets])


def _head(document):
    return " ".join(_lexemes(document, HEAD, {}))


def _lexemes(document, columns, signs):
    """The tokens of these columns, those of the columns that have signs also behind theirs."""
    places = {}
    start = 0
    for column in columns:
        words, sign = document.words[column], signs.get(column)
        for place, word in enumerate(words, start + 1):
            at = f"{place}{_WEIGHTS[column]}"
            places.setdefault(word, []).append(at)
            if sign:
                places.setdefault(sign + word, []).append(at)
        start += len(words) + _GAP
    return [f"'{word}':{','.join(at)}" for word, at in places.items()]
