"""Whatever a registry does, it ends in a sentence, and the other papers come in."""

import time
import tracemalloc
from datetime import UTC, datetime
from email.utils import format_datetime
from itertools import pairwise

import httpx
import pytest

from papers.sources import Door, Found, SourceError, arxiv, crossref, xml
from papers.sources.bodies import read_body
from papers.sources.http import TRIES, retry_after
from tests.registry import packed

ARXIV_ID, DOI = "2101.00001", "10.5555/socks"
BOTH = pytest.mark.parametrize(
    ("source", "identifier"), [(arxiv, ARXIV_ID), (crossref, DOI)], ids=["arxiv", "crossref"]
)

REAL = {"clock": time.time, "sleep": time.sleep}


def fetch_one(source, identifier, access):
    ((given, result),) = source.fetch([identifier], access)
    assert given == identifier
    return result


def failure(source, identifier, access):
    result = fetch_one(source, identifier, access)
    assert isinstance(result, SourceError)
    assert str(result).startswith(f"{identifier}: ")
    return result


@BOTH
@pytest.mark.parametrize(
    ("fault", "options", "sentence"),
    [
        ("half", {}, "{name} broke off its answer."),
        ("drop", {}, "{name} broke off its answer."),
        ("down", {}, "{name} is out of order (503)."),
        ("down", {"status": 500}, "{name} is out of order (500)."),
        ("limit", {}, "{name} has been asked too often and wants to be left alone for 7 s."),
        ("limit", {"after": "soon"}, "{name} has been asked too often."),
        ("empty", {}, "{name} gave an empty answer."),
        ("down", {"status": 403}, "{name} refuses us (status 403)."),
        ("down", {"status": 400}, "{name} refuses (text/html, status 400)."),
        ("web_page", {}, "{name} answered with something else (text/html, status 200)."),
        ("large", {}, "{name} gave an answer of more than 20 MB, which was not read to its end."),
        ("bomb", {}, "{name} gave an answer of more than 20 MB, which was not read to its end."),
        ("bombs", {}, "{name} answered in a packing that was not asked for (gzip, gzip)."),
        ("redirect_loop", {}, "{name} leads from one address to the next without end."),
        ("to_file", {}, "{name}: 'file:///etc/passwd' is no address on the web."),
        ("to_loopback", {}, "127.0.0.1 stands for 127.0.0.1, which is not on the public internet"),
        ("to_metadata", {}, "169.254.169.254 stands for 169.254.169.254, which is not on the"),
    ],
)
def test_each_failure_is_a_sentence(
    registry, tmp_path, source, identifier, fault, options, sentence
):
    registry.misbehave(fault, **options)
    error = failure(source, identifier, registry.access(tmp_path))
    assert error.sentence.startswith(sentence.format(name=source.NAME))
    assert len(registry.requests) <= 8
    registry.behave()
    registry.now += 10_000
    assert isinstance(fetch_one(source, identifier, registry.access(tmp_path)), Found)


@pytest.mark.parametrize(
    ("source", "identifier", "fault", "options", "sentence"),
    [
        (arxiv, ARXIV_ID, "garbage", {}, "arXiv gave an answer that is not XML ("),
        (arxiv, ARXIV_ID, "nonsense", {"body": "<a/>"}, "arXiv gave an answer that is not a feed"),
        (arxiv, ARXIV_ID, "entities", {}, "arXiv gave an answer that is not XML (a document type"),
        (arxiv, ARXIV_ID, "error_feed", {}, "arXiv refuses: incorrect id format for x"),
        (
            *(arxiv, ARXIV_ID, "nonsense", {"body": "<a>" * 100_000}),
            "arXiv gave an answer that is not XML (elements without end",
        ),
        (crossref, DOI, "garbage", {}, "Crossref gave an answer that is not JSON."),
        (crossref, DOI, "nonsense", {"body": "[" * 100_000}, "Crossref gave an answer that is not"),
        (crossref, DOI, "nonsense", {"body": "[]"}, "Crossref gave an answer without a message."),
        (crossref, DOI, "nonsense", {"body": '{"message": {"DOI": 1}}'}, "Crossref gave an answer"),
        (crossref, DOI, "entities", {}, "Crossref answered with something else (application/atom"),
    ],
)
def test_an_answer_that_cannot_be_read_is_said_to_be_so(
    registry, tmp_path, source, identifier, fault, options, sentence
):
    registry.misbehave(fault, **options)
    error = failure(source, identifier, registry.access(tmp_path))
    assert error.sentence.startswith(sentence)


