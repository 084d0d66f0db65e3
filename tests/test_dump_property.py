"""Whatever a list holds leaves as JSON Lines and comes back into an empty database the same."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from papers import dump
from papers.formats import jsonl
from papers.intake import Options, apply, plan
from papers.models import Link, Paper, ReadingList, Relation, Section
from tests import make
from tests.citations import NAMES

pytestmark = pytest.mark.django_db

WORDS = st.sampled_from(
    ["x", "论文 · a", " <b> & \\alpha $x$", "- a\n- b", "= 1", "“q”, 'r'", "🔥 é\u00a0ß", "a\\n|b"]
)
LINES = WORDS.map(lambda text: " ".join(text.split()))
MAYBE = st.just("") | LINES
PER_LANGUAGE = st.sampled_from([(True, False), (False, True), (True, True)])
PAPERS = st.fixed_dictionaries(
    {
        "status": st.sampled_from(["draft", "published"]),
        "translated_title": MAYBE,
        "authors": st.lists(NAMES.map(lambda text: " ".join(text.split())), max_size=3),
        "authors_incomplete": st.booleans(),
        "year": st.none() | st.integers(1500, 2100),
        "published_on": st.none() | st.dates(),
        "kind": st.sampled_from(["", *Paper.Kind.values]),
        **dict.fromkeys(("venue", "volume", "issue", "pages", "publisher"), MAYBE),
        "arxiv_version": st.none() | st.integers(1, 9),
        "arxiv_category": MAYBE,
        "abstract": st.just("") | WORDS,
        "language": st.sampled_from(["en", "zh-hans", "de"]),
        "metadata_source": MAYBE,
    }
)
LINKS = st.lists(
    st.tuples(st.sampled_from(Link.Kind.values), MAYBE, st.sampled_from("abcdef")),
    unique_by=lambda link: link[2],
    max_size=3,
)


def texts(draw, name, strategy=LINES):
    english, chinese = draw(PER_LANGUAGE)
    return {
        f"{name}_en": draw(strategy) if english else "",
        f"{name}_zh_hans": draw(strategy) if chinese else "",
    }


def notes(draw, **where):
    for _ in range(draw(st.integers(0, 2))):
        fields = texts(draw, "body", WORDS)
        make.note(author=draw(MAYBE), public=draw(st.booleans()), **fields, **where)


def make_list(draw):
    ReadingList.objects.create(
        **texts(draw, "title"), **texts(draw, "tagline"), **texts(draw, "introduction", WORDS),
        licence=draw(MAYBE), licence_url="https://example.org/l", contact="a@example.org",
    )  # fmt: skip
    sections = []
    for number in range(draw(st.integers(0, 4))):
        titles = {name: text and f"{text} {number}" for name, text in texts(draw, "title").items()}
        section = make.section(
            parent=draw(st.sampled_from([None, *sections])), public=draw(st.booleans()),
            **titles, **texts(draw, "description", st.just("") | WORDS),
        )  # fmt: skip
        notes(draw, section=section)
        sections.append(section)
    papers = []
    for number, fields in enumerate(draw(st.lists(PAPERS, max_size=4))):
        paper = make.paper(
            title=f"{draw(LINES)} {number}".strip(),
            arxiv_id=draw(st.sampled_from([None, f"1706.0376{number}"])),
            doi=draw(st.sampled_from([None, f"10.1000/{number}"])),
            url=draw(st.sampled_from(["", f"https://example.org/{number}"])),
            **fields,
        )
        for kind, label, name in draw(LINKS):
            paper.links.create(kind=kind, label=label, url=f"https://example.org/{number}/{name}")
        paper.tags.add(*draw(st.lists(st.sampled_from(["C++", "nlp", "机器 学习"]), max_size=3)))
        notes(draw, paper=paper)
        for section in draw(st.lists(st.sampled_from(sections), unique=True)) if sections else []:
            make.entry(
                section=section, paper=paper, label=draw(MAYBE), highlighted=draw(st.booleans()),
                position=draw(st.integers(0, 3)),
            )  # fmt: skip
            notes(draw, paper=paper, section=section)
        for earlier in papers:
            for kind in draw(st.lists(st.sampled_from(Relation.Kind.values), unique=True)):
                Relation.objects.create(from_paper=paper, to_paper=earlier, kind=kind)
        papers.append(paper)


def written():
    return "".join(jsonl.write(dump.items(everything=True)))


def check_round_trip():
    before = written()
    for model in (Section, Paper, ReadingList):
        model.objects.all().delete()
    report = apply(plan(jsonl.read(before), Options(publish=True)))
    assert report.counts.keys() <= {"new"}
    assert written() == before


# The database is emptied within each example.
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_a_list_leaves_as_json_lines_and_comes_back_the_same(data):
    with transaction.atomic():
        make_list(data.draw)
        check_round_trip()
        transaction.set_rollback(True)


def test_sections_of_one_title_stay_apart(db):
    one, other = make.section(title_en="More"), make.section(title_en="More")
    within = make.section(title_en="Within", parent=other)
    for section in (one, other, within):
        make.entry(section=section)
    check_round_trip()
