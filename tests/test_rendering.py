"""Notes and descriptions: what curators write, and what attackers would."""

import pytest
from django.template import Context, Template
from django.utils.safestring import SafeString
from hypothesis import given, settings
from hypothesis import strategies as st

from papers.rendering import render
from tests import payloads
from tests.safety import Parsed, check_safe, text_of
from tests.timing import check_takes_less_than

# --- What curators write ---


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("One *two* **three** `four`", "<p>One <em>two</em> <strong>three</strong> "),
        ("~~old~~ new", "<s>old</s> new"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("3. c\n4. d", '<ol start="3">\n<li>c</li>\n<li>d</li>\n</ol>'),
        ("> said", "<blockquote>\n<p>said</p>\n</blockquote>"),
        ("```python\nx < y\n```", "<pre><code>x &lt; y\n</code></pre>"),
        ("| a |\n|---|\n| 1 |", "<th>a</th>"),
        ("a  \nb", "a<br>\nb"),
        ("[site](https://a.test/?x=1&y=2)", 'href="https://a.test/?x=1&amp;y=2"'),
        ("[paper](/papers/vaswani2017attention/)", 'href="/papers/vaswani2017attention/"'),
        ("<https://a.test>", '<a href="https://a.test" rel="nofollow noopener">https://a.test</a>'),
        ("[write](mailto:a@b.test)", 'href="mailto:a@b.test"'),
    ],
)
def test_markdown_becomes_html(source, html):
    assert html in render(source)
    check_safe(source)


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("**注意：**然后", "<strong>注意：</strong>然后"),
        ("中文**“引号”**中文", "中文<strong>“引号”</strong>中文"),
        ("这是**（重点）**内容", "这是<strong>（重点）</strong>内容"),
        ("见*《论文》*一文", "见<em>《论文》</em>一文"),
        ("~~旧：~~新", "<s>旧：</s>新"),
        ("使用**LoRA**微调", "使用<strong>LoRA</strong>微调"),
        ("**注意：** 然后", "<strong>注意：</strong> 然后"),
    ],
)
def test_chinese_emphasis_needs_no_spaces(source, html):
    assert html in render(source)


@pytest.mark.parametrize(
    "source", ["乘号 * 与 * 不是强调", "snake_case_name", "2 * 3 * 4", "**中 ** 文"]
)
def test_what_is_no_emphasis_stays(source):
    assert text_of(source) == source
    assert Parsed(render(source)).tags == ["p"]


@pytest.mark.parametrize(
    ("source", "tag"),
    [("# a", "h4"), ("## a", "h5"), ("### a", "h6"), ("###### a", "h6"), ("a\n===", "h4")],
)
def test_headings_stay_below_those_of_the_page(source, tag):
    assert render(source) == f"<{tag}>a</{tag}>\n"


def test_image_becomes_a_link_to_it():
    link = '<a href="https://a.test/x.png" rel="nofollow noopener">'
    assert render("![A plot](https://a.test/x.png)") == f"<p>{link}A plot</a></p>\n"
    assert render("![](https://a.test/x.png)") == f"<p>{link}https://a.test/x.png</a></p>\n"


def test_image_within_a_link_leaves_its_words_in_it():
    source = "[![Badge](https://a.test/x.svg) ![](/y.svg)](https://b.test)"
    link = '<a href="https://b.test" rel="nofollow noopener">Badge /y.svg</a>'
    assert render(source) == f"<p>{link}</p>\n"
    assert Parsed(render("[![x](/y)]()")).tags == ["p", "a"]


def test_link_without_words_shows_its_address():
    assert text_of("[](https://a.test/%E6%96%87)") == "https://a.test/文"


def test_link_that_is_not_allowed_shows_what_was_written():
    assert text_of("[x](javascript:alert(1))") == "[x](javascript:alert(1))"
    assert text_of("[x](ftp://a.test)") == "[x](ftp://a.test)"


def test_raw_html_is_shown_as_typed():
    assert text_of("a <b>c</b> <script>d</script>") == "a <b>c</b> <script>d</script>"


