from django.urls import path

from papers.views import browse, home, paper, section, tags

app_name = "papers"

urlpatterns = [
    path("", home.home, name="home"),
    path("about/", home.about, name="about"),
    path("sections/<str:slug>/", section.section, name="section"),
    path("papers/", browse.papers, name="papers"),
    path("papers/<str:key>/", paper.paper, name="paper"),
    path("tags/", tags.tags, name="tags"),
    path("tags/<str:slug>/", tags.tag, name="tag"),
]
