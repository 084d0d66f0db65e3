"""Searching finds what a reader means, and the same on either database."""

import re
from collections import Counter

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from papers.models import Entry, Link, Note, Paper, Section, Tag, TaggedPaper
from papers.search import facets, index
from papers.search.engines.base import CURATORS, PUBLIC
from papers.search.find import Narrowing, Search
from papers.search.language import parse
from papers.search.models import Facet
from papers.search.tokens import tokens
from tests import make

pytestmark = pytest.mark.django_db


def found(text, *, narrowing=None, scope=PUBLIC, typing=False, order="added"):
    """The titles of the papers that are found, and the Search."""
    index.flush()
    search = Search(text, narrowing, scope=scope, typing=typing).run()
    pks = search.page(order, 1000, 0)
    titles = Paper.objects.in_bulk(pks)
    return [titles[pk].title for pk in pks], search


def titles(text, **said):
    return set(found(text, **said)[0])


def test_words_in_a_row_are_told_from_words_that_stand_apart():
    make.paper(title="Row", abstract="About deep learning of all kinds", authors=["Ann Lee"])
    make.paper(title="Apart", abstract="Learning to be deep", authors=["Lee Ann"])
    make.paper(title="Deep learning", abstract="")
    make.paper(title="Across deep", abstract="learning")
    for text, expected in {
        '"deep learning"': {"Row", "Deep learning"},
        "deep-learning": {"Row", "Deep learning"},
        'deep -"deep learning"': {"Apart", "Across deep"},
        'deep -"deep learning" -across': {"Apart"},
        'title:"deep learning"': {"Deep learning"},
        'author:"ann lee"': {"Row"},
        '"deep learning" author:lee': {"Row"},
        '"learning of" -"of kinds"': {"Row"},
        '"deep learn"': set(),
    }.items():
        assert titles(text) == expected, text
    assert titles("deep-lear", typing=True) == {"Row", "Deep learning"}


# --- The same set on either database: what the texts say, looked at one by one ---

WORDS = [
    *("pre-training", "pretraining", "pre training", "Pre-Trained", "model", "Models", "models’"),
    *("deep", "learning", "deep learning", "deep-learning", "deeplearning", "C++", "C", "C#"),
    *("GPT-4", "GPT4", "GPT 4", "3D", "3-D", "3 D", "café", "cafe", "naïve", "α", "$\\alpha$"),
    *(
        "the",
        "of",
        "state-of-the-art",
        "多模态",
        "模型",
        "大模型训练",
        "模",
        "训练",
        "用BERT做检索",
    ),
    *("BERT", "BERT模型", "한국어", "モデル・ラーニング", "AND", "NEAR", "not"),
]
words = st.sampled_from(WORDS)
text = st.lists(words, max_size=4).map(" ".join)
made_papers = st.fixed_dictionaries(
    {
        "title": st.lists(words, min_size=1, max_size=5).map(" ".join),
        "translated_title": text,
        "authors": st.lists(words, max_size=3),
        "abstract": text,
        "venue": st.sampled_from(["", "ICML", "Deep Learning", "模型"]),
        "year": st.sampled_from([None, 2019, 2020, 2021]),
        "tags": st.sets(st.sampled_from(["deep", "deep learning", "模型训练", "C++"]), max_size=2),
        "label": st.just("") | words,
        "note": st.just("") | st.lists(words, min_size=1, max_size=4).map(" ".join),
    }
)
typed_words = st.sampled_from([*WORDS, "mod", "lea", "gpt-", "pretr", "模态", "型", "训"])
typed = st.one_of(
    typed_words,
    typed_words.map("-{}".format),
    st.builds(
        "{}{}:{}".format, st.sampled_from(["", "-"]), st.sampled_from(["title", "author"]), words
    ),
    st.lists(words, min_size=1, max_size=3).map(lambda some: f'"{" ".join(some)}"'),
    st.lists(words, min_size=1, max_size=3).map(lambda some: f'-"{" ".join(some)}"'),
    st.lists(words, min_size=1, max_size=2).map(lambda some: f'title:"{" ".join(some)}"'),
    st.sampled_from(
        [
            "year:2020",
            "year:2020..",
            "-year:2019",
            "year:..2020",
            "tag:deep",
            "-tag:deep",
            "tag:模型训练",
            "venue:learning",
            "-venue:icml",
            "tag:C++",
            "year:1999",
        ]
    ),
)
queries = st.tuples(st.lists(typed, min_size=1, max_size=3).map(" ".join), st.booleans())


