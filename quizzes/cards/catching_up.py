"""Catching up: a backlog is spread over a few days, so that today is a day like any other.

Due days move, memories do not: each card is judged by the days that really went by.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from quizzes.cards import exam_days, moving, waiting
from quizzes.cards.desk import Desk
from quizzes.cards.looking_ahead import days_ahead
from quizzes.cards.models import Action, Card
from quizzes.cards.preparing import Candidate
from quizzes.cards.spacing import Ahead
from quizzes.cards.spreading import spread

MOST_CARDS = 2_000
"""How many cards are spread at once, the longest due first; those behind them are due as before."""

FURTHEST = 4
"""Study days are looked for within so many times the days wanted: some may be off."""


@dataclass(frozen=True, slots=True)
class Spread:
    """A backlog put on days: cards by their identifiers, the day of the learner first."""

    today: date
    by_day: dict[date, list[int]]

    @property
    def waiting(self) -> int:
        return sum(self.counts.values())

    @property
    def counts(self) -> dict[date, int]:
        return {day: len(cards) for day, cards in self.by_day.items()}

    @property
    def moved(self) -> dict[int, date]:
        """The new due days of the cards that do not stay for today."""
        later = {day: cards for day, cards in self.by_day.items() if day != self.today}
        return {card: day for day, cards in later.items() for card in cards}


def propose(desk: Desk, now: int, days: int) -> Spread:
    """What a day's backlog would look like with `now` cards today and the rest on the next days.

    Days off are passed over, cards of a book with an exam ahead left alone. Nothing changes.
    """
    _aimed, usual = exam_days.split(desk)
    rows = waiting.due_today(usual).select_related("weights")[:MOST_CARDS]
    cards = [_candidate(card) for card in rows]
    ahead = _ahead(desk, days)
    first = desk.today.toordinal()
    free = [day for day in range(first + 1, first + 1 + days * FURTHEST) if not ahead.is_off(day)]
    found = spread(cards, first, now, free[:days], ahead)
    return Spread(desk.today, {date.fromordinal(day): keys for day, keys in found.items()})


@transaction.atomic
def catch_up(desk: Desk, now: int, days: int, batch: UUID) -> Spread:
    """Do what `propose` proposes, as one act that the `batch` names: asked twice, it is done once.

    `undoing.undo` takes it back by that uid. No memory is changed.
    """
    found = propose(desk, now, days)
    if not Action.objects.filter(learner=desk.learner, uid=batch).exists():
        moving.move(desk.learner, found.moved, desk.at, batch=batch, uid=batch)
    return found


def _candidate(card: Card) -> Candidate:
    return Candidate(card.pk, card.memory, card.numbers)


def _ahead(desk: Desk, days: int) -> Ahead:
    ahead = [desk.today + timedelta(days=1 + n) for n in range(days * FURTHEST)]
    return days_ahead(desk.learner, ahead)
