"""Whether the database still says what the logs say."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from quizzes.assessment import recounting, regrading
from quizzes.assessment.models import Quiz
from quizzes.cards import replaying
from quizzes.cards.models import Card
from quizzes.people.models import User


class Command(BaseCommand):
    """Tell every card, every mark, every day's and every quiz's tally again; change nothing."""

    help = "Compare all cards, marks and tallies with the logs they come from; 1 where one differs."

    def handle(self, **options: Any) -> None:
        found = sum(self.tell(said) for said in _of_learners())
        quizzes = list(Quiz.objects.in_order())
        for quiz in quizzes:
            differing = chain(recounting.differing(quiz), regrading.recount_all(quiz))
            found += sum(self.tell(f"{quiz.slug}: {said}") for said in differing)
        verdict = f"{Card.objects.count()} cards, {len(quizzes)} quizzes, {found} differences"
        if found:
            raise CommandError(verdict)
        self.stdout.write(verdict)

    def tell(self, difference: str) -> int:
        """Write one difference, which counts as one."""
        self.stdout.write(difference)
        return 1


def _of_learners() -> Iterator[str]:
    for learner in User.objects.order_by("pk").iterator():
        for difference in replaying.differences(learner):
            yield f"{learner.username}: {difference}"
