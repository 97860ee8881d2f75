"""Simulated students, in two worlds: one in which our model is right, and one in which it is not.

In the world `fsrs` a student remembers by FSRS-6 with weights of their own, and cards differ. In
the world `actr` memory is a sum of fading traces: each exposure leaves one, which fades the faster
the stronger the memory was at that moment, so that spacing pays. FSRS can only approximate it.
Source of the second: Pavlik and Anderson, Cognitive Science 29 (2005), 559-586; time between
sessions runs at a fortieth of its pace, as they found.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from random import Random
from typing import Protocol

from fsrs.scheduler import LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS

from quizzes.cards.scheduling import (
    DEFAULT_WEIGHTS,
    Memory,
    Rating,
    Weights,
    initial,
    retrievability,
    step,
)

# How far the fitted weights w4 to w20 of real learners lie apart (standard deviations).
_SPREAD = (
    *(0.57, 0.28, 0.6, 0.12, 0.39, 0.18, 0.33, 0.3, 0.09),
    *(0.16, 0.57, 0.25, 1.03, 0.31, 0.32, 0.14, 0.27),
)
_LIKENESS = 0.8
"""Students differ by so much of that spread: part of it is noise of the fits."""

_PASSES = (Rating.HARD, Rating.GOOD, Rating.EASY)
_OF_PASSES = (0.12, 0.73, 0.15)


class Student(Protocol):
    """Somebody who answers, and whose true chance of recall is known to us alone."""

    def meet(self, card: int, day: int) -> Rating: ...

    def answer(self, card: int, day: int) -> Rating: ...

    def chance(self, card: int, day: int) -> float: ...


def _rating(random: Random, chance: float) -> Rating:
    """A miss, or one of the three passes."""
    if random.random() >= chance:
        return Rating.AGAIN
    return random.choices(_PASSES, _OF_PASSES)[0]


@dataclass
class FsrsStudent:
    """Remembers by FSRS-6; the scheduler does not know with which weights."""

    random: Random
    weights: Weights = ()
    memories: dict[int, Memory] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.weights = self.weights or _own_weights(self.random)

    def meet(self, card: int, day: int) -> Rating:
        rating = self.random.choices(list(Rating), (0.35, 0.1, 0.45, 0.1))[0]
        first = initial(rating, day, self.weights)
        ease = math.exp(self.random.gauss(0, 0.35))  # cards differ, and no rating tells by how much
        self.memories[card] = Memory(first.stability * ease, first.difficulty, day)
        return rating

    def answer(self, card: int, day: int) -> Rating:
        rating = _rating(self.random, self.chance(card, day))
        self.memories[card] = step(self.memories[card], rating, day, self.weights)
        return rating

    def chance(self, card: int, day: int) -> float:
        memory = self.memories[card]
        if day == memory.last_day:
            return 0.97
        return retrievability(day - memory.last_day, memory.stability, self.weights)


def _own_weights(random: Random) -> Weights:
    """Better or worse than the average as a whole, and otherwise in each number."""
    ability = random.gauss(0, 0.8 * _LIKENESS)
    firsts = [w * math.exp(ability + random.gauss(0, 0.4 * _LIKENESS)) for w in DEFAULT_WEIGHTS[:4]]
    rest = [
        w + random.gauss(0, spread * _LIKENESS)
        for w, spread in zip(DEFAULT_WEIGHTS[4:], _SPREAD, strict=True)
    ]
    bounds = zip(LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS, strict=True)
    own = [min(max(w, low), high) for w, (low, high) in zip([*firsts, *rest], bounds, strict=True)]
    for n in range(1, 4):  # a better first rating never means a weaker memory
        own[n] = max(own[n], own[n - 1])
    return tuple(own)


@dataclass
class ActrStudent:
    """Remembers by traces that fade; items and students differ in how easily they are recalled."""

    random: Random
    ease: dict[int, float] = field(default_factory=dict)
    traces: dict[int, list[tuple[float, float]]] = field(default_factory=dict)

    FADING = 0.217  # c: how much faster a trace fades that is laid onto a strong memory
    SESSIONS_APART = 0.025  # h
    SECONDS_A_DAY = 86_400

    def __post_init__(self) -> None:
        self.slowest = 0.177 + self.random.gauss(0, 0.02)  # a
        self.threshold = -1.8 + self.random.gauss(0, 0.22)  # tau
        self.noise = 0.3 + abs(self.random.gauss(0, 0.08))  # s

    def meet(self, card: int, day: int) -> Rating:
        self.ease[card] = self.random.gauss(0, 0.35)
        self.traces[card] = [(day, self.slowest)]
        return self.random.choices((Rating.AGAIN, Rating.GOOD), (0.35, 0.65))[0]

    def answer(self, card: int, day: int) -> Rating:
        rating = _rating(self.random, self.chance(card, day))
        decay = self.FADING * math.exp(self._activation(card, day)) + self.slowest
        self.traces[card].append((day, decay))
        return rating

    def chance(self, card: int, day: int) -> float:
        strength = self._activation(card, day) + self.ease[card]
        return 1 / (1 + math.exp(min(50.0, (self.threshold - strength) / self.noise)))

    def _activation(self, card: int, day: int) -> float:
        """The log of the sum of all traces, each faded since its day."""
        first, *later = self.traces[card]
        ages = [(60 + self._age(first[0], day), first[1])]
        ages += [(self._age(then, day), decay) for then, decay in later]
        return math.log(sum(max(age, 30.0) ** -decay for age, decay in ages))

    def _age(self, then: float, day: int) -> float:
        return (day - then) * self.SECONDS_A_DAY * self.SESSIONS_APART


WORLDS = {"fsrs": FsrsStudent, "actr": ActrStudent}
