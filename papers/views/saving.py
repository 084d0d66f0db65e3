"""What a page shows in a format that can be saved: its papers, exactly those and all of them."""

from array import array
from urllib.parse import quote

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from papers.dump import items, selected
from papers.formats import FORMATS
from papers.models import Paper, Tag
from papers.saved import SUFFIXES
from papers.search.engines.base import TooSlowError
from papers.views.browse import searched
from papers.views.page import page
from papers.views.paper import paper_or_404
from papers.views.section import node_or_404


@page
def paper(request, key, suffix, *, preview):
    """One paper."""
    found = paper_or_404(key, preview=preview)
    stream = selected([found.pk], everything=preview, language=get_language())
    return _saved(request, stream, found.key, suffix)


@page
def section(request, slug, suffix, *, preview):
    """A section with all that is below it."""
    node_or_404(request, slug, preview=preview)
    stream = items(section=slug, everything=preview, language=get_language())
    return _saved(request, stream, slug, suffix)


@page
def tag(request, slug, suffix, *, preview):
    """The papers of a tag."""
    found = get_object_or_404(Tag, slug=slug)
    papers = Paper.objects.visible(preview=preview).tagged(found).latest_first()
    ids = array("q", papers.values_list("pk", flat=True))
    if not (ids or preview):
        raise Http404(_("There is no such tag."))
    stream = selected(ids, everything=preview, language=get_language())
    return _saved(request, stream, slug, suffix)


@page
def papers(request, suffix, *, preview):
    """The papers that are looked for, all pages of them, in their order."""
    search, order, complaints = searched(request, preview=preview)
    if complaints:
        # Not what was meant, then, which the page can say beside what it shows.
        return _told("\n".join(complaints), 400)
    try:
        ids = array("q", search.run().all(order))
    except TooSlowError:
        words = _("This search would take too long. Another word, or one more, makes it quicker.")
        return _told(words, 503)
    stream = selected(ids, everything=preview, language=get_language())
    return _saved(request, stream, "papers", suffix)


def _told(sentences, status):
    response = HttpResponse(f"{sentences}\n", status=status)
    response["Content-Type"] = "text/plain; charset=utf-8"
    response["Cache-Control"] = "no-store"
    return response


def _saved(request, stream, name, suffix):
    """A response that is written while it is read."""
    form, media_type = SUFFIXES[suffix]
    text = FORMATS[form].write(stream, get_language())
    response = HttpResponse() if request.method == "HEAD" else StreamingHttpResponse(text)
    response["Content-Type"] = f"{media_type}; charset=utf-8"
    # RFC 6266, 4.3: the name in what every client reads, and in what all but old ones do.
    plain = name.encode("ascii", "ignore").decode() or "papers"
    full = quote(f"{name}.{suffix}", safe="")
    response["Content-Disposition"] = (
        f"attachment; filename=\"{plain}.{suffix}\"; filename*=UTF-8''{full}"
    )
    # For readers and their tools. Search engines have the page.
    response["X-Robots-Tag"] = "noindex"
    return response
