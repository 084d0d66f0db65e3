"""docs/formats.md tells of each format and each column, and of nothing else."""

import re

import pytest
from django.conf import settings

from papers.formats import FORMATS, csv
from papers.formats.csv.columns import COLUMNS, LINK_COLUMNS

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
    assert first_cells(table) == [*COLUMNS, *LINK_COLUMNS]


@pytest.mark.parametrize(
    ("was", "became"),
    [
        (names(was)[0], text)
        for was, cell in re.findall(r"^\| ([^|]*`[^|]+`) \| ([^|]+) \|", SECTIONS["csv"], re.M)
        if names(was)[0] not in COLUMNS
        for text in names(cell)
    ],
)
def test_what_spreadsheets_change_is_undone_as_it_is_told(was, became):
    column = next(
        name
        for name, pattern in {
            "arxiv": r"1706\..*",
            "year": "2017",
            "pages": "1-10",
            "published_on": "2017-.*",
        }.items()
        if re.fullmatch(pattern, was)
    )
    *_, record = csv.read(f'title,{column}\nT,"{became}"\n')
    found = getattr(record, {"arxiv": "arxiv_id"}.get(column, column))
    assert str(found) == was
