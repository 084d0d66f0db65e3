from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _

from papers.models import Entry
from papers.outline import Outline, fill, shown
from papers.paging import paginate
from papers.views.home import WHOLE
from papers.views.page import page

PER_PAGE = 50


@page
def section(request, slug, *, preview):
    """A section: its entries, page by page, and what is below it: whole where that is little."""
    outline = Outline(preview=preview)
    node = outline.find(slug)
    if not node:
        raise Http404(_("There is no such section."))
    below = [child for child in node.walk() if child is not node]
    for child in below:
        child.level = min(child.depth - node.depth + 1, 6)
    whole = sum(child.entry_count for child in below) <= WHOLE
    entries = Entry.objects.visible(preview=preview)
    own = shown(entries.filter(section=node.section))
    own = paginate(request.GET, own, PER_PAGE, count=node.entry_count)
    filled = [node, *below] if whole and own.number == 1 else [node]
    others = shown(
        entries.filter(section__in=[child.section for child in filled if child in below])
    )
    fill(filled, [*own, *others], preview=preview)
    previous, following = outline.beside(node)
    context = {
        "node": node,
        "below": below,
        "whole": whole,
        "own": own,
        "previous": previous,
        "following": following,
    }
    return render(request, "papers/section.html", context)
