"""The site as a backup has it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.utils.timezone import now

from quizzes.exchange import engines, erasing, restoring
from quizzes.exchange.erasing import Asked
from quizzes.exchange.formats.backups import Manifest
from quizzes.exchange.restoring import Restored
from quizzes.refusal import Refusal


class Command(BaseCommand):
    """Look through a backup, ask, put it back, and bring its tables up to this version.

    Whoever was erased since it was made is erased again.
    """

    help = "Put a backup in place of the site's database; stop the site before."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *, file: Path, yes: bool, **options: Any) -> None:
        try:
            manifest = restoring.opened(file)
            engines.in_use().ensure_alone()
            self.ask(manifest, is_sure=yes)
            erased = self.erased()
            done = restoring.restore(file, now())
        except (Refusal, OSError) as refused:
            raise CommandError(str(refused)) from refused
        self.tell(done)
        self.bring_up_to_date(manifest)
        self.erase_again(erased)

    def ask(self, manifest: Manifest, *, is_sure: bool) -> None:
        """Say what is in it, and go on only with a yes."""
        made = f"{manifest.made_at:%Y-%m-%d %H:%M:%S} UTC"
        told = f"{manifest.rows:,} rows, {len(manifest.pictures)} pictures, {manifest.engine}"
        self.stdout.write(f"Backup of {made} by version {manifest.version}: {told}.")
        if not is_sure and input("Put it in place of what is there? Type yes: ") != "yes":
            raise CommandError("Nothing was changed.")

    def erased(self) -> Asked:
        """Who was erased on the site that is there, as far as it can be read."""
        try:
            return erasing.asked() if engines.in_use().is_readable() else []
        except DatabaseError:
            connection.close()
            return []

    def erase_again(self, erased: Asked) -> None:
        """Let nobody come back who went after the backup was made."""
        again = erasing.ask_again(erased, now())
        if again.asked_for:
            self.stdout.write(
                f"{again.asked_for} erased since are shut out; their data go once the site runs."
            )
        for key in again.kept:
            self.stderr.write(
                f"User {key} was erased since, and runs a class alone: erase by hand."
            )

    def tell(self, done: Restored) -> None:
        """Every table was compared before this is said."""
        tables = done.manifest.tables
        self.stdout.write(
            f"Restored: all {len(tables)} tables hold what the backup says; "
            f"{done.pictures} pictures added."
        )
        if done.kept:
            self.stdout.write(f"What was there is kept: {done.kept}")

    def bring_up_to_date(self, manifest: Manifest) -> None:
        """Migrate what an older version made."""
        wanted = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations or ()}
        if wanted - {*manifest.migrations}:
            call_command("migrate", interactive=False, verbosity=0)
            self.stdout.write("Its tables were brought up to this version.")
