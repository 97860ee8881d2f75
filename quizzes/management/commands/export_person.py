"""Whatever is a person's, for an administrator who was asked for it by letter."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import now

from quizzes.exchange import bundling, handing_over
from quizzes.people.models import User


class Command(BaseCommand):
    """Write the same archive that the person could ask for themselves."""

    help = (
        "Write everything that is a person's (by the name to sign in with, or an e-mail address) "
        "into a zip: data and pages to read. Hand it to nobody else."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="the name to sign in with, or the e-mail address")
        parser.add_argument("file", type=Path, help="the zip to write; it must not be there yet")

    def handle(self, *, name: str, file: Path, **options: Any) -> None:
        person = _person(name)
        if file.exists():
            raise CommandError(f"{file} is there already.")
        at = now()
        content = bundling.everything(person, at)
        handing_over.pack(content.files, file, at)
        self.stdout.write(f"{content.rows:,} rows, {file.stat().st_size:,} bytes: {file}")


def _person(name: str) -> User:
    found = User.objects.filter(username=name) | User.objects.filter(email__iexact=name)
    person = found.order_by("pk").first() if name else None
    if person is None:
        raise CommandError(f"There is no account “{name}”.")
    return person
