from django.contrib.sitemaps import Sitemap
from django.db.models import Max
from django.urls import reverse

from papers.models import Paper, Section, Tag


class LanguageSitemap(Sitemap):
    """Every page in every language, each naming its twins."""

    i18n = True
    alternates = True
    x_default = True
    limit = 5000  # a page of the sitemap holds this many pages, in all languages


class PageSitemap(LanguageSitemap):
    def items(self):
        return ["papers:home", "papers:papers", "papers:tags", "papers:about"]

    def location(self, item):
        return reverse(item)


class SectionSitemap(LanguageSitemap):
    def items(self):
        return Section.objects.visible().order_by("pk")


class TagSitemap(LanguageSitemap):
    def items(self):
        return Tag.objects.visible().order_by("pk")


class PaperSitemap(LanguageSitemap):
    def items(self):
        return Paper.objects.visible().only("key", "updated_at").order_by("pk")

    def lastmod(self, paper):
        return paper.updated_at

    def get_latest_lastmod(self):
        return Paper.objects.visible().aggregate(latest=Max("updated_at"))["latest"]


SITEMAPS = {
    "pages": PageSitemap,
    "sections": SectionSitemap,
    "tags": TagSitemap,
    "papers": PaperSitemap,
}
