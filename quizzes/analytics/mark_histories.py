"""How marks came about: every attempt with what it gave, what regrades changed, every override."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.db.models import Q

from quizzes.assessment import counting, reserving, withholding
from quizzes.assessment.models import Assignment, Attempt, Override, Regrade, RegradeChange
from quizzes.items.fractions import nearest, percent
from quizzes.people.models import User

_ITEM = "regrade__revision__item"


@dataclass(frozen=True, slots=True)
class Part:
    """One attempt: its score, what is left of it where it was late, and whether it counts."""

    attempt: Attempt
    left: Fraction | None
    """The score less the penalty, in units of 10⁻⁷ and exact; None while it is open."""
    counts: bool
    changes: Sequence[RegradeChange] = ()
    """What regrades in force did to it, the first one first."""

    @property
    def percent(self) -> float | None:
        return None if self.attempt.score is None else percent(self.attempt.score)

    @property
    def left_percent(self) -> float | None:
        return None if self.left is None else percent(nearest(self.left))


@dataclass(frozen=True, slots=True)
class ByHand:
    """A mark that was set by hand, or taken back."""

    made: Override

    @property
    def percent(self) -> float | None:
        """None where it takes back what stood before it."""
        return None if self.made.score is None else percent(self.made.score)


@dataclass(frozen=True, slots=True)
class History:
    """What came of one assignment for one student, step by step."""

    parts: Sequence[Part] = ()
    overrides: Sequence[ByHand] = ()
    """The newest first."""

    @property
    def counted(self) -> Sequence[Part]:
        return [one for one in self.parts if one.counts]


def of(
    assignments: Collection[Assignment], learner: int, reader: User, at: datetime
) -> Mapping[int, History]:
    """A student's histories at these assignments, for one who teaches them; three queries.

    By primary key. What a regrade did has `is_kept`: whether why it did so is kept from the reader.
    """
    return _of(assignments, learner, withholding.kept(reader, at, _ITEM))


def own(assignments: Collection[Assignment], learner: User, at: datetime) -> Mapping[int, History]:
    """The same for the student themselves: nothing tells them what an exam to come may ask."""
    kept = Q(**{f"{_ITEM}__in": reserving.reserved(learner, at)})
    return _of(assignments, learner.pk, kept)


def _of(assignments: Collection[Assignment], learner: int, kept: Q) -> Mapping[int, History]:
    given = [one.pk for one in assignments]
    mine = {"learner": learner, "assignment__in": given}
    attempts: dict[int | None, list[Attempt]] = defaultdict(list)
    for attempt in Attempt.objects.filter(**mine).order_by("number"):
        attempts[attempt.assignment_id].append(attempt)
    overrides: dict[int, list[ByHand]] = defaultdict(list)
    for made in Override.objects.filter(**mine).select_related("author").order_by("-pk"):
        overrides[made.assignment_id].append(ByHand(made))
    changes = _changes(learner, given, kept)
    return {
        one.pk: History(_parts(one, attempts[one.pk], changes), overrides[one.pk])
        for one in assignments
    }


def _changes(learner: int, assignments: Sequence[int], kept: Q) -> dict[int, list[RegradeChange]]:
    regrades = Regrade.objects.filter(assignment__in=assignments).in_force()
    rows = RegradeChange.objects.filter(attempt__learner=learner, regrade__in=regrades)
    found: dict[int, list[RegradeChange]] = defaultdict(list)
    told: Any = rows.annotate(is_kept=withholding.column(kept))
    for row in told.select_related("regrade").order_by("regrade__applied_at", "pk"):
        found[row.attempt_id].append(row)
    return found


def _parts(
    assignment: Assignment, attempts: Sequence[Attempt], changes: Mapping[int, list[RegradeChange]]
) -> list[Part]:
    left = {
        one.pk: counting.after_penalty(one.score, one.days_late, assignment.late_percent)
        for one in attempts
        if one.score is not None
    }
    counting_ones = _counting(left, assignment.counting)
    return [
        Part(one, left.get(one.pk), one.pk in counting_ones, changes.get(one.pk, ()))
        for one in attempts
    ]


def _counting(left: Mapping[int, Fraction], how: str) -> set[int]:
    """Which attempts the counted score comes from; the first of several that are equally good."""
    if how == Assignment.Counting.MEAN or not left:
        return set(left)
    score = counting.counted(list(left.values()), how)
    places = list(left) if how != Assignment.Counting.LAST else list(left)[::-1]
    return {next(pk for pk in places if left[pk] == score)}
