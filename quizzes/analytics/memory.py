"""What a learner remembers of one fact: the chance of recalling each of its cards today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from quizzes.cards.models import Card

if TYPE_CHECKING:
    from quizzes.content.models import Fact
    from quizzes.people.models import User


@dataclass(frozen=True, slots=True)
class Remembered:
    """One card on the fact that was rated, and the chance of recalling it today, in per cent."""

    card: Card
    percent: int

    @property
    def is_in_steps(self) -> bool:
        return self.card.due_at is not None


def of_fact(fact: Fact, learner: User, today: date) -> list[Remembered]:
    """The learner's cards on a fact, in the book's order; one query."""
    cards = Card.objects.filter(learner=learner, item__subject=fact)
    rated = cards.exclude(phase=Card.Phase.NEW).select_related("item__revision", "weights")
    return [
        Remembered(card, round(100 * (card.recall(today) or 0)))
        for card in rated.order_by("item__position", "pk")
    ]
