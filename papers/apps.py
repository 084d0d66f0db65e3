from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PapersConfig(AppConfig):
    name = "papers"
    verbose_name = _("Reading list")

    def ready(self):
        # Receivers need the models, which are loaded only now.
        from papers import changes  # noqa: PLC0415

        changes.connect()
