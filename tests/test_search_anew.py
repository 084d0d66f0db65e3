"""A list that comes in as a whole is indexed in another way than one that grows."""

import pytest

from papers.models import Paper
from papers.search import index
from papers.search.engines import engine
from papers.search.find import Search

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def found():
    return Search("number").run().total


def test_the_first_list_is_found_wholly(monkeypatch):
    monkeypatch.setattr(index, "MANY", 5)
    Paper.objects.bulk_create(
        [Paper(key=f"key{n}", title=f"Title number {n}", status="published") for n in range(300)]
    )
    index.flush()
    assert found() == 300
    assert not list(index.differences())
    Paper.objects.bulk_create(
        [Paper(key=f"more{n}", title=f"Number {n}", status="published") for n in range(10)]
    )
    index.flush()
    assert found() == 310
    assert not list(index.differences())


@pytest.mark.parametrize("many", [5, 5000])
def test_an_index_made_anew_is_the_same(monkeypatch, many):
    monkeypatch.setattr(index, "MANY", many)
    Paper.objects.bulk_create(
        [Paper(key=f"key{n}", title=f"Title number {n}", status="published") for n in range(20)]
    )
    index.flush()
    index.rebuild()
    assert found() == 20
    assert not list(index.differences())


def test_an_index_whose_making_was_stopped_is_finished_by_the_next(monkeypatch):
    monkeypatch.setattr(index, "PIECE", 8)
    monkeypatch.setattr(index, "MANY", 5)
    Paper.objects.bulk_create(
        [Paper(key=f"key{n}", title=f"Title number {n}", status="published") for n in range(20)]
    )
    index.flush()

    def stop(count):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index.rebuild(told=stop)
    assert (found(), index.waiting()) == (8, 12)
    Paper.objects.filter(key="key3").update(title="Another")
    index.flush_some(1000)
    assert engine().is_whole()
    assert found() == 19
    assert not list(index.differences())
