"""The addresses of the pages that lists link to, without a search through all URLs for each."""

from functools import lru_cache
from urllib.parse import quote

from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language

_PLACE = "PLACE"
#: What Django leaves as it is in a path.
_SAFE = "!$&'()*+,;=/~:@"


class Addresses:
    """The pages of papers, sections and tags, by their keys and slugs, in one language.

    papers: of the list of papers.
    """

    def __init__(self, preview):
        current = "preview" if preview else None
        self._around = {
            name: reverse(f"papers:{name}", args=[_PLACE], current_app=current).rsplit(_PLACE, 1)
            for name in ("paper", "section", "tag")
        }
        self.papers = reverse("papers:papers", current_app=current)

    def paper(self, key):
        return self._address("paper", key)

    def section(self, slug):
        return self._address("section", slug)

    def tag(self, slug):
        return self._address("tag", slug)

    def _address(self, name, text):
        before, after = self._around[name]
        return f"{before}{_quoted(text)}{after}"


def addresses(*, preview):
    """The addresses in the language now spoken, and below /preview/ with `preview`."""
    return _remembered(preview, get_language(), get_script_prefix())


@lru_cache(maxsize=10_000)
def _quoted(text):
    return quote(text, safe=_SAFE)


@lru_cache(maxsize=32)
def _remembered(preview, language, prefix):
    return Addresses(preview)
