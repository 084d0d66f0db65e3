from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JournalConfig(AppConfig):
    """What has happened to the list: the log of changes and every object's past versions.

    An app of its own, so that `dumpdata papers` gives the list and nothing else.
    """

    name = "papers.journal"
    verbose_name = _("Journal")
