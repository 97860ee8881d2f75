"""What a class knows by chapter and kind of fact, and what one of its students does.

Counted from tallies, so that a long history costs no more: cards known, in learning and new. What
the class *recalls* of the book's sections on a day is `class_memory`'s to foretell.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q, Sum

from quizzes.analytics.class_progress import enrolled
from quizzes.analytics.progress import Known
from quizzes.cards.models import DayTally
from quizzes.items.models import Item

if TYPE_CHECKING:
    from quizzes.people.models import Classroom, User


@dataclass(frozen=True, slots=True)
class Share:
    """The cards of a part of the book, as a number of students know them.

    `known` and `learning` are counted over all of the students, `total` is what each could know.
    """

    total: int
    students: int
    known: int
    learning: int

    @property
    def whole(self) -> int:
        return self.total * self.students

    @property
    def new(self) -> int:
        return max(0, self.whole - self.known - self.learning)

    @property
    def percents(self) -> tuple[int, int, int]:
        """Known, in learning and new; what is left of a hundred is new."""
        known, learning = (round(100 * one / self.whole) for one in (self.known, self.learning))
        return known, learning, max(0, 100 - known - learning)

    @property
    def mean_known(self) -> float:
        return self.known / self.students

    @property
    def cards(self) -> Known:
        """Of a single student."""
        return Known(self.total, self.known, self.learning)


@dataclass(frozen=True, slots=True)
class ChapterRow:
    """A chapter, its cards by kind of fact, and all of them."""

    slug: str
    title: str
    kinds: dict[str, Share]

    @property
    def whole(self) -> Share:
        return together(self.kinds.values())


def of_class(classroom: Classroom) -> list[ChapterRow]:
    """The chapters with cards, in the book's order; three queries. None without students."""
    places = enrolled(classroom).order_by()
    students = places.count()
    return _rows(classroom, students, Q(learner__in=places.values("user"))) if students else []


def of_student(classroom: Classroom, student: User) -> list[ChapterRow]:
    """The same of one student; two queries."""
    return _rows(classroom, 1, Q(learner=student))


def together(shares: Iterable[Share]) -> Share:
    """Parts of the book taken together, of the same students; there is at least one."""
    every = list(shares)
    return Share(
        sum(one.total for one in every),
        every[0].students,
        sum(one.known for one in every),
        sum(one.learning for one in every),
    )


def _rows(classroom: Classroom, students: int, whose: Q) -> list[ChapterRow]:
    tallies = DayTally.objects.filter(whose, chapter__book=classroom.book_id).order_by()
    counts = tallies.values_list("chapter", "kind")
    sums = {
        (chapter, kind): (known, learning)
        for chapter, kind, known, learning in counts.annotate(
            Sum("known_change"), Sum("learning_change")
        )
    }
    rows: dict[int, ChapterRow] = {}
    cards = Item.objects.cards().filter(book=classroom.book_id)
    parts = ("chapter", "chapter__slug", "chapter__title", "subject__kind")
    found = cards.order_by("chapter__number").values_list(*parts).annotate(Count("pk"))
    for pk, slug, title, kind, total in found:
        row = rows.setdefault(pk, ChapterRow(slug, title, {}))
        known, learning = sums.get((pk, kind or ""), (0, 0))
        most = total * students  # a retired question leaves its card behind
        row.kinds[kind or ""] = Share(total, students, min(known, most), min(learning, most))
    return list(rows.values())
