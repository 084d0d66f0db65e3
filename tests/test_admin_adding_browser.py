"""Adding many papers, as a curator does it: by clicks, on a desktop and on a phone."""

import re

import pytest
from django.conf import settings as django
from django.contrib.auth.models import Group, User

from papers.models import Paper
from tests import make, payloads

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

BIBTEX = """@inproceedings{vaswani, title={Attention Is All You Need}, year={2017},
  author={Ashish Vaswani and Noam Shazeer and others}, booktitle={NeurIPS}}
@article{broken, author={X},

@article{mamba, title={Mamba: Linear-Time Sequence Modeling}, author={Gu, Albert and Dao, Tri}}
"""
EXCESS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def bring_in(page, live_server, curator, settings, tmp_path):
    """Opens the page of adding in a curator's browser."""
    settings.DATA_DIR = tmp_path
    session = curator.cookies[django.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": django.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
    )

    def call(prefix="", query=""):
        page.goto(f"{live_server.url}{prefix}/admin/papers/paper/add-many/{query}")
        return page

    return call


def test_a_curator_pastes_looks_adds_and_sees_the_draft(bring_in, live_server):
    section = make.section(title_en="Transformers")
    page = bring_in()
    page.goto(f"{live_server.url}/admin/")
    page.get_by_role("link", name="Add many papers").click()
    page.get_by_label("Paste here").fill(BIBTEX)
    page.locator(".field-section .select2-selection").click()
    page.locator(".select2-search__field").last.fill("Transf")
    page.get_by_role("option", name="Transformers").click()
    page.get_by_role("button", name="Preview").click()
    page.wait_for_url(re.compile(r"/add-many/[\w-]{22}/$"))
    items = page.locator(".item")
    assert items.count() == 3
    assert "Attention Is All You Need" in items.nth(0).inner_text()
    assert "Transformers" in items.nth(0).inner_text()
    assert "It has no title" in items.nth(1).inner_text()
    assert Paper.objects.count() == 0
    page.get_by_label("Leave out").last.check()
    page.get_by_role("button", name="Add 2 drafts").dblclick()
    page.get_by_text("1 draft was added.").wait_for()
    assert Paper.objects.get().title == "Attention Is All You Need"
    page.get_by_role("link", name="See the draft").click()
    page.get_by_role("link", name="Attention Is All You Need").click()
    page.get_by_label("Venue").wait_for(state="attached")
    assert section.entries.count() == 1
    # Back, and back again: nothing is asked to be sent once more, nothing is added.
    page.go_back()
    page.go_back()
    page.get_by_role("heading", name="Papers added").wait_for()
    assert Paper.objects.count() == 1


def test_the_same_in_chinese_on_a_phone(bring_in):
    page = bring_in("/zh-hans")
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate(EXCESS) <= 0
    page.get_by_label("在此粘贴").fill("没有论文的文字。")
    page.get_by_role("button", name="预览").click()
    page.get_by_text("没有找到论文。").wait_for()
    assert page.get_by_label("在此粘贴").input_value() == "没有论文的文字。"
    page.get_by_label("在此粘贴").fill(BIBTEX.replace("Linear-Time", "Linear" * 30))
    page.get_by_role("button", name="预览").click()
    page.get_by_role("heading", name="预览：尚未添加任何内容").wait_for()
    assert page.evaluate(EXCESS) <= 0
    page.get_by_role("button", name="添加 2 篇草稿").click()
    page.get_by_text("已添加 2 篇草稿。").wait_for()
    assert page.evaluate(EXCESS) <= 0
    assert Paper.objects.filter(status="draft").count() == 2


def test_nothing_runs_that_was_pasted(chromium, live_server, settings, tmp_path):
    """Without the Content-Security-Policy: the pages must be safe on their own."""
    settings.DATA_DIR = tmp_path
    user = User.objects.create_user("eva", password="right horse", is_staff=True)
    user.groups.add(Group.objects.get(name="Editor"))
    make.paper(title="Known", arxiv_id="2001.00001", venue=payloads.MARKUP[8])
    shapes = [text for text in payloads.MARKUP if not set(text) & set("\x00\x0c\n{}\\")]
    text = "@misc{k, title={Hm}, eprint={2001.00001}, journal={<svg onload=pwned()>}}\n"
    for number, shape in enumerate(shapes):
        text += f"@article{{k{number}, title={{{shape} {number}}}, author={{{shape}}},"
        text += f" journal={{{shape}}}, url={{https://x.test/'\"><svg onload=pwned()>}}}}\n"
    text += "@article{<img src=x onerror=pwned()>, note={<svg onload=pwned()>}}\n"
    context = chromium.new_context(bypass_csp=True)
    context.add_init_script("window.runs = 0; window.pwned = () => { window.runs += 1 }")
    page = context.new_page()
    page.on("dialog", lambda dialog: pytest.fail(f"a dialog: {dialog.message}"))
    page.goto(f"{live_server.url}/admin/papers/paper/add-many/")
    page.fill("[name=username]", "eva")
    page.fill("[name=password]", "right horse")
    page.click("[type=submit]")
    page.get_by_label("Paste here").fill(text)
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("heading", name="In the order of your text").wait_for()
    assert page.get_by_text("pwned()").count() > 50
    assert page.evaluate("window.runs") == 0
    page.get_by_role("button", name="Add").first.click()
    page.get_by_role("heading", name="Papers added").wait_for()
    assert page.evaluate("window.runs") == 0
    page.get_by_role("link", name="Back to the text").click()
    page.get_by_label("Paste here").wait_for()
    assert page.evaluate("window.runs") == 0
    context.close()
