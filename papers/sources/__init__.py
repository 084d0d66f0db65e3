"""Identifier → record, over the network: one module a registry, all of the same shape.

A source module has `NAME`, `identify(record)`, the identifier that it would ask for, or "", and
`fetch(ids, access)`, which gives pairs of identifier and Found or SourceError and raises
nothing. A new source is one module, one line in the table below and one test.

Everything goes through `http.Door`, the only place that opens connections; what is asked of a
page that somebody pasted goes through its `get`.
"""

from papers.sources import arxiv, crossref
from papers.sources.access import Access
from papers.sources.errors import SourceError
from papers.sources.http import Door
from papers.sources.lookup import Found

SOURCES = {"arxiv": arxiv, "crossref": crossref}

__all__ = ["SOURCES", "Access", "Door", "Found", "SourceError"]
