"""Every text field is filled with what an attacker would type; nothing runs on any page.

The browser ignores the Content-Security-Policy here: the pages must be safe without it.
"""

import pytest
from django.contrib.auth.models import Group, User

from papers.models import Entry, Link, Note, Paper, ReadingList, Relation, Section, Tag
from tests import payloads

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

COUNT_RUNS = "window.runs = 0; window.pwned = () => { window.runs += 1 }"


def all_at_once(limit=None):
    """All payloads, each able to break out of an attribute or an element first."""
    texts = [text.replace("\x00", "") for text in (*payloads.MARKUP, "'\"><svg onload=pwned()>")]
    return "\n".join(texts) if limit is None else [text for text in texts if len(text) <= limit]


def short(number, limit):
    texts = all_at_once(limit)
    return texts[number % len(texts)]


@pytest.fixture
def hostile():
    """A list that holds payloads wherever a text may stand. Gives the addresses to visit."""
    everything = all_at_once()
    ReadingList.objects.create(
        title_en=short(0, 200),
        tagline_en=short(1, 300),
        introduction_en=everything,
        licence=short(2, 100),
        licence_url="https://example.org/'\"><svg onload=pwned()>",
        contact='"\'><svg onload=pwned()>"@example.org',
    )
    sections = [
        Section.objects.create(title_en=text, description_en=everything, slug=f"s{number}")
        for number, text in enumerate(all_at_once(200))
    ]
    papers = [
        Paper.objects.create(
            key=f"p{number}",
            title=text,
            translated_title=text,
            authors=[text, short(number + 1, 100)],
            venue=text,
            volume=short(number, 50),
            issue=short(number + 1, 50),
            pages=short(number + 2, 50),
            publisher=text[:200],
            abstract=everything,
            arxiv_category=short(number, 30),
            metadata_source=short(number, 100),
            url=f"https://example.org/{text}".replace("\n", ""),
            status=Paper.Status.PUBLISHED,
        )
        for number, text in enumerate(all_at_once(200))
    ]
    for number, (section, paper) in enumerate(zip(sections, papers, strict=True)):
        Entry.objects.create(section=section, paper=paper, label=short(number, 100))
        Note.objects.create(
            section=section, paper=paper, body_en=everything, author=short(number, 100)
        )
        Link.objects.create(
            paper=paper,
            kind="other",
            label=short(number, 100),
            url="https://example.org/'\"><svg onload=pwned()>",
        )
        paper.tags.add(short(number, 100))
    Relation.objects.create(from_paper=papers[1], to_paper=papers[0])
    public = ["/", "/papers/", "/papers/?sort=title&page=2", "/tags/", "/about/", "/zh-hans/"]
    public += ["/papers/p0/", "/papers/p1/", "/sections/s0/", "/sections/s20/"]
    public += [tag.get_absolute_url() for tag in Tag.objects.all()[:3]]
    public += [f"/papers/?q={short(3, 200)}&section={short(4, 200)}&year_from={short(5, 200)}"]
    return public


def run_count(page, address):
    page.goto(address, wait_until="load")
    page.mouse.move(200, 200)
    for _ in range(6):  # what waits for the focus
        page.keyboard.press("Tab")
    return page.evaluate("window.runs")


@pytest.fixture
def open_page(chromium):
    context = chromium.new_context(bypass_csp=True)
    context.add_init_script(COUNT_RUNS)
    page = context.new_page()
    page.on("dialog", lambda dialog: pytest.fail(f"a dialog: {dialog.message}"))
    yield page
    context.close()


def test_nothing_runs_on_the_public_pages(live_server, hostile, open_page):
    for address in hostile:
        assert run_count(open_page, live_server.url + address) == 0, address
        assert open_page.locator("main script, main iframe, main object, main svg").count() == 0


def test_nothing_runs_for_curators(live_server, hostile, open_page):
    user = User.objects.create_user("eva", password="right horse", is_staff=True)
    user.groups.add(Group.objects.get(name="Editor"))
    open_page.goto(f"{live_server.url}/admin/")
    open_page.fill("[name=username]", "eva")
    open_page.fill("[name=password]", "right horse")
    open_page.click("[type=submit]")
    addresses = ["/admin/", "/preview/", "/preview/papers/p0/"]
    for model in (Paper, Section, Entry, Note, Tag, Link, Relation):
        name, one = model._meta.model_name, model.objects.order_by("pk").first().pk
        addresses += [
            f"/admin/papers/{name}/",
            f"/admin/papers/{name}/?q=<svg onload=pwned()>",
            f"/admin/papers/{name}/{one}/change/",
            f"/admin/papers/{name}/{one}/history/",
            f"/admin/papers/{name}/{one}/delete/",
        ]
    paper = Paper.objects.order_by("pk").first()
    paper.title += " changed"
    paper.save()
    for address in addresses:
        assert run_count(open_page, live_server.url + address) == 0, address
