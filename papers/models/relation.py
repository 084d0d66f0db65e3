from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from papers.models.content import Content
from papers.models.paper import Paper
from papers.querysets import RelationQuerySet


class Relation(Content):
    """What a paper has to do with an earlier one: it builds on it, extends it …"""

    class Kind(models.TextChoices):
        BUILDS_ON = "builds_on", _("builds on")
        EXTENDS = "extends", _("extends")
        COMPARES_WITH = "compares_with", _("compares with")
        SUPERSEDES = "supersedes", _("supersedes")

    REVERSED = {
        Kind.BUILDS_ON: _("basis of"),
        Kind.EXTENDS: _("extended by"),
        Kind.COMPARES_WITH: _("compared with by"),
        Kind.SUPERSEDES: _("superseded by"),
    }

    from_paper = models.ForeignKey(
        Paper, on_delete=models.CASCADE, related_name="relations", verbose_name=_("paper")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.BUILDS_ON)
    to_paper = models.ForeignKey(
        Paper,
        on_delete=models.CASCADE,
        related_name="reverse_relations",
        verbose_name=_("earlier paper"),
    )

    objects = RelationQuerySet.as_manager()

    class Meta(Content.Meta):
        verbose_name = _("relation")
        verbose_name_plural = _("relations")
        constraints = [
            models.UniqueConstraint(
                fields=["from_paper", "kind", "to_paper"],
                name="relation_once",
                violation_error_message=_("This relation is there already."),
            ),
            models.CheckConstraint(
                condition=~Q(from_paper=F("to_paper")),
                name="relation_between_two",
                violation_error_message=_("A paper has no relation to itself."),
            ),
        ]

    def __str__(self):
        return f"{self.from_paper} {self.get_kind_display()} {self.to_paper}"

    def natural_key(self):
        return (self.from_paper.key, self.kind, self.to_paper.key)

    natural_key.dependencies = ["papers.paper"]

    @property
    def is_visible(self):
        """Whether the public may see it: it stands on the pages of both papers."""
        return self.from_paper.is_visible and self.to_paper.is_visible
