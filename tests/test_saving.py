"""Pages of papers in formats that can be saved."""

import json
import re
from urllib.parse import urlencode

import pytest
from django.core.management import call_command

from papers.formats import FORMATS, guess
from papers.models import Paper
from papers.records import Problem, Record
from papers.saved import SUFFIXES
from papers.search import index
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf():
    """Three public papers in two sections, two of them with a tag, and a draft."""
    above = make.section(title_en="Vision", slug="vision")
    below = make.section(title_en="Segmentation", slug="segmentation", parent=above)
    for number, section in enumerate([above, below, below]):
        paper = make.paper(
            key=f"author{number}", title=f"Seeing number {number}", year=2018 + number
        )
        make.entry(paper=paper, section=section)
        if number:
            paper.tags.add("Masks")
    draft = make.draft(key="secret", title="Secret seeing")
    make.entry(paper=draft, section=above)
    draft.tags.add("Masks")
    index.flush()


def text_of(response):
    assert response.status_code == 200
    return b"".join(response.streaming_content).decode()


def keys(text, suffix):
    """The papers of a text in one of the formats, by what each format says of them."""
    name = SUFFIXES[suffix][0]
    assert guess(text) == name
    found = list(FORMATS[name].read(text))
    assert not [item for item in found if isinstance(item, Problem)]
    return [re.sub(r"\D", "", item.title) for item in found if isinstance(item, Record)]


PAGES = {
    "/papers/author1": "1",
    "/sections/vision": "012",
    "/sections/segmentation": "12",
    "/tags/masks": "21",
    "/papers": "210",
}


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_can_be_saved_in_every_format(visitor, shelf, page, suffix):
    response = visitor.get(f"{page}.{suffix}")
    assert response.headers["Content-Type"] == f"{SUFFIXES[suffix][1]}; charset=utf-8"
    text = text_of(response)
    found = keys(text, suffix)
    # Markdown has the order of sections.
    assert sorted(found) == sorted(PAGES[page])
    if suffix != "md":
        assert "".join(found) == PAGES[page]
    assert "Secret" not in text


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"q": "number 1"}, "1"),
        ({"q": "seeing", "sort": "oldest"}, "012"),
        ({"section": "segmentation"}, "21"),
        ({"tag": "masks", "year_to": "2019"}, "1"),
        ({"q": "nothing at all"}, ""),
        ({"sort": "title", "page": "7"}, "012"),
    ],
)
def test_what_is_found_is_saved_all_of_it_and_in_its_order(visitor, shelf, query, expected):
    response = visitor.get(f"/papers.json?{urlencode(query)}")
    found = json.loads(text_of(response))
    assert "".join(re.sub(r"\D", "", item["title"]) for item in found) == expected


@pytest.mark.parametrize(
    ("query", "sentence"),
    [("tag=nothing", "There is no “nothing” here."), ("year_from=x", "A year is a whole number")],
)
def test_what_cannot_be_meant_is_not_saved(visitor, shelf, query, sentence):
    response = visitor.get(f"/papers.bib?{query}")
    assert response.status_code == 400
    assert sentence in response.text
    assert response.headers["Cache-Control"] == "no-store"


def test_more_than_can_be_shown_is_saved(visitor, shelf, monkeypatch):
    for module in ("find", "engines.base"):
        monkeypatch.setattr(f"papers.search.{module}.CAP", 1)
    found = json.loads(text_of(visitor.get("/papers.json?q=seeing")))
    assert sorted(item["id"] for item in found) == ["author0", "author1", "author2"]
    found = json.loads(text_of(visitor.get("/papers.json?tag=masks")))
    assert [item["id"] for item in found] == ["author2", "author1"]


def test_pages_say_where_they_can_be_saved(visitor, shelf):
    for page in PAGES:
        html = visitor.get(f"{page}/").text
        for suffix in SUFFIXES:
            assert html.count(f'href="{page}.{suffix}"') == 2
    html = visitor.get("/papers/?q=seeing&page=1&sort=title").text
    assert 'href="/papers.bib?q=seeing&amp;sort=title"' in html
    html = visitor.get("/zh-hans/sections/vision/").text
    assert 'href="/zh-hans/sections/vision.md"' in html


def test_files_have_names(visitor):
    make.entry(paper=make.paper(), section=make.section(slug="综述"))
    response = visitor.get("/sections/综述.bib")
    assert response.headers["Content-Disposition"] == (
        "attachment; filename=\"papers.bib\"; filename*=UTF-8''%E7%BB%BC%E8%BF%B0.bib"
    )


def test_texts_are_in_the_language_of_the_page(visitor):
    section = make.section(title_en="Surveys", title_zh_hans="综述", slug="surveys")
    make.entry(paper=make.paper(), section=section)
    assert "## Surveys" in text_of(visitor.get("/sections/surveys.md"))
    assert "## 综述" in text_of(visitor.get("/zh-hans/sections/surveys.md"))


@pytest.mark.parametrize(
    "address",
    [
        "/papers/secret.bib",
        "/papers/nobody2000.bib",
        "/sections/nowhere.ris",
        "/tags/nothing.md",
        "/papers/author1.docx",
        "/papers.html",
    ],
)
def test_what_is_not_public_or_not_there_cannot_be_saved(visitor, shelf, address):
    assert visitor.get(address, follow=True).status_code == 404


def test_curators_save_drafts_from_the_preview(curator, shelf):
    assert "Secret" in text_of(curator.get("/preview/papers/secret.bib"))
    response = curator.get("/preview/sections/vision.csv")
    assert "Secret" in text_of(response)
    assert response.headers["Cache-Control"] == "private, no-store"


def test_who_has_it_is_told_so(visitor, shelf):
    response = visitor.get("/papers.bib")
    text_of(response)
    known = {"If-None-Match": response.headers["ETag"]}
    assert visitor.get("/papers.bib", headers=known).status_code == 304
    Paper.objects.filter(key="author1").update(title="Another")
    assert "Another" in text_of(visitor.get("/papers.bib", headers=known))
    head = visitor.head("/papers.bib")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["Content-Type"].startswith("application/x-bibtex")


def test_the_first_list_is_saved_as_export_papers_writes_it(visitor, tmp_path):
    call_command("loaddata", "ai_papers", verbosity=0)
    sections = [line for line in visitor.get("/").text.split('"') if line.startswith("/sections/")]
    slug = sections[0].split("/")[2]
    for suffix, (name, _) in SUFFIXES.items():
        path = tmp_path / suffix
        call_command("export_papers", format=name, section=slug, output=str(path))
        saved = b"".join(visitor.get(f"/sections/{slug}.{suffix}").streaming_content)
        assert saved == path.read_bytes()
