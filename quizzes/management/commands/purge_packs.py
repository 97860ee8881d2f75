"""Packs that were sent to be looked at and never loaded are forgotten after a week."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.timezone import now

from quizzes.exchange import storing


class Command(BaseCommand):
    """Delete packs that nobody loaded."""

    help = f"Delete packs that were sent {storing.KEPT_DAYS} days ago and never loaded."

    def handle(self, **options: Any) -> None:
        purged = storing.purge(now())
        self.stdout.write(f"{purged} {'pack' if purged == 1 else 'packs'} deleted.")
