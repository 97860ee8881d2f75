"""Fitting: which 21 weights describe one learner's memory, by the learner's own log.

Few reviews say little. Below `FEWEST` the published weights stay; up to `MANY` three numbers are
fitted, held near the published ones by what is known of other learners; beyond that they fade
into a fit of all numbers, which somebody else's trainer makes.

Pure arithmetic: the same log always gives the same weights.
"""

from collections.abc import Callable, Iterable, Sequence
from math import exp
from typing import NamedTuple

from quizzes.cards.minimizing import minimize
from quizzes.cards.predicting import History, evaluable_days, surprise
from quizzes.cards.scheduling import (
    DEFAULT_WEIGHTS,
    MAX_STABILITY,
    MIN_STABILITY,
    Memory,
    Rating,
    Weights,
    step,
)

type Trainer = Callable[[Sequence[History]], Weights]
"""Fits all 21 weights."""

FEWEST, MANY = 64, 1_000
ALL_ALONE = 2_500
"""From so many reviews on the three numbers no longer have a say."""

_MOST_EVALUATIONS = 100
_FIRST_STABILITIES, _GROWTH, _DECAY = slice(0, 4), 8, 20
_BOUNDS = {_GROWTH: (0.0, 4.5), _DECAY: (0.1, 0.8)}
_LONGEST_FIRST_STABILITY = 100.0


class Three(NamedTuple):
    """The three numbers, each 0 where a learner is like the published weights.

    The logarithm by which the first stabilities are multiplied, what is added to w8, and the
    logarithm by which w20 is multiplied.
    """

    first: float = 0.0
    growth: float = 0.0
    decay: float = 0.0


_SPREAD = Three(0.8, 0.4, 0.5)
"""How far learners lie apart in each (standard deviations)."""


def fitted(histories: Sequence[History], train: Trainer | None = None) -> tuple[Weights, float]:
    """The weights that so many reviews allow, and the share that a fit of all numbers has in them.

    Without a trainer the three numbers speak alone.
    """
    three = with_three(fit_three(histories))
    share = share_of_all(len(evaluable_days(histories)))
    if train is None or not share:
        return three, 0.0
    every = train(histories)
    return tuple((1 - share) * a + share * b for a, b in zip(three, every, strict=True)), share


def share_of_all(count: int) -> float:
    """How much a fit of all numbers has to say: nothing up to `MANY`, all from `ALL_ALONE` on."""
    return min(1.0, max(0.0, (count - MANY) / (ALL_ALONE - MANY)))


def with_three(three: Three) -> Weights:
    """All 21 weights of a learner who differs from the published ones by these three numbers."""
    numbers = list(DEFAULT_WEIGHTS)
    numbers[_FIRST_STABILITIES] = [
        min(_LONGEST_FIRST_STABILITY, w * exp(three.first)) for w in numbers[_FIRST_STABILITIES]
    ]
    numbers[_GROWTH] = _bounded(_GROWTH, numbers[_GROWTH] + three.growth)
    numbers[_DECAY] = _bounded(_DECAY, numbers[_DECAY] * exp(three.decay))
    return tuple(numbers)


def fit_three(histories: Iterable[History]) -> Three:
    """The most likely three numbers, given the reviews and how learners lie apart."""
    logs = compiled(histories)

    def unlikeliness(point: Sequence[float]) -> float:
        apart = sum((x / sd) ** 2 for x, sd in zip(point, _SPREAD, strict=True)) / 2
        return apart + total_loss(logs, with_three(Three(*point)))

    return Three(*minimize(unlikeliness, _SPREAD, _MOST_EVALUATIONS))


class Step(NamedTuple):
    """One review, with all that the three numbers cannot change already worked out."""

    elapsed: int
    is_recalled: bool
    factor: float


class Compiled(NamedTuple):
    """A card's log made ready for being foretold again and again."""

    first: Rating
    steps: list[Step]


def compiled(histories: Iterable[History]) -> list[Compiled]:
    """Logs made ready for `total_loss`."""
    return [_compiled(history) for history in histories]


def _compiled(history: History) -> Compiled:
    """Difficulties do not depend on the three numbers: neither does what follows from them."""
    (day, first), *later = history
    memory = step(None, first, day)
    steps: list[Step] = []
    for day, rating in later:
        elapsed = max(0, day - memory.last_day)
        steps.append(Step(elapsed, rating > Rating.AGAIN, _factor(memory, elapsed, rating)))
        memory = step(memory, rating, day)
    return Compiled(first, steps)


def _factor(memory: Memory, elapsed: int, rating: Rating) -> float:
    w = DEFAULT_WEIGHTS
    if elapsed == 0:
        return exp(w[17] * (rating - 3 + w[18]))
    if rating == Rating.AGAIN:
        return float(w[11] * memory.difficulty ** -w[12])
    extra = {Rating.HARD: w[15], Rating.EASY: w[16]}.get(rating, 1.0)
    return (11 - memory.difficulty) * extra


def total_loss(logs: Iterable[Compiled], w: Weights) -> float:
    """The log loss of all evaluable reviews together, under weights made by `with_three`.

    `scheduling.step` unrolled: a fit asks this a hundred times. A test holds the two equal.
    """
    decay, total = -w[20], 0.0
    curve, growth, least_lost = 0.9 ** (1 / decay) - 1, exp(w[8]), exp(w[17] * w[18])
    w9, w10, w13, w14, w19 = w[9], w[10], w[13], w[14], w[19]
    for first, steps in logs:
        stability = w[first - 1]
        for elapsed, is_recalled, factor in steps:
            if elapsed == 0:
                change = factor * stability**-w19
                stability *= max(change, 1.0) if is_recalled else change
            else:
                chance = (1 + curve * elapsed / stability) ** decay
                forgetting = 1 - chance
                if is_recalled:
                    total += surprise(chance)
                    grown = growth * factor * stability**-w9 * (exp(forgetting * w10) - 1)
                    stability *= 1 + grown
                else:
                    total += surprise(forgetting)
                    left = factor * ((stability + 1) ** w13 - 1) * exp(forgetting * w14)
                    stability = min(left, stability / least_lost)
            stability = min(max(stability, MIN_STABILITY), MAX_STABILITY)
    return total


def _bounded(number: int, value: float) -> float:
    low, high = _BOUNDS[number]
    return min(max(value, low), high)
