"""Items → a table."""

import csv
import io

from papers.formats import values
from papers.formats.csv import lists
from papers.formats.csv.columns import COLUMNS, TEXTS
from papers.formats.csv.formulas import disarm
from papers.records import Placement, Record


def write(items, language="en"):
    """A table with headings. The mark at its beginning tells Excel that it is UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")

    def line(cells):
        out.seek(0)
        out.truncate()
        writer.writerow(cells)
        return out.getvalue()

    yield "\ufeff" + line(COLUMNS)
    for item in items:
        if isinstance(item, Record):
            for placement in item.placements or [Placement()]:
                cells = _cells(item, placement, language)
                yield line([disarm(cells[name]) for name in COLUMNS])


def _cells(record, placement, language):
    return {name: values.plain(getattr(record, name)) for name in TEXTS} | {
        "key": record.key,
        "authors": lists.write_names(record.authors, incomplete=record.authors_incomplete),
        "year": str(record.year or ""),
        "published_on": record.published_on.isoformat() if record.published_on else "",
        "kind": record.kind,
        # Never the number alone, which a spreadsheet would take for one.
        "arxiv": values.write_arxiv(record),
        "doi": record.doi,
        "openreview": record.openreview_id,
        "acl": record.acl_id,
        "url": "%20".join(record.url.split()),
        "links": lists.write_links(record.links),
        "language": record.language,
        "tags": lists.write_tags(record.tags),
        "abstract": values.paragraphs(record.abstract),
        "section": lists.write_section(placement.section),
        "section_slug": placement.slug,
        "position": "" if placement.position is None else str(placement.position),
        "label": values.plain(placement.label),
        "highlighted": "yes" if placement.highlighted else "",
        "note": lists.write_notes(record.notes, language),
        "entry_note": lists.write_notes(placement.notes, language),
        "relations": lists.write_relations(record.relations),
        "status": record.status,
    }
