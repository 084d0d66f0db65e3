"""Form fields that speak the curators' language: names a line each, tags by commas."""

import json
import re

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from taggit.forms import TagField

from papers.models import Tag, TaggedPaper

_SEPARATORS = ",，、;；\n"
_PIECE = re.compile(rf'\s*"([^"]*)"\s*(?=[{_SEPARATORS}]|\Z)|([^{_SEPARATORS}]+)')


class NamesFormField(forms.JSONField):
    """An ordered list of names, one a line. Blank lines are dropped."""

    widget = forms.Textarea(attrs={"rows": 6, "class": "vLargeTextField"})
    default_error_messages = {
        "several": _("Write each name on a line of its own: “%(line)s” holds several."),
    }

    def to_python(self, value):
        if self.disabled:
            return value
        names = [" ".join(line.split()) for line in (value or "").splitlines()]
        for name in names:
            # No name has one; to guess where to cut would be to guess wrong some day.
            if ";" in name or "；" in name:
                raise ValidationError(
                    self.error_messages["several"], code="several", params={"line": name}
                )
        return [name for name in names if name]

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def bound_data(self, data, initial):
        return initial if self.disabled else data

    def has_changed(self, initial, data):
        if self.disabled:
            return False
        try:
            return (initial or []) != self.to_python(data)
        except ValidationError:
            return True


def parse_tags(text):
    """The tags of a text, separated by commas of either script or semicolons.

    Spaces belong to a tag; one with a comma in its name stands in "double quotes". Of spellings
    that differ in case only the first is kept.
    """
    names = {}
    for quoted, plain in _PIECE.findall(text or ""):
        name = " ".join((quoted or plain).split())
        if name:
            names.setdefault(name.casefold(), name)
    return list(names.values())


def format_tags(names):
    """The text that `parse_tags` reads as these names."""
    return ", ".join(f'"{name}"' if re.search(f"[{_SEPARATORS}]", name) else name for name in names)


class TagsInput(forms.TextInput):
    """A text of tags, which tags.js makes a box that proposes those there are."""

    def format_value(self, value):
        return format_tags(self._names(value))

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"] |= {
            "class": "vTextField tags-input",
            "autocomplete": "off",
            "data-names": json.dumps(self._names(value), ensure_ascii=False),
            "data-url": reverse("admin:autocomplete"),
        }
        return context

    def _names(self, value):
        if isinstance(value, str):
            return parse_tags(value)
        return sorted((str(tag) for tag in value or ()), key=str.casefold)

    @property
    def media(self):
        field = TaggedPaper._meta.get_field("tag")
        own = forms.Media(js=["papers/admin/tags.js"])
        return AutocompleteSelect(field, admin.site).media + own


class TagsField(TagField):
    """Any number of tags, known and new ones. Gives a list of names."""

    widget = TagsInput
    default_error_messages = {
        "too_long": _("A tag has at most %(max)d characters: “%(name)s” is longer."),
    }

    def __init__(self, **kwargs):
        super().__init__(
            **{
                **kwargs,
                "help_text": _("Separated by commas: fine-tuning, 大语言模型. New ones are made."),
            }
        )

    def clean(self, value):
        names = parse_tags(forms.CharField.clean(self, self._as_text(value)))
        if self.required and not names:
            raise ValidationError(self.error_messages["required"], code="required")
        longest = Tag._meta.get_field("name").max_length
        for name in names:
            if len(name) > longest:
                raise ValidationError(
                    self.error_messages["too_long"],
                    code="too_long",
                    params={"max": longest, "name": name},
                )
        return names

    def has_changed(self, initial, data):
        if self.disabled:
            return False
        before = {str(tag).casefold() for tag in initial or ()}
        return before != {name.casefold() for name in parse_tags(data)}

    def _as_text(self, value):
        # A disabled field is cleaned with its initial value, the tags themselves.
        return value if value is None or isinstance(value, str) else format_tags(map(str, value))


class FixedText(forms.Widget):
    """Shows what is chosen, with a link to its page, instead of a choice."""

    def __init__(self, text, url):
        super().__init__()
        self.text, self.url = text, url

    def render(self, name, value, attrs=None, renderer=None):
        return format_html('<a class="fixed-choice" href="{}">{}</a>', self.url, self.text)


class FixedChoice(forms.Field):
    """A choice made once, for rows that exist: what is posted for it is not looked at.

    Hundreds of rows need no query each, as choice fields would make.
    """

    def __init__(self, chosen, label):
        opts = chosen._meta
        url = reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[chosen.pk])
        super().__init__(
            disabled=True, required=False, label=label, widget=FixedText(str(chosen), url)
        )
        self.chosen = chosen

    def clean(self, value):
        return self.chosen
