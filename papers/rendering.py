"""Curators' Markdown, with `$math$`, as safe HTML."""

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

import nh3
from django.utils.html import escape
from django.utils.safestring import mark_safe
from markdown_it import MarkdownIt
from markdown_it.rules_inline import emphasis, strikethrough
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.dollarmath.index import math_block_dollar

from papers import mathml

# The page's own headings are h1 to h3.
TOP_HEADING = 4
# A display formula that is not closed would be searched to the end of the text, from each `$$`.
MAX_FORMULA_LINES = 60

_TEXT_TAGS = {
    *("p", "br", "hr", "h4", "h5", "h6", "blockquote", "pre", "code"),
    *("em", "strong", "s", "a", "ul", "ol", "li"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
_MATH_TAGS = {
    *("math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "mstyle", "mpadded", "mphantom"),
    *("mfrac", "msqrt", "mroot", "msub", "msup", "msubsup", "munder", "mover", "munderover"),
    *("mtable", "mtr", "mtd", "menclose"),
}
_OPERATOR = {"fence", "form", "largeop", "lspace", "maxsize", "minsize", "movablelimits", "rspace"}
_CLEANER = nh3.Cleaner(
    tags=_TEXT_TAGS | _MATH_TAGS,
    attributes={
        "a": {"href", "title"},
        "ol": {"start"},
        "mo": _OPERATOR | {"separator", "stretchy"},
        "mspace": {"width", "height", "depth"},
        "mpadded": {"width", "height", "depth", "lspace", "voffset"},
        "mstyle": {"displaystyle", "scriptlevel"},
        "mtable": {"displaystyle"},
        "mfrac": {"linethickness"},
        "mover": {"accent"},
        "menclose": {"notation"},
    },
    tag_attribute_values={
        "math": {"display": {"block"}},
        "p": {"tabindex": {"0"}},
        "mi": {"mathvariant": {"normal"}},
        "mtd": {"columnalign": {"left", "right", "center"}},
    },
    url_schemes={"http", "https", "mailto"},
    link_rel="nofollow noopener",
)
_SURROGATE = re.compile("[\ud800-\udfff]")


@lru_cache(maxsize=1024)
def render(text):
    """`text` as HTML that may stand on a public page, whoever wrote it. Never raises.

    Raw HTML is shown as it was typed. Links lead to http, https, mailto or this site; an image
    becomes a link to it, since our pages ask nothing of other machines. A formula that cannot
    be shown is given as its source, in `<code>`.
    """
    html = _MARKDOWN.render(_SURROGATE.sub("\ufffd", text))
    return mark_safe(_CLEANER.clean(html))  # noqa: S308 - sanitised in this line


def _is_allowed(url):
    # Others are cut by nh3 in any case; refused here, they show what was written.
    scheme = re.match(r"([a-z][a-z0-9+.-]*):", url.strip(), re.IGNORECASE)
    return not scheme or scheme[1].lower() in {"http", "https", "mailto"}


def _beside_chinese(rule):
    """`rule`, for emphasis, without its wish for spaces next to Chinese.

    CommonMark tells an opening `**` from a closing one by the spaces and the punctuation around
    it, so `**注意：**然后` stays as it is. Where one neighbour is Chinese, only a space counts.
    See https://github.com/tats-u/markdown-cjk-friendly.
    """

    def tokenize(state, silent):
        start, known = state.pos, len(state.delimiters)
        if not rule(state, silent):
            return False
        before = state.src[start - 1] if start else " "
        after = state.src[state.pos] if state.pos < state.posMax else " "
        if state.src[start] != "_" and (_is_wide(before) or _is_wide(after)):
            for delimiter in state.delimiters[known:]:
                delimiter.open = not after.isspace()
                delimiter.close = not before.isspace()
        return True

    return tokenize


def _is_wide(char):
    return unicodedata.east_asian_width(char) in {"W", "F"}


_display_formula = math_block_dollar(allow_labels=False, allow_blank_lines=False)


def _short_display_formula(state, start_line, end_line, silent):
    return _display_formula(
        state, start_line, min(end_line, start_line + MAX_FORMULA_LINES), silent
    )


def _adapt(state):
    """Brings the tokens into the shape our pages want: see `render`."""
    for before, token in pairwise([None, *state.tokens]):
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(int(token.tag[1]) + TOP_HEADING - 1, 6)}"
        elif token.type == "inline":
            token.children = list(_adapt_links(token.children, state))
            if any(child.type == "math_inline_double" for child in token.children):
                # A display formula may be wider than the page: then the paragraph scrolls, which
                # a keyboard can do only where it can go.
                before.attrSet("tabindex", "0")


def _adapt_links(tokens, state):
    """No images; no link without a text."""
    address = None  # of the link we are in
    for token, following in pairwise([*tokens, None]):
        if token.type == "image":
            source = token.attrs["src"]
            content = state.md.renderer.renderInlineAsText(
                token.children or [], state.md.options, state.env
            )
            words = _text(content.strip() or state.md.normalizeLinkText(source))
            yield from [words] if address is not None else _link(source, words)
            continue
        yield token
        if token.type == "link_open":
            address = token.attrs["href"]
            if following.type == "link_close":
                yield _text(state.md.normalizeLinkText(address))
        elif token.type == "link_close":
            address = None


def _link(address, words):
    yield Token("link_open", "a", 1, attrs={"href": address})
    yield words
    yield Token("link_close", "a", -1)


def _text(content):
    return Token("text", "", 0, content=content)


def _inline_formula(renderer, tokens, index, options, env):
    latex = tokens[index].content.strip()
    try:
        return mathml.convert(latex, display=tokens[index].type == "math_inline_double")
    except mathml.FormulaError:
        return f"<code>{escape(latex)}</code>"


def _block_formula(renderer, tokens, index, options, env):
    latex = tokens[index].content.strip()
    try:
        return f'<p tabindex="0">{mathml.convert(latex, display=True)}</p>\n'
    except mathml.FormulaError:
        return f"<pre><code>{escape(latex)}</code></pre>\n"


def _build():
    markdown = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    markdown.validateLink = _is_allowed
    markdown.use(dollarmath_plugin, allow_space=False, allow_digits=False, double_inline=True)
    markdown.block.ruler.at("math_block", _short_display_formula)
    for name, rule in {"emphasis": emphasis, "strikethrough": strikethrough}.items():
        markdown.inline.ruler.at(name, _beside_chinese(rule.tokenize))
    markdown.core.ruler.push("adapt", _adapt)
    markdown.add_render_rule("math_inline", _inline_formula)
    markdown.add_render_rule("math_inline_double", _inline_formula)
    markdown.add_render_rule("math_block", _block_formula)
    return markdown


_MARKDOWN = _build()
