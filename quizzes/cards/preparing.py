"""Preparing for an exam: which cards to study today so that most is recalled on one given day.

Spaced repetition asks a card when it is about to be forgotten, which is the wrong question when
all of it is wanted on one morning. Here each card is worth what asking it today adds to the
chance of recall on exam day, for each second that it costs; new cards stand in the same line,
so that a learner short of time neither polishes what is known nor leaves the rest unseen.
All of it is pure and deterministic, and what follows from a rating is still `scheduling.step`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from quizzes.cards.scheduling import (
    DEFAULT_WEIGHTS,
    Memory,
    Rating,
    Weights,
    retrievability,
    step,
)

FIRST_RECALL = 0.6
"""The share of cards that is known when it is shown for the first time."""

_NOTHING = 1e-9


@dataclass(frozen=True, slots=True)
class Seconds:
    """What a card costs: one that is recalled, one that is missed with its step, a new one."""

    recalled: float = 9.0
    missed: float = 24.0
    new: float = 35.0


@dataclass(frozen=True, slots=True)
class Exam:
    """A day (learner day) on which all of it is wanted, and how much of it would be enough."""

    day: int
    target: float = 0.9
    seconds: Seconds = Seconds()


class Candidate(NamedTuple):
    """A card that the exam covers: its memory (none while it is new) and the weights behind it.

    One that may not be asked today, buried or beside a sibling, counts in the mean all the same.
    """

    key: int
    memory: Memory | None
    weights: Weights = DEFAULT_WEIGHTS
    may_be_asked: bool = True


class Worth(NamedTuple):
    """What asking a card today adds to its chance of recall on exam day, and what it costs."""

    gain: float
    seconds: float

    @property
    def score(self) -> float:
        """Gain for each second."""
        return self.gain / self.seconds


@dataclass(frozen=True, slots=True)
class Choice:
    """Today's cards, the best first, and the mean recall on exam day without and with them."""

    keys: list[int]
    seconds: float
    recall_without: float
    recall: float
    is_enough: bool
    """Whether the target is reached, so that the rest of the day is free."""


def recall_on(exam_day: int, memory: Memory | None, weights: Weights = DEFAULT_WEIGHTS) -> float:
    """The chance of recall on exam day if nothing more is done; 0 for what was never seen."""
    if memory is None:
        return 0.0
    return retrievability(max(0, exam_day - memory.last_day), memory.stability, weights)


def outcomes(
    memory: Memory | None, day: int, weights: Weights = DEFAULT_WEIGHTS
) -> list[tuple[float, Memory]]:
    """What asking a card on `day` may leave behind, each with its chance.

    It is recalled, or it is missed and then learned again in its step.
    """
    known = recall_on(day, memory, weights) if memory else FIRST_RECALL
    missed = step(memory, Rating.AGAIN, day, weights)
    return [
        (known, step(memory, Rating.GOOD, day, weights)),
        (1 - known, step(missed, Rating.GOOD, day, weights)),
    ]


def recall_after(
    exam_day: int, memory: Memory | None, day: int, weights: Weights = DEFAULT_WEIGHTS
) -> float:
    """The chance of recall on exam day to be expected when the card is asked on `day`."""
    return sum(
        chance * recall_on(exam_day, left, weights)
        for chance, left in outcomes(memory, day, weights)
    )


def worth(card: Candidate, day: int, exam: Exam) -> Worth:
    """What asking a card today is worth; a card that was asked today has had its turn."""
    memory, weights = card.memory, card.weights
    known = recall_on(day, memory, weights)
    if memory is None:
        seconds = exam.seconds.new
    else:
        seconds = known * exam.seconds.recalled + (1 - known) * exam.seconds.missed
    if not card.may_be_asked or (memory and memory.last_day >= day):
        return Worth(0.0, seconds)
    after = recall_after(exam.day, memory, day, weights)
    return Worth(after - recall_on(exam.day, memory, weights), seconds)


def choose(cards: Sequence[Candidate], day: int, exam: Exam, seconds: float) -> Choice:
    """The cards to ask today, in order: the best until the time is spent or the target reached.

    Only what gains is chosen; what is begun in time is finished, and more time never takes a card
    out of the choice. Of equals the one that was given first comes first.
    """
    sure = sum(recall_on(exam.day, card.memory, card.weights) for card in cards)
    worths = {card.key: worth(card, day, exam) for card in cards}
    keys, spent, total = list[int](), 0.0, sure
    for key, gain, cost in _best_first(worths):
        if total >= exam.target * len(cards) or spent >= seconds:
            break
        keys.append(key)
        spent, total = spent + cost, total + gain
    count = max(1, len(cards))
    return Choice(keys, spent, sure / count, total / count, total >= exam.target * len(cards))


def _best_first(worths: Mapping[int, Worth]) -> Iterator[tuple[int, float, float]]:
    gaining = [(key, *one) for key, one in worths.items() if one.gain > _NOTHING]
    yield from sorted(gaining, key=lambda one: -one[1] / one[2])
