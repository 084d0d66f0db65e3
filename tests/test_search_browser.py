"""Results that come while a reader types, and what the browser makes of it."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


@pytest.fixture
def site(live_server, seed):
    return live_server.url


@pytest.fixture
def words(site, page):
    """The box for words; `words.asked` is what it asked the server for."""
    page.goto(f"{site}/papers/")
    box = page.get_by_label("Words")
    box.asked = []
    page.on("request", lambda it: box.asked.append(it.url) if it.resource_type == "xhr" else None)
    return box


def titles(page):
    return page.locator(".results .title").all_inner_texts()


def tally(page, text):
    expect(page.get_by_role("status")).to_have_text(text)


def test_results_come_while_typing(page, words):
    words.press_sequentially("attent")
    tally(page, "1 paper")
    expect(page.locator("mark").first).to_have_text("Attention")
    expect(words).to_be_focused()
    words.fill("")
    tally(page, "14 papers")


def test_the_address_has_what_was_typed(page, words):
    words.press_sequentially("attention")
    tally(page, "1 paper")
    assert page.url.endswith("/papers/?q=attention")
    found = titles(page)
    page.reload()
    assert titles(page) == found
    assert words.input_value() == "attention"


def test_the_way_back_leads_to_what_was_found(page, words):
    words.press_sequentially("attention")
    tally(page, "1 paper")
    found = titles(page)
    page.locator(".results .title a").first.click()
    page.wait_for_url("**/papers/vaswani2017attention/")
    page.go_back()
    tally(page, "1 paper")
    assert titles(page) == found
    assert words.input_value() == "attention"
    # Letters are no steps of the way: one step more leads to where the reader came from.
    page.go_back()
    assert page.url == "about:blank"


def test_what_was_narrowed_stays_so_while_typing(site, page, words):
    page.goto(f"{site}/papers/?section=vision-and-language&sort=title")
    words.press_sequentially("image")
    expect(page.locator("mark").first).to_be_visible()
    assert "section=vision-and-language" in page.url
    assert "sort=title" in page.url
    expect(page.get_by_role("link", name="Remove Section")).to_be_visible()


def test_without_a_script_the_same_is_found(site, page, words, chromium):
    words.press_sequentially("language models")
    expect(page.locator("mark").first).to_be_visible()
    expect(page).to_have_url(f"{site}/papers/?q=language+models")
    context = chromium.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(f"{site}/papers/")
    plain.get_by_label("Words").fill("language models")
    plain.get_by_label("Words").press("Enter")
    assert plain.url.startswith(page.url)
    assert titles(plain) == titles(page) != []
    context.close()


def test_an_answer_that_comes_late_is_dropped(page, words):
    held = []
    page.route("**/papers/?q=atten&**", lambda route: held.append(route))
    with page.expect_request("**/papers/?q=atten&**"):
        words.press_sequentially("atten")
    words.fill("lora")
    expect(page.locator("mark").first).to_have_text("LoRA")
    found = titles(page)
    assert len(held) == 1
    held[0].continue_()
    page.wait_for_timeout(500)
    assert titles(page) == found
    assert "q=lora" in page.url


def test_nothing_is_looked_for_while_chinese_is_composed(page, words):
    keyboard = page.context.new_cdp_session(page)
    words.focus()
    for letters in ("m", "mo", "mo x", "mo xing"):
        keyboard.send(
            "Input.imeSetComposition",
            {"text": letters, "selectionStart": len(letters), "selectionEnd": len(letters)},
        )
        page.wait_for_timeout(250)
    assert words.input_value() == "mo xing"
    assert words.asked == []
    keyboard.send("Input.insertText", {"text": "模型"})
    expect(page).to_have_url(re.compile("q=%E6%A8%A1%E5%9E%8B$"))
    assert words.input_value() == "模型"
    expect(words).to_be_focused()
    assert len(words.asked) == 1
    expect(page.get_by_role("status")).not_to_have_text("14 papers")
    assert titles(page)
