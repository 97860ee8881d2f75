"""What item analysis reads is counted anew from the attempts."""

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from quizzes.assessment import recounting, tallying
from quizzes.assessment.models import Quiz


class Command(BaseCommand):
    """Make the tallies of one quiz or of all anew, and say how many rows differed before."""

    help = (
        "Count the first attempts at quizzes anew into the tallies that item analysis reads. "
        "In a sound database no row differs afterwards."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        which = parser.add_mutually_exclusive_group()
        which.add_argument("quiz", nargs="?", type=UUID, help="its uid; without one, all quizzes")
        which.add_argument(
            "--missing", action="store_true", help="only those that count attempts in no tally"
        )

    def handle(self, *, quiz: UUID | None, missing: bool, **options: Any) -> None:
        quizzes = recounting.untallied() if missing else Quiz.objects.in_order()
        found = list(quizzes.filter(uid=quiz) if quiz else quizzes)
        if quiz and not found:
            raise CommandError(f"There is no quiz {quiz}.")
        count = f"{len(found)} {'quiz' if len(found) == 1 else 'quizzes'} counted anew"
        if not missing:
            differed = sum(map(recounting.rebuild, found))
            self.stdout.write(f"{count}, {differed} rows differed")
        elif found:
            for one in found:
                tallying.rebuild(one)
            self.stdout.write(count)
