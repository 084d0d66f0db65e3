"""What is edited on the pages of papers and sections."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.models import InlineForeignKeyField

from papers.admin.base import ContentInline, OrderedStacked, OrderedTabular
from papers.admin.form_fields import FixedChoice
from papers.admin.rights import GuardedForm
from papers.models import Entry, Link, Note, Relation


class RowForm(GuardedForm):
    """A row on the page of what it belongs to, with the constraints that speak of both."""

    def _post_clean(self):
        super()._post_clean()
        # Before Django 6 a form leaves out all constraints on what its row belongs to.
        if not hasattr(forms.ModelForm, "validate_constraints") and not self.errors:
            self.validate_constraints()

    def validate_constraints(self):
        unsaved = {
            name
            for name, field in self.fields.items()
            if isinstance(field, InlineForeignKeyField) and field.parent_instance.pk is None
        }
        try:
            self.instance.validate_constraints(exclude=self._get_validation_exclusions() | unsaved)
        except ValidationError as error:
            self._update_errors(error)


class PlacedForm(RowForm):
    """An entry on its section's page. Which paper stands there is chosen once."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk and "paper" in self.fields:
            label = self.fields["paper"].label
            self.fields["paper"] = FixedChoice(self.instance.paper, label)


class EntriesOfSection(OrderedTabular):
    model = Entry
    form = PlacedForm
    autocomplete_fields = ["paper"]
    fields = ["paper", "label", "highlighted", "position"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("paper", "section")


class EntriesOfPaper(ContentInline, admin.TabularInline):
    model = Entry
    form = RowForm
    autocomplete_fields = ["section"]
    fields = ["section", "label", "highlighted"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("paper", "section")


class Notes(OrderedStacked):
    model = Note
    form = RowForm

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("paper", "section")

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "author":
            field.initial = request.user.get_full_name()
        return field


class NotesOfSection(Notes):
    autocomplete_fields = ["paper"]
    fields = ["body_en", "body_zh_hans", "paper", "author", "public", "position"]


class NotesOfPaper(Notes):
    autocomplete_fields = ["section"]
    fields = ["body_en", "body_zh_hans", "section", "author", "public", "position"]


class Links(OrderedTabular):
    model = Link
    form = RowForm
    # A plain box: the stock one repeats the address as a link, which takes a line of its own.
    formfield_overrides = {models.URLField: {"widget": forms.URLInput}}
    fields = ["kind", "url", "label", "position"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("paper")


class Relations(ContentInline, admin.TabularInline):
    model = Relation
    form = RowForm
    fk_name = "from_paper"
    autocomplete_fields = ["to_paper"]
    fields = ["kind", "to_paper"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("from_paper", "to_paper")
