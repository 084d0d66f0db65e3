from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Options:
    """How an intake goes about it.

    section: the slug of the section below which everything goes, "" for the list's root;
    publish: whether what is new becomes public; source: where the records are from, kept with
    each paper.

    For those whose rights are fewer: drafts_only: what readers see stays as it is, see `holding`;
    new_sections: whether sections that are missing are made, or papers go into the nearest that
    is there.
    """

    section: str = ""
    publish: bool = False
    source: str = ""
    drafts_only: bool = False
    new_sections: bool = True
