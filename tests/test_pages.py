"""What a visitor reads."""

import re
from html import unescape
from itertools import pairwise

import pytest

from papers.models import Note, Paper, ReadingList, Section
from tests import make

pytestmark = pytest.mark.django_db

PAGES = ["/", "/papers/", "/tags/", "/about/"]


def text_of(response):
    """What a person reads on a page, white space folded."""
    html = re.sub(r"<(script|style|title)\b.*?</\1>", " ", response.content.decode(), flags=re.S)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def test_home_shows_the_whole_seed_list_in_its_order(visitor, seed):
    page = text_of(visitor.get("/zh-hans/"))
    facts = [
        "人工智能领域论文推荐",
        "大模型与基础架构",
        "Transformer 万物起源",
        "Attention Is All You Need",
        "BERT 预训练里程碑",
        "GPT 生成式大模型代表",
        "Language Models are Few-Shot Learners",
        "Improving Language Understanding by Generative Pre-Training",
        "T5 统一框架",
        "DeepSeek 系列",
        "训练优化与效率提升",
        "大规模训练技术",
        "参数高效微调（PEFT）",
        "预训练数据与扩展定律",
        "多模态与跨领域融合",
        "视觉与语言融合",
        "多模态大模型",
        "GPT-4 Technical Report",
        "Qwen2-VL: Enhancing",
    ]
    body = page[page.index("1 大模型与基础架构", page.index("3.2")) :]
    places = [body.index(fact) for fact in facts[1:]]
    assert places == sorted(places)


@pytest.mark.parametrize("prefix", ["", "/zh-hans"])
def test_home_has_every_paper_topic_and_note_in_both_languages(visitor, seed, prefix):
    html = visitor.get(f"{prefix}/").content.decode()
    assert html.count('class="entry highlighted"') == 14
    assert html.count('class="node depth-0"') == 3
    assert html.count('class="node depth-1"') == 10
    assert html.count('class="note prose"') == 11


@pytest.mark.parametrize("prefix", ["", "/zh-hans"])
def test_every_page_of_the_seed_list_opens(visitor, seed, prefix):
    addresses = [*PAGES]
    addresses += [f"/sections/{slug}/" for slug in Section.objects.values_list("slug", flat=True)]
    addresses += [f"/papers/{key}/" for key in Paper.objects.values_list("key", flat=True)]
    addresses += re.findall(r'href="(/tags/[^"]+/)"', visitor.get("/tags/").content.decode())
    assert len(addresses) > 4 + 13 + 14
    for address in addresses:
        response = visitor.get(prefix + address)
        assert response.status_code == 200, address
        assert not response.cookies, address
        assert "Cookie" not in response.get("Vary", ""), address
        assert b'href=""' not in response.content, address


@pytest.mark.parametrize("address", [*PAGES, "/zh-hans/", "/zh-hans/papers/"])
def test_pages_of_an_empty_list_help_instead_of_failing(visitor, db, address):
    assert visitor.get(address).status_code == 200


def test_home_of_an_empty_list_says_so(visitor, db):
    assert "no sections yet" in text_of(visitor.get("/"))


def test_a_paper_without_anything_but_a_title_has_a_page(visitor):
    make.paper(key="bare", title="只有标题", authors=[], year=None)
    page = text_of(visitor.get("/papers/bare/"))
    assert "只有标题" in page
    assert "None" not in page


def test_a_paper_page_tells_everything_known(visitor, seed):
    page = text_of(visitor.get("/papers/devlin2019bert/"))
    for fact in (
        "Jacob Devlin, Ming-Wei Chang, Kenton Lee, Kristina Toutanova",
        "Proceedings of NAACL-HLT, 4171–4186",
        "2019",
        "October 11, 2018" if "October" in page else "Oct. 11, 2018",
        "Association for Computational Linguistics",
        "1810.04805",
        "10.18653/v1/n19-1423",
        "Builds on",
        "Attention Is All You Need",
        "Basis of",
        "Exploring the Limits of Transfer Learning",
    ):
        assert fact in page
    links = visitor.get("/papers/devlin2019bert/").content.decode()
    assert 'href="https://arxiv.org/abs/1810.04805"' in links
    assert 'href="https://github.com/google-research/bert"' in links


