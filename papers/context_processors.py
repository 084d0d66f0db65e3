from django.utils.functional import SimpleLazyObject

from papers.models import ReadingList
from papers.remembering import remembered

_TEXTS = ("title", "tagline", "introduction", "licence", "licence_url", "contact")


def site(request):
    """The list's profile, read where a template uses it, and once in each state of the list."""
    return {"reading_list": SimpleLazyObject(lambda: profile(getattr(request, "state", None)))}


@remembered(8)
def profile(state):
    """The list's texts by name, in the language now spoken."""
    # A plain mapping: to find out which language has a text takes its time.
    found = ReadingList.objects.first() or ReadingList()
    return {name: getattr(found, name) for name in _TEXTS}
