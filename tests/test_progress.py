"""Long work shows a bar on a terminal and keeps quiet in a pipe."""

import io
import re

import pytest
from django.core.management.base import OutputWrapper

from papers.management import progress
from papers.management.progress import Progress


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def at_once(monkeypatch):
    monkeypatch.setattr(progress, "PATIENCE", 0)
    monkeypatch.setattr(progress, "PAUSE", 0)


def draw(stream, *, unit="", total=4, steps=(1, 3), hidden=False):
    with Progress(OutputWrapper(stream), "Reading", total, unit, hidden=hidden) as bar:
        for step in steps:
            bar.reach(step)
            bar.say(f"Sentence {step}.")
    return stream.getvalue()


def test_a_terminal_shows_how_far_it_is_with_sentences_above(at_once):
    text = draw(Terminal())
    seen = [re.sub(r".*\r\033\[K", "", line) for line in text.split("\n")]
    assert seen[:2] == ["Sentence 1.", "Sentence 3."]
    assert seen[2] == f"Reading  {'█' * 30} 4 of 4"
    assert f"Reading  {'█' * 7}{'░' * 23} 1 of 4" in text


def test_a_pipe_gets_sentences_only(at_once):
    assert draw(io.StringIO()) == "Sentence 1.\nSentence 3.\n"
    assert draw(Terminal(), hidden=True) == "Sentence 1.\nSentence 3.\n"


def test_short_work_shows_no_bar():
    assert draw(Terminal()) == "Sentence 1.\nSentence 3.\n"


@pytest.mark.parametrize(
    ("options", "last"),
    [
        ({"unit": "MB", "total": 5_000_000}, f"Reading  {'█' * 30} 5 of 5 MB"),
        ({"total": 0}, "Reading  3"),
        # There was more to do than had been thought.
        ({"total": 2}, f"Reading  {'█' * 30} 3 of 3"),
    ],
)
def test_bytes_and_unknown_totals(at_once, options, last):
    assert draw(Terminal(), **options).endswith(f"{last}\n")


def test_what_is_stopped_stays_where_it_was(at_once):
    stream = Terminal()
    with pytest.raises(KeyboardInterrupt), Progress(OutputWrapper(stream), "Reading", 4) as bar:
        bar.reach(1)
        raise KeyboardInterrupt
    assert stream.getvalue().endswith(" 1 of 4\n")
