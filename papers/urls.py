from django.urls import path, register_converter

from papers.saved import SuffixConverter
from papers.views import browse, feeds, home, paper, saving, section, tags

register_converter(SuffixConverter, "suffix")

app_name = "papers"

urlpatterns = [
    path("", home.home, name="home"),
    path("about/", home.about, name="about"),
    path("papers.<suffix:suffix>", saving.papers, name="papers-saved"),
    path("papers/<str:key>.<suffix:suffix>", saving.paper, name="paper-saved"),
    path("sections/<str:slug>.<suffix:suffix>", saving.section, name="section-saved"),
    path("tags/<str:slug>.<suffix:suffix>", saving.tag, name="tag-saved"),
    path("sections/<str:slug>/", section.section, name="section"),
    path("papers/", browse.papers, name="papers"),
    path("papers/<str:key>/", paper.paper, name="paper"),
    path("feeds/newest.atom", feeds.newest, name="feed"),
    path("feeds/sections/<str:slug>.atom", feeds.section, name="section-feed"),
    path("feeds/tags/<str:slug>.atom", feeds.tag, name="tag-feed"),
    path("tags/", tags.tags, name="tags"),
    path("tags/<str:slug>/", tags.tag, name="tag"),
]
