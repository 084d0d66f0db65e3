"""What was foreseen, or done, in a person's words and language: for the pages of adding many."""

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy, ngettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from papers.admin import sentences
from papers.admin.differences import text
from papers.admin.foreseen import KINDS, SHOWN
from papers.admin.languages import label
from papers.models import Entry, Note, Paper

#: Of each kind: its name, what becomes of its items, and what has become of them.
MEANINGS = {
    "new": (
        pgettext_lazy("items", "New"),
        gettext_lazy("Not here yet: becomes a draft."),
        gettext_lazy("A draft now."),
    ),
    "fills": (
        pgettext_lazy("items", "Adds"),
        gettext_lazy("Here already: what it lacks comes in."),
        gettext_lazy("Was here already: what it lacked has come in."),
    ),
    "here": (
        pgettext_lazy("items", "Here"),
        gettext_lazy("Here already: nothing is added."),
        gettext_lazy("Was here already: nothing was added."),
    ),
    "repeated": (
        pgettext_lazy("items", "Again"),
        gettext_lazy("Named above already: the same paper."),
        gettext_lazy("Named above already: the same paper."),
    ),
    "conflict": (
        pgettext_lazy("items", "Conflict"),
        gettext_lazy("Left out: a person must decide which is right."),
        gettext_lazy("Left out: a person must decide which is right."),
    ),
    "unusable": (
        pgettext_lazy("items", "Unreadable"),
        gettext_lazy("Left out, for the reason given."),
        gettext_lazy("Left out, for the reason given."),
    ),
}
COUNTED = {
    "section": ngettext_lazy("%(count)d new section", "%(count)d new sections", "count"),
    "entry": ngettext_lazy("%(count)d place in a section", "%(count)d places in sections", "count"),
    "fill": ngettext_lazy("%(count)d blank filled", "%(count)d blanks filled", "count"),
    "note": ngettext_lazy("%(count)d private note", "%(count)d private notes", "count"),
    "link": ngettext_lazy("%(count)d link", "%(count)d links", "count"),
    "tag": ngettext_lazy("%(count)d tag", "%(count)d tags", "count"),
    "relation": ngettext_lazy("%(count)d relation", "%(count)d relations", "count"),
}
#: What is held back of a public paper, besides fields.
HELD = {
    "entry": gettext_lazy("Place in a section"),
    "note": gettext_lazy("Note"),
    "link": gettext_lazy("Link"),
    "tag": gettext_lazy("Tag"),
    "relation": gettext_lazy("Relation"),
}


def summary(found, *, done):
    """Of each kind that there is: `kind`, `name`, `count` and `meaning`."""
    return [
        {
            "kind": kind,
            "name": MEANINGS[kind][0],
            "count": count,
            "meaning": MEANINGS[kind][2 if done else 1],
        }
        for kind in KINDS
        if (count := found["kinds"].get(kind))
    ]


def counted(added):
    """Counts of what comes with the papers, such as "2 links"."""
    return [words % {"count": added[name]} for name, words in COUNTED.items() if added.get(name)]


def path(titles):
    """The titles of a section and those above it, in the reader's language where they have it."""
    return " › ".join(
        each.get(get_language()) or next(filter(None, each.values()), "") for each in titles
    )


def rows(found, kind=""):
    """The items that are shown, all or those of one kind, as the template shows them."""
    chosen = [row for row in found["rows"] if kind in {"", row["kind"]}]
    papers = _papers({row["key"] for row in chosen} - {""})
    return [_row(row, papers.get(row["key"])) for row in chosen]


def doubts(found):
    """What was read with doubt: its line, what it is about, and the sentence."""
    return [(line, about, sentences.translate(said)) for line, about, said in found["doubts"]]


def hidden(found, kind=""):
    """How many more items there are than are shown, by the name of their kind."""
    return [
        {"name": MEANINGS[name][0], "count": count - SHOWN}
        for name, count in found["kinds"].items()
        if count > SHOWN and kind in {"", name}
    ]


def _papers(keys):
    found = Paper.objects.order_by().only("pk", "key", "title", "status")
    return {paper.key: paper for part in found.among("key", keys) for paper in part}


def _row(row, paper):
    held = [(name, value) for name, value in row["held"] if name != "section"]
    return {
        **row,
        "name": MEANINGS[row["kind"]][0],
        "title": row["title"] or (paper.title if paper else ""),
        "url": reverse("admin:papers_paper_change", args=[paper.pk]) if paper else "",
        "paper": paper,
        "is_elsewhere": row["kind"] == "conflict",
        "changes_public": bool(paper and paper.is_visible and _is_seen(row)),
        "byline": _byline(row),
        "identifiers": _identifiers(row),
        "reason": sentences.translate(row["reason"]),
        "complaints": [sentences.translate(sentence) for sentence in row["complaints"]],
        "places": [(path(place["path"]), place["section"] is None) for place in row["places"]],
        "adds": counted({k: n for k, n in row["adds"].items() if k != "entry"}),
        "fills": [(_field(name), _value(name, value)) for name, value in row["fills"]],
        "differences": [
            (_field(name), _value(name, here), _value(name, there))
            for name, here, there in row["differences"]
        ],
        "held": [(_field(name), _value(name, value)) for name, value in held],
        "missing": [path(value) for name, value in row["held"] if name == "section"],
    }


def _is_seen(row):
    """Whether readers may see what a public paper gets: notes and new sections are not public."""
    in_known_section = any(place["section"] for place in row["places"])
    return row["fills"] or in_known_section or row["adds"].keys() - {"note", "entry"}


def _byline(row):
    authors = row.get("authors") or []
    names = ", ".join(authors[:3])
    if authors and (row["others"] or len(authors) > 3):
        names = _("%s et al.") % names
    return [str(part) for part in (names, row.get("year"), row.get("venue")) if part]


def _identifiers(row):
    named = Paper(arxiv_id=row.get("arxiv_id"), doi=row.get("doi"))
    found = [(f"arXiv:{named.arxiv_id}", named.arxiv_url), (f"doi:{named.doi}", named.doi_url)]
    found = [(words, url) for words, url in found if url]
    return found or ([(row["url"], row["url"])] if row.get("url") else [])


def _model_field(name):
    for model in (Paper, Entry):
        if name in {field.name for field in model._meta.concrete_fields}:
            return model._meta.get_field(name)
    return None


def _field(name):
    if field := _model_field(name):
        return label(field)
    return HELD.get(name) or capfirst(Note._meta.verbose_name)


def _value(name, value):
    if name == "entry":
        return path(value)
    field = _model_field(name)
    return text(field, field.to_python(value)) if field else str(value)
