"""Guests who stayed away for 30 days are forgotten, as they were told."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.timezone import now

from quizzes.people import guesting


class Command(BaseCommand):
    """Delete idle guests with all that is theirs."""

    help = f"Delete guests who did nothing for {guesting.KEPT_DAYS} days, with their reviews."

    def handle(self, **options: Any) -> None:
        purged = guesting.purge(now())
        self.stdout.write(f"{purged} {'guest' if purged == 1 else 'guests'} deleted.")
