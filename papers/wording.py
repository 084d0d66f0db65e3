"""How pages and lists word what is known of a paper."""

import re
from functools import lru_cache

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

_RANGE = re.compile(r"(?<=\d)-(?=\d)")


def byline(paper, most=3):
    """The first authors of a paper, and that there are more where there are."""
    names = paper.authors or []
    if len(names) > most or paper.authors_incomplete:
        return _("%(names)s et al.") % {"names": join_names(names[:most])}
    return join_names(names)


def join_names(names):
    return ", ".join(names)


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


def papers_counted(count):
    """So many papers, in words."""
    number = number_format(count, force_grouping=True)
    return ngettext("%(n)s paper", "%(n)s papers", count) % {"n": number}


@lru_cache(maxsize=100)
def lang(code):
    """A language code as HTML writes it: zh-Hans for zh-hans."""
    return "-".join(part.title() if len(part) == 4 else part for part in code.split("-"))
