"""Texts that exist in each language, as the admin names and shows them."""

from django.conf import settings
from django.utils.text import capfirst


def is_translation(field):
    return hasattr(field, "translated_field")


def originals(model):
    """The names of the fields that only mirror one of their translations."""
    return {f.translated_field.name for f in model._meta.concrete_fields if is_translation(f)}


def label(field):
    """A field's name for people; that of a translation names its language."""
    if not is_translation(field):
        return capfirst(field.verbose_name)
    language = dict(settings.LANGUAGES)[field.language]
    return f"{capfirst(field.translated_field.verbose_name)} ({language})"


class PerLanguage:
    """For model admins and inlines: labels the fields of each language."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and is_translation(db_field):
            field.label = label(db_field)
            # At least one language; which one is the database's rule, not the form's.
            field.required = False
            # Chinese and Latin letters each in their own font.
            field.widget.attrs["lang"] = db_field.language
        return field
