"""Which texts exist in each language; modeltranslation looks for this module by its name."""

import simple_history
from modeltranslation.translator import TranslationOptions, register

from papers.fields import folded_fields
from papers.models import Entry, Link, Note, Paper, ReadingList, Relation, Section, Tag


@register(ReadingList)
class ReadingListTranslation(TranslationOptions):
    fields = ("title", "tagline", "introduction")


@register(Section)
class SectionTranslation(TranslationOptions):
    fields = ("title", "description")


@register(Note)
class NoteTranslation(TranslationOptions):
    fields = ("body",)


# The plain column beside the languages' columns holds whichever language was active when it
# was saved. Fixtures leave it out.
for _model, _options in (
    (ReadingList, ReadingListTranslation),
    (Section, SectionTranslation),
    (Note, NoteTranslation),
):
    for _name in _options.fields:
        _model._meta.get_field(_name).serialize = False

# Only now do the models have all their fields, which the historical ones copy.
for _model in (Entry, Link, Note, Paper, ReadingList, Relation, Section, Tag):
    _folded = [field.name for field in folded_fields(_model)]
    simple_history.register(_model, app="papers.journal", excluded_fields=_folded)
