"""Text with HTML, JATS or MathML in it → plain text."""

import re
from html import unescape

_ATTRIBUTES = r"(?:\s+[\w:.-]+\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'))*\s*/?"
#: Elements by name, so that `a <b and c> d` stays what it is.
_INLINE = (
    "abbr|alternatives|a|b|bold|break|em|ext-link|font|i|inline-formula|inline-graphic|italic|"
    "monospace|sc|scp|small|span|strong|styled-content|sub|sup|tt|underline|u|uri|xref|"
    "m[a-z]+|annotation|semantics|tex-math"
)
_BLOCK = "abstract|br|disp-formula|div|h[1-6]|li|list|list-item|ol|p|sec|section|title|ul"
_TAG = re.compile(
    rf"</?(?:(?:jats|mml|m|html|xhtml):)?(?P<name>{_INLINE}|{_BLOCK}){_ATTRIBUTES}>", re.IGNORECASE
)
_DROPPED = re.compile(
    r"<!--(?:(?!<!--).)*?-->|<!\[CDATA\[|\]\]>|<\?[^<>]*\?>"
    # The same formula again, in another notation.
    r"|<(?P<math>(?:mml:|m:)?annotation)\b[^<>]*>[^<>]*</(?P=math)>",
    re.DOTALL,
)
#: A formula in several notations, of which LaTeX is the one that a text can hold.
_ALTERNATIVES = re.compile(
    r"<(?P<p>(?:jats:)?)alternatives>(?P<inner>(?:(?!</?(?P=p)alternatives>).)*)"
    r"</(?P=p)alternatives>",
    re.DOTALL | re.IGNORECASE,
)
_TEX = re.compile(r"<(?:jats:)?tex-math[^<>]*>([^<>]*)<", re.IGNORECASE)
_HEADING = re.compile(
    r"<(?P<p>(?:jats:)?)title>\s*(?:abstract|summary)\s*[.:]?\s*</(?P=p)title>", re.IGNORECASE
)
#: 10<sup>5</sup> is not 105.
_EXPONENT = re.compile(
    r"(?<=[\w)])<(?:jats:)?sup>\s*([+−-]?[0-9n]{1,4})\s*</(?:jats:)?sup>", re.IGNORECASE
)
_POWER = re.compile(
    r"<(?P<m>(?:mml:|m:)?)msup>\s*(?P<base><(?P=m)m[nio][^<>]*>[^<>]*</(?P=m)m[nio]>)"
    r"\s*<(?P=m)m[nio][^<>]*>([^<>]*)</(?P=m)m[nio]>\s*</(?P=m)msup>",
    re.IGNORECASE,
)
_SUPERSCRIPTS = str.maketrans("0123456789+-−n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿ")
_BLOCKS = re.compile(rf"(?:{_BLOCK})", re.IGNORECASE)
#: Longer than any abstract: it is cut.
LONGEST = 30_000


def plain(text):
    """`text` without markup: paragraphs, between which an empty line stands."""
    text = _stripped(text[:LONGEST])
    paragraphs = (" ".join(paragraph.split()) for paragraph in text.split("\n\n"))
    return "\n\n".join(filter(None, paragraphs))


def plain_line(text):
    """`text` without markup, in one line."""
    return " ".join(_stripped(text[:LONGEST]).split())


def _stripped(text):
    # Twice, as publishers deposit `&lt;i&gt;` and `&amp;amp;`.
    for _ in range(2):
        text = _HEADING.sub("", _DROPPED.sub("", _ALTERNATIVES.sub(_tex, text)))
        text = _POWER.sub(r"\g<base>^\3", _EXPONENT.sub(_raised, text))
        text = _TAG.sub(_replacement, text)
        text = unescape(text)
    return printable(text)


def printable(text):
    """`text` without signs that are not seen, such as those that turn its direction."""
    return "".join(sign for sign in text if sign.isprintable() or sign.isspace())


def _raised(exponent):
    return exponent[1].translate(_SUPERSCRIPTS)


def _replacement(tag):
    return "\n\n" if _BLOCKS.fullmatch(tag["name"]) else ""


def _tex(alternatives):
    found = _TEX.search(alternatives["inner"])
    return found[1] if found else alternatives["inner"]
