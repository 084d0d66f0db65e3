"""Filters that answer curators' questions and stay usable in lists of thousands."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import Exists, OuterRef, Q
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.timezone import is_aware, localtime
from django.utils.translation import gettext_lazy as _

from papers.models import Entry, Note, Section, TaggedPaper


class AutocompleteFilter(admin.SimpleListFilter):
    """Chooses one related object by typing, where listing all of them would be too long.

    Subclasses set `field`, a foreign key, for whose target the admin has an autocomplete.
    """

    template = "admin/autocomplete_filter.html"
    field = None

    def __init__(self, request, params, model, model_admin):
        super().__init__(request, params, model, model_admin)
        objects = self.field.remote_field.model._default_manager
        number = self.value() or ""
        self.chosen = objects.filter(pk=number).first() if number.isdecimal() else None
        widget = AutocompleteSelect(
            self.field, model_admin.admin_site, attrs={"aria-label": self.title}
        )
        choice = forms.ModelChoiceField(objects.all(), widget=widget, required=False)
        form = type("Form", (forms.Form,), {self.parameter_name: choice})
        self.bound = form(initial={self.parameter_name: self.chosen}, auto_id="filter_%s")[
            self.parameter_name
        ]
        self.others = [
            (name, value)
            for name, values in request.GET.lists()
            for value in values
            if name not in {self.parameter_name, "p"}
        ]

    def has_output(self):
        return True

    def lookups(self, request, model_admin):
        return ()

    def choices(self, changelist):
        # The template draws the form; only the way to take the choice back is a link.
        yield {
            "selected": self.value() is None,
            "query_string": changelist.get_query_string(remove=[self.parameter_name]),
            "display": _("All"),
        }

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        return queryset.none() if self.chosen is None else self.rows_of(queryset, self.chosen)

    def rows_of(self, queryset, chosen):
        raise NotImplementedError

    # Facets count choices; there are none here.
    def get_facet_counts(self, pk_attname, filtered_qs):
        return {}


class AutocompleteFilterMedia:
    """For model admins with such a filter: the scripts it needs."""

    @property
    def media(self):
        field = Entry._meta.get_field("section")
        return super().media + AutocompleteSelect(field, self.admin_site).media


class InSection(AutocompleteFilter):
    """Rows that belong to exactly this section."""

    title = _("section")
    parameter_name = "section"
    field = Entry._meta.get_field("section")

    def rows_of(self, queryset, chosen):
        return queryset.filter(section=chosen)


class BelowSection(InSection):
    """Papers in this section or in one below it."""

    title = _("section, with all below it")

    def rows_of(self, queryset, chosen):
        below = Section.objects.descendants(chosen, include_self=True)
        sections = list(below.values_list("pk", flat=True))
        entries = Entry.objects.filter(section__in=sections)
        return queryset.filter(pk__in=entries.values("paper"))


class WithTag(AutocompleteFilter):
    title = _("tag")
    parameter_name = "tag"
    field = TaggedPaper._meta.get_field("tag")

    def rows_of(self, queryset, chosen):
        tagged = TaggedPaper.objects.filter(tag=chosen)
        return queryset.filter(pk__in=tagged.values("content_object"))


class YesNoFilter(admin.SimpleListFilter):
    """Subclasses say what `condition` is about, and what to call both sides of it."""

    yes = no = ""

    def lookups(self, request, model_admin):
        return [("yes", self.yes), ("no", self.no)]

    def queryset(self, request, queryset):
        if self.value() == "yes":
            return queryset.filter(self.condition())
        if self.value() == "no":
            return queryset.exclude(self.condition())
        return queryset

    def condition(self):
        raise NotImplementedError


class Highlighted(YesNoFilter):
    title = _("highlighting")
    parameter_name = "highlighted"
    yes, no = _("Highlighted"), _("Not highlighted")

    def condition(self):
        # Few of all entries, by an index of their own.
        return Q(pk__in=Entry.objects.filter(highlighted=True).values("paper"))


class HasNote(YesNoFilter):
    title = _("notes")
    parameter_name = "note"
    yes, no = _("With a note"), _("Without a note")

    def condition(self):
        return Exists(Note.objects.filter(paper=OuterRef("pk")))


class HasEntry(YesNoFilter):
    title = _("place")
    parameter_name = "entry"
    yes, no = _("In a section"), _("In no section")

    def condition(self):
        return Exists(Entry.objects.filter(paper=OuterRef("pk")))


class OnPaper(YesNoFilter):
    title = _("subject")
    parameter_name = "paper"
    yes, no = _("On a paper"), _("On a whole section")

    def condition(self):
        return Q(paper__isnull=False)


class AddedTogether(admin.SimpleListFilter):
    """Papers that came in with one list. Only a link leads here, so that the filter is seen only
    where it is in use."""

    title = _("added together")
    parameter_name = "added"

    def lookups(self, request, model_admin):
        stamp = self.stamp(request.GET.get(self.parameter_name, ""))
        if stamp is None:
            return []
        return [(stamp.isoformat(), date_format(localtime(stamp), "DATETIME_FORMAT"))]

    def queryset(self, request, queryset):
        stamp = self.stamp(self.value() or "")
        return queryset.filter(created_at=stamp) if stamp else queryset

    def stamp(self, text):
        try:
            stamp = parse_datetime(text)
        except ValueError:
            return None
        return stamp if stamp and is_aware(stamp) else None


class MissingLanguage(admin.SimpleListFilter):
    title = _("language missing")
    parameter_name = "missing"

    def lookups(self, request, model_admin):
        return [("en", _("No English")), ("zh_hans", _("No Chinese"))]

    def queryset(self, request, queryset):
        if self.value() not in {"en", "zh_hans"}:
            return queryset
        body = f"body_{self.value()}"
        return queryset.filter(Q(**{body: ""}) | Q(**{f"{body}__isnull": True}))
