"""Identifiers are brought into one spelling wherever they enter."""

import pytest
from django.core import serializers
from django.core.exceptions import ValidationError
from django.core.serializers.base import DeserializationError
from django.db import transaction
from django.forms import modelform_factory

from papers.models import Paper
from tests import make

pytestmark = pytest.mark.django_db

SPELLINGS = [
    "1706.03762",
    "1706.03762v5",
    "arXiv:1706.03762v5",
    " https://arxiv.org/pdf/1706.03762v5.pdf ",
    "https://doi.org/10.48550/arXiv.1706.03762",
]


def saved(arxiv_id):
    return Paper(title="T", arxiv_id=arxiv_id).save()


def from_form(arxiv_id):
    form = modelform_factory(Paper, fields=["title", "arxiv_id", "doi"])
    filled = form({"title": "T", "arxiv_id": arxiv_id})
    if not filled.is_valid():
        raise ValidationError(filled.errors.as_data())
    filled.save()


def from_fixture(arxiv_id):
    data = [{"model": "papers.paper", "fields": {"key": "k", "title": "T", "arxiv_id": arxiv_id}}]
    for thing in serializers.deserialize("python", data):
        thing.save()


ENTRANCES = {
    "save": saved,
    "create": lambda text: Paper.objects.create(title="T", arxiv_id=text),
    "form": from_form,
    "fixture": from_fixture,
    "bulk_create": lambda text: Paper.objects.bulk_create(
        [Paper(key="k", title="T", arxiv_id=text)]
    ),
    "update": lambda text: (make.paper(), Paper.objects.update(arxiv_id=text)),
    "bulk_update": lambda text: Paper.objects.bulk_update(
        [Paper(pk=make.paper().pk, arxiv_id=text)], ["arxiv_id"]
    ),
    "get_or_create": lambda text: Paper.objects.get_or_create(arxiv_id=text, title="T"),
    "update_or_create": lambda text: Paper.objects.update_or_create(
        key=make.paper().key, defaults={"arxiv_id": text}
    ),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("enter", ENTRANCES.values(), ids=ENTRANCES)
def test_an_arxiv_identifier_has_one_spelling_wherever_it_enters(enter, spelling):
    enter(spelling)
    assert Paper.objects.values_list("arxiv_id", flat=True).get() == "1706.03762"


@pytest.mark.parametrize(
    "enter", [ENTRANCES[name] for name in ("save", "create", "form", "fixture", "update_or_create")]
)
def test_the_version_is_kept_beside_it(enter):
    enter("https://arxiv.org/pdf/1706.03762v5.pdf")
    assert Paper.objects.get().arxiv_version == 5


def test_a_version_may_be_entered_later():
    paper = Paper.objects.create(title="T", arxiv_id="1706.03762v5")
    paper.arxiv_version = 7
    paper.save()
    paper.refresh_from_db()
    assert paper.arxiv_version == 7


@pytest.mark.parametrize("spelling", ["https://DOI.org/10.1000/AbC", "doi:10.1000/ABC"])
def test_a_doi_has_one_spelling(spelling):
    paper = Paper.objects.create(title="T", doi=spelling)
    assert paper.doi == "10.1000/abc"
    Paper.objects.update(doi=spelling)
    assert Paper.objects.get(doi__in=[spelling]).doi == "10.1000/abc"


@pytest.mark.parametrize("fields", [None, ["doi"]])
def test_a_doi_of_arxiv_is_its_arxiv_identifier(fields):
    paper = make.paper()
    paper.doi = "10.48550/arXiv.cs/0112017v2"
    paper.save(update_fields=fields)
    paper.refresh_from_db()
    assert (paper.arxiv_id, paper.arxiv_version, paper.doi) == ("cs/0112017", 2, None)


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_papers_are_found_by_any_spelling(spelling):
    paper = make.paper(arxiv_id="1706.03762")
    make.paper(arxiv_id="cs/0112017")
    for found in (
        Paper.objects.filter(arxiv_id=spelling),
        Paper.objects.filter(arxiv_id__in=[spelling]),
        Paper.objects.exclude(arxiv_id="math.GT/0309136").filter(arxiv_id=spelling),
    ):
        assert found.get() == paper


@pytest.mark.parametrize("nothing", ["", "  ", None])
def test_papers_may_lack_identifiers(nothing):
    for _ in range(2):
        Paper.objects.create(title="T", arxiv_id=nothing, doi=nothing)
    assert Paper.objects.filter(arxiv_id=nothing, doi=nothing).count() == 2


@pytest.mark.parametrize("enter", ENTRANCES.values(), ids=ENTRANCES)
def test_what_is_no_identifier_is_refused_wherever_it_enters(enter):
    refused = pytest.raises(
        (ValidationError, DeserializationError), match="not an arXiv identifier"
    )
    with refused, transaction.atomic():
        enter("attention")
    assert not Paper.objects.filter(arxiv_id__isnull=False).exists()


def test_a_form_says_once_and_beside_the_field_what_is_no_identifier():
    form = modelform_factory(Paper, fields=["title", "arxiv_id", "doi"])
    errors = form({"title": "T", "arxiv_id": "attention", "doi": "x"}).errors
    assert {name: len(messages) for name, messages in errors.items()} == {"arxiv_id": 1, "doi": 1}
