"""Tags, and their merging, which loses none from any paper."""

import pytest
import taggit.models
from django.contrib import admin

from papers.journal.models import Change
from papers.models import Tag, TaggedPaper
from tests import make
from tests.admin_forms import act, errors, messages, save, url


@pytest.fixture
def tags(db):
    """LoRA on papers a and b, lora-tuning on b and c, adapters on nothing."""
    papers = {name: make.paper(title=name) for name in "abc"}
    for name, tagged in (("LoRA", "ab"), ("lora-tuning", "bc")):
        for paper in tagged:
            papers[paper].tags.add(name)
    Tag.objects.create(name="adapters")
    return {tag.name: tag for tag in Tag.objects.all()}


def tagged():
    rows = TaggedPaper.objects.order_by("content_object__title", "tag__name")
    return [
        f"{title} {tag}" for title, tag in rows.values_list("content_object__title", "tag__name")
    ]


def test_taggits_own_tags_are_not_in_the_admin():
    assert not admin.site.is_registered(taggit.models.Tag)


def test_list_tells_how_many_papers_have_a_tag(editor, tags):
    page = editor.get(url("changelist", Tag), {"o": "-2"})
    rows = [(tag.name, tag.papers) for tag in page.context["cl"].result_list]
    assert sorted(rows[:2]) == [("LoRA", 2), ("lora-tuning", 2)]
    assert rows[2] == ("adapters", 0)


def test_merging_asks_which_tag_stays_and_names_the_effect(editor, tags):
    page = act(editor, "merge", tags["LoRA"], tags["lora-tuning"]).content.decode()
    assert "LoRA (2 papers have it, 1 gets it)" in page
    assert "lora-tuning (2 papers have it, 1 gets it)" in page
    assert Tag.objects.count() == 3


@pytest.mark.parametrize("target", ["LoRA", "lora-tuning", "adapters"])
def test_every_paper_keeps_the_tag_that_stays(editor, tags, target):
    page = act(editor, "merge", *tags.values(), apply="1", target=tags[target].pk)
    assert tagged() == [f"a {target}", f"b {target}", f"c {target}"]
    assert [tag.name for tag in Tag.objects.all()] == [target]
    moved = {"LoRA": "1 paper was moved", "adapters": "3 papers were moved"}
    assert moved.get(target, "1 paper was moved") in messages(page)[0]


def test_merging_leaves_other_tags_alone(editor, tags):
    act(editor, "merge", tags["LoRA"], tags["adapters"], apply="1", target=tags["adapters"].pk)
    assert tagged() == ["a adapters", "b adapters", "b lora-tuning", "c lora-tuning"]


def test_merging_is_written_down(editor, editor_user, tags):
    last = Change.objects.latest("pk").pk
    act(editor, "merge", tags["LoRA"], tags["lora-tuning"], apply="1", target=tags["LoRA"].pk)
    kept = tags["LoRA"].history.first()
    assert kept.history_change_reason == "Merged into it: lora-tuning"
    assert kept.history_user == editor_user
    gone = Tag.history.filter(name="lora-tuning").first()
    assert (gone.history_type, gone.history_user) == ("-", editor_user)
    page = editor.get(url("history", tags["LoRA"])).content.decode()
    assert "Merged into it: lora-tuning" in page
    touched = set(Change.objects.filter(pk__gt=last).values_list("paper_id", flat=True))
    assert touched >= set(TaggedPaper.objects.values_list("content_object_id", flat=True))


def test_merging_that_fails_changes_nothing(editor, tags, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("papers.models.Tag.save", fail)
    before = tagged()
    with pytest.raises(RuntimeError):
        act(editor, "merge", *tags.values(), apply="1", target=tags["LoRA"].pk)
    assert tagged() == before


def test_one_tag_alone_is_not_merged(editor, tags):
    page = act(editor, "merge", tags["LoRA"], apply="1", target=tags["LoRA"].pk)
    assert messages(page) == ["Choose two tags or more to merge."]


def test_nothing_is_merged_into_a_tag_that_was_not_chosen(editor, tags):
    chosen = [tags["LoRA"], tags["lora-tuning"]]
    for target in (tags["adapters"].pk, "x", ""):
        page = act(editor, "merge", *chosen, apply="1", target=target)
        assert page.context["form"].errors["target"]
    assert Tag.objects.count() == 3


def test_address_is_made_from_the_name_also_from_a_chinese_one(editor):
    assert save(editor, url("add", Tag), name="大语言模型").status_code == 302
    assert Tag.objects.get().slug == "大语言模型"
    save(editor, url("change", Tag.objects.get()), name="LLM", slug="")
    assert (Tag.objects.get().name, Tag.objects.get().slug) == ("LLM", "大语言模型")


def test_tag_that_is_there_in_other_case_gets_a_sentence(editor, tags):
    assert "There is a tag of this name" in errors(save(editor, url("add", Tag), name="lora"))


def test_curator_adds_a_tag(curator):
    assert save(curator, url("add", Tag), name="new").status_code == 302
