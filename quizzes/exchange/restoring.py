"""Restoring: a site as a backup has it, or else the site as it was.

Whatever can fail is done first and beside what is there. A database changes in one step; pictures
are named by what is in them, so that those of the backup are added to those of the site.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from quizzes.exchange import backing_up, engines
from quizzes.exchange.formats import backups
from quizzes.exchange.formats.backups import MEDIA, Manifest
from quizzes.refusal import Refusal


class NoBackup(Refusal):
    """The file is no backup, or it is damaged."""


class OtherEngine(Refusal):
    """The backup is of another kind of database than this site stands on."""


class TooNew(Refusal):
    """The backup was made by a newer version than this code."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back, and where what it replaced can be found."""

    manifest: Manifest
    pictures: int
    kept: Path | None


def opened(file: Path) -> Manifest:
    """What a backup says of itself, once all of it was read and this site can take it.

    Refuses with `NoBackup`, `OtherEngine` and `TooNew`.
    """
    try:
        manifest = backups.read(file)
    except backups.UnfitError as error:
        said = _("%(name)s is not a whole backup. %(why)s")
        raise NoBackup(said % {"name": file.name, "why": error}) from error
    if manifest.engine != connection.vendor:
        said = _(
            "This backup is of a site on %(its)s, and this site stands on %(ours)s. Restore it into"
            " a site of its kind; manage.py move_database brings that one over."
        )
        raise OtherEngine(said % {"its": manifest.engine, "ours": connection.vendor})
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations or ()}
    if unknown := sorted({*manifest.migrations} - known):
        said = _("This backup is of version %(its)s with %(what)s, newer than this code.")
        raise TooNew(said % {"its": manifest.version, "what": unknown[0]})
    return manifest


def restore(file: Path, at: datetime) -> Restored:
    """Put a backup in place of the site's database, and its pictures beside those that are there.

    If anything fails, the site is as it was. Refuses as `opened` does, and with `engines.InUse`
    and `engines.Damaged`.
    """
    manifest, engine = opened(file), engines.in_use()
    engine.ensure_alone()
    with _workshop() as place:
        copy = place / engine.FILE
        backups.unpack(file, manifest.database, copy)
        engine.check(copy)
        kept = None
        if not engine.IS_KEPT_BESIDE and not engine.is_blank():
            kept = backing_up.make(settings.BACKUP_DIR, at)[0].path
        pictures = sum(_add(file, name, manifest.files[name], place) for name in manifest.pictures)
        kept = engine.put_back(copy, manifest.tables, at) or kept
    return Restored(manifest, pictures, kept)


def drill(file: Path) -> int:
    """Restore a backup into a place of its own and compare all of it; how many tables it has.

    Refuses as `restore` does; the site is not touched.
    """
    manifest, engine = opened(file), engines.in_use()
    with _workshop() as place:
        copy = place / engine.FILE
        backups.unpack(file, manifest.database, copy)
        with engine.restored(copy) as alias:
            tables = engine.tables(alias)
    if tables != manifest.tables:
        raise engines.Damaged(_("What was restored is not what was backed up."))
    return len(tables)


def _add(file: Path, name: str, sum_of_it: str, place: Path) -> bool:
    """One picture, unless the site has it as it should be; tells whether it was added."""
    target = Path(settings.MEDIA_ROOT) / Path(name).relative_to(MEDIA)
    if target.is_file():
        with target.open("rb") as there:
            if backups.sum_of(there) == sum_of_it:
                return False
    target.parent.mkdir(parents=True, exist_ok=True)
    backups.unpack(file, name, place / "picture")
    (place / "picture").chmod(0o644)  # as Django writes them: a web server may hand them out
    (place / "picture").replace(target)
    return True


@contextmanager
def _workshop() -> Iterator[Path]:
    """A folder of our own on the disk of the site's data."""
    with tempfile.TemporaryDirectory(prefix="restoring-", dir=settings.DATA_DIR) as place:
        yield Path(place)