class Shelf:
    """Papers in the database, and what each says, in the columns that queries name."""

    def __init__(self, papers):
        section = make.section()
        names = {name for paper in papers for name in paper["tags"]}
        tags = {name: Tag.objects.create(name=name) for name in sorted(names)}
        self.papers = {}
        for number, said in enumerate(papers):
            fields = {name: said[name] for name in said.keys() - {"tags", "label", "note"}}
            paper = make.paper(key=f"key{number}", **fields)
            self.papers[paper.pk] = (said, self._columns(paper, said))
            TaggedPaper.objects.bulk_create(
                TaggedPaper(tag=tags[name], content_object=paper) for name in sorted(said["tags"])
            )
            if said["label"]:
                Entry.objects.create(section=section, paper=paper, label=said["label"])
            if said["note"]:
                Note.objects.create(paper=paper, body_en=said["note"])
        index.flush()

    def _columns(self, paper, said):
        texts = {
            "title": [paper.title, paper.translated_title],
            "authors": paper.authors,
            "extra": [
                *(said["label"], *sorted(said["tags"])),
                *(paper.venue, str(paper.year or ""), paper.key, said["note"]),
            ],
            "abstract": [paper.abstract],
        }
        return {column: self._words(some) for column, some in texts.items()}

    def _words(self, texts):
        read = [tokens(text) for text in texts]
        return [word for own, _ in read for word in own] + [w for _, aside in read for w in aside]

    def fitting(self, query):
        """The papers that a parsed query is about."""
        return {
            pk for pk, (said, columns) in self.papers.items() if self._fits(query, said, columns)
        }

    def _fits(self, query, said, columns):
        terms = all(self._has(term, columns) != term.negative for term in query.terms)
        years = all(
            bool((y.first or 0) <= (said["year"] or -1) <= (y.last or 9999)) != y.negative
            for y in query.years
        )
        return terms and years and all(self._meets(c, said) for c in query.conditions)

    def _has(self, term, columns):
        looked = [columns[term.field]] if term.field else columns.values()
        return any(_in_a_row(way, words) for way in term.ways for words in looked)

    def _meets(self, condition, said):
        names = said["tags"] if condition.kind == "tag" else {said["venue"]}
        wanted = set(tokens(condition.text)[0])
        return any(wanted <= set(tokens(name)[0]) for name in names) != condition.negative


def _in_a_row(way, words):
    *first, last = way
    for place in range(len(words) - len(way) + 1):
        row = words[place : place + len(way)]
        if row[:-1] == first and (
            row[-1].startswith(last[:-1]) if last.endswith("*") else row[-1] == last
        ):
            return True
    return False


def check_is_found(shelf, text, typing):
    expected = shelf.fitting(parse(text, typing=typing))
    search = Search(text, typing=typing).run()
    pks = search.page("added", 100, 0)
    if search.corrections or search.is_partial:
        assert not expected
        assert len(pks) == len(set(pks)) == search.total
        return
    assert set(pks) == expected
    assert len(pks) == search.total == len(expected)
    for order in ("best", "latest", "oldest", "title"):
        assert set(search.page(order, 100, 0)) == expected
    again = Search(text, typing=typing, scope=CURATORS)
    assert set(again.among(Paper.objects.all()).values_list("pk", flat=True)) == expected


@given(st.lists(made_papers, min_size=1, max_size=4), st.lists(queries, min_size=4, max_size=10))
@settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_the_papers_found_are_those_whose_texts_fit(papers, asked):
    with transaction.atomic():
        shelf = Shelf(papers)
        for text, typing in asked:
            check_is_found(shelf, text, typing)
        assert list(index.differences()) == []
        transaction.set_rollback(True)


def test_words_said_more_often_than_postgresql_can_count_are_the_same_on_either_database():
    many = "deep " * 200
    make.paper(title="A", abstract=many + "learning")
    make.note(paper=make.paper(title="B", abstract=many + "learning"), body_en=many)
    assert titles("learning") == titles("deep") == {"A", "B"}
    assert titles('"deep learning"') == {"A"}
    assert list(index.differences()) == []


