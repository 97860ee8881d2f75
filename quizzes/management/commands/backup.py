"""Everything in one file, made while people study, and tried where that is asked."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import filesizeformat
from django.utils.timezone import now

from quizzes.exchange import backing_up, restoring
from quizzes.exchange.backing_up import Backup
from quizzes.exchange.formats.backups import Manifest
from quizzes.refusal import Refusal


class Command(BaseCommand):
    """Make a backup, thin out older ones, and on demand prove that it can be restored."""

    help = (
        "Back up the database and the pictures into one file, while people study. The secret key "
        "and exports are not in it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--to", type=Path, help="the folder; BACKUP_DIR without it")
        parser.add_argument("--keep", type=_some, help="delete all but the newest so many")
        parser.add_argument(
            "--drill", action="store_true", help="restore it somewhere else and compare"
        )

    def handle(self, *, to: Path | None, keep: int | None, drill: bool, **options: Any) -> None:
        folder = (to or settings.BACKUP_DIR).absolute()
        try:
            began = time.monotonic()
            backup, manifest = backing_up.make(folder, now())
            self.tell(backup, manifest, time.monotonic() - began)
            if drill:
                self.drill(backup)
        except (Refusal, OSError) as refused:
            raise CommandError(str(refused)) from refused
        if keep:
            gone = backing_up.thin_out(folder, keep)
            self.stdout.write(f"{len(gone)} older deleted, {len(backing_up.kept(folder))} kept.")

    def tell(self, backup: Backup, manifest: Manifest, seconds: float) -> None:
        """What is in it, and what is not."""
        size = filesizeformat(backup.size).replace("\xa0", " ")
        self.stdout.write(
            f"{backup.path}: {manifest.rows:,} rows of {len(manifest.tables)} tables, "
            f"{len(manifest.pictures)} pictures, {size}, {seconds:.1f} s."
        )
        self.stdout.write(f"Not in it: {', '.join(manifest.left_out)}.")

    def drill(self, backup: Backup) -> None:
        """Restore it into a place of its own, which is gone afterwards."""
        began = time.monotonic()
        tables = restoring.drill(backup.path)
        seconds = time.monotonic() - began
        self.stdout.write(f"Drill: restored in {seconds:.1f} s, all {tables} tables are the same.")


def _some(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number
