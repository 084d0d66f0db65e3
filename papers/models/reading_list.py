from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from papers.models.content import NO_WEB_ADDRESS, Content, is_web_address
from papers.querysets import ReadingListQuerySet


class ReadingList(Content):
    """The list's profile: the one row of its table."""

    slug = models.SlugField(_("name in fixtures"), default="main", unique=True, editable=False)
    title = models.CharField(_("title"), max_length=200)
    tagline = models.CharField(_("tagline"), max_length=300, blank=True)
    introduction = models.TextField(_("introduction"), blank=True, help_text=_("Markdown."))
    licence = models.CharField(
        _("licence"), max_length=100, blank=True, help_text=_("Of the notes, such as CC BY 4.0.")
    )
    licence_url = models.URLField(_("licence URL"), blank=True)
    contact = models.EmailField(_("contact"), blank=True, help_text=_("Shown on the about page."))

    objects = ReadingListQuerySet.as_manager()

    class Meta(Content.Meta):
        verbose_name = _("reading list")
        verbose_name_plural = _("reading list")
        constraints = [
            models.CheckConstraint(
                condition=Q(slug="main"),
                name="reading_list_is_one",
                violation_error_message=_("There is one reading list only, named “main”."),
            ),
            models.CheckConstraint(
                condition=Q(licence_url="") | is_web_address("licence_url"),
                name="reading_list_licence_url_is_web_address",
                violation_error_message=NO_WEB_ADDRESS,
            ),
        ]

    def __str__(self):
        return self.title or self.slug

    def natural_key(self):
        return (self.slug,)

    def get_absolute_url(self):
        return reverse("papers:home")

    @property
    def is_visible(self):
        """Whether the public may see it: always."""
        return True
