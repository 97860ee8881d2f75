"""Proving: fitted weights must foretell reviews that they have not seen, or they are not offered.

The earlier half of a log is learned from, the later half foretold. The gain must be worth a
change, and be more than luck: the reviews of one day share that day's luck (a long break, a bad
evening), so it is days that are counted, not reviews.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import inf, sqrt

from quizzes.cards.fitting import Trainer, fitted
from quizzes.cards.predicting import History, evaluable_days, predictions
from quizzes.cards.scheduling import Weights

GATE = 0.001
"""By how much the log loss of later reviews must fall for weights to be worth a change."""

HELD_OUT = 0.5
FEWEST_DAYS = 7
"""So many study days must be foretold."""

type Gains = Sequence[tuple[int, float]]
"""By how much each review surprised less, with its day."""


@dataclass(frozen=True, slots=True)
class Proof:
    """The log loss of later reviews under two sets; both are none where it may be luck."""

    loss_before: float | None
    loss_after: float | None

    @property
    def is_better(self) -> bool:
        return is_better(self.loss_before, self.loss_after)


def is_better(before: float | None, after: float | None) -> bool:
    """The gate: whether a log loss has provably fallen, and by enough."""
    return before is not None and after is not None and before - after > GATE


def prove(histories: Sequence[History], before: Weights, train: Trainer | None = None) -> Proof:
    """Whether a fit would foretell later reviews better than the weights in force.

    What is compared with them is fitted to the earlier half alone.
    """
    days = evaluable_days(histories)
    split = days[int(len(days) * (1 - HELD_OUT))]
    earlier = [part for one in histories if (part := [r for r in one if r[0] < split])]
    return compared(histories, before, fitted(earlier, train)[0], since=split)


def compared(
    histories: Sequence[History], before: Weights, after: Weights, since: int = 0
) -> Proof:
    """How two sets of weights foretell the reviews from a day on."""
    old, new = (list(predictions(histories, weights, since)) for weights in (before, after))
    gains = [(one.day, one.loss - other.loss) for one, other in zip(old, new, strict=True)]
    gain = sum(gain for _, gain in gains) / len(gains)
    if gain > GATE and gain <= _luck(gains, gain):
        return Proof(None, None)
    loss = sum(one.loss for one in old) / len(old)
    return Proof(loss, loss - gain)


def _luck(gains: Gains, mean: float) -> float:
    """The standard error of a mean gain between days; without bounds where days are few."""
    by_day: dict[int, list[float]] = defaultdict(list)
    for day, gain in gains:
        by_day[day].append(gain)
    days = len(by_day)
    if days < FEWEST_DAYS:
        return inf
    return sqrt(_squares(by_day.values(), mean) * days / (days - 1)) / len(gains)


def _squares(days: Iterable[Sequence[float]], mean: float) -> float:
    return sum((sum(day) - mean * len(day)) ** 2 for day in days)
