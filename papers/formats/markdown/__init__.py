"""Markdown in: a curated list of papers, in whatever shape it grew."""

from .reading import read

__all__ = ["read"]
