from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _

from papers.cards import ENTRY, fill
from papers.models import Entry
from papers.outline import outline
from papers.paging import paginate
from papers.views.home import WHOLE
from papers.views.page import page

PER_PAGE = 50


def node_or_404(request, slug, *, preview):
    """The section with this slug in its place."""
    node = outline(request.state, preview).find(slug)
    if not node:
        raise Http404(_("There is no such section."))
    return node


@page
def section(request, slug, *, preview):
    """A section: its entries, page by page, and what is below it: whole where that is little."""
    node = node_or_404(request, slug, preview=preview)
    below = [child for child in node.walk() if child is not node]
    whole = node.total - node.entry_count <= WHOLE
    entries = Entry.objects.of_visible_papers(preview=preview).values_list(*ENTRY, named=True)
    own = paginate(
        request.GET,
        entries.filter(section=node.section),
        PER_PAGE,
        count=node.entry_count,
    )
    filled = below if whole and own.number == 1 else []
    others = entries.filter(section__in=[child.section for child in filled])
    top, *shown = fill([node, *filled], [*own, *others], preview=preview, above=node.depth + 1)
    previous, following = node.outline.beside(node)
    context = {
        "node": node,
        "top": top,
        "below": below,
        "shown": shown,
        "whole": whole,
        "own": own,
        "previous": previous,
        "following": following,
    }
    return render(request, "papers/section.html", context)
