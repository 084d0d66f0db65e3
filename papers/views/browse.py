from django.db.models import Prefetch
from django.shortcuts import render

from papers.filters import PaperFilter
from papers.models import Entry, Paper
from papers.outline import Outline, tags_of
from papers.paging import paginate
from papers.views.page import page

PER_PAGE = 25


def listed(papers, *, preview=False):
    """Papers with everything that a list shows of them: three queries beside their own."""
    entries = Entry.objects.visible(preview=preview).select_related("section")
    return papers.prefetch_related("links", tags_of(), Prefetch("entries", queryset=entries))


@page
def papers(request, *, preview):
    """All papers, narrowed and ordered by the query string."""
    found = PaperFilter(
        request.GET,
        queryset=Paper.objects.visible(preview=preview),
        outline=Outline(preview=preview),
        preview=preview,
    )
    results = paginate(request.GET, listed(found.qs, preview=preview), PER_PAGE)
    return render(request, "papers/papers.html", {"filter": found, "results": results})
