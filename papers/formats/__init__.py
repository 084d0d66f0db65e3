"""Text ⇄ records: one module a format, all of the same shape.

A format module has `read(text: str) -> Iterator[Item]`, which never raises on any text and
reports what it left out as Problem items, and, where the format can be written,
`write(items: Iterable[Item], language: str = "en") -> Iterator[str]`, which gives the text piece
by piece. A new format is one module, one line in the table below and one test.
"""
