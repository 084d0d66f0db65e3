"""What all model admins of the list have in common."""

from django.contrib import admin, messages
from django.db import models
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from papers.admin.history import HistoryAdmin
from papers.admin.languages import PerLanguage
from papers.admin.lists import PreparedList
from papers.admin.rights import GuardedAdmin, GuardedInline, may_publish, was_visible
from papers.querysets import is_beyond

#: So many rows of a list are changed by one action,
AT_ONCE = 10_000
#: and so many things of a kind are named that go together with what is deleted.
NAMED = 200


class HttpsByDefault:
    """For model admins and inlines: an address pasted without its scheme is an https one."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if isinstance(db_field, models.URLField):
            kwargs.setdefault("assume_scheme", "https")
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class ContentAdmin(PerLanguage, HttpsByDefault, PreparedList, GuardedAdmin, HistoryAdmin):
    """A model admin that keeps the rule of publishing, with histories and both languages."""

    list_per_page = 100
    show_full_result_count = False

    def response_action(self, request, queryset, **newer):
        # Newer releases of Django also say which of the two menus the action came from.
        if request.POST.get("select_across", "0") != "0" and is_beyond(queryset, AT_ONCE):
            words = _("At most %(count)d at a time: narrow the list first. Nothing was done.")
            self.message_user(request, words % {"count": AT_ONCE}, messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())
        return super().response_action(request, queryset, **newer)

    def goes_with(self, objs):
        """Querysets of what is deleted together with these objects, where it may be very much."""
        return []

    def get_deleted_objects(self, objs, request):
        if not any(is_beyond(rows, NAMED) for rows in self.goes_with(objs)):
            return super().get_deleted_objects(objs, request)
        # A page that names thousands of things says less than their number.
        rows = [self.model.objects.filter(pk__in=[obj.pk for obj in objs]), *self.goes_with(objs)]
        counts = {part.model._meta.verbose_name_plural: part.count() for part in rows}
        forbidden = {
            part.model._meta.verbose_name
            for part in rows
            if not request.user.has_perm(f"papers.delete_{part.model._meta.model_name}")
        } | {self.opts.verbose_name for obj in objs if not self.has_delete_permission(request, obj)}
        return [str(obj) for obj in objs], counts, forbidden, []

    def page_of(self, obj):
        """The object with the page that the public has, or will have, of `obj`."""
        return obj

    def view_on_site(self, obj):
        return page_url(self.page_of(obj), preview=not obj.is_visible)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            context["is_preview"] = not was_visible(obj)
            context["public_only_editors"] = (
                was_visible(obj)
                and not may_publish(request)
                and request.user.has_perm(f"papers.change_{self.opts.model_name}")
            )
        return super().render_change_form(request, context, add, change, form_url, obj)


def page_url(obj, *, preview):
    """The URL of the page of a paper, section, tag or of the whole list."""
    kinds = {
        "paper": ("papers:paper", "key"),
        "section": ("papers:section", "slug"),
        "tag": ("papers:tag", "slug"),
        "readinglist": ("papers:home", None),
    }
    name, attribute = kinds[obj._meta.model_name]
    args = [getattr(obj, attribute)] if attribute else []
    return reverse(name, args=args, current_app="preview" if preview else None)


def change_url(obj):
    """The URL of an object's page in the admin."""
    opts = obj._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[obj.pk])


class ContentInline(PerLanguage, HttpsByDefault, GuardedInline):
    """What all inlines have in common: no blank rows, a way to each row's own page."""

    extra = 0
    show_change_link = True


class OrderedTabular(ContentInline, admin.TabularInline):
    """Rows that can be dragged, or moved by buttons, into another order."""

    template = "admin/ordered_tabular.html"


class OrderedStacked(ContentInline, admin.StackedInline):
    """Blocks that can be dragged, or moved by buttons, into another order."""

    template = "admin/ordered_stacked.html"
