"""What a document must have, as a tree of which each engine makes a text of its own."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """These tokens in a row; a last one that ends with * stands for all that begin so.

    column: one of documents.COLUMNS, "" for any.
    """

    tokens: tuple[str, ...]
    column: str = ""


@dataclass(frozen=True)
class Marked:
    """That it has a facet, by its token."""

    token: str


@dataclass(frozen=True)
class AllOf:
    parts: tuple


@dataclass(frozen=True)
class AnyOf:
    parts: tuple


@dataclass(frozen=True)
class Without:
    """What the first has and the second has not."""

    wanted: object
    unwanted: object
