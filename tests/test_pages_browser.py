"""What only a browser can tell of the public pages."""

import pytest
from playwright.sync_api import expect

from papers.models import Paper, Section

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

PAGES = [
    "/",
    "/papers/?year_from=abc&tag=none&page=7",
    "/papers/brown2020language/",
    "/sections/foundations/",
    "/sections/gpt/",
    "/tags/",
    "/tags/language-models/",
    "/about/",
]


@pytest.fixture
def site(live_server, seed):
    return live_server.url


@pytest.mark.parametrize("prefix", ["", "/zh-hans"])
@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_scrolls_sideways_or_asks_other_sites(site, page, prefix, width):
    long = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
    section = Section.objects.get(slug="gpt")
    section.title_en = section.title_zh_hans = long
    section.save()
    for paper in Paper.objects.all():
        paper.tags.add(long)
        paper.venue = long
        paper.save()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_viewport_size({"width": width, "height": 800})
    for address in PAGES:
        page.goto(site + prefix + address)
        excess = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert excess <= 0, address
    assert all(url.startswith(site) for url in asked)
    assert any(url.endswith("site.css") for url in asked)


def test_a_visitor_finds_their_way_without_a_script(site, chromium):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site)
    page.get_by_role("link", name="简体中文").click()
    assert page.url == f"{site}/zh-hans/"
    page.get_by_role("searchbox").fill("lora")
    page.get_by_role("searchbox").press("Enter")
    page.get_by_role(
        "link", name="LoRA: Low-Rank Adaptation of Large Language Models", exact=True
    ).click()
    assert page.url == f"{site}/zh-hans/papers/hu2022lora/"
    page.get_by_role("link", name="参数高效微调（PEFT）").first.click()
    assert page.url.endswith("/zh-hans/sections/parameter-efficient-fine-tuning/")
    page.go_back()
    page.go_back()
    assert page.get_by_role("searchbox").or_(page.locator("[name=q]")).first.input_value() == "lora"
    context.close()


def test_filters_are_set_and_taken_away_by_hand(site, page):
    page.goto(f"{site}/papers/")
    facets = page.get_by_role("complementary", name="Narrow the list")
    page.goto(f"{site}/papers/?section=vision-and-language")
    facets.get_by_role("link", name="Highlighted").click()
    page.get_by_label("From year").fill("2021")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("status")).to_have_text("2 papers")
    page.get_by_role("link", name="Remove From year: 2021").click()
    assert "year_from" not in page.url
    assert "highlighted=1" in page.url
    assert "section=vision-and-language" in page.url


def test_the_keyboard_reaches_the_content_first(site, page):
    page.goto(site)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_math_is_shown_as_math(site, page):
    page.goto(f"{site}/sections/transformer/")
    box = page.locator("math").first.bounding_box()
    assert box["width"] > 20
    assert box["height"] > 8


def test_dark_and_light_differ_and_both_are_legible(site, chromium):
    seen = {}
    for scheme in ("light", "dark"):
        context = chromium.new_context(color_scheme=scheme)
        page = context.new_page()
        page.goto(site)
        seen[scheme] = page.evaluate(
            "[getComputedStyle(document.body)].flatMap(it => [it.color, it.backgroundColor])"
        )
        context.close()
    assert seen["light"][1] != seen["dark"][1]
    assert seen["light"][0] != seen["dark"][0]


def test_the_seed_list_is_whole_in_the_browser(site, page):
    for prefix in ("", "/zh-hans"):
        page.goto(f"{site}{prefix}/")
        assert page.locator(".node.depth-0").count() == 3
        assert page.locator(".node.depth-1").count() == 10
        assert page.locator(".entry").count() == 14
        assert page.locator(".note").count() == 11
        headings = page.locator(".node > :is(h2, h3)").all_inner_texts()
        assert len(headings) == Section.objects.count()


def test_printing_leaves_the_furniture_out(site, page):
    page.goto(f"{site}/sections/gpt/")
    page.emulate_media(media="print")
    assert not page.locator(".site-nav").is_visible()
    assert page.get_by_role("heading", level=1).is_visible()
