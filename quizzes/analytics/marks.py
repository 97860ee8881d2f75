"""What stands in a gradebook: attempts in short, cells, rows and columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from quizzes.assessment import overriding, timing
from quizzes.assessment.models import Assignment, Extension, Override
from quizzes.items.fractions import nearest, percent
from quizzes.people.models import Enrollment


class Show(StrEnum):
    """Which rows: all, or those with something that waits to be looked at."""

    ALL = "all"
    MISSING = "missing"
    LATE = "late"
    TO_MARK = "to-mark"


class Sat(NamedTuple):
    """One attempt, as little of it as a table tells."""

    assignment: int
    learner: int
    score: int | None
    days_late: int
    is_timed_out: bool
    ends_at: datetime | None
    """When the time of one that is open runs out."""
    number: int
    is_tallied: bool
    """Nothing of it waits for a mark."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What came of one assignment for one student."""

    place: Enrollment
    assignment: Assignment
    attempts: Sequence[Sat]
    override: Override | None
    extension: Extension | None
    unmarked: int
    """How many essays wait for a mark."""
    at: datetime

    @property
    def mark(self) -> int | None:
        """The score that counts, in units of 10⁻⁷; None while there is none."""
        return overriding.mark(self.attempts, self.assignment, self.override)

    @property
    def percent(self) -> float | None:
        return None if self.mark is None else percent(self.mark)

    @property
    def is_running(self) -> bool:
        """Whether an attempt is being sat now; one whose time is over only waits to be closed."""
        open_ones = [one for one in self.attempts if one.score is None]
        return any(one.ends_at is None or one.ends_at > self.at for one in open_ones)

    @property
    def has_timed_out(self) -> bool:
        over = [one.ends_at for one in self.attempts if one.score is None]
        ran_out = any(ends_at is not None and ends_at <= self.at for ends_at in over)
        return ran_out or any(one.is_timed_out for one in self.attempts)

    @property
    def days_late(self) -> int:
        """By how many begun days the latest of the attempts was late."""
        return max((one.days_late for one in self.attempts), default=0)

    @property
    def has_opened(self) -> bool:
        return self.assignment.opens_at <= self.at

    @property
    def is_missing(self) -> bool:
        """Whether nothing came, and nothing can come any more."""
        if self.attempts or self.override or self.place.role != Enrollment.Role.STUDENT:
            return False
        closes_at = timing.closing(self.assignment, self.place, self.extension)
        return closes_at is not None and closes_at <= self.at

    def is_shown(self, show: Show) -> bool:
        """Whether it is what is looked for."""
        match show:
            case Show.MISSING:
                return self.is_missing
            case Show.LATE:
                return self.days_late > 0
            case Show.TO_MARK:
                return self.unmarked > 0
        return True


@dataclass(frozen=True, slots=True)
class Row:
    """A student with a cell for each assignment."""

    place: Enrollment
    cells: Sequence[Cell]

    @property
    def marks(self) -> list[int]:
        """Those of the graded assignments that have one."""
        graded = (one for one in self.cells if one.assignment.is_graded)
        return [mark for one in graded if (mark := one.mark) is not None]

    @property
    def mean(self) -> int | None:
        """The mean of the graded marks there are, each of the same weight."""
        return mean(self.marks)

    @property
    def mean_percent(self) -> float | None:
        return mean_percent(self.marks)


@dataclass(frozen=True, slots=True)
class Column:
    """An assignment with the marks of the class's students; the former are in no figure."""

    assignment: Assignment
    marks: Sequence[int]
    """In ascending order."""
    unmarked: int

    @property
    def mean_percent(self) -> float | None:
        return mean_percent(self.marks)

    @property
    def median_percent(self) -> float | None:
        """The middle mark, or half way between the two in the middle."""
        half, odd = divmod(len(self.marks), 2)
        return mean_percent(self.marks[half if odd else half - 1 : half + 1])


def mean(marks: Sequence[int]) -> int | None:
    """The mean of marks, each of the same weight; None of none."""
    return nearest(Fraction(sum(marks), len(marks))) if marks else None


def mean_percent(marks: Sequence[int]) -> float | None:
    """What the mean of marks says."""
    middle = mean(marks)
    return None if middle is None else percent(middle)
