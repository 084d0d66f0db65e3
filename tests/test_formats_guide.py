"""docs/formats.md tells of each format and each column, and of nothing else."""

import re

import pytest
from django.conf import settings

from papers.formats import FORMATS, csv
from papers.formats.csv.columns import COLUMNS, LINK_COLUMNS, PAGE_COLUMNS

GUIDE = (settings.BASE_DIR / "docs/formats.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## (\S.*)\n((?:(?!## ).*\n)*)", GUIDE, re.MULTILINE))


def first_cells(text):
    """The names in the first column of a section's tables."""
    return [name for cell in re.findall(r"^\| ([^|]+) \|", text, re.M) for name in names(cell)]


def names(cell):
    return re.findall(r"`([^`]+)`", cell)


def test_each_format_has_a_section_and_a_line_in_the_table():
    assert {*FORMATS} <= {*SECTIONS}
    table = re.findall(r"^\| \[`(\w+)`\]\(#\1\) \| yes \| (yes|no) \|", GUIDE, re.MULTILINE)
    assert table == [
        (name, "yes" if hasattr(module, "write") else "no") for name, module in FORMATS.items()
    ]


def test_each_column_of_csv_is_told_in_its_place():
    table = SECTIONS["csv"].split("**Formulas.**")[0]
    assert first_cells(table) == [*COLUMNS, *PAGE_COLUMNS, *LINK_COLUMNS]


CHANGES = [
    (names(was)[0], became)
    for was, cell in re.findall(
        r"^\| ([^|]*`[^|]+`) \| ([^|]+) \|", SECTIONS["csv"].split("**What spreadsheets")[1], re.M
    )
    for became in names(cell)
]
HEADINGS = {"1706": "arxiv", "2017": "year", "1-10": "pages", "2017-06-12": "published_on"}


@pytest.mark.parametrize(("was", "became"), CHANGES)
def test_what_spreadsheets_change_is_undone_as_it_is_told(was, became):
    heading = HEADINGS[was.partition(".")[0]]
    *_, record = csv.read(f'title,{heading}\nT,"{became}"\n')
    assert str(getattr(record, {"arxiv": "arxiv_id"}.get(heading, heading))) == was


def test_changes_of_each_kind_are_told():
    assert {HEADINGS[was.partition(".")[0]] for was, _ in CHANGES} == {*HEADINGS.values()}
