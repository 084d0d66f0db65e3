from functools import partial
from urllib.parse import urlencode

from django.shortcuts import redirect, render

from papers.addressing import addresses
from papers.cards import Marks, listed, notes
from papers.facet_groups import groups
from papers.filters import PaperFilter
from papers.models import Paper
from papers.outline import outline
from papers.paging import paginate, paginate_found
from papers.query_strings import TYPING
from papers.rows import where
from papers.search import identified, index
from papers.search.engines.base import CURATORS, PUBLIC, TooSlowError
from papers.search.find import Search
from papers.search.marking import Sought, excerpt, mark
from papers.views.page import page

PER_PAGE = 25


@page
def papers(request, *, preview):
    """The papers that are looked for, narrowed and ordered by the query string.

    An identifier, an address or a key goes straight to its paper.
    """
    filters, text, state, waiting = _asked(request, preview=preview)
    typing = TYPING in request.GET
    to = addresses(preview=preview)
    if text and not typing and (paper := _named(text, preview=preview)):
        return redirect(to.paper(paper))
    context = {
        "all_papers": to.papers,
        "filter": filters,
        "waiting": waiting,
        "is_identifier": identified.is_identifier(text),
        "fields": filters.shown(),
        "chosen_facets": filters.shown(linked=True),
    }
    try:
        context |= _found(request.GET, filters, text, state, typing=typing, preview=preview)
    except TooSlowError:
        context["too_slow"] = True
    response = render(request, "papers/papers.html", context)
    if waiting or "too_slow" in context:
        # Not what this revision of the list will look like.
        response["Cache-Control"] = "no-store"
    if typing:
        response["HX-Replace-Url"] = _without_typing(request)
    return response


def _named(text, *, preview):
    """The key of the paper that a text names, or None."""
    found = identified.papers_of(text, partial(Paper.objects.visible, preview=preview))
    return None if found is None else found.values_list("key", flat=True).first()


def _without_typing(request):
    """The address of what was typed, without fields that are blank."""
    said = [(name, value) for name, value in request.GET.items() if value and name != TYPING]
    return f"{request.path}?{urlencode(said)}" if said else request.path


def searched(request, *, preview):
    """The Search that a page of papers asks for, the order of its papers, and what is complained
    of: sentences."""
    filters, text, state, _ = _asked(request, preview=preview)
    search, order = _search(text, filters, state, preview=preview)
    complaints = [sentence for errors in filters.form.errors.values() for sentence in errors]
    return search, order, complaints


def _asked(request, *, preview):
    """What the query string asks for: a PaperFilter, and the text in it; what may be remembered by,
    and how many papers wait for the index."""
    waiting = index.flush_some(index.AT_A_SEARCH)
    # What is counted while papers wait must not be remembered for a state that has them.
    state = None if waiting else request.state
    filters = PaperFilter(request.GET, outline=outline(request.state, preview), preview=preview)
    return filters, filters.cleaned.get("q") or "", state, waiting


def _search(text, filters, state, *, preview, typing=False):
    scope = CURATORS if preview else PUBLIC
    search = Search(text, filters.narrowing, scope=scope, typing=typing, state=state)
    return search, filters.cleaned.get("sort") or "best"


def _found(asked, filters, text, state, *, typing, preview):
    """What the page says of the papers that were found."""
    search, order = _search(text, filters, state, typing=typing, preview=preview)
    search.run()
    results = _results(asked, search, order)
    # The index may be ahead of a transaction, or behind one that it waits for.
    rows = listed(results, filters.outline, state)
    marks = _marks(rows, search.query, preview=preview) if search.query.wanted else {}
    offered = groups(filters, search, asked, state)
    return {"search": search, "results": results, "rows": rows, "marks": marks, "groups": offered}


def _results(asked, search, order):
    """The page of papers, as ids."""
    if not search.is_walk:
        return paginate_found(asked, partial(search.page, order), PER_PAGE, count=search.total)
    rows, walk = partial(search.rows, order), partial(search.walk, order)
    results = paginate(asked, rows, PER_PAGE, count=search.total, fetch=walk)
    results.rows = [abs(row.pk) for row in results]
    return results


def _marks(rows, query, *, preview):
    """How each paper shows the words that were looked for, by its id: in its title, else in an
    excerpt of a note or the abstract."""
    titles, in_texts = Sought.of(query, "title"), Sought.of(query, "abstract")
    marks = {paper.pk: Marks(mark(paper.title, titles)) for paper in rows}
    elsewhere = [pk for pk, marked in marks.items() if "<mark>" not in marked.title]
    if not (elsewhere and in_texts):
        return marks
    texts = {pk: [] for pk in elsewhere}
    for note in notes(elsewhere, [], preview=preview):
        texts[note.paper_id].append(note.body)
    for pk, abstract in where(Paper, "id", elsewhere, "id, abstract"):
        texts[pk].append(abstract)
    for pk in elsewhere:
        found = next(filter(None, (excerpt(text, in_texts) for text in texts[pk])), "")
        marks[pk] = marks[pk]._replace(excerpt=found)
    return marks
