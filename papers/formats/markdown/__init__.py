"""Markdown in and out: a curated list of papers, read in whatever shape it grew."""

from .reading import read
from .writing import write

__all__ = ["read", "write"]
