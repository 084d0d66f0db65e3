from django.shortcuts import render

from papers.journal.models import Change
from papers.models import Entry, Note, Paper
from papers.outline import Outline, fill, shown
from papers.views.page import page

#: A list of up to this many entries is shown whole on one page.
WHOLE = 200
NEWEST = 8
HIGHLIGHTS = 24


@page
def home(request, *, preview):
    """The introduction and the whole list; of a large list its index and its highlights."""
    outline = Outline(preview=preview)
    whole = outline.total <= WHOLE
    entries = shown(Entry.objects.visible(preview=preview))
    if not whole:
        # The highlights of the sections as they come: an arbitrary but steady choice.
        entries = entries.filter(highlighted=True).order_by("-paper__listed_at", "pk")[:HIGHLIGHTS]
    entries = list(entries)
    fill(outline.walk(), entries, preview=preview)
    newest = Paper.objects.visible(preview=preview).newest()[:NEWEST]
    context = {"outline": outline, "whole": whole, "highlights": entries, "newest": newest}
    return render(request, "papers/home.html", context)


@page
def about(request, *, preview):
    """Who keeps the list and what may be done with it."""
    outline = Outline(preview=preview)
    context = {
        "papers": Paper.objects.visible(preview=preview).count(),
        "sections": len(outline.roots),
        "topics": len(outline.nodes) - len(outline.roots),
        "notes": Note.objects.visible(preview=preview).count(),
        "changed": Change.objects.order_by("-pk").values_list("at", flat=True).first(),
    }
    return render(request, "papers/about.html", context)
