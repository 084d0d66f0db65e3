"""What is worked out once in each state of the list, and then remembered by this process."""

from functools import lru_cache, wraps

from django.utils.translation import get_language

_all = []
_texts = {}
#: So many texts are remembered at most.
TEXTS = 2000


def remembered(size):
    """For functions whose first argument is a state of the list: see caching.memorable.

    What they return depends on that state, the language now spoken and their other arguments;
    it is shared, and must not be changed. Without a state nothing is remembered.
    """

    def decorate(function):
        @lru_cache(maxsize=size)
        def remember(language, *arguments):
            return function(*arguments)

        @wraps(function)
        def ask(state, *arguments):
            if state is None:
                return function(state, *arguments)
            return remember(get_language(), state, *arguments)

        _all.append(remember)
        return ask

    return decorate


def text(state, name, make):
    """The text that `make` gives, which depends on the state, the language and its `name` only."""
    if state is None:
        return make()
    key = (state, get_language(), name)
    if (known := _texts.get(key)) is None:
        if len(_texts) >= TEXTS:
            _texts.clear()
        known = _texts[key] = make()
    return known


def forget():
    """For a database that begins anew, and so calls another state by the same name."""
    _texts.clear()
    for remember in _all:
        remember.cache_clear()
