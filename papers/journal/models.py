"""The change log. The historical models, made in papers/translation.py, live here too."""

import re

from django.db import connections, models
from django.utils.translation import gettext_lazy as _


class ChangeQuerySet(models.QuerySet):
    def revision(self):
        """How many transactions that changed the list have been committed.

        A count, not the highest id: a transaction may take its id early and commit late.
        """
        return int(self._counted("SUM(transactions)")[0] or 0)

    def state(self):
        """A text for the list's state: the revision, and when the log was last written to.

        A list that was brought back from a backup comes to a revision for the second time, but
        at another time.
        """
        at = _AT.get(connections[self.db].vendor, "at")
        # Of the last line alone: the latest time of all would take as long as several sums.
        last = f"(SELECT {at} FROM journal_change ORDER BY id DESC LIMIT 1)"  # noqa: S608
        revision, at = self._counted(f"SUM(transactions), {last}")
        return f"{revision or 0}-{re.sub('[^0-9]', '', str(at or ''))}"

    def names(self):
        """Whether any line names a paper, and whether any names a section: whether the search
        index is behind the list."""
        # Each by its own small index; the log grows for ever.
        row = self._row(
            "CASE WHEN EXISTS (SELECT 1 FROM journal_change WHERE paper_id IS NOT NULL)"
            " THEN 1 END,"
            " CASE WHEN EXISTS (SELECT 1 FROM journal_change WHERE section_id IS NOT NULL)"
            " THEN 1 END"
        )
        return tuple(one is not None for one in row)

    def _counted(self, columns):
        return self._row(f"{columns} FROM journal_change WHERE transactions > 0")

    def _row(self, selected):
        # Asked for each page, so not put together anew each time. These are our own words.
        sql = f"SELECT {selected}"
        connection = connections[self.db]
        if connection.vendor == "postgresql" and not connection.queries_logged:
            return _row_at_once(connection, sql)
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchone()


#: Times as text, where they would not be just that.
_AT = {"postgresql": "to_char(at AT TIME ZONE 'UTC', 'YYYYMMDDHH24MISSUS')"}


def _row_at_once(connection, sql):
    """The one row that a query without parameters gives on PostgreSQL, as texts or None.

    By libpq itself: what cursors do beside takes several times as long.
    """
    psycopg = connection.Database
    connection.ensure_connection()
    with connection.wrap_database_errors:
        result = connection.connection.pgconn.exec_(sql.encode())
        if result.status != psycopg.pq.ExecStatus.TUPLES_OK:
            raise psycopg.OperationalError(result.error_message.decode(errors="replace"))
    values = (result.get_value(0, column) for column in range(result.nfields))
    return tuple(None if value is None else value.decode() for value in values)


class Change(models.Model):
    """A line of the log that each transaction appends to while it changes the list.

    The first line of a transaction counts it; every line may name a paper that was touched, or a
    section all of whose papers were: others may come to it meanwhile, which who changes the
    section cannot see.
    """

    transactions = models.PositiveIntegerField(_("transactions"), default=0)
    paper_id = models.BigIntegerField(_("paper"), null=True)
    section_id = models.BigIntegerField(_("section"), null=True)
    at = models.DateTimeField(_("at"), auto_now_add=True)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        indexes = [
            models.Index(
                fields=["transactions"],
                condition=models.Q(transactions__gt=0),
                name="change_revision",
            ),
            # The queue of papers that the search index has not taken in.
            models.Index(
                fields=["paper_id"],
                condition=models.Q(paper_id__isnull=False),
                name="change_queue",
            ),
            models.Index(
                fields=["section_id"],
                condition=models.Q(section_id__isnull=False),
                name="change_sections",
            ),
        ]

    def __str__(self):
        return f"{self.paper_id or self.section_id or f'+{self.transactions}'}"