@BOTH
def test_a_server_that_is_not_there_is_said_to_be_so(registry, tmp_path, source, identifier):
    nobody = "http://127.0.0.1:1/api"
    access = registry.access(tmp_path, arxiv_url=nobody, crossref_url=nobody)
    error = failure(source, identifier, access)
    assert error.sentence == f"{source.NAME} cannot be reached: connection refused."


def test_an_answer_of_very_many_elements_is_not_read(registry, tmp_path, monkeypatch):
    monkeypatch.setattr(xml, "MOST", 100)
    registry.misbehave("nonsense", body=f"<a>{'<b/>' * 100}</a>")
    error = failure(arxiv, ARXIV_ID, registry.access(tmp_path))
    assert "is not XML (elements without end" in error.sentence


def test_a_server_that_cannot_be_trusted_is_said_to_be_so(registry, tmp_path):
    url = registry.arxiv_url.replace("http:", "https:")
    error = failure(arxiv, ARXIV_ID, registry.access(tmp_path, arxiv_url=url))
    assert error.sentence.startswith("arXiv cannot be reached: ")
    assert not registry.requests


@BOTH
def test_a_pace_that_cannot_be_kept_is_said_and_nothing_asked(
    registry, tmp_path, source, identifier
):
    (tmp_path / "file").touch()
    error = failure(source, identifier, registry.access(tmp_path / "file"))
    assert "which keeps its pace, cannot be written" in error.sentence
    assert not registry.requests


@BOTH
def test_a_name_that_is_not_found_is_said(registry, tmp_path, source, identifier):
    def resolve(*arguments, **options):
        raise OSError("no such name")

    nowhere = "http://registry.invalid"
    access = registry.access(tmp_path, arxiv_url=nowhere, crossref_url=nowhere, resolve=resolve)
    error = failure(source, identifier, access)
    assert error.sentence == "The name registry.invalid cannot be found on the network."


@pytest.mark.parametrize("fault", ["slow", "hang"])
def test_an_answer_that_takes_too_long_is_not_waited_for(registry, tmp_path, fault):
    registry.misbehave(fault)
    # The real clock: no sleep of ours is in the way.
    access = registry.access(tmp_path, patience=0.6, **REAL)
    assert failure(arxiv, ARXIV_ID, access).sentence == "arXiv took too long to answer."


def test_a_bomb_is_never_unpacked_beyond_the_limit():
    bomb = httpx.ByteStream(packed())
    response = httpx.Response(200, headers={"Content-Encoding": "gzip"}, stream=bomb)
    tracemalloc.start()
    with pytest.raises(SourceError, match="more than 20 MB"):
        read_body(response, "arXiv")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 70_000_000


# --- Patience ---


@BOTH
@pytest.mark.parametrize("fault", ["limit", "down", "half", "drop"])
def test_a_passing_failure_is_not_noticed(registry, tmp_path, source, identifier, fault):
    registry.misbehave(fault, times=2)
    assert isinstance(fetch_one(source, identifier, registry.access(tmp_path)), Found)
    assert len(registry.requests) == 3


def test_tries_are_counted_and_further_and_further_apart(registry, tmp_path):
    registry.misbehave("down")
    failure(arxiv, ARXIV_ID, registry.access(tmp_path))
    times = [asked.time for asked in registry.requests]
    assert len(times) == TRIES
    gaps = [later - earlier for earlier, later in pairwise(times)]
    assert gaps == sorted(gaps)
    assert gaps[0] >= 3