def test_pages_from_to_are_joined_by_a_dash(visitor):
    make.paper(key="cited", venue="JMLR", volume="21", pages="5998-6008")
    assert "JMLR 21, 5998–6008" in visitor.get("/papers/cited/").text


def test_two_hundred_authors_fold_away(visitor):
    make.paper(key="many", authors=[f"Author {n}" for n in range(200)])
    html = visitor.get("/papers/many/").content.decode()
    assert "and 180 more authors" in html
    assert html.count("Author ") >= 200
    assert "Author 0, Author 1, Author 2 et al." in text_of(visitor.get("/papers/"))


def test_incomplete_authors_say_so(visitor):
    make.paper(key="some", authors=["DeepSeek-AI"], authors_incomplete=True)
    assert "DeepSeek-AI , and others" in text_of(visitor.get("/papers/some/")).replace(
        "AI,", "AI ,"
    )
    assert "DeepSeek-AI et al." in text_of(visitor.get("/papers/"))


def test_a_key_in_other_case_leads_to_the_paper(visitor):
    make.paper(key="Vaswani2017")
    response = visitor.get("/papers/vaswani2017/")
    assert (response.status_code, response["Location"]) == (301, "/papers/Vaswani2017/")


def test_a_long_section_comes_in_pages(visitor):
    section = make.section(slug="long")
    for number in range(120):
        make.entry(section=section, paper=make.paper(title=f"Number {number:03}"))
    first, last = visitor.get("/sections/long/"), visitor.get("/sections/long/?page=3")
    assert "120 papers" in text_of(first)
    assert "Number 049" in text_of(first)
    assert "Number 050" not in text_of(first)
    assert "Number 119" in text_of(last)
    assert 'start="101"' in last.content.decode()


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        ("9", "There is no page 9. This is page 1."),
        ("0", "There is no page 0. This is page 1."),
        ("-1", "There is no page -1. This is page 1."),
        ("two", "“two” is not a page number."),
        ("9" * 5000, "is not a page number"),
        ("\x00", "is not a page number"),
    ],
)
@pytest.mark.parametrize("address", ["/papers/", "/sections/here/", "/tags/tagged/"])
def test_a_page_that_is_not_there_is_said_and_the_nearest_shown(visitor, address, wanted, sentence):
    entry = make.entry(section=make.section(slug="here"), paper=make.paper(title="The one"))
    entry.paper.tags.add("tagged")
    page = text_of(visitor.get(address, {"page": wanted}))
    assert sentence in page
    assert "The one" in page


def test_a_large_list_has_an_index_with_highlights_instead(visitor, monkeypatch):
    monkeypatch.setattr("papers.views.home.WHOLE", 3)
    section = make.section(title_en="Everything", slug="everything")
    for number in range(4):
        paper = make.paper(title=f"Number {number}")
        make.entry(section=section, paper=paper, highlighted=number == 2)
    html = visitor.get("/").content.decode()
    index = html[: html.index('id="newest"')]
    assert 'href="/sections/everything/"' in index
    assert '<span class="count">4</span>' in index
    assert "Number 2" in index
    assert "Number 1" not in index


def test_a_paper_in_two_sections_stands_in_both_with_its_own_labels_and_notes(visitor):
    paper = make.paper(key="twice")
    one, two = make.section(title_en="One"), make.section(title_en="Two")
    make.entry(section=one, paper=paper, label="First name")
    make.entry(section=two, paper=paper, label="Second name")
    make.note(paper=paper, body_en="Said everywhere.")
    make.note(paper=paper, section=two, body_en="Said in two.")
    home = text_of(visitor.get("/"))
    assert home.count("Said everywhere.") == 2
    assert home.count("Said in two.") == 1
    page = text_of(visitor.get("/papers/twice/"))
    assert page.index("One") < page.index("Two")
    assert page.count("Said everywhere.") == 1


def test_a_note_on_a_section_covers_its_papers(visitor):
    entry = make.entry(paper=make.paper(key="covered"))
    make.note(section=entry.section, body_en="On all of these.")
    assert "On all of these." in text_of(visitor.get("/papers/covered/"))


