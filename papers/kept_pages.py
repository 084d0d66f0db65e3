"""Keeps public pages in Django's cache: at most so many, and without ever being in the way.

There is a fixed number of places, two of which are told from a page's address. A page that comes
takes one of them, from a page of a past state or, if there is none, from any: so the cache is
bounded wherever it is, pages of past states need not be looked for, and addresses that somebody
makes up drive out at most the half where those with a query string are. The pages sent last are at
hand in the process, too: to ask a server such as Redis costs more than all else.
"""

import logging
import random
import time
from typing import NamedTuple
from zlib import crc32

from django.core.cache import cache

#: Larger pages are not kept: bytes, compressed.
LARGEST = 64_000
#: Seconds that a page is kept at most: so that nothing stays of a site that has moved.
LONGEST = 24 * 3600
#: So many pages are at hand in each process.
AT_HAND = 128
#: Seconds for which a cache that has failed is left alone.
REST = 10

logger = logging.getLogger(__name__)


class Page(NamedTuple):
    """A page as it is sent.

    address: texts that tell it from all other pages, its query string the last; state: its
    entity tag, see caching.py; headers: pairs of name and value, without those about packing
    and length; body: compressed by gzip.
    """

    address: tuple
    state: str
    headers: list
    body: bytes


class KeptPages:
    def __init__(self, most):
        """most: how many pages are kept; 0 keeps none."""
        self.places = (most + 1) // 2
        self.at_hand = [None] * min(most, AT_HAND)
        self.rests_until = 0

    def get(self, address, state):
        """The page of this address and state, or None."""
        if not self.places:
            return None
        number = _number(address)
        page = self.at_hand[number % len(self.at_hand)]
        if _is(page, address, state):
            return page
        for place in self._places(address, number):
            page = self._read(place)
            if _is(page, address, state):
                self.at_hand[number % len(self.at_hand)] = page
                return page
        return None

    def keep(self, page):
        """Keeps a page, unless it is too large."""
        if not self.places or len(page.body) > LARGEST:
            return
        number = _number(page.address)
        self.at_hand[number % len(self.at_hand)] = page
        places = self._places(page.address, number)
        free = random.choice(places)  # noqa: S311 - nobody's secret
        for place in places:
            there = self._read(place)
            if not there or there.address == page.address or there.state != page.state:
                free = place
                break
        self._write(cache.set, free, page, LONGEST)

    def _places(self, address, number):
        half = "query" if address[-1] else "page"
        return [f"{half}-{n % self.places}" for n in (number, number // self.places)]

    def _rests(self):
        return time.monotonic() < self.rests_until

    def _read(self, place):
        if self._rests():
            return None
        try:
            page = cache.get(place)
        except Exception:  # whatever it is, the page can be made
            logger.warning("What is kept at %s cannot be read.", place, exc_info=True)
            self._write(cache.delete, place)
            return None
        # What a cache answers may be anybody's.
        return page if isinstance(page, Page) else None

    def _write(self, how, *what):
        if self._rests():
            return
        try:
            how(*what)
        except Exception:  # whatever it is, pages can be made
            logger.warning("The cache fails. It is left alone for %s s.", REST, exc_info=True)
            self.rests_until = time.monotonic() + REST


def _number(address):
    # Not hash(), which differs from process to process.
    return crc32(repr(address).encode())


def _is(page, address, state):
    return page is not None and page.address == address and page.state == state
