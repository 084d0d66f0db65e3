"""The formats that every page of papers can be had in, by what its address ends with then."""

from html import escape

from django.urls.converters import StringConverter
from django.utils.safestring import mark_safe

from papers.query_strings import QueryString

#: Suffixes: the name in formats.FORMATS, and the media type.
SUFFIXES = {
    "bib": ("bibtex", "application/x-bibtex"),
    "ris": ("ris", "application/x-research-info-systems"),
    "json": ("csl", "application/vnd.citationstyles.csl+json"),
    "csv": ("csv", "text/csv"),
    "md": ("markdown", "text/markdown"),
}
#: What readers call them.
NAMES = {"bib": "BibTeX", "ris": "RIS", "json": "CSL-JSON", "csv": "CSV", "md": "Markdown"}


class SuffixConverter(StringConverter):
    """Of URLs: one of SUFFIXES."""

    regex = "|".join(SUFFIXES)


def addresses(request):
    """Where the papers of this page can be had: (name, media type, URL) of each format."""
    path = request.path.rstrip("/")
    query = QueryString(request.GET).without().removeprefix("?")
    end = f"?{query}" if query else ""
    return [
        (NAMES[suffix], media_type, f"{path}.{suffix}{end}")
        for suffix, (_, media_type) in SUFFIXES.items()
    ]


# --- Writing: addresses come from outside, and go through `escape` ---


def links_html(request):
    """For the head of a page."""
    own = [
        f'\n<link rel="alternate" type="{media_type}" href="{escape(url)}" title="{name}">'
        for name, media_type, url in addresses(request)
    ]
    return mark_safe("".join(own))  # noqa: S308 - escaped in these lines


def items_html(request):
    """Links as list items."""
    own = [
        f'<li><a href="{escape(url)}" type="{media_type}" rel="nofollow" download>{name}</a></li>\n'
        for name, media_type, url in addresses(request)
    ]
    return mark_safe("".join(own))  # noqa: S308 - escaped in these lines
