from django.utils.functional import SimpleLazyObject

from papers.models import ReadingList


def site(request):
    """The list's profile, read once where a template uses it."""
    return {"reading_list": SimpleLazyObject(lambda: ReadingList.objects.first() or ReadingList())}
