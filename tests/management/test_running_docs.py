"""What an administrator reads names settings and commands that there are."""

import re

import pytest
from django.core.management import get_commands

from studyapp.environment import DEFAULTS

OF_OTHERS = {"PATH", "PYTHONUNBUFFERED"}


@pytest.fixture(scope="module")
def running(root):
    pages = ("running.md", "running-backups.md")
    return "\n".join((root / "docs" / page).read_text() for page in pages)


def test_every_setting_that_it_names_is_one(running):
    named = set(re.findall(r"`([A-Z]{3,}(?:_[A-Z]+)*)(?:=[^`]*)?`", running))
    named |= set(re.findall(r"^([A-Z_]+)=", running, re.MULTILINE))

    assert named - OF_OTHERS <= DEFAULTS.keys()
    assert {"SECRET_KEY", "REGISTRATION", "CLASSES", "TRUSTED_PROXIES"} <= named


def test_every_command_that_it_names_is_one(running):
    named = set(
        re.findall(r"(?:manage\.py|^ *reading-room|`reading-room) ([a-z_]+)", running, re.MULTILINE)
    )
    named -= {"of", "as", "in"}  # “manage.py of the site”

    assert named <= get_commands().keys()
    assert {"prepare", "serve", "work", "backup", "first_instructor"} <= named
