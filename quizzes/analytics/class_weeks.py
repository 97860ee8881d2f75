"""A class over time, week by week: who studied, how much, and how many cards they know.

From tallies alone, and of those who are in the class now. A week goes from Monday to Sunday by
each student's own study days.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Sum, Value, When

from quizzes.analytics.class_progress import enrolled
from quizzes.analytics.study_days import first_day
from quizzes.cards.models import DayTally

if TYPE_CHECKING:
    from quizzes.people.models import Classroom, User

A_WEEK = timedelta(weeks=1)
EARLIER = -1
"""The place of the days before the first week."""


@dataclass(frozen=True, slots=True)
class Week:
    """A week of a class from its Monday.

    `newly_known` are the cards that came to be known, less those that were forgotten; `known` the
    cards known at its end, of all students together.
    """

    monday: date
    students: int
    active: int
    reviews: int
    newly_known: int
    known: int

    @property
    def mean_known(self) -> float:
        """Cards known at the end of the week by a student in the mean."""
        return self.known / self.students


def of_class(classroom: Classroom, today: date) -> list[Week]:
    """The last weeks, the earliest first; two queries. None of a class without students."""
    places = enrolled(classroom).order_by()
    students = places.count()
    whose = Q(learner__in=places.values("user"))
    return _weeks(classroom, whose, students, today) if students else []


def of_student(classroom: Classroom, student: User, today: date) -> list[Week]:
    """The same of one student; one query."""
    return _weeks(classroom, Q(learner=student), 1, today)


def _weeks(classroom: Classroom, whose: Q, students: int, today: date) -> list[Week]:
    mondays = _mondays(today)
    rows = DayTally.objects.filter(whose, chapter__book=classroom.book_id).order_by()
    told = _told(rows, mondays)
    *_earlier, known = told.get(EARLIER, (0, 0, 0))
    weeks = []
    for place, monday in enumerate(mondays):
        active, reviews, newly_known = told.get(place, (0, 0, 0))
        known += newly_known
        weeks.append(Week(monday, students, active, reviews, newly_known, known))
    return weeks


def _told(rows: QuerySet[DayTally], mondays: Sequence[date]) -> dict[int, tuple[int, int, int]]:
    """Students who studied, reviews and cards newly known, by the place of the week; one query."""
    studied = Count("learner", distinct=True, filter=Q(reviews__gt=0))
    weekly = rows.annotate(week=_week(mondays)).values_list("week")
    sums = weekly.annotate(Sum("reviews"), Sum("known_change"), active=studied)
    return {week: (active, reviews, known) for week, reviews, known, active in sums}


def _mondays(today: date) -> list[date]:
    first = first_day(today)
    return [first + n * A_WEEK for n in range((today - first) // A_WEEK + 1)]


def _week(mondays: Sequence[date]) -> Case:
    """The place of a day's week; what is tomorrow already where a student is counts to the last."""
    places = reversed(list(enumerate(mondays)))
    whens = [When(day__gte=monday, then=Value(place)) for place, monday in places]
    return Case(*whens, default=Value(EARLIER), output_field=IntegerField())
