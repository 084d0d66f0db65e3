from functools import lru_cache

from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from papers.models import ReadingList

_TEXTS = ("title", "tagline", "introduction", "licence", "licence_url", "contact")


def site(request):
    """The list's profile, read where a template uses it, and once in each state of the list."""
    return {"reading_list": SimpleLazyObject(lambda: _profile(getattr(request, "state", None)))}


def _profile(state):
    return _remembered(state, get_language()) if state else _read()


@lru_cache(maxsize=8)
def _remembered(state, language):
    return _read()


#: For a database that begins anew, and so calls another state by the same name.
forget = _remembered.cache_clear


def _read():
    # A plain mapping: to find out which language has a text takes its time.
    profile = ReadingList.objects.first() or ReadingList()
    return {name: getattr(profile, name) for name in _TEXTS}
