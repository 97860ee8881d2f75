"""Using: which quizzes ask a question, and which attempts at it are running."""

from dataclasses import dataclass

from django.db.models import Count

from quizzes.assessment.models import Served, Slot
from quizzes.items.models import Item


@dataclass(frozen=True, slots=True)
class Running:
    """Attempts that are open, and the number of the version that they were served."""

    version: int
    attempts: int


@dataclass(frozen=True, slots=True)
class Use:
    """How many quizzes ask a question by name, and the attempts that run, by version."""

    quizzes: int
    running: tuple[Running, ...]

    @property
    def attempts(self) -> int:
        return sum(one.attempts for one in self.running)


def use(item: Item) -> Use:
    """Where a question is in use; two queries."""
    served = Served.objects.filter(revision__item=item, attempt__handed_in_at=None)
    counted = served.order_by().values_list("revision__number").annotate(n=Count("attempt"))
    running = tuple(Running(version, count) for version, count in sorted(counted))
    quizzes = Slot.objects.filter(item=item, quiz__retired_at=None).order_by()
    return Use(quizzes.values("quiz").distinct().count(), running)