@pytest.mark.parametrize("as_date", [False, True])
def test_the_time_that_the_registry_names_is_waited(registry, tmp_path, as_date):
    until = datetime.fromtimestamp(registry.now + 40, UTC)
    if as_date:
        registry.misbehave("limit_until", times=1, date=format_datetime(until, usegmt=True))
    else:
        registry.misbehave("limit", times=1, after=40)
    assert isinstance(fetch_one(arxiv, ARXIV_ID, registry.access(tmp_path)), Found)
    first, second = registry.requests
    assert 40 <= second.time - first.time < 43


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("40", 40),
        (" 40 ", 40),
        ("0", 0),
        ("9" * 5000, 3600),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 3600),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
        ("Fri, 31 Dec 99999 23:59:59 GMT", None),
        ("Thu, 01 Jan 1970 00:00:00 +9999", None),
        *((text, None) for text in ("", "soon", "-5", "2.5", "٤٠", "²", "\x00", "5, 6")),
    ],
)
def test_no_time_to_wait_is_too_odd_to_be_read(text, seconds):
    assert retry_after(text, 1_700_000_000) == seconds


def test_a_registry_that_wants_more_patience_than_there_is_is_left_alone_by_all(registry, tmp_path):
    registry.misbehave("limit", after=900)
    error = failure(arxiv, ARXIV_ID, registry.access(tmp_path))
    assert error.retry_after == 900
    assert not error.permanent
    # Nor does the next one ask, before that time.
    error = failure(arxiv, "2101.00002", registry.access(tmp_path))
    assert error.sentence == "arXiv wants to be left alone for 900 seconds."
    assert len(registry.requests) == 1
    registry.behave()
    registry.now += 901
    assert isinstance(fetch_one(arxiv, ARXIV_ID, registry.access(tmp_path)), Found)


# --- One never at the others' cost ---


def test_one_paper_whose_answer_is_broken_costs_the_others_nothing(registry, tmp_path):
    ids = [f"2103.{number:05}" for number in range(1, 60)]
    ids[40:40] = [ARXIV_ID, "2101.00002"]
    registry.misbehave("garbage", when=lambda asked: "2103.00020" in asked.query["id_list"])
    results = dict(arxiv.fetch(ids, registry.access(tmp_path)))
    assert set(results) == set(ids)
    assert isinstance(results[ARXIV_ID], Found)
    assert [one for one in ids if not isinstance(results[one], Found | SourceError)] == []
    broken = [one for one in ids if "not XML" in str(results[one])]
    assert broken == ["2103.00020"]


def test_a_batch_that_fails_costs_the_next_one_nothing(registry, tmp_path):
    ids = [f"2103.{number:05}" for number in range(1, 101)]
    registry.misbehave("down", when=lambda asked: ids[0] in asked.query["id_list"])
    results = dict(arxiv.fetch([*ids, ARXIV_ID], registry.access(tmp_path)))
    assert isinstance(results[ARXIV_ID], Found)
    assert all("out of order" in str(results[one]) for one in ids)


@pytest.mark.parametrize(
    ("fault", "options", "questions"),
    [
        ("down", {}, 2 * TRIES),
        ("down", {"status": 403}, 2),
        ("garbage", {}, 8),
        ("redirect_loop", {}, 6 * 8),
    ],
)
def test_a_registry_that_fails_again_and_again_is_left_alone(
    registry, tmp_path, fault, options, questions
):
    ids = [f"2103.{number:05}" for number in range(1, 501)]
    registry.misbehave(fault, **options)
    results = dict(arxiv.fetch(ids, registry.access(tmp_path)))
    assert set(results) == set(ids)
    assert len(registry.requests) <= questions
    assert str(results[ids[-1]]) == (
        f"{ids[-1]}: arXiv was not asked any more, as it had failed again and again."
    )


def test_what_was_fetched_before_a_failure_is_not_asked_for_again(registry, tmp_path):
    ids = [f"2103.{number:05}" for number in range(1, 301)]
    registry.misbehave("down", when=lambda asked: ids[-1] in asked.query["id_list"])
    list(arxiv.fetch(ids, registry.access(tmp_path)))
    registry.behave()
    before = len(registry.requests)
    list(arxiv.fetch(ids, registry.access(tmp_path)))
    again = [asked.query["id_list"].split(",") for asked in registry.requests[before:]]
    assert again == [ids[200:]]


def test_a_pasted_address_is_read_through_the_same_door(registry, tmp_path):
    with Door(registry.access(tmp_path)) as door:
        answer = door.get(f"{registry.base}/some/page")
    assert (answer.status, answer.media) == (200, "text/html")
    assert b"A page" in answer.body
