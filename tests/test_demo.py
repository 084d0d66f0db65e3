"""`manage.py demo`: from an empty machine to a site in the browser."""

import os
import re
import signal
import socket
import subprocess
import sys
import uuid
from http.cookiejar import CookieJar
from io import StringIO
from urllib.parse import quote, urlencode, urljoin
from urllib.request import HTTPCookieProcessor, build_opener

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection

from papers.management import server
from papers.models import Paper, Section
from tests import make

LOGIN = re.compile(r"Login: +curator, with the password (\S+) ")
MANAGE = [sys.executable, settings.BASE_DIR / "manage.py"]


def demo(*args):
    """What the command prints, run in this process on the test's database."""
    out = StringIO()
    call_command("demo", "--no-serve", *args, stdout=out)
    return out.getvalue()


# --- On a machine of its own ---


@pytest.fixture
def machine(tmp_path):
    """The environment of an empty machine, with a database of the kind that is tested."""
    unset = {"DATABASE_URL", "CACHE_URL", "SECRET_KEY", "DEBUG", "HTTPS", "ALLOWED_HOSTS"}
    kept = {name: value for name, value in os.environ.items() if name not in unset}
    environ = {**kept, "DATA_DIR": str(tmp_path / "data")}
    if connection.vendor == "sqlite":
        yield environ
        return
    import psycopg  # noqa: PLC0415 - not there where only SQLite is tested

    given = settings.DATABASES["default"]
    name = f"demo_{uuid.uuid4().hex}"
    place = {"host": given["HOST"], "port": given["PORT"] or 5432, "user": given["USER"]}
    if given["PASSWORD"]:
        place["password"] = given["PASSWORD"]
    with psycopg.connect(dbname="postgres", autocommit=True, **place) as administration:
        administration.execute(f"CREATE DATABASE {name}")
        user = ":".join(quote(given[part], safe="") for part in ("USER", "PASSWORD") if given[part])
        url = f"postgres://{user}@{place['host']}:{place['port']}/{name}"
        yield {**environ, "DATABASE_URL": url}
        administration.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def start(machine):
    """Starts `manage.py demo` with further arguments; gives the process."""
    started = []

    def start(*args, **environ):
        process = subprocess.Popen(
            [*MANAGE, "demo", *args],
            env={**machine, **environ},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            # Its own group, which Ctrl-C interrupts as a whole.
            start_new_session=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def read_until_address(process):
    """The lines that the command prints until it serves, and the address."""
    lines = []
    for line in process.stdout:
        lines.append(line)
        if line.startswith("The site:"):
            return "".join(lines), line.split()[-1]
    raise AssertionError(f"{''.join(lines)}{process.stderr.read()}")


class Browser:
    """Keeps cookies, follows redirects, sends forms; an error page is an exception."""

    def __init__(self, home):
        self.home = home
        self.opener = build_opener(HTTPCookieProcessor(CookieJar()))

    def open(self, path, **form):
        data = urlencode(form).encode() if form else None
        with self.opener.open(urljoin(self.home, path), data, timeout=30) as response:
            return response.read().decode()


def test_empty_machine_becomes_a_site_that_curators_can_log_in_to(start, machine, tmp_path):
    process = start("--port", "0")
    output, home = read_until_address(process)
    browser = Browser(home)
    assert "Attention Is All You Need" in browser.open("/")
    assert 'lang="zh-Hans"' in browser.open("/zh-hans/")
    style = re.search(r'href="(/static/[^"]+\.css)"', browser.open("/"))
    assert "font" in browser.open(style[1])
    page = browser.open("/admin/login/")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    desk = browser.open(
        "/admin/login/",
        csrfmiddlewaretoken=token,
        username="curator",
        password=LOGIN.search(output)[1],
        next="/admin/",
    )
    assert "/admin/papers/paper/add/" in desk
    assert (tmp_path / "data" / "secret_key").stat().st_mode & 0o777 == 0o600

    os.killpg(process.pid, signal.SIGINT)
    rest, errors = process.communicate(timeout=30)
    assert (process.returncode, errors) == (0, "")
    assert "Stopped" in rest


def test_second_run_keeps_key_and_password_and_prints_no_password(start, tmp_path):
    first, _ = start("--no-serve").communicate(timeout=60)
    key = (tmp_path / "data" / "secret_key").read_text()
    second, errors = start("--no-serve").communicate(timeout=60)
    assert LOGIN.search(first)
    assert "password" not in second
    assert "kept" in second
    assert (tmp_path / "data" / "secret_key").read_text() == key
    assert errors == ""


def test_two_demos_take_two_ports(start):
    _, first = read_until_address(start())
    _, second = read_until_address(start())
    assert first != second
    assert "Attention Is All You Need" in Browser(first).open("/")
    assert "Attention Is All You Need" in Browser(second).open("/")


@pytest.mark.parametrize(
    ("environ", "sentence"),
    [
        ({"DATA_DIR": "/dev/null/data"}, "DATA_DIR: the folder /dev/null/data cannot be made"),
        ({"DATABASE_URL": "sqlite:////dev/null/list.sqlite3"}, "unable to open database file"),
        ({"DATABASE_URL": "postgres://nobody@127.0.0.1:1/list"}, "The database cannot be used"),
    ],
)
def test_what_cannot_work_is_said_in_a_sentence(start, environ, sentence):
    process = start("--no-serve", **environ)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert sentence in errors
    assert len(errors.strip().splitlines()) == 1


def test_file_that_is_no_database_is_said_and_left_alone(start, tmp_path):
    diary = tmp_path / "diary.txt"
    diary.write_text("Dear diary, today I read a paper. " * 50)
    _, errors = start("--no-serve", DATABASE_URL=f"sqlite:///{diary}").communicate(timeout=60)
    assert "file is not a database" in errors
    assert len(errors.strip().splitlines()) == 1
    assert diary.read_text() == "Dear diary, today I read a paper. " * 50


# --- What it keeps ---


@pytest.mark.django_db
def test_empty_database_gets_the_first_list_and_a_curator():
    output = demo()
    assert (Section.objects.count(), Paper.objects.count()) == (13, 14)
    curator = User.objects.get()
    assert curator.username == "curator"
    assert curator.is_superuser
    assert curator.check_password(LOGIN.search(output)[1])


@pytest.mark.django_db
def test_first_list_is_in_the_history_as_it_came():
    demo()
    paper = Paper.objects.get(key="vaswani2017attention")
    paper.title = "Something else"
    paper.save()
    demo()
    titles = [version.title for version in paper.history.all()]
    assert titles == ["Something else", "Attention Is All You Need"]


@pytest.mark.django_db
def test_edited_list_is_kept_as_it_is():
    demo()
    Paper.objects.get(key="vaswani2017attention").delete()
    Section.objects.first().delete()
    sections = Section.objects.count()
    demo()
    assert Paper.objects.count() == 13
    assert Section.objects.count() == sections


@pytest.mark.django_db
@pytest.mark.parametrize("something", [make.section, make.draft])
def test_list_that_somebody_has_begun_is_not_filled_up(something):
    something()
    demo()
    assert Section.objects.count() + Paper.objects.count() == 1


@pytest.mark.django_db
def test_no_curator_is_made_where_somebody_has_an_account():
    User.objects.create_user("wang", password="correct horse battery staple")
    output = demo()
    assert not LOGIN.search(output)
    assert User.objects.get().check_password("correct horse battery staple")


@pytest.mark.django_db
def test_static_folder_that_cannot_be_written_is_said_in_a_sentence(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.write_text("a file where the folder should be")
    with pytest.raises(CommandError, match=r"^Static files cannot be put into .*static: .+\.$"):
        demo()


# --- Where it listens ---


@pytest.fixture
def taken_port():
    with server.listen("127.0.0.1", 0) as listener:
        yield listener.getsockname()[1]


@pytest.mark.django_db
def test_taken_port_is_said_before_anything_is_done(taken_port):
    with pytest.raises(CommandError, match=f"^Port {taken_port} is taken: "):
        call_command("demo", port=taken_port)
    assert not User.objects.exists()


def test_without_a_port_the_next_free_one_is_taken(taken_port, monkeypatch):
    monkeypatch.setattr(server, "FIRST_PORT", taken_port)
    monkeypatch.setattr(server, "LAST_PORT", taken_port + 99)
    with server.listen("127.0.0.1") as listener:
        assert listener.getsockname()[1] > taken_port


def test_no_free_port_at_all_is_said(taken_port, monkeypatch):
    monkeypatch.setattr(server, "FIRST_PORT", taken_port)
    monkeypatch.setattr(server, "LAST_PORT", taken_port)
    with pytest.raises(CommandError, match=f"^No port from {taken_port} to {taken_port} is free"):
        server.listen("127.0.0.1")


@pytest.mark.parametrize("host", ["nowhere.invalid", "192.0.2.1"])
def test_address_that_is_not_ours_is_said(host):
    with pytest.raises(CommandError, match=f"^Cannot listen at {host}, port 0: .+"):
        server.listen(host, 0)


@pytest.mark.parametrize(
    ("host", "start", "alone"),
    [("127.0.0.1", "http://127.0.0.1:", True), ("0.0.0.0", "http://127.0.0.1:", False)],
)
def test_address_is_one_that_a_browser_can_open(host, start, alone):
    with server.listen(host, 0) as listener:
        assert server.origin(listener).startswith(start)
        assert server.is_loopback(listener) == alone


def test_ipv6_address_stands_in_brackets():
    try:
        listener = server.listen("::1", 0)
    except CommandError:
        pytest.skip("this machine has no IPv6")
    with listener:
        assert server.origin(listener) == f"http://[::1]:{listener.getsockname()[1]}"


@pytest.mark.parametrize("port", ["x", "65536", "-1", "１"])
def test_port_that_is_none_is_refused(port):
    with pytest.raises(CommandError, match="is not a port"):
        call_command("demo", "--no-serve", f"--port={port}")


def test_every_interface_is_served_only_under_known_names(start):
    output, home = read_until_address(start("--host", "0.0.0.0", "--port", "0"))
    assert "ALLOWED_HOSTS" in output
    with socket.create_connection(("127.0.0.1", int(home.rsplit(":", 1)[1].strip("/")))) as raw:
        raw.sendall(b"GET / HTTP/1.0\r\nHost: evil.example.org\r\n\r\n")
        assert raw.recv(100).split()[1] == b"400"
