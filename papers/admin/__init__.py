"""The admin: the stock one, arranged for those who keep the list.

One module a model. `rights` is the rule of who may publish, `history` the way back, `lists`
and `filters` keep long lists quick, `bulk` and `merge` change many rows at once.
"""

from papers.admin import connections, entry, note, paper, reading_list, section, tag

__all__ = ["connections", "entry", "note", "paper", "reading_list", "section", "tag"]
