"""Says of a public page which state of the list and of this software it shows."""

import hashlib
from functools import cache
from importlib.metadata import distributions

from django.conf import settings
from django.db import connection

from papers.journal.models import Change

#: What pages and their headers are made of, beside the list and this software.
SETTINGS = (
    *("ALLOWED_HOSTS", "DEBUG", "SECURE_HSTS_SECONDS", "SECURE_SSL_REDIRECT", "STATIC_URL"),
    "TIME_ZONE",
)


#: Where in a request's environment stands the entity tag that was found out before Django was
#: asked, or None.
STATE = "reading_list.state"


def etag_for(request):
    """The entity tag for a page that is now to be made."""
    return request.META.get(STATE) or etag()


def etag():
    """The entity tag of every public page (RFC 9110, 8.8.3), the same until anything changes.

    A page depends on nothing but its URL, the list's state and this release. Weak, because a
    proxy may compress the page.
    """
    return f'W/"{Change.objects.state()}-{_release()}"'


def is_state(tag):
    """Whether an entity tag is one that etag() of this release has given."""
    return tag.endswith(f'-{_release()}"')


def memorable(state):
    """What pages may be remembered by: the state, but None within a transaction, where the list
    can be another already."""
    return None if connection.in_atomic_block else state


@cache
def _release():
    """A digest of all that pages are made with, so that a new release is a new state."""
    # With the secret key, which another site has not that shares the cache or the address.
    digest = hashlib.blake2b(settings.SECRET_KEY.encode(), digest_size=8)
    digest.update(repr([getattr(settings, name) for name in SETTINGS]).encode())
    packages = sorted(f"{package.name} {package.version}" for package in distributions())
    digest.update(repr(packages).encode())
    for folder in ("papers", "readinglist", "templates"):
        for path in sorted((settings.BASE_DIR / folder).rglob("*")):
            if path.suffix in {".py", ".html", ".css", ".js", ".svg", ".mo"}:
                digest.update(path.read_bytes())
    return digest.hexdigest()
