"""Reads settings from environment variables.

Each function returns the variable's value, or `default` where the variable is unset or
empty, and raises ImproperlyConfigured with a sentence that names the variable where the value
cannot be what was meant.
"""

import os
import re
import secrets
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}

HOST = re.compile(r"\*|\[[0-9a-f:.]+\]|\.?[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?", re.IGNORECASE)
ORIGIN = re.compile(r"https?://(\*\.)?[^\s/?#@\\]+", re.IGNORECASE)

EMAIL = re.compile(r"[^\s@<>(),;:\"]+@[^\s@<>(),;:\"]+\.[a-z0-9-]{2,}", re.IGNORECASE)

#: Seconds that a connection to the database serves one request after the other.
CONN_MAX_AGE = 60
DATABASE_ENGINES = {"django.db.backends.postgresql", "django.db.backends.sqlite3"}
CACHE_BACKENDS = {
    "locmem": "django.core.cache.backends.locmem.LocMemCache",
    "dummy": "django.core.cache.backends.dummy.DummyCache",
    "file": "django.core.cache.backends.filebased.FileBasedCache",
    "redis": "django.core.cache.backends.redis.RedisCache",
    "rediss": "django.core.cache.backends.redis.RedisCache",
    "unix": "django.core.cache.backends.redis.RedisCache",
}


def text(name, default=""):
    return os.environ.get(name, "").strip() or default


def boolean(name, *, default):
    value = text(name).lower()
    if not value:
        return default
    if value in TRUE | FALSE:
        return value in TRUE
    raise ImproperlyConfigured(f"{name} must be one of true or false, not {value!r}.")


def integer(name, *, default):
    value = text(name)
    if not value:
        return default
    if value.isascii() and value.isdecimal():
        return int(value)
    raise ImproperlyConfigured(f"{name} must be a whole number, 0 or more, not {value!r}.")


def names(name, *, default):
    """A comma-separated list."""
    return [part.strip() for part in text(name).split(",") if part.strip()] or default


def choice(name, choices, *, default):
    value = text(name, default)
    if value in choices:
        return value
    raise ImproperlyConfigured(f"{name} must be one of {', '.join(choices)}, not {value!r}.")


def hosts(name, *, default):
    """A comma-separated list of host names, as in Django's ALLOWED_HOSTS."""
    values = names(name, default=default)
    for value in values:
        if not HOST.fullmatch(value):
            raise ImproperlyConfigured(
                f"{name} must list host names such as papers.example.org, without scheme, port"
                f" or path, not {value!r}."
            )
    return values


def origins(name, *, default):
    """A comma-separated list of origins: scheme and host, such as https://papers.example.org."""
    values = [value.rstrip("/") for value in names(name, default=default)]
    for value in values:
        if not ORIGIN.fullmatch(value):
            raise ImproperlyConfigured(
                f"{name} must list origins such as https://papers.example.org, not {value!r}."
            )
    return values


def web_address(name, *, default):
    """The URL of a service, without query: scheme, host, perhaps a port and a path."""
    value = text(name, default)
    try:
        parts = urlsplit(value)
        port_can_be = parts.port is None or parts.port > 0
    except ValueError:  # no number, or brackets that do not match
        port_can_be = False
    if not port_can_be or not ORIGIN.match(value) or re.search(r"[\s?#@*\\]", value):
        # The value is not repeated: it may hold a password, which has no place here either.
        raise ImproperlyConfigured(
            f"{name} must be a web address such as https://example.org/api, without user and query."
        )
    return value.rstrip("/")


def email(name):
    """An e-mail address, or "" where none is given."""
    value = text(name)
    if value and not (value.isascii() and EMAIL.fullmatch(value)):
        raise ImproperlyConfigured(
            f"{name} must be an e-mail address such as list@example.org, not {value!r}."
        )
    return value


def time_zone(name, *, default):
    value = text(name, default)
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ImproperlyConfigured(
            f"{name} must be a time zone such as Europe/Berlin, not {value!r}."
        ) from None
    return value


def database(name, *, default):
    """A database URL as a DATABASES entry; see dj-database-url for its spelling."""
    value = text(name)
    if not value:
        return default
    try:
        config = dj_database_url.parse(value, conn_max_age=CONN_MAX_AGE, conn_health_checks=True)
    except ValueError:  # UnknownSchemeError and ParseError are both
        config = {}
    # The value is not repeated: it may hold a password.
    if config.get("ENGINE") not in DATABASE_ENGINES or not config["NAME"]:
        raise ImproperlyConfigured(
            f"{name} must be a URL such as postgres://user:password@host/name or"
            " sqlite:////folder/file; special characters in its parts are percent-encoded."
        )
    if config["ENGINE"].endswith("postgresql"):
        _need(name, "psycopg", extra="postgresql")
    return config


def cache(name, *, entries):
    """A cache URL as a CACHES entry: locmem://, dummy://, file:///folder, redis://host:6379/0.

    entries: how many it must hold, where it does not know of its own.
    """
    value = text(name, "locmem://")
    scheme, _, rest = value.partition("://")
    if scheme not in CACHE_BACKENDS or not (rest or scheme in {"locmem", "dummy"}):
        raise ImproperlyConfigured(
            f"{name} must be locmem://, dummy://, file:///folder, redis://host:port/number,"
            " rediss:// or unix://, with what belongs after it."
        )
    options = {"MAX_ENTRIES": entries}
    if scheme in {"redis", "rediss", "unix"}:
        _need(name, "redis", extra="redis")
        rest = value
        # Pages can be made without it, in less time than this.
        options = {"socket_connect_timeout": 1, "socket_timeout": 1}
    return {"BACKEND": CACHE_BACKENDS[scheme], "LOCATION": rest, "OPTIONS": options}


def _need(name, package, *, extra):
    if not find_spec(package):
        raise ImproperlyConfigured(
            f"{name} needs the package {package}, which is not installed:"
            f" pip install 'reading-list[{extra}]'."
        )


def folder(name, *, default):
    """A folder, made when it is missing."""
    path = Path(text(name, str(default))).expanduser().absolute()
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"{name}: the folder {path} cannot be made ({error.strerror})."
        ) from None
    if not os.access(path, os.W_OK | os.X_OK):
        raise ImproperlyConfigured(f"{name}: the folder {path} cannot be written to.")
    return path


def secret_key(name, path):
    """The variable's value, else the file's, which is made with mode 0600 on the first start."""
    value = text(name)
    if value:
        return value
    try:
        kept = _kept_secret(path)
    except OSError as error:
        raise ImproperlyConfigured(
            f"{name} is not set, and {path} cannot be used in its place ({error.strerror})."
        ) from None
    if not kept:
        raise ImproperlyConfigured(
            f"{name} is not set, and {path} is empty: delete it, and a new one is made."
        )
    return kept


def _kept_secret(path):
    if not path.exists():
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(64), encoding="ascii")
        # link() fails where another process was first: then theirs is the key.
        try:
            path.hardlink_to(draft)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text(encoding="ascii").strip()
