"""One formula in LaTeX → MathML that browsers draw without a script.

latex2mathml knows the symbols; this module decides what may leave it. It refuses rather than
guesses: a formula that would come out wrong is shown as its source by the caller.
"""

import html
import re
import unicodedata
from xml.etree import ElementTree

from latex2mathml import commands
from latex2mathml.converter import convert_to_element

# A long formula of a real paper has some 300 characters and a nesting of 12.
MAX_LENGTH = 2000
MAX_DEPTH = 40

# Macros multiply what they are given, \sideset doubles it: a short text could grow without end.
# A comment would silently take the rest of the line with it.
_REFUSED = re.compile(
    r"\\(?:newcommand|newenvironment|def|DeclareMathOperator|sideset)(?![a-zA-Z])|(?<!\\)%"
)
_ENVIRONMENT = re.compile(r"\\begin\s*\{(.*?)\}")
# Environments latex2mathml does not know, and those of the same layout that it does.
_TWINS = {"aligned": "align*", "align": "align*", "dcases": "cases", "gathered": "displaylines"}
_TWIN = re.compile(rf"(\\(?:begin|end)\s*\{{)({'|'.join(_TWINS)})(?=\}})")

_TOKENS = frozenset({"mi", "mn", "mo", "mtext"})
_ARITY = {
    **dict.fromkeys(["mfrac", "mroot", "msub", "msup", "munder", "mover"], 2),
    **dict.fromkeys(["msubsup", "munderover"], 3),
}
_CHARACTER = re.compile(r"&#x[0-9A-Fa-f]{1,8};")
_ESCAPED = re.compile(r"\\([%&#_${}])")
# In display style their subscript stands below them.
_LIMITS = frozenset(["min", "max", "lim", "inf", "sup"])
_STACKED = {"msub": "munder", "msup": "mover", "msubsup": "munderover"}
# MathML Core has no names for spaces.
_SPACES = {
    "thinmathspace": "0.167em",
    "thickmathspace": "0.278em",
    "negativethinmathspace": "-0.167em",
    "negativemediummathspace": "-0.222em",
    "negativethickmathspace": "-0.278em",
}
_LENGTHS = ("width", "height", "depth", "lspace", "rspace", "voffset", "linethickness")
# Room for any honest space, none for a formula that leaves its place on the page.
_LENGTH = re.compile(r"[+-]?(?:[0-4](?:\.[0-9]*)?|\.[0-9]+)(?:em|ex)|[0-9](?:px|pt)|0")
# The name Unicode gives to an alphabet, for what latex2mathml calls a variant.
_ALPHABETS = {
    "bold": "BOLD",
    "italic": "ITALIC",
    "bold-italic": "BOLD ITALIC",
    "double-struck": "DOUBLE-STRUCK",
    "script": "SCRIPT",
    "fraktur": "FRAKTUR",
    "sans-serif": "SANS-SERIF",
    "sans-serif-italic": "SANS-SERIF ITALIC",
    "monospace": "MONOSPACE",
}


class FormulaError(ValueError):
    """The text is no formula that can be shown as one."""


def convert(latex, display=False):
    """`latex` as a `<math>` element, in text.

    Raises FormulaError where it is too long, too deep, malformed, or uses what is not known here.
    The text is well formed but not sanitised: links and styles may stand in it.
    """
    if not latex.strip() or len(latex) > MAX_LENGTH or _REFUSED.search(latex):
        raise FormulaError
    latex = _TWIN.sub(lambda found: found[1] + _TWINS[found[2]], latex)
    if any(f"\\{name}" not in commands.MATRICES for name in _ENVIRONMENT.findall(latex)):
        raise FormulaError
    try:
        element = convert_to_element(latex, display="block" if display else "inline")
    except Exception as error:  # it answers bad input with whatever error it stumbles over
        raise FormulaError from error
    _mend(element, depth=0)
    # Not latex2mathml's own writer: that one undoes the escaping.
    return ElementTree.tostring(element, encoding="unicode")


def _mend(element, depth):
    """Brings the tree from latex2mathml's habits to what MathML Core defines."""
    if depth > MAX_DEPTH or len(element) != _ARITY.get(element.tag, len(element)):
        raise FormulaError
    if element.text:
        _mend_text(element)
    if variant := element.attrib.pop("mathvariant", None):
        _set_variant(element, variant)
    _mend_kind(element)
    for name in _LENGTHS:
        if name in element.attrib:
            _mend_length(element, name)
    for child in element:
        _mend(child, depth + 1)


def _mend_kind(element):
    """Makes it the element it should be: latex2mathml takes names and relations for variables."""
    if element.tag == "mi" and element.text == "~":  # \sim
        element.tag, element.text = "mo", "∼"
    elif element.tag in {"mi", "mo"} and _is_function(element.text):
        element.tag = "mo"
        element.attrib.update(lspace="0.167em", rspace="0.167em")
    elif element.tag in _TOKENS and len(element):  # \mathop{x}, \mathrel{x} …
        element.tag = "mrow"
        element.attrib.clear()
    elif element.tag in _STACKED and _takes_limits(element[0]):
        element.tag = _STACKED[element.tag]
        element[0].set("movablelimits", "true")


def _mend_text(element):
    """Resolves the character references that latex2mathml leaves in its texts."""
    text = element.text
    if element.tag == "mtext":
        text = _ESCAPED.sub(r"\1", text)
    # A macro it does not know passes through as text; so does an & outside a table.
    if "\\" in text or (element.tag == "mi" and text == "&"):
        raise FormulaError
    element.text = _CHARACTER.sub(lambda found: html.unescape(found[0]), text)
    if "&#x" in element.text:
        raise FormulaError
    # Plain letters come as themselves, to be slanted; as a reference they are those of \mathrm{d}.
    if element.tag == "mi" and text != element.text and element.text.isascii():
        element.attrib.setdefault("mathvariant", "normal")


def _set_variant(element, variant):
    """Browsers know the attribute no longer, but Unicode has the letters themselves."""
    if variant == "normal":
        element.set("mathvariant", variant)
    elif element.tag in _TOKENS and element.text:
        alphabet = _ALPHABETS[variant]
        element.text = "".join(_letter(char, alphabet) for char in element.text)


def _letter(char, alphabet):
    name = unicodedata.name(unicodedata.normalize("NFKC", char)[:1], "")
    # "GREEK SMALL LETTER THETA" → "BOLD SMALL THETA"; "DIGIT ONE" → "BOLD DIGIT ONE"
    if not re.match(r"(?:LATIN|GREEK) (?:SMALL|CAPITAL) LETTER |DIGIT ", name):
        return char
    name = f"{alphabet} {re.sub(r'^(?:LATIN|GREEK) | LETTER', '', name)}"
    # Some letters were in Unicode before the alphabets, such as ℝ and ℋ, and some are nowhere.
    for known in (f"MATHEMATICAL {name}", name, name.replace("FRAKTUR", "BLACK-LETTER")):
        try:
            return unicodedata.lookup(known)
        except KeyError:
            continue
    return char


def _is_function(text):
    """Whether it is a name such as log or softmax, which stands apart from what follows."""
    return text is not None and len(text) > 1 and text != "mod" and "".join(text.split()).isalpha()


def _takes_limits(element):
    return element.tag == "mo" and (element.text in _LIMITS or "movablelimits" in element.attrib)


def _mend_length(element, name):
    value = _SPACES.get(element.attrib[name], element.attrib[name])
    if _LENGTH.fullmatch(value):
        element.set(name, value)
    else:
        del element.attrib[name]
