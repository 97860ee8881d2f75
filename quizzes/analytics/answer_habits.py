"""Habits of answering: at what hours of the day, and how long it takes; of the newest reviews."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from quizzes.cards.models import Review
from quizzes.cards.scheduling import Rating

if TYPE_CHECKING:
    from datetime import datetime

    from quizzes.people.models import User

REVIEWS_READ = 5_000
HOURS = 24
SPANS = (0, 2, 5, 10, 20, 40)
"""In seconds, where one span of answer times ends and the next begins; the last has no end."""

type _Row = tuple[datetime, str, int, int | None]


@dataclass(frozen=True, slots=True)
class Answers:
    """So many answers of one kind, and how many of them were recalled."""

    count: int
    recalled: int

    @property
    def percent(self) -> int | None:
        return round(100 * self.recalled / self.count) if self.count else None


@dataclass(frozen=True, slots=True)
class Habits:
    """Answers by the learner's own hour, 0 to 23, and by the spans of seconds that they took.

    Medians are in seconds. A browser without scripts measures no time.
    """

    hours: Sequence[Answers]
    spans: Sequence[Answers]
    median_seconds: float | None
    median_of_forgotten: float | None

    @property
    def count(self) -> int:
        return sum(one.count for one in self.hours)

    @property
    def timed(self) -> int:
        return sum(one.count for one in self.spans)


def of_learner(learner: User) -> Habits:
    """From the newest `REVIEWS_READ` reviews of flashcards that stand; one query."""
    log = Review.objects.standing().filter(learner=learner, source=Review.Source.FLASHCARD)
    newest = log.order_by("-received_at", "-pk")[:REVIEWS_READ]
    rows = list(newest.values_list("answered_at", "time_zone", "rating", "duration_ms"))
    return _habits(rows)


def _habits(rows: Sequence[_Row]) -> Habits:
    times = [(ms / 1000, rating) for _, _, rating, ms in rows if ms]
    hours = [(at.astimezone(ZoneInfo(zone)).hour, rating) for at, zone, rating, _ in rows]
    return Habits(
        hours=[_answers(rating for at, rating in hours if at == hour) for hour in range(HOURS)],
        spans=[
            _answers(rating for seconds, rating in times if low <= seconds < high)
            for low, high in pairwise([*SPANS, float("inf")])
        ],
        median_seconds=_median(seconds for seconds, _ in times),
        median_of_forgotten=_median(seconds for seconds, rating in times if rating == Rating.AGAIN),
    )


def _answers(ratings: Iterable[int]) -> Answers:
    found = list(ratings)
    return Answers(len(found), sum(rating > Rating.AGAIN for rating in found))


def _median(seconds: Iterable[float]) -> float | None:
    found = list(seconds)
    return round(median(found), 1) if found else None
