"""Makes objects for tests: `make.paper(title="…")`. What is not said is plausible."""

import itertools

from papers.models import Entry, Note, Paper, Section

_number = itertools.count(1)


def section(**fields):
    number = next(_number)
    return Section.objects.create(
        **{"title_en": f"Section {number}", "slug": f"section-{number}", **fields}
    )


def paper(**fields):
    """A published paper, unless told otherwise."""
    number = next(_number)
    return Paper.objects.create(
        **{
            "key": f"author{number}",
            "title": f"Paper {number}",
            "authors": ["Ada Author", "Bo Writer"],
            "year": 2020,
            "status": Paper.Status.PUBLISHED,
            **fields,
        }
    )


def draft(**fields):
    return paper(status=Paper.Status.DRAFT, **fields)


def entry(**fields):
    fields.setdefault("paper", None)
    fields["paper"] = fields["paper"] or paper()
    fields["section"] = fields.get("section") or section()
    return Entry.objects.create(**fields)


def note(**fields):
    return Note.objects.create(**{"body_en": "A note.", **fields})
