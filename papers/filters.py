"""What readers can narrow and order the list of papers by."""

import django_filters
from django import forms
from django.db.models import Case, Count, Exists, F, OuterRef, Q, TextField, Value, When
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from papers.models import Entry, Note, Paper, Tag
from papers.models.paper import YEARS

#: A select with more choices than this is no help. The value in use is always among them.
CHOICES = 300
#: More words than these would only make the query slow.
WORDS = 12

ORDERS = {
    "": _("Latest first"),
    "oldest": _("Oldest first"),
    "title": _("By title"),
    "added": _("Newly added first"),
}


class KnownChoiceFilter(django_filters.ChoiceFilter):
    """A choice whose values come from the list, and which says so of one that does not."""

    def __init__(self, *args, **kwargs):
        messages = {"invalid_choice": _("There is no “%(value)s” here.")}
        super().__init__(*args, empty_label=None, error_messages=messages, **kwargs)


class YearFilter(django_filters.NumberFilter):
    field_class = forms.IntegerField

    def __init__(self, *args, **kwargs):
        messages = {"invalid": _("A year is a whole number, such as 2017.")}
        # A text input keeps what was typed, where a number input would lose it.
        widget = forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 4})
        super().__init__(
            *args,
            min_value=YEARS[0],
            max_value=YEARS[1],
            error_messages=messages,
            widget=widget,
            **kwargs,
        )

    def get_max_validator(self):
        return None


class PaperFilterForm(forms.Form):
    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("year_from"), cleaned.get("year_to")
        if first and last and first > last:
            self.add_error("year_to", _("This year lies before the first one."))
        return cleaned


class PaperFilter(django_filters.FilterSet):
    """Reads the query string of a page of papers.

    outline: the sections that may be seen; preview: whether what is not public may be. A value
    that cannot be is left out of the query and complained about beside its field.
    """

    q = django_filters.CharFilter(label=_("Words"), method="filter_words", max_length=200)
    section = KnownChoiceFilter(label=_("Section"), method="filter_section")
    tag = KnownChoiceFilter(label=_("Tag"), method="filter_tag")
    venue = KnownChoiceFilter(label=_("Venue"), field_name="venue")
    year_from = YearFilter(label=_("From year"), field_name="year", lookup_expr="gte")
    year_to = YearFilter(label=_("To year"), field_name="year", lookup_expr="lte")
    highlighted = KnownChoiceFilter(label=_("Highlighted"), method="filter_highlighted")
    has_note = KnownChoiceFilter(label=_("With a note"), method="filter_has_note")
    sort = KnownChoiceFilter(label=_("Order"), method="order")

    class Meta:
        model = Paper
        fields = []
        form = PaperFilterForm

    def __init__(self, data, *, queryset, outline, preview=False):
        super().__init__(data, queryset)
        self.outline = outline
        self.preview = preview
        sections = [(node.section.slug, _indented(node)) for node in outline.walk()]
        self._offer("section", sections)
        self._offer("tag", self._tags())
        self._offer("venue", self._venues())
        for flag in ("highlighted", "has_note"):
            self._offer(flag, [("1", self.form.fields[flag].label)])
        self._offer("sort", list(ORDERS.items())[1:], ORDERS[""])

    @property
    def qs(self):
        found = super().qs
        return found if found.ordered else found.latest_first()

    @property
    def chosen(self):
        """What the list is narrowed by: (field name, label, value as a person reads it)."""
        fields, cleaned = self.form.fields, getattr(self.form, "cleaned_data", {})
        return [
            (name, fields[name].label, _readable(fields[name], value))
            for name, value in cleaned.items()
            if name != "sort" and value not in {"", None}
        ]

    def _offer(self, name, choices, blank=None):
        self.form.fields[name].choices = [("", blank or _("All")), *choices]

    def _tags(self):
        tags = Tag.objects.visible(preview=self.preview)
        common = tags.order_by(_first(slug=self.data.get("tag")), F("paper_count").desc(), "name")
        return sorted(
            ((tag.slug, f"{tag.name} ({tag.paper_count})") for tag in common[:CHOICES]),
            key=lambda choice: choice[1].casefold(),
        )

    def _venues(self):
        venues = self.queryset.exclude(venue="").order_by().values("venue")
        common = venues.annotate(papers=Count("pk")).order_by(
            _first(venue=self.data.get("venue")), "-papers", "venue"
        )
        return sorted(
            ((row["venue"], f"{row['venue']} ({row['papers']})") for row in common[:CHOICES]),
            key=lambda choice: choice[1].casefold(),
        )

    def _entries(self):
        return Entry.objects.visible(preview=self.preview).filter(paper=OuterRef("pk")).order_by()

    def filter_words(self, papers, name, value):
        """Papers that have every word in title, authors or label."""
        papers = papers.annotate(names=Cast("authors", TextField()))
        for word in value.split()[:WORDS]:
            papers = papers.filter(
                Q(title__icontains=word)
                | Q(translated_title__icontains=word)
                | Q(names__icontains=word)
                | Exists(self._entries().filter(label__icontains=word))
            )
        return papers

    def filter_section(self, papers, name, value):
        """Papers that stand in the section or below it."""
        below = [node.section.pk for node in self.outline.find(value).walk()]
        return papers.filter(Exists(self._entries().filter(section__in=below)))

    def filter_tag(self, papers, name, value):
        return papers.filter(tagged_papers__tag__slug=value)

    def filter_highlighted(self, papers, name, value):
        return papers.filter(Exists(self._entries().filter(highlighted=True)))

    def filter_has_note(self, papers, name, value):
        """Papers with a note of their own or in a section with one."""
        notes = Note.objects.visible(preview=self.preview).order_by()
        sections = notes.filter(paper=None).values("section")
        return papers.filter(
            Exists(notes.filter(paper=OuterRef("pk")))
            | Exists(self._entries().filter(section__in=sections))
        )

    def order(self, papers, name, value):
        return {
            "oldest": papers.oldest_first(),
            "title": papers.order_by("title", "pk"),
            "added": papers.newest(),
        }[value]


def _first(**condition):
    """Sorts the row that meets the condition before all others."""
    return Case(When(**condition, then=Value(0)), default=Value(1))


def _indented(node):
    return "\N{EM SPACE}" * node.depth + f"{node.number} {node.section.title}"


def _readable(field, value):
    return dict(field.choices).get(value, value) if hasattr(field, "choices") else value
