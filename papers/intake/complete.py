"""Asks the registries what a paper is called that came as an identifier alone."""

import math
from dataclasses import replace

from papers.addresses import ACL_DOI
from papers.formats.values import set_identifier
from papers.intake.columns import FIELDS
from papers.intake.known import InList, Marks
from papers.intake.vet import vet
from papers.records import Problem, Record
from papers.sources import SOURCES, SourceError

#: What is said of a record for which there was no time.
NOT_ASKED = "There was no time to ask what it is called. Bring it in once more, later."
#: Items that are held at a time; and fewer if so many want a title, as arXiv is asked for at once.
PIECE, UNTITLED = 2000, 100


def complete(items, access, *, most=None, seconds=None):
    """The same items in their order, with the titles that were missing, and what else is known.

    A record without a title is asked for where it has an identifier and the list does not have
    it yet. Blanks are filled; nothing is overwritten. One whose title nobody tells becomes a
    Problem that says why, the others come through. What a registry warns of, such as a paper
    that was withdrawn, is a Problem, not `lost`, before its record. access: an Access, see
    registries.access. Raises nothing of its own; may wait as long as registries want it, so that
    it has no place within a transaction.

    For who is waited for: most: so many are asked for, and no more once `seconds` have passed.
    The others become Problems that say so.
    """
    silent = {}
    room = math.inf if most is None else most
    until = math.inf if seconds is None else access.clock() + seconds
    for piece in _pieces(items):
        asked = _unknown(piece)
        probes = list(asked.values())
        count = min(len(probes), room) if access.clock() < until else 0
        room -= count
        found, reasons = _ask(probes[:count], access, silent)
        reasons.update((id(probe), NOT_ASKED) for probe in probes[count:])
        for item in piece:
            probe = asked.get(id(item))
            if probe is None:
                yield item
            elif id(probe) in found:
                yield from _completed(item, found[id(probe)])
            else:
                yield _untitled(item, reasons.get(id(probe)))


def _pieces(items):
    piece, untitled = [], 0
    for item in items:
        piece.append(item)
        untitled += _is_untitled(item)
        if len(piece) == PIECE or untitled == UNTITLED:
            yield piece
            piece, untitled = [], 0
    yield piece


def _is_untitled(item):
    return isinstance(item, Record) and not item.title.strip()


def _unknown(piece):
    """The records that lack a title and are not in the list, by id(): each as a copy that has
    all identifiers, those that its address carries too."""
    probes = {id(item): _probe(item) for item in piece if _is_untitled(item)}
    marks = {name: Marks.of(probe) for name, probe in probes.items()}
    here = InList(list(marks.values())) if marks else None
    return {
        name: probe
        for name, probe in probes.items()
        if (probe.url or probe.arxiv_id or probe.doi or probe.acl_id or probe.openreview_id)
        and not here.find(marks[name])
    }


def _probe(record):
    probe = replace(record)
    vet(probe)
    set_identifier(probe, probe.url)
    if probe.acl_id and not probe.doi:
        probe.doi = f"{ACL_DOI}{probe.acl_id}"
    return probe


def _ask(probes, access, silent):
    """What was Found, and why something was not, by id() of a probe.

    silent: sources that are out of reach, with what they said. They are not asked again.
    """
    found, reasons = {}, {}
    for source in SOURCES.values():
        asked = {}
        for probe in probes:
            identifier = source.identify(probe)
            if identifier and id(probe) not in found:
                asked.setdefault(identifier, []).append(id(probe))
        for identifier, result in _answers(source, asked, access, silent):
            if not isinstance(result, SourceError):
                found.update(dict.fromkeys(asked[identifier], result))
                continue
            reasons.update(dict.fromkeys(asked[identifier], str(result)))
            if result.unavailable:
                silent.setdefault(source.NAME, result)
    return found, reasons


def _answers(source, identifiers, access, silent):
    if error := silent.get(source.NAME):
        return [(identifier, error.of(identifier)) for identifier in identifiers]
    return source.fetch(identifiers, access) if identifiers else ()


def _completed(record, found):
    for warning in found.warnings:
        yield Problem(reason=warning, line=record.line, text=found.record.title, lost=False)
    if not record.authors:
        record.authors_incomplete = found.record.authors_incomplete
    for name in (*FIELDS, "source"):
        if not getattr(record, name):
            setattr(record, name, getattr(found.record, name))
    yield record


def _untitled(record, reason):
    names = " nor ".join(source.NAME for source in SOURCES.values())
    return Problem(
        reason=reason or f"It has no title, and neither {names} can be asked about it.",
        line=record.line,
        text=record.url or record.arxiv_id or record.doi or record.acl_id or record.openreview_id,
    )
