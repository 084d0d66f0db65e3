"""Every object's past: what changed, by whom, and the way back."""

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _
from simple_history.admin import SimpleHistoryAdmin

from papers.admin.differences import describe


def remember(model, pks):
    """Notes down objects as they are, where nothing has been noted of them yet.

    What came with a file has no history. Called before a change, so that there is a way back
    from the first one as well.
    """
    noted = set(model.history.filter(**{f"{model._meta.pk.name}__in": pks}).values_list("id"))
    unknown = list(model._base_manager.filter(pk__in={pk for pk in pks if (pk,) not in noted}))
    for obj in unknown:
        # Nobody who is here now has made it.
        obj._history_user = None
    model.history.bulk_history_create(unknown)


class HistoryAdmin(SimpleHistoryAdmin):
    """Versions with readable differences; each is brought back through its own form.

    Only what the form shows is brought back: what it does not show stays as it is now. Objects
    that are gone have no page, so no history page either.
    """

    object_history_template = "admin/history.html"
    object_history_list_template = "admin/history_versions.html"
    object_history_form_template = "admin/history_form.html"
    history_list_per_page = 50

    def save_model(self, request, obj, form, change):
        if change:
            remember(self.model, [obj.pk])
        super().save_model(request, obj, form, change)

    def save_formset(self, request, form, formset, change):
        changed = [row.instance.pk for row in formset.initial_forms if row.has_changed()]
        remember(formset.model, changed)
        super().save_formset(request, form, formset, change)

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

    def get_history_queryset(self, request, history_manager, pk_name, object_id):
        versions = history_manager.filter(**{pk_name: object_id})
        keys = [f.name for f in versions.model.tracked_fields if f.many_to_one]
        return versions.select_related("history_user", *keys)

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
