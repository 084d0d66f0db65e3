import re

from django import template
from django.conf import settings
from django.core.paginator import Paginator
from django.utils.formats import number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from papers.paging import PARAMETERS

register = template.Library()

_RANGE = re.compile(r"(?<=\d)-(?=\d)")


@register.filter
def byline(paper, most=3):
    """The first authors of a paper, and that there are more where there are."""
    names = paper.authors or []
    if len(names) > most or paper.authors_incomplete:
        return _("%(names)s et al.") % {"names": join_names(names[:most])}
    return join_names(names)


@register.filter
def join_names(names):
    return ", ".join(names)


@register.filter
def published_in(paper):
    """Venue, volume, issue and pages, as far as they are known: Journal 21 (140), 1–67."""
    text = paper.venue
    if paper.volume:
        text += f" {paper.volume}"
    if paper.issue:
        text += f" ({paper.issue})"
    if paper.pages:
        pages = _RANGE.sub("–", paper.pages)
        text += f", {pages}" if text else pages
    return text.strip()


@register.filter
def lang(code):
    """A language code as HTML writes it: zh-Hans for zh-hans."""
    return "-".join(part.title() if len(part) == 4 else part for part in code.split("-"))


@register.simple_tag(takes_context=True)
def in_languages(context, *, absolute=False):
    """This page in each language: code, name, URL, and whether it is the one being read.

    absolute: with scheme and host and without query, for canonical and alternate links.
    """
    request = context["request"]
    path = request.path if absolute else request.get_full_path()
    bare = path.removeprefix(f"/{get_language()}") if _has_prefix(request) else path
    pages = []
    for code, name in settings.LANGUAGES:
        url = bare if code == settings.LANGUAGE_CODE else f"/{code}{bare}"
        if absolute:
            url = request.build_absolute_uri(url)
        pages.append({"code": code, "name": name, "url": url, "here": code == get_language()})
    return pages


def _has_prefix(request):
    return request.path_info.startswith(f"/{get_language()}/")


@register.simple_tag(takes_context=True)
def is_preview(context):
    match = context["request"].resolver_match
    return bool(match) and match.namespace == "preview"


@register.simple_tag(takes_context=True)
def removed(context, name):
    """The query string of this page without one condition, and from the first page."""
    query = context["request"].GET.copy()
    for gone in (name, *PARAMETERS):
        query.pop(gone, None)
    return f"?{query.urlencode()}" if query else context["request"].path


@register.simple_tag
def tally(count, *, more=False):
    """How many papers there are. more: that there are more than these."""
    number = number_format(count, force_grouping=True)
    if more:
        return _("More than %(n)s papers") % {"n": number}
    return ngettext("%(n)s paper", "%(n)s papers", count) % {"n": number}


@register.inclusion_tag("papers/_pagination.html", takes_context=True)
def pagination(context, page):
    """The ways from a page of paging.py to the others of its list."""
    return {"page": page, "request": context["request"], "gap": Paginator.ELLIPSIS}
