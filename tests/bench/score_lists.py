"""Reads every list of a folder and has its score.py compare the records with the truth.

python tests/bench/score_lists.py [FOLDER] [--errors N] [--only NAME]
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from papers.formats.markdown import read
from papers.records import Record

LISTS = ROOT.parent / "shared" / "lists"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=LISTS / "dev")
    parser.add_argument("--score", type=Path, default=LISTS / "score.py")
    parser.add_argument("--errors", default="0")
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        truths, predictions = Path(folder, "truth"), Path(folder, "predictions")
        truths.mkdir()
        predictions.mkdir()
        size = spent = 0
        for path in sorted(options.folder.glob("*.md")):
            if options.only not in path.stem:
                continue
            text = path.read_text(encoding="utf-8")
            start = time.process_time()
            items = list(read(text))
            spent += time.process_time() - start
            size += len(text.encode())
            lines = [json.dumps(as_prediction(item)) for item in items if isinstance(item, Record)]
            (predictions / f"{path.stem}.jsonl").write_text("\n".join(lines), encoding="utf-8")
            (truths / f"{path.stem}.truth.jsonl").symlink_to(path.with_suffix(".truth.jsonl"))
        command = [sys.executable, options.score, "--dir", predictions, truths]
        subprocess.run([*command, "--errors", options.errors], check=True)
        print(f"{size / spent / 1e6:.2f} MB/s")


def as_prediction(record):
    """A Record as lists/RULES.md has it."""
    place = record.placements[0]
    notes = [text for note in place.notes for text in note.text.values()]
    identifiers = {
        "arxiv": record.arxiv_id,
        "doi": record.doi,
        "openreview": record.openreview_id,
        "acl": record.acl_id,
    }
    return {
        "section_path": list(place.section),
        "title": record.title,
        "url": record.url or None,
        "identifiers": {name: value for name, value in identifiers.items() if value},
        "extra_links": [{"label": link.label, "url": link.url} for link in record.links],
        "highlighted": place.highlighted,
        "note_text": "\n".join(notes),
        "line": record.line,
    }


if __name__ == "__main__":
    main()
