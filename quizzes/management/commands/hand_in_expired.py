"""Attempts whose time has run out are handed in, whether or not somebody looks at them."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.timezone import now

from quizzes.assessment import expiring


class Command(BaseCommand):
    """Hand in what has run out; run it every few minutes, as often as you like."""

    help = "Hand in all attempts whose time has run out, with the answers that were saved."

    def handle(self, **options: Any) -> None:
        count = expiring.sweep(now())
        self.stdout.write(f"{count} {'attempt' if count == 1 else 'attempts'} handed in.")
