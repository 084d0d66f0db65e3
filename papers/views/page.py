"""What all pages of the public site have in common."""

from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.http import require_safe

from papers.caching import etag_for, memorable
from papers.compression import compress_response

PREVIEW = "preview"


def page(view):
    """Serves a view to the public, and below /preview/ to curators.

    The view is called with `preview`: whether it may show what is not public. `request.state` is
    what it may remember things by: see caching.memorable. Public pages never look at who is
    asking, so they set no cookie and any cache can hold them: our own does, see page_cache.py. A
    view that does not want its response to be kept sets Cache-Control, to no-store.
    """

    @wraps(view)
    @require_safe
    def served(request, **kwargs):
        if any("\0" in name for name in kwargs.values()):
            # No name has this in it, and PostgreSQL refuses to be asked for it.
            raise Http404
        preview = request.resolver_match.namespace == PREVIEW
        if preview and not _may_preview(request.user):
            return redirect_to_login(request.get_full_path(), reverse("admin:login"))
        # Read before the page is made: a change in between makes it look older, never newer.
        state = etag_for(request)
        request.state = memorable(state)
        if preview:
            response = view(request, preview=True, **kwargs)
            response["Cache-Control"] = "private, no-store"
            response["X-Robots-Tag"] = "noindex"
            return response
        response = get_conditional_response(request, etag=state)
        if response is None:
            response = view(request, preview=False, **kwargs)
            compress_response(request, response)
        patch_vary_headers(response, ["Accept-Encoding"])
        if not response.has_header("Cache-Control"):
            response["ETag"] = state
            # Caches must ask each time, so that a change is public at once.
            response["Cache-Control"] = "no-cache"
        return response

    return served


def _may_preview(user):
    return user.is_active and user.is_staff and user.has_perm("papers.view_paper")
