"""Timing: until when a student may sit an assignment, with every accommodation of theirs.

Pure arithmetic on rows: the server's clock is an argument. More time moves the closing as well:
who starts when the others may still use their whole limit can use all of theirs.
"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Max

from quizzes.assessment.models import Assignment, Attempt
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


def closing(assignment: Assignment, place: Enrollment) -> datetime | None:
    """When the assignment closes for a student; None if it stays open."""
    return _closing(assignment, place.extra_days, place.time_percent)


def last_closing(assignment: Assignment) -> datetime | None:
    """When it closes for the last of its class; at most two queries, none where it stays open."""
    if assignment.closes_at is None:
        return None
    places = Enrollment.objects.students().filter(classroom=assignment.classroom_id).order_by()
    most = places.aggregate(days=Max("extra_days"), percent=Max("time_percent"))
    return _closing(assignment, most["days"] or 0, most["percent"] or WHOLE)


def deadline(assignment: Assignment, place: Enrollment, started_at: datetime) -> datetime | None:
    """When the time of an attempt runs out: at the end of its limit or at closing."""
    allowed = limit(assignment, place)
    ends = [None if allowed is None else started_at + allowed, closing(assignment, place)]
    return min((end for end in ends if end is not None), default=None)


def is_up(attempt: Attempt, at: datetime) -> bool:
    """Whether the time of an attempt is over, so that nothing that comes now counts."""
    return attempt.deadline_at is not None and attempt.deadline_at + GRACE < at


def seconds_left(attempt: Attempt, at: datetime) -> int | None:
    """Whole seconds until the deadline, never below 0; None without a clock."""
    if attempt.deadline_at is None:
        return None
    return max(0, int((attempt.deadline_at - at).total_seconds()))


def _closing(assignment: Assignment, days: int, percent: int) -> datetime | None:
    closes_at = assignment.closes_at
    if closes_at is None:
        return None
    more = timedelta(minutes=assignment.time_limit_minutes or 0) * (percent - WHOLE) / WHOLE
    if days:
        zone = ZoneInfo(assignment.classroom.time_zone)
        closes_at = _days_later(closes_at.astimezone(zone), days)
    return closes_at + more


def _days_later(at: datetime, days: int) -> datetime:
    """The same hands of a zone's clock, even where the clock is changed in between."""
    return (at + timedelta(days=days)).astimezone(UTC)
