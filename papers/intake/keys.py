"""Keys for new papers: the source's own or one made, free in the list and in the text."""

from collections import Counter

from papers import citekeys
from papers.models import Paper
from papers.rows import where

#: How many more numbers behind a key are looked at than are needed.
MORE = 10
#: How much of a key is kept where a number follows.
ROOM = 90


class Keys:
    """Keys that are in use, in the list or by papers that got theirs here, in lower case."""

    def __init__(self):
        self.known = set()  # those that the list has been asked for
        self.among_own = False
        self.used = set()
        self.next = {}  # key → the first number behind it that may be free

    def give(self, records, *, among_own=False):
        """A free key for each record: its own where it has one that can be, else one made.

        among_own: the list has no papers but those whose keys were given here.
        """
        self.among_own = among_own
        wishes = [_wish(record) for record in records]
        counts = Counter(wish.lower() for wish in wishes)
        self._learn(counts.keys())
        self._learn(
            {
                numbered
                for low, count in counts.items()
                if count > 1 or low in self.used
                for numbered in _following(low, self.next.get(low, 2), count)
            }
        )
        return [self._take(wish) for wish in wishes]

    def _take(self, wish):
        low = wish.lower()
        number = None
        while _numbered(low, number) in self.used:
            number = self.next.get(low, 2)
            self.next[low] = number + 1
            if _numbered(low, number) not in self.known:
                self._learn(_following(low, number, 1))
        self.used.add(_numbered(low, number))
        return _numbered(wish, number)

    def _learn(self, keys):
        if self.among_own:
            return
        keys = keys - self.known
        self.used.update(low for (low,) in where(Paper, 'LOWER("key")', keys, 'LOWER("key")'))
        self.known |= keys


def _wish(record):
    if record.key and citekeys.is_key(record.key):
        return record.key
    return citekeys.make(record.authors, record.year, record.title)


def _numbered(key, number):
    return f"{key[:ROOM]}-{number}" if number else key


def _following(key, first, count):
    return {_numbered(key, number) for number in range(first, first + count + MORE)}
