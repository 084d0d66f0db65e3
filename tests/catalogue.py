"""What the registry of the tests knows, and how arXiv and Crossref say it when all is well.

The papers are made up; the shapes are those of the registries' manuals.
"""

import json
from xml.sax.saxutils import escape

from papers.identifiers import parse_arxiv

#: By identifier: an entry of arXiv, as much of it as differs from the next.
ARXIV = {
    "2101.00001": {
        "version": 3,
        "title": "Counting Sheep at Scale:\n  An Empirical Study",
        "summary": "  We count sheep until $n \\to \\infty$\nand report how it feels.\n"
        "  The flock is released.\n",
        "authors": ["Ada Lámpa", "Bo van der Meer", "Carl Stone Jr.", "Wool Collaboration"],
        "published": "2021-01-01T18:00:00Z",
        "updated": "2021-06-30T09:30:00Z",
        "category": "cs.CL",
        "comment": "12 pages, 3 figures",
        "journal_ref": "Journal of Sheep 12 (2022) 17-29",
        "doi": "10.5555/sheep.2022.17",
    },
    "2101.00002": {"title": "On the Warmth of Socks", "authors": ["Dee Knit"]},
    "2101.00003": {
        "title": "A Proof That Was None",
        "authors": ["Eve Rash"],
        "comment": "This paper has been withdrawn by the author due to a gap in Lemma 2",
    },
    "2101.00004": {"title": "Tea & Biscuits: 1 < 2", "authors": ["Flo Pot", ":", "et al."]},
    # Two parts of one article.
    "2101.00005": {
        "title": "Counting Sheep at Scale: The Appendix",
        "authors": ["Ada Lámpa"],
        "doi": "10.5555/sheep.2022.17",
    },
    "2101.00006": {
        "title": "Wool\u202e Is\u200b Warm",
        "authors": ["Gil Loom"],
        "comment": "9 pages. Accepted at ICML 2021 (spotlight). Code: https://example.org/wool",
    },
    # All that is said of some that are not known.
    "2101.00007": {"title": "", "authors": []},
    "hep-th/9901001": {
        "title": "Strings in a Drawer",
        "authors": ["G. Tangle"],
        "published": "1999-01-04T12:00:00-05:00",
        "category": "hep-th",
    },
}
#: By DOI: a work of Crossref.
CROSSREF = {
    "10.5555/sheep.2022.17": {
        "DOI": "10.5555/Sheep.2022.17",
        "type": "journal-article",
        "title": ["Counting <i>Sheep</i> at Scale"],
        "subtitle": ["Sleep &amp;amp; its measure"],
        "author": [
            {"given": "Bo", "family": "van der Meer", "sequence": "additional"},
            {"given": "Ada", "family": "Lámpa", "sequence": "first", "affiliation": []},
            {"given": "Carl", "family": "Stone", "suffix": "Jr.", "sequence": "additional"},
            {"name": "Wool Collaboration", "sequence": "additional"},
        ],
        "container-title": ["Journal of Sheep"],
        "short-container-title": ["J. Sheep"],
        "volume": "12",
        "issue": "3",
        "page": "17-29",
        "publisher": "Meadow Press",
        "issued": {"date-parts": [[2021, 12, 20]]},
        "published-online": {"date-parts": [[2021, 12, 20]]},
        "published-print": {"date-parts": [[2022, 1]]},
        "abstract": "<jats:title>Abstract</jats:title><jats:p>We count <jats:italic>sheep"
        "</jats:italic>.</jats:p><jats:p>They jump.</jats:p>",
        "URL": "http://dx.doi.org/10.5555/sheep.2022.17",
        "relation": {"has-preprint": [{"id-type": "arxiv", "id": "2101.00001"}]},
        "reference": [{"key": "1"}],
    },
    "10.5555/socks": {
        "DOI": "10.5555/socks",
        "type": "proceedings-article",
        "title": ["Socks"],
        "container-title": ["Lecture Notes in Garments", "Feet – ECCF 2020"],
        "event": {"name": "European Conference on Covered Feet"},
        "article-number": "e7",
        "issued": {"date-parts": [[2020]]},
    },
    # Whatever may be missing, null or of another type is.
    "10.5555/odd": {
        "DOI": "10.5555/odd",
        "type": None,
        "title": "Odd",
        "author": [None, "somebody", {"given": None, "family": 7}, {"family": "Even"}],
        "container-title": None,
        "issued": {"date-parts": [[None]]},
        "published-print": {"date-parts": "2020"},
        "published-online": [2020],
        "page": 12,
        "abstract": ["no text"],
        "relation": [],
        "event": "a party",
        "volume": True,
    },
    "10.5555/preprint": {
        "DOI": "10.5555/preprint",
        "type": "posted-content",
        "title": ["RETRACTED: Sheep Before They Were Counted"],
        "posted": {"date-parts": [["2020", "5", "4"]]},
        "relation": {"is-preprint-of": {"id-type": "doi", "id": "10.5555/SHEEP.2022.17"}},
    },
    "10.18653/v1/p19-1001": {
        "DOI": "10.18653/v1/P19-1001",
        "type": "proceedings-article",
        "title": ["Wool in Context"],
    },
    "10.5555/untitled": {"DOI": "10.5555/untitled", "type": "book", "title": []},
    "10.5555/a,b": {"DOI": "10.5555/a,b", "type": "monograph", "title": ["Commas"]},
}


