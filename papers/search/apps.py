from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """The search index: an app of its own, so that `dumpdata papers` gives the list only."""

    name = "papers.search"
    label = "search"
    verbose_name = _("Search")

    def ready(self):
        pre_migrate.connect(_before_migrate, sender=self)
        post_migrate.connect(_after_migrate, sender=self)


def _before_migrate(using, **kwargs):
    _engine(using).drop_triggers()


def _after_migrate(using, **kwargs):
    _engine(using).create()


def _engine(using):
    # Engines need the models, which are loaded only once all apps are.
    from papers.search.engines import engine  # noqa: PLC0415

    return engine(using)
