from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps import views as sitemap_views
from django.urls import include, path

from papers.sitemaps import SITEMAPS
from papers.views import site

handler400 = site.bad_request
handler403 = site.permission_denied
handler404 = site.page_not_found
handler500 = site.server_error

urlpatterns = [
    path("healthz", site.healthz, name="healthz"),
    path("robots.txt", site.robots, name="robots"),
    path("sitemap.xml", sitemap_views.index, {"sitemaps": SITEMAPS}, name="sitemap-index"),
    path(
        "sitemap-<section>.xml",
        sitemap_views.sitemap,
        {"sitemaps": SITEMAPS},
        name="django.contrib.sitemaps.views.sitemap",
    ),
    *i18n_patterns(
        path("admin/", admin.site.urls),
        # The same pages for curators, with what is not public yet.
        path("preview/", include("papers.urls", namespace="preview")),
        path("", include("papers.urls")),
        prefix_default_language=False,
    ),
]
