"""What papers are recognised by follows the title and the link, whatever way these are written."""

import pytest
from django.core import serializers
from django.db.models import F

from papers.models import Link, Paper
from tests import make

pytestmark = pytest.mark.django_db


def by_save(paper):
    paper.title, paper.url = "Ünïcode: a Title!", "https://www.example.org/new/"
    paper.save()


def by_save_of_these_fields(paper):
    paper.title, paper.url = "Ünïcode: a Title!", "https://www.example.org/new/"
    paper.save(update_fields=["title", "url"])


def by_update(paper):
    Paper.objects.update(title="Ünïcode: a Title!", url="https://www.example.org/new/")


def by_update_with_an_expression(paper):
    Paper.objects.update(abstract="Ünïcode: a Title!", publisher="https://www.example.org/new/")
    Paper.objects.update(title=F("abstract"), url=F("publisher"))


def by_bulk_update(paper):
    paper.title, paper.url = "Ünïcode: a Title!", "https://www.example.org/new/"
    Paper.objects.bulk_update([paper], ["title", "url"])


def by_fixture(paper):
    paper.title, paper.url = "Ünïcode: a Title!", "https://www.example.org/new/"
    text = serializers.serialize("json", [paper], use_natural_primary_keys=True)
    for row in serializers.deserialize("json", text):
        row.save()


def by_bulk_create(paper):
    paper.delete()
    Paper.objects.bulk_create(
        [Paper(key="again", title="Ünïcode: a Title!", url="https://www.example.org/new/")]
    )


@pytest.mark.parametrize(
    "write",
    [
        by_save,
        by_save_of_these_fields,
        by_update,
        by_update_with_an_expression,
        by_bulk_update,
        by_fixture,
        by_bulk_create,
    ],
)
def test_what_a_paper_is_recognised_by_is_never_stale(write):
    write(make.paper(title="Old", url="https://example.org/old"))
    paper = Paper.objects.get()
    assert (paper.title_key, paper.url_key) == ("ünïcodeatitle", "https://example.org/new")


def test_links_are_recognised_as_well():
    paper = make.paper()
    link = Link.objects.create(paper=paper, url="http://arxiv.org/pdf/1706.03762v5.pdf")
    assert Link.objects.get(url_key="https://arxiv.org/abs/1706.03762") == link
    Link.objects.update(url="https://Example.org/code/")
    assert Link.objects.get().url_key == "https://example.org/code"
