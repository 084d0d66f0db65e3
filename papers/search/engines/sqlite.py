"""SQLite: FTS5 (https://sqlite.org/fts5.html), fed with our own tokens."""

import time

from papers.search.documents import COLUMNS, HEAD, SIGNS
from papers.search.engines.base import CURATORS, PUBLIC, Engine
from papers.search.language import AND_MORE
from papers.search.models import Document, Facet, FacetSet, Word

_TRIGGER = "search_text_goes_with_document"

# To this tokenizer whatever is no ASCII is a letter, and blanks are what our tokens are between.
_COLUMNS = (*COLUMNS, "signed", "facets")
_TABLE = f"""
    CREATE VIRTUAL TABLE IF NOT EXISTS search_text
    USING fts5({", ".join(_COLUMNS)}, tokenize = 'ascii')
"""

_SCOPES = {PUBLIC: "rowid > 0", CURATORS: CURATORS.replace("d.id", "search_text.rowid")}

# In the order of the columns; facets tell nothing.
_RANK = "bm25(search_text, 10, 6, 3.5, 1, 10, 0)"


class SQLite(Engine):
    columns = ("rowid", *_COLUMNS)

    def create_in(self, cursor):
        cursor.execute(_TABLE)
        cursor.execute(
            f"CREATE TRIGGER IF NOT EXISTS {_TRIGGER} AFTER DELETE ON search_document"
            " BEGIN DELETE FROM search_text WHERE rowid = OLD.id; END"
        )

    def drop_triggers(self):
        with self.connection.cursor() as cursor:
            cursor.execute(f"DROP TRIGGER IF EXISTS {_TRIGGER}")

    def clear(self):
        with self.connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS search_text")
            cursor.execute(_TABLE)
        for model in (Document, FacetSet, Facet, Word):
            model.objects.using(self.connection.alias).all().delete()

    def give_way(self):
        # Who waits for the lock looks ten times a second whether it is free.
        time.sleep(0.11)

    def optimise(self):
        with self.connection.cursor() as cursor:
            cursor.execute("INSERT INTO search_text(search_text) VALUES ('optimize')")

    def row(self, document):
        return [document.id, *_texts(document)]

    def _stored(self, ids, columns):
        marks = ", ".join(["%s"] * len(ids))
        with self.connection.cursor() as cursor:
            cursor.execute(
                f"SELECT rowid, {', '.join(columns)} FROM search_text WHERE rowid IN ({marks})",
                list(ids),
            )
            return {pk: texts for pk, *texts in cursor.fetchall()}

    def heads(self, ids):
        stored = self._stored(ids, HEAD)
        return {
            pk: {word for text in texts for word in text.split()} for pk, texts in stored.items()
        }

    def unlike(self, documents):
        stored = self._stored([document.id for document in documents], _COLUMNS)
        return {d.id for d in documents if stored.get(d.id) != _texts(d)}

    def gathered(self, column):
        return f"group_concat({column}, ' ')"

    def words(self, words):
        text = " ".join(SIGNS.get(words.column, "") + token for token in words.tokens)
        more = text.endswith(AND_MORE)
        return f'"{text.removesuffix(AND_MORE)}"{" *" if more else ""}'

    def facet(self, token):
        return f'"{token}"'

    def _matching(self, expression, scope, *, ranked=False):
        fit = f", {_RANK} AS fit" if ranked else ""
        sql = (
            f"SELECT rowid AS id{fit} FROM search_text"
            f" WHERE search_text MATCH %s AND {_SCOPES[scope]} ORDER BY rowid DESC"
        )
        return sql, [self.text(expression)]


def _texts(document):
    """What stands of a document in _COLUMNS."""
    signed = [sign + word for column, sign in SIGNS.items() for word in document.words[column]]
    return [" ".join(words) for words in (*document.words.values(), signed, document.facets)]
