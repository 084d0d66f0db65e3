"""A bar on the terminal for work that takes a while; in a pipe, nothing."""

import time

WIDTH = 30
#: Seconds until a bar is worth it, and between two drawings.
PATIENCE = 0.5
PAUSE = 0.1
START_OF_LINE = "\r\033[K"


class Progress:
    """The bar of a command, drawn on its `stderr`.

    words: what is done, such as "Reading list.md"; total: how much there is to do, 0 where
    nobody knows; unit: what is counted, or "MB", for which bytes are given. Sentences that are
    said meanwhile stand above the bar. Used in a `with`, which ends its line.
    """

    def __init__(self, stderr, words, total, unit="", *, hidden=False):
        self.stderr = stderr
        self.words = words
        self.total = total
        self.unit = unit
        self.done = 0
        self._shown = stderr.isatty() and not hidden
        self._drawn = False
        self._next = time.monotonic() + PATIENCE

    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        if kind is None:
            self.done = max(self.done, self.total)
        if self._drawn:
            self._draw(ending="\n")

    def reach(self, done):
        self.done = done
        if self._shown and time.monotonic() >= self._next:
            self._draw()

    def say(self, sentence):
        self.stderr.write(f"{START_OF_LINE}{sentence}" if self._drawn else sentence)
        if self._drawn:
            self._draw()

    def _draw(self, ending=""):
        self._drawn = True
        # Plain: what goes to stderr is red otherwise.
        self.stderr.write(f"{START_OF_LINE}{self._bar()}", style_func=str, ending=ending)
        self.stderr.flush()
        self._next = time.monotonic() + PAUSE

    def _bar(self):
        scale = 1e6 if self.unit == "MB" else 1
        done = f"{self.done / scale:,.0f}"
        if not self.total:
            return f"{self.words}  {done} {self.unit}".rstrip()
        # There may turn out to be more of it.
        total = max(self.total, self.done)
        bar = ("█" * int(WIDTH * self.done / total)).ljust(WIDTH, "░")
        return f"{self.words}  {bar} {done} of {total / scale:,.0f} {self.unit}".rstrip()
