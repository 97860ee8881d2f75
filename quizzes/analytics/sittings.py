"""What a learner's classes give them to sit, and how far each of it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from typing import Any

from django.db.models import FilteredRelation, OuterRef, Q, Subquery, Sum

from quizzes.assessment import timing
from quizzes.assessment.models import Assignment, Attempt, Extension, Slot
from quizzes.assessment.models.assignments import AssignmentQuerySet
from quizzes.people.models import Enrollment, User


class State(StrEnum):
    """How far an assignment is for one student."""

    NOT_YET = "not_yet"
    READY = "ready"
    SITTING = "sitting"
    WAITING = "waiting"
    """Nothing more can be handed in, and the results are not released."""
    NO_ATTEMPT_LEFT = "no_attempt_left"
    CLOSED = "closed"
    RELEASED = "released"


@dataclass(frozen=True, slots=True)
class Sitting:
    """An assignment as one student has it: their place in the class, and their attempts."""

    assignment: Assignment
    place: Enrollment
    attempts: Sequence[Attempt]
    question_count: int
    extension: Extension | None = None

    @property
    def due_at(self) -> datetime | None:
        """From when on handing in is late for this student."""
        return timing.due(self.assignment, self.place, self.extension)

    @property
    def closes_at(self) -> datetime | None:
        """When it closes for this student."""
        return timing.closing(self.assignment, self.place, self.extension)

    @property
    def attempts_allowed(self) -> int | None:
        return timing.attempts(self.assignment, self.extension)

    def ends_at(self, at: datetime) -> datetime | None:
        """When the time of an attempt is over that begins at this moment."""
        return timing.deadline(self.assignment, self.place, at, self.extension)

    @property
    def open_attempt(self) -> Attempt | None:
        return next((one for one in self.attempts if one.handed_in_at is None), None)

    @property
    def handed_in(self) -> list[Attempt]:
        return [one for one in self.attempts if one.handed_in_at]

    @property
    def attempts_left(self) -> int | None:
        """How many more may be begun; None if any number may."""
        allowed = self.attempts_allowed
        return None if allowed is None else max(0, allowed - len(self.attempts))

    def state(self, at: datetime) -> State:
        """How far it is at this moment."""
        begun, given = self.open_attempt, self.assignment
        if begun and (begun.deadline_at is None or begun.deadline_at > at):
            return State.SITTING
        if given.released_at and given.released_at <= at:
            return State.RELEASED
        if given.classroom.archived_at:
            return State.CLOSED
        if given.opens_at > at:
            return State.NOT_YET
        is_closed = self.closes_at is not None and self.closes_at <= at
        if not is_closed and self.attempts_left != 0:
            return State.READY
        if given.is_graded and self.attempts:
            return State.WAITING
        return State.CLOSED if is_closed else State.NO_ATTEMPT_LEFT


def of_learner(learner: User) -> list[Sitting]:
    """Everything that a learner is given, what closes first at the top; one query."""
    return _sittings(learner, Assignment.objects.visible_to(learner))


def at_hand(learner: User, at: datetime) -> list[Sitting]:
    """What a learner is to sit now or later; one query."""
    wanted = {State.SITTING, State.READY, State.NOT_YET}
    return [one for one in of_learner(learner) if one.state(at) in wanted]


def of_assignment(learner: User, assignment: Assignment) -> Sitting:
    """One that the learner is given; one query."""
    [found] = _sittings(learner, Assignment.objects.filter(pk=assignment.pk))
    return found


def _sittings(learner: User, assignments: AssignmentQuerySet) -> list[Sitting]:
    """In order, each with its quiz, its class, and the learner's own part of it."""
    student = Enrollment.Role.STUDENT
    places = {"classroom__enrollments__user": learner, "classroom__enrollments__role": student}
    slots = Slot.objects.filter(quiz=OuterRef("quiz")).order_by().values("quiz")
    rows: Any = assignments.in_order().annotate(
        questions=Subquery(slots.annotate(number=Sum("count")).values("number")),
        place=FilteredRelation("classroom__enrollments", condition=Q(**places)),
        own=FilteredRelation("extensions", condition=Q(extensions__learner=learner)),
        sat=FilteredRelation("attempts", condition=Q(attempts__learner=learner)),
    )
    parts = ("quiz__book", "classroom", "place", "own", "sat")
    every = rows.select_related(*parts)  # a relation that finds no row sets nothing
    return [_sitting(list(same)) for _pk, same in groupby(every, key=lambda row: row.pk)]


def _sitting(rows: Sequence[Any]) -> Sitting:
    """One assignment from its rows, of which there is one for each attempt."""
    given = rows[0]
    attempts = [row.sat for row in rows if hasattr(row, "sat")]
    attempts.sort(key=lambda attempt: attempt.number)
    extension = getattr(given, "own", None)
    return Sitting(given, given.place, attempts, given.questions or 0, extension)
