"""Fills the list's blanks with what the registries know.

One registry after the other, so that what the first filled is no longer blank for the next.
"""

from itertools import islice

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from papers.intake.columns import FIELDS
from papers.intake.plan import differ
from papers.intake.report import Difference, Outcome
from papers.intake.vet import vet
from papers.models import Paper
from papers.sources import SOURCES, Access, SourceError

#: Papers written in one transaction: hardly anything is lost when a long run is stopped.
PIECE = 100
#: Columns in which no two papers may have the same.
UNIQUE = ("arxiv_id", "doi")


def access(**changes):
    """An Access as the settings have it."""
    found = {
        "folder": settings.DATA_DIR / "registries",
        "contact": settings.CONTACT_EMAIL,
        "arxiv_url": settings.ARXIV_API_URL,
        "crossref_url": settings.CROSSREF_API_URL,
    }
    return Access(**{**found, **changes})


def count(papers):
    """How many questions there are about papers, a queryset: one for each identifier."""
    asked = _keys(papers)
    return sum(len(_identifiers(asked, source)) for source in SOURCES.values())


def fill(papers, *, access, write=True, user=None):
    """Asks about papers, a queryset, and gives an Outcome for each question, as it is answered.

    Blanks are filled, and nothing is overwritten: what differs is among the outcome's
    differences, what a registry warns of among its complaints. Without an answer its status is
    `unusable`, and the reason a sentence. write: whether anything is written; user: whose doing
    it is.
    """
    # What the first registry fills may be why a paper is among them: the next is asked as well.
    keys = _keys(papers)
    for source in SOURCES.values():
        asked = _identifiers(keys, source)
        answers = source.fetch(asked, access)
        while piece := list(islice(answers, PIECE)):
            with transaction.atomic():
                locked = Paper.objects.select_for_update() if write else Paper.objects
                here = locked.in_bulk([asked[identifier][0] for identifier, _ in piece])
                outcomes = []
                for identifier, result in piece:
                    pk, key = asked[identifier]
                    outcomes.append(_outcome(here.get(pk), key, result))
                    # At once, so that the next one sees what it must not repeat.
                    if write and outcomes[-1].fills:
                        _write(here[pk], outcomes[-1], source.NAME, user)
            yield from outcomes


def _keys(papers):
    return list(papers.order_by("pk").values_list("pk", flat=True))


def _identifiers(keys, source):
    """Identifier → primary key and key of its paper, of papers with these primary keys."""
    found = {}
    for part in Paper.objects.among("pk", keys):
        for paper in part.order_by("pk").only("pk", "key", *UNIQUE):
            if identifier := source.identify(paper):
                found[identifier] = (paper.pk, paper.key)
    return found


def _outcome(paper, key, result):
    if isinstance(result, SourceError):
        title = paper.title if paper else key
        return Outcome(status="unusable", key=key, title=title, reason=str(result))
    if paper is None:
        reason = "It was deleted while the registry was asked."
        return Outcome(status="unusable", key=key, title=key, reason=reason)
    outcome = Outcome(status="here", record=result.record, key=key, title=paper.title)
    outcome.complaints = [*result.warnings, *vet(result.record)]
    for name in FIELDS:
        _compare(outcome, paper, name, getattr(result.record, name))
    return outcome


def _compare(outcome, paper, name, there):
    here = getattr(paper, name)
    if not there:
        return
    if here:
        if differ(name, here, there):
            outcome.differences.append(Difference(name, here, there))
        return
    longest = Paper._meta.get_field(name).max_length
    if longest and len(there) > longest:
        outcome.complaints.append(f"Its {name} is longer than {longest} characters: left out.")
    elif name in UNIQUE and (other := Paper.objects.filter(**{name: there}).first()):
        outcome.complaints.append(f"{there} is the identifier of another paper here, {other.key}.")
    else:
        outcome.fills[name] = there


def _write(paper, outcome, name, user):
    for field, value in outcome.fills.items():
        setattr(paper, field, value)
    if "authors" in outcome.fills:
        paper.authors_incomplete = outcome.record.authors_incomplete
    known = [part for part in paper.metadata_source.split(", ") if part and part != name]
    paper.metadata_source = ", ".join([*known, name])[:100]
    paper.metadata_at = timezone.now()
    if user:
        paper.updated_by = user
    paper.save()
