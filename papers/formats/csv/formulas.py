"""Formulas in cells: none goes out, those that only show a link or a text are read.

A cell goes out with an apostrophe before whatever a spreadsheet would take for a formula, also
behind quotation marks and spaces; so does each line of it, and what stands behind a semicolon,
because a spreadsheet that expects semicolons between cells begins new ones there. See
https://owasp.org/www-community/attacks/CSV_Injection
"""

import re

# Full-width signs too: some programs take those for plain ones.
_SIGN = "[ \u00a0\u3000'\"]*[=+\\-@\t\r＝＋－＠]"
_START = "(^|[;\n\t])"
_HARMFUL = re.compile(f"{_START}(?={_SIGN})")
_DISARMED = re.compile(f"{_START}'(?={_SIGN})")
_TEXT = re.compile(r'="([^"]*)"')
_HYPERLINK = re.compile(r'=HYPERLINK\("([^"]*)"(?:\s*[,;]\s*"((?:[^"]|"")*)")?\)', re.I)
_ERROR = re.compile(r"#(?:N/A|REF!|NAME\?|VALUE!|DIV/0!|NULL!|NUM!|SPILL!|CALC!|#+)")


def disarm(cell):
    return _HARMFUL.sub(r"\1'", cell)


def arm(cell):
    """As it was before `disarm`; also ="2017", a spreadsheet's way to keep a text a text."""
    if found := _TEXT.fullmatch(cell):
        return found[1]
    return _DISARMED.sub(r"\1", cell)


def follow(cell, *, address):
    """What a spreadsheet shows of a cell that is a link, or its address."""
    found = _HYPERLINK.fullmatch(cell.strip())
    if not found:
        return cell
    return found[1] if address or not found[2] else found[2].replace('""', '"')


def is_error(cell):
    """Whether a spreadsheet shows that it could not work the cell out."""
    return _ERROR.fullmatch(cell.strip()) is not None
