import uuid

from django.db import models
from django.db.models import Q
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from papers.models.content import Positioned
from papers.models.paper import Paper
from papers.models.section import Section
from papers.querysets import NoteQuerySet


class Note(Positioned):
    """A curator's annotation: on a section (it covers the section's papers), on a paper
    wherever it stands, or on a paper within one section."""

    uid = models.UUIDField(_("name in fixtures"), default=uuid.uuid4, unique=True, editable=False)
    section = models.ForeignKey(
        Section,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="notes",
        verbose_name=_("section"),
    )
    paper = models.ForeignKey(
        Paper,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="notes",
        verbose_name=_("paper"),
    )
    body = models.TextField(_("text"), help_text=_("Markdown, with $math$."))
    author = models.CharField(
        _("author"), max_length=100, blank=True, help_text=_("Signs the note, if given.")
    )
    public = models.BooleanField(_("public"), default=True)

    objects = NoteQuerySet.as_manager()

    class Meta(Positioned.Meta):
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(section__isnull=False) | Q(paper__isnull=False),
                name="note_belongs_somewhere",
                violation_error_message=_("A note belongs to a section, to a paper or to both."),
            ),
            models.CheckConstraint(
                # Of NULL a check would say neither yes nor no, and let it pass.
                condition=Q(body_en__gt="", body_en__isnull=False)
                | Q(body_zh_hans__gt="", body_zh_hans__isnull=False),
                name="note_has_text",
                violation_error_message=_("A note needs a text in at least one language."),
            ),
        ]

    def __str__(self):
        return Truncator(self.body or "").chars(60)

    def natural_key(self):
        return (str(self.uid),)

    natural_key.dependencies = ["papers.section", "papers.paper"]

    def siblings(self):
        return type(self).objects.filter(section_id=self.section_id, paper_id=self.paper_id)

    @property
    def is_visible(self):
        """Whether the public may see it."""
        return (
            self.public
            and (self.paper is None or self.paper.is_visible)
            and (self.section is None or self.section.is_visible)
        )
