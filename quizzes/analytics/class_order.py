"""In which order the students of a class are listed: by name, or by any figure of their row.

The database puts the whole class in order, so that a page of fifty is read of it and no more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db.models import (
    Avg,
    Count,
    DateField,
    F,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce, Greatest, Least

from quizzes.analytics import class_progress
from quizzes.analytics.class_progress import with_backlog
from quizzes.cards.models import DayTally
from quizzes.people.models import Enrollment
from quizzes.people.models.classrooms import BY_NAME, BY_NUMBER
from quizzes.prepared import counted, prepared

if TYPE_CHECKING:
    from quizzes.people.models import Classroom, EnrollmentQuerySet


class Column(StrEnum):
    """A column of the table of students."""

    NAME = "name"
    KNOWN = "known"
    LEARNING = "learning"
    NEW = "new"
    WAITING = "waiting"
    REVIEWS = "reviews"
    QUIZZES = "quizzes"
    MEAN = "mean"
    LAST = "last"


@dataclass(frozen=True, slots=True)
class Order:
    """By which column, and whether the highest comes first; who has no figure comes last."""

    column: Column = Column.NAME
    is_falling: bool = False
    hides_names: bool = False
    """In place of the name stands the number that a student is called by."""


class Listed:
    """The students of a class in an order, each with `waiting`; what is asked for is read alone."""

    def __init__(self, classroom: Classroom, order: Order, today: date) -> None:
        self.classroom, self.order, self.today = classroom, order, today

    def __len__(self) -> int:
        [count] = _count(self.classroom.pk)
        return count

    def __getitem__(self, part: slice) -> list[Enrollment]:
        told = _told(self.classroom, self.today)
        return _part(*told, order=self.order, first=part.start, last=part.stop)


def ordered(classroom: Classroom, order: Order, today: date) -> EnrollmentQuerySet:
    """The same as a queryset, in which students may be searched for."""
    return _ordered(*_told(classroom, today), order)


def _told(classroom: Classroom, today: date) -> tuple[int, int, date, date]:
    return classroom.pk, classroom.book_id, today, class_progress.week_ago(today)


@prepared
def _count(classroom: int) -> QuerySet[Enrollment, int]:
    return counted(Enrollment.objects.filter(classroom=classroom).students())


@prepared
def _part(
    classroom: int, book: int, today: date, since: date, *, order: Order, first: int, last: int
) -> EnrollmentQuerySet:
    return _ordered(classroom, book, today, since, order)[first:last]


def _ordered(
    classroom: int, book: int, today: date, since: date, order: Order
) -> EnrollmentQuerySet:
    students = with_backlog(classroom, book, today)
    names = (BY_NUMBER,) if order.hides_names else BY_NAME
    if order.column == Column.NAME:
        return students.order_by(*(_directed(one, order) for one in names))
    figured = students.annotate(figure=_figure(order.column, classroom, book, since))
    return figured.order_by(_directed(F("figure"), order), *names)


def _directed(column: Any, order: Order) -> Any:
    return column.desc(nulls_last=True) if order.is_falling else column.asc(nulls_last=True)


def _figure(column: Column, classroom: int, book: int, since: date) -> Any:
    match column:
        case Column.KNOWN | Column.LEARNING | Column.NEW:
            return _cards(column, book)
        case Column.REVIEWS:
            return Coalesce(_tallied(book, Sum("reviews", filter=Q(day__gt=since))), 0)
        case Column.QUIZZES:
            return Coalesce(_taken(classroom, book, Count("quiz", distinct=True)), 0)
        case Column.MEAN:
            return _taken(classroom, book, Avg("score"))
        case Column.LAST:
            return _last_day(classroom, book)
        case _:
            return F("waiting")


def _cards(column: Column, book: int) -> Any:
    """As `class_progress.students` counts: nobody knows more cards than there are."""
    total = Subquery(class_progress.cards(book))
    known, learning = (
        Least(Coalesce(_tallied(book, Sum(f"{name}_change")), 0), total)
        for name in (Column.KNOWN, Column.LEARNING)
    )
    if column == Column.NEW:
        return Greatest(total - known - learning, Value(0), output_field=IntegerField())
    return known if column == Column.KNOWN else learning


def _last_day(classroom: int, book: int) -> Any:
    studied = _tallied(book, Max("day", filter=Q(reviews__gt=0)))
    taken = _taken(classroom, book, Max("learner_day"))
    return Greatest(Coalesce(studied, taken), Coalesce(taken, studied), output_field=DateField())


def _tallied(book: int, figure: Any) -> Subquery:
    rows = DayTally.objects.filter(learner=OuterRef("user"), chapter__book=book)
    return _one(rows, figure)


def _taken(classroom: int, book: int, figure: Any) -> Subquery:
    return _one(class_progress.taken(classroom, book).filter(learner=OuterRef("user")), figure)


def _one(rows: QuerySet[Any], figure: Any) -> Subquery:
    return Subquery(rows.order_by().values("learner").annotate(figure=figure).values("figure"))
