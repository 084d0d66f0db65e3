"""What sources have to know of the site that asks. No Django here: the caller fills it in."""

import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from urllib.parse import urlsplit

ARXIV_URL = "https://export.arxiv.org/api/query"
CROSSREF_URL = "https://api.crossref.org"
PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """How sources are reached.

    folder: for what has to outlive a process, the pace and the answers of a day, shared by all
    processes of a site; contact: an e-mail address that registries may write to; patience:
    seconds that one question may take, with all waiting; cache: an object with `get(key)` and
    `set(key, value, seconds)` in place of the file in `folder`.
    """

    folder: Path
    contact: str = ""
    arxiv_url: str = ARXIV_URL
    crossref_url: str = CROSSREF_URL
    patience: float = 100
    cache: object = None
    clock: Callable = time.time
    sleep: Callable = time.sleep
    resolve: Callable = socket.getaddrinfo

    @property
    def named(self):
        """Hosts and ports that the settings name: these may be private."""
        urls = [urlsplit(url) for url in (self.arxiv_url, self.crossref_url)]
        return {(url.hostname, url.port or PORTS.get(url.scheme)) for url in urls}

    @property
    def user_agent(self):
        try:
            package = metadata("reading-list")
        except PackageNotFoundError:  # run from a checkout that was never installed
            return self._agent("reading-list", [])
        urls = [url.partition(",")[2].strip() for url in package.get_all("Project-URL") or []]
        return self._agent(f"reading-list/{package['Version']}", urls[:1])

    def _agent(self, product, notes):
        notes = [*notes, f"mailto:{self.contact}"] if self.contact else notes
        return f"{product} ({'; '.join(notes)})" if notes else product
