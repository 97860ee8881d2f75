"""A class at a glance: who is at work, who is stuck, what closes next, and what wants doing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db.models import Sum

from quizzes.analytics.class_progress import RECENT_DAYS, enrolled
from quizzes.assessment.models import Assignment
from quizzes.cards.models import DayTally
from quizzes.items.models import ErrorReport

if TYPE_CHECKING:
    from quizzes.people.models import Classroom, Enrollment

MOST_ALERTS = 3
SOON = timedelta(days=14)
STUCK_REVIEWS, STUCK_SHARE = 20, 0.6
"""Stuck is whoever made so many reviews in a week and recalled less than this share of them."""


class Concern(StrEnum):
    """What an alert is about, the most pressing first."""

    REPORTS = "reports"
    STUCK = "stuck"
    UNRELEASED = "unreleased"
    AWAY = "away"


@dataclass(frozen=True, slots=True)
class Alert:
    """Something that wants an instructor: how many of it, and an assignment if it is about one."""

    concern: Concern
    count: int
    assignment: Assignment | None = None


@dataclass(frozen=True, slots=True)
class Struggle:
    """A student who studies and forgets: reviews of the last week, and how many were recalled."""

    place: Enrollment
    reviews: int
    recalled: int

    @property
    def percent(self) -> int:
        return 100 * self.recalled // self.reviews


@dataclass(frozen=True, slots=True)
class Week:
    """The last seven days of a class: its students, those who studied, and those who are stuck."""

    students: int
    active: int
    away: int
    """Those who did not study, though they were in the class all of these days."""
    stuck: list[Struggle]


def week(classroom: Classroom, today: date) -> Week:
    """Who studied the class's book in the last seven days; two queries, from tallies alone."""
    places = {one.user_id: one for one in enrolled(classroom)}
    rows = DayTally.objects.filter(
        learner__in=enrolled(classroom).order_by().values("user"),
        chapter__book=classroom.book_id,
        day__gt=today - timedelta(days=RECENT_DAYS),
        day__lte=today + timedelta(days=1),  # it may be tomorrow where a student is
        reviews__gt=0,
    )
    sums = rows.order_by().values_list("learner").annotate(Sum("reviews"), Sum("recalled"))
    struggles = [
        Struggle(places[learner], reviews, recalled)
        for learner, reviews, recalled in sums
        if learner in places
    ]
    stuck = [
        one
        for one in struggles
        if one.reviews >= STUCK_REVIEWS and one.recalled < STUCK_SHARE * one.reviews
    ]
    active = {one.place.user_id for one in struggles}
    began = today - timedelta(days=RECENT_DAYS)
    away = [
        one
        for one in places.values()
        if one.user_id not in active and one.joined_at.date() <= began
    ]
    return Week(len(places), len(active), len(away), sorted(stuck, key=lambda one: one.percent))


def deadlines(given: Iterable[Assignment], at: datetime) -> list[Assignment]:
    """Those of the given assignments that close soon, the next first."""
    closing = [one for one in given if one.closes_at and at < one.closes_at <= at + SOON]
    return sorted(closing, key=lambda one: (one.closes_at, one.pk))


def alerts(
    classroom: Classroom, seen: Week, given: Sequence[Assignment], at: datetime
) -> list[Alert]:
    """What wants an instructor now, three at most; one query."""
    reports = ErrorReport.objects.filter(classroom=classroom, resolved_at=None).count()
    found = [
        Alert(Concern.REPORTS, reports),
        Alert(Concern.STUCK, len(seen.stuck)),
        *(Alert(Concern.UNRELEASED, 1, one) for one in given if _waits_for_release(one, at)),
        Alert(Concern.AWAY, seen.away if 2 * seen.away > seen.students else 0),
    ]
    return [alert for alert in found if alert.count][:MOST_ALERTS]


def _waits_for_release(one: Assignment, at: datetime) -> bool:
    is_closed = one.closes_at is not None and one.closes_at <= at
    return one.is_graded and one.released_at is None and is_closed
