"""The body of an answer, unpacked, and never more of it than fits."""

import zlib

from papers.sources.errors import SourceError

LARGEST = 20_000_000


def read_body(response, name):
    """The bytes of an httpx response whose stream is open. Raises SourceError.

    Unpacked here, as httpx unpacks without bounds, and twice and thrice if it is told so.
    """
    packing = response.headers.get("content-encoding", "").strip().lower()
    if packing not in {"", "identity", "gzip", "x-gzip"}:
        raise SourceError(f"{name} answered in a packing that was not asked for ({packing[:20]}).")
    length = response.headers.get("content-length", "")
    if length.isascii() and length.isdecimal() and int(length) > LARGEST:
        raise _too_large(name)
    unpack = _Unpacked(name) if "gzip" in packing else _Plain(name)
    for piece in response.iter_raw():
        unpack.add(piece)
    return unpack.end()


class _Plain:
    def __init__(self, name):
        self.name = name
        self.body = bytearray()

    def add(self, piece):
        self.body += piece
        if len(self.body) > LARGEST:
            raise _too_large(self.name)

    def end(self):
        return bytes(self.body)


class _Unpacked(_Plain):
    def __init__(self, name):
        super().__init__(name)
        self.unpack = None

    def add(self, piece):
        # One gzip file may follow another.
        while piece:
            if self.unpack is None or self.unpack.eof:
                self.unpack = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
            try:
                unpacked = self.unpack.decompress(piece, LARGEST + 1 - len(self.body))
            except zlib.error:
                raise SourceError(f"{self.name} gave an answer that cannot be unpacked.") from None
            super().add(unpacked)
            piece = self.unpack.unused_data

    def end(self):
        if self.unpack and not self.unpack.eof:
            raise SourceError(f"{self.name} broke off its answer.", unavailable=True)
        return super().end()


def _too_large(name):
    return SourceError(
        f"{name} gave an answer of more than {LARGEST // 1_000_000} MB, which was not read to its"
        " end."
    )
