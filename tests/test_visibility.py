"""What is not public is nowhere to be seen, except by curators in the preview."""

import pytest

from papers.models import Relation
from tests import make

pytestmark = pytest.mark.django_db

SECRET = "Zebra"


@pytest.fixture
def secrets():
    """One public paper, and everything about it that the public must not see."""
    public = make.paper(key="open", title="Open paper")
    section = make.section(slug="open", title_en="Open section")
    make.entry(section=section, paper=public)
    draft = make.draft(key="draft", title=f"{SECRET} draft", venue=f"{SECRET} venue")
    draft.tags.add(f"{SECRET} tag")
    make.entry(section=section, paper=draft, label=f"{SECRET} label", highlighted=True)
    make.note(paper=draft, body_en=f"{SECRET} note on a draft")
    make.note(paper=public, body_en=f"{SECRET} private note", public=False)
    make.note(section=section, body_en=f"{SECRET} private note", public=False)
    hidden = make.section(slug="hidden", title_en=f"{SECRET} section", public=False)
    below = make.section(slug="below", title_en=f"{SECRET} below", parent=hidden)
    make.entry(section=below, paper=public, label=f"{SECRET} entry")
    make.note(section=below, body_en=f"{SECRET} note below")
    make.note(section=below, paper=public, body_en=f"{SECRET} note within")
    Relation.objects.create(from_paper=draft, to_paper=public)
    Relation.objects.create(from_paper=public, to_paper=draft, kind="extends")


PUBLIC_PAGES = ["/", "/papers/", "/papers/open/", "/sections/open/", "/tags/", "/about/"]


@pytest.mark.parametrize("prefix", ["", "/zh-hans"])
@pytest.mark.parametrize("address", [*PUBLIC_PAGES, "/papers/?has_note=1", "/papers/?q=zebra"])
def test_nothing_private_is_on_any_public_page(visitor, secrets, prefix, address):
    response = visitor.get(prefix + address)
    assert response.status_code == 200
    assert SECRET not in response.content.decode()


@pytest.mark.parametrize(
    "address",
    ["/papers/draft/", "/sections/hidden/", "/sections/below/", "/tags/zebra-tag/"],
)
def test_private_things_have_no_public_page(visitor, editor, secrets, address):
    assert visitor.get(address).status_code == 404
    # Not for curators either: a public page is the same for everybody.
    assert editor.get(address).status_code == 404


def test_counts_leave_private_things_out(visitor, secrets):
    assert "1 paper<" in visitor.get("/papers/").content.decode()
    assert "1 paper<" in visitor.get("/sections/open/").content.decode()
    about = visitor.get("/about/").content.decode()
    assert "1 paper" in about
    assert "1 section" in about
    assert "0 notes" in about


@pytest.mark.parametrize(
    "query",
    ["section=hidden", "section=below", "tag=zebra-tag", f"venue={SECRET}%20venue"],
)
def test_filters_do_not_know_private_values(visitor, secrets, query):
    html = visitor.get(f"/papers/?{query}").content.decode()
    assert "There is no" in html
    assert "Open paper" in html


@pytest.mark.parametrize("query", ["has_note=1", "highlighted=1"])
def test_filters_are_not_led_by_private_things(visitor, secrets, query):
    assert "Open paper" not in visitor.get(f"/papers/?{query}").content.decode()


@pytest.mark.parametrize("who", ["curator", "editor"])
@pytest.mark.parametrize(
    ("address", "marks"),
    [
        ("/", ["Zebra draft", "Draft", "Not public", "Private note"]),
        ("/papers/", ["Zebra draft", "Draft"]),
        ("/papers/draft/", ["Zebra draft", "Draft", "Zebra note on a draft"]),
        ("/papers/open/", ["Zebra private note", "Private note", "Zebra draft"]),
        ("/sections/hidden/", ["Zebra section", "Not public"]),
        ("/tags/", ["Zebra tag"]),
        ("/tags/zebra-tag/", ["Zebra draft"]),
        ("/about/", []),
    ],
)
def test_curators_preview_everything_marked(request, secrets, who, address, marks):
    response = request.getfixturevalue(who).get(f"/preview{address}")
    html = response.content.decode()
    assert 'class="preview-bar"' in html
    for mark in marks:
        assert mark in html
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex"


def test_links_on_preview_pages_stay_in_the_preview(editor, secrets):
    html = editor.get("/zh-hans/preview/").content.decode()
    assert 'href="/zh-hans/preview/papers/draft/"' in html
    assert 'href="/zh-hans/papers/' not in html


@pytest.mark.parametrize("address", ["/preview/", "/preview/papers/draft/", "/zh-hans/preview/"])
def test_the_preview_asks_visitors_to_log_in(visitor, secrets, address):
    response = visitor.get(address)
    assert response.status_code == 302
    assert "/admin/login/" in response["Location"]


def test_an_account_that_is_no_curators_has_no_preview(client, django_user_model, secrets):
    client.force_login(
        django_user_model.objects.create_user("reader"),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    assert client.get("/preview/").status_code == 302
