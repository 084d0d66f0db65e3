"""Real lists, where a folder of them stands beside the project, read as their truth says."""

import importlib.util
import json
from pathlib import Path

import pytest

from papers.formats.markdown import read
from papers.records import Record, SectionRecord

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
LISTS, SEED = SHARED / "lists" / "dev", SHARED / "seed" / "list.zh.md"
FLOORS = {
    "f1": 0.99,
    "title": 0.98,
    "section": 0.98,
    "highlight_f1": 0.95,
    "note_kept": 0.95,
    "extra_links": 0.95,
}


@pytest.fixture(scope="module")
def bench():
    return load(ROOT / "tests" / "bench" / "score_lists.py")


def load(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.skipif(not LISTS.is_dir(), reason="no lists beside the project")
def test_real_lists_are_read_as_their_truth_says(bench):
    scoring = load(LISTS.parent / "score.py")
    figures = {name: [] for name in FLOORS}
    for path in sorted(LISTS.glob("*.md")):
        items = read(path.read_text(encoding="utf-8"))
        predictions = [bench.as_prediction(item) for item in items if isinstance(item, Record)]
        truth = path.with_suffix(".truth.jsonl").read_text(encoding="utf-8").splitlines()
        result, _ = scoring.score(predictions, [json.loads(line) for line in truth])
        for name, values in figures.items():
            if result[name] is not None:
                values.append(result[name])
    means = {name: sum(values) / len(values) for name, values in figures.items()}
    assert not {name: mean for name, mean in means.items() if mean < FLOORS[name]}


@pytest.mark.skipif(not SEED.is_file(), reason="the first list is not beside the project")
def test_the_first_list_is_read_whole():
    items = list(read(SEED.read_text(encoding="utf-8")))
    sections = [item for item in items if isinstance(item, SectionRecord)]
    papers = [item for item in items if isinstance(item, Record)]
    noted = [paper for paper in papers if paper.placements[0].notes]
    assert [len(section.path) for section in sections].count(1) == 3
    assert [len(section.path) for section in sections].count(2) == 10
    assert len(papers) == sum(paper.placements[0].highlighted for paper in papers) == 14
    assert len(noted) + sum(len(section.notes) for section in sections) == 11
