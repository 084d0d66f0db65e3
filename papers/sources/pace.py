"""How often a registry may be asked, held across processes.

One file a registry, locked while a request is under way, tells when the last one started. So
there is one request at a time and one connection, as arXiv wants it, from however many processes;
a process that is killed lets go of the lock.
"""

import fcntl
import json
import os
from contextlib import contextmanager, suppress

from papers.sources.errors import SourceError

#: Longest rest that a registry's word can put on us, in seconds.
LONGEST_REST = 3600
LONGEST_INTERVAL = 60
GLANCE = 0.05


class Pace:
    """The pace of one registry. interval: seconds from the start of a request to the next."""

    def __init__(self, access, name, interval):
        self.access = access
        self.name = name
        self.interval = interval
        self.path = access.folder / f"{name.lower()}.pace"

    @contextmanager
    def turn(self, deadline):
        """Waits until no other process asks, and keeps them waiting meanwhile.

        Raises SourceError where that takes until after `deadline`.
        """
        file = self._open()
        try:
            while not self._lock(file):
                if self.access.clock() + GLANCE > deadline:
                    raise SourceError(
                        f"{self.name} is being asked by others of this site. Try again later.",
                        unavailable=True,
                    )
                self.access.sleep(GLANCE)
            yield _Turn(self, file, deadline)
        finally:
            os.close(file)

    def _open(self):
        try:
            self.access.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            return os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise self.unwritable(error) from None

    def _lock(self, file):
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError as error:  # a file system that knows no locks
            raise self.unwritable(error) from None
        return True

    def unwritable(self, error):
        return SourceError(
            f"{self.name} is not asked, as {self.path}, which keeps its pace, cannot be written:"
            f" {error.strerror}.",
            unavailable=True,
        )


class Unpaced:
    """Of an address that is asked once."""

    interval = 1

    @contextmanager
    def turn(self, deadline):
        yield self

    def start(self):
        pass

    def rest(self, seconds):
        pass

    def obey(self, limit, interval):
        pass


class _Turn:
    def __init__(self, pace, file, deadline):
        self.pace = pace
        self.file = file
        self.deadline = deadline

    def start(self):
        """Waits until a request may start. Raises SourceError where that is too long."""
        access = self.pace.access
        now = access.clock()
        kept = self._read()
        interval = min(kept.get("interval", self.pace.interval), LONGEST_INTERVAL)
        # A clock that was put back since makes nobody wait longer than once.
        last = min(kept.get("start", 0), now)
        until = min(kept.get("until", 0), now + LONGEST_REST)
        wait = max(last + interval, until) - now
        if now + wait > self.deadline:
            raise SourceError(
                f"{self.pace.name} wants to be left alone for {max(1, round(wait))} seconds.",
                unavailable=True,
                retry_after=wait,
            )
        # A sleep may end a little early; a clock may be coarse.
        while wait > 0:
            access.sleep(wait)
            wait = max(last + interval, until) - access.clock()
        self._write({**kept, "start": access.clock(), "until": 0})

    def rest(self, seconds):
        """No request by any process for some seconds."""
        until = self.pace.access.clock() + min(seconds, LONGEST_REST)
        self._write({**self._read(), "until": until})

    def obey(self, limit, interval):
        """Keeps to `limit` requests in `interval` seconds from now on."""
        if limit > 0 and interval > 0:
            self._write({**self._read(), "interval": min(interval / limit, LONGEST_INTERVAL)})

    def _read(self):
        kept = {}
        # Whatever else may stand there, a pace is kept: the file is only ever a number or three.
        with suppress(ValueError):
            kept = json.loads(os.pread(self.file, 1000, 0))
        if not isinstance(kept, dict):
            return {}
        return {key: value for key, value in kept.items() if isinstance(value, int | float)}

    def _write(self, kept):
        text = json.dumps(kept).encode()
        try:
            os.pwrite(self.file, text, 0)
            os.ftruncate(self.file, len(text))
        except OSError as error:
            raise self.pace.unwritable(error) from None
