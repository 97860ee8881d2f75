"""The log told again: from its raw columns alone comes every card, and every derived column.

This is what makes late reviews, undo and new weights safe: whatever happened, a card is what its
log of reviews and the acts on it say.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from copy import copy
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import QuerySet

from quizzes.cards import folding, tallying
from quizzes.cards.models import Action, Card, DayTally, Review
from quizzes.cards.models.log import ReviewQuerySet
from quizzes.cards.scheduling import Rating, Weights, retrievability
from quizzes.cards.states import UNSEEN, Answer, State, after
from quizzes.people.models import User

COLUMNS = tuple(dict.fromkeys([*Card.STATE, *Action.COLUMNS.values()]))
"""All of a card that its log and the acts on it decide."""


class Difference(NamedTuple):
    """A column that does not hold what the log makes of it."""

    where: str
    column: str
    held: object
    told: object

    def __str__(self) -> str:
        return f"{self.where}: {self.column} is {self.held}, by the log {self.told}"


def tell(review: Review, state: State, weights: Weights) -> State:
    """Fill a review's derived columns from the state before it, and give the state after it."""
    memory = state.memory
    then = after(state, _answer(review), weights) if review.affects_schedule else state
    elapsed = max(0, review.learner_day.toordinal() - memory.last_day) if memory else None
    review.elapsed_days = elapsed
    review.stability_before = memory.stability if memory else None
    review.difficulty_before = memory.difficulty if memory else None
    review.retrievability = (
        retrievability(elapsed, memory.stability, weights)
        if memory and elapsed is not None
        else None
    )
    review.stability_after = then.memory.stability if then.memory else None
    review.difficulty_after = then.memory.difficulty if then.memory else None
    review.phase_before, review.phase_after = state.phase.value, then.phase.value
    return then


def retell(log: Iterable[Review], weights: Weights) -> State:
    """The state that a card's whole log, in order, ends in; derived columns are filled."""
    state = UNSEEN
    for review in log:
        state = tell(review, state, weights)
    return state


def told(card: Card) -> State:
    """The state that a card must have by its log, and by its moves; nothing is saved."""
    [true] = _true([card], Review.objects.filter(card=card))
    return true.state


@transaction.atomic
def rebuild(learner: User) -> int:
    """Make all of a learner's cards and tallies anew from the log; tells how many cards differed.

    In a sound database that is none.
    """
    cards = _cards(learner).select_for_update(of=("self",), no_key=True)
    differing = [true for card, true in _compared(learner, cards) if held(card) != held(true)]
    for card in differing:
        card.write(*COLUMNS)
    DayTally.objects.filter(learner=learner).delete()
    tallying.keep(learner, tallying.recounted(learner))
    return len(differing)


def differences(learner: User) -> list[Difference]:
    """Where a learner's cards and tallies are not what the log makes them; nothing is changed.

    In a sound database nowhere. As many queries for ten thousand cards as for one.
    """
    return [
        Difference(f"card {card.pk}", column, stands, told)
        for card, true in _compared(learner, _cards(learner))
        for column, stands, told in zip(COLUMNS, held(card), held(true), strict=True)
        if stands != told
    ] + _miscounted(learner)


def held(card: Card) -> list[object]:
    """What a card holds in `COLUMNS`."""
    return [getattr(card, column) for column in COLUMNS]


def _cards(learner: User) -> QuerySet[Card, Any]:
    return Card.objects.filter(learner=learner).select_related("weights").order_by("item")


def _compared(learner: User, cards: Iterable[Card]) -> list[tuple[Card, Card]]:
    """Each card as it stands, and as it must be."""
    cards = list(cards)
    return list(zip(cards, _true(cards, Review.objects.filter(learner=learner)), strict=True))


def _true(cards: Sequence[Card], log: ReviewQuerySet) -> list[Card]:
    """Copies of cards as their log and the acts on them make them; two queries."""
    copies = {card.pk: copy(card) for card in cards}
    acts = folding.acts_on(cards)
    logs = groupby(log.standing().in_order().iterator(chunk_size=2_000), attrgetter("card_id"))
    states = {pk: retell(reviews, copies[pk].numbers) for pk, reviews in logs if pk in copies}
    for pk, card in copies.items():
        card.assume(states.get(pk, UNSEEN))
        folding.fold(card, acts.get(pk, ()))
    return list(copies.values())


def _miscounted(learner: User) -> list[Difference]:
    """The cells of a learner's tallies that differ from the log counted again."""
    recounted = tallying.recounted(learner)
    stored: tallying.Tally = Counter()
    for row in DayTally.objects.filter(learner=learner):
        cell = tallying.Cell(row.day, row.chapter_id, row.kind)
        stored.update({(cell, column): getattr(row, column) for column in DayTally.COLUMNS})
    return [
        Difference(f"tally {cell.day} {cell.chapter_id} {cell.kind}", column, stands, told)
        for cell, column in sorted({*recounted, *stored})
        if (stands := stored[cell, column]) != (told := recounted[cell, column])
    ]


def _answer(review: Review) -> Answer:
    return Answer(
        rating=Rating(review.rating),
        at=review.answered_at,
        day=review.learner_day,
        interval_days=review.interval_days,
        step_minutes=review.step_minutes,
    )