def test_a_long_name_of_a_language_does_not_stop_the_index():
    make.paper(title="A" * 80 + "++ " + "B" * 80 + "#")
    assert len(titles("a" * 80 + "++")) == 1


# --- What a reader means ---


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("language model", "Language Models are Few-Shot Learners"),
        ("languages models", "Language Models are Few-Shot Learners"),
        ("few shot", "Language Models are Few-Shot Learners"),
        ("fewshot", "Language Models are Few-Shot Learners"),
        ("few-shot", "Language Models are Few-Shot Learners"),
        ("bert pretraining", "BERT: Pre-training of Deep Transformers"),
        ("BERT pre training", "BERT: Pre-training of Deep Transformers"),
        ("bert pre-trainings", "BERT: Pre-training of Deep Transformers"),
        ("poincare", "Poincar\\'e embeddings in $O(n^2)$"),
        ("Poincaré embedding", "Poincar\\'e embeddings in $O(n^2)$"),
        ("alpha divergence", "On $\\alpha$-divergences"),
        ("α-divergence", "On $\\alpha$-divergences"),
        ("c++", "Modern C++ Design"),
        ("3d", "3D Gaussian Splatting"),
        ("gpt4", "GPT-4 技术报告"),
        ("gpt-4 报告", "GPT-4 技术报告"),
        ("技术", "GPT-4 技术报告"),
        ("技术报告", "GPT-4 技术报告"),
    ],
)
def test_a_title_is_found_in_many_spellings(text, title):
    for name in (
        "Language Models are Few-Shot Learners",
        "BERT: Pre-training of Deep Transformers",
        "Poincar\\'e embeddings in $O(n^2)$",
        "On $\\alpha$-divergences",
        "Modern C++ Design",
        "C for beginners",
        "3D Gaussian Splatting",
        "GPT-4 技术报告",
    ):
        make.paper(title=name)
    assert found(text)[0] == [title]


def test_any_two_characters_are_found_in_titles_notes_labels_tags_and_names():
    section = make.section()
    make.paper(title="大模型训练")
    make.entry(section=section, paper=make.paper(title="Label"), label="稀疏模型")
    make.note(paper=make.paper(title="Note"), body_en=None, body_zh_hans="读这篇关于模型的论文。")
    make.paper(title="Tag").tags.add("语言模型")
    make.paper(title="Name", authors=["模型华"])
    make.paper(title="Other", translated_title="模拟与类型")
    every = {"大模型训练", "Label", "Note", "Tag", "Name"}
    assert titles("模型") == every
    assert titles("型") == every | {"Other"}
    assert titles("模型训练") == {"大模型训练"}
    assert titles("作者：模型") == {"Name"}
    assert titles("标签：模型") == {"Tag"}


def test_a_note_on_a_section_finds_its_papers():
    section = make.section()
    make.entry(section=section, paper=make.paper(title="In it"))
    make.paper(title="Elsewhere")
    make.note(section=section, body_en="Read about retrieval.")
    assert titles("retrieval") == {"In it"}


def test_words_in_titles_come_first():
    make.paper(title="Something else", abstract="A study of sparse retrieval. " * 5)
    make.paper(title="Other", authors=["Sparse Retrieval"])
    make.paper(title="Sparse retrieval")
    make.paper(title="Yet another long title of a paper on sparse attention and later retrieval")
    best = found("sparse retrieval", order="best")[0]
    assert best[0] == "Sparse retrieval"
    assert set(best[:2]) == {
        "Sparse retrieval",
        "Yet another long title of a paper on sparse attention and later retrieval",
    }
    assert best[-1] == "Something else"


def test_the_exact_word_comes_before_its_plural():
    make.paper(title="Transformer")
    make.paper(title="Transformers")
    assert found("transformer", order="best")[0] == ["Transformer", "Transformers"]
    assert found("transformers", order="best")[0] == ["Transformers", "Transformer"]


@pytest.fixture
def vocabulary():
    for title in (
        "Attention is all you need",
        "Sparse attention",
        "Transformers without attention",
        "Graph transformers",
        "多模态模型",
    ):
        make.paper(title=title)


