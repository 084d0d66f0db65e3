"""Links and relations. They are edited on their paper's page; here all of them are searched."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from papers.admin.base import ContentAdmin
from papers.models import Link, Relation


@admin.register(Link)
class LinkAdmin(ContentAdmin):
    fields = ["paper", "kind", "url", "label", "position"]
    autocomplete_fields = ["paper"]
    list_display = ["paper", "kind", "url", "label"]
    list_filter = ["kind"]
    list_select_related = ["paper"]
    ordering = ["paper_id", "position", "id"]
    search_fields = ["url", "label", "paper__title", "paper__key"]
    search_help_text = _("Address or label of the link, title or key of the paper")

    def page_of(self, link):
        return link.paper


@admin.register(Relation)
class RelationAdmin(ContentAdmin):
    fields = ["from_paper", "kind", "to_paper"]
    autocomplete_fields = ["from_paper", "to_paper"]
    list_display = ["from_paper", "kind", "to_paper"]
    list_filter = ["kind"]
    list_select_related = ["from_paper", "to_paper"]
    ordering = ["from_paper_id", "id"]
    search_fields = ["from_paper__title", "from_paper__key", "to_paper__title", "to_paper__key"]
    search_help_text = _("Title or key of either paper")

    def page_of(self, relation):
        return relation.from_paper
