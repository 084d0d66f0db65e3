"""Every choice is an environment variable: a wrong value stops the start with a sentence."""

import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"

SHOW = """
import json
from django.conf import settings
print(json.dumps({name: getattr(settings, name, None) for name in NAMES}, default=str))
"""

PRAGMAS = ("journal_mode", "foreign_keys", "busy_timeout", "synchronous")


def environment(folder, **variables):
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "HOME") if name in os.environ}
    settings = {"DJANGO_SETTINGS_MODULE": "readinglist.settings", "DATA_DIR": str(folder)}
    return {**kept, **settings, **variables}


def run(*arguments, folder, **variables):
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment(folder, **variables),
        capture_output=True,
        text=True,
        timeout=120,
    )


def settings_with(folder, *names, **variables):
    """The settings of these names, as a process with these variables has them."""
    done = run("-c", SHOW.replace("NAMES", repr(names)), folder=folder, **variables)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    return found[names[0]] if len(names) == 1 else found


def test_by_default_it_is_safe_and_needs_nothing(tmp_path):
    found = settings_with(
        tmp_path, "DEBUG", "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", "TIME_ZONE", "DATABASES"
    )
    assert found["DEBUG"] is False
    assert found["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]
    assert found["CSRF_TRUSTED_ORIGINS"] == []
    assert found["TIME_ZONE"] == "UTC"
    assert found["DATABASES"]["default"]["NAME"] == str(tmp_path / "reading-list.sqlite3")


@pytest.mark.parametrize(
    ("variable", "value", "setting", "expected"),
    [
        ("DEBUG", "true", "DEBUG", True),
        ("DEBUG", "No", "DEBUG", False),
        ("DEBUG", "", "DEBUG", False),
        ("SECRET_KEY", "said", "SECRET_KEY", "said"),
        (
            "ALLOWED_HOSTS",
            "papers.example.org, .example.com,[::1],",
            "ALLOWED_HOSTS",
            ["papers.example.org", ".example.com", "[::1]"],
        ),
        ("ALLOWED_HOSTS", "*", "ALLOWED_HOSTS", ["*"]),
        (
            "CSRF_TRUSTED_ORIGINS",
            "https://papers.example.org/,http://localhost:8080",
            "CSRF_TRUSTED_ORIGINS",
            ["https://papers.example.org", "http://localhost:8080"],
        ),
        ("TIME_ZONE", "Asia/Shanghai", "TIME_ZONE", "Asia/Shanghai"),
        ("CONTACT_EMAIL", "list@papers.example.org", "CONTACT_EMAIL", "list@papers.example.org"),
        ("CONTACT_EMAIL", "", "CONTACT_EMAIL", ""),
        ("ARXIV_API_URL", "", "ARXIV_API_URL", "https://export.arxiv.org/api/query"),
        ("CROSSREF_API_URL", "", "CROSSREF_API_URL", "https://api.crossref.org"),
        ("CROSSREF_API_URL", "http://[::1]:8001/x/", "CROSSREF_API_URL", "http://[::1]:8001/x"),
        ("HTTPS", "1", "SECURE_SSL_REDIRECT", True),
        ("HTTPS", "1", "SECURE_HSTS_SECONDS", 31_536_000),
    ],
)
def test_a_good_value_is_taken(tmp_path, variable, value, setting, expected):
    assert settings_with(tmp_path, setting, **{variable: value}) == expected


def test_hsts_lasts_as_long_as_told(tmp_path):
    found = settings_with(tmp_path, "SECURE_HSTS_SECONDS", HTTPS="true", HSTS_SECONDS="60")
    assert found == 60


def test_log_level_is_taken(tmp_path):
    assert settings_with(tmp_path, "LOGGING", LOG_LEVEL="DEBUG")["root"]["level"] == "DEBUG"


@pytest.mark.parametrize(
    ("url", "backend", "location"),
    [
        ("locmem://", "LocMemCache", ""),
        ("dummy://", "DummyCache", ""),
        ("file:///var/cache/list", "FileBasedCache", "/var/cache/list"),
    ],
)
def test_the_cache_is_the_one_that_the_url_names(tmp_path, url, backend, location):
    cache = settings_with(tmp_path, "CACHES", CACHE_URL=url)["default"]
    assert (cache["BACKEND"].split(".")[-1], cache["LOCATION"]) == (backend, location)


@pytest.mark.parametrize(
    ("url", "engine", "name"),
    [
        ("postgres://me:p%40ss@db.example.org:5433/papers", "postgresql", "papers"),
        ("sqlite:////srv/papers.sqlite3", "sqlite3", "/srv/papers.sqlite3"),
    ],
)
def test_the_database_is_the_one_that_the_url_names(tmp_path, url, engine, name):
    database = settings_with(tmp_path, "DATABASES", DATABASE_URL=url)["default"]
    assert (database["ENGINE"].split(".")[-1], database["NAME"]) == (engine, name)
    if engine == "postgresql":
        assert (database["PASSWORD"], database["PORT"]) == ("p@ss", 5433)


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("DEBUG", "maybe"),
        ("DEBUG", "2"),
        ("HTTPS", "https"),
        ("HSTS_SECONDS", "a year"),
        ("HSTS_SECONDS", "-1"),
        ("HSTS_SECONDS", "1.5"),
        ("ALLOWED_HOSTS", "https://papers.example.org"),
        ("ALLOWED_HOSTS", "papers.example.org:8000"),
        ("ALLOWED_HOSTS", "papers.example.org other.example.org"),
        ("CSRF_TRUSTED_ORIGINS", "papers.example.org"),
        ("CSRF_TRUSTED_ORIGINS", "https://"),
        ("CSRF_TRUSTED_ORIGINS", "https://papers.example.org/list"),
        ("CSRF_TRUSTED_ORIGINS", "ftp://papers.example.org"),
        ("TIME_ZONE", "Mars/Olympus"),
        ("TIME_ZONE", "../../etc/passwd"),
        ("TIME_ZONE", "Europe"),
        ("LOG_LEVEL", "LOUD"),
        ("ARXIV_API_URL", "export.arxiv.org"),
        ("ARXIV_API_URL", "ftp://export.arxiv.org/"),
        ("ARXIV_API_URL", "http://me:hunter2@export.arxiv.org/"),
        ("ARXIV_API_URL", "https://export.arxiv.org/api/query?start=0"),
        ("CROSSREF_API_URL", "https://api.crossref.org:port"),
        ("CROSSREF_API_URL", "https://"),
        ("CROSSREF_API_URL", "http://[::1"),
        ("CONTACT_EMAIL", "me"),
        ("CONTACT_EMAIL", "Me <me@example.org>"),
        ("CONTACT_EMAIL", "me@example.org, you@example.org"),
        ("DATABASE_URL", "papers.sqlite3"),
        ("DATABASE_URL", "mysql://me:hunter2@localhost/papers"),
        ("DATABASE_URL", "postgres://me:hunter2@localhost"),
        ("DATABASE_URL", "postgres://me:hunter2@localhost:port/papers"),
        ("DATABASE_URL", "postgres://me:hunter2/@localhost/papers"),
        ("CACHE_URL", "memcached://localhost"),
        ("CACHE_URL", "nonsense"),
        ("CACHE_URL", "file://"),
        ("CACHE_URL", "redis://"),
    ],
)
def test_a_wrong_value_stops_the_start_with_a_sentence_that_names_it(tmp_path, variable, value):
    done = run("manage.py", "check", folder=tmp_path, **{variable: value})
    assert done.returncode != 0
    assert re.fullmatch(rf"Error: {variable} .*\.\n", done.stderr)
    assert "hunter2" not in done.stderr