#: What may be selected of a work; whoever selects something else gets nothing.
SELECTABLE = {
    *("abstract", "URL", "resource", "member", "posted", "score", "created", "degree"),
    *("update-policy", "short-title", "license", "ISSN", "container-title", "issued"),
    *("update-to", "issue", "prefix", "approved", "indexed", "article-number"),
    *("clinical-trial-number", "accepted", "author", "group-title", "DOI"),
    *("is-referenced-by-count", "updated-by", "event", "chair", "standards-body"),
    *("original-title", "funder", "translator", "published", "archive", "published-print"),
    *("alternative-id", "subject", "subtitle", "published-online", "publisher-location"),
    *("content-domain", "reference", "title", "link", "type", "publisher", "volume"),
    *("references-count", "ISBN", "issn-type", "assertion", "deposited", "page"),
    *("content-created", "short-container-title", "relation", "editor"),
}


def answer(asked):
    """Status, media type, body and headers."""
    if asked.path.startswith("/api/query"):
        return 200, "application/atom+xml; charset=utf-8", _arxiv(asked.query)
    if asked.path == "/works":
        if wrong := set(asked.query["select"].split(",")) - SELECTABLE:
            return 400, "application/json", _validation_failure(wrong)
        return 200, "application/json", _works(asked.query)
    if asked.path.startswith("/works/"):
        work = CROSSREF.get(asked.path.removeprefix("/works/").lower())
        if work is None:
            return 404, "text/plain", "Resource not found."
        return 200, "application/json", _message("work", work)
    return 200, "text/html", "<!doctype html><title>A page</title>"


def _arxiv(query):
    entries = []
    for text in filter(None, query.get("id_list", "").split(",")):
        found = parse_arxiv(text)
        if not found:
            return feed([error_entry(f"incorrect id format for {text}")])
        paper = ARXIV.get(found.id)
        if paper and (found.version or 1) <= paper.get("version", 1):
            entries.append(_entry(found.id, found.version, paper))
    return feed(entries[: int(query.get("max_results", 10))])


def feed(entries):
    return f"""<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/"
      xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">
  <id>https://arxiv.org/api/made-up</id>
  <title>arXiv Query: search_query=&amp;id_list=</title>
  <updated>2024-01-01T00:00:00Z</updated>
  <opensearch:totalResults>{len(entries)}</opensearch:totalResults>
  {"".join(entries)}
</feed>"""


def _entry(identifier, version, paper):
    published = paper.get("published", "2021-01-02T00:00:00Z")
    own = "".join(
        f"<arxiv:{name}>{escape(paper[name])}</arxiv:{name}>"
        for name in ("comment", "journal_ref", "doi")
        if name in paper
    )
    authors = "".join(f"<author><name>{escape(name)}</name></author>" for name in paper["authors"])
    return f"""<entry>
    <id>http://arxiv.org/abs/{identifier}v{version or paper.get("version", 1)}</id>
    <title>{escape(paper["title"])}</title>
    <updated>{paper.get("updated", published)}</updated>
    <published>{published}</published>
    <summary>{escape(paper.get("summary", "Made up."))}</summary>
    {authors}{own}
    <link rel="related" type="application/pdf" href="https://arxiv.org/pdf/{identifier}"/>
    <arxiv:primary_category term="{paper.get("category", "cs.LG")}"/>
    <category term="cs.LG" scheme="http://arxiv.org/schemas/atom"/>
  </entry>"""


def error_entry(text):
    return f"""<entry><id>https://arxiv.org/api/errors#{text.replace(" ", "_")}</id>
    <title>Error</title><summary>{text}</summary></entry>"""


def _works(query):
    names = [part.removeprefix("doi:") for part in query["filter"].split(",")]
    selected = query["select"].split(",")
    items = [
        {key: value for key, value in CROSSREF[name].items() if key in selected}
        for name in names
        if name in CROSSREF
    ]
    return _message("work-list", {"total-results": len(items), "items": items})


def _validation_failure(fields):
    failures = [
        {
            "type": "parameter-not-found",
            "value": field,
            "message": f"Select {field} specified but there is no such select for this route.",
        }
        for field in fields
    ]
    return json.dumps(
        {"status": "failed", "message-type": "validation-failure", "message": failures}
    )


def _message(kind, message):
    return json.dumps({"status": "ok", "message-type": kind, "message": message})
