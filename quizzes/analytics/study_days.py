"""Study days: what a learner did on each day of the last weeks; pure arithmetic on tallies.

A calendar, a learner's pace and a week in words are all told from the same cells.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import NamedTuple

WEEKS_SHOWN = 18
USUAL_SECONDS = 15.0
"""How long a card takes a learner whose pace is not known yet."""

CARDS_TRUSTED = 20
"""How many cards the usual pace counts for, beside the learner's own."""

HEAT = (1, 10, 25, 50)
"""Reviews a day from which a day of the calendar is shown one shade darker."""

MINUTE = 60_000


class Cell(NamedTuple):
    """What was done with one kind of fact in one chapter, on a day of the calendar."""

    day: date | None
    """None for all days before the calendar, taken together."""
    chapter_id: int
    kind: str
    reviews: int
    recalled: int
    duration_ms: int
    known: int
    """Cards into review, less those out of it."""
    learning: int
    last_day: date | None
    """The last of these days with a review."""


@dataclass(frozen=True, slots=True)
class Day:
    """One study day: its reviews and quizzes, and the shade from 0 to 4 that they give it."""

    day: date
    reviews: int
    recalled: int
    duration_ms: int
    quizzes: int = 0

    @property
    def is_studied(self) -> bool:
        return bool(self.reviews or self.quizzes)

    @property
    def minutes(self) -> int:
        """Of review, rounded, and not to 0; 0 where none was measured."""
        return max(round(self.duration_ms / MINUTE), int(self.duration_ms > 0))

    @property
    def heat(self) -> int:
        return max(sum(self.reviews >= bound for bound in HEAT), int(self.is_studied))


@dataclass(frozen=True, slots=True)
class Calendar:
    """The last weeks, each from its Monday; days to come are left out."""

    weeks: list[list[Day]]
    before: date | None = None
    """The last day with a review that lies before them."""

    @property
    def last_day(self) -> date | None:
        """The last study day of all."""
        return max((day.day for day in self.days), default=self.before)

    @property
    def days(self) -> list[Day]:
        """The days with a review or a quiz, the earliest first."""
        return [day for week in self.weeks for day in week if day.is_studied]

    @property
    def today(self) -> Day:
        return self.weeks[-1][-1]

    @property
    def days_since(self) -> int | None:
        """Days since the last study day, 0 if it is today; none before the first."""
        return (self.today.day - self.last_day).days if self.last_day else None

    @property
    def reviews(self) -> int:
        return sum(day.reviews for day in self.days)

    @property
    def minutes(self) -> int:
        """The sum of what each day shows."""
        return sum(day.minutes for day in self.days)

    def minutes_for(self, cards: int) -> int:
        """How long so many cards will take at this learner's pace, rounded up."""
        spent = sum(day.duration_ms for day in self.days) / 1000
        seconds_a_card = (spent + CARDS_TRUSTED * USUAL_SECONDS) / (self.reviews + CARDS_TRUSTED)
        return ceil(cards * seconds_a_card / 60)


def first_day(today: date) -> date:
    """The Monday on which the calendar of a day begins."""
    return today - timedelta(days=today.weekday(), weeks=WEEKS_SHOWN - 1)


def calendar(done: Iterable[Cell], today: date, quiz_days: Iterable[date | None]) -> Calendar:
    """The days of the last `WEEKS_SHOWN` weeks, `quiz_days` those on which quizzes were taken.

    A day ahead of today, which a traveller may have left behind, is not shown until it comes.
    """
    reviewed, quizzes = defaultdict[date | None, list[Cell]](list), Counter(quiz_days)
    first = first_day(today)
    for cell in done:
        reviewed[cell.day].append(cell)
    shown = [first + timedelta(days=number) for number in range((today - first).days + 1)]
    days = [_day(day, reviewed[day], quizzes[day]) for day in shown]
    return Calendar(
        [days[start : start + 7] for start in range(0, len(days), 7)],
        before=max((cell.last_day for cell in reviewed[None] if cell.last_day), default=None),
    )


def _day(day: date, done: Iterable[Cell], quizzes: int) -> Day:
    every = list(done)
    return Day(
        day,
        reviews=sum(cell.reviews for cell in every),
        recalled=sum(cell.recalled for cell in every),
        duration_ms=sum(cell.duration_ms for cell in every),
        quizzes=quizzes,
    )
