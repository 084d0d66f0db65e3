"""While changed papers wait to be taken into the index, a page says so, and nobody remembers it."""

import re

import pytest

from papers import changes
from papers.models import Paper
from papers.search import index

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def test_counts_of_a_lagging_index_are_not_remembered(visitor, monkeypatch):
    monkeypatch.setattr(changes, "FLUSHED", 0)
    monkeypatch.setattr(index, "AT_A_SEARCH", 4)
    monkeypatch.setattr(index, "CHUNK", 4)
    Paper.objects.bulk_create(
        [Paper(key=f"key{n}", title=f"Title {n}", year=2020, status="published") for n in range(6)]
    )
    pages = [visitor.get("/papers/").content.decode() for _ in range(2)]
    assert "2 papers that have changed are not yet findable." in pages[0]
    assert "not yet findable" not in pages[1]
    assert [re.findall(r'>2020</a> <span class="count">(\d+)<', page) for page in pages] == [
        ["4"],
        ["6"],
    ]
