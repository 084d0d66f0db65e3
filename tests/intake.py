"""Tools for the tests of intake: `take` applies items, `attention` is a record for them."""

from papers.intake import Options, apply, plan
from papers.models import Entry, Link, Note, Paper, Relation, Section, Tag
from papers.records import Record


def take(*items, **options):
    """Applies a plan of these items; gives the report and the outcomes."""
    outcomes = []
    report = apply(plan(items, Options(**options)), on_outcome=outcomes.append)
    return report, outcomes


def attention(**fields):
    return Record(
        **{
            "title": "Attention Is All You Need",
            "authors": ["Ashish Vaswani", "Noam Shazeer"],
            "year": 2017,
            "arxiv_id": "1706.03762",
            **fields,
        }
    )


def counts():
    return [model.objects.count() for model in (Paper, Section, Entry, Note, Link, Tag, Relation)]
