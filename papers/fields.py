"""Model fields that know what they hold: identifiers in one spelling, lists of names."""

import json

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from papers.identifiers import parse_arxiv, parse_doi


class IdentifierField(models.CharField):
    """An identifier, normalised wherever it enters: forms, fixtures, saves, lookups.

    Blank is NULL, so that papers without one do not collide where it is unique. Subclasses say
    how to parse.
    """

    def parse(self, text):
        """`text` in its one spelling, or None where it is no such identifier."""
        raise NotImplementedError

    def to_python(self, value):
        value = super().to_python(value)
        if value is None or not value.strip():
            return None
        normal = self.parse(value)
        if normal is None:
            raise ValidationError(
                self.error_messages["invalid"], code="invalid", params={"value": value}
            )
        return normal

    def get_prep_value(self, value):
        value = super().get_prep_value(value)  # which calls to_python
        return None if value is None else str(value)

    def formfield(self, **kwargs):
        # Room for the long URLs that get pasted here; what is kept is shorter.
        return super().formfield(**{"max_length": 2000, **kwargs})


class PastedArxivId(str):
    """An arXiv identifier that remembers the version it was pasted with."""

    __slots__ = ("version",)

    def __str__(self):
        return self[:]


class ArxivIdField(IdentifierField):
    default_error_messages = {
        "invalid": _("“%(value)s” is not an arXiv identifier such as 1706.03762 or cs/0112017."),
    }

    def parse(self, text):
        found = parse_arxiv(text)
        if not found:
            return None
        identifier = PastedArxivId(found.id)
        # Forms clean a value twice: what the first time found out is not forgotten.
        identifier.version = found.version or getattr(text, "version", None)
        return identifier


class DoiField(IdentifierField):
    default_error_messages = {
        "invalid": _("“%(value)s” is not a DOI such as 10.1038/s41586-025-09422-z."),
    }

    def parse(self, text):
        return parse_doi(text)


class ReadableJSONEncoder(json.JSONEncoder):
    """Keeps Chinese readable, and findable, in the database."""

    def __init__(self, **kwargs):
        super().__init__(**{**kwargs, "ensure_ascii": False})

    def encode(self, o):
        # Texts one by one are written in a fraction of the time that a list takes.
        if type(o) is list and set(map(type, o)) == {str}:
            return f"[{', '.join(map(super().encode, o))}]"
        return super().encode(o)


class NamesField(models.JSONField):
    """An ordered list of names."""

    default_error_messages = {
        "not_names": _("Names must be a list of non-empty texts."),
    }

    def __init__(self, *args, **kwargs):
        kwargs = {"default": list, "blank": True, "encoder": ReadableJSONEncoder, **kwargs}
        super().__init__(*args, **kwargs)

    def to_python(self, value):
        # Django reads XML fixtures by handing over JSON text, which it parses afterwards.
        if isinstance(value, str):
            return value
        self._check(value)
        return [" ".join(name.split()) for name in value]

    def validate(self, value, model_instance):
        super().validate(value, model_instance)
        self._check(value)

    def _check(self, names):
        if not isinstance(names, list) or not all(isinstance(n, str) and n.strip() for n in names):
            raise ValidationError(self.error_messages["not_names"], code="not_names")


class FoldedField(models.CharField):
    """What the spellings of another field's value have in common, to look things up by.

    of: the other field's name; fold: the function that folds its value. Derived whenever a row
    is saved, also in bulk; changes.py sees to fixtures and to updates.
    """

    def __init__(self, *args, of, fold, **kwargs):
        self.of, self.fold = of, fold
        kwargs = {"editable": False, "serialize": False, "blank": True, **kwargs}
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "of": self.of, "fold": self.fold}

    def derive(self, instance):
        setattr(instance, self.attname, self.fold(getattr(instance, self.of) or ""))

    def pre_save(self, instance, add):
        self.derive(instance)
        return super().pre_save(instance, add)


def folded_fields(model):
    """The model's columns that are folded from others."""
    return [field for field in model._meta.concrete_fields if isinstance(field, FoldedField)]
