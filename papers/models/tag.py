from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase, TagBase

from papers.models.content import Content
from papers.querysets import TaggedPaperQuerySet, TagQuerySet


class Tag(Content, TagBase):
    objects = TagQuerySet.as_manager()

    class Meta(Content.Meta):
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="tag_name_unique",
                violation_error_message=_("There is a tag of this name, perhaps in other case."),
            ),
        ]

    def natural_key(self):
        return (self.name,)

    def get_absolute_url(self):
        return reverse("papers:tag", args=[self.slug])

    @property
    def is_visible(self):
        """Whether the public may see it: on some paper that it may see."""
        public = TaggedPaper.objects.filter(tag=self.pk, content_object__status="published")
        return public.exists()

    def slugify(self, tag, i=None):
        # A name of signs only ("C++", "★") leaves nothing, or too little, to slugify.
        return super().slugify(tag.replace("+", "p").replace("#", "sharp"), i) or "tag"


class TaggedPaper(Content, ItemBase):
    """A tag on a paper, held by a real foreign key."""

    tag = models.ForeignKey(
        Tag, on_delete=models.CASCADE, related_name="tagged_papers", verbose_name=_("tag")
    )
    content_object = models.ForeignKey(
        "papers.Paper",
        on_delete=models.CASCADE,
        related_name="tagged_papers",
        verbose_name=_("paper"),
    )

    objects = TaggedPaperQuerySet.as_manager()

    class Meta(Content.Meta):
        verbose_name = _("tag of a paper")
        verbose_name_plural = _("tags of papers")
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="tagged_once"),
        ]

    def __str__(self):
        return f"{self.content_object_id}: {self.tag_id}"

    def natural_key(self):
        return (self.content_object.key, self.tag.name)

    natural_key.dependencies = ["papers.paper", "papers.tag"]

    @property
    def is_visible(self):
        return self.content_object.is_visible
