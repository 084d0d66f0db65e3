"""Every object's past: what changed, by whom, and the way back."""

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _
from simple_history.admin import SimpleHistoryAdmin

from papers.admin.differences import describe


class HistoryAdmin(SimpleHistoryAdmin):
    """Versions with readable differences; each is brought back through its own form.

    Only what the form shows is brought back: what it does not show stays as it is now. Objects
    that are gone have no page, so no history page either.
    """

    object_history_template = "admin/history.html"
    object_history_list_template = "admin/history_versions.html"
    object_history_form_template = "admin/history_form.html"
    history_list_per_page = 50

    def history_view(self, request, object_id, extra_context=None):
        self._get_or_404(request, object_id)
        return super().history_view(request, object_id, extra_context)

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        current = self._get_or_404(request, object_id)
        if not version_id.isdecimal():
            raise Http404
        if request.method == "POST" and not self.has_change_permission(request, current):
            raise PermissionDenied
        context = {"current": current, **(extra_context or {})}
        with transaction.atomic():
            return super().history_form_view(request, object_id, version_id, context)

    def history_form_view_title(self, request, obj):
        # The past version may speak of what is gone; it is named as it is today.
        current = self.get_object(request, str(obj.pk))
        return _("An earlier version of %s") % current

    def set_history_delta_changes(self, request, historical_records, foreign_keys_are_objs=True):
        newer = None
        for version in historical_records:
            if newer is not None:
                delta = newer.diff_against(version, foreign_keys_are_objs=foreign_keys_are_objs)
                newer.differences = describe(self.model, delta)
            newer = version

    def _get_or_404(self, request, object_id):
        current = self.get_object(request, unquote(object_id))
        if current is None:
            raise Http404
        return current
