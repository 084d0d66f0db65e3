from django.shortcuts import render

from papers.cards import listed
from papers.filters import PaperFilter
from papers.models import Paper
from papers.outline import outline
from papers.paging import paginate
from papers.views.page import page

PER_PAGE = 25


@page
def papers(request, *, preview):
    """All papers, narrowed and ordered by the query string."""
    tree = outline(request.state, preview=preview)
    found = PaperFilter(
        request.GET,
        queryset=Paper.objects.visible(preview=preview),
        outline=tree,
        preview=preview,
    )
    results = paginate(request.GET, found.qs.values_list("pk", named=True), PER_PAGE)
    rows = listed([row.pk for row in results], tree)
    context = {"filter": found, "results": results, "rows": rows}
    return render(request, "papers/papers.html", context)
