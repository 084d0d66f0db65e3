"""Crossref's REST API: https://www.crossref.org/documentation/retrieve-metadata/rest-api/

Whoever gives an address (`mailto`) is served from the polite pool. The limits stand in each
answer's headers; until the first one we ask once a second.
"""

import json
from urllib.parse import quote, urlencode

from papers.identifiers import parse_arxiv, parse_doi
from papers.sources.errors import SourceError
from papers.sources.http import Door
from papers.sources.lookup import Lookup
from papers.sources.pace import Pace
from papers.sources.works import read_work

NAME = "Crossref"
INTERVAL = 1
BATCH = 50
#: References alone can make an answer a hundred times as long.
FIELDS = (
    *("DOI", "URL", "title", "subtitle", "author", "container-title", "short-container-title"),
    *("event", "issued", "published-print", "published-online", "posted", "volume"),
    *("issue", "page", "article-number", "publisher", "type", "abstract", "relation", "updated-by"),
)
UNNEEDED = ("reference", "license", "funder", "link", "assertion", "indexed", "content-domain")


def identify(record):
    """What to ask for: the record's DOI, or "" where it has none or one that is arXiv's."""
    return "" if parse_arxiv(record.doi or "") else record.doi or ""


def fetch(ids, access):
    """Pairs of id, as given, and Found or SourceError: one for each id, in no certain order.

    ids: DOIs, in any spelling that identifiers.parse_doi takes.
    """
    spellings = {}
    for given in dict.fromkeys(ids):
        doi = parse_doi(given)
        if doi and not parse_arxiv(doi):
            spellings.setdefault(doi, []).append(given)
        else:
            sentence = "This DOI is arXiv's: ask there." if doi else "This is no DOI."
            yield given, SourceError(sentence, about=given, permanent=True)
    with Door(access, name=NAME, pace=Pace(access, NAME, INTERVAL)) as door:
        works = f"{access.crossref_url.rstrip('/')}/works"
        contact = {"mailto": access.contact} if access.contact else {}

        def ask(batch):
            return _ask(door, works, contact, batch)

        lookup = Lookup(NAME, access, ask=ask, read=read_work, size=BATCH)
        try:
            for doi, result in lookup.fetch(spellings):
                yield from ((given, result) for given in spellings[doi])
        finally:
            lookup.close()


def _ask(door, works, contact, batch):
    # A comma separates filters, so a DOI that has one is asked for by its own address.
    listed = [doi for doi in batch if "," not in doi]
    if len(listed) == 1:
        listed = []
    said = _ask_list(door, works, contact, listed) if listed else {}
    for doi in batch:
        if doi not in listed:
            try:
                said[doi] = _ask_one(door, works, contact, doi)
            except SourceError as error:
                if len(batch) == 1 or error.unavailable:
                    raise
                said[doi] = error
    return said


def _ask_one(door, works, contact, doi):
    query = f"?{urlencode(contact)}" if contact else ""
    answer = door.get(f"{works}/{quote(doi, safe='')}{query}", media=("json", "text/plain"))
    # The 404 is plain text: Resource not found.
    if answer.status in {404, 410}:
        return {}
    work = _message(answer)
    return {key: value for key, value in work.items() if key not in UNNEEDED}


def _ask_list(door, works, contact, dois):
    filters = ",".join(f"doi:{doi}" for doi in dois)
    query = {"filter": filters, "rows": len(dois), "select": ",".join(FIELDS), **contact}
    items = _message(door.get(f"{works}?{urlencode(query)}", media=("json",))).get("items")
    if not isinstance(items, list):
        raise SourceError(f"{NAME} gave an answer without a list of works.")
    said = {}
    for work in items:
        if isinstance(work, dict) and isinstance(work.get("DOI"), str):
            said[parse_doi(work["DOI"])] = work
    return {doi: said[doi] for doi in dois if doi in said}


def _message(answer):
    """The `message` of an answer, which is an object. Raises SourceError."""
    if answer.status != 200:
        raise SourceError(f"{NAME} refuses (status {answer.status}).", permanent=True)
    try:
        # NaN and Infinity are no JSON.
        found = json.loads(answer.body, parse_constant=lambda name: None)
    # RecursionError: brackets within brackets without end.
    except (ValueError, RecursionError):
        raise SourceError(f"{NAME} gave an answer that is not JSON.") from None
    message = found.get("message") if isinstance(found, dict) else None
    if not isinstance(message, dict):
        raise SourceError(f"{NAME} gave an answer without a message.")
    return message
