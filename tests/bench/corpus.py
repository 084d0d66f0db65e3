"""Maps the corpus of real papers to JSON Lines of a list: `corpus.py papers.jsonl.xz > OUT`.

A venue is a section, a year a section within it. The corpus is not part of the project.
"""

import json
import lzma
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from papers.formats import jsonl
from papers.records import LinkRecord, Placement, Record


def records(path, limit=None):
    """The corpus as records, at most `limit` of them."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number == limit:
                return
            yield _record(json.loads(line))


def _record(row):
    venue = row["venue"].upper()
    links = [LinkRecord(url=row["pdf"], kind="pdf")] if row.get("pdf") else []
    return Record(
        title=row["title"],
        authors=[name.strip() for name in row["authors"] if name.strip()],
        year=row["year"],
        kind="conference",
        venue=venue,
        abstract=row["abstract"] or "",
        url=row["url"] or "",
        arxiv_id=row["arxiv"] or "",
        doi=row["doi"] or "",
        tags=row.get("keywords") or [],
        links=links,
        placements=[Placement(section=(venue, f"{venue} {row['year']}"))],
    )


if __name__ == "__main__":
    source, *limit = sys.argv[1:]
    sys.stdout.writelines(jsonl.write(records(source, int(limit[0]) if limit else None)))