@pytest.mark.parametrize(
    ("typo", "likely", "number"),
    [
        ("atention", "attention", 3),
        ("attenttion", "attention", 3),
        ("attetnion", "attention", 3),
        ("attantion", "attention", 3),
        ("transfromer", "transformer", 2),
        ("trasnfomers", "transformer", 2),
        ("grpah", "graph", 1),
        ("gaph", "graph", 1),
    ],
)
def test_a_misspelt_word_is_found_and_said(vocabulary, typo, likely, number):
    names, search = found(typo)
    assert search.corrections == [(typo, likely)]
    assert len(names) == search.total == number


def test_the_other_words_stay_when_one_is_corrected(vocabulary):
    names, search = found("sparse atention -graph")
    assert (names, search.corrections) == (["Sparse attention"], [("atention", "attention")])


def test_what_is_near_nothing_is_not_corrected(vocabulary):
    for text in ("zzzzzz", "xkcd", "at", "模式"):
        names, search = found(text)
        assert (names, search.corrections) == ([], [])


def test_where_no_paper_has_all_words_those_with_most_are_shown(vocabulary):
    names, search = found("sparse attention zebra", order="best")
    assert search.is_partial
    assert names == ["Sparse attention"]
    names, search = found("graph zebra", order="best")
    assert search.is_partial
    assert names == ["Graph transformers"]
    assert search.total == 1
    names, search = found("多模态学习")
    assert (names, search.is_partial) == (["多模态模型"], True)


def test_what_must_not_be_there_is_not_among_the_partial_ones_either(vocabulary):
    assert titles("attention zebra -sparse") == {
        "Attention is all you need",
        "Transformers without attention",
    }


def test_the_page_says_what_it_shows_instead(visitor, vocabulary):
    html = visitor.get("/papers/?q=atention").content.decode()
    assert "No paper has “atention”" in html
    assert "<strong>attention</strong>" in html
    html = visitor.get("/papers/?q=graph+zebra").content.decode()
    assert "No paper has all of these words." in html
    html = visitor.get("/papers/?q=tag:nothing").content.decode()
    assert "Nothing here is called “nothing”." in html
    html = visitor.get("/papers/?q=year:soon").content.decode()
    assert "“soon” is no year" in html


# --- Identifiers ---


@pytest.fixture
def known():
    make.paper(
        key="vaswani2017attention",
        title="Attention",
        arxiv_id="1706.03762",
        doi="10.1000/AbC.1",
        url="https://proceedings.example.org/paper/7181",
    )
    make.draft(key="secret2020", title="Secret", arxiv_id="2001.00001", url="https://example.org/s")
    code = make.paper(key="coded", title="Coded")
    Link.objects.create(paper=code, url="https://github.com/someone/something", kind=Link.Kind.CODE)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("1706.03762", "vaswani2017attention"),
        (" arXiv:1706.03762v5 ", "vaswani2017attention"),
        ("https://arxiv.org/pdf/1706.03762v2.pdf", "vaswani2017attention"),
        ("http://www.arxiv.org/abs/1706.03762?utm_source=x", "vaswani2017attention"),
        ("10.48550/arXiv.1706.03762", "vaswani2017attention"),
        ("10.1000/abc.1", "vaswani2017attention"),
        ("doi:10.1000/ABC.1", "vaswani2017attention"),
        ("https://doi.org/10.1000/abc.1", "vaswani2017attention"),
        ("http://proceedings.example.org/paper/7181/", "vaswani2017attention"),
        ("vaswani2017attention", "vaswani2017attention"),
        ("Vaswani2017Attention", "vaswani2017attention"),
        ("https://github.com/someone/something", "coded"),
    ],
)
def test_an_identifier_goes_to_its_paper_in_any_spelling(visitor, known, text, key):
    response = visitor.get("/papers/", {"q": text})
    assert (response.status_code, response.headers.get("Location")) == (302, f"/papers/{key}/")
    response = visitor.get("/zh-hans/papers/", {"q": text})
    assert response.headers.get("Location") == f"/zh-hans/papers/{key}/"


@pytest.mark.parametrize(
    "text", ["2001.00001", "secret2020", "https://example.org/s", "2102.00001"]
)
def test_an_identifier_of_no_public_paper_says_nothing_of_drafts(visitor, curator, known, text):
    response = visitor.get("/papers/", {"q": text})
    assert response.status_code == 200
    assert "Secret" not in response.content.decode()
    if text != "2102.00001":
        response = curator.get("/preview/papers/", {"q": text})
        assert response.headers.get("Location") == "/preview/papers/secret2020/"


