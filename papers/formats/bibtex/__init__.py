"""BibTeX: what LaTeX, reference managers and most sites' “cite” buttons speak.

Of a Record it holds what citing needs. Not the list's own matters: translated title, tags, links,
relations, places in the list, notes, status.
"""

from papers.formats.bibtex.reading import read
from papers.formats.bibtex.writing import write

__all__ = ["read", "write"]
