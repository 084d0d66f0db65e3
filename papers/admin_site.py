"""The admin as a place: its name, its order, its ways to the public pages and languages.

Outside of papers/admin/, because it must be there before anything registers with it.
"""

from django.conf import settings
from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.urls import reverse, translate_url
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from papers.models import ReadingList

#: Models in the order of a curator's work; others follow by name.
ORDER = ["Paper", "Section", "Entry", "Note", "Tag", "Link", "Relation", "ReadingList"]


class ListAdminSite(admin.AdminSite):
    """`admin.site`: the stock admin, named after the list."""

    site_header = site_title = _("Reading list")
    index_title = _("Keeping the list")

    def each_context(self, request):
        title = str(ReadingList.objects.first() or self.site_title)
        return {
            **super().each_context(request),
            "site_header": title,
            "site_title": title,
            "site_url": reverse("papers:home"),
            "preview_url": reverse("papers:home", current_app="preview"),
            "languages": other_languages(request),
        }

    def get_app_list(self, request, app_label=None):
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=lambda model: _place(model["object_name"], ORDER))
        return sorted(apps, key=lambda app: _place(app["app_label"], ["papers", "auth"]))


def other_languages(request):
    """This page in the other languages: a list of (code, own name, URL)."""
    return [
        (code, name, _translated(request, code))
        for code, name in settings.LANGUAGES
        if code != get_language()
    ]


def _translated(request, code):
    """The URL of this page in a language; where it leads on to is translated as well."""
    query = request.GET.copy()
    if REDIRECT_FIELD_NAME in query:
        query[REDIRECT_FIELD_NAME] = translate_url(query[REDIRECT_FIELD_NAME], code)
    path = translate_url(request.path, code)
    return f"{path}?{query.urlencode(safe='/')}" if query else path


def _place(name, order):
    return order.index(name) if name in order else len(order)
