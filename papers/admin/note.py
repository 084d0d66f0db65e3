from django.contrib import admin
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from papers.admin.base import ContentAdmin, change_url
from papers.admin.filters import AutocompleteFilterMedia, InSection, MissingLanguage, OnPaper
from papers.models import Note


@admin.register(Note)
class NoteAdmin(AutocompleteFilterMedia, ContentAdmin):
    """What curators have to say about papers and sections."""

    fieldsets = [
        (None, {"fields": ["body_en", "body_zh_hans", "author", "public"]}),
        (
            _("What it is about"),
            {
                "fields": ["section", "paper", "position"],
                "description": _(
                    "A section alone: the note covers its papers. A paper alone: it stands with"
                    " the paper everywhere. Both: with the paper in that section only."
                ),
            },
        ),
    ]
    autocomplete_fields = ["section", "paper"]
    list_display = ["__str__", "about", "author", "public", "languages"]
    list_filter = ["public", InSection, OnPaper, MissingLanguage]
    list_select_related = ["paper", "section"]
    ordering = ["-id"]
    search_fields = [
        "body_en",
        "body_zh_hans",
        "author",
        "paper__title",
        "section__title_en",
        "section__title_zh_hans",
    ]
    search_help_text = _("Text or author of the note, title of its paper or section")

    @admin.display(description=_("about"))
    def about(self, note):
        about = [obj for obj in (note.section, note.paper) if obj is not None]
        return format_html_join(
            " · ", '<a href="{}">{}</a>', ((change_url(obj), obj) for obj in about)
        )

    @admin.display(description=_("languages"))
    def languages(self, note):
        texts = {"English": note.body_en, "简体中文": note.body_zh_hans}
        return ", ".join(language for language, text in texts.items() if text)

    def get_changeform_initial_data(self, request):
        # The address may name the section or the paper, and then an author, too.
        return {
            "author": request.user.get_full_name(),
            **super().get_changeform_initial_data(request),
        }

    def page_of(self, note):
        return note.paper or note.section