def test_texts_are_escaped_wherever_they_appear(visitor):
    bad = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    section = make.section(title_en=bad[:200], description_en=bad, slug="bad")
    paper = make.paper(
        key="bad",
        title=bad,
        translated_title=bad,
        authors=[bad],
        venue=bad,
        volume=bad[:50],
        publisher=bad,
        abstract=bad,
        year=2020,
        url='https://example.org/"><script>',
    )
    make.entry(section=section, paper=paper, label=bad[:100])
    make.note(paper=paper, body_en=bad, author=bad[:100])
    paper.tags.add(bad[:100])
    ReadingList.objects.create(title_en=bad, tagline_en=bad, introduction_en=bad, licence=bad[:90])
    addresses = ["/sections/bad/", "/papers/bad/", *PAGES, "/papers/?q=" + bad, "/zh-hans/"]
    for address in addresses:
        html = visitor.get(address).content.decode()
        assert "<script>" not in html, address
        assert "<img" not in html, address
        assert 'href="javascript:' not in html, address


def test_the_site_answers_robots_and_monitors(visitor, db):
    robots = visitor.get("/robots.txt").content.decode()
    assert "Disallow: /preview/" in robots
    assert "Sitemap: http://testserver/sitemap.xml" in robots
    assert visitor.get("/healthz").content == b"ok\n"


def test_the_sitemap_names_all_public_pages_in_both_languages(visitor, seed):
    make.draft(key="secret")
    make.section(slug="hidden", public=False)
    index = visitor.get("/sitemap.xml").content.decode()
    maps = re.findall(r"<loc>http://testserver(.*?)</loc>", index)
    everything = "".join(visitor.get(address).content.decode() for address in maps)
    for address in ("/papers/hu2022lora/", "/zh-hans/papers/hu2022lora/", "/zh-hans/", "/about/"):
        assert f"<loc>http://testserver{address}</loc>" in everything
    assert everything.count("<url>") == 2 * (4 + 13 + 14 + Paper.tags.count())
    assert "secret" not in everything
    assert "hidden" not in everything


@pytest.mark.parametrize("address", ["/nowhere/", "/papers/none/", "/sections/none/", "/tags/无/"])
def test_an_address_that_is_not_there_gets_a_helpful_page(visitor, seed, address):
    for prefix, words in (("", "There is no such page"), ("/zh-hans", "没有这个页面")):
        response = visitor.get(prefix + address)
        assert response.status_code == 404
        assert words in text_of(response)
        assert 'action="/zh-hans/papers/"' in response.content.decode() or not prefix


def test_a_fault_of_ours_gets_a_page_that_needs_no_database(visitor, db, monkeypatch):
    visitor.raise_request_exception = False
    monkeypatch.setattr("papers.views.home.outline", lambda *_, **__: 1 / 0)
    response = visitor.get("/zh-hans/")
    assert response.status_code == 500
    assert "出了点问题" in text_of(response)


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_public_pages_are_only_read(visitor, seed, method):
    assert getattr(visitor, method)("/").status_code in {403, 405}


def test_a_change_is_public_on_the_next_load(visitor, seed):
    assert "Changed at once" not in text_of(visitor.get("/sections/gpt/"))
    note = Note.objects.filter(section__slug="gpt").first()
    note.body_en = "Changed at once"
    note.save()
    assert "Changed at once" in text_of(visitor.get("/sections/gpt/"))


@pytest.mark.parametrize("address", ["/", "/sections/foundations/", "/sections/gpt/", "/papers/"])
def test_headings_leave_no_level_out(visitor, seed, address):
    html = visitor.get(address).content.decode()
    levels = [int(level) for level in re.findall(r"<h([1-6])", html)]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels)), levels


def test_pages_are_sent_compressed(visitor, seed):
    response = visitor.get("/", headers={"Accept-Encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"
    assert len(response.content) < 16_000
    assert "Accept-Encoding" in response["Vary"]


@pytest.mark.parametrize("kind", ["papers", "sections", "tags"])
@pytest.mark.parametrize("name", ["%00", "a%00b", "%F0%9F%94%A5", "%EE%80%800", "%ED%A0%80", "%FF"])
def test_a_name_that_no_page_can_have_is_no_fault_of_ours(visitor, seed, kind, name):
    assert visitor.get(f"/{kind}/{name}/").status_code == 404
