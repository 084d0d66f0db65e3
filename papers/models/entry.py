from django.db import models
from django.utils.translation import gettext_lazy as _

from papers.models.content import Positioned
from papers.models.paper import Paper
from papers.models.section import Section
from papers.querysets import EntryQuerySet


class Entry(Positioned):
    """A paper placed in a section."""

    section = models.ForeignKey(
        Section, on_delete=models.CASCADE, related_name="entries", verbose_name=_("section")
    )
    paper = models.ForeignKey(
        Paper, on_delete=models.CASCADE, related_name="entries", verbose_name=_("paper")
    )
    label = models.CharField(
        _("label"), max_length=100, blank=True, help_text=_("What everybody calls it: LoRA.")
    )
    highlighted = models.BooleanField(
        _("highlighted"), default=False, help_text=_("Read this one first.")
    )

    objects = EntryQuerySet.as_manager()

    class Meta(Positioned.Meta):
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["section", "paper"],
                name="entry_once",
                violation_error_message=_("The paper stands in this section already."),
            ),
        ]
        indexes = [
            models.Index(fields=["section", "position", "id"], name="entry_in_order"),
            models.Index(
                fields=["id"], condition=models.Q(highlighted=True), name="entry_highlighted"
            ),
        ]

    def __str__(self):
        return self.label or str(self.paper)

    def natural_key(self):
        return (self.section.slug, self.paper.key)

    natural_key.dependencies = ["papers.section", "papers.paper"]

    def siblings(self):
        return type(self).objects.filter(section_id=self.section_id)

    @property
    def is_visible(self):
        """Whether the public may see it."""
        return self.paper.is_visible and self.section.is_visible
