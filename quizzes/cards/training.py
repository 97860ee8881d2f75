"""Training of all 21 weights, by the optional package `fsrs-rs-python` (the extra `fit`).

It is loaded by the process that trains, when it first does, and by no other. It holds the
interpreter's lock while it works, so call it from a job or a command, never from a request.
"""

from collections.abc import Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec
from itertools import pairwise
from typing import Any, NamedTuple

from quizzes.cards.fitting import Trainer
from quizzes.cards.predicting import History
from quizzes.cards.scheduling import Rating, Weights

PACKAGE = "fsrs_rs_python"
HOW_TO_INSTALL = "pip install 'studyapp[fit]'"

_RELEARNING_STEPS = 1


class Lesson(NamedTuple):
    """A card's reviews up to an evaluable one: ratings, and the days since the one before."""

    day: int
    card: int
    ratings: list[Rating]
    elapsed: list[int]


def trainer() -> Trainer | None:
    """The trainer of all weights, if its package is installed."""
    return train if find_spec(PACKAGE) else None


def train(histories: Sequence[History]) -> Weights:
    """The 21 weights under which this log is the least surprising."""
    package: Any = import_module(PACKAGE)
    found = lessons(histories)
    items = [
        package.FSRSItem([package.FSRSReview(*review) for review in _reviews(one)]) for one in found
    ]
    cards = [one.card for one in found]
    fitted = package.FSRS([]).compute_parameters(items, cards, True, _RELEARNING_STEPS)
    return tuple(fitted)


def lessons(histories: Sequence[History]) -> list[Lesson]:
    """What there is to learn from: one lesson an evaluable review, in the order of time."""
    found = [one for card, history in enumerate(histories) for one in _of_card(card, history)]
    return sorted(found, key=lambda one: (one.day, one.card))


def _of_card(card: int, history: History) -> Iterator[Lesson]:
    days, ratings = [day for day, _ in history], [rating for _, rating in history]
    elapsed = [0, *(max(0, day - before) for before, day in pairwise(days))]
    for length in range(2, len(history) + 1):
        if elapsed[length - 1]:
            yield Lesson(days[length - 1], card, ratings[:length], elapsed[:length])


def _reviews(lesson: Lesson) -> Iterator[tuple[int, int]]:
    return zip(map(int, lesson.ratings), lesson.elapsed, strict=True)
