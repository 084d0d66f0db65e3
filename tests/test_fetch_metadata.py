"""Curators never type what a registry knows: blanks are filled by one command."""

import json
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from papers import registries
from papers.management.commands import fetch_metadata
from papers.models import Paper
from papers.sources import Access
from tests import make

pytestmark = pytest.mark.django_db

BLANK = {"authors": [], "year": None}
SHEEP = {"key": "sheep", "title": "Sheep", "arxiv_id": "2101.00001", **BLANK}


@pytest.fixture
def run(capsys, registry, tmp_path, monkeypatch):
    """The exit status of the command, and what it said."""
    monkeypatch.setattr(fetch_metadata, "access", lambda: registry.access(tmp_path / "registries"))

    def call(*arguments):
        status = 0
        try:
            call_command("fetch_metadata", *arguments)
        except SystemExit as stop:
            status = stop.code
        except CommandError as error:
            return error.returncode, str(error)
        said = capsys.readouterr()
        return status, said.out + said.err

    return call


def test_blanks_are_filled_from_both_registries_and_nothing_is_overwritten(run):
    make.paper(**SHEEP, venue="The curator's venue")
    status, said = run()
    assert (status, said) == (0, "Answers: 2. No answer: 0. Papers filled: 1.\n")
    paper = Paper.objects.get()
    assert (paper.title, paper.venue) == ("Sheep", "The curator's venue")
    assert paper.authors[0] == "Ada Lámpa"
    assert (paper.year, paper.published_on) == (2022, date(2021, 1, 1))
    assert paper.abstract.startswith("We count sheep until")
    assert (paper.arxiv_version, paper.arxiv_category) == (3, "cs.CL")
    # What only Crossref knows, of the DOI that only arXiv told.
    assert (paper.doi, paper.issue) == ("10.5555/sheep.2022.17", "3")
    assert paper.publisher == "Meadow Press"
    assert paper.metadata_source == "arXiv, Crossref"
    assert paper.metadata_at


def test_run_again_it_changes_nothing_and_asks_nobody(run, registry):
    make.paper(**SHEEP)
    run()
    before = (Paper.objects.values().get(), len(registry.requests))
    assert run() == (0, "Answers: 2. No answer: 0. Papers filled: 0.\n")
    assert (Paper.objects.values().get(), len(registry.requests)) == before


def test_a_dry_run_writes_nothing(run):
    make.paper(**SHEEP)
    before = Paper.objects.values().get()
    assert run("--dry-run") == (
        0,
        "Answers: 1. No answer: 0. Papers that would be filled: 1.\n",
    )
    assert Paper.objects.values().get() == before


def test_keys_say_which_papers_and_missing_leaves_out_the_full_ones(run, registry):
    make.paper(**SHEEP)
    make.paper(key="socks", arxiv_id="2101.00002", **BLANK)
    make.paper(key="full", arxiv_id="2101.00004", abstract="A", published_on=date(2020, 1, 1))
    make.paper(key="nowhere", **BLANK)
    assert run("socks", "full", "--missing")[0] == 0
    assert [asked.query["id_list"] for asked in registry.requests] == ["2101.00002"]
    assert run("nobody", "socks") == (2, "There is no paper nobody.")
    assert run("nowhere") == (2, "Answers: 0. No answer: 0. Papers filled: 0.\n")


def test_a_paper_that_is_not_known_costs_the_others_nothing(run, tmp_path):
    make.paper(**SHEEP)
    make.paper(key="unknown", arxiv_id="2101.99999")
    make.paper(key="gone", arxiv_id="2101.00003", **BLANK)
    report = tmp_path / "report.jsonl"
    status, said = run("--report", str(report))
    assert status == 1
    assert "unknown: 2101.99999: arXiv knows no paper of this identifier.\n" in said
    assert "gone: arXiv says that this paper has been withdrawn" in said
    assert "Answers: 3. No answer: 1. Papers filled: 2." in said
    lines = [json.loads(line) for line in report.read_text().splitlines()]
    assert {(line["key"], line["status"]) for line in lines} == {
        *(("sheep", "here"), ("unknown", "unusable"), ("gone", "here"))
    }
    (first,) = [line for line in lines if line["fills"].get("arxiv_category") == "cs.CL"]
    assert first["fills"]["published_on"] == "2021-01-01"
    assert {
        "field": "title",
        "here": "Sheep",
        "there": "Counting Sheep at Scale: An Empirical Study",
    } in first["differences"]


def test_when_no_registry_answers_nothing_is_done(run, registry):
    make.paper(**SHEEP)
    before = Paper.objects.values().get()
    registry.misbehave("down")
    status, said = run()
    assert status == 2
    assert "sheep: 2101.00001: arXiv is out of order (503)." in said
    assert Paper.objects.values().get() == before


def test_an_identifier_that_another_paper_has_is_left_with_it(run):
    make.paper(**SHEEP)
    make.paper(key="other", doi="10.5555/sheep.2022.17")
    status, said = run()
    assert status == 0
    assert "10.5555/sheep.2022.17 is the identifier of another paper here, other." in said
    assert "2101.00001 is the identifier of another paper here, sheep." in said
    assert Paper.objects.get(key="sheep").doi is None
    assert Paper.objects.get(key="sheep").abstract


def test_an_identifier_that_two_papers_claim_goes_to_the_first(run):
    make.paper(**SHEEP)
    make.paper(key="appendix", arxiv_id="2101.00005", **BLANK)
    make.paper(key="wool", arxiv_id="2101.00006", **BLANK)
    status, said = run()
    assert status == 0
    assert "10.5555/sheep.2022.17 is the identifier of another paper here, sheep." in said
    dois = dict(Paper.objects.values_list("key", "doi"))
    assert dois == {"sheep": "10.5555/sheep.2022.17", "appendix": None, "wool": None}
    assert not Paper.objects.filter(abstract="").exists()


def test_what_is_missing_is_asked_of_both_registries(run):
    make.paper(**SHEEP)
    run("--missing")
    assert Paper.objects.get().publisher == "Meadow Press"


def test_whoever_stops_it_is_told_what_became_of_the_rest(run, monkeypatch):
    make.paper(**SHEEP)

    def stopped(*arguments, **options):
        raise KeyboardInterrupt
        yield

    monkeypatch.setattr(fetch_metadata, "fill", stopped)
    status, said = run()
    assert (status, said.startswith("Stopped. What was filled is kept")) == (130, True)


def test_a_report_that_cannot_be_written_is_said(run, tmp_path):
    make.paper(**SHEEP)
    status, said = run("--report", str(tmp_path / "none" / "report.jsonl"))
    assert (status, "none/report.jsonl: No such file or directory." in said) == (2, True)
    if Path("/dev/full").exists():
        assert run("--report", "/dev/full") == (2, "/dev/full: No space left on device.")


def test_who_is_asked_and_by_whom_stands_in_the_settings(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    settings.ARXIV_API_URL = "http://127.0.0.1:8001/api"
    settings.CONTACT_EMAIL = "list@example.org"
    assert registries.access(patience=20) == Access(
        folder=tmp_path / "registries",
        contact="list@example.org",
        arxiv_url="http://127.0.0.1:8001/api",
        patience=20,
    )