def test_addresses_say_nothing_of_typing_and_of_blank_fields(visitor, known):
    asked = {"q": "attention", "typing": "1", "year_from": "", "tag": "", "sort": "title"}
    response = visitor.get("/papers/", asked)
    assert response["HX-Replace-Url"] == "/papers/?q=attention&sort=title"
    assert "typing=" not in response.text.partition('id="found"')[2]
    response = visitor.get("/papers/", {"q": "", "typing": "1"})
    assert response["HX-Replace-Url"] == "/papers/"


def test_nobody_is_sent_away_while_typing(visitor, known):
    assert visitor.get("/papers/", {"q": "1706.03762", "typing": "1"}).status_code == 200


# --- Facets ---


@pytest.fixture
def library():
    """Papers of all kinds in a tree of sections, some of it hidden."""
    top, other = make.section(slug="top"), make.section(slug="other")
    inner = make.section(slug="inner", parent=top)
    deep = make.section(slug="deep", parent=inner)
    hidden = make.section(slug="hidden", parent=top, public=False)
    below = make.section(slug="below", parent=hidden)
    places = [top, other, inner, deep, hidden, below]
    for number in range(60):
        paper = make.paper(
            title=f"{('Graph', 'Deep', 'Sparse')[number % 3]} paper {number}",
            year=[None, 2019, 2020, 2021][number % 4],
            venue=["", "ICML", "NeurIPS", "模型"][number // 2 % 4],
            status="draft" if number % 7 == 0 else "published",
        )
        for place in {number % 6, number * 5 // 7 % 6} if number % 5 else set():
            make.entry(section=places[place], paper=paper, highlighted=number % 3 == 0)
        if number % 4 == 1:
            make.note(paper=paper, public=number % 8 == 1)
        if number % 10 == 3:
            make.note(paper=paper, section=places[number % 6])
        if number % 6 == 2:
            Link.objects.create(paper=paper, url=f"https://example.org/{number}", kind="code")
        paper.tags.add(*["a", "b", "c"][: number % 4])
    make.note(section=deep)
    make.note(section=other, public=False)
    index.flush()


def counted(papers, *, preview):
    """How many of some papers have each value of each facet, by plain queries."""
    papers = Paper.objects.filter(pk__in=papers)
    entries = Entry.objects.visible(preview=preview).filter(paper__in=papers)
    notes = Note.objects.visible(preview=preview)
    counts = Counter({facets.ALL: papers.count()})
    for section in Section.objects.visible(preview=preview):
        below = section.descendants(include_self=True)
        below = [one.pk for one in below if preview or one.visible]
        number = entries.filter(section__in=below).values("paper").distinct().count()
        counts[facets.section(section.pk)] = number
    for tag in Tag.objects.all():
        counts[facets.tag(tag.pk)] = papers.filter(tags=tag).count()
    for paper in papers.exclude(year=None):
        counts[facets.year(paper.year)] += 1
    for paper in papers.exclude(venue=""):
        counts[facets.venue(paper.venue)] += 1
    highlighted = entries.filter(highlighted=True).values("paper").distinct()
    counts[facets.flag(facets.HIGHLIGHTED)] = highlighted.count()
    about = set(notes.exclude(paper=None).values_list("paper", flat=True))
    covered = notes.filter(paper=None).values("section")
    about |= set(entries.filter(section__in=covered).values_list("paper", flat=True))
    counts[facets.flag(facets.NOTE)] = len(about & {paper.pk for paper in papers})
    counts[facets.flag(facets.CODE)] = papers.filter(links__kind="code").distinct().count()
    return +counts


@pytest.mark.parametrize("scope", [PUBLIC, CURATORS])
def test_the_counts_of_facets_are_exact(library, scope):
    preview = scope == CURATORS
    papers = Paper.objects.visible(preview=preview)
    entries = Entry.objects.visible(preview=preview)
    top = Section.objects.get(slug="top")
    below = [one.pk for one in top.descendants(include_self=True) if preview or one.visible]
    in_top = papers.filter(pk__in=entries.filter(section__in=below).values("paper"))
    tag = Tag.objects.get(name="b")
    highlighted = entries.filter(highlighted=True).values("paper")
    asked = [
        ("paper", Narrowing(), papers),
        ("graph", Narrowing(), papers.filter(title__startswith="Graph")),
        ("", Narrowing(section=top.pk), in_top),
        ("deep", Narrowing(section=top.pk), in_top.filter(title__startswith="Deep")),
        ("", Narrowing(tag=tag.pk), papers.filter(tags=tag)),
        ("", Narrowing(venue="模型"), papers.filter(venue="模型")),
        (
            "-deep",
            Narrowing(venue="ICML"),
            papers.filter(venue="ICML").exclude(title__startswith="D"),
        ),
        ("", Narrowing(first_year=2020), papers.filter(year__gte=2020)),
        ("", Narrowing(last_year=2020), papers.filter(year__lte=2020)),
        ("year:2019..2020", Narrowing(), papers.filter(year__in=[2019, 2020])),
        ("", Narrowing(flags=frozenset({facets.HIGHLIGHTED})), papers.filter(pk__in=highlighted)),
        ("", Narrowing(flags=frozenset({facets.CODE})), papers.filter(links__kind="code")),
        ("section:none", Narrowing(), papers.none()),
    ]
    for text, narrowing, expected in asked:
        search = Search(text, narrowing, scope=scope).run()
        pks = set(expected.values_list("pk", flat=True))
        assert search.total == len(pks), (text, narrowing)
        if pks:
            assert +search.counts == counted(pks, preview=preview), (text, narrowing)
        assert set(search.page("latest", 100, 0)) == pks


def test_of_the_whole_list_the_counts_are_known_beforehand(library):
    search = Search("").run()
    assert search.is_all
    known = dict(Facet.objects.filter(public__gt=0).values_list("token", "public"))
    assert known == counted(Paper.objects.visible(), preview=False)
    assert search.total == known[facets.ALL]


def shown_groups(client, query):
    response = client.get(f"/papers/?{query}")
    return {
        (group.name, str(value.label)): value
        for group in response.context["groups"]
        for value in group.values
    }


def test_a_value_leads_to_as_many_papers_as_it_says_and_back(visitor, library):
    for query in ("", "q=graph", "section=top", "tag=b&year_from=2020", "q=paper&has_note=1"):
        for name, value in shown_groups(visitor, query).items():
            if value.chosen:
                continue
            response = visitor.get(f"/papers/{value.link}")
            assert response.context["results"].count == value.count, (query, name)
            offered = shown_groups(visitor, value.link.removeprefix("?"))
            assert offered[name].chosen, (query, name)


def test_a_section_that_is_not_public_is_no_facet(visitor, curator, library):
    assert visitor.get("/papers/?section=hidden").context["filter"].errors
    for label in ("Hidden", "Below"):
        assert label not in str(shown_groups(visitor, "section=top").keys())


# --- Many papers ---


KINDS = {0: "Learning", 6: "Learnings"}


@pytest.fixture
def many(monkeypatch):
    """A list of which only 20 papers are counted and only 8 are compared."""
    for module in ("find", "engines.base"):
        monkeypatch.setattr(f"papers.search.{module}.CAP", 20)
        monkeypatch.setattr(f"papers.search.{module}.MANY", 8)
    monkeypatch.setattr("papers.search.find.FEW", 8)
    for number in range(36):
        make.paper(
            title=f"{KINDS.get(number % 12, 'Paper')} {number}",
            abstract="On learning.",
            year=2000 + number % 5,
            venue="ICML" if number % 2 else "NeurIPS",
        )
    index.flush()


def pages_of(search, order, size):
    number = min(search.total, 20)
    pks = [pk for start in range(0, number, size) for pk in search.page(order, size, start)]
    return pks[:number]


def test_of_more_than_can_be_counted_that_is_said(many):
    for search in (Search("learning").run(), Search("learning -zebra").run()):
        assert (search.total, search.is_capped, search.is_sampled) == (21, True, True)
    search = Search("learning venue:icml").run()
    assert (search.total, search.is_capped) == (18, False)


def test_what_is_known_without_counting_is_exact(many):
    assert Search("").run().total == 36
    make.paper(year=2000, venue="ICML")
    Paper.objects.update(venue="ICML")
    index.flush()
    search = Search("", Narrowing(venue="ICML")).run()
    assert (search.total, search.is_walk) == (37, True)


@pytest.mark.parametrize("size", [3, 4, 5, 20])
@pytest.mark.parametrize("order", ["best", "latest", "oldest", "added", "title"])
def test_no_paper_is_on_two_pages(many, order, size):
    search = Search("learning").run()
    pks = pages_of(search, order, size)
    assert len(pks) == len(set(pks)) == 20
    if order == "best":
        titled = Paper.objects.filter(title__startswith="Learning").values_list("pk", flat=True)
        assert set(pks[:6]) == set(titled)


def test_the_best_are_the_same_on_however_large_pages(many):
    orders = [pages_of(Search("learning").run(), "best", size) for size in (2, 5, 7, 20)]
    assert orders[1:] == orders[:-1]


@pytest.mark.parametrize("order", ["latest", "oldest", "added", "title"])
def test_what_is_walked_along_is_in_the_order_of_what_is_fetched(many, order):
    walked = list(Search("-venue:icml").run().rows(order).values_list("pk", flat=True))
    assert len(walked) == 18
    assert walked == Search("-venue:icml").run().page(order, 100, 0)


def test_pages_far_into_a_long_search(visitor, many):
    seen = []
    for page in range(1, 3):
        response = visitor.get(f"/papers/?q=learning&page={page}")
        assert response.status_code == 200
        seen += re.findall(r'<a href="/papers/(author\d+)/">', response.content.decode())
    assert len(seen) == len(set(seen))
    assert visitor.get("/papers/?q=learning&page=999999999").status_code == 200


# --- Nothing leads to an error ---

HOSTILE = [
    *(
        '"',
        '""',
        '"unbalanced',
        'a "b c',
        "-",
        "--",
        '-"',
        ":",
        "title:",
        'author:"',
        "*",
        "a*",
        "^a",
    ),
    *(
        "AND",
        "a AND b",
        "NOT a",
        "a OR",
        "NEAR(a b, 5)",
        "(a",
        "a)",
        "a & b | !c",
        "a:* <-> b",
        "{a}",
    ),
    *("'; DROP TABLE papers_paper; --", '" OR 1=1 --', "1' OR '1'='1", "\\", "\\'", "%", "%s", "_"),
    *(
        "\0",
        "a\0b",
        "http://a\0b",
        "10.1000/\0",
        "🔥",
        "👩‍💻 paper",
        "a" * 10_000,
        "深" * 10_000,
        "a " * 5_000,
        '"' * 10_000,
    ),
    *("§a", "§s1", "±a", "¤a", "year:0000", "year:9999..0001", "year:2020..1", 'venue:"', "tag:🔥"),
    *(
        "section:§",
        "-year:x",
        "http://",
        "https://[",
        "http://[::1",
        "//",
        "10.1/",
        "arXiv:9999.99999v0",
    ),
    *(
        "＂a＂",
        "ª",
        "\u202e",
        "\ufeff",
        "İ",
        "ß" * 400,
        "ﷺ" * 400,
        "of the",
        "-the",
        "９" * 50,
        "-a -b",
    ),
]


@pytest.fixture
def some(seed):
    index.flush()


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:20]))
def test_whatever_is_typed_there_is_an_answer(visitor, curator, some, text):
    asked = [
        (visitor, "/papers/", {"q": text}),
        (visitor, "/zh-hans/papers/", {"q": text, "typing": "1", "sort": "title"}),
        (curator, "/preview/papers/", {"q": text}),
        (curator, reverse("admin:papers_paper_changelist"), {"q": text}),
        (
            curator,
            reverse("admin:autocomplete"),
            {"term": text, "app_label": "papers", "model_name": "entry", "field_name": "paper"},
        ),
    ]
    for client, address, query in asked:
        response = client.get(address, query)
        assert response.status_code in {200, 302}, address


@given(st.text(max_size=80) | st.lists(st.sampled_from([*HOSTILE, " "]), max_size=6).map("".join))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_the_index_can_be_asked(some, text):
    for scope in (PUBLIC, CURATORS):
        search = Search(text, scope=scope, typing=True).run()
        assert len(search.page("best", 100, 0)) == search.total
        assert list(Search(text, scope=scope).among(Paper.objects.all())) is not None
