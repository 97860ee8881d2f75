"""Timing: when an assignment is due for a student, and until when they may sit it.

Pure arithmetic on rows: the server's clock is an argument. More time moves the closing as well:
who starts when the others may still use their whole limit can use all of theirs. An own closing,
which an extension gives, stands as it was said; whichever is later holds. What is due may be
handed in late for as many days as the assignment has.
"""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import F, Max, Q

from quizzes.assessment.models import Assignment, Attempt, Extension
from quizzes.people.models import Enrollment

GRACE = timedelta(seconds=30)
"""How long after the deadline an answer still counts that was on its way."""
TURN = timedelta(seconds=30)
"""How long an answer that came in time may wait for its turn before a sweep closes its attempt."""
WHOLE = 100


def limit(assignment: Assignment, place: Enrollment) -> timedelta | None:
    """How long a student may take; None without a limit."""
    if assignment.time_limit_minutes is None or place.has_no_limit:
        return None
    return timedelta(minutes=assignment.time_limit_minutes) * place.time_percent / WHOLE


def attempts(assignment: Assignment, extension: Extension | None = None) -> int | None:
    """How many attempts a student has: the class's or their own, whichever is more; None of any."""
    own = extension.attempts_allowed if extension else None
    if assignment.attempts_allowed is None or own is None:
        return assignment.attempts_allowed
    return max(assignment.attempts_allowed, own)


def due(
    assignment: Assignment, place: Enrollment, extension: Extension | None = None
) -> datetime | None:
    """From when on a hand-in of a student is late; None if it never is."""
    own = extension.closes_at if extension else None
    return _later(_due(assignment, place.extra_days, place.time_percent), own)


def closing(
    assignment: Assignment, place: Enrollment, extension: Extension | None = None
) -> datetime | None:
    """When the assignment closes for a student, late or not; None if it stays open."""
    return _with_late_days(assignment, due(assignment, place, extension))


def days_late(assignment: Assignment, due_at: datetime | None, at: datetime) -> int:
    """How many days have begun since it was due; days as the class's clock counts them.

    What was on its way when it was due is not late.
    """
    if due_at is None or at <= due_at + GRACE:
        return 0
    days = (at - due_at).days
    return next(n for n in count(days) if at <= _days_on(assignment, due_at, n) + GRACE)


def last_closing(assignment: Assignment) -> datetime | None:
    """When it closes for the last of its class; at most two queries, none where it stays open."""
    if assignment.closes_at is None:
        return None
    students = Enrollment.objects.students().filter(classroom=assignment.classroom_id).order_by()
    own = Max("user__extensions__closes_at", filter=Q(user__extensions__assignment=assignment))
    most = students.aggregate(days=Max("extra_days"), percent=Max("time_percent"), own=own)
    return _last(assignment, most, most["own"])


def last_closings(assignments: Collection[Assignment]) -> dict[int, datetime | None]:
    """When each closes for the last of its class, by primary key; two queries, none for none."""
    if not assignments:
        return {}
    students = Enrollment.objects.filter(
        classroom__in={one.classroom_id for one in assignments}, role=Enrollment.Role.STUDENT
    )
    rows = students.order_by().values("classroom")
    most = {
        row["classroom"]: row
        for row in rows.annotate(days=Max("extra_days"), percent=Max("time_percent"))
    }
    theirs = Extension.objects.filter(
        assignment__in=[one.pk for one in assignments],
        learner__enrollments__classroom=F("assignment__classroom"),
        learner__enrollments__role=Enrollment.Role.STUDENT,
    )
    own = dict(theirs.order_by().values_list("assignment").annotate(Max("closes_at")))
    return {
        one.pk: _last(one, most.get(one.classroom_id, {}), own.get(one.pk)) for one in assignments
    }


def deadline(
    assignment: Assignment,
    place: Enrollment,
    started_at: datetime,
    extension: Extension | None = None,
) -> datetime | None:
    """When the time of an attempt runs out: at the end of its limit or at closing."""
    allowed = limit(assignment, place)
    closes_at = closing(assignment, place, extension)
    ends = [None if allowed is None else started_at + allowed, closes_at]
    return min((end for end in ends if end is not None), default=None)


def is_up(attempt: Attempt, at: datetime) -> bool:
    """Whether the time of an attempt is over, so that nothing that comes now counts."""
    return attempt.deadline_at is not None and attempt.deadline_at + GRACE < at


def seconds_left(attempt: Attempt, at: datetime) -> int | None:
    """Whole seconds until the deadline, never below 0; None without a clock."""
    if attempt.deadline_at is None:
        return None
    return max(0, int((attempt.deadline_at - at).total_seconds()))


def _due(assignment: Assignment, days: int, percent: int) -> datetime | None:
    """The class's closing with somebody's days and share of time."""
    closes_at = assignment.closes_at
    if closes_at is None:
        return None
    more = timedelta(minutes=assignment.time_limit_minutes or 0) * (percent - WHOLE) / WHOLE
    return _days_on(assignment, closes_at, days) + more


def _last(assignment: Assignment, most: Mapping[str, Any], own: datetime | None) -> datetime | None:
    """The closing of whoever had the most days, the most time, and the latest closing of all."""
    due_at = _due(assignment, most.get("days") or 0, most.get("percent") or WHOLE)
    return _with_late_days(assignment, _later(due_at, own))


def _later(ours: datetime | None, own: datetime | None) -> datetime | None:
    """The class's or the own; what never closes for the class does not for one of it."""
    return ours if ours is None or own is None else max(ours, own)


def _with_late_days(assignment: Assignment, due_at: datetime | None) -> datetime | None:
    return due_at and _days_on(assignment, due_at, assignment.late_days)


def _days_on(assignment: Assignment, at: datetime, days: int) -> datetime:
    """The same hands of the class's clock, even where that is changed in between."""
    if not days:
        return at
    zone = ZoneInfo(assignment.classroom.time_zone)
    return (at.astimezone(zone) + timedelta(days=days)).astimezone(UTC)
