"""What spreadsheets make of texts that look like numbers or dates to them, and the way back.

Each function takes a cell's text and gives the text as it was, or the same where nothing was done
to it.
"""

import re
from datetime import date
from decimal import Decimal

from papers.formats import values
from papers.identifiers import parse_arxiv

_NUMBER = re.compile(r"[0-9]{3,4}\.[0-9]+|[0-9]\.[0-9]+[Ee]\+?0?3|[0-9]{3,4}\.[0-9]+[Ee]\+?0+")
_THOUSANDS = re.compile(r"([0-9])([,.])([0-9]{3})(?!\2)([,.])([0-9]+)")
# The first number of arXiv's with five digits behind the dot, of January 2015.
_FIVE = 1501
_DAY_MONTH = re.compile(r"([0-9]{1,2})[-. /]+([A-Za-z]{3})[a-z]*\.?")
_MONTH_YEAR = re.compile(r"([A-Za-z]{3})[a-z]*\.?[-. /]+([0-9]{1,2})")
_CHINESE = re.compile(r"([0-9]{1,2})月([0-9]{1,2})日")
# Of the years 1900 to 2100, taken for numbers of days.
_FIRST, _LAST = date(1905, 3, 14), date(1905, 9, 30)
_EPOCH = date(1899, 12, 30)


def arxiv(text):
    """1706.0376, 1,706.0376, 1706,0376 and 1.7060376E+03 were 1706.03760."""
    number = _THOUSANDS.sub(r"\1\3.\5", text.strip())
    number = re.sub(r"^([0-9]{3,4}),([0-9]+)$", r"\1.\2", number)
    if not _NUMBER.fullmatch(number):
        return text
    exact = Decimal(number)
    places = 5 if exact >= _FIVE else 4
    rounded = round(exact, places)
    # 1706.0376200000001 is what a computer makes of it; more than that is something else.
    found = f"{rounded:.{places}f}".zfill(places + 5)
    return found if abs(exact - rounded) < 1e-7 and parse_arxiv(found) else text


def whole_number(text):
    """30.0 was 30."""
    return re.sub(r"^\s*([0-9]+)\.0+\s*$", r"\1", text)


def year(text):
    """July 9th 1905 is day 2017, and was that year."""
    day = values.read_date(text)
    return str((day - _EPOCH).days) if day and _FIRST <= day <= _LAST else text


def span(text):
    """10-Jan was 1-10: pages or numbers, the lower first."""
    text = text.strip()
    if found := _DAY_MONTH.fullmatch(text):
        one, other = found[1], values.month(found[2])
    elif found := _MONTH_YEAR.fullmatch(text):
        one, other = found[2], values.month(found[1])
    elif found := _CHINESE.fullmatch(text):
        one, other = found[2], int(found[1])
    else:
        return text
    low, high = sorted((int(one), other))
    return f"{low}-{high}" if low else text
