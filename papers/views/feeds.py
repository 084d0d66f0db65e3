"""Atom feeds (RFC 4287): what is new in the list, in a section with all below it, under a tag."""

import re
from html import escape

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from papers.addressing import addresses
from papers.cards import cards, notes
from papers.context_processors import profile
from papers.models import Entry, Paper, Tag
from papers.paging import first
from papers.rendering import render
from papers.views.page import page
from papers.views.section import node_or_404
from papers.wording import lang

#: So many of the newest papers are in a feed.
NEWEST = 50
#: Characters that no XML has (https://www.w3.org/TR/xml/#charsets).
_NOT_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class PaperFeed(Atom1Feed):
    """Atom with all authors of an entry, and its note in full."""

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        for name in item["authors"]:
            handler.startElement("author", {})
            handler.addQuickElement("name", name)
            handler.endElement("author")
        if item["content"]:
            handler.addQuickElement("content", item["content"], {"type": "html"})


@page
def newest(request, *, preview):
    """The papers that came to the list last."""
    papers = Paper.objects.visible(preview=preview)
    return _feed(request, "", reverse("papers:home"), papers, preview)


@page
def section(request, slug, *, preview):
    """Those of a section and all below it."""
    node = node_or_404(request, slug, preview=preview)
    sections = [below.section.pk for below in node.walk()]
    entries = Entry.objects.filter(section__in=sections)
    papers = Paper.objects.visible(preview=preview).filter(pk__in=entries.values("paper"))
    link = addresses(preview=preview).section(slug)
    return _feed(request, node.title, link, papers, preview)


@page
def tag(request, slug, *, preview):
    """Those of a tag."""
    found = get_object_or_404(Tag, slug=slug)
    papers = Paper.objects.visible(preview=preview).tagged(found)
    if not (preview or papers.exists()):
        raise Http404(_("There is no such tag."))
    link = addresses(preview=preview).tag(slug)
    return _feed(request, found.name, link, papers, preview)


def _feed(request, about, link, papers, preview):
    """The feed of these papers. about: what part of the list they are, "" for all of it."""
    papers = first(papers.newest(), NEWEST)
    title = profile(request.state)["title"] or _("Reading List")
    feed = PaperFeed(
        title=_xml(f"{about} · {title}" if about else title),
        link=request.build_absolute_uri(link),
        description="",
        language=lang(get_language()),
        feed_url=request.build_absolute_uri(),
        # Where an entry has no author, the feed's own is meant.
        author_name=_xml(title),
        feed_guid=request.build_absolute_uri(request.path),
    )
    ids = [paper.pk for paper in papers]
    known = cards(ids)
    said = {pk: [] for pk in ids}
    for note in notes(ids, [], preview=preview):
        said[note.paper_id].append(note.body)
    # The same in each language is the id of an entry, not its link.
    to = addresses(preview=False)
    with override(settings.LANGUAGE_CODE):
        lasting = addresses(preview=False)
    for paper in papers:
        if card := known.get(paper.pk):
            link, name = (request.build_absolute_uri(way.paper(card.key)) for way in (to, lasting))
            _add(feed, link, name, paper, card, said[paper.pk])
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def _add(feed, link, name, paper, card, notes_on_it):
    # What is given as HTML is escaped here, or sanitised by `render`.
    text = f"<p>{escape(paper.abstract)}</p>" if paper.abstract else ""
    feed.add_item(
        title=_xml(card.title),
        link=link,
        description=None,
        unique_id=name,
        pubdate=paper.listed_at or paper.created_at,
        updateddate=max(paper.updated_at, paper.listed_at or paper.created_at),
        categories=[_xml(tag) for _, tag in card.tags],
        authors=[_xml(author) for author in card.authors],
        content=_xml("".join(map(render, notes_on_it)) + text),
    )


def _xml(text):
    return _NOT_XML.sub("", text)
