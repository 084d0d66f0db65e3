"""The WSGI application, for gunicorn and its like: `gunicorn readinglist.wsgi`."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "readinglist.settings")

django = get_wsgi_application()

from papers.page_cache import PageCache  # noqa: E402 - only now are there models

application = PageCache(django)

# What is loaded now stays for good, and need not be looked through for cycles again and again.
gc.collect()
gc.freeze()
