"""A learner's progress: what is known by chapter, which days were studied, what comes due.

A card is *known* while it is in review, *learning* while it is in steps of minutes, and *new*
until its first rating. The numbers come from `DayTally`, so a long history costs no more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import TYPE_CHECKING

from django.db.models import Count, QuerySet, Sum

from quizzes.cards.models import Card, DayTally, StudyPlan
from quizzes.content.models import Book, Chapter, Fact
from quizzes.items.models import Item

if TYPE_CHECKING:
    from quizzes.people.models import User

WEEKS_SHOWN = 18
USUAL_SECONDS = 15.0
"""How long a card takes a learner whose pace is not known yet."""

CARDS_TRUSTED = 20
"""How many cards the usual pace counts for, beside the learner's own."""

HEAT = (1, 10, 25, 50)
"""Reviews a day from which a day of the calendar is shown one shade darker."""

DAYS_FORESEEN = 7


@dataclass(frozen=True, slots=True)
class Known:
    """How many cards of a part of the book are known, being learned, and not met yet."""

    total: int
    known: int
    learning: int

    @property
    def new(self) -> int:
        return max(0, self.total - self.known - self.learning)


@dataclass(frozen=True, slots=True)
class ChapterProgress:
    """A chapter, and where its learner stands."""

    chapter: Chapter
    cards: Known


@dataclass(frozen=True, slots=True)
class KindProgress:
    """The cards on one kind of fact, and where their learner stands; no label without a fact."""

    label: str
    cards: Known


@dataclass(frozen=True, slots=True)
class Day:
    """One study day: its reviews, and the shade from 0 to 4 that a calendar gives it."""

    day: date
    reviews: int
    recalled: int
    duration_ms: int

    @property
    def heat(self) -> int:
        return sum(self.reviews >= bound for bound in HEAT)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The last weeks, each from its Monday; days to come are left out."""

    weeks: list[list[Day]]
    last_day: date | None

    @property
    def days(self) -> list[Day]:
        """The days with a review, the earliest first."""
        return [day for week in self.weeks for day in week if day.reviews]

    @property
    def today(self) -> Day:
        return self.weeks[-1][-1]

    @property
    def days_since(self) -> int | None:
        """Days since the last study day, 0 if it is today; none before the first."""
        return (self.today.day - self.last_day).days if self.last_day else None

    @property
    def reviews(self) -> int:
        return sum(day.reviews for day in self.days)

    def minutes(self, cards: int) -> int:
        """How long so many cards will take at this learner's pace, rounded up."""
        spent = sum(day.duration_ms for day in self.days) / 1000
        seconds_a_card = (spent + CARDS_TRUSTED * USUAL_SECONDS) / (self.reviews + CARDS_TRUSTED)
        return ceil(cards * seconds_a_card / 60)


@dataclass(frozen=True, slots=True)
class Load:
    """What comes due on a study day; `percent` of the fullest day shown."""

    day: date
    cards: int
    percent: int


def planned(learner: User) -> list[ChapterProgress]:
    """The chapters that the learner's plans study, in the books' order; three queries."""
    chosen = StudyPlan.chapters.through.objects.filter(studyplan__learner=learner)
    chapters = Chapter.objects.filter(pk__in=chosen.values("chapter")).select_related("book")
    return _by_chapter(chapters.order_by("book__title", "book_id", "number"), learner)


def of_book(book: Book, learner: User | None) -> list[ChapterProgress]:
    """All chapters of a book; without a learner nothing is known. Three queries, or two."""
    return _by_chapter(book.chapters.order_by("number"), learner)


def of_chapter(chapter: Chapter, learner: User) -> list[KindProgress]:
    """A chapter's cards by the kind of fact that they ask for; two queries."""
    cards = Item.objects.cards().filter(chapter=chapter).order_by()
    totals = dict(cards.values_list("subject__kind").annotate(Count("pk")))
    rows = DayTally.objects.filter(learner=learner, chapter=chapter).order_by()
    sums = _sums(rows, "kind")
    return [
        KindProgress(str(label), _known(totals[kind], sums.get(kind or "")))
        for kind, label in (*Fact.Kind.choices, (None, ""))
        if kind in totals
    ]


def calendar(learner: User, today: date) -> Calendar:
    """The days of the last `WEEKS_SHOWN` weeks; two queries, whatever the number of reviews."""
    monday = today - timedelta(days=today.weekday())
    first = monday - timedelta(weeks=WEEKS_SHOWN - 1)
    rows = DayTally.objects.between(learner, first, today).values_list("day")
    sums = rows.annotate(Sum("reviews"), Sum("recalled"), Sum("duration_ms"))
    days = {row[0]: Day(*row) for row in sums}
    shown = [first + timedelta(days=number) for number in range((today - first).days + 1)]
    studied = DayTally.objects.filter(learner=learner, reviews__gt=0)
    return Calendar(
        weeks=[
            [days.get(day, Day(day, 0, 0, 0)) for day in shown[start : start + 7]]
            for start in range(0, len(shown), 7)
        ],
        last_day=studied.order_by("-day").values_list("day", flat=True).first(),
    )


def coming(learner: User, today: date, due_now: int) -> list[Load]:
    """What comes due in the next seven days, `due_now` standing for today; one query."""
    later = [today + timedelta(days=number) for number in range(1, DAYS_FORESEEN)]
    loads = Card.objects.loads(learner, later)
    counts = {today: due_now} | {day: loads.get(day.toordinal(), 0) for day in later}
    most = max(counts.values()) or 1
    return [Load(day, cards, 100 * cards // most) for day, cards in counts.items()]


def reviews_kept(learner: User) -> int:
    """How many reviews a learner has given; one query."""
    sums = DayTally.objects.filter(learner=learner).aggregate(kept=Sum("reviews"))
    return int(sums["kept"] or 0)


def _by_chapter(chapters: QuerySet[Chapter], learner: User | None) -> list[ChapterProgress]:
    cards = Item.objects.cards().filter(chapter__in=chapters.order_by().values("pk")).order_by()
    totals = dict(cards.values_list("chapter").annotate(Count("pk")))
    rows = DayTally.objects.filter(learner=learner).order_by() if learner else None
    sums = _sums(rows, "chapter") if rows is not None else {}
    return [
        ChapterProgress(chapter, _known(totals.get(chapter.pk, 0), sums.get(chapter.pk)))
        for chapter in chapters
    ]


def _sums(rows: QuerySet[DayTally], column: str) -> Mapping[int | str, tuple[int, int]]:
    """Cards known and in learning now, by a column of the tallies."""
    sums = rows.values_list(column).annotate(Sum("known_change"), Sum("learning_change"))
    return {key: (known, learning) for key, known, learning in sums}


def _known(total: int, sums: tuple[int, int] | None) -> Known:
    """A retired item leaves its card behind: nobody knows more cards than there are."""
    known, learning = sums or (0, 0)
    return Known(total, min(known, total), min(learning, total))
