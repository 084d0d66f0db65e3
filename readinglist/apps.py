from django.contrib.admin.apps import AdminConfig


class ReadingListAdminConfig(AdminConfig):
    default_site = "papers.admin_site.ListAdminSite"
