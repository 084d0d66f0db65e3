"""The interface is translated, all of it."""

import os
import re
import shutil
import subprocess
import sys

import pytest
from django.conf import settings

CATALOGUE = settings.BASE_DIR / "papers/locale/zh_Hans/LC_MESSAGES/django.po"
EMPTY = re.compile(
    r'^msgid (?!""$)(.+)\n(?:msgid_plural .+\n)?msgstr(?:\[0\])? ""\n\n', re.MULTILINE
)


def test_no_text_is_left_untranslated_or_unsure():
    text = CATALOGUE.read_text(encoding="utf-8") + "\n"
    assert EMPTY.findall(text) == []
    assert "#, fuzzy" not in text
    assert text.count("msgid ") > 250


def texts(catalogue):
    return set(re.findall(r"^msgid .+$", catalogue.read_text(encoding="utf-8"), re.MULTILINE))


def test_the_catalogue_has_every_text_of_the_code(tmp_path):
    if not shutil.which("xgettext"):
        pytest.skip("no gettext: install it to compare the code with its catalogue")
    for folder in ("papers", "templates", "readinglist"):
        shutil.copytree(settings.BASE_DIR / folder, tmp_path / folder)
    command = ["makemessages", "-l", "zh_Hans", "--no-location", "--no-wrap", "--no-obsolete"]
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "readinglist.settings",
        "PYTHONPATH": str(tmp_path),
    }
    subprocess.run(
        [sys.executable, "-m", "django", *command],
        cwd=tmp_path,
        env=environment,
        check=True,
        capture_output=True,
    )
    extracted = texts(tmp_path / CATALOGUE.relative_to(settings.BASE_DIR))
    assert extracted - texts(CATALOGUE) == set()
    assert texts(CATALOGUE) - extracted == set()
