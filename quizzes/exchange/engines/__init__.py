"""The two databases that a site may stand on, each copied and put back by its own means.

`sqlite` and `postgresql` offer the same functions; `in_use` gives the one of this site. A copy is
of one moment, whoever writes meanwhile, and comes with the digest of every table at that moment.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Protocol

from django.db import DEFAULT_DB_ALIAS, connections

from quizzes.exchange.engines import postgresql, sqlite
from quizzes.exchange.engines.faults import Damaged, InUse, NoTool
from quizzes.exchange.formats.backups import Tables

__all__ = ["Damaged", "Engine", "InUse", "NoTool", "in_use"]


class Engine(Protocol):
    """What can be done with a whole database."""

    FILE: str
    """The name of its copy in a backup."""
    IS_KEPT_BESIDE: bool
    """Whether `put_back` leaves what it replaced beside the new one."""

    def version(self) -> str:
        """The program's own version."""

    def copy(self, path: Path) -> Tables:
        """Copy the database as it is at one moment; refuses with `NoTool`."""

    def check(self, path: Path) -> None:
        """Look through a copy; refuses with `Damaged`."""

    def restored(self, path: Path) -> AbstractContextManager[str]:
        """The alias of a database that a copy is restored into, gone afterwards.

        Refuses with `Damaged` and `NoTool`.
        """

    def tables(self, alias: str) -> Tables:
        """The digests of a database's tables, all of one moment."""

    def faults(self) -> Iterator[str]:
        """What the database itself finds wrong in the one that this site stands on."""

    def forget_deleted(self) -> None:
        """Leave nothing of deleted rows in the database's files, as far as that is in our hands."""

    def ensure_alone(self, alias: str = DEFAULT_DB_ALIAS) -> None:
        """Refuse with `InUse` while anybody else has a database open."""

    def is_blank(self) -> bool:
        """Whether there is nothing to be lost."""

    def is_readable(self) -> bool:
        """Whether it can be asked something without harm to what may be saved of it."""

    def put_back(self, path: Path, wanted: Tables, at: datetime) -> Path | None:
        """Put a copy in place of the database, or leave all as it is; what was there is kept at.

        Refuses with `InUse`, and with `Damaged` where the outcome is not what is wanted.
        """


def in_use(alias: str = DEFAULT_DB_ALIAS) -> Engine:
    """The one that this site stands on, or another database that is open."""
    return postgresql if connections[alias].vendor == "postgresql" else sqlite
