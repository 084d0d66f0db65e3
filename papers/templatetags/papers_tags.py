from html import escape

from django import template
from django.conf import settings
from django.core.paginator import Paginator
from django.utils.formats import number_format
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from papers import remembering, saved
from papers.addressing import addresses
from papers.cards import entries_html, listed_html, note_html, tags_html
from papers.facet_groups import groups_html
from papers.filters import fields_html
from papers.query_strings import QueryString
from papers.wording import byline, join_names, lang, papers_counted, published_in

register = template.Library()

for _function in (byline, join_names, lang, published_in):
    register.filter(_function.__name__, _function)


@register.simple_tag(takes_context=True)
def entries(context, rows, *, heading, anchors=False):
    """The entries of a section as list items."""
    return entries_html(rows, _addresses(context), heading=heading, anchors=anchors)


@register.simple_tag
def listed(rows, *, marks=None):
    """The papers of a list as list items. marks: as cards.listed_html wants them."""
    return listed_html(rows, marks)


@register.simple_tag
def filter_fields(fields, linked):
    """The fields that a list of papers is narrowed by."""
    return fields_html(fields, linked)


@register.simple_tag
def facet_groups(groups, *, more=False):
    """What a list of papers can be narrowed by, as links with counts."""
    return groups_html(groups, more=more)


@register.simple_tag(takes_context=True)
def tag_list(context, rows):
    """Tags, (slug, name, number of papers), as list items."""
    return tags_html(rows, _addresses(context))


@register.simple_tag
def note(text):
    """A curator's note."""
    return note_html(text)


def _addresses(context):
    return addresses(preview=is_preview(context))


class KeptNode(template.Node):
    # No blocks to be filled stand in it: who extends a template need not look for them here.
    child_nodelists = ()

    def __init__(self, nodes, values):
        self.nodelist, self.values = nodes, values

    def render(self, context):
        name = tuple(value.resolve(context) for value in self.values)
        state = getattr(context.get("request"), "state", None)
        return remembering.text(state, name, lambda: self.nodelist.render(context))


@register.tag
def kept(parser, token):
    """`{% kept "name" value … %}…{% endkept %}`: made once in each state of the list.

    What stands between must depend on nothing but that state, the language and these values.
    """
    values = [parser.compile_filter(value) for value in token.split_contents()[1:]]
    nodes = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(nodes, values)


@register.simple_tag(takes_context=True)
def languages(context):
    """Links to this page in each language, as list items."""
    request = context["request"]
    own = []
    for (code, name), url in _in_languages(request, request.get_full_path()):
        tag = lang(code)
        if code == get_language():
            own.append(f'<li><span lang="{tag}" aria-current="true">{name}</span></li>\n')
        else:
            own.append(
                f'<li><a href="{escape(url)}" lang="{tag}" hreflang="{tag}">{name}</a></li>\n'
            )
    return mark_safe("".join(own))  # noqa: S308 - the address is escaped, the rest are settings


@register.simple_tag(takes_context=True)
def alternate_links(context):
    """Of this page, without its query: where it is kept, and where in which language."""
    request = context["request"]
    here = f"{request.scheme}://{request.get_host()}"
    pages = {code: escape(here + url) for (code, _), url in _in_languages(request, request.path)}
    own = [
        f'<link rel="canonical" href="{pages[get_language()]}">',
        *(
            f'<link rel="alternate" hreflang="{lang(code)}" href="{url}">'
            for code, url in pages.items()
        ),
        f'<link rel="alternate" hreflang="x-default" href="{pages[settings.LANGUAGE_CODE]}">',
    ]
    return mark_safe("\n".join(own))  # noqa: S308 - escaped in these lines


def _in_languages(request, path):
    """Each of the languages with the path of this page in it."""
    bare = path.removeprefix(f"/{get_language()}") if _has_prefix(request) else path
    for language in settings.LANGUAGES:
        code = language[0]
        yield language, bare if code == settings.LANGUAGE_CODE else f"/{code}{bare}"


def _has_prefix(request):
    return request.path_info.startswith(f"/{get_language()}/")


@register.simple_tag(takes_context=True)
def is_preview(context):
    match = context["request"].resolver_match
    return bool(match) and match.namespace == "preview"


@register.simple_tag(takes_context=True)
def saved_links(context):
    """For the head of a page of papers: where they can be had in other formats."""
    return saved.links_html(context["request"])


@register.simple_tag(takes_context=True)
def save_as(context):
    """Links to the papers of this page in other formats, as list items."""
    return saved.items_html(context["request"])


@register.simple_tag(takes_context=True)
def removed(context, name):
    """The query string of this page without one condition, and from the first page."""
    return QueryString(context["request"].GET).without(name)


@register.simple_tag
def tally(count, *, more=False):
    """How many papers there are. more: that there are more than these."""
    if more:
        return _("More than %(n)s papers") % {"n": number_format(count, force_grouping=True)}
    return papers_counted(count)


@register.simple_tag(takes_context=True)
def pagination(context, page):
    """The ways from a page of paging.py to the others of its list."""
    if not (page.previous or page.following):
        return ""
    links, pages, word = QueryString(context["request"].GET), _("Pages"), _("Page")
    before = [(page.first, _("First"), ""), (page.previous, _("Previous"), ' rel="prev"')]
    after = [(page.following, _("Next"), ' rel="next"'), (page.last, _("Last"), "")]
    items = [
        *(_way(links.at(place), words, rel) for place, words, rel in before if place),
        *(_number(number, page.number, links, word) for number in page.numbers),
        *(_way(links.at(place), words, rel) for place, words, rel in after if place),
    ]
    return mark_safe(  # noqa: S308 - addresses and words are escaped where they are written
        f'<nav class="pagination" aria-label="{escape(pages)}">\n<ul>\n'
        f"{''.join(items)}</ul>\n</nav>"
    )


def _way(link, words, rel):
    return f'<li><a href="{escape(link)}"{rel}>{escape(words)}</a></li>\n'


def _number(number, here, links, word):
    said = f'<span class="visually-hidden">{escape(word)} </span>{number}'
    if number == here:
        return f'<li><span aria-current="page">{said}</span></li>\n'
    if number == Paginator.ELLIPSIS:
        return f'<li><span class="gap">{number}</span></li>\n'
    return f'<li><a href="{escape(links.with_(page=number))}">{said}</a></li>\n'
