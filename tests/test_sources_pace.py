"""Registries are asked as often as they allow, by all processes together, and nothing twice."""

import json
import subprocess
import sys
import threading
import time
from itertools import chain, pairwise
from pathlib import Path

import pytest

from papers.sources import Found, SourceError, arxiv, crossref
from papers.sources.answers import DAY, Answers
from papers.sources.pace import Pace

ROOT = Path(__file__).resolve().parent.parent
ASK = """
import sys
from pathlib import Path
from papers.sources import Access, arxiv
access = Access(folder=Path(sys.argv[1]), arxiv_url=sys.argv[2])
arxiv.INTERVAL, arxiv.BATCH = 0.4, 1
for given, result in arxiv.fetch(sys.argv[3:], access):
    print(given, type(result).__name__)
"""


def test_arxiv_is_asked_once_in_three_seconds(registry, tmp_path):
    ids = [f"2103.{number:05}" for number in range(1, 301)]
    list(arxiv.fetch(ids, registry.access(tmp_path)))
    list(arxiv.fetch(["2101.00001"], registry.access(tmp_path)))
    times = [asked.time - registry.requests[0].time for asked in registry.requests]
    assert times == [0, 3, 6, 9]


def test_one_connection_serves_all_questions(registry, tmp_path):
    ids = [f"2103.{number:05}" for number in range(1, 301)]
    list(arxiv.fetch(ids, registry.access(tmp_path)))
    assert len({asked.connection for asked in registry.requests}) == 1


def test_a_redirect_counts_as_a_request(registry, tmp_path):
    registry.misbehave("redirect_loop", times=1)
    list(arxiv.fetch(["2101.00001"], registry.access(tmp_path)))
    first, second = registry.requests
    assert second.time - first.time == 3


def test_two_processes_keep_the_pace_together(registry, tmp_path):
    asked = [["2101.00001", "2101.00002", "2101.00003"], ["2101.00004", "hep-th/9901001"]]
    starts = []
    original = registry.fault
    gate = threading.Lock()
    overlaps = []

    def fault(request):
        overlaps.append(not gate.acquire(blocking=False))
        starts.append(time.monotonic())
        time.sleep(0.1)
        gate.release()
        return original(request)

    registry.fault = fault
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", ASK, str(tmp_path), registry.arxiv_url, *ids],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        for ids in asked
    ]
    told = chain(*(process.communicate(timeout=60)[0].splitlines() for process in processes))
    assert sorted(told) == sorted(f"{one} Found" for one in chain(*asked))
    assert len(starts) == 5
    assert not any(overlaps)
    gaps = [later - earlier for earlier, later in pairwise(starts)]
    # Seen from the server: a request may be on its way for a moment.
    assert min(gaps) > 0.4 - 0.1
    assert starts[-1] - starts[0] > 4 * 0.4 - 0.1


def test_who_would_wait_too_long_for_another_process_is_told(registry, tmp_path):
    access = registry.access(tmp_path)
    with Pace(access, "arXiv", 3).turn(access.clock() + 1):
        ((_, result),) = arxiv.fetch(["2101.00001"], registry.access(tmp_path, patience=20))
    assert result.sentence == "arXiv is being asked by others of this site. Try again later."
    assert not registry.requests


def test_a_process_that_is_killed_keeps_nobody_waiting(registry, tmp_path, monkeypatch):
    monkeypatch.setattr(arxiv, "INTERVAL", 0.4)
    registry.misbehave("hang", times=1)
    command = [sys.executable, "-c", ASK, str(tmp_path), registry.arxiv_url, "2101.00001"]
    process = subprocess.Popen(command, cwd=ROOT)
    while not registry.requests:
        time.sleep(0.02)
    process.kill()
    process.wait()
    access = registry.access(tmp_path, clock=time.time, sleep=time.sleep, patience=10)
    ((_, result),) = arxiv.fetch(["2101.00001"], access)
    assert isinstance(result, Found)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nonsense",
        "[]",
        '{"start": "now"}',
        '{"start": NaN}',
        '{"interval": -Infinity}',
        '{"interval": 1e9, "start": 2e9}',
    ],
)
def test_a_pace_file_that_is_damaged_does_no_harm(registry, tmp_path, text):
    (tmp_path / "arxiv.pace").write_text(text)
    ((_, result),) = arxiv.fetch(["2101.00001"], registry.access(tmp_path))
    assert isinstance(result, Found)


def test_a_clock_that_was_put_back_makes_nobody_wait_for_long(registry, tmp_path):
    (tmp_path / "arxiv.pace").write_text(json.dumps({"start": registry.now + 1e6}))
    ((_, result),) = arxiv.fetch(["2101.00001"], registry.access(tmp_path))
    assert isinstance(result, Found)
    assert sum(registry.naps) == 3


def test_crossrefs_own_limit_is_kept(registry, tmp_path):
    dois = [f"10.5555/{number}" for number in range(151)]
    registry.limits = {"X-Rate-Limit-Limit": "2", "X-Rate-Limit-Interval": "10s"}
    list(crossref.fetch(dois, registry.access(tmp_path)))
    times = [asked.time - registry.requests[0].time for asked in registry.requests]
    assert times == [0, 5, 10, 15]


# --- Nothing twice ---


def test_nothing_is_asked_twice_within_a_day_known_or_not(registry, tmp_path):
    ids = ["2101.00001", "2101.99999"]
    first = dict(arxiv.fetch(ids, registry.access(tmp_path)))
    registry.now += DAY - 100
    assert repr(dict(arxiv.fetch(ids, registry.access(tmp_path)))) == repr(first)
    assert len(registry.requests) == 1
    registry.now += 200
    list(arxiv.fetch(ids, registry.access(tmp_path)))
    assert len(registry.requests) == 2


def test_a_failure_is_not_kept(registry, tmp_path):
    registry.misbehave("down")
    ((_, result),) = crossref.fetch(["10.5555/socks"], registry.access(tmp_path))
    assert isinstance(result, SourceError)
    registry.behave()
    ((_, result),) = crossref.fetch(["10.5555/socks"], registry.access(tmp_path))
    assert isinstance(result, Found)


def test_a_cache_of_the_callers_own_is_used(registry, tmp_path):
    class Kept(dict):
        def set(self, key, value, seconds):
            self[key] = value

    kept = Kept()
    list(crossref.fetch(["10.5555/socks"], registry.access(tmp_path, cache=kept)))
    assert list(kept) == ["Crossref:10.5555/socks"]
    assert not (tmp_path / "answers.sqlite3").exists()


def test_answers_are_bounded_and_forgotten_after_a_day(tmp_path, monkeypatch):
    monkeypatch.setattr("papers.sources.answers.MOST", 3)
    now = 1000.0
    answers = Answers(tmp_path / "answers.sqlite3", lambda: now)
    for number in range(5):
        answers.set(f"key {number}", {"number": number}, 10 + number)
    answers.close()
    assert [answers.get(f"key {number}") for number in range(3)] == [None, None, {"number": 2}]
    now += 13
    assert answers.get("key 3") is None
    assert answers.get("key 4") == {"number": 4}
    answers.close()


def test_a_file_of_answers_that_is_damaged_is_begun_anew(registry, tmp_path, caplog):
    file = tmp_path / "answers.sqlite3"
    file.write_bytes(b"no database" * 1000)
    for questions in (1, 2, 2):
        ((_, result),) = arxiv.fetch(["2101.00001"], registry.access(tmp_path))
        assert isinstance(result, Found)
        assert len(registry.requests) == questions
    assert "Answers of registries are not kept" in caplog.text
