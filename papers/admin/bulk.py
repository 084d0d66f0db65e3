"""What is done to many papers at once. A page names the effect first; then all of it is done,
with its history, or nothing."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.db import transaction
from django.db.models import Max
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from papers.admin.form_fields import TagsField
from papers.admin.history import remember
from papers.admin.rights import may_publish
from papers.models import Entry, Paper, Section, Tag, TaggedPaper
from papers.models.content import STEP
from papers.querysets import chunks

#: So many papers are named on the page that asks.
SHOWN = 20


class TagsForm(forms.Form):
    tags = TagsField(label=gettext_lazy("Tags"))


class KnownTagsForm(forms.Form):
    tags = forms.ModelMultipleChoiceField(
        Tag.objects.all(),
        label=gettext_lazy("Tags"),
        widget=AutocompleteSelectMultiple(TaggedPaper._meta.get_field("tag"), admin.site),
    )


class SectionForm(forms.Form):
    section = forms.ModelChoiceField(
        Section.objects.all(),
        label=gettext_lazy("Section"),
        widget=AutocompleteSelect(Entry._meta.get_field("section"), admin.site),
    )


# --- The actions ---


@admin.action(description=gettext_lazy("Publish…"), permissions=["publish"])
def publish(modeladmin, request, queryset):
    drafts = queryset.filter(status=Paper.Status.DRAFT)
    count = drafts.count()
    if "apply" in request.POST:
        _write(drafts, lambda papers: papers.publish(timezone.now()), request.user)
        done = ngettext("%(count)d paper is public now.", "%(count)d papers are public now.", count)
        return _say(modeladmin, request, done % {"count": count})
    effects = [
        ngettext("%(count)d draft becomes public.", "%(count)d drafts become public.", count)
        % {"count": count}
    ]
    if public := queryset.count() - count:
        effects.append(
            ngettext("%(count)d is public already.", "%(count)d are public already.", public)
            % {"count": public}
        )
    return _ask(modeladmin, request, queryset, "publish", _("Publish papers"), effects)


@admin.action(description=gettext_lazy("Withdraw…"), permissions=["publish"])
def withdraw(modeladmin, request, queryset):
    public = queryset.filter(status=Paper.Status.PUBLISHED)
    count = public.count()
    if "apply" in request.POST:
        _write(public, lambda papers: papers.withdraw(timezone.now()), request.user)
        done = ngettext(
            "%(count)d paper is a draft now.", "%(count)d papers are drafts now.", count
        )
        return _say(modeladmin, request, done % {"count": count})
    effects = [
        ngettext(
            "%(count)d paper disappears from the public pages, with its notes. It stays here as a"
            " draft.",
            "%(count)d papers disappear from the public pages, with their notes. They stay here"
            " as drafts.",
            count,
        )
        % {"count": count}
    ]
    return _ask(modeladmin, request, queryset, "withdraw", _("Withdraw papers"), effects)


@admin.action(description=gettext_lazy("Add tags…"), permissions=["change"])
def add_tags(modeladmin, request, queryset):
    if _has_public(modeladmin, request, queryset):
        return None
    form = TagsForm(request.POST if "apply" in request.POST else None)
    if form.is_valid():
        with transaction.atomic():
            tags = [_tag_named(name) for name in form.cleaned_data["tags"]]
            count = _write(queryset, lambda papers: _tag(papers, tags), request.user)
        done = ngettext("%(count)d paper is tagged.", "%(count)d papers are tagged.", count)
        return _say(modeladmin, request, done % {"count": count})
    effects = [_("The papers get these tags and keep those they have.")]
    return _ask(modeladmin, request, queryset, "add_tags", _("Add tags"), effects, form)


@admin.action(description=gettext_lazy("Remove tags…"), permissions=["change"])
def remove_tags(modeladmin, request, queryset):
    if _has_public(modeladmin, request, queryset):
        return None
    form = KnownTagsForm(request.POST if "apply" in request.POST else None)
    if form.is_valid():
        tags = list(form.cleaned_data["tags"])
        tagged = queryset.filter(
            pk__in=TaggedPaper.objects.filter(tag__in=tags).values("content_object")
        )
        count = _write(tagged, lambda papers: _untag(papers, tags), request.user)
        done = ngettext(
            "%(count)d paper has lost a tag.", "%(count)d papers have lost a tag.", count
        )
        return _say(modeladmin, request, done % {"count": count})
    effects = [_("The papers lose these tags. The tags themselves stay, for other papers.")]
    return _ask(modeladmin, request, queryset, "remove_tags", _("Remove tags"), effects, form)


@admin.action(description=gettext_lazy("Place into a section…"), permissions=["change"])
def place(modeladmin, request, queryset):
    form = SectionForm(request.POST if "apply" in request.POST else None)
    if form.is_valid():
        section = form.cleaned_data["section"]
        if section.visible and _has_public(modeladmin, request, queryset):
            return None
        new = queryset.exclude(entries__section=section)
        count = _write(new, lambda papers: _place(papers, section, request.user), None)
        done = ngettext(
            "%(count)d paper was placed into “%(section)s”.",
            "%(count)d papers were placed into “%(section)s”.",
            count,
        )
        return _say(modeladmin, request, done % {"count": count, "section": section})
    effects = [
        _(
            "The papers go to the end of the section. Where else they stand, they stay; one that"
            " is there already is left alone."
        )
    ]
    return _ask(modeladmin, request, queryset, "place", _("Place papers"), effects, form)


# --- Asking and telling ---


def _ask(modeladmin, request, queryset, action, title, effects, form=None):
    count = queryset.count()
    context = {
        **modeladmin.admin_site.each_context(request),
        "title": title,
        "opts": modeladmin.opts,
        "media": modeladmin.media + form.media if form else modeladmin.media,
        "form": form,
        "effects": effects,
        "button": title,
        "action": action,
        "objects": queryset[:SHOWN],
        "more": max(0, count - SHOWN),
        "selected": request.POST.getlist(helpers.ACTION_CHECKBOX_NAME),
        "select_across": request.POST.get("select_across", "0"),
    }
    return TemplateResponse(request, "admin/bulk.html", context)


def _say(modeladmin, request, text):
    modeladmin.message_user(request, text, messages.SUCCESS)


def _has_public(modeladmin, request, queryset):
    """Whether the rule forbids the action for some of these papers; says so if it does."""
    if may_publish(request):
        return False
    public = queryset.visible().count()
    if public:
        words = ngettext(
            "%(count)d of the papers is public. Only an editor may change it.",
            "%(count)d of the papers are public. Only an editor may change them.",
            public,
        )
        modeladmin.message_user(request, words % {"count": public}, messages.ERROR)
    return bool(public)


# --- Writing ---


def _write(queryset, change, user):
    """Calls `change` with some hundred of the papers after the other, in one transaction.

    Where there is a `user`, who has changed the papers themselves, they go into the history.
    Returns how many papers there were.
    """
    papers = list(queryset.order_by("pk").values_list("pk", flat=True))
    with transaction.atomic():
        for numbers in chunks(papers):
            chunk = Paper.objects.filter(pk__in=numbers)
            if user:
                remember(Paper, numbers)
            change(chunk)
            if user:
                chunk.update(updated_at=timezone.now(), updated_by=user)
                Paper.history.bulk_history_create(list(chunk), update=True, default_user=user)
    return len(papers)


def _tag_named(name):
    return Tag.objects.filter(name__iexact=name).first() or Tag.objects.create(name=name)


def _tag(papers, tags):
    known = set(
        TaggedPaper.objects.filter(content_object__in=papers, tag__in=tags).values_list(
            "content_object_id", "tag_id"
        )
    )
    TaggedPaper.objects.bulk_create(
        TaggedPaper(content_object=paper, tag=tag)
        for paper in papers
        for tag in tags
        if (paper.pk, tag.pk) not in known
    )


def _untag(papers, tags):
    TaggedPaper.objects.filter(content_object__in=papers, tag__in=tags).delete()


def _place(papers, section, user):
    last = section.entries.aggregate(last=Max("position"))["last"] or 0
    entries = Entry.objects.bulk_create(
        Entry(section=section, paper=paper, position=last + number * STEP)
        for number, paper in enumerate(papers, start=1)
    )
    Entry.history.bulk_history_create(entries, default_user=user)
