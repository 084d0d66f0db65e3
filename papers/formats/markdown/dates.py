"""Days, months and years, in the spellings of lists."""

import re
from datetime import date

YEAR = r"(?:19[5-9]\d|20[0-4]\d)"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_ORDINAL = r"\d{1,2}(?:st|nd|rd|th)?"
DATE_PATTERN = (
    rf"(?:{YEAR}[-./年]\s?\d{{1,2}}(?:[-./月]\s?\d{{1,2}}日?)?月?"
    rf"|\d{{1,2}}[-./]\d{{1,2}}[-./](?:{YEAR}|\d\d)|\d{{1,2}}[-./]{YEAR}"
    rf"|(?:{_ORDINAL}[ -])?{_MONTH}[ -,']{{1,2}}(?:{_ORDINAL},? )?(?:{YEAR}|\d\d)"
    rf"|(?:{YEAR})[ ,-]+{_MONTH}(?:[ -]\d{{1,2}})?|{YEAR}年?)"
)
_DATE = re.compile(rf"[\[(（【]?\s*{DATE_PATTERN}\s*[\])）】]?", re.IGNORECASE)
_FULL = re.compile(rf"({YEAR})[-./年]\s?(\d{{1,2}})(?:[-./月]\s?(\d{{1,2}}))?")
_BY_DAY = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)?[ -]({_MONTH})[ -,']{{1,2}}({YEAR})", re.I)
_FOUR = re.compile(rf"(?<![\d.])({YEAR})(?!\d)")
_TWO = re.compile(r"[A-Za-z]\s?(?:['’‘`-]\s?)?(\d\d)(?!\d)")


def is_date(text):
    return bool(_DATE.fullmatch(text.strip(" ,.;:|-–—_*")))


def read_date(text):
    """(year, date) that a text names; the date only where its day is given."""
    day = None
    if (found := _FULL.search(text)) and found[3]:
        day = _date(found[1], found[2], found[3])
    elif found := _BY_DAY.search(text):
        day = _date(found[3], _MONTHS.get(found[2][:3].lower(), 0), found[1])
    return (day.year if day else read_year(text)), day


def _date(year, month, day):
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def read_year(text):
    """The year that a text names, such as `ICCV'23`; None where it names none."""
    if found := _FOUR.search(text):
        return int(found[1])
    if found := _TWO.search(text):
        year = int(found[1])
        return 2000 + year if year < 50 else 1900 + year
    return None
