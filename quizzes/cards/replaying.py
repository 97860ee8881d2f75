"""The log told again: from its raw columns alone comes every card, and every derived column.

This is what makes late reviews, undo and new weights safe: whatever happened, a card is what its
log of reviews and the acts on it say.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from typing import NamedTuple

from django.db import transaction

from quizzes.cards import folding, tallying
from quizzes.cards.models import Action, Card, DayTally, Review
from quizzes.cards.models.log import ReviewQuerySet
from quizzes.cards.scheduling import Rating, Weights, retrievability
from quizzes.cards.states import UNSEEN, Answer, State, after
from quizzes.people.models import User

COLUMNS = tuple(dict.fromkeys([*Card.STATE, *Action.COLUMNS.values()]))
"""All of a card that its log and the acts on it decide."""
_CARDS_AT_ONCE, _ROWS_A_STATEMENT = 1_000, 500


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
    [proof] = _proofs([card], Review.objects.filter(card=card))
    return proof.true.state


@transaction.atomic
def rebuild(learner: User) -> int:
    """Make what differs of a learner's cards, reviews and tallies as the log says; how many cards.

    Nothing else is written, and in a sound database nothing at all.
    """
    differing = 0
    for some in _compared(learner, is_held=True):
        for proof in some:
            if held(proof.card) != held(proof.true):
                proof.true.write(*COLUMNS)
                differing += 1
        retold = [review for proof in some for review, _before in proof.retold]
        Review.objects.bulk_update(retold, Review.DERIVED, batch_size=_ROWS_A_STATEMENT)
    missing = tallying.recounted(learner)  # after the reviews, which it counts
    missing.subtract(_stored(learner))
    tallying.keep(learner, missing)
    return differing


def differences(learner: User) -> list[Difference]:
    """Where cards, reviews and tallies are not what the log makes them; nothing is changed.

    In a sound database nowhere. As many queries for a thousand cards as for one.
    """
    proofs = (proof for some in _compared(learner) for proof in some)
    return [one for proof in proofs for one in _differing(proof)] + _miscounted(learner)


def held(card: Card) -> list[object]:
    """What a card holds in `COLUMNS`."""
    return [getattr(card, column) for column in COLUMNS]


class _Proof(NamedTuple):
    """A card as it stands and as it must be, and its reviews that were told otherwise.

    Those are as they must be, each with what it derived before.
    """

    card: Card
    true: Card
    retold: list[tuple[Review, tuple[object, ...]]]


def _compared(learner: User, *, is_held: bool = False) -> Iterator[list[_Proof]]:
    """All cards of a learner, some at a time, in the order in which everyone locks them."""
    cards = Card.objects.filter(learner=learner).select_related("weights").order_by("item")
    if is_held:
        cards = cards.select_for_update(of=("self",), no_key=True)
    some = list(cards[:_CARDS_AT_ONCE])
    while some:
        yield _proofs(some, Review.objects.filter(card__in=some))
        is_last = len(some) < _CARDS_AT_ONCE
        some = [] if is_last else list(cards.filter(item__gt=some[-1].item_id)[:_CARDS_AT_ONCE])


def _proofs(cards: Sequence[Card], log: ReviewQuerySet) -> list[_Proof]:
    """Cards beside what their log and the acts on them make of them; two queries."""
    proofs = {card.pk: _Proof(card, copy(card), []) for card in cards}
    acts, states = folding.acts_on(cards), dict[int, State]()
    for review in log.standing().in_order().iterator(chunk_size=2_000):
        proof, before = proofs[review.card_id], review.derived
        state = states.get(review.card_id, UNSEEN)
        states[review.card_id] = tell(review, state, proof.card.numbers)
        if review.derived != before:
            proof.retold.append((review, before))
    for pk, proof in proofs.items():
        proof.true.assume(states.get(pk, UNSEEN))
        folding.fold(proof.true, acts.get(pk, ()))
    return list(proofs.values())


def _differing(proof: _Proof) -> Iterator[Difference]:
    card, true = held(proof.card), held(proof.true)
    for column, stands, told in zip(COLUMNS, card, true, strict=True):
        if stands != told:
            yield Difference(f"card {proof.card.pk}", column, stands, told)
    for review, before in proof.retold:
        for column, stands, told in zip(Review.DERIVED, before, review.derived, strict=True):
            if stands != told:
                yield Difference(f"review {review.uid}", column, stands, told)


def _miscounted(learner: User) -> list[Difference]:
    """The cells of a learner's tallies that differ from the log counted again."""
    recounted, stored = tallying.recounted(learner), _stored(learner)
    return [
        Difference(f"tally {cell.day} {cell.chapter_id} {cell.kind}", column, stands, told)
        for cell, column in sorted({*recounted, *stored})
        if (stands := stored[cell, column]) != (told := recounted[cell, column])
    ]


def _stored(learner: User) -> tallying.Tally:
    stored: tallying.Tally = Counter()
    for row in DayTally.objects.filter(learner=learner):
        cell = tallying.Cell(row.day, row.chapter_id, row.kind)
        stored.update({(cell, column): getattr(row, column) for column in DayTally.COLUMNS})
    return stored


def _answer(review: Review) -> Answer:
    return Answer(
        rating=Rating(review.rating),
        at=review.answered_at,
        day=review.learner_day,
        interval_days=review.interval_days,
        step_minutes=review.step_minutes,
    )