def test_a_package_that_is_not_installed_is_named(tmp_path):
    without = "import sys; sys.modules['redis'] = None\n"
    code = without + SHOW.replace("NAMES", "('CACHES',)")
    done = run("-c", code, folder=tmp_path, CACHE_URL="redis://localhost:6379/0")
    last = done.stderr.strip().splitlines()[-1]
    assert "CACHE_URL needs the package redis" in last
    assert "pip install 'reading-list[redis]'" in last


# --- The data folder and what is kept in it ---


def test_the_data_folder_is_made_for_its_owner_only(tmp_path):
    folder = tmp_path / "deep" / "down"
    assert settings_with(folder, "DATA_DIR") == str(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_data_folder_that_cannot_be_is_named(tmp_path):
    file = tmp_path / "file"
    file.touch()
    for folder in (file, file / "below"):
        done = run("manage.py", "check", folder=folder)
        last = done.stderr.strip().splitlines()[-1]
        assert last.startswith("Error: DATA_DIR: ")
        assert str(folder) in last


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_data_folder_that_may_not_be_written_is_named(tmp_path):
    tmp_path.chmod(0o500)
    done = run("manage.py", "check", folder=tmp_path, SECRET_KEY="said")
    assert "DATA_DIR: the folder" in done.stderr.strip().splitlines()[-1]


def test_the_secret_key_is_made_once_and_kept_from_others(tmp_path):
    first = settings_with(tmp_path, "SECRET_KEY")
    file = tmp_path / "secret_key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len(first) > 60
    assert first == file.read_text()
    assert settings_with(tmp_path, "SECRET_KEY") == first
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_a_secret_key_that_is_said_is_not_written_down(tmp_path):
    settings_with(tmp_path, "SECRET_KEY", SECRET_KEY="said")
    assert not list(tmp_path.iterdir())


def test_processes_that_start_together_have_one_secret_key(tmp_path):
    command = [sys.executable, "-c", SHOW.replace("NAMES", "('SECRET_KEY',)")]
    starting = [
        subprocess.Popen(command, cwd=ROOT, env=environment(tmp_path), stdout=subprocess.PIPE)
        for _ in range(6)
    ]
    assert len({process.communicate(timeout=120)[0] for process in starting}) == 1
    assert [process.returncode for process in starting] == [0] * 6
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_a_key_made_a_moment_earlier_by_another_process_wins(tmp_path, monkeypatch):
    from readinglist import environment  # noqa: PLC0415 - only this test needs it

    path = tmp_path / "secret_key"

    def other_process(length):
        path.write_text("theirs")
        return "ours"

    monkeypatch.setattr(environment.secrets, "token_urlsafe", other_process)
    monkeypatch.delenv("SECRET_KEY")
    assert environment.secret_key("SECRET_KEY", path) == "theirs"
    assert [file.name for file in tmp_path.iterdir()] == ["secret_key"]


def test_an_empty_key_file_stops_the_start(tmp_path):
    (tmp_path / "secret_key").touch()
    done = run("manage.py", "check", folder=tmp_path)
    last = done.stderr.strip().splitlines()[-1]
    assert "SECRET_KEY is not set" in last
    assert "is empty" in last


# --- SQLite ---


def test_sqlite_keeps_its_promises(tmp_path):
    code = f"""
import django; django.setup()
from django.db import connection
with connection.cursor() as cursor:
    print([cursor.execute("PRAGMA " + name).fetchone()[0] for name in {PRAGMAS!r}])
"""
    done = run("-c", code, folder=tmp_path)
    # synchronous: 1 is NORMAL, which loses nothing but the last moment, and only with the power.
    assert done.stdout.strip() == "['wal', 1, 20000, 1]", done.stderr


def test_a_transaction_in_sqlite_takes_its_lock_when_it_begins(tmp_path):
    code = """
import django; django.setup()
import sqlite3
from django.db import connection, transaction
other = sqlite3.connect(connection.settings_dict["NAME"], timeout=0)
with transaction.atomic():
    try:
        other.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        print(error)
other.execute("BEGIN IMMEDIATE")
print("free")
"""
    done = run("-c", code, folder=tmp_path)
    assert done.stdout.split("\n") == ["database is locked", "free", ""], done.stderr


# --- The whole ---


def test_the_documented_production_settings_leave_no_warning(tmp_path):
    done = run(
        *("manage.py", "check", "--deploy", "--fail-level", "WARNING"),
        folder=tmp_path,
        HTTPS="true",
        ALLOWED_HOSTS="papers.example.org",
    )
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_without_https_check_deploy_warns(tmp_path):
    done = run("manage.py", "check", "--deploy", folder=tmp_path)
    assert "security.W008" in done.stderr


@pytest.mark.skipif(not README.exists(), reason="there is no README.md yet")
def test_the_readme_lists_every_setting():
    source = (ROOT / "readinglist" / "settings.py").read_text()
    settings = set(re.findall(r'environment\.[a-z_]+\(\s*"([A-Z_]+)"', source))
    assert {"DATA_DIR", "DATABASE_URL", "LOG_LEVEL"} <= settings
    listed = set(re.findall(r"^\|\s*`([A-Z_]+)`", README.read_text(), re.MULTILINE))
    assert settings == settings & listed
