"""Foreseeing: whether so many minutes a day are enough before an exam, and how many would be.

The days that are left are played through with expected values in place of luck: whoever studies
the best cards of each day (`preparing`) has seen so many cards by then, and recalls so much.
Pure, and quick enough for a page: cards much alike are one kind, and a long time is few turns.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, exp, log
from typing import NamedTuple

from quizzes.cards.preparing import Candidate, Exam, outcomes, recall_after, recall_on, worth
from quizzes.cards.scheduling import DEFAULT_WEIGHTS, Memory, Weights, interval

MOST_MINUTES = 240
"""The longest study day that is ever advised."""

_KINDS, _TURNS = 24, 24
_NOTHING = 1e-6


@dataclass(frozen=True, slots=True)
class Outlook:
    """Exam day as it is to be expected: how many cards were never seen, and the mean recall."""

    unseen: int
    recall: float


def outlook(
    memories: Iterable[Memory | None],
    days: Sequence[int],
    exam: Exam,
    minutes: float,
    weights: Weights = DEFAULT_WEIGHTS,
) -> Outlook:
    """Exam day after so many minutes on each of these days, all of them spent on the best."""
    kinds, turns = _kinds(memories, exam, weights), _turns(days)
    return _played(kinds, turns, exam, minutes, weights)


def minutes_needed(
    memories: Iterable[Memory | None],
    days: Sequence[int],
    exam: Exam,
    weights: Weights = DEFAULT_WEIGHTS,
) -> int | None:
    """The fewest minutes on each of these days that leave no card unseen.

    None where `MOST_MINUTES` would not do either.
    """
    kinds, turns = _kinds(memories, exam, weights), _turns(days)
    low, high = -1, MOST_MINUTES + 1
    while high - low > 1:
        middle = (low + high) // 2
        unseen = _played(kinds, turns, exam, middle, weights).unseen
        low, high = (middle, high) if unseen else (low, middle)
    return high if high <= MOST_MINUTES else None


class _Kind(NamedTuple):
    """So many cards, or parts of one, that are remembered alike."""

    memory: Memory | None
    cards: float


class _Turn(NamedTuple):
    """A study day that stands for so many."""

    day: int
    days: int


def _kinds(memories: Iterable[Memory | None], exam: Exam, weights: Weights) -> list[_Kind]:
    """A few kinds of cards, each of neighbors in recall on exam day."""
    found = list(memories)
    seen = [memory for memory in found if memory]
    seen.sort(key=lambda memory: (recall_on(exam.day, memory, weights), memory.stability))
    size = ceil(len(seen) / _KINDS) or 1
    parts = (seen[n : n + size] for n in range(0, len(seen), size))
    return [_Kind(None, len(found) - len(seen)), *(_Kind(_mean(part), len(part)) for part in parts)]


def _mean(memories: Sequence[Memory]) -> Memory:
    count = len(memories)
    return Memory(
        stability=exp(sum(log(memory.stability) for memory in memories) / count),
        difficulty=sum(memory.difficulty for memory in memories) / count,
        last_day=sum(memory.last_day for memory in memories) // count,
    )


def _turns(days: Sequence[int]) -> list[_Turn]:
    size = ceil(len(days) / _TURNS) or 1
    return [_Turn(days[n], len(days[n : n + size])) for n in range(0, len(days), size)]


def _played(
    kinds: Sequence[_Kind], turns: Iterable[_Turn], exam: Exam, minutes: float, weights: Weights
) -> Outlook:
    for turn in turns:
        kinds = _studied(kinds, turn, exam, minutes * 60, weights)
    count = sum(kind.cards for kind in kinds)
    unseen = sum(kind.cards for kind in kinds if kind.memory is None)
    known = sum(kind.cards * recall_on(exam.day, kind.memory, weights) for kind in kinds)
    return Outlook(ceil(unseen - _NOTHING), known / count if count else 0.0)


def _studied(
    kinds: Sequence[_Kind], turn: _Turn, exam: Exam, seconds: float, weights: Weights
) -> list[_Kind]:
    """The kinds after a turn: what there was time for is remembered anew, the rest as before."""
    left = seconds * turn.days
    after = list[_Kind]()
    worths = [(worth(Candidate(0, kind.memory, weights), turn.day, exam), kind) for kind in kinds]
    for (gain, cost), kind in sorted(worths, key=lambda one: -one[0].score):
        asked = min(kind.cards, left / cost) if gain > _NOTHING else 0.0
        left -= asked * cost
        if asked:
            after.append(_Kind(_asked(kind.memory, turn.day, exam, weights), asked))
        if asked < kind.cards:
            after.append(_Kind(kind.memory, kind.cards - asked))
    return after


def _asked(memory: Memory | None, day: int, exam: Exam, weights: Weights) -> Memory:
    """The one memory that stands for those recalled and those missed: as sure on exam day."""
    left = outcomes(memory, day, weights)
    difficulty = sum(chance * memory.difficulty for chance, memory in left)
    ahead = max(1, exam.day - day)
    sure = recall_after(day + ahead, memory, day, weights)
    return Memory(ahead / interval(1.0, sure, weights), difficulty, day)
