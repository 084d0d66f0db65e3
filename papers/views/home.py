from django.shortcuts import render

from papers.cards import ENTRY, fill
from papers.journal.models import Change
from papers.models import Entry, Note, Paper
from papers.outline import outline
from papers.paging import first
from papers.remembering import remembered
from papers.views.page import page

#: A list of up to this many entries is shown whole on one page.
WHOLE = 200
NEWEST = 8
HIGHLIGHTS = 24


@page
def home(request, *, preview):
    """The introduction and the whole list; of a large list its index and its highlights."""
    tree = outline(request.state, preview)
    whole = tree.total <= WHOLE
    entries = Entry.objects.visible(preview=preview).values_list(*ENTRY, named=True)
    if not whole:
        # The newest of them: an arbitrary but steady choice, and quickly found.
        newest = Entry.objects.filter(highlighted=True).order_by("-pk").values_list("pk", flat=True)
        entries = entries.filter(pk__in=list(newest[: HIGHLIGHTS * 5]))
        entries = entries.order_by("-pk")[:HIGHLIGHTS]
    entries = list(entries)
    shown = fill(tree.walk(), entries, preview=preview)
    places = {place.pk: place for section in shown for place in section.entries}
    newest = first(Paper.objects.visible(preview=preview).newest(), NEWEST)
    context = {
        "outline": tree,
        "whole": whole,
        "shown": shown,
        "highlights": [places[entry.pk] for entry in entries if entry.pk in places],
        "newest": newest,
    }
    return render(request, "papers/home.html", context)


@page
def about(request, *, preview):
    """Who keeps the list and what may be done with it."""
    changed = Change.objects.order_by("-pk").values_list("at", flat=True).first()
    context = {**_numbers(request.state, preview), "changed": changed}
    return render(request, "papers/about.html", context)


@remembered(8)
def _numbers(state, preview):
    nodes = outline(state, preview).walk()
    return {
        "papers": Paper.objects.visible(preview=preview).count(),
        "sections": sum(1 for node in nodes if not node.parent),
        "topics": sum(1 for node in nodes if node.parent),
        "notes": Note.objects.visible(preview=preview).count(),
    }
