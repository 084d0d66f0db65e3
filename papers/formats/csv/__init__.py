"""CSV: what spreadsheets speak. A row an entry: a paper in two sections is two rows.

The columns and what is done about spreadsheets' habits are in docs/formats.md.
"""

from papers.formats.csv.reading import is_table, read
from papers.formats.csv.writing import write

__all__ = ["is_table", "read", "write"]
