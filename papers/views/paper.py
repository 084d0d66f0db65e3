from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from papers.models import Entry, Note, Paper, Relation
from papers.outline import Outline, tags_of
from papers.views.page import page


@page
def paper(request, key, *, preview):
    """A paper: everything known of it, what curators say of it, where it stands."""
    papers = Paper.objects.visible(preview=preview).prefetch_related("links", tags_of())
    found = papers.filter(key__iexact=key).first()
    if not found:
        raise Http404(_("There is no such paper."))
    if found.key != key:
        return redirect("papers:paper", found.key, permanent=True)
    entries = list(
        Entry.objects.visible(preview=preview).filter(paper=found).order_by("section_id")
    )
    outline = Outline(preview=preview)
    for entry in entries:
        entry.node = outline.nodes[entry.section_id]
    entries.sort(key=lambda entry: [int(part) for part in entry.node.number.split(".")])
    notes = Note.objects.visible(preview=preview).filter(
        Q(paper=found) | Q(paper=None, section__in=[entry.section_id for entry in entries])
    )
    own, covering = [], []
    for note in notes:
        note.node = outline.nodes.get(note.section_id)
        (own if note.paper_id else covering).append(note)
    relations = (
        Relation.objects.visible(preview=preview)
        .filter(Q(from_paper=found) | Q(to_paper=found))
        .select_related("from_paper", "to_paper")
        .order_by("kind", "from_paper__year", "pk")
    )
    context = {
        "paper": found,
        "entries": entries,
        "notes": own,
        "section_notes": covering,
        "relations": [r for r in relations if r.from_paper_id == found.pk],
        "reverse_relations": [r for r in relations if r.to_paper_id == found.pk],
    }
    return render(request, "papers/paper.html", context)
