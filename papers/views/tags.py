from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from papers.cards import listed
from papers.models import Paper, Tag, TaggedPaper
from papers.outline import outline
from papers.paging import count_up, paginate
from papers.remembering import remembered
from papers.views.browse import PER_PAGE
from papers.views.page import page

TAGS_PER_PAGE = 500


@page
def tags(request, *, preview):
    """All tags, each with the number of its papers."""
    used = Tag.objects.used(preview=preview)
    shown = paginate(request.GET, used, TAGS_PER_PAGE, count=_used_tags(request.state, preview))
    numbers = Tag.objects.numbers_of_papers(shown, preview=preview)
    rows = [(tag.slug, tag.name, numbers.get(tag.pk, 0)) for tag in shown]
    return render(request, "papers/tags.html", {"tags": shown, "rows": rows})


@page
def tag(request, slug, *, preview):
    """The papers of a tag, latest first."""
    found = get_object_or_404(Tag, slug=slug)
    papers = Paper.objects.visible(preview=preview).tagged(found)
    results = paginate(
        request.GET,
        papers.latest_first().values_list("pk", named=True),
        PER_PAGE,
        count=_counted(request.state, found.pk, preview),
        capped=True,
    )
    if not (results.count or preview):
        raise Http404(_("There is no such tag."))
    tree = outline(request.state, preview)
    rows = listed([row.pk for row in results], tree, request.state)
    return render(request, "papers/tag.html", {"tag": found, "results": results, "rows": rows})


@remembered(1000)
def _counted(_state, tag, preview):
    return count_up(TaggedPaper.objects.visible(preview=preview).filter(tag=tag))


@remembered(8)
def _used_tags(state, preview):
    return Tag.objects.used(preview=preview).count()
