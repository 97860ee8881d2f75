"""Whether the database still says what the logs say, and setting right where it does not."""

import time
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from quizzes.assessment.models import Quiz
from quizzes.cards.models import Card
from quizzes.exchange import verifying
from quizzes.exchange.verifying import Finding
from quizzes.people.models import User

SECONDS_A_LINE = 10


class Command(BaseCommand):
    """Tell every card, mark and tally again; change nothing, or with --repair what differs."""

    help = (
        "Compare all cards, marks, scores and tallies with the logs they come from, and look for "
        "what no constraint can say; 1 where something differs and is left as it is."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--repair", action="store_true", help="write what the logs say where it differs"
        )

    def handle(self, *, repair: bool, **options: Any) -> None:
        found = repaired = 0
        for finding in self.findings(repair=repair):
            found += 1
            repaired += finding.is_repaired
            self.stdout.write(f"{finding.said} (repaired)" if finding.is_repaired else finding.said)
        cards, quizzes = Card.objects.count(), Quiz.objects.count()
        verdict = f"{cards} cards, {quizzes} quizzes, {found} differences"
        if repair and found:
            verdict += f": {repaired} repaired, {found - repaired} left to you"
        if found > repaired:
            raise CommandError(verdict)
        self.stdout.write(verdict)

    def findings(self, *, repair: bool) -> Iterator[Finding]:
        """Learner by learner, quiz by quiz, then what no log tells."""
        keys = list(verifying.learners().values_list("pk", flat=True))
        for key in self.counted("learners", keys):
            yield from verifying.learner(User.objects.get(pk=key), repair=repair)
        for quiz in self.counted("quizzes", list(Quiz.objects.in_order())):
            yield from verifying.quiz(quiz, repair=repair)
        yield from verifying.flaws()

    def counted[T](self, name: str, those: list[T]) -> Iterable[T]:
        """Each of them; where that takes long, how far it is."""
        said_at = time.monotonic()
        for number, one in enumerate(those):
            yield one
            if time.monotonic() - said_at >= SECONDS_A_LINE:
                self.stderr.write(f"{number + 1:,} of {len(those):,} {name}")
                said_at = time.monotonic()
