from django.shortcuts import get_object_or_404, render

from papers.models import Paper, Tag
from papers.paging import paginate
from papers.views.browse import PER_PAGE, listed
from papers.views.page import page


@page
def tags(request, *, preview):
    """All tags, each with the number of its papers."""
    return render(request, "papers/tags.html", {"tags": Tag.objects.visible(preview=preview)})


@page
def tag(request, slug, *, preview):
    """The papers of a tag, latest first."""
    found = get_object_or_404(Tag.objects.visible(preview=preview), slug=slug)
    papers = Paper.objects.visible(preview=preview).filter(tagged_papers__tag=found)
    results = paginate(request.GET, listed(papers.latest_first(), preview=preview), PER_PAGE)
    return render(request, "papers/tag.html", {"tag": found, "results": results})
