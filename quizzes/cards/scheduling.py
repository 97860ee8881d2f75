"""FSRS-6: how strong a memory is, how it fades, and what a rating does to it.

Pure arithmetic on floats. Time is a *learner day* (`date.toordinal()`), so two reviews of one
study day are zero days apart whatever the hours say. Rounding, fuzz and maximum intervals are
not here but in `spacing`.

Source: FSRS-6 as published by open-spaced-repetition, with the default weights and the formulas
of its reference implementation, the `fsrs` package 6.3.2.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from math import exp

type Weights = tuple[float, ...]
"""The 21 numbers of FSRS-6, w0 to w20."""

DEFAULT_WEIGHTS: Weights = (
    *(0.212, 1.2931, 2.3065, 8.2956),  # w0-w3: stability after the first rating
    *(6.4133, 0.8334, 3.0194, 0.001),  # w4-w7: difficulty
    *(1.8722, 0.1666, 0.796),  # w8-w10: growth after recall
    *(1.4835, 0.0614, 0.2629, 1.6483),  # w11-w14: what a lapse leaves
    *(0.6014, 1.8729),  # w15-w16: Hard's penalty, Easy's bonus
    *(0.5425, 0.0912, 0.0658),  # w17-w19: reviews on the same day
    0.1542,  # w20: how fast the forgetting curve falls
)

MIN_STABILITY = 0.001
# Far beyond any interval that is offered: extreme weights must not overflow into infinity.
MAX_STABILITY = 1e9
MIN_DIFFICULTY, MAX_DIFFICULTY = 1.0, 10.0


class Rating(IntEnum):
    """What the learner said of one recall."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


@dataclass(frozen=True, slots=True)
class Memory:
    """What is remembered of one card: stability in days, difficulty 1 to 10, the day last seen."""

    stability: float
    difficulty: float
    last_day: int


def retrievability(
    elapsed_days: float, stability: float, weights: Weights = DEFAULT_WEIGHTS
) -> float:
    """Chance of recall after `elapsed_days`, above 0 and at most 1.

    `stability` is in days: the chance is 0.9 when the two are equal.
    """
    decay, factor = forgetting(weights[20])
    return float((1 + factor * elapsed_days / stability) ** decay)


def forgetting(speed: float) -> tuple[float, float]:
    """The exponent of the forgetting curve and the factor beside its days, by the weight w20."""
    decay = -speed
    return decay, 0.9 ** (1 / decay) - 1


def interval(
    stability: float, desired_retention: float, weights: Weights = DEFAULT_WEIGHTS
) -> float:
    """Days until the chance of recall has fallen to `desired_retention`: unrounded, unlimited."""
    decay, factor = forgetting(weights[20])
    return float(stability / factor * (desired_retention ** (1 / decay) - 1))


def initial(rating: Rating, learner_day: int, weights: Weights = DEFAULT_WEIGHTS) -> Memory:
    """The memory that a first rating makes."""
    return Memory(
        stability=_bounded_stability(weights[rating - 1]),
        difficulty=_bounded_difficulty(_initial_difficulty(rating, weights)),
        last_day=learner_day,
    )


def step(
    memory: Memory | None,
    rating: Rating,
    learner_day: int,
    weights: Weights = DEFAULT_WEIGHTS,
) -> Memory:
    """The memory after one more rating; without a memory, the first one.

    A day before the last one (after a flight westward) counts as the same day.
    """
    if memory is None:
        return initial(rating, learner_day, weights)
    elapsed = max(0, learner_day - memory.last_day)
    if elapsed == 0:
        stability = _same_day(memory.stability, rating, weights)
    elif rating == Rating.AGAIN:
        stability = _forgotten(memory, elapsed, weights)
    else:
        stability = _recalled(memory, elapsed, rating, weights)
    return Memory(
        stability=_bounded_stability(stability),
        difficulty=_next_difficulty(memory.difficulty, rating, weights),
        last_day=learner_day,
    )


def preview(
    memory: Memory | None, learner_day: int, weights: Weights = DEFAULT_WEIGHTS
) -> dict[Rating, Memory]:
    """The memory that each of the four ratings would make."""
    return {rating: step(memory, rating, learner_day, weights) for rating in Rating}


def replay(
    reviews: Iterable[tuple[int, Rating]], weights: Weights = DEFAULT_WEIGHTS
) -> Memory | None:
    """The memory that a whole log of (learner day, rating) leaves; none when it is empty."""
    memory: Memory | None = None
    for learner_day, rating in reviews:
        memory = step(memory, rating, learner_day, weights)
    return memory


def _recalled(memory: Memory, elapsed: int, rating: Rating, w: Weights) -> float:
    """Stability grows more the easier the card, the weaker the memory, the closer to forgotten."""
    forgetting = 1 - retrievability(elapsed, memory.stability, w)
    growth = (
        exp(w[8])
        * (11 - memory.difficulty)
        * memory.stability ** -w[9]
        * (exp(forgetting * w[10]) - 1)
    )
    if rating == Rating.HARD:
        growth *= w[15]
    elif rating == Rating.EASY:
        growth *= w[16]
    return float(memory.stability * (1 + growth))


def _forgotten(memory: Memory, elapsed: int, w: Weights) -> float:
    """A lapse leaves something of an old memory, and never more than there was."""
    forgetting = 1 - retrievability(elapsed, memory.stability, w)
    left = (
        w[11]
        * memory.difficulty ** -w[12]
        * ((memory.stability + 1) ** w[13] - 1)
        * exp(forgetting * w[14])
    )
    return float(min(left, memory.stability / exp(w[17] * w[18])))


def _same_day(stability: float, rating: Rating, w: Weights) -> float:
    """Another look on the same day adds little, and recalling never takes away."""
    change = exp(w[17] * (rating - 3 + w[18])) * stability ** -w[19]
    if rating != Rating.AGAIN:
        change = max(change, 1.0)
    return float(stability * change)


def _initial_difficulty(rating: Rating, w: Weights) -> float:
    return w[4] - exp(w[5] * (rating - 1)) + 1


def _next_difficulty(difficulty: float, rating: Rating, w: Weights) -> float:
    """Difficulty moves less the nearer it is to 10, and leans toward that of an easy card."""
    moved = difficulty + (10 - difficulty) * w[6] * (3 - rating) / 9
    return _bounded_difficulty(
        w[7] * _initial_difficulty(Rating.EASY, w) + (1 - w[7]) * moved,
    )


def _bounded_stability(stability: float) -> float:
    return min(max(stability, MIN_STABILITY), MAX_STABILITY)


def _bounded_difficulty(difficulty: float) -> float:
    return min(max(difficulty, MIN_DIFFICULTY), MAX_DIFFICULTY)
