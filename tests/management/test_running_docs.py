"""What an administrator reads names settings and commands that there are."""

import re

import pytest
from django.core.management import get_commands

from studyapp.environment import DEFAULTS

OF_UNITS = {"PYTHONUNBUFFERED"}


@pytest.fixture(scope="module")
def running(root):
    return (root / "docs" / "running.md").read_text()


def test_every_setting_that_it_names_is_one(running):
    named = set(re.findall(r"`([A-Z]{3,}(?:_[A-Z]+)*)(?:=[^`]*)?`", running))
    named |= set(re.findall(r"^([A-Z_]+)=", running, re.MULTILINE))

    assert named - OF_UNITS <= DEFAULTS.keys()
    assert {"SECRET_KEY", "REGISTRATION", "CLASSES", "TRUSTED_PROXIES"} <= named


def test_every_command_that_it_names_is_one(running):
    named = set(
        re.findall(r"(?:manage\.py|^reading-room|`reading-room) ([a-z_]+)", running, re.MULTILINE)
    )
    named -= {"of", "as"}  # “manage.py of the site”

    assert named <= get_commands().keys()
    assert {"prepare", "serve", "work", "backup", "first_instructor"} <= named
