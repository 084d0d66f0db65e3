from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from tree_queries.fields import TreeNodeForeignKey
from tree_queries.models import TreeNode

from papers.models.content import Positioned
from papers.querysets import SectionQuerySet


class Section(Positioned, TreeNode):
    """A node of the list's tree. That no section is its own ancestor is seen to by triggers,
    which changes.py keeps in the database."""

    parent = TreeNodeForeignKey(
        "self",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("parent section"),
        help_text=_("The section that this one stands in, if any."),
    )
    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(
        _("address"),
        max_length=100,
        unique=True,
        allow_unicode=True,
        help_text=_("The section's name in URLs."),
    )
    description = models.TextField(_("description"), blank=True, help_text=_("Markdown."))
    public = models.BooleanField(
        _("public"),
        default=True,
        help_text=_("A section that is not public hides everything below it."),
    )
    # Public, and so are all sections above: derived, see changes.py.
    visible = models.BooleanField(default=False, editable=False, serialize=False, db_index=True)

    objects = SectionQuerySet.as_manager()

    class Meta(Positioned.Meta):
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("id")),
                name="section_not_in_itself",
                violation_error_message=_("A section cannot stand in itself."),
            ),
            models.CheckConstraint(
                # Of NULL a check would say neither yes nor no, and let it pass.
                condition=Q(title_en__gt="", title_en__isnull=False)
                | Q(title_zh_hans__gt="", title_zh_hans__isnull=False),
                name="section_has_title",
                violation_error_message=_("A section needs a title in at least one language."),
            ),
        ]

    def __str__(self):
        return self.title or self.slug

    def natural_key(self):
        return (self.slug,)

    def siblings(self):
        return type(self).objects.filter(parent_id=self.parent_id)

    def get_absolute_url(self):
        return reverse("papers:section", args=[self.slug])

    @property
    def is_visible(self):
        """Whether the public may see it."""
        return self.visible
