from django.db import models
from django.utils.translation import gettext_lazy as _

from papers.fields import FoldedField
from papers.matching import address_key
from papers.models.content import NO_WEB_ADDRESS, Positioned, is_web_address
from papers.models.paper import Paper
from papers.querysets import LinkQuerySet


class Link(Positioned):
    """A further address of a paper."""

    class Kind(models.TextChoices):
        CODE = "code", _("Code")
        PROJECT = "project", _("Project page")
        VIDEO = "video", _("Video")
        SLIDES = "slides", _("Slides")
        DATASET = "dataset", _("Data set")
        MODEL = "model", _("Model")
        DEMO = "demo", _("Demo")
        HTML = "html", _("Web version")
        PDF = "pdf", _("PDF")
        OTHER = "other", _("Link")

    paper = models.ForeignKey(
        Paper, on_delete=models.CASCADE, related_name="links", verbose_name=_("paper")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.CODE)
    label = models.CharField(
        _("label"), max_length=100, blank=True, help_text=_("Instead of the kind's name.")
    )
    url = models.URLField(_("URL"), max_length=1000)
    url_key = FoldedField(max_length=500, of="url", fold=address_key)

    objects = LinkQuerySet.as_manager()

    class Meta(Positioned.Meta):
        verbose_name = _("link")
        verbose_name_plural = _("links")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "url"],
                name="link_once",
                violation_error_message=_("The paper has this link already."),
            ),
            models.CheckConstraint(
                condition=is_web_address("url"),
                name="link_url_is_web_address",
                violation_error_message=NO_WEB_ADDRESS,
            ),
        ]
        indexes = [models.Index(fields=["url_key"], name="link_by_url_key")]

    def __str__(self):
        return self.label or self.get_kind_display()

    def natural_key(self):
        return (self.paper.key, self.url)

    natural_key.dependencies = ["papers.paper"]

    def siblings(self):
        return type(self).objects.filter(paper_id=self.paper_id)

    @property
    def is_visible(self):
        return self.paper.is_visible