@pytest.mark.parametrize("source", ["", " ", "\n", "\u3000", "\x00"])
def test_nothing_is_rendered_as_nothing(source):
    assert "<" not in render(source).replace("<p>", "").replace("</p>", "")


def test_nul_and_lone_surrogates_are_replaced():
    source = "a\x00b \ud800 $\x00 \udfff$ `\udc00` [x](/\ud800)"
    render(source).encode()
    assert text_of(source).count("\ufffd") == 5
    assert "\x00" not in render(source)


def test_template_filter_renders_and_takes_no_text_for_nothing():
    template = Template("{% load rendered %}{{ body|rendered }}")
    assert template.render(Context({"body": "*a* <b>"})) == "<p><em>a</em> &lt;b&gt;</p>\n"
    assert template.render(Context({"body": None})) == ""
    assert isinstance(render("x"), SafeString)


# --- Math ---


def test_inline_and_display_math_become_mathml():
    assert render("$E=mc^2$") == (
        "<p><math><mrow><mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup></mrow>"
        "</math></p>\n"
    )
    block = '<p tabindex="0"><math display="block"><mrow><mi>x</mi></mrow></math></p>\n'
    assert render("$$\nx\n$$") == render("$$x$$\n") == block
    assert '是<math display="block">' in render("即是$$x$$。")
    assert "自注意力<math>" in render("自注意力$O(n^2)$的")


@pytest.mark.parametrize(
    ("source", "html"),
    [
        (r"\text{<b> & 50\%}", "<mtext>&lt;b&gt;&nbsp;&amp;&nbsp;50%</mtext>"),
        (r"\mathbb{R}^d", "<mi>ℝ</mi>"),
        (r"\boldsymbol{\theta}", "<mi>𝜽</mi>"),
        (r"\mathbf{W2}", "<mi>𝐖</mi><mn>𝟐</mn>"),
        (r"\mathcal{LN}", "<mi>ℒ</mi><mi>𝒩</mi>"),
        (r"\mathfrak{Cg}", "<mi>ℭ</mi><mi>𝔤</mi>"),
        (r"\mathrm{d}x", '<mi mathvariant="normal">d</mi>'),
        (r"x \sim p", "<mo>∼</mo>"),
        (r"a\,b\!c", '<mspace width="0.167em"></mspace><mi>b</mi><mspace width="-0.167em">'),
        (r"\max_x f", ">max</mo><mi>x</mi></munder>"),
        (r"\operatorname*{argmax}_x f", ">argmax</mo><mi>x</mi></munder>"),
        (r"n \log n", '<mo lspace="0.167em" rspace="0.167em">log</mo><mi>n</mi>'),
        (r"a \mathrel{R} b", "<mrow><mrow><mi>R</mi></mrow></mrow>"),
        (r"a < b", "<mo>&lt;</mo>"),
        (r"\operatorname{softmax}(x)", '<mo lspace="0.167em" rspace="0.167em">softmax</mo>'),
        (r"\text{准确率}", "<mtext>准确率</mtext>"),
        (
            r"\begin{aligned} a &= b \\ c &= d \end{aligned}",
            '<mtd columnalign="left"><mi></mi><mo>=</mo><mi>d</mi></mtd></mtr></mtable>',
        ),
    ],
)
def test_formula_is_what_browsers_draw(source, html):
    assert html in render(f"${source}$")
    check_safe(f"${source}$")


@pytest.mark.parametrize(
    "source",
    [
        r"\nosuchmacro{x}",
        r"\frac{a}",
        r"50% more",
        r"\left( x",
        r"a & b",
        r"x_1_2",
        r"\begin{nosuch} x \end{nosuch}",
        r"\begin{matrix} x",
        r"\unicode{zz}",
        r"\newcommand{\a}{{\b}{\b}} \a",
        r"\def\a{x}\a",
        r"\sideset{}{'}\sum",
        "x" * 2001,
        "{" * 45 + "x" + "}" * 45,
        r"\sqrt" * 300 + "x",
        "{" * 900,
    ],
)
def test_formula_that_cannot_be_shown_is_given_as_its_source(source):
    assert Parsed(render(f"a ${source}$ b")).tags == ["p", "code"]
    assert text_of(f"${source}$") == source
    assert Parsed(render(f"$$\n{source}\n$$")).tags == ["pre", "code"]


