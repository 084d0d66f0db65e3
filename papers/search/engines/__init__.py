"""The two engines behind one interface: see base.Engine."""

from django.db import DEFAULT_DB_ALIAS, connections

from papers.search.engines.postgresql import PostgreSQL
from papers.search.engines.sqlite import SQLite

_ENGINES = {"sqlite": SQLite, "postgresql": PostgreSQL}


def engine(using=DEFAULT_DB_ALIAS):
    """The engine of a database."""
    connection = connections[using]
    return _ENGINES[connection.vendor](connection)
