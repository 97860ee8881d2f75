"""Calibrating: whether a learner recalls as often as was foretold; from the newest reviews alone.

What was foretold is the chance of recall under the weights in force, worked out from the log up
to each review. Only reviews on a later day than the one before tell anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from quizzes.cards.models import Review
from quizzes.cards.predicting import Prediction, mean_loss
from quizzes.cards.scheduling import Rating

if TYPE_CHECKING:
    from quizzes.people.models import User

REVIEWS_READ = 5_000
BOUNDS = (0.0, 0.5, 0.7, 0.8, 0.85, 0.9, 0.95, 1.0)
"""Where one bin of foretold chances ends and the next begins."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Reviews that were foretold nearly alike, and how many of them were recalled; in per cent."""

    first: int
    last: int
    count: int
    foretold: int
    recalled: int


@dataclass(frozen=True, slots=True)
class Calibration:
    """How a model's predictions compare with what happened; the log loss is low where they hold."""

    bins: list[Bin]
    count: int
    foretold: int
    recalled: int
    log_loss: float


def of_learner(learner: User) -> Calibration | None:
    """The calibration of a learner's newest reviews; none without a review that tells. One query.

    At most `REVIEWS_READ` are read.
    """
    log = Review.objects.standing().filter(learner=learner, affects_schedule=True)
    telling = log.filter(elapsed_days__gt=0, retrievability__isnull=False)
    rows = telling.order_by("-received_at", "-pk").values_list(
        "learner_day", "elapsed_days", "retrievability", "rating"
    )
    found = [
        Prediction(day.toordinal(), elapsed or 0, chance or 0.0, rating > Rating.AGAIN)
        for day, elapsed, chance, rating in rows[:REVIEWS_READ]
    ]
    return calibration(found) if found else None


def calibration(found: Sequence[Prediction]) -> Calibration:
    """How these predictions compare with what happened; bins without a review are left out."""
    return Calibration(
        bins=[one for low, high in pairwise(BOUNDS) if (one := _bin(found, low, high))],
        count=len(found),
        foretold=_percent([one.chance for one in found]),
        recalled=_percent([one.is_recalled for one in found]),
        log_loss=mean_loss(found),
    )


def _bin(found: Sequence[Prediction], low: float, high: float) -> Bin | None:
    """The chances above `low`, up to `high`."""
    within = [one for one in found if low < one.chance <= high]
    if not within:
        return None
    return Bin(
        first=round(100 * low),
        last=round(100 * high),
        count=len(within),
        foretold=_percent([one.chance for one in within]),
        recalled=_percent([one.is_recalled for one in within]),
    )


def _percent(shares: Sequence[float]) -> int:
    return round(100 * sum(shares) / len(shares))
