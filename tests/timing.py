"""Says whether a step takes no more time than it may, on a machine that may be busy."""

import gc
import sys
import time

# Other work on the machine slows single tries; a step that truly takes too long fails them all.
_TRIES = 5


def _forget():
    """Empties our own caches: each try starts as the first did."""
    for name, module in list(sys.modules.items()):
        if name.startswith("papers."):
            for value in vars(module).values():
                if hasattr(value, "cache_clear"):
                    value.cache_clear()


def _seconds(step, *arguments):
    """Processor time. The search for reference cycles goes through all that other tests left."""
    _forget()
    gc.disable()
    try:
        start = time.process_time()
        step(*arguments)
        return time.process_time() - start
    finally:
        gc.enable()


def check_takes_less_than(limit, step):
    """`step()` takes less than `limit` seconds."""
    tried = []
    while not tried or (tried[-1] >= limit and len(tried) < _TRIES):
        tried.append(_seconds(step))
    assert tried[-1] < limit, f"Took {tried} seconds."


def check_grows_in_proportion(step, few, many, floor=0.03):
    """
    `step(many)` takes no more than three times the time that `step(few)` lets expect, of which
    less than `floor` seconds counts as these.

    Give eight times as many: a quadratic step would need 64 times as long, 24 times is allowed.
    """
    step(few // 10)
    shares = []
    while not shares or (shares[-1] >= 3 and len(shares) < _TRIES):
        expected = max(_seconds(step, few), floor) * many / few
        shares.append(_seconds(step, many) / expected)
    assert shares[-1] < 3, f"Took {shares} times as long as expected."
