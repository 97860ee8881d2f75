"""Predicting: what the model foretold of each review of a log, and how much it was surprised.

Only reviews on a later day than the one before tell how a memory fades; they are *evaluable*.
Pure arithmetic.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import log
from typing import NamedTuple

from quizzes.cards.scheduling import Memory, Rating, Weights, retrievability, step

type History = Sequence[tuple[int, Rating]]
"""One card's whole log, from its first rating on: learner day and rating."""

_MOST_CERTAIN = 1e-6


class Prediction(NamedTuple):
    """One evaluable review: its day, the chance of recall that was foretold, and what happened."""

    day: int
    elapsed: int
    chance: float
    is_recalled: bool

    @property
    def loss(self) -> float:
        """How much what happened surprises the model."""
        return surprise(self.chance if self.is_recalled else 1 - self.chance)


def predictions(
    histories: Iterable[History], weights: Weights, since: int = 0
) -> Iterator[Prediction]:
    """What the model foretold of each evaluable review from a day on, and what happened."""
    for history in histories:
        memory: Memory | None = None
        for day, rating in history:
            if memory and day > memory.last_day and day >= since:
                elapsed = day - memory.last_day
                chance = retrievability(elapsed, memory.stability, weights)
                yield Prediction(day, elapsed, chance, rating > Rating.AGAIN)
            memory = step(memory, rating, day, weights)


def evaluable_days(histories: Iterable[History]) -> list[int]:
    """The day of each evaluable review, the earliest first."""
    return sorted(
        day for one in histories for (before, _), (day, _) in pairwise(one) if day > before
    )


def mean_loss(found: Iterable[Prediction]) -> float:
    """Mean log loss; 0 without a prediction."""
    losses = [one.loss for one in found]
    return sum(losses) / len(losses) if losses else 0.0


def surprise(chance: float) -> float:
    """The log loss of what had this chance, never beyond one in a million."""
    return -log(min(max(chance, _MOST_CERTAIN), 1 - _MOST_CERTAIN))
