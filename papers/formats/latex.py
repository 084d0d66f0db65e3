"""LaTeX, as it stands in titles and names, ⇄ Unicode.

Formulas stay as they are, between dollars; all else becomes plain text: accents, signs, dashes
and quotes in Unicode, type faces and grouping braces gone. `decode(encode(text)) == text` for
every text in NFC without control characters whose spaces are single.
"""

import re
import unicodedata
from html import unescape
from html.entities import html5

from papers.formats.latex_signs import ACCENTS, SIGNS, WRITTEN

# Nested as deeply as arguments in titles are.
_BRACED = r"\{(?:[^{}]++|\{(?:[^{}]++|\{[^{}]*+\})*+\})*+\}"

_INSIDE = r"(?![\s$])(?:[^$\\]++|\\.){1,300}+(?<!\s)"
#: A formula in plain text. `$5 and $6` is none, as in the curators' Markdown.
MATH = re.compile(rf"\$\${_INSIDE}\$\$(?!\d)|\${_INSIDE}\$(?!\d)", re.DOTALL)
# In LaTeX also with spaces inside, where there is more than words and numbers.
_LATEX_MATH = re.compile(
    rf"\\[^(\[]|({MATH.pattern}|\$\s*+(?=[^$]*[\\^_{{}}=<>+])(?:[^$\\]++|\\.)++\$"
    r"|\\\((?:[^\\]++|\\(?!\))){1,999}\\\)|\\\[(?:[^\\]++|\\(?!\])){1,999}\\\])",
    re.DOTALL,
)

_MARKS = {
    mark: accent for accent, mark in ACCENTS.items() if accent not in "bt" and mark != "\u0326"
}
# The braces left over are dropped later, as all are.
_ACCENT = re.compile(
    r"(?<!\\)\\([`'^~=.](?!\s+[^\s{\\])|\"(?!\s)|(?:[Hbcdkrtuv]|cb|textcommabelow)(?![A-Za-z]))"
    r"[\s{]*+(\\[ij](?![A-Za-z])\s*|[^\W\d_])"
)

# What these take as arguments is no part of the text.
_DROPPED = re.compile(
    r"\\(?:(?:no|short)?cite[a-z]*|label|ref|eqref|footnote|thanks|vspace|hspace|noopsort|SortNoop|"
    rf"vphantom|hphantom|phantom|color)\*?(?:\[[^\]]{{0,200}}\])?\s*{_BRACED}",
    re.IGNORECASE,
)
_FIRST_DROPPED = re.compile(
    rf"\\(?:href|textcolor|colorbox|raisebox|scalebox|foreignlanguage)\s*{_BRACED}\s*(?=\{{)"
)
_SECOND_DROPPED = re.compile(rf"\\texorpdfstring\s*({_BRACED})\s*{_BRACED}")
_ENSUREMATH = re.compile(rf"\\ensuremath\s*({_BRACED})")
_RAISED = re.compile(r"\\textsu(per|b)script\s*\{([^{}]*+)\}")
_SUPERSCRIPTS = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_SUBSCRIPTS = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")

# LaTeX that was escaped once more, as OpenReview and Zotero do. A formula that was escaped is whole
# again once its signs are, all else is taken for what it was.
_ESCAPED_MATH = re.compile(r"(\\\$(?:[^\\]++|\\(?!\$))*+\\\$)")
_ESCAPED_SIGN = re.compile(r"\{\\textbackslash\}(?=\{?\\[%&_#$])")
_ESCAPED_ARGUMENT = re.compile(r"\{\\textbackslash\}(?:[A-Za-z]+\s?|['\"`=.])\\\{")
_ESCAPED_COMMAND = re.compile(r"\{\\textbackslash\}(?=[A-Za-z'\"`=.])")

