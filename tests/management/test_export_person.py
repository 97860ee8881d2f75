"""An administrator writes what is a person's into a file."""

from io import StringIO
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command

from quizzes.people.models import User


def run(*arguments):
    out = StringIO()
    call_command("export_person", *map(str, arguments), stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("name", ["olga", "Olga@Example.org"])
def test_by_name_or_by_address(db, tmp_path, name):
    User.objects.create_user("olga", "olga@example.org")
    file = tmp_path / "olga.zip"

    said = run(name, file)

    assert f"{file.stat().st_size:,} bytes" in said
    with ZipFile(file) as archive:
        assert b"olga@example.org" in archive.read("json/user.json")


def test_nobody_and_an_old_file_are_refused(db, tmp_path):
    User.objects.create_user("olga")
    old = tmp_path / "old.zip"
    old.write_text("old")

    for arguments in (("vera", tmp_path / "new.zip"), ("olga", old)):
        with pytest.raises(CommandError):
            run(*arguments)
    assert old.read_text() == "old"
    assert not (tmp_path / "new.zip").exists()
