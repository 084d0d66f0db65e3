from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from papers.addressing import addresses
from papers.cards import links_of, notes, paper_of, places, related, tags_of
from papers.models import Relation
from papers.outline import outline
from papers.views.page import page


def paper_or_404(key, *, preview):
    """The paper of this key, in whatever case."""
    found = paper_of(key, preview=preview)
    if not found:
        raise Http404(_("There is no such paper."))
    return found


@page
def paper(request, key, *, preview):
    """A paper: everything known of it, what curators say of it, where it stands."""
    found = paper_or_404(key, preview=preview)
    if found.key != key:
        return redirect(addresses(preview=preview).paper(found.key), permanent=True)
    tree = outline(request.state, preview)
    order = {node: number for number, node in enumerate(tree.walk())}
    entries = sorted(places([found.pk], tree)[found.pk], key=lambda entry: order[entry.node])
    sections = [entry.node.section.pk for entry in entries]
    own, covering = [], []
    for note in notes([found.pk], sections, preview=preview):
        if note.paper_id:
            own.append(note)
        else:
            covering.append((tree.nodes[note.section_id], note))
    earlier, later = related(found.pk, preview=preview)
    context = {
        "paper": found,
        "links": links_of([found.pk])[found.pk],
        "tags": tags_of([found.pk])[found.pk],
        "entries": entries,
        "notes": own,
        "section_notes": covering,
        "relations": [
            *((Relation.Kind(kind).label, card) for kind, card in earlier),
            *((Relation.REVERSED[kind], card) for kind, card in later),
        ],
    }
    return render(request, "papers/paper.html", context)
