"""What readers can narrow and order the list of papers by, as the query string says it."""

from collections import namedtuple
from functools import cache
from html import escape

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from papers.models import Paper, Tag
from papers.models.paper import YEARS
from papers.search import facets
from papers.search.find import Narrowing
from papers.search.language import LONGEST
from papers.search.models import Facet

ORDERS = {
    "": _("Best first"),
    "latest": _("Latest first"),
    "oldest": _("Oldest first"),
    "title": _("By title"),
    "added": _("Newly added first"),
}
#: Fields of what papers have or have not: the facet that says so, and its label.
FLAGS = {
    "highlighted": (facets.HIGHLIGHTED, _("Highlighted")),
    "has_note": (facets.NOTE, _("With a note")),
    "has_code": (facets.CODE, _("With code")),
}


class LinkedField(forms.CharField):
    """What a reader chooses by a link: the name of something in the list.

    find: a function of the PaperFilter and a name; None where there is no such thing.
    """

    def __init__(self, *, find, **kwargs):
        self.find = find
        super().__init__(required=False, max_length=300, **kwargs)


class YearFilter(django_filters.NumberFilter):
    field_class = forms.IntegerField

    def __init__(self, *args, **kwargs):
        messages = {"invalid": _("A year is a whole number, such as 2017.")}
        first, last = YEARS
        super().__init__(*args, min_value=first, max_value=last, error_messages=messages, **kwargs)

    def get_max_validator(self):
        return None


class PaperFilterForm(forms.Form):
    #: The PaperFilter that the form belongs to.
    filter = None

    def clean(self):
        cleaned = super().clean()
        for name, field in self.fields.items():
            if isinstance(field, LinkedField) and name in cleaned:
                cleaned[name] = self._found(name, field, cleaned[name])
        first, last = cleaned.get("year_from"), cleaned.get("year_to")
        if first and last and first > last:
            self.add_error("year_to", _("This year lies before the first one."))
        return cleaned

    def _found(self, name, field, value):
        found = field.find(self.filter, value) if value else None
        if value and found is None:
            sentence = _("There is no “%(value)s” here.")
            self.add_error(name, ValidationError(sentence, "unknown", {"value": value}))
        return found


class PaperFilter(django_filters.FilterSet):
    """Reads the query string of a page of papers; the index does the rest.

    outline: the sections that may be seen; preview: whether what is not public may be. A value
    that cannot be is left out and complained about beside its field.
    """

    q = django_filters.CharFilter(label=_("Words"), max_length=LONGEST)
    year_from = YearFilter(label=_("From year"))
    year_to = YearFilter(label=_("To year"))
    sort = django_filters.ChoiceFilter(
        label=_("Order"),
        choices=list(ORDERS.items())[1:],
        empty_label=ORDERS[""],
        error_messages={"invalid_choice": _("There is no “%(value)s” here.")},
    )

    class Meta:
        model = Paper
        fields = []
        form = PaperFilterForm

    def __init__(self, data, *, outline, preview=False):
        # Not FilterSet's own, which copies all filters so that each can filter: here none does.
        self.outline, self.preview = outline, preview
        self.data, self.is_bound, self.form_prefix = data, True, None

    def get_form_class(self):
        return _form_class()

    @property
    def form(self):
        form = super().form
        form.filter = self
        return form

    def _section(self, slug):
        return self.outline.find(slug)

    def _tag(self, slug):
        return Tag.objects.used(preview=self.preview).filter(slug=slug).first()

    def _venue(self, name):
        rows = Facet.objects.filter(token=facets.venue(name))
        rows = rows if self.preview else rows.filter(public__gt=0)
        return name if rows.exists() else None

    @property
    def cleaned(self):
        """What was said and can be, by field."""
        self.form.is_valid()
        return self.form.cleaned_data

    @property
    def narrowing(self):
        said = self.cleaned
        section, tag = said.get("section"), said.get("tag")
        return Narrowing(
            section=section.section.pk if section else None,
            tag=tag.pk if tag else None,
            venue=said.get("venue") or "",
            first_year=said.get("year_from"),
            last_year=said.get("year_to"),
            flags=frozenset(kind for name, (kind, _label) in FLAGS.items() if said.get(name)),
        )

    @property
    def chosen(self):
        """What the list is narrowed by: (field name, label, value as a person reads it)."""
        return [
            (name, field.label, _readable(name, value))
            for name, field in self.form.fields.items()
            if name != "sort" and (value := self.cleaned.get(name)) is not None and value != ""
        ]

    def shown(self, *, linked=False):
        """The fields for the page: those that a reader fills in, or those chosen by a link."""
        form = self.form
        return [
            Shown(
                name,
                field,
                form.data.get(name, ""),
                form.errors[name][0] if name in form.errors else "",
            )
            for name, field in form.fields.items()
            if isinstance(field, LinkedField) == linked and (not linked or form.data.get(name))
        ]


class Shown(namedtuple("Shown", ["name", "field", "value", "error"])):
    """A field of the form as a page shows it. value: as it was typed; error: a sentence or ""."""

    __slots__ = ()


# --- Writing: everything that comes from outside goes through `escape` ---


def fields_html(fields, linked):
    """The fields of the form, `Shown`, and those chosen by a link, which go with them."""
    own = [_field_html(shown) for shown in fields]
    own += [
        f'<input type="hidden" name="{shown.name}" value="{escape(shown.value)}">\n'
        for shown in linked
    ]
    return mark_safe("".join(own))  # noqa: S308 - of parts that are escaped where they are made


def _field_html(shown):
    name, error, complaint = shown.name, "", ""
    if shown.error:
        error = f' aria-invalid="true" aria-describedby="{name}-error"'
        complaint = f'<p class="complaint" id="{name}-error" role="alert">{escape(shown.error)}</p>'
    if isinstance(shown.field, forms.ChoiceField):
        control = f'<select name="{name}" id="id_{name}"{error}>\n{_options_html(shown)}</select>'
    else:
        kind = _KINDS.get(name, 'inputmode="numeric" maxlength="4"')
        control = (
            f'<input name="{name}" id="id_{name}" value="{escape(shown.value)}" {kind}{error}>'
        )
    return (
        f'<div class="field {name}">\n<label for="id_{name}">{escape(str(shown.field.label))}'
        f"</label>\n{control}\n{complaint}</div>\n"
    )


_KINDS = {"q": f'type="search" maxlength="{LONGEST}" spellcheck="false"'}


def _options_html(shown):
    return "".join(
        f'<option value="{escape(value)}"{" selected" if value == shown.value else ""}>'
        f"{escape(str(label))}</option>\n"
        for value, label in shown.field.choices
    )


class _Shared(dict):
    """Fields that no form changes, and so need not be copied for each."""

    def __deepcopy__(self, memo):
        return self


@cache
def _form_class():
    linked = {
        "section": LinkedField(label=_("Section"), find=PaperFilter._section),
        "tag": LinkedField(label=_("Tag"), find=PaperFilter._tag),
        "venue": LinkedField(label=_("Venue"), find=PaperFilter._venue),
        **{name: LinkedField(label=label, find=_one) for name, (_kind, label) in FLAGS.items()},
    }
    filled_in = {name: each.field for name, each in PaperFilter.base_filters.items()}
    form = type("PaperForm", (PaperFilterForm,), filled_in | linked)
    form.base_fields = _Shared(form.base_fields)
    return form


def _one(_filter, value):
    return value if value == "1" else None


def _readable(name, value):
    if name == "section":
        return value.section.title
    if name == "tag":
        return value.name
    return FLAGS[name][1] if name in FLAGS else value
