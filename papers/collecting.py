"""Python's search for reference cycles, less often while a list is read or comes in.

Thousands of objects live for a moment then, without a cycle among them: up to a third of the time
would go into looking for one. See https://docs.python.org/3/library/gc.html#gc.set_threshold.
"""

import gc
from contextlib import contextmanager
from threading import Lock

#: More objects than a piece of a list is made of.
OBJECTS = 100_000

_lock = Lock()
_within = 0
_usual = gc.get_threshold()


@contextmanager
def seldom():
    """For the process as a whole; may be entered by several threads at once."""
    global _within, _usual
    with _lock:
        if _within == 0:
            _usual = gc.get_threshold()
            gc.set_threshold(OBJECTS, *_usual[1:])
        _within += 1
    try:
        yield
    finally:
        with _lock:
            _within -= 1
            if _within == 0:
                gc.set_threshold(*_usual)
