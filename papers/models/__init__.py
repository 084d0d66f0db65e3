from papers.models.entry import Entry
from papers.models.link import Link
from papers.models.note import Note
from papers.models.paper import Paper
from papers.models.reading_list import ReadingList
from papers.models.relation import Relation
from papers.models.section import Section
from papers.models.tag import Tag, TaggedPaper

__all__ = [
    "Entry",
    "Link",
    "Note",
    "Paper",
    "ReadingList",
    "Relation",
    "Section",
    "Tag",
    "TaggedPaper",
]
