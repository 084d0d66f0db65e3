from dataclasses import dataclass

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.core.paginator import EmptyPage, PageNotAnInteger
from django.db.models import Max
from django.urls import reverse

from papers.addressing import addresses
from papers.journal.models import Change
from papers.models import Paper, Section, Tag

#: A page of a sitemap has this many ids, and each of their pages in all languages.
IDS = 2000


class LanguageSitemap(Sitemap):
    """Every page in every language, each naming its twins."""

    i18n = True
    alternates = True
    x_default = True


class PageSitemap(LanguageSitemap):
    def items(self):
        return ["papers:home", "papers:papers", "papers:tags", "papers:about"]

    def location(self, item):
        return reverse(item)


class TableSitemap(LanguageSitemap):
    """The pages of one table's rows. Subclasses give `rows`, and `location` of one."""

    def rows(self):
        raise NotImplementedError

    @property
    def paginator(self):
        return IdPages(self.rows())


class SectionSitemap(TableSitemap):
    def rows(self):
        return Section.objects.visible().only("slug")

    def location(self, section):
        return addresses(preview=False).section(section.slug)


class TagSitemap(TableSitemap):
    def rows(self):
        return Tag.objects.used().only("slug")

    def location(self, tag):
        return addresses(preview=False).tag(tag.slug)


class PaperSitemap(TableSitemap):
    def rows(self):
        return Paper.objects.visible().only("key", "updated_at")

    def location(self, paper):
        return addresses(preview=False).paper(paper.key)

    def lastmod(self, paper):
        return paper.updated_at

    def get_latest_lastmod(self):
        # That of the whole list, which is at hand.
        return Change.objects.order_by("-pk").values_list("at", flat=True).first()


@dataclass
class IdPage:
    object_list: list


class IdPages:
    """Django's Paginator for sitemaps, by ranges of ids: no row is counted, none is skipped."""

    def __init__(self, rows):
        self.rows = rows

    @property
    def num_pages(self):
        last = self.rows.model.objects.aggregate(last=Max("pk"))["last"] or 0
        return max(1, -(-last // IDS))

    def page(self, number):
        try:
            number = int(number)
        except ValueError as error:
            raise PageNotAnInteger from error
        if not 1 <= number <= self.num_pages:
            raise EmptyPage
        rows = self.rows.filter(pk__gt=(number - 1) * IDS, pk__lte=number * IDS).order_by("pk")
        return IdPage([(row, code) for row in rows for code, _ in settings.LANGUAGES])


SITEMAPS = {
    "pages": PageSitemap,
    "sections": SectionSitemap,
    "tags": TagSitemap,
    "papers": PaperSitemap,
}
