"""Whether the database still says what the logs say."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from quizzes.cards import replaying
from quizzes.cards.models import Card
from quizzes.people.models import User


class Command(BaseCommand):
    """Tell every card and every day's tally from the log again, and compare; change nothing."""

    help = "Compare all cards and tallies with the log that they come from; 1 where one differs."

    def handle(self, **options: Any) -> None:
        found = 0
        for learner in User.objects.order_by("pk").iterator():
            for difference in replaying.differences(learner):
                self.stdout.write(f"{learner.username}: {difference}")
                found += 1
        verdict = f"{Card.objects.count()} cards, {found} differences"
        if found:
            raise CommandError(verdict)
        self.stdout.write(verdict)
