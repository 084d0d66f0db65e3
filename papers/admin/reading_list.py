from django.contrib import admin
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from papers.admin.base import ContentAdmin, change_url
from papers.models import ReadingList


@admin.register(ReadingList)
class ReadingListAdmin(ContentAdmin):
    """The list's profile: one row, so its list is its form."""

    fieldsets = [
        (None, {"fields": ["title_en", "title_zh_hans", "tagline_en", "tagline_zh_hans"]}),
        (_("Introduction"), {"fields": ["introduction_en", "introduction_zh_hans"]}),
        (_("About"), {"fields": ["licence", "licence_url", "contact"]}),
    ]

    def has_add_permission(self, request):
        return super().has_add_permission(request) and not ReadingList.objects.exists()

    def has_delete_permission(self, request, obj=None):
        return False

    def changelist_view(self, request, extra_context=None):
        only = ReadingList.objects.first()
        if only is None:
            return super().changelist_view(request, extra_context)
        return redirect(change_url(only))
