"""What only a browser can tell of the admin. Any refused script or style fails a test: see the
fixture `page`."""

import re

import pytest
from django.conf import settings
from playwright.sync_api import expect

from papers.models import Entry, Link, Note, Paper, ReadingList, Relation, Section, Tag
from tests import make
from tests.admin_forms import url

pytestmark = [
    pytest.mark.browser,
    # Tests with a server empty the tables; the groups, which a migration made, come back.
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


@pytest.fixture
def site(live_server):
    return live_server.url


@pytest.fixture
def logged_in(page, site, editor):
    """A page of an editor's browser."""
    session = editor.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site}]
    )
    return page


@pytest.fixture
def section():
    """A section of three entries: A, B, C."""
    section = make.section(title_en="Models")
    for name in "ABC":
        make.entry(section=section, paper=make.paper(title=f"Paper {name}"), label=name)
    return section


def labels(section):
    return [entry.label for entry in section.entries.all()]


def shown_order(page):
    names = page.locator("#entries-group tr.form-row:not(.empty-form) .fixed-choice")
    return [name[-1] for name in names.all_inner_texts()]


def row(page, name):
    return page.locator("#entries-group tr.form-row", has_text=f"Paper {name}")


def save(page):
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url(re.compile(r"/admin/papers/[a-z]+/$"))


# --- Nothing is refused ---


@pytest.mark.parametrize("prefix", ["", "/zh-hans"])
def test_no_page_breaks_the_content_security_policy(logged_in, site, section, prefix):
    only = ReadingList.objects.create(title_en="The list")
    paper = section.entries.first().paper
    paper.tags.add("LoRA")
    objects = [
        only,
        section,
        paper,
        section.entries.first(),
        make.note(paper=paper),
        Link.objects.create(paper=paper, url="https://code.example/"),
        Relation.objects.create(from_paper=paper, to_paper=make.paper()),
        Tag.objects.get(),
    ]
    addresses = ["/admin/", "/admin/papers/", "/admin/password_change/"]
    for obj in objects:
        addresses += [url(name, obj) for name in ("change", "history")]
        addresses.append(url("simple_history", obj, obj.history.first().pk))
        if obj != only:
            addresses += [url(name, type(obj)) for name in ("changelist", "add")]
            addresses += [url("delete", obj), url("add", type(obj)) + "?_popup=1"]
    asked = []
    logged_in.on("request", lambda request: asked.append(request.url))
    for address in addresses:
        response = logged_in.goto(site + prefix + address)
        assert response.status == 200, address
        assert "'unsafe-inline'" not in response.headers["content-security-policy"]
    assert all(address.startswith(site) for address in asked)


@pytest.mark.parametrize("width", [375, 1280])
def test_forms_fit_the_screen(logged_in, site, section, width):
    logged_in.set_viewport_size({"width": width, "height": 800})
    paper = section.entries.first().paper
    Link.objects.create(paper=paper, url="https://code.example/" + "x" * 100)
    make.note(paper=paper)
    for address in (url("change", section), url("change", paper), url("changelist", Paper)):
        logged_in.goto(site + address)
        excess = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert logged_in.evaluate(excess) <= 0, address


# --- Ordering ---


def test_entries_are_moved_by_buttons_from_the_keyboard(logged_in, site, section):
    logged_in.goto(site + url("change", section))
    down = row(logged_in, "A").get_by_role("button", name="Move down")
    down.focus()
    logged_in.keyboard.press("Enter")
    said = logged_in.locator(".ordered [role=status]").first
    assert said.inner_text() == "Paper A is now 2 of 3. Save to keep the order."
    # The button still has the focus, for the next step.
    logged_in.keyboard.press("Enter")
    assert shown_order(logged_in) == ["B", "C", "A"]
    logged_in.keyboard.press("Enter")
    assert said.inner_text() == "Paper A is the last already."
    row(logged_in, "B").get_by_role("button", name="Move up").click()
    assert said.inner_text() == "Paper B is the first already."
    save(logged_in)
    assert labels(section) == ["B", "C", "A"]
    assert [entry.position for entry in section.entries.all()] == [10, 20, 30]


def test_entries_are_dragged(logged_in, site, section):
    logged_in.goto(site + url("change", section))
    handle = row(logged_in, "C").locator(".reorder-handle")
    handle.drag_to(row(logged_in, "A"), target_position={"x": 200, "y": 2})
    assert shown_order(logged_in) == ["C", "A", "B"]
    said = logged_in.locator(".ordered [role=status]").first
    assert said.inner_text() == "Paper C is now 1 of 3. Save to keep the order."
    save(logged_in)
    assert labels(section) == ["C", "A", "B"]


def test_dragging_is_given_up(logged_in, site, section):
    logged_in.set_viewport_size({"width": 1280, "height": 2000})
    logged_in.goto(site + url("change", section))
    for name in "AC":
        row(logged_in, name).locator(".reorder-handle").hover()
        logged_in.mouse.down()
        box = row(logged_in, "B").bounding_box()
        edge = box["y"] + (box["height"] - 3 if name == "A" else 3)
        logged_in.mouse.move(box["x"] + 190, edge, steps=5)
        logged_in.mouse.move(box["x"] + 200, edge)
        assert shown_order(logged_in) == (["B", "A", "C"] if name == "A" else ["A", "C", "B"])
        logged_in.keyboard.press("Escape")
        logged_in.mouse.up()
        logged_in.wait_for_function("!document.querySelector('.dragged')")
        assert shown_order(logged_in) == ["A", "B", "C"]
    positions = logged_in.locator("#entries-group input[name$='-position']")
    assert [positions.nth(number).input_value() for number in range(3)] == ["10", "20", "30"]


