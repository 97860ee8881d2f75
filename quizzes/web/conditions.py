"""The state of the site for whoever runs it, and in words what of it needs attending to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from shutil import disk_usage

from django.conf import settings
from django.core.checks import ERROR, CheckMessage
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.exchange import backing_up, engines
from quizzes.exchange.backing_up import Backup
from quizzes.jobs import overseeing
from quizzes.jobs.overseeing import Work
from quizzes.web import health

LEAST_FREE = 10**9
"""Bytes of disk below which a backup or an export may not fit."""
OLDEST_BACKUP = timedelta(hours=36)


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a site stands on, at one moment."""

    version: str
    migration: str
    engine: str
    engine_version: str
    database_size: int
    risks: list[CheckMessage]
    """What the database cannot promise."""
    work: Work
    free: int
    disk: int
    backup: Backup | None
    backups_are_kept: Path
    missing: str
    """What the site lacks to be open at all."""

    @property
    def free_percent(self) -> int:
        return 100 * self.free // self.disk

    @property
    def sends_mail(self) -> bool:
        return bool(settings.EMAIL_URL)


def conditions(at: datetime) -> Conditions:
    """Look at everything; as many queries for a large site as for a small one."""
    disk = disk_usage(settings.DATA_DIR)
    return Conditions(
        version=backing_up.edition(),
        migration=_newest_migration(),
        engine=connection.display_name,
        engine_version=engines.in_use().version(),
        database_size=_database_size(),
        risks=list(connection.validation.check()),
        work=overseeing.work(at),
        free=disk.free,
        disk=disk.total,
        backup=backing_up.newest(settings.BACKUP_DIR),
        backups_are_kept=settings.BACKUP_DIR,
        missing=health.missing_part(),
    )


def troubles(found: Conditions, at: datetime) -> list[str]:
    """What needs attending to, the gravest first; nothing where all is well."""
    return [*_of_site(found), *_of_work(found.work), *_of_backups(found, at)]


def _of_site(found: Conditions) -> Iterator[str]:
    if found.missing:
        yield found.missing
    yield from (risk.msg for risk in found.risks if risk.level >= ERROR)
    if found.free < LEAST_FREE:
        yield _("The disk is nearly full.")
    if settings.PRODUCTION and not found.sends_mail:
        yield _("No mail server is set: a forgotten password cannot be chosen anew.")


def _of_work(work: Work) -> Iterator[str]:
    if not work.alive:
        yield _("No worker is alive: letters, exports and regrades wait.")
    elif work.late:
        said = ngettext(
            "%(n)s job has waited for more than ten minutes.",
            "%(n)s jobs have waited for more than ten minutes.",
            work.late,
        )
        yield said % {"n": work.late}
    if work.failed:
        said = ngettext("%(n)s job failed.", "%(n)s jobs failed.", work.failed)
        yield said % {"n": work.failed}


def _of_backups(found: Conditions, at: datetime) -> Iterator[str]:
    if found.backup is None:
        yield _("There is no backup.")
    elif found.backup.made_at < at - OLDEST_BACKUP:
        yield _("The last backup is more than a day and a half old.")


def _newest_migration() -> str:
    applied = MigrationRecorder(connection).applied_migrations()
    return max((name for app, name in applied if app == "quizzes"), default="")


def _database_size() -> int:
    """Bytes on disk, with what is written ahead."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            return int(cursor.fetchone()[0])
    name = str(connection.settings_dict["NAME"])
    files = (Path(name + ending) for ending in ("", "-wal"))
    return sum(file.stat().st_size for file in files if file.exists())
