"""Deadlines of many people at once: whose quiz closes soon, and whose results were released.

A fixed number of queries, however many people and quizzes there are.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from quizzes.assessment import timing
from quizzes.assessment.models import Assignment, Attempt, Extension
from quizzes.people.models import Enrollment, Reminder, User

SOON = timedelta(days=1)
"""How long before a closing somebody is reminded of it."""
NEWS = timedelta(days=3)
"""How long after a release it is still told to whoever was not told."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """What one person has still to hand in, and from when on that would be late."""

    person: User
    assignment: Assignment
    due_at: datetime


def closing(people: QuerySet[User], at: datetime) -> Iterator[Deadline]:
    """What is due for these people within a day, and neither handed in nor told; six queries."""
    places = list(_places(people))
    given = _given(places, at)
    own = _extensions(places, given)
    done = _pairs(Attempt.objects.handed_in().filter(assignment__in=given), "learner", "assignment")
    told = _told(places, Reminder.Kind.CLOSING)
    by_class: dict[int, list[Assignment]] = {}
    for one in given:
        by_class.setdefault(one.classroom_id, []).append(one)
    for place in places:
        for one in by_class.get(place.classroom_id, ()):
            due_at = timing.due(one, place, own.get((place.user_id, one.pk)))
            is_known = (place.user_id, one.pk) in done or (place.user_id, str(one.uid)) in told
            if not is_known and due_at is not None and at < due_at <= at + SOON:
                yield Deadline(place.user, one, due_at)


def released(people: QuerySet[User], at: datetime) -> Iterator[tuple[User, Assignment]]:
    """Whose results were released in the last days, and were not told; five queries."""
    places = list(_places(people))
    lately = Assignment.objects.filter(
        classroom__in={place.classroom_id for place in places},
        released_at__gt=at - NEWS,
        released_at__lte=at,
        withdrawn_at=None,
    )
    given = list(lately.select_related("quiz", "classroom").in_order())
    done = _pairs(Attempt.objects.handed_in().filter(assignment__in=given), "learner", "assignment")
    told = _told(places, Reminder.Kind.RESULTS)
    for place in places:
        for one in given:
            is_theirs = place.classroom_id == one.classroom_id and (place.user_id, one.pk) in done
            if is_theirs and (place.user_id, str(one.uid)) not in told:
                yield place.user, one


def _places(people: QuerySet[User]) -> QuerySet[Enrollment]:
    rows = Enrollment.objects.students().filter(
        user__in=people.order_by().values("pk"), classroom__archived_at=None
    )
    return rows.select_related("user")


def _given(places: list[Enrollment], at: datetime) -> list[Assignment]:
    """What may close within a day for one of them: nobody's closing is before the class's."""
    longest = max((place.extra_days for place in places), default=0)
    slowest = max((place.time_percent for place in places), default=timing.WHOLE)
    # Shares of time move a closing by hours, so that a day more than the days given is enough
    # unless somebody has many times the time.
    earliest = at - timedelta(days=longest + slowest // timing.WHOLE)
    rows = Assignment.objects.filter(
        Q(closes_at__gt=earliest) | Q(extensions__closes_at__gt=at),
        classroom__in={place.classroom_id for place in places},
        closes_at__lte=at + SOON,
        opens_at__lte=at,
        withdrawn_at=None,
    )
    return list(rows.select_related("quiz", "classroom").distinct().in_order())


def _extensions(
    places: list[Enrollment], given: list[Assignment]
) -> dict[tuple[int, int], Extension]:
    rows = Extension.objects.filter(assignment__in=given, learner__in=_users(places))
    return {(one.learner_id, one.assignment_id): one for one in rows}


def _told(places: list[Enrollment], kind: Reminder.Kind) -> set[tuple[int, str]]:
    rows = Reminder.objects.filter(kind=kind, user__in=_users(places))
    return set(rows.values_list("user", "about"))


def _users(places: list[Enrollment]) -> set[int]:
    return {place.user_id for place in places}


def _pairs(rows: QuerySet[Attempt], *names: str) -> set[tuple[int, int]]:
    return set(rows.order_by().values_list(*names))
