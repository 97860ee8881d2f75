"""The log told again: from its raw columns alone comes every card, and every derived column.

This is what makes late reviews, undo and new weights safe: whatever happened, a card is what its
log says.
"""

from collections.abc import Iterable

from django.db import transaction

from quizzes.cards import tallying
from quizzes.cards.models import Card, DayTally, Review
from quizzes.cards.scheduling import DEFAULT_WEIGHTS, Rating, Weights, retrievability
from quizzes.cards.states import UNSEEN, Answer, State, after
from quizzes.people.models import User


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
    """The state that a card must have by its log; nothing is saved."""
    numbers = card.weights.numbers if card.weights else DEFAULT_WEIGHTS
    log = Review.objects.standing().filter(card=card).in_order()
    return retell(log, tuple(numbers))


@transaction.atomic
def rebuild(learner: User) -> int:
    """Make all of a learner's cards and tallies anew from the log; tells how many cards differed.

    In a sound database that is none.
    """
    cards = Card.objects.filter(learner=learner).select_related("weights").order_by("pk")
    differing = 0
    for card in cards.select_for_update(of=("self",)):
        state = told(card)
        if state != card.state:
            card.assume(state)
            card.write(*Card.STATE)
            differing += 1
    DayTally.objects.filter(learner=learner).delete()
    tallying.keep(learner, tallying.recounted(learner))
    return differing


def _answer(review: Review) -> Answer:
    return Answer(
        rating=Rating(review.rating),
        at=review.answered_at,
        day=review.learner_day,
        interval_days=review.interval_days,
        step_minutes=review.step_minutes,
    )