@pytest.mark.parametrize("source", ["It costs $5 and $10.", "A$3-$4", r"\$x\$", "`$x$`", "$ x $"])
def test_money_and_code_are_no_math(source):
    assert "math" not in Parsed(render(source)).tags


def test_formula_cannot_leave_its_place():
    for source in (
        r"\hspace{9999em}x",
        r"\raise{900px}{x}",
        r"\kern{-99em}x",
        r"\rule{99em}{99em}",
    ):
        html = render(f"${source}$")
        assert "<math>" in html
        assert "99em" not in html
        assert "900px" not in html


# --- What attackers write ---


@pytest.mark.parametrize("source", payloads.MARKUP)
def test_markup_is_shown_not_run(source):
    parsed = check_safe(source)
    # Nothing lost either: what was typed can be read.
    assert "pwned" in parsed.text or "evil" in parsed.text or "base64" in parsed.text


@pytest.mark.parametrize("target", payloads.TARGETS)
def test_link_cannot_carry_a_script(target):
    for link in payloads.LINKS:
        check_safe(link.format(target))


@pytest.mark.parametrize("formula", payloads.FORMULAS)
def test_formula_cannot_carry_a_script(formula):
    check_safe(f"${formula}$")
    check_safe(f"a $${formula}$$")
    check_safe(f"$$\n{formula}\n$$")


_SIGNS = [
    *("$", "$$", "\\", "{", "}", "[", "]", "(", ")", "![", "](", "<", ">", "*", "**", "_", "~~"),
    *("`", "```", "|", "#", "-", "1.", "&#", ";", "&", "^", "\\text{", "\\frac", "\\left("),
    *("\n", "\n\n", "    ", "|-|-|\n", "\x00", "\ud800", "中文", "：", "“"),
]
_pieces = st.sampled_from([*_SIGNS, *payloads.markdown()]) | st.text(max_size=5)


@settings(max_examples=150)
@given(st.one_of(st.text(), st.lists(_pieces, max_size=12).map("".join)))
def test_any_text_gives_safe_html(source):
    check_safe(source)


@settings(max_examples=150)
@given(st.text(alphabet=st.characters(exclude_characters="$")))
def test_any_formula_gives_safe_html(latex):
    check_safe(f"${latex}$")


# --- Absurd input ---

_LINKS = ["[a](", "![a](", "[](x)", "[![](x)](y)", "<a", "<!--"]
_LINES = ["- ", "> ", "- $$a\n", "> $$a\n", "$$a\n\n", "a\n===\n", "|a|\n"]
_MACROS = ["\\frac", "^", "{", "a'", "\\sqrt{"]


@pytest.mark.parametrize(
    "source",
    [
        *(piece * 10_000 for piece in [*_SIGNS, *_LINKS, *_LINES, "*a**a ", "$x$ ", "$a "]),
        "[" * 10_000 + "]" * 10_000,
        "[" * 5_000 + "](x)" * 5_000,
        "|a" * 200 + "\n" + "|-" * 200,
        "".join("`" * n + "a" for n in range(400)),
        "".join("  " * n + "- a\n" for n in range(200)),
        *(f"${piece * (1900 // len(piece))}$ " * 10 for piece in _MACROS),
        "$" + r"\sideset{}{}{" * 60 + "x" + "}" * 60 + "$",
        r"$\newcommand{\a}{{\b}{\b}}\newcommand{\b}{{\c}{\c}}\a$",
    ],
    ids=lambda source: f"{source[:12]!r}",
)
def test_absurd_input_takes_no_time(source):
    # Seconds would be minutes, were the time not linear.
    check_takes_less_than(4, lambda: check_safe(source))


def test_rendering_is_remembered_within_bounds():
    render.cache_clear()
    first = render("*once*")
    assert render("*once*") is first
    assert render.cache_info().maxsize <= 4096
