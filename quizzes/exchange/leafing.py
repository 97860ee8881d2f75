"""Leafing: a class's rows are read a few students and a few rows at a time, however many there are.

A piece is at most so many rows, of one student or of a few who have little. It takes one query,
and one more for each few students; no more than a piece is ever held.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import batched
from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.utils.crypto import salted_hmac

from quizzes.assessment.models import Attempt, Served
from quizzes.assessment.models.attempts import ServedQuerySet
from quizzes.cards.models import DayTally, Review
from quizzes.people.models import Classroom, Enrollment

STUDENTS_AT_ONCE = 20
ROWS_AT_ONCE = 1_000
_SALT = "quizzes.exchange.leafing"


@dataclass(frozen=True)
class Leaves:
    """The rows of a class's students of now: on its book, and at what it was given."""

    classroom: Classroom
    kept: Collection[int] = ()
    """The items of which their reader is not told whether an answer was right."""

    @cached_property
    def accounts(self) -> dict[int, str]:
        """A name for each student that tells nobody who it is, by primary key; one query.

        It is always the same in this class, and another one elsewhere: it hangs on the site's
        secret key.
        """
        users = self.places.values_list("user", flat=True)
        return {user: _pseudonym(self.classroom, user) for user in users}

    @property
    def places(self) -> QuerySet[Enrollment]:
        """Of those who study there now."""
        return self.classroom.enrollments.students()

    @property
    def days(self) -> QuerySet[DayTally]:
        """To be counted; a piece of them is found faster among all days of its students."""
        return DayTally.objects.filter(chapter__book=self.classroom.book_id)

    @property
    def reviews(self) -> QuerySet[Review]:
        """Of flashcards alone: what a quiz does to a card is told with the quiz."""
        of_cards = Review.objects.standing().filter(source=Review.Source.FLASHCARD)
        return of_cards.filter(card__item__book=self.classroom.book_id)

    @property
    def attempts(self) -> QuerySet[Attempt]:
        return Attempt.objects.filter(assignment__classroom=self.classroom)

    @property
    def served(self) -> ServedQuerySet:
        """The questions of attempts that were handed in."""
        handed_in = Q(attempt__handed_in_at__isnull=False)
        return Served.objects.filter(handed_in, attempt__assignment__classroom=self.classroom)

    def through(
        self, rows: QuerySet[Any], columns: Sequence[str], learner: str = "learner"
    ) -> Iterator[list[Any]]:
        """The rows of the students in pieces, with these columns by name and their student's."""
        told = rows.order_by("pk").values_list("pk", learner, *columns, named=True)
        for students in batched(self.accounts, STUDENTS_AT_ONCE):
            together = list(told.filter(**{f"{learner}__in": students})[: ROWS_AT_ONCE + 1])
            if 0 < len(together) <= ROWS_AT_ONCE:
                yield together
            elif together:  # one after the other: an index has each one's rows in order
                for student in students:
                    yield from _pieces(told.filter(**{learner: student}))

    def count(self) -> int:
        """How many rows there are to be told of, each as often as it is told; six queries."""
        users = self.places.order_by().values("user")
        mine, theirs = Q(learner__in=users), Q(attempt__learner__in=users)
        given, cards = self.classroom.assignments.all(), self.reviews.filter(mine)
        told_once = (self.places, self.days.filter(mine), given, cards)
        told_twice = (self.attempts.filter(mine), self.served.filter(theirs))
        once, twice = (sum(rows.count() for rows in each) for each in (told_once, told_twice))
        return once + 2 * twice

    def sums(self, students: Sequence[int]) -> dict[int, dict[str, Any]]:
        """All that the tallies of some students come to, by primary key; one query."""
        names = ("known_change", "learning_change", "reviews", "recalled", "duration_ms")
        here = Q(chapter__book=self.classroom.book_id)  # as a condition it would choose the index
        rows = DayTally.objects.filter(learner__in=students).order_by().values("learner")
        sums: Any = rows.annotate(**{name: Sum(name, filter=here) for name in names})
        return {row["learner"]: row for row in sums}


def _pieces(rows: QuerySet[Any, Any]) -> Iterator[list[Any]]:
    last = 0
    while piece := list(rows.filter(pk__gt=last)[:ROWS_AT_ONCE]):
        yield piece
        if len(piece) < ROWS_AT_ONCE:
            return
        last = piece[-1].pk


def _pseudonym(classroom: Classroom, user: int) -> str:
    return "s-" + salted_hmac(_SALT, f"{classroom.uid}/{user}", algorithm="sha256").hexdigest()[:16]
