from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Options:
    """How an intake goes about it.

    section: the slug of the section below which everything goes, "" for the list's root;
    publish: whether what is new becomes public; source: where the records are from, kept with
    each paper.
    """

    section: str = ""
    publish: bool = False
    source: str = ""
