"""Markdown in and out: a curated list of papers, read in whatever shape it grew.

From text to records, one module a stop:

1. `tree`: the text becomes blocks, Markdown's and embedded HTML's alike (`html`); what stands in
   one block becomes a flat list of `spans`.
2. `walk` goes through the blocks once. Headings become `sections`, tables are read by `tables`;
   `grouping` says which blocks make up one item, `telling` what a line is.
3. `entries` reads one item's own lines into `drafts`: `finding` finds the title (`cutting` where
   plain text must be cut, `titles` cleans it), `around` takes what stands beside it, `below` the
   lines under it.
4. What any of them asks: `links` where a link leads (`labels`, `hosts`, `mending`), `meta` whether
   a text is names (`people`), a venue (`venues`) or a date (`dates`), `sentences` whether it is
   prose, `marks` what is held up as a highlight.
5. `reading` looks at all drafts together: which are papers, what is a rating, what a remark; the
   rest become records, with the works that their links name (`identifying`).

Lists that `writing` wrote (`lines`, `prose`, `escaping`, `words`) are read back exactly by
`rereading` and `exact`.
"""

from .reading import read
from .writing import write

__all__ = ["read", "write"]
