"""What was pasted or uploaded, kept on the server from its preview until it is added.

A folder of its own for each in DATA_DIR, named by a word that cannot be guessed and meant for
one user. It goes after a day, or when the user has brought in ten others since.
"""

import fcntl
import json
import re
import secrets
import shutil
import time
from contextlib import contextmanager, suppress

from django.conf import settings

from papers.formats import jsonl
from papers.records import Problem

DAY = 24 * 3600
#: So many are kept for one user.
MOST = 10
_NAME = re.compile(r"[A-Za-z0-9_-]{22}")


class Kept:
    """One text: the text itself, the items that were read in it, and `about`, a dict that JSON
    can hold, with what there is to say of it."""

    def __init__(self, folder):
        self.folder = folder
        self.about = {}

    @classmethod
    def make(cls, user, text):
        """Keeps a text for a user; puts away what is too old."""
        _put_away(user)
        kept = cls(_home() / secrets.token_urlsafe(16))
        kept.folder.mkdir(mode=0o700, parents=True)
        with (kept.folder / "text").open("w", encoding="utf-8", errors="replace") as file:
            file.write(text)
        kept.about = {"user": user.pk}
        return kept

    @classmethod
    def find(cls, user, name):
        """The one of this name, or None where there is none for this user (any more)."""
        if not _NAME.fullmatch(name):
            return None
        kept = cls(_home() / name)
        try:
            kept._read()
        except (OSError, ValueError):
            return None
        return kept if kept.about["user"] == user.pk and not _is_old(kept.folder) else None

    @property
    def name(self):
        return self.folder.name

    @property
    def text(self):
        return (self.folder / "text").read_text(encoding="utf-8")

    @property
    def size(self):
        """Of the text, in bytes."""
        return (self.folder / "text").stat().st_size

    def save(self):
        # Renamed when it is whole: a reader sees the old or the new, and nothing in between.
        new = self.folder / "about.new"
        new.write_text(json.dumps(self.about), encoding="utf-8")
        new.rename(self.folder / "about")

    def remove(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    @contextmanager
    def locked(self):
        """Within, nobody else is; `about` is as the last one left it."""
        with (self.folder / "lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            self._read()
            yield

    def _read(self):
        self.about = json.loads((self.folder / "about").read_text(encoding="utf-8"))

    # --- Items ---

    def recording(self, items):
        """The same items, each written down as it passes."""
        with (self.folder / "items").open("w", encoding="utf-8", errors="replace") as file:
            for item in items:
                file.write(_line(item))
                yield item

    def items(self):
        """The items that were written down, each as it was."""
        with (self.folder / "items").open(encoding="utf-8", newline="\n") as file:
            for line in file:
                yield _item(line)


def _line(item):
    place = getattr(item, "line", None)
    if isinstance(item, Problem):
        kept = [place, item.reason, item.text, item.lost]
        return json.dumps(kept) + "\n"
    return f"{json.dumps(place)} {next(jsonl.write([item]))}"


def _item(line):
    if line.startswith("["):
        place, reason, text, lost = json.loads(line)
        return Problem(line=place, reason=reason, text=text, lost=lost)
    place, _space, rest = line.partition(" ")
    item = next(jsonl.read([rest]))
    if hasattr(item, "line"):
        item.line = json.loads(place)
    return item


# --- Putting away ---


def _home():
    return settings.DATA_DIR / "adding"


def _is_old(folder):
    return time.time() - folder.stat().st_mtime > DAY


def _put_away(user):
    _home().mkdir(mode=0o700, parents=True, exist_ok=True)
    own = []
    for folder in list(_home().iterdir()):
        # Another process may be doing the same.
        with suppress(OSError, ValueError, KeyError):
            if _is_old(folder):
                shutil.rmtree(folder)
            elif json.loads((folder / "about").read_text(encoding="utf-8"))["user"] == user.pk:
                own.append((folder.stat().st_mtime, folder))
    for _time, folder in sorted(own)[: -(MOST - 1)]:
        shutil.rmtree(folder, ignore_errors=True)
