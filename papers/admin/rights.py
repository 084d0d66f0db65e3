"""Who may change what the public sees: the rule, once, for every way through the admin.

Who lacks `papers.publish_paper` neither changes nor deletes what is visible to the public, nor
makes anything visible. `GuardedAdmin` says so before (no button, no field), forms say it in a
sentence, and `guard` is the last line: whatever is written is looked at before and after, and
what breaks the rule is rolled back.
"""

from contextlib import contextmanager

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from papers.admin.languages import originals

PUBLISH = "papers.publish_paper"
REFUSAL = _("The public would see this. Only an editor may publish it.")


def may_publish(request):
    return request.user.has_perm(PUBLISH)


def intake_rule(request):
    """The options of intake by which it keeps the rule, as in intake/holding.py."""
    return {
        "drafts_only": not may_publish(request),
        "new_sections": request.user.has_perm("papers.add_section"),
    }


def stored(obj):
    """The object as the database has it now, or None."""
    return type(obj)._base_manager.filter(pk=obj.pk).first()


def is_past_version(obj):
    """Whether it came out of the history, not out of its own table."""
    return hasattr(obj, "_history")


def was_visible(obj):
    """Whether the public saw it when it was loaded, whatever a form has done to it since.

    Must be asked before a form has its way with the object: the first answer is kept.
    """
    if "_was_visible" not in obj.__dict__:
        loaded = stored(obj) if is_past_version(obj) else obj
        obj._was_visible = loaded is not None and loaded.pk is not None and loaded.is_visible
    return obj._was_visible


@contextmanager
def guard(request, *objects):
    """Writes within, of these objects, keep the rule or are undone with PermissionDenied."""
    if may_publish(request):
        yield
        return
    with transaction.atomic():
        _refuse_visible(objects)
        yield
        _refuse_visible(objects)


def _refuse_visible(objects):
    for obj in objects:
        rows = type(obj)._base_manager.filter(pk=obj.pk)
        # Locked, so that nobody publishes it between this look and the write.
        now = rows.select_for_update(of=("self",)).first()
        if now is not None and now.is_visible:
            raise PermissionDenied(REFUSAL)


class GuardedForm(forms.ModelForm):
    """A form that publishes nothing unless `may_publish`; the admin class sets it."""

    may_publish = False
    #: Shows what is there and changes nothing.
    locked = False
    #: While a past version is restored: the object as it is now.
    current = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.current is not None:
            self._keep_what_is_not_shown()
        visible = not self.may_publish and was_visible(self.instance)
        self.locked = self.locked or visible
        if self.locked:
            for field in self.fields.values():
                field.disabled = True

    def _keep_what_is_not_shown(self):
        derived = originals(self._meta.model)
        for field in self._meta.model._meta.concrete_fields:
            if field.name not in self.fields and field.name not in derived:
                setattr(self.instance, field.attname, getattr(self.current, field.attname))

    def _post_clean(self):
        # Only here has the form brought its values into the instance.
        super()._post_clean()
        if self.locked or self.may_publish or self.errors:
            return
        if self.would_be_visible():
            self.add_error(None, ValidationError(REFUSAL, code="publishes"))

    def would_be_visible(self):
        """Whether the public will see the instance once it is saved as it is now."""
        return self.instance.is_visible


class Guarded:
    """For model admins and inlines: the rule, in their words."""

    form = GuardedForm

    def has_publish_permission(self, request):
        return may_publish(request)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self._may_touch(request, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and self._may_touch(request, obj)

    def _may_touch(self, request, obj):
        return obj is None or may_publish(request) or not was_visible(obj)


class GuardedAdmin(Guarded):
    """For model admins."""

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.may_publish = may_publish(request)
        if obj is not None:
            form.locked = not self.has_change_permission(request, obj)
            form.current = stored(obj) if is_past_version(obj) else None
        return form

    def get_changelist_form(self, request, **kwargs):
        form = super().get_changelist_form(request, **{"form": GuardedForm, **kwargs})
        form.may_publish = may_publish(request)
        return form

    def save_model(self, request, obj, form, change):
        with guard(request, obj):
            super().save_model(request, obj, form, change)

    def save_formset(self, request, form, formset, change):
        rows = [row.instance for row in formset.forms if row.has_changed()]
        with guard(request, *rows):
            super().save_formset(request, form, formset, change)

    def delete_model(self, request, obj):
        with guard(request, obj):
            super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        with guard(request, *queryset):
            super().delete_queryset(request, queryset)


class GuardedInline(Guarded):
    """For inlines."""

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.form.may_publish = may_publish(request)
        return formset
