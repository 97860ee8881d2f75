"""In which order the students of a class are listed: by name, or by any figure of their row.

The database puts the whole class in order, so that a page of fifty is read of it and no more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
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
from quizzes.analytics.class_progress import RECENT_DAYS, with_backlog
from quizzes.cards.models import DayTally
from quizzes.items.models import Item
from quizzes.people.models.classrooms import BY_NAME

if TYPE_CHECKING:
    from quizzes.people.models import Classroom, Enrollment


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


def ordered(
    classroom: Classroom, order: Order, today: date, names: Sequence[Any] = BY_NAME
) -> QuerySet[Enrollment]:
    """The students of a class in an order, each with `waiting`; at most one query more.

    `names` are what they are ordered by as by their names.
    """
    students = with_backlog(classroom, today)
    if order.column == Column.NAME:
        return students.order_by(*(_directed(one, order) for one in names))
    figured = students.annotate(figure=_figure(order.column, classroom, today))
    return figured.order_by(_directed(F("figure"), order), *names)


def _directed(column: Any, order: Order) -> Any:
    return column.desc(nulls_last=True) if order.is_falling else column.asc(nulls_last=True)


def _figure(column: Column, classroom: Classroom, today: date) -> Any:
    match column:
        case Column.KNOWN | Column.LEARNING | Column.NEW:
            return _cards(column, classroom)
        case Column.REVIEWS:
            since = Q(day__gt=today - timedelta(days=RECENT_DAYS))
            return Coalesce(_tallied(classroom, Sum("reviews", filter=since)), 0)
        case Column.QUIZZES:
            return Coalesce(_taken(classroom, Count("quiz", distinct=True)), 0)
        case Column.MEAN:
            return _taken(classroom, Avg("score"))
        case Column.LAST:
            return _last_day(classroom)
        case _:
            return F("waiting")


def _cards(column: Column, classroom: Classroom) -> Any:
    """As `class_progress.students` counts: nobody knows more cards than there are."""
    total = Item.objects.cards().filter(book=classroom.book_id).count()
    known, learning = (
        Least(Coalesce(_tallied(classroom, Sum(f"{name}_change")), 0), Value(total))
        for name in (Column.KNOWN, Column.LEARNING)
    )
    if column == Column.NEW:
        return Greatest(Value(total) - known - learning, Value(0), output_field=IntegerField())
    return known if column == Column.KNOWN else learning


def _last_day(classroom: Classroom) -> Any:
    studied = _tallied(classroom, Max("day", filter=Q(reviews__gt=0)))
    taken = _taken(classroom, Max("learner_day"))
    return Greatest(Coalesce(studied, taken), Coalesce(taken, studied), output_field=DateField())


def _tallied(classroom: Classroom, figure: Any) -> Subquery:
    rows = DayTally.objects.filter(learner=OuterRef("user"), chapter__book=classroom.book_id)
    return _one(rows, figure)


def _taken(classroom: Classroom, figure: Any) -> Subquery:
    return _one(class_progress.taken(classroom).filter(learner=OuterRef("user")), figure)


def _one(rows: QuerySet[Any], figure: Any) -> Subquery:
    return Subquery(rows.order_by().values("learner").annotate(figure=figure).values("figure"))
