# Registers taggit's own Tag, which goes below.
import taggit.admin
import taggit.models
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from papers.admin.base import ContentAdmin
from papers.admin.lists import count_of
from papers.admin.merge import merge
from papers.admin.rights import GuardedForm
from papers.models import Tag, TaggedPaper

# Its list would be empty, and its merge action loses tags.
if admin.site.is_registered(taggit.models.Tag):
    admin.site.unregister(taggit.models.Tag)


class TagForm(GuardedForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].label = _("Address")
            self.fields["slug"].help_text = _(
                "The tag's name in URLs. Made from its name where it is left blank."
            )
            self.fields["slug"].required = False

    def clean(self):
        cleaned = super().clean()
        if self.instance.pk and "slug" in cleaned and not cleaned["slug"]:
            # Addresses that are known stay as they are.
            cleaned["slug"] = self.instance.slug
        return cleaned


@admin.register(Tag)
class TagAdmin(ContentAdmin):
    """Tags, and the merging of those that mean the same."""

    form = TagForm
    fields = ["name", "slug"]
    list_display = ["name", "papers", "slug"]
    ordering = ["name"]
    search_fields = ["name"]
    actions = [merge]

    def for_list(self, queryset):
        return queryset.annotate(papers=count_of(TaggedPaper.objects.all(), "tag"))

    def goes_with(self, objs):
        return [TaggedPaper.objects.filter(tag__in=[tag.pk for tag in objs])]

    @admin.display(description=_("papers"), ordering="papers")
    def papers(self, tag):
        return tag.papers

    def has_merge_permission(self, request):
        return (
            self.has_publish_permission(request)
            and self.has_change_permission(request)
            and self.has_delete_permission(request)
        )
