from django.db import models, router, transaction
from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

from papers.signals import row_saved, row_saving

#: Steps between the positions of neighbours, so that something can be put between them.
STEP = 10

NO_WEB_ADDRESS = _("A link starts with https://, http:// or ftp://.")


def is_web_address(field):
    """A condition: no javascript: link gets in, not even by a fixture."""
    schemes = ("https", "http", "ftp")
    return Q(*[(f"{field}__istartswith", f"{scheme}://") for scheme in schemes], _connector=Q.OR)


class Content(models.Model):
    """Anything the list is made of. What is written about it is logged in the same transaction."""

    class Meta:
        abstract = True
        # Related managers write through the base manager: theirs must be watched as well.
        base_manager_name = "objects"

    def save(self, *args, **kwargs):
        # One transaction with what others do after a save: the history is written then.
        with transaction.atomic(using=self._database(kwargs), savepoint=False):
            super().save(*args, **kwargs)

    def _database(self, kwargs):
        return kwargs.get("using") or router.db_for_write(type(self), instance=self)

    def _save_table(
        self,
        raw=False,
        cls=None,
        force_insert=False,
        force_update=False,
        using=None,
        update_fields=None,
    ):
        # Every save comes this way, even the raw one of a fixture, which passes save() by.
        with transaction.atomic(using=using, savepoint=False):
            row_saving.send(type(self), instance=self, raw=raw, using=using)
            updated = super()._save_table(
                raw, cls, force_insert, force_update, using, update_fields
            )
            row_saved.send(type(self), instance=self, using=using)
        return updated


class Positioned(Content):
    """Has its place among siblings; one that is saved without a place goes last."""

    position = models.PositiveIntegerField(
        _("position"),
        default=0,
        blank=True,
        help_text=_("Lower comes first. 0 puts it last."),
    )

    class Meta(Content.Meta):
        abstract = True

    def save(self, *args, **kwargs):
        if not self.position:
            siblings = self.siblings().using(self._database(kwargs)).order_by()
            last = siblings.aggregate(last=Max("position"))["last"] or 0
            self.position = last + STEP
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "position"}
        super().save(*args, **kwargs)

    def siblings(self):
        """The queryset of the objects among which this one has its place."""
        raise NotImplementedError
