"""`manage.py check_pack --source FILE`: the pack held against the text it is about."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

TEXT = "\n\n".join(
    [
        "Thanks to all.",
        "On the night of 11 June 1901 Ada Morn",
        *(f"went on to page {page} and" for page in range(2, 9)),
        "came home.",
    ]
)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "book.txt"
    path.write_text(TEXT)
    return path


def test_a_pack_is_proved_against_its_source(folder, source):
    out = StringIO()

    call_command("check_pack", folder.path, source=source, stdout=out)

    assert out.getvalue().startswith("2 anchors stand on their pages")


def test_a_miss_is_told_with_its_place(folder, source):
    place = folder.spoil("events.yaml", "[11 June 1901]", "[▸12 June 1901]")
    err = StringIO()

    with pytest.raises(CommandError):
        call_command("check_pack", folder.path, source=source, stderr=err)

    line, column = place
    assert err.getvalue().startswith(f"events.yaml:{line}:{column} anchor: “12 June 1901”")


def test_a_faulty_pack_is_told_as_such(folder, source):
    folder.replace("events.yaml", "status: alleged", "status: rumored")
    err = StringIO()

    with pytest.raises(CommandError):
        call_command("check_pack", folder.path, source=source, stderr=err)

    assert "shape: `rumored`" in err.getvalue()


def test_a_source_that_is_not_there_is_told_by_its_name(folder, tmp_path):
    missing = tmp_path / "missing.txt"

    with pytest.raises(CommandError, match=r"missing\.txt can't be read: No such file"):
        call_command("check_pack", folder.path, source=missing)


def test_a_source_in_another_encoding_is_told_how_to_save_it(folder, source):
    source.write_bytes("Café".encode("latin-1"))

    with pytest.raises(CommandError, match=r"book\.txt isn't UTF-8"):
        call_command("check_pack", folder.path, source=source)
