from django.conf import settings
from django.utils import translation
from django.utils.translation import get_language_from_path


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
