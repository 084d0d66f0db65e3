"""Answers of registries, kept for a day: nothing is asked twice, nor what was not known.

An SQLite file of its own, not the site's database: it may be deleted at any time.
"""

import json
import logging
import sqlite3
import zlib
from contextlib import suppress

DAY = 86_400
#: Some 200 MB at most: an answer takes one or two kilobytes. The oldest go first.
MOST = 100_000
TABLE = (
    "CREATE TABLE IF NOT EXISTS answers"
    " (key TEXT PRIMARY KEY, until REAL NOT NULL, value BLOB NOT NULL) WITHOUT ROWID"
)

logger = logging.getLogger(__name__)


class Answers:
    """Values of JSON by key, in a file. A file that cannot be used costs a warning, no more."""

    def __init__(self, path, clock):
        self.path = path
        self.clock = clock
        self._connection = None
        self._broken = False

    def get(self, key):
        """The value, or None where there is none or its time is up."""
        query = "SELECT value FROM answers WHERE key = ? AND until > ?"
        for (packed,) in self._run(query, key, self.clock()):
            with suppress(zlib.error, ValueError):  # then it is asked for again
                return json.loads(zlib.decompress(packed))
        return None

    def set(self, key, value, seconds=DAY):
        packed = zlib.compress(json.dumps(value).encode())
        query = "INSERT OR REPLACE INTO answers VALUES (?, ?, ?)"
        self._run(query, key, self.clock() + seconds, packed)

    def close(self):
        if not self._connection:
            return
        self._run("DELETE FROM answers WHERE until <= ?", self.clock())
        self._run(
            "DELETE FROM answers WHERE key IN"
            " (SELECT key FROM answers ORDER BY until DESC LIMIT -1 OFFSET ?)",
            MOST,
        )
        self._connection.close()
        self._connection = None

    def _run(self, query, *values):
        if self._broken:
            return []
        try:
            return self._open().execute(query, values).fetchall()
        except (sqlite3.Error, OSError) as error:
            self._broken = True
            logger.warning("Answers of registries are not kept in %s: %s", self.path, error)
            # Not busy, not unwritable, but no SQLite file: the next process begins a new one.
            if type(error) is sqlite3.DatabaseError:
                self.path.unlink(missing_ok=True)
            return []

    def _open(self):
        if not self._connection:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            # Autocommit: each answer is kept as soon as it is there.
            self._connection = sqlite3.connect(self.path, timeout=10, isolation_level=None)
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = NORMAL")
            self._connection.execute(TABLE)
        return self._connection
