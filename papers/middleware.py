from django.conf import settings
from django.utils import translation
from django.utils.translation import get_language_from_path


class ContentSecurityPolicy:
    """Says what a page may load and run: the same of all pages, so put together only once."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.policy = "; ".join(settings.CONTENT_SECURITY_POLICY)

    def __call__(self, request):
        response = self.get_response(request)
        # The pages by which Django explains an error to developers are styled within.
        if not (settings.DEBUG and response.status_code in {404, 500}):
            response.headers.setdefault("Content-Security-Policy", self.policy)
        return response


class LanguageFromPath:
    """Speaks the language that the path names, else the default: never a cookie's, never the
    browser's. So a URL is one page, the same for everybody, and any cache can hold it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        language = get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response
