"""What the documentation says is so."""

import os
import re
import subprocess
import sys
import tomllib
from functools import cache

import pytest
from django.conf import settings
from packaging.requirements import Requirement

ROOT = settings.BASE_DIR
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def read(path):
    return (ROOT / path).read_text(encoding="utf-8")


@cache
def tables():
    """The first columns of the README's tables, by the heading above each."""
    columns = {}
    heading = ""
    for line in read("README.md").splitlines():
        if line.startswith("#"):
            heading = line.lstrip("# ")
        elif match := re.match(r"\| `([^`]+)` \|", line):
            columns.setdefault(heading, []).append(match[1])
    return columns


def environment_variables():
    return re.findall(r"environment\.\w+\(\s*\"(\w+)\"", read("readinglist/settings.py"))


def dependencies():
    project = tomllib.loads(read("pyproject.toml"))["project"]
    extras = project["optional-dependencies"].values()
    lines = [*project["dependencies"], *(line for extra in extras for line in extra)]
    return {Requirement(line).name for line in lines}


def own_commands():
    folder = ROOT / "papers" / "management" / "commands"
    return {path.stem for path in folder.glob("*.py")} - {"__init__"}


def anchors(document):
    headings = re.findall(r"^#+ (.+)$", read(document), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize(
    ("heading", "things"),
    [
        ("Settings", environment_variables()),
        ("Commands", own_commands()),
        ("Dependencies", dependencies()),
    ],
)
def test_table_names_all_there_is_and_nothing_else(heading, things):
    assert sorted(tables()[heading]) == sorted(things)


@pytest.mark.parametrize(
    "command",
    [
        "python3 -m venv .venv && .venv/bin/pip install -e . && .venv/bin/python manage.py demo",
        (
            'python3 -m venv .venv && .venv/bin/pip install -e ".[test]"'
            " && .venv/bin/python -m pytest -n auto"
        ),
    ],
)
def test_each_of_the_two_commands_is_a_line_to_copy(command):
    assert command in read("README.md").splitlines()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(document):
    for link in re.findall(r"\]\(([^)\s]+)\)", document.read_text(encoding="utf-8")):
        if link.startswith(("http://", "https://")):
            continue
        name, _, anchor = link.partition("#")
        target = document.parent / name if name else document
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_code_blocks_are_closed(document):
    fences = re.findall(r"^```", document.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(fences) % 2 == 0


def test_documented_production_settings_pass_the_deployment_check(tmp_path):
    block = re.search(r"```sh\n(DATA_DIR=.*?)```", read("docs/deploy.md"), re.DOTALL)[1]
    documented = dict(line.split("=", 1) for line in block.splitlines())
    # A test has neither that folder nor those servers.
    for name in ("DATA_DIR", "DATABASE_URL", "CACHE_URL"):
        del documented[name]
    # Tests in a browser set the last one, against which the check warns.
    ours = {*environment_variables(), "DJANGO_ALLOW_ASYNC_UNSAFE"}
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    checked = subprocess.run(
        [sys.executable, ROOT / "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        env={**kept, **documented, "DATA_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (checked.returncode, checked.stderr) == (0, "")
