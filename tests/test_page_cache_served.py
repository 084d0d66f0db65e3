"""Through a real server of several processes, while the list changes: no reader sees a page older
than the last change that it could know of."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from importlib.util import find_spec
from pathlib import Path
from socket import create_connection, create_server
from types import SimpleNamespace

import pytest
from django.db import connection

from tests import make

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

ROOT = Path(__file__).resolve().parent.parent
REDIS = os.environ.get("REDIS_URL", "redis://127.0.0.1:6379/15")
CHANGES = 80

# Publishes one change after the other, and says of each when it is committed.
PUBLISH = """
import django, time
django.setup()
from papers.models import Paper
for number in range(1, {changes} + 1):
    paper = Paper.objects.get(key="hammered")
    paper.title = f"State <{{number}}>"
    paper.save()
    print(number, flush=True)
    # Some changes come at once after another, others leave pages time to be sent again.
    time.sleep(number % 4 * 0.03)
"""


def redis_answers():
    if not find_spec("redis"):
        return False
    host, _, port = REDIS.removeprefix("redis://").partition("/")[0].rpartition(":")
    try:
        create_connection((host, int(port)), timeout=1).close()
    except OSError:
        return False
    return True


@pytest.fixture
def environment(tmp_path):
    """Of processes that share a database: the tests' own, which a file must stand in for where it
    is in memory."""
    settings = {**os.environ, "DATA_DIR": str(tmp_path)}
    if connection.vendor == "postgresql":
        database = connection.settings_dict
        user = f"{database['USER']}:{database['PASSWORD']}@" if database["USER"] else ""
        host = f"{database['HOST']}:{database['PORT'] or 5432}"
        settings["DATABASE_URL"] = f"postgres://{user}{host}/{database['NAME']}"
        make.paper(key="hammered", title="State <0>")
    else:
        settings.pop("DATABASE_URL", None)
        run(settings, "manage.py", "migrate", "-v0")
        make_paper = "from tests import make; make.paper(key='hammered', title='State <0>')"
        run(settings, "manage.py", "shell", "-v0", "-c", make_paper)
    run(settings, "manage.py", "collectstatic", "-v0", "--noinput")
    return settings


def run(settings, *arguments):
    subprocess.run([sys.executable, *arguments], cwd=ROOT, env=settings, check=True, timeout=120)


@contextmanager
def served(settings):
    with create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    options = ["--workers=2", "--threads=4", "--log-level=warning", "--no-control-socket"]
    options += [f"--bind=127.0.0.1:{port}"]
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "readinglist.wsgi", *options],
        cwd=ROOT,
        env=settings,
    )
    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                assert time.monotonic() < deadline, "the server does not start"
                time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait()


class Reader:
    """Reads the page again and again, with what it has of it."""

    def __init__(self, port, known):
        self.port, self.known = port, known
        self.pages, self.unchanged = 0, 0

    def read(self):
        web = HTTPConnection("127.0.0.1", self.port, timeout=60)
        shown, state = 0, ""
        while not self.known.over:
            at_least = self.known.number
            web.request("GET", "/papers/hammered/", headers={"If-None-Match": state})
            answer = web.getresponse()
            text = answer.read().decode()
            if answer.status == 304:
                self.unchanged += 1
            else:
                assert answer.status == 200, answer.status
                state = answer.headers["ETag"]
                shown = int(text.partition("State &lt;")[2].partition("&gt;")[0])
                self.pages += 1
            assert shown >= at_least, f"{answer.status}: {shown}, but {at_least} was known"
        web.close()
        return self


@pytest.mark.parametrize("cache", ["locmem://", REDIS])
def test_no_reader_sees_a_page_older_than_what_was_known(environment, cache):
    if cache == REDIS and not redis_answers():
        pytest.skip(f"no Redis at {REDIS} (REDIS_URL), or no package for it")
    environment["CACHE_URL"] = cache
    known = SimpleNamespace(number=0, over=False)
    with served(environment) as port, ThreadPoolExecutor(6) as pool:
        readers = [pool.submit(Reader(port, known).read) for _ in range(6)]
        publisher = subprocess.Popen(
            [sys.executable, "-c", PUBLISH.format(changes=CHANGES)],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            for line in publisher.stdout:
                known.number = int(line)
        finally:
            publisher.wait()
            known.over = True
        done = [reader.result() for reader in readers]
    assert known.number == CHANGES
    # The test means something only where both kinds of answers were given, often.
    assert min(reader.pages for reader in done) > 5
    assert sum(reader.unchanged for reader in done) > 20


def test_what_one_process_keeps_another_sends(environment):
    """In a cache that they share."""
    if not redis_answers():
        pytest.skip(f"no Redis at {REDIS} (REDIS_URL), or no package for it")
    environment["CACHE_URL"] = REDIS
    with served(environment) as port:
        web = HTTPConnection("127.0.0.1", port, timeout=60)
        answers = []
        for _ in range(20):
            web.request("GET", "/papers/hammered/")
            answer = web.getresponse()
            answers.append((answer.status, answer.read(), sorted(answer.headers)))
            web.close()
        assert len(set(map(str, answers))) == 1


def test_a_cache_that_nobody_serves_is_done_without(environment):
    if not find_spec("redis"):
        pytest.skip("the package redis is not installed")
    with create_server(("127.0.0.1", 0)) as taken:
        free = taken.getsockname()[1]
    environment["CACHE_URL"] = f"redis://127.0.0.1:{free}/0"
    with served(environment) as port:
        for _ in range(3):
            web = HTTPConnection("127.0.0.1", port, timeout=60)
            web.request("GET", "/papers/hammered/")
            assert web.getresponse().status == 200
