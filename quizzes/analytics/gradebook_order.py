"""Which students of a gradebook are listed, and in which order: by name, or by any of their marks.

All that a mark is told from was read already, so nothing more is asked of the database.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from quizzes.analytics.marks import Show

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizzes.analytics.gradebook import Gradebook
    from quizzes.people.models import Enrollment

NAME, MEAN = "name", "mean"


@dataclass(frozen=True, slots=True)
class Order:
    """By the name, the mean or the uid of an assignment, and whether the highest come first."""

    column: str = NAME
    is_falling: bool = False


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for: students with something of this kind, and this in their name or number."""

    show: Show = Show.ALL
    text: str = ""
    order: Order = Order()


def columns(book: Gradebook) -> list[str]:
    """By what the lines may be ordered."""
    return [NAME, *(str(one.uid) for one in book.assignments), MEAN]


def students(book: Gradebook, wish: Wish) -> list[Enrollment]:
    """The students that are asked for."""
    return _ordered(book, _found(book.chosen(wish.show), wish.text), wish.order)


def former(book: Gradebook, wish: Wish) -> list[Enrollment]:
    """Those who left and have something here; of whatever kind it is."""
    return _ordered(book, _found(book.former, wish.text), wish.order)


def _found(places: Sequence[Enrollment], text: str) -> list[Enrollment]:
    """Those whose name, name to sign in with or student number has this, in any letters.

    It is what `EnrollmentQuerySet.found` asks of the database, of places that were read already.
    """
    wanted = text.casefold()
    return [one for one in places if any(wanted in said.casefold() for said in _said(one))]


def _said(place: Enrollment) -> tuple[str, str, str]:
    return place.user.display_name, place.user.username, place.student_number


def _ordered(book: Gradebook, places: Sequence[Enrollment], order: Order) -> list[Enrollment]:
    """Who has no mark comes last, and who has the same stays as they were."""
    if order.column == NAME:
        return list(places)[::-1] if order.is_falling else list(places)
    marks = {one.pk: _figure(book, one, order.column) for one in places}
    told = [one for one in places if marks[one.pk] is not None]
    without = [one for one in places if marks[one.pk] is None]
    return sorted(told, key=lambda one: marks[one.pk] or 0, reverse=order.is_falling) + without


def _figure(book: Gradebook, place: Enrollment, column: str) -> Fraction | int | None:
    if column == MEAN:
        marks = book.row(place).marks
        return Fraction(sum(marks), len(marks)) if marks else None
    return next(book.cell(place, one).mark for one in book.assignments if str(one.uid) == column)