def test_row_just_added_takes_its_place(logged_in, site, section):
    make.paper(title="Paper D")
    logged_in.goto(site + url("change", section))
    logged_in.get_by_role("button", name="Add another Entry").click()
    # An empty row counts for nothing, wherever it stands.
    logged_in.get_by_role("button", name="Add another Entry").click()
    choose(logged_in, "#entries-3", "Paper D")
    logged_in.locator("#entries-3").get_by_role("button", name="Move up").click()
    logged_in.locator("#entries-3").get_by_role("button", name="Move up").click()
    save(logged_in)
    assert labels(section) == ["A", "", "B", "C"]


def test_sections_are_moved_in_their_list_without_a_script(chromium, site, editor, section):
    make.section(title_en="Data")
    context = chromium.new_context(java_script_enabled=False)
    session = editor.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site}])
    page = context.new_page()
    page.goto(site + url("changelist", Section))
    page.get_by_role("button", name="Move “Data” up").press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("“Data” is now 1 of 2.")
    # Enter in a field saves the list; it presses none of the other buttons.
    page.locator("input[name$='-position']").first.fill("99")
    page.locator("input[name$='-position']").first.press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("1 section was changed")
    assert [str(s) for s in Section.objects.all()] == ["Models", "Data"]
    context.close()


# --- Choosing and tagging ---


def choose(page, within, name):
    page.locator(within).first.locator(".select2-selection").first.click()
    page.locator(".select2-search__field").last.fill(name)
    page.locator(".select2-results__option", has_text=name).click()


def test_tags_are_proposed_and_new_ones_made(logged_in, site):
    Tag.objects.create(name="language models")
    paper = make.paper()
    paper.tags.add("one, with a comma")
    logged_in.goto(site + url("change", paper))
    box = logged_in.locator(".field-tags .select2-search__field")
    box.click()
    box.press_sequentially("lang")
    logged_in.locator(".select2-results__option", has_text="language models").click()
    box.press_sequentially("大语言模型，fine-tuning,")
    logged_in.wait_for_load_state("networkidle")
    save(logged_in)
    assert {tag.name for tag in paper.tags.all()} == {
        "one, with a comma",
        "language models",
        "大语言模型",
        "fine-tuning",
    }


def test_papers_are_filtered_by_a_section_typed(logged_in, site, section):
    make.paper(title="Elsewhere")
    logged_in.goto(site + url("changelist", Paper) + "?o=1&p=1")
    choose(logged_in, ".autocomplete-filter", "Models")
    logged_in.get_by_role("button", name="Filter").first.click()
    assert "o=1" in logged_in.url
    expect(logged_in.locator(".autocomplete-filter").first).to_contain_text("Models")
    expect(logged_in.locator("#result_list")).not_to_contain_text("Elsewhere")
    logged_in.locator(".autocomplete-filter").first.get_by_role("link", name="All").click()
    expect(logged_in.locator("#result_list")).to_contain_text("Elsewhere")


# --- The whole way ---


def test_editor_goes_the_whole_way(page, site, editor_user):
    page.goto(f"{site}/admin/")
    page.get_by_label("Username").fill("eva")
    page.get_by_label("Password").fill("correct horse battery staple")
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/admin/")

    page.goto(site + url("add", Section))
    page.get_by_label("Title (English)").press_sequentially("Large Models")
    assert page.get_by_label("Address").input_value() == "large-models"
    save(page)

    page.goto(site + url("add", Paper))
    page.get_by_label("Title:", exact=True).fill("Attention Is All You Need")
    page.get_by_label("Authors").fill("Ashish Vaswani\nNoam Shazeer")
    page.get_by_label("arXiv identifier").fill("https://arxiv.org/pdf/1706.03762v5.pdf")
    page.get_by_role("button", name="Add another Entry").click()
    choose(page, "#entries-0", "Large Models")
    page.get_by_role("button", name="Add another Note").click()
    page.locator("#id_notes-0-body_en").fill("Read it: $E=mc^2$ <script>alert(1)</script>")
    page.get_by_role("button", name="Save and continue editing").click()
    page.wait_for_url("**/change/")
    paper = Paper.objects.get(arxiv_id="1706.03762")
    assert not paper.is_visible
    assert page.get_by_label("arXiv identifier").input_value() == "1706.03762"

    page.get_by_role("link", name="Preview").last.click()
    assert "/preview/papers/" in page.url
    page.go_back()
    page.get_by_label("Status").select_option("published")
    page.get_by_role("button", name="Save and continue editing").click()
    page.get_by_role("link", name="View on site").click()
    assert "/preview/" not in page.url
    expect(page.get_by_role("heading", name="Attention Is All You Need")).to_be_visible()
    expect(page.locator("math").first).to_be_visible()

    page.goto(site + url("change", paper))
    page.get_by_label("Title:", exact=True).fill("Attention")
    page.get_by_role("button", name="Save and continue editing").click()
    page.get_by_role("link", name="History").click()
    assert page.locator(".differences del").first.inner_text().strip() == "Is All You Need"
    page.locator("#change-history tbody tr").nth(1).get_by_role("link").click()
    page.get_by_role("button", name="Bring this version back").click()
    page.wait_for_url("**/admin/papers/paper/")
    paper.refresh_from_db()
    assert (paper.title, paper.is_visible) == ("Attention Is All You Need", True)
    assert Note.objects.get().is_visible
    assert Entry.objects.get().section.slug == "large-models"
