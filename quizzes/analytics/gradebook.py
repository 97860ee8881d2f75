"""The gradebook: what a class was given, and what counts of it for each student.

One reading answers for the page, the files and a student's own view, so that no two of them can
tell different marks. A mark is the newest override, else what is counted of the attempts. Means
are of the marks there are, each of the same weight: who has no mark is in none of them.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from operator import attrgetter

from django.db.models import Case, F, Q, QuerySet, Sum, When

from quizzes.analytics.marks import Cell, Column, Row, Sat, Show
from quizzes.assessment import overriding, timing
from quizzes.assessment.models import Assignment, Attempt, Extension, Override, Served
from quizzes.items.models import Revision
from quizzes.people.models import Classroom, Enrollment

Role = Enrollment.Role
WHOLE = 100
type Pair = tuple[int, int]
"""An assignment and a learner, by primary key."""


@dataclass(frozen=True)
class Gradebook:
    """All that a class's marks are told from; nothing more is read to tell them."""

    at: datetime
    assignments: Sequence[Assignment]
    places: Sequence[Enrollment]
    """By name; with those who left the class and have attempts."""
    attempts: Mapping[Pair, Sequence[Sat]]
    overrides: Mapping[Pair, Override]
    extensions: Mapping[Pair, Extension]
    unmarked: Mapping[Pair, int] = field(default_factory=dict)

    @cached_property
    def students(self) -> list[Enrollment]:
        return [one for one in self.places if one.role == Role.STUDENT]

    @cached_property
    def former(self) -> list[Enrollment]:
        """Who is no longer in the class but has something in its gradebook."""
        known = {learner for _assignment, learner in (*self.attempts, *self.overrides)}
        return [one for one in self.places if one.role == Role.FORMER and one.user_id in known]

    def chosen(self, show: Show) -> list[Enrollment]:
        """The students in whose row something is to be shown."""
        if show == Show.ALL:
            return self.students
        rows = map(self.row, self.students)
        return [row.place for row in rows if any(one.is_shown(show) for one in row.cells)]

    def row(self, place: Enrollment) -> Row:
        return Row(place, [self.cell(place, one) for one in self.assignments])

    def cell(self, place: Enrollment, assignment: Assignment) -> Cell:
        pair = (assignment.pk, place.user_id)
        return Cell(
            place=place,
            assignment=assignment,
            attempts=self.attempts.get(pair, ()),
            override=self.overrides.get(pair),
            extension=self.extensions.get(pair),
            unmarked=self.unmarked.get(pair, 0),
            at=self.at,
        )

    def last_closing(self, assignment: Assignment) -> datetime | None:
        """When it closes for the last student of the class; None if it stays open."""
        most = Enrollment(
            extra_days=max((one.extra_days for one in self.students), default=0),
            time_percent=max((one.time_percent for one in self.students), default=WHOLE),
        )
        own = [
            one.closes_at
            for place in self.students
            if (one := self.extensions.get((assignment.pk, place.user_id))) and one.closes_at
        ]
        latest = Extension(closes_at=max(own, default=None))
        return timing.closing(assignment, most, latest)

    def columns(self) -> list[Column]:
        return [self._column(one) for one in self.assignments]

    def _column(self, assignment: Assignment) -> Column:
        pairs = [(assignment.pk, place.user_id) for place in self.students]
        marks = (
            overriding.mark(self.attempts.get(pair, ()), assignment, self.overrides.get(pair))
            for pair in pairs
        )
        unmarked = sum(
            n for (given, _learner), n in self.unmarked.items() if given == assignment.pk
        )
        return Column(assignment, sorted(mark for mark in marks if mark is not None), unmarked)


def of_class(classroom: Classroom, at: datetime) -> Gradebook:
    """The whole class; at most six queries, whatever the number of rows.

    What was withdrawn is there only if somebody has sat it.
    """
    return _read(classroom, at, Q(), Q())


def of_student(place: Enrollment, at: datetime) -> Gradebook:
    """One student's row of it; at most six queries."""
    return _read(place.classroom, at, Q(learner=place.user_id), Q(pk=place.pk))


def most_points(assignment: Assignment) -> int:
    """How many points its quiz has as it stands; one query."""
    slots = assignment.quiz.slots.aggregate(points=Sum(F("count") * F("weight")))
    return slots["points"] or 0


def _read(classroom: Classroom, at: datetime, whose: Q, where: Q) -> Gradebook:
    of_class = Q(assignment__classroom=classroom) & whose
    attempts = _attempts(of_class)
    sat = {assignment for assignment, _learner in attempts}
    given = classroom.assignments.select_related("quiz").order_by("opens_at", "pk")
    return Gradebook(
        at=at,
        assignments=[
            _within(classroom, one) for one in given if one.withdrawn_at is None or one.pk in sat
        ],
        places=list(_places(classroom).filter(where)),
        attempts=attempts,
        overrides=overriding.standing(of_class),
        extensions={
            (one.assignment_id, one.learner_id): one for one in Extension.objects.filter(of_class)
        },
        unmarked=waiting_essays(of_class) if _may_wait(attempts) else {},
    )


def _within(classroom: Classroom, assignment: Assignment) -> Assignment:
    """The same, which knows its class without asking for it."""
    assignment.classroom = classroom
    return assignment


def _places(classroom: Classroom) -> QuerySet[Enrollment]:
    kept = classroom.enrollments.filter(role__in=Enrollment.SAT_BY)
    return kept.by_name()


def _attempts(those: Q) -> dict[Pair, list[Sat]]:
    """Each pair's attempts, the first one first."""
    is_open = When(handed_in_at=None, then=F("deadline_at"))
    rows = Attempt.objects.filter(those).annotate(ends_at=Case(is_open)).order_by()
    found: dict[Pair, list[Sat]] = defaultdict(list)
    for row in rows.values_list(*Sat._fields):
        found[row[:2]].append(Sat(*row))
    for several in found.values():
        several.sort(key=attrgetter("number"))
    return dict(found)


def _may_wait(attempts: Mapping[Pair, Sequence[Sat]]) -> bool:
    """Whether an essay may wait for its mark: what is tallied has none that does."""
    return any(not one.is_tallied for several in attempts.values() for one in several)


def waiting_essays(those: Q) -> dict[Pair, int]:
    """How many answered essays of each pair nobody has marked; one query."""
    attempts = Attempt.objects.handed_in().filter(those, is_tallied=False)
    essays = Served.objects.filter(
        attempt__in=attempts.values("pk"), revision__kind=Revision.Kind.ESSAY, fraction=None
    )
    found: dict[Pair, int] = defaultdict(int)
    columns = ("attempt__assignment", "attempt__learner", "newest_answer")
    for assignment, learner, answer in essays.with_answers().values_list(*columns):
        if answer and str(answer.get("text", "")).strip():
            found[assignment, learner] += 1
    return dict(found)
