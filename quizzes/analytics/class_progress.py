"""A class at its book: what each student knows and how the quizzes went, from tallies alone."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Avg, Count, Max, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from quizzes.analytics.progress import Known
from quizzes.assessment.models import Attempt
from quizzes.cards.models import Card, DayTally
from quizzes.content.models import Chapter
from quizzes.items.fractions import nearest, percent
from quizzes.items.models import Item
from quizzes.people.models import Classroom, Enrollment, EnrollmentQuerySet, User
from quizzes.prepared import counted, prepared

RECENT_DAYS = 7
BANDS = (20, 60)
"""A backlog is some up to the first, much up to the second, and very much beyond."""

_READ = (
    *("time_percent", "extra_days", "has_no_limit"),
    *("user__display_name", "user__username"),
)

type Row = Mapping[str, Any]


class Backlog(StrEnum):
    """How much waits for a student."""

    NONE = "none"
    SOME = "some"
    MUCH = "much"
    VERY_MUCH = "very much"


@dataclass(frozen=True, slots=True)
class Student:
    """One student: cards of the class's book, reviews of the last week, and quizzes.

    `waiting` cards are due.
    """

    place: Enrollment
    cards: Known
    recent_reviews: int
    last_day: date | None
    quiz_count: int
    mean_percent: float | None
    waiting: int

    @property
    def backlog(self) -> Backlog:
        if not self.waiting:
            return Backlog.NONE
        bands = (Backlog.SOME, Backlog.MUCH, Backlog.VERY_MUCH)
        return bands[sum(self.waiting > bound for bound in BANDS)]

    @property
    def user(self) -> User:
        return self.place.user


def enrolled(classroom: Classroom) -> QuerySet[Enrollment]:
    """The students of a class by name."""
    return classroom.enrollments.students().by_name()


def with_backlog(classroom: int, book: int, today: date) -> EnrollmentQuerySet:
    """The students of a class, each with the number of cards of the book that are due: `waiting`.

    Told by keys, so that the statement can be prepared.
    """
    due = Card.objects.filter(
        learner=OuterRef("user"), is_suspended=False, due_day__lte=today, item__book=book
    )
    count = due.order_by().values("learner").annotate(count=Count("pk")).values("count")
    places = Enrollment.objects.filter(classroom=classroom).students().select_related("user")
    return places.only(*_READ).annotate(waiting=Coalesce(Subquery(count), 0))


def students(classroom: Classroom, enrollments: Sequence[Enrollment], today: date) -> list[Student]:
    """How these students of a class stand, as `with_backlog` gives them; three queries."""
    book, users = classroom.book_id, [enrollment.user_id for enrollment in enrollments]
    [total] = _cards(book)
    studied = {row["learner"]: row for row in _studied(book, week_ago(today), users)}
    sat = {row["learner"]: row for row in _taken(classroom.pk, book, users)}
    return [
        _student(one, total, studied.get(one.user_id, {}), sat.get(one.user_id, {}))
        for one in enrollments
    ]


def week_ago(today: date) -> date:
    """The last day that is not recent."""
    return today - timedelta(days=RECENT_DAYS)


def cards(book: int) -> QuerySet[Item, int]:
    """How many cards a book has, as a row."""
    return counted(Item.objects.cards().filter(book=book))


def taken(classroom: int, book: int) -> QuerySet[Attempt]:
    """What was handed in at quizzes of the class's book, and at all that the class was given."""
    of_book = Q(quiz__book=book)
    return Attempt.objects.handed_in().filter(of_book | Q(assignment__classroom=classroom))


_cards = prepared(cards)


@prepared
def _studied(book: int, since: date, users: Collection[int]) -> QuerySet[DayTally, Row]:
    # Not by a join, which reads what everybody ever studied of a chapter.
    chapters = Chapter.objects.filter(book=book).order_by()
    rows = DayTally.objects.filter(learner__in=users, chapter__in=chapters.values("pk"))
    return (
        rows.order_by()
        .values("learner")
        .annotate(
            known=Sum("known_change"),
            learning=Sum("learning_change"),
            recent=Sum("reviews", filter=Q(day__gt=since)),
            last_day=Max("day", filter=Q(reviews__gt=0)),
        )
    )


@prepared
def _taken(classroom: int, book: int, users: Collection[int]) -> QuerySet[Attempt, Row]:
    rows = taken(classroom, book).filter(learner__in=users)
    return (
        rows.order_by()
        .values("learner")
        .annotate(
            quizzes=Count("quiz", distinct=True), mean=Avg("score"), last_day=Max("learner_day")
        )
    )


def _student(place: Enrollment, total: int, studied: Row, taken: Row) -> Student:
    known, learning = studied.get("known") or 0, studied.get("learning") or 0
    days = [day for day in (studied.get("last_day"), taken.get("last_day")) if day]
    return Student(
        place=place,
        cards=Known(total, min(known, total), min(learning, total)),
        recent_reviews=studied.get("recent") or 0,
        last_day=max(days, default=None),
        quiz_count=taken.get("quizzes", 0),
        mean_percent=_percent(taken.get("mean")),
        waiting=getattr(place, "waiting", 0),
    )


def _percent(mean: float | None) -> float | None:
    return None if mean is None else percent(nearest(mean))
