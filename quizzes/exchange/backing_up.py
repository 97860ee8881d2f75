"""Backing up: all that a site holds, at one moment, in one file, read back before it counts.

In it are the whole database and the pictures. The secret key is not: it signs sessions, and a new
one only signs everybody out. Nor are exports, which anybody may ask for again, static files, and
other backups.
"""

import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from shutil import rmtree

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

from quizzes.exchange import engines
from quizzes.exchange.formats import backups
from quizzes.exchange.formats.backups import MEDIA, Manifest, Tables
from quizzes.refusal import Refusal

LEFT_OUT = ("the secret key", "exports", "static files", "other backups")
_LEFTOVERS_AFTER = timedelta(days=1)


class MadeAlready(Refusal):
    """A backup of this very second is there."""


class NotWhole(Refusal):
    """The finished file is not what was put into it."""


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup on disk."""

    path: Path
    made_at: datetime
    size: int


def kept(folder: Path) -> list[Backup]:
    """The backups in a folder, the newest first; what is not whole has another name."""
    if not folder.is_dir():
        return []
    found = [
        Backup(path, made_at, path.stat().st_size)
        for path in folder.iterdir()
        if (made_at := backups.made_at(path.name)) and path.is_file()
    ]
    return sorted(found, key=lambda one: one.made_at, reverse=True)


def newest(folder: Path) -> Backup | None:
    """The newest backup in a folder, if there is any."""
    return next(iter(kept(folder)), None)


def make(folder: Path, at: datetime) -> tuple[Backup, Manifest]:
    """Back up the site into a folder; others read and write meanwhile.

    It counts once the copy of the database was looked through and the finished file read back.
    Refuses with `MadeAlready`, `NotWhole`, `engines.Damaged` and `engines.NoTool`; nothing is left
    behind then.
    """
    target = folder / backups.name_of(at)
    if target.exists():
        raise MadeAlready(_("A backup of this second is there already."))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _sweep(folder, at)
    with _workshop(folder) as place:
        engine, draft = engines.in_use(), place / target.name
        copy = place / engine.FILE
        tables = engine.copy(copy)
        engine.check(copy)
        files = [(engine.FILE, copy), *_pictures(settings.MEDIA_ROOT)]
        written = backups.write(draft, _manifest(engine, tables, at), files)
        _read_back(draft, written)
        draft.rename(target)
    return Backup(target, at, target.stat().st_size), written


def thin_out(folder: Path, keep: int) -> list[Backup]:
    """Delete all backups in a folder but the newest so many; gives those that went."""
    gone = kept(folder)[max(1, keep) :]
    for one in gone:
        one.path.unlink(missing_ok=True)
    return gone


def edition() -> str:
    """The version of the code."""
    about = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())
    return str(about["project"]["version"])


def _manifest(engine: engines.Engine, tables: Tables, at: datetime) -> Manifest:
    applied = MigrationRecorder(connection).applied_migrations()
    return Manifest(
        version=edition(),
        made_at=at,
        engine=connection.vendor,
        engine_version=engine.version(),
        database=engine.FILE,
        migrations=tuple(sorted(f"{app}.{name}" for app, name in applied)),
        tables=tables,
        left_out=LEFT_OUT,
    )


def _pictures(root: Path) -> Iterator[tuple[str, Path]]:
    """Every media file, by its name in a backup; after the database, so that none is missing."""
    for path in sorted(Path(root).rglob("*")):
        if path.is_file():
            yield f"{MEDIA}/{path.relative_to(root).as_posix()}", path


def _read_back(draft: Path, written: Manifest) -> None:
    try:
        is_same = backups.read(draft) == written
    except backups.UnfitError as error:
        raise NotWhole(_("The disk does not hold what was written: %s") % error) from error
    if not is_same:
        raise NotWhole(_("The disk does not hold what was written."))


@contextmanager
def _workshop(folder: Path) -> Iterator[Path]:
    """A folder of our own on the same disk, for what is not finished."""
    with tempfile.TemporaryDirectory(prefix=".making-", dir=folder) as place:
        yield Path(place)


def _sweep(folder: Path, at: datetime) -> None:
    """Throw away what a killed backup left."""
    for left in folder.glob(".making-*"):
        if left.stat().st_mtime < (at - _LEFTOVERS_AFTER).timestamp():
            rmtree(left, ignore_errors=True)
