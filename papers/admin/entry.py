from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from papers.admin.base import ContentAdmin
from papers.admin.filters import AutocompleteFilterMedia, InSection
from papers.models import Entry


@admin.register(Entry)
class EntryAdmin(AutocompleteFilterMedia, ContentAdmin):
    """Where papers stand. The place to order a section too long for its own page."""

    fields = ["section", "paper", "label", "highlighted", "position"]
    autocomplete_fields = ["section", "paper"]
    list_display = ["paper", "section", "label", "highlighted", "position", "status"]
    list_editable = ["label", "highlighted", "position"]
    list_filter = [InSection, "highlighted", "paper__status"]
    list_select_related = ["paper", "section"]
    sortable_by = ["paper"]
    # By the section's number, not by its place in the tree: an index has this order.
    ordering = ["section_id", "position", "id"]
    search_fields = ["label", "paper__title", "paper__translated_title", "paper__key"]
    search_help_text = _("Label, title or key of the paper")

    @admin.display(description=_("status"))
    def status(self, entry):
        return entry.paper.get_status_display()

    def page_of(self, entry):
        return entry.section
