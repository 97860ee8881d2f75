"""What this SQLite cannot promise, said by `manage.py check --database default`."""

from typing import Any

from django.core import checks
from django.db.backends.base.validation import BaseDatabaseValidation

FULL = 2  # PRAGMA synchronous: every commit is on disk before it is acknowledged

type Version = tuple[int, ...]

_REPAIRED: dict[Version, Version] = {(3, 44): (3, 44, 6), (3, 50): (3, 50, 7)}


class DatabaseValidation(BaseDatabaseValidation):
    """Checks of the library and of the connection as it really is, read back from SQLite."""

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        return [*self._check_library(), *self._check_durability()]

    def _check_library(self) -> list[checks.CheckMessage]:
        version = self.connection.get_database_version()
        if not can_lose_commits(version):
            return []
        name = ".".join(map(str, version))
        return [
            checks.Warning(
                f"SQLite {name} can, very rarely, lose a commit when two connections tidy up its "
                "write-ahead log at the same moment.",
                hint="Writers queue here, so transactions do not meet in that moment. For a class, "
                "use SQLite 3.51.3 or later (or 3.50.7, 3.44.6), or PostgreSQL.",
                id="sqlite_fair.W001",
            )
        ]

    def _check_durability(self) -> list[checks.CheckMessage]:
        with self.connection.cursor() as cursor:
            level = cursor.execute("PRAGMA synchronous").fetchone()[0]
        if level >= FULL:
            return []
        return [
            checks.Error(
                "SQLite acknowledges commits that are not on disk yet.",
                hint="Set PRAGMA synchronous=FULL in the database's init_command.",
                id="sqlite_fair.E001",
            )
        ]


def can_lose_commits(version: Version) -> bool:
    """Whether this release has the race in which a checkpoint meets a reset of the log.

    Source: sqlite.org/wal.html, "The WAL-reset bug": from 3.7.0 until 3.51.3, with the repair also
    in 3.50.7 and 3.44.6.
    """
    repaired = _REPAIRED.get(version[:2], (3, 51, 3))
    return (3, 7, 0) <= version < repaired
