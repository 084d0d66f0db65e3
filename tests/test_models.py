"""What the database itself refuses, and what becomes of what is entered."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, models, transaction
from django.utils import timezone

from papers.changes import CONTENT
from papers.models import Entry, Link, Note, Paper, ReadingList, Relation, Section, Tag, TaggedPaper
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper():
    paper = make.paper(key="known", arxiv_id="1706.03762", doi="10.1000/known")
    paper.tags.add("Known")
    Link.objects.create(paper=paper, url="https://example.org/code")
    make.entry(paper=paper, section=make.section(slug="known"))
    make.note(paper=paper)
    Relation.objects.create(from_paper=paper, to_paper=make.paper(key="other"))
    ReadingList.objects.create(title_en="A list")
    return paper


def create(thing):
    type(thing)._base_manager.bulk_create([thing])


def again(model, **values):
    """A second row like the first, with what is said."""
    thing = model.objects.order_by("pk").first()
    thing.pk = None
    for name, value in values.items():
        setattr(thing, name, value)
    create(thing)


def fresh(**values):
    create(Paper(**{"key": "fresh", "title": "T", **values}))


REFUSED = {
    "two papers of one key": lambda: fresh(key="known"),
    "two papers of one key in other case": lambda: fresh(key="KNOWN"),
    "a paper without key": lambda: fresh(key=""),
    "a paper without title": lambda: Paper.objects.update(title=""),
    "two papers of one arXiv identifier": lambda: fresh(arxiv_id="arXiv:1706.03762v2"),
    "two papers of one DOI": lambda: fresh(doi="https://doi.org/10.1000/KNOWN"),
    "an arXiv identifier of nothing": lambda: Paper.objects.filter(key="known").update(
        arxiv_id=models.Value("", output_field=models.TextField())
    ),
    "a DOI of nothing": lambda: Paper.objects.filter(key="known").update(
        doi=models.Value("", output_field=models.TextField())
    ),
    "a year too early": lambda: Paper.objects.update(year=1499),
    "a year too late": lambda: Paper.objects.update(year=2101),
    "a year below zero": lambda: Paper.objects.update(year=-1),
    "an unknown status": lambda: Paper.objects.update(status="secret"),
    "a script as a paper's address": lambda: Paper.objects.update(url="javascript:alert(1)"),
    "no list of authors": lambda: Paper.objects.update(authors=None),
    "a paper twice in a section": lambda: again(Entry),
    "an entry of no paper": lambda: Entry.objects.update(paper=None),
    "an entry in no section": lambda: Entry.objects.update(section=None),
    "an entry before the first": lambda: Entry.objects.update(position=-1),
    "a section before the first": lambda: Section.objects.update(position=-1),
    "a note before the first": lambda: Note.objects.update(position=-1),
    "a link before the first": lambda: Link.objects.update(position=-1),
    "a note on nothing": lambda: Note.objects.update(paper=None),
    "a note without text": lambda: Note.objects.update(body_en="", body_zh_hans=None),
    "a note with no text at all": lambda: Note.objects.update(body_en=None, body_zh_hans=None),
    "two notes of one name": lambda: again(Note),
    "a link twice": lambda: again(Link),
    "a script as a link": lambda: Link.objects.update(url="data:text/html,<script>"),
    "a link without address": lambda: Link.objects.update(url=""),
    "a relation twice": lambda: again(Relation),
    "a paper that builds on itself": lambda: Relation.objects.update(
        to_paper=Paper.objects.get(key="known")
    ),
    "two sections of one address": lambda: again(Section),
    "a section without title": lambda: Section.objects.update(title_en="", title_zh_hans=""),
    "a section in itself": lambda: Section.objects.update(parent=models.F("pk")),
    "two tags of one name": lambda: again(Tag, slug="x"),
    "two tags of one name in other case": lambda: again(Tag, name="KNOWN", slug="x"),
    "two tags of one address": lambda: again(Tag, name="x"),
    "a tag twice on a paper": lambda: again(TaggedPaper),
    "two lists": lambda: again(ReadingList),
    "a list of another name": lambda: ReadingList.objects.update(slug="second"),
    "a script as the licence": lambda: ReadingList.objects.update(licence_url="javascript:1"),
}


def refusal(attempt):
    with pytest.raises((IntegrityError, DataError)) as error, transaction.atomic():
        attempt()
    return str(error.value)


@pytest.mark.parametrize("attempt", REFUSED.values(), ids=REFUSED)
def test_the_database_refuses(paper, attempt):
    assert refusal(attempt)


def test_every_condition_of_the_models_is_tried_above(paper):
    refusals = " ".join(map(refusal, REFUSED.values()))
    conditions = [c.name for model in CONTENT for c in model._meta.constraints if is_check(c)]
    assert len(conditions) > 10
    assert not [name for name in conditions if name not in refusals]


def is_check(constraint):
    return isinstance(constraint, models.CheckConstraint)


def test_the_database_takes_what_is_unusual_but_right(paper):
    Paper.objects.filter(key="known").update(year=1500, url="HTTPS://EXAMPLE.ORG/%20")
    fresh(key="a:b_c+d-e", year=None, authors=[], doi="10.1000/(sici)1<2>3;4")
    create(Paper(key="x", title="Neither of two papers has a DOI"))
    create(Note(section=Section.objects.get(), paper=paper, body_zh_hans="注"))
    create(Entry(section=make.section(), paper=paper))
    Relation.objects.create(from_paper=Paper.objects.get(key="other"), to_paper=paper)
    for tag in ("C", "C++", "C#", "模型", "★", "☆"):
        paper.tags.add(tag)
    assert paper.tags.count() == 7


@pytest.mark.parametrize(
    ("thing", "sentence"),
    [
        (lambda paper: Paper(title="T", year=1066), "The year must lie between 1500 and 2100."),
        (lambda paper: Paper(title="T", key="KNOWN"), "There is a paper of this key"),
        (lambda paper: Note(body_en="X."), "A note belongs to a section, to a paper or to both."),
        (lambda paper: Note(paper=paper), "A note needs a text in at least one language."),
        (lambda paper: Section(slug="x"), "A section needs a title in at least one language."),
        (lambda paper: Entry(section=Section.objects.get(), paper=paper), "stands in this section"),
        (lambda paper: Relation(from_paper=paper, to_paper=paper), "no relation to itself"),
        (lambda paper: Tag(name="known", slug="x"), "There is a tag of this name"),
    ],
)
def test_forms_say_it_in_a_sentence(paper, thing, sentence):
    with pytest.raises(ValidationError, match=sentence):
        thing(paper).full_clean()


# --- Keys, names, places and dates ---


@pytest.mark.parametrize(("model", "name"), [(Paper, "key"), (Section, "slug"), (Tag, "slug")])
@pytest.mark.parametrize("raw", [True, False])
def test_no_address_gets_in_that_no_url_can_hold(paper, model, name, raw):
    thing = model.objects.order_by("pk").first()
    setattr(thing, name, "a/b")
    with pytest.raises(ValidationError) as error:
        thing.save_base(raw=True) if raw else thing.save()
    assert name in error.value.message_dict


def test_keys_are_made_and_do_not_collide():
    papers = [Paper(title="Deep Nets", authors=["Ada Lovelace"], year=1843) for _ in range(3)]
    for paper in papers:
        paper.save()
    keys = [paper.key for paper in papers]
    assert keys == ["lovelace1843deep", "lovelace1843deep-2", "lovelace1843deep-3"]


@pytest.mark.parametrize("check", [Paper.full_clean, Paper.save])
@pytest.mark.parametrize("authors", ["Ada", [""], [1], {"first": "Ada"}])
def test_authors_are_a_list_of_names(authors, check):
    with pytest.raises(ValidationError, match="a list of non-empty texts"):
        check(Paper(title="T", authors=authors))


def test_a_paper_may_have_no_authors():
    assert Paper.objects.create(title="T", authors=None).authors == []


def test_what_is_saved_without_a_place_goes_last():
    section = make.section()
    entries = [make.entry(section=section) for _ in range(2)]
    between = make.entry(section=section, position=entries[0].position + 1)
    elsewhere = make.entry(section=make.section())
    assert list(section.entries.all()) == [entries[0], between, entries[1]]
    assert elsewhere.position == entries[0].position
    entries[0].position = 0
    entries[0].save(update_fields=["label"])
    assert list(section.entries.all()) == [between, entries[1], entries[0]]


def publish(paper):
    paper.publish()
    paper.save(update_fields=["status"])


@pytest.mark.parametrize(
    "way",
    [
        lambda paper: (paper.publish(), paper.save()),
        publish,
        lambda paper: Paper.objects.update(status="published"),
        lambda paper: Paper.objects.all().publish(timezone.now()),
        lambda paper: Paper.objects.update_or_create(
            key=paper.key, defaults={"status": "published"}
        ),
        lambda paper: Paper.objects.bulk_update(
            [Paper(pk=paper.pk, status="published")], ["status"]
        ),
    ],
)
def test_a_paper_is_listed_from_when_it_is_first_published(way):
    paper = make.draft()
    assert paper.listed_at is None
    start = timezone.now()
    way(paper)
    paper.refresh_from_db()
    listed = paper.listed_at
    assert start <= listed <= timezone.now()
    Paper.objects.all().withdraw(timezone.now())
    way(Paper.objects.get())
    assert Paper.objects.get().listed_at == listed


def test_a_paper_of_a_fixture_is_listed_from_when_it_was_made():
    made = timezone.now() - timedelta(days=400)
    paper = Paper(key="k", title="T", status="published", created_at=made)
    paper.save_base(raw=True)
    assert Paper.objects.get().listed_at == made
