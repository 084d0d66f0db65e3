"""Rendered notes in a real browser: nothing in them runs, and the math is drawn."""

import pytest

from papers.rendering import render
from tests import payloads

pytestmark = pytest.mark.browser

PAGE = """<!doctype html><html lang=en><meta charset=utf-8><title>Notes</title>
<script>let runs = 0; window.pwned = () => {{ runs += 1 }}</script>{notes}"""


@pytest.fixture
def show(page):
    """Opens a page that holds `notes`, already rendered, without any Content-Security-Policy.

    Gives the list of what the page asked for beside itself, and of dialogs it opened.
    """

    def show(notes):
        unwanted = []

        def answer(route):
            if route.request.is_navigation_request() and route.request.url == address:
                html = PAGE.format(notes="\n".join(f"<div>{note}</div>" for note in notes))
                route.fulfill(body=html, content_type="text/html; charset=utf-8")
            else:
                unwanted.append(route.request.url)
                route.abort()

        def refuse(dialog):
            unwanted.append(dialog.message)
            dialog.dismiss()

        address = "http://list.test/notes/"
        page.route("**/*", answer)
        page.on("dialog", refuse)
        page.goto(address, wait_until="load")
        return unwanted

    return show


def test_no_payload_runs_in_a_note(page, show):
    sources = [*payloads.markdown()]
    unwanted = show(render(source) for source in sources)
    page.mouse.move(200, 200)
    for _ in range(20):  # what waits for the focus
        page.keyboard.press("Tab")
    page.wait_for_timeout(300)  # what waits for time
    assert page.evaluate("runs") == 0
    assert unwanted == []
    # Each note stayed within its own element.
    assert page.locator("body > div").count() == len(sources)
    assert page.locator("body > :not(div)").count() == 0


def test_no_link_of_a_note_carries_a_script(page, show):
    show(render(source) for source in payloads.markdown())
    protocols = page.eval_on_selector_all("a", "links => links.map(link => link.protocol)")
    assert len(protocols) > 100
    assert set(protocols) <= {"http:", "https:", "mailto:"}
    # Of any kind, in any namespace.
    assert (
        page.locator(":not(a)[href], [*|href]:not([href]), [src], [style], [class], [id]").count()
        == 0
    )
    handlers = """[...document.body.querySelectorAll("*")].flatMap(element =>
        element.getAttributeNames().filter(name => name.startsWith("on")))"""
    assert page.evaluate(handlers) == []


def test_html_means_the_same_when_parsed_again(page, show):
    """Markup that changes its meaning from one reading to the next gets past sanitisers."""
    show(render(source) for source in payloads.markdown())
    changed = """() => [...document.querySelectorAll("body > div")].filter(div => {
        const copy = document.createElement("div");
        copy.innerHTML = div.innerHTML;
        return !copy.isEqualNode(div);
    }).map(div => div.innerHTML)"""
    assert page.evaluate(changed) == []


def test_math_is_drawn(page, show):
    formulas = [
        r"$E=mc^2$",
        r"$\text{Attention}(Q,K,V)=\operatorname{softmax}\!\left(\frac{QK^\top}{\sqrt{d_k}}\right)V$",
        r"$$\mathcal{L}(\theta)=-\sum_{t=1}^{T}\log p_\theta(x_t\mid x_{<t})$$",
        "$$\n\\begin{aligned} W &= W_0 + \\Delta W \\\\ &= W_0 + BA \\end{aligned}\n$$",
        r"$\begin{pmatrix} 1 & 0 \\ 0 & 1 \end{pmatrix}$",
        r"$\mathbb{E}_{x\sim p}\left[f(x)\right]$",
    ]
    show(render(formula) for formula in formulas)
    boxes = [math.bounding_box() for math in page.locator("math").all()]
    assert len(boxes) == len(formulas)
    assert all(box["width"] > 20 and box["height"] > 8 for box in boxes)


def test_math_has_two_dimensions(page, show):
    show([render("$x$"), render(r"$\frac{x}{y}$"), render("$$x$$"), render("$x^2$")])
    plain, fraction, display, power = [math.bounding_box() for math in page.locator("math").all()]
    assert fraction["height"] > 1.5 * plain["height"]
    assert display["width"] > 5 * plain["width"]  # a line of its own
    two, x = page.locator("msup > mn").bounding_box(), page.locator("msup > mi").bounding_box()
    assert two["y"] + two["height"] < x["y"] + x["height"]
    assert two["height"] < x["height"] or power["height"] > plain["height"]
