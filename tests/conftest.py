"""The cast of the tests, and the machines they need.

`visitor` reads, `curator` keeps drafts, `editor` publishes as well. Tests marked `browser` need
Chromium: without it they are skipped, or fail where CI is set.
"""

import os
import re
import shutil
import tempfile

# Before the settings are read, and so not left to pytest-django, which reads them before this:
# nothing of a developer's own data is touched.
os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="reading-list-tests-")
os.environ.setdefault("SECRET_KEY", "a-key-for-tests-only-" * 3)
os.environ["DJANGO_SETTINGS_MODULE"] = "readinglist.settings"

import django

django.setup()

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client
from django.utils import translation
from hypothesis import settings

from papers import remembering
from tests.registry import registry  # noqa: F401 - a fixture

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")


# The same examples each time: a run that fails, fails again. HYPOTHESIS_PROFILE=search looks for
# new ones. No deadlines: a busy machine is no failure, and tests of time measure on their own.
settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("search", max_examples=1000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


def pytest_configure():
    from django.conf import settings as django  # noqa: PLC0415 - only now do they exist

    # Hashed names need `collectstatic`, which tests of pages do not.
    django.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )
    django.WHITENOISE_AUTOREFRESH = True
    django.WHITENOISE_USE_FINDERS = True
    django.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_unconfigure():
    shutil.rmtree(os.environ["DATA_DIR"], ignore_errors=True)


@pytest.fixture(autouse=True)
def english():
    """LanguageFromPath leaves its language active, as Django does; no test inherits it."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def nothing_remembered():
    """Each test has a list of its own, whose first state is called like that of others."""
    remembering.forget()


@pytest.fixture
def without_index(monkeypatch):
    """The log keeps what was touched; what the search index makes of it has tests of its own."""
    monkeypatch.setattr("papers.search.index.flush_some", lambda most, using: 0)


@pytest.fixture
def seed(db):
    """The first list: 3 sections, 10 topics, 14 papers, 11 notes."""
    call_command("loaddata", "ai_papers", verbosity=0)


@pytest.fixture
def visitor():
    return Client()


def _staff(name, group):
    user = User.objects.create_user(name, password="correct horse battery staple", is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return user


def _client(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def curator_user(db):
    return _staff("chen", "Curator")


@pytest.fixture
def editor_user(db):
    return _staff("eva", "Editor")


@pytest.fixture
def curator(curator_user):
    """A client logged in as a curator, who may not publish."""
    return _client(curator_user)


@pytest.fixture
def editor(editor_user):
    """A client logged in as an editor, who may."""
    return _client(editor_user)


@pytest.fixture(scope="module")
def chromium(django_db_setup, django_db_blocker):
    """A headless Chromium, by Playwright. A module's own: its event loop must not outlive it."""
    if not CHROMIUM:
        reason = "no Chromium: install it, or name it in CHROMIUM"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where it is used

    # Playwright's event loop makes Django refuse its database; this is no async code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    quiet = ["background-networking", "component-update", "sync", "default-apps"]
    migrated = getattr(connection, "_test_serialized_contents", None)
    with sync_playwright() as playwright, django_db_blocker.unblock():
        # Within the loop Django has a connection of its own, which does not know how the
        # database was after the migrations; tests with `serialized_rollback` need to.
        if migrated:
            connection._test_serialized_contents = migrated
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--no-first-run"]
            + [f"--disable-{service}" for service in quiet],
        )
        yield browser
        browser.close()
        connections.close_all()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def page(chromium):
    """A new page in a profile of its own; a script error or a refused resource fails the test."""
    context = chromium.new_context()
    page = context.new_page()
    errors = []

    def hear(line):
        # Of a request that a later one took the place of, htmx says so.
        if line.type == "error" and not re.match("htmx:(sendAbort|afterRequest),", line.text):
            errors.append(line.text)

    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", hear)
    yield page
    context.close()
    assert not errors, errors