#: An element of HTML, as it stands in titles.
TAG = re.compile(
    r"</?(?:i|b|em|strong|sub|sup|scp|sc|tt|u|span|italic|bold|br|p|jats:[a-z]+)\s*/?>",
    re.IGNORECASE,
)
_TOKEN = re.compile(
    r"\\([A-Za-z]+)(\{\s*\}|\s+|)"
    r"|(?:\{\\&\}|\\?&)(?:amp;(?=\\?#?\w+;)){0,3}(\\?#[0-9]{1,7}|\\?#x[0-9a-f]{1,6}|[a-z]{2,8}[0-9]{0,2});"
    r"|\\(.|\Z)(?:(?<=[`'^\"~=.])\{\s*\})?"
    rf"|---?|``|''|[?!]`|~|[{{}}]|{TAG.pattern}",
    re.DOTALL | re.IGNORECASE,
)
_LIGATURES = {"--": "–", "---": "—", "``": "“", "''": "”", "?`": "¿", "!`": "¡", "~": " "}
_ESCAPED = {**dict.fromkeys(" ,;:>\\\n\t", " "), **dict.fromkeys("!/-@", ""), "|": "‖", "": ""}
_PLAIN = re.compile(r"[\\{}$~&<`]|--|''")


def decode(latex):
    """`latex` as one line of Unicode in NFC. Never raises; what cannot be said is named."""
    if not latex:
        return ""
    if _PLAIN.search(latex):
        latex = _decode(latex)
    text = " ".join(latex.split())
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def encode(text, protect=False):
    """`text` in LaTeX that BibTeX, biber and others read: balanced, Latin letters in ASCII.

    protect: whether capitals within words are to stay capitals in styles that lower titles.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    parts, end = [], 0
    for found in MATH.finditer(text):
        if _is_safe(found[0]):
            parts.append(_encode(text[end : found.start()], protect))
            parts.append(f"{{{found[0]}}}" if protect else found[0])
            end = found.end()
    return "".join([*parts, _encode(text[end:], protect)])


def _decode(latex):
    if "{\\textbackslash}" in latex:
        has_arguments = _ESCAPED_ARGUMENT.search(latex) is not None
        parts = _ESCAPED_MATH.split(latex)
        latex = "".join(_unescape(part, has_arguments) for part in parts)
    latex = latex.replace("{$}", "\\$")
    if "\\" in latex:
        latex = _DROPPED.sub("", latex)
        latex = _FIRST_DROPPED.sub("", latex)
        latex = _SECOND_DROPPED.sub(r"\1", latex)
        latex = _ENSUREMATH.sub(_ensured, latex)
        latex = _RAISED.sub(_raised, latex)
    if "$" not in latex and "\\(" not in latex and "\\[" not in latex:
        return _decode_text(latex)
    parts, end = [], 0
    for found in _LATEX_MATH.finditer(latex):
        if found[1]:
            parts += [_decode_text(latex[end : found.start()]), _formula(found[1])]
            end = found.end()
    return "".join([*parts, _decode_text(latex[end:])])


def _unescape(latex, has_arguments):
    if latex.startswith("\\$"):
        return latex
    latex = _ESCAPED_SIGN.sub("", latex)
    if has_arguments:
        latex = latex.replace("\\{", "{").replace("\\}", "}")
    return _ESCAPED_COMMAND.sub(r"\\", latex)


def _formula(latex):
    if latex.startswith("\\"):
        return f"${latex[2:-2].strip()}$"
    count = 2 if latex.startswith("$$") else 1
    return f"{latex[:count]}{latex[count:-count].strip()}{latex[-count:]}"


def _decode_text(latex):
    if "\\" in latex:
        # An accent on an accented letter comes in the next round.
        for _ in range(3):
            latex, count = _ACCENT.subn(_accented, latex)
            if not count:
                break
    return _TOKEN.sub(_replaced, latex)


def _accented(found):
    accent, letter = found[1], found[2].strip()
    composed = unicodedata.normalize("NFC", letter[-1] + ACCENTS[accent])
    if accent == '"' and len(composed) > 1:
        return f'"{letter}'  # A quotation mark, escaped as programmers do.
    return composed


def _replaced(found):
    name, after, entity, escaped = found.group(1, 2, 3, 4)
    if name is not None:
        return _named(name, after, found.string[found.end() : found.end() + 1])
    if entity is not None:
        entity = entity.lstrip("\\") + ";"
        return unescape(f"&{entity}") if entity[0] == "#" else html5.get(entity, f"&{entity}")
    if escaped is not None:
        return _ESCAPED.get(escaped, escaped)
    return _LIGATURES.get(found[0], "")


def _named(name, after, following):
    sign = SIGNS.get(name)
    if sign is not None:
        return f"{sign} " if len(sign) > 1 and after.isspace() else sign
    if following == "{":
        return ""
    if name.startswith(("emph", "text")):
        return name[4:] + after.strip("{}")  # \emph{k}, whose braces were lost on the way
    if name[0] in ACCENTS and len(name) > 1:
        composed = unicodedata.normalize("NFC", name[1] + ACCENTS[name[0]])
        if len(composed) == 1:  # \c{c}on, likewise
            return composed + name[2:] + after.strip("{}")
    return name + after.strip("{}")


def _ensured(found):
    latex = found[1][1:-1].strip()
    sign = SIGNS.get(latex[1:]) if latex.startswith("\\") else None
    return sign or (f"${latex}$" if latex else "")


def _raised(found):
    raised = found[2].translate(_SUPERSCRIPTS if found[1] == "per" else _SUBSCRIPTS)
    return raised if not raised.isascii() and not re.search(r"[\x00-\x7f]", raised) else found[2]


def _is_safe(formula):
    """Whether it can stand in BibTeX as it is: no comment, no tabulator, no emphasis, which LaTeX
    allows in prose only."""
    depth = 0
    for brace in re.findall(r"[{}]", formula):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0 and not re.search(r"(?<!\\)[%#&~]|\\em(?![A-Za-z])", formula)


# Signs that LaTeX would take together, or an ampersand that a reader would take for HTML's.
_JOINED = re.compile(
    r"-(?=[-–—])|[–—](?=[-–—])|[`?!](?=`)|['”](?=['”])|[“`](?=[“`])|&(?=#?\w+;)"
    r"|\\(?=[A-Za-z'\"`=.%&_#$])"
)
_UNSAFE = re.compile(
    rf"(?:{_JOINED.pattern}|[\\{{}}&%$#_~^|<>]|[\x00-\x1f\x7f\ud800-\udfff]|[^\x00-\x7f])"
)
_WORD = re.compile(r"[^\W_]+(?:[-./'’&+][^\W_]+)*")


def _encode(text, protect):
    if not protect:
        return _UNSAFE.sub(_written, text)
    parts, end = [], 0
    for found in _WORD.finditer(text):
        if _has_capitals(found[0]):
            parts.append(_UNSAFE.sub(_written, text[end : found.start()]))
            parts.append(f"{{{_UNSAFE.sub(_written, found[0])}}}")
            end = found.end()
    return "".join([*parts, _UNSAFE.sub(_written, text[end:])])


def _has_capitals(word):
    return any(
        part != part[:1] + part[1:].lower() or (len(part) == 1 and part.isupper() and part != "A")
        for part in re.split(r"\W", word)
    )


def _written(found):
    sign = found[0]
    if sign < " " or sign == "\x7f":
        return " "
    if "\ud800" <= sign <= "\udfff":
        return "\ufffd"
    written = WRITTEN.get(sign)
    if written is None:
        written = _accent(sign) if sign > "\x7f" else sign
    return f"{written}{{}}" if _JOINED.match(found.string, found.start()) else written


def _accent(sign):
    """`é` as `{\\'e}`; itself, where it is no Latin letter with one mark."""
    letter, *marks = unicodedata.normalize("NFD", sign)
    if len(marks) != 1 or not (letter.isascii() and letter.isalpha()) or marks[0] not in _MARKS:
        return sign
    accent = _MARKS[marks[0]]
    return f"{{\\{accent}{{{letter}}}}}" if accent.isalpha() else f"{{\\{accent}{letter}}}"
