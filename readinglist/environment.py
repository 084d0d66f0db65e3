"""Reads settings from environment variables.

Each function returns the variable's value, or `default` where the variable is unset or
empty, and raises ImproperlyConfigured with a sentence that names the variable where the value
cannot be what was meant.
"""

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}

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
    value = text(name)
    return [part.strip() for part in value.split(",") if part.strip()] if value else default


def choice(name, choices, *, default):
    value = text(name, default)
    if value in choices:
        return value
    raise ImproperlyConfigured(f"{name} must be one of {', '.join(choices)}, not {value!r}.")


def origins(name, *, default):
    """A comma-separated list of origins: scheme and host, such as https://papers.example.org."""
    values = names(name, default=default)
    for value in values:
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path.strip("/"):
            raise ImproperlyConfigured(
                f"{name} must list origins such as https://papers.example.org, not {value!r}."
            )
    return values


def database(name, *, default):
    """A database URL as a DATABASES entry; see dj-database-url for its spelling."""
    value = text(name)
    if not value:
        return default
    try:
        config = dj_database_url.parse(value, conn_max_age=60, conn_health_checks=True)
    except ValueError as error:  # UnknownSchemeError and ParseError are both
        raise ImproperlyConfigured(f"{name} is not a database URL: {error}") from None
    if config["ENGINE"] not in {
        "django.db.backends.postgresql",
        "django.db.backends.sqlite3",
    }:
        raise ImproperlyConfigured(f"{name} must be a postgres:// or sqlite:/// URL.")
    return config


def cache(name):
    """A cache URL as a CACHES entry: locmem://, dummy://, file:///folder, redis://host:6379/0."""
    value = text(name, "locmem://")
    parts = urlsplit(value)
    if parts.scheme not in CACHE_BACKENDS:
        raise ImproperlyConfigured(
            f"{name} must start with one of {', '.join(f'{s}://' for s in CACHE_BACKENDS)}, "
            f"not {value!r}."
        )
    backend = CACHE_BACKENDS[parts.scheme]
    if parts.scheme == "file":
        return {"BACKEND": backend, "LOCATION": parts.path}
    if backend.endswith("RedisCache"):
        return {"BACKEND": backend, "LOCATION": value}
    return {"BACKEND": backend, "LOCATION": parts.netloc}


def folder(name, *, default):
    """A folder, made when it is missing."""
    path = Path(text(name, str(default))).expanduser().absolute()
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"{name}: the folder {path} cannot be made ({error.strerror})."
        ) from None
    return path


def secret_key(name, path):
    """The variable's value, else the file's, which is made with mode 0600 on the first start."""
    value = text(name)
    if value:
        return value
    try:
        return _kept_secret(path)
    except OSError as error:
        raise ImproperlyConfigured(
            f"{name} is not set, and {path} cannot be used in its place ({error.strerror})."
        ) from None


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
    return path.read_text(encoding="ascii")
