"""A class at a glance: who is at work, who is stuck, what closes next, and what wants doing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db.models import Q, Sum

from quizzes.analytics import misfits as misfitting
from quizzes.analytics.class_progress import RECENT_DAYS, enrolled
from quizzes.analytics.gradebook import waiting_essays
from quizzes.assessment import timing
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
    MISFIT = "misfit"
    STUCK = "stuck"
    ESSAYS = "essays"
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
    """What wants an instructor now, three at most; nine queries at most, whatever was given.

    First what is wrong for students now, then who needs help, then what they wait for.
    """
    reports = ErrorReport.objects.filter(classroom=classroom, resolved_at=None).count()
    misfits, essays = misfitting.first(given, at), _essays(classroom)
    found = [
        Alert(Concern.REPORTS, reports),
        *([Alert(Concern.MISFIT, misfits.count, misfits.assignment)] if misfits else []),
        Alert(Concern.STUCK, len(seen.stuck)),
        *(Alert(Concern.ESSAYS, essays[one.pk], one) for one in _first_to_close(given)),
        *(
            Alert(Concern.UNRELEASED, 1, one)
            for one in _waiting(given, at)
            if not essays[one.pk]  # nothing is released before they are marked
        ),
        Alert(Concern.AWAY, seen.away if 2 * seen.away > seen.students else 0),
    ]
    return [alert for alert in found if alert.count][:MOST_ALERTS]


def _essays(classroom: Classroom) -> Counter[int]:
    """How many answers to essays wait for their marks, by assignment; one query."""
    found = Counter[int]()
    for (assignment, _learner), count in waiting_essays(Q(assignment__classroom=classroom)).items():
        found[assignment] += count
    return found


def _first_to_close(given: Iterable[Assignment]) -> list[Assignment]:
    return sorted(given, key=lambda one: (one.closes_at is None, one.closes_at, one.pk))


def _waiting(given: Iterable[Assignment], at: datetime) -> list[Assignment]:
    """Those that have closed for the last of the class, and whose results are not released."""
    closed = [
        one
        for one in given
        if one.is_graded and not one.released_at and one.closes_at and one.closes_at <= at
    ]
    lasts = timing.last_closings(closed)
    return [one for one in closed if (last := lasts[one.pk]) and last <= at]
