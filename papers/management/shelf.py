"""Items of a text put aside, so that the list need not be locked while they are gathered."""

import pickle
import tempfile

PIECE = 500


class Shelf:
    """Takes what is added, in order, into a temporary file; then gives it back once.

    Memory stays the same however much it is. The file has no name and goes with the process.
    """

    def __init__(self):
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the shelf
        self._piece = []
        self.size = 0

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self._file.close()

    def add(self, item):
        self._piece.append(item)
        self.size += 1
        if len(self._piece) == PIECE:
            self._put()

    def __iter__(self):
        if self._piece:
            self._put()
        self._put()  # of nothing, which is the end
        self._file.seek(0)
        while piece := pickle.load(self._file):  # noqa: S301 - our own, and nobody else's
            yield from piece

    def _put(self):
        pickle.dump(self._piece, self._file, pickle.HIGHEST_PROTOCOL)
        self._piece = []
