"""Merging tags that mean the same, without losing one from any paper."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.db import transaction
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from papers.admin.history import remember
from papers.models import Tag, TaggedPaper


class MergeForm(forms.Form):
    """Asks which of the tags stays."""

    target = forms.ChoiceField(label=gettext_lazy("The tag that stays"), widget=forms.RadioSelect)

    def __init__(self, data, *, tags):
        super().__init__(data)
        self.tags = {str(tag.pk): tag for tag in tags}
        counts = gains(tags)
        self.fields["target"].choices = [
            (str(tag.pk), _described(tag, *counts[tag.pk])) for tag in tags
        ]

    @property
    def chosen(self):
        return self.tags[self.cleaned_data["target"]]


def gains(tags):
    """For each tag's id: how many papers have it, and how many get it if the others go into it."""
    having = {tag.pk: set() for tag in tags}
    rows = TaggedPaper.objects.filter(tag__in=having)
    for tag, paper in rows.values_list("tag_id", "content_object_id"):
        having[tag].add(paper)
    everything = set().union(*having.values())
    return {tag: (len(papers), len(everything - papers)) for tag, papers in having.items()}


@admin.action(description=gettext_lazy("Merge into one tag…"), permissions=["merge"])
def merge(modeladmin, request, queryset):
    """Asks into which of the chosen tags, names the effect, then does it or nothing at all."""
    tags = list(queryset.order_by("name"))
    if len(tags) < 2:
        modeladmin.message_user(request, _("Choose two tags or more to merge."), messages.WARNING)
        return None
    form = MergeForm(request.POST if "apply" in request.POST else None, tags=tags)
    if form.is_valid():
        _merge(modeladmin, request, tags, form.chosen)
        return None
    context = {
        **modeladmin.admin_site.each_context(request),
        "title": _("Merge tags"),
        "opts": modeladmin.opts,
        "media": modeladmin.media,
        "form": form,
        "effects": [
            _(
                "Every paper with one of these tags will have the tag that stays. The other tags"
                " go, and so do their pages."
            )
        ],
        "button": _("Merge"),
        "action": "merge",
        "selected": request.POST.getlist(helpers.ACTION_CHECKBOX_NAME),
        "select_across": request.POST.get("select_across", "0"),
    }
    return TemplateResponse(request, "admin/bulk.html", context)


def _merge(modeladmin, request, tags, target):
    others = [tag.name for tag in tags if tag != target]
    moving = gains(tags)[target.pk][1]
    with transaction.atomic():
        remember(Tag, [target.pk])
        Tag.objects.filter(pk__in=[tag.pk for tag in tags]).merge_into(target)
        # The history of the tag that stays tells where the others went.
        target._change_reason = (_("Merged into it: %s") % ", ".join(others))[:100]
        target.save()
        modeladmin.log_change(request, target, target._change_reason)
    moved = ngettext(
        "%(count)d paper was moved to “%(tag)s”.",
        "%(count)d papers were moved to “%(tag)s”.",
        moving,
    )
    modeladmin.message_user(request, moved % {"count": moving, "tag": target}, messages.SUCCESS)


def _described(tag, having, getting):
    has = ngettext("%(count)d paper has it", "%(count)d papers have it", having)
    gets = ngettext("%(count)d gets it", "%(count)d get it", getting)
    return f"{tag} ({has % {'count': having}}, {gets % {'count': getting}})"
