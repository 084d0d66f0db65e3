from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from tree_queries.admin import TreeChangeList

from papers.admin.base import ContentAdmin
from papers.admin.history import remember
from papers.admin.inlines import EntriesOfSection, NotesOfSection
from papers.admin.lists import PreparedChangeList, count_of
from papers.admin.rights import GuardedForm, guard
from papers.models import Entry, Note, Section
from papers.models.content import STEP

#: A section's own page shows its entries, or its notes, up to this many. A form of thousands of
#: rows is of no use to anybody.
MOST_ROWS = 200


class SectionForm(GuardedForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields and not self.instance.pk:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = gettext_lazy(
                "The section's name in URLs. Made from the title where it is left blank."
            )

    def clean(self):
        cleaned = super().clean()
        if "slug" in cleaned and not cleaned["slug"]:
            title = cleaned.get("title_en") or cleaned.get("title_zh_hans") or ""
            cleaned["slug"] = free_slug(title)
        return cleaned

    def would_be_visible(self):
        # The column `visible` follows only when it is saved.
        parent = self.instance.parent
        return self.instance.public and (parent is None or parent.visible)


def free_slug(title):
    """A section's address made from its title, which no other section has."""
    stem = slugify(title, allow_unicode=True)[:90] or "section"
    taken = set(Section.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    number = 1
    slug = stem
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug


class SectionChangeList(PreparedChangeList, TreeChangeList):
    """In reading order: each section below the one it stands in."""


@admin.register(Section)
class SectionAdmin(ContentAdmin):
    """The tree of the list, and what stands in each of its sections."""

    form = SectionForm
    fieldsets = [
        (None, {"fields": ["title_en", "title_zh_hans", "slug", "parent", "public", "position"]}),
        (gettext_lazy("Description"), {"fields": ["description_en", "description_zh_hans"]}),
    ]
    autocomplete_fields = ["parent"]
    prepopulated_fields = {"slug": ["title_en"]}
    inlines = [EntriesOfSection, NotesOfSection]
    list_display = ["in_tree", "entry_count", "note_count", "public", "position", "move_buttons"]
    list_editable = ["position"]
    list_filter = ["public"]
    sortable_by = []
    search_fields = ["title_en", "title_zh_hans", "slug"]
    search_help_text = gettext_lazy("Title or address of the section")

    def get_changelist(self, request, **kwargs):
        return SectionChangeList

    def goes_with(self, objs):
        below = {
            section.pk
            for obj in objs
            for section in Section.objects.descendants(obj, include_self=True)
        }
        others = Section.objects.filter(pk__in=below - {obj.pk for obj in objs})
        return [others, *(model.objects.filter(section__in=below) for model in (Entry, Note))]

    def for_list(self, queryset):
        return queryset.with_tree_fields().annotate(
            entry_count=count_of(Entry.objects.all(), "section"),
            note_count=count_of(Note.objects.all(), "section"),
        )

    @admin.display(description=gettext_lazy("section"))
    def in_tree(self, section):
        return format_html(
            '<span class="tree tree-{}" id="section-{}">{}</span>',
            min(section.tree_depth, 8),
            section.pk,
            section,
        )

    @admin.display(description=gettext_lazy("entries"))
    def entry_count(self, section):
        return section.entry_count

    @admin.display(description=gettext_lazy("notes"))
    def note_count(self, section):
        return section.note_count

    @admin.display(description=gettext_lazy("move"))
    def move_buttons(self, section):
        button = (
            '<button type="submit" class="move" name="move" value="{}-{}" formaction="{}"'
            ' aria-label="{}" title="{}">{}</button>'
        )
        url = reverse("admin:papers_section_move")
        ways = [("up", _("Move “%s” up"), "↑"), ("down", _("Move “%s” down"), "↓")]
        up, down = (
            format_html(button, way, section.pk, url, words % section, words % section, arrow)
            for way, words, arrow in ways
        )
        return format_html("{}{}", up, down)

    def get_list_display(self, request):
        names = super().get_list_display(request)
        may_move = self.has_change_permission(request)
        return names if may_move else [name for name in names if name != "move_buttons"]

    # --- A section of many entries ---

    def get_inlines(self, request, obj):
        return [inline for inline in self.inlines if inline not in self._too_long(request, obj)]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["left_out"] = [
            {
                "count": count,
                "name": inline.model._meta.verbose_name_plural,
                "url": reverse(f"admin:papers_{inline.model._meta.model_name}_changelist"),
            }
            for inline, count in self._too_long(request, obj).items()
        ]
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _too_long(self, request, obj):
        """The inlines with too many rows for the section's page, and how many."""
        if obj is None or obj.pk is None:
            return {}
        if not hasattr(obj, "_rows"):
            # Counted once: a page asks for its inlines several times.
            obj._rows = {
                inline: inline.model.objects.filter(section=obj.pk).count()
                for inline in self.inlines
            }
        return {inline: count for inline, count in obj._rows.items() if count > MOST_ROWS}

    # --- Moving ---

    def get_urls(self):
        move = self.admin_site.admin_view(require_POST(self.move_view))
        return [path("move/", move, name="papers_section_move"), *super().get_urls()]

    def move_view(self, request):
        """Exchanges a section with its neighbour; `move` is up- or down- and its number."""
        way, _dash, number = request.POST.get("move", "").partition("-")
        if way not in {"up", "down"} or not number.isdecimal():
            raise Http404
        with transaction.atomic():
            section = Section.objects.select_for_update().filter(pk=number).first()
            if section is None:
                raise Http404
            if not self.has_change_permission(request, section):
                raise PermissionDenied
            with guard(request, *section.siblings()):
                place, count, moved = shift(section, -1 if way == "up" else 1)
        if moved:
            words = _("“%(name)s” is now %(place)d of %(count)d.")
        elif way == "up":
            words = _("“%(name)s” is the first already.")
        else:
            words = _("“%(name)s” is the last already.")
        values = {"name": section, "place": place, "count": count}
        self.message_user(request, words % values, messages.SUCCESS)
        query = request.POST.get("list_query", "")
        url = reverse("admin:papers_section_changelist")
        return HttpResponseRedirect(f"{url}{'?' if query else ''}{query}#section-{section.pk}")

    def delete_queryset(self, request, queryset):
        # One of them may stand in another and be gone together with it.
        super().delete_queryset(request, Section.objects.filter(pk__in=[s.pk for s in queryset]))


def shift(section, by):
    """Moves a section among its siblings, who are numbered anew.

    Returns its place, counted from one, how many they are, and whether it has moved.
    """
    siblings = list(section.siblings().select_for_update())
    old = siblings.index(section)
    new = old + by
    moved = 0 <= new < len(siblings)
    if moved:
        siblings.insert(new, siblings.pop(old))
        remember(Section, [sibling.pk for sibling in siblings])
        for position, sibling in enumerate(siblings, start=1):
            if sibling.position != position * STEP:
                sibling.position = position * STEP
                sibling.save()
    return (new if moved else old) + 1, len(siblings), moved
