"""The site from one database into another: from SQLite to PostgreSQL, or back."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS

from quizzes.exchange import engines, moving_house
from quizzes.exchange.engines import beside
from quizzes.refusal import Refusal

OLD = "old"


class Command(BaseCommand):
    """Copy every table from the old database into the one that the settings name, and compare."""

    help = (
        "Copy every row of another database into this site's, which is empty and migrated, and "
        "compare both. The old one is only read; stop the site before."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--from",
            dest="source",
            required=True,
            help="the old database: a file of SQLite, or postgres://user:password@host:port/name",
        )

    def handle(self, *, source: str, verbosity: int, **options: Any) -> None:
        began = time.monotonic()
        try:
            with beside.opened(OLD, **settings_of(source)):
                engines.in_use(OLD).ensure_alone(OLD)
                told = self.tell if verbosity > 1 else lambda table, rows: None
                tables = moving_house.move(OLD, DEFAULT_DB_ALIAS, told)
        except Refusal as refused:
            raise CommandError(f"{refused} Nothing was moved.") from refused
        rows, seconds = sum(table.rows for table in tables.values()), time.monotonic() - began
        self.stdout.write(
            f"{rows:,} rows of {len(tables)} tables moved in {seconds:.1f} s; "
            "counts and digests of all tables are the same on both sides."
        )
        self.stdout.write("The old database is as it was. Pictures stay in DATA_DIR/media.")

    def tell(self, table: str, rows: int) -> None:
        """One table that was copied."""
        self.stdout.write(f"{table}: {rows:,}")


def settings_of(source: str) -> dict[str, Any]:
    """How to open the old database, for reading alone where that can be said."""
    if "://" in source:
        try:
            return dict(settings.OTHER_DATABASE(source))
        except ImproperlyConfigured as error:
            raise CommandError(
                "Write a file, or postgres://user:password@host:port/name."
            ) from error
    if not Path(source).is_file():
        raise CommandError(f"There is no file {source}.")
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(Path(source).absolute()),
        "OPTIONS": {"transaction_mode": "DEFERRED", "init_command": "PRAGMA query_only=ON"},
    }
