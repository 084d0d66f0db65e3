from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from taggit.managers import TaggableManager

from papers.admin import bulk
from papers.admin.adding import AddsMany
from papers.admin.base import ContentAdmin, change_url
from papers.admin.filters import (
    AddedTogether,
    AutocompleteFilterMedia,
    BelowSection,
    HasEntry,
    HasNote,
    Highlighted,
    WithTag,
)
from papers.admin.form_fields import NamesFormField, TagsField
from papers.admin.inlines import EntriesOfPaper, Links, NotesOfPaper, Relations
from papers.admin.rights import GuardedForm, may_publish
from papers.fields import NamesField
from papers.models import Paper
from papers.search import identified, index
from papers.search.engines.base import CURATORS
from papers.search.find import Search

PROVENANCE = ["listed_at", "created_at", "created_by", "updated_at", "updated_by"]


class PaperForm(GuardedForm):
    def validate_unique(self):
        for name in {"arxiv_id", "doi"} - set(self.errors):
            value = getattr(self.instance, name)
            other = value and Paper.objects.filter(**{name: value}).exclude(pk=self.instance.pk)
            if other and (paper := other.first()):
                link = format_html('<a href="{}">{}</a>', change_url(paper), paper)
                words = format_html(_("That is “{}”, which is here already."), link)
                self.add_error(name, ValidationError(words, code="unique"))
        super().validate_unique()


@admin.register(Paper)
class PaperAdmin(AddsMany, AutocompleteFilterMedia, ContentAdmin):
    form = PaperForm
    fieldsets = [
        (
            gettext_lazy("What it is"),
            {
                "fields": [
                    "title",
                    "translated_title",
                    "authors",
                    "authors_incomplete",
                    "year",
                    "published_on",
                    "language",
                    "abstract",
                ]
            },
        ),
        (gettext_lazy("Where to read it"), {"fields": ["arxiv_id", "doi", "url"]}),
        (gettext_lazy("In the list"), {"fields": ["status", "tags"]}),
        (
            gettext_lazy("Citing it"),
            {
                "fields": ["key", "kind", "venue", ("volume", "issue", "pages"), "publisher"],
                "classes": ["collapse"],
            },
        ),
        (
            gettext_lazy("Where this is from"),
            {
                "fields": [
                    ("arxiv_version", "arxiv_category"),
                    ("metadata_source", "metadata_at"),
                    *PROVENANCE,
                ],
                "classes": ["collapse"],
            },
        ),
    ]
    formfield_overrides = {
        NamesField: {
            "form_class": NamesFormField,
            "help_text": gettext_lazy("One name a line, in the paper's order."),
        },
        TaggableManager: {"form_class": TagsField},
    }
    inlines = [EntriesOfPaper, NotesOfPaper, Links, Relations]
    actions = [bulk.publish, bulk.withdraw, bulk.add_tags, bulk.remove_tags, bulk.place]
    list_display = ["title", "by", "year", "published_in", "status", "sections", "changed"]
    list_filter = [
        "status",
        BelowSection,
        WithTag,
        Highlighted,
        HasNote,
        HasEntry,
        "year",
        AddedTogether,
    ]
    # Those that an index has the order of.
    sortable_by = ["title", "year", "published_in", "changed"]
    ordering = ["-updated_at", "-id"]
    search_fields = ["key", "title", "translated_title", "authors", "arxiv_id", "doi"]
    search_help_text = gettext_lazy(
        "Words of title, authors, labels, tags, notes and abstract; a key, an identifier or a URL;"
        " author:, title:, tag:, section:, venue:, year:"
    )

    def for_list(self, queryset):
        # Abstracts, which it does not show, would be sorted with all else.
        return queryset.prefetch_related("entries__section").defer("abstract")

    def get_search_results(self, request, queryset, search_term):
        """By the index, as readers search, with what only curators may find."""
        if not search_term.strip():
            return queryset, False
        named = identified.papers_of(search_term, queryset.all)
        if named is not None and named.exists():
            return named, False
        index.flush_some(index.AT_A_SEARCH)
        search = Search(search_term, scope=CURATORS, typing=True)
        return search.among(queryset), False

    @admin.display(description=gettext_lazy("authors"))
    def by(self, paper):
        first, *others = paper.authors or [""]
        if others or (first and paper.authors_incomplete):
            return _("%s et al.") % first
        return first

    @admin.display(description=gettext_lazy("venue"), ordering="venue")
    def published_in(self, paper):
        return format_html('<span class="venue" title="{}">{}</span>', paper.venue, paper.venue)

    @admin.display(description=gettext_lazy("changed"), ordering="updated_at")
    def changed(self, paper):
        return date_format(localtime(paper.updated_at), "Y-m-d")

    @admin.display(description=gettext_lazy("sections"))
    def sections(self, paper):
        entries = paper.entries.all()
        return format_html_join(
            ", ", '<a href="{}">{}</a>', ((change_url(e.section), e.section) for e in entries)
        )

    def get_readonly_fields(self, request, obj=None):
        return PROVENANCE if may_publish(request) else [*PROVENANCE, "status"]

    def save_model(self, request, obj, form, change):
        if not change:
            obj.created_by = request.user
        obj.updated_by = request.user
        super().save_model(request, obj, form, change)
