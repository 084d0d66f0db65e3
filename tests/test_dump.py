"""The list leaves whole, and comes back the same."""

import pytest

from papers import dump
from papers.formats import jsonl
from papers.intake import Options, apply, plan
from papers.models import Note, Paper, ReadingList, Section
from tests import make

pytestmark = pytest.mark.django_db


def written(**options):
    return "".join(jsonl.write(dump.items(**options)))


def empty():
    for model in (Section, Paper, ReadingList):
        model.objects.all().delete()


def test_the_first_list_leaves_and_comes_back_the_same(seed):
    before = written()
    fixture = dumped()
    empty()
    report = apply(plan(jsonl.read(before), Options(publish=True)))
    assert report.counts == {"new": 14}
    assert written() == before
    assert dumped() == fixture
    assert not apply(plan(jsonl.read(before), Options(publish=True))).changed


def dumped():
    """Everything but when and in which order things were made."""
    return sorted(
        (
            *Note.objects.values_list("uid", "section__slug", "paper__key", "body_zh_hans"),
            *Paper.objects.values_list("key", "tags__name", "relations__to_paper__key", "kind"),
            *Paper.objects.values_list("key", "links__url", "entries__label", "entries__position"),
        ),
        key=str,
    )


def test_what_is_not_public_leaves_only_when_asked(db):
    entry = make.entry(paper=make.draft(title="A draft"), section=make.section(slug="a"))
    make.note(section=entry.section, body_en="Private", public=False)
    make.section(title_en="Hidden", public=False)
    assert "A draft" not in written()
    assert "Private" not in written()
    assert "Hidden" not in written()
    everything = written(everything=True)
    assert all(text in everything for text in ("A draft", "Private", "Hidden"))


def test_one_section_leaves_alone_with_what_is_below_it(seed):
    text = written(section="multimodal")
    assert text.count('"type":"section"') == 3
    assert text.count('"type":"paper"') == 4
    assert '"type":"list"' not in text
    with pytest.raises(ValueError, match="There is no section “nowhere”"):
        written(section="nowhere")


def test_papers_that_stand_nowhere_leave_too(db):
    make.paper(title="Stands nowhere")
    assert "Stands nowhere" in written()


def test_queries_grow_by_sections_and_pieces_only(django_assert_max_num_queries, db):
    section = make.section()
    for _ in range(30):
        make.entry(section=section, paper=make.paper())
    with django_assert_max_num_queries(16):
        written()
