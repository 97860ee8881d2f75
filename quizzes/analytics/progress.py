"""A learner's progress: what is known by chapter, which days were studied, what comes due.

A card is *known* while it is in review, *learning* while it is in steps of minutes, and *new*
until its first rating. The numbers come from `DayTally`, so a long history costs no more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from django.db.models import Count, Max, Sum

from quizzes.cards.models import Card, DayTally, StudyPlan
from quizzes.content.models import Chapter
from quizzes.items.models import Item
from quizzes.people.models import User

WEEKS_SHOWN = 18
ONE_DAY = timedelta(days=1)
USUAL_SECONDS = 15.0
"""How long a card takes a learner whose pace is not known yet."""
HEAT = (1, 10, 25, 50)
"""Reviews a day from which a day of the calendar is shown one shade darker."""


@dataclass(frozen=True, slots=True)
class Known:
    """How many cards of a part of the book are known, being learned, and not met yet."""

    total: int
    known: int
    learning: int

    @property
    def new(self) -> int:
        return max(0, self.total - self.known - self.learning)

    @property
    def percent(self) -> int:
        return 100 * self.known // self.total if self.total else 0


@dataclass(frozen=True, slots=True)
class ChapterProgress:
    """A chapter that is studied, and where its learner stands."""

    chapter: Chapter
    cards: Known


@dataclass(frozen=True, slots=True)
class Day:
    """One study day: its reviews, and the shade from 0 to 4 that a calendar gives it."""

    day: date
    reviews: int
    recalled: int

    @property
    def heat(self) -> int:
        return sum(self.reviews >= bound for bound in HEAT)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The last weeks, each from its Monday; days to come are left out."""

    weeks: list[list[Day]]
    studied: int
    reviews: int
    last_day: date | None
    seconds_a_card: float
    has_gap: bool = False

    def minutes(self, cards: int) -> int:
        """How long so many cards will take at this learner's own pace."""
        return ceil(cards * self.seconds_a_card / 60)


@dataclass(frozen=True, slots=True)
class Load:
    """What comes due on a study day."""

    day: date
    cards: int
    percent: int


def chapters(learner: User) -> list[ChapterProgress]:
    """The chapters that the learner's plans study, in the books' order; three queries."""
    chosen = StudyPlan.chapters.through.objects.filter(studyplan__learner=learner)
    found = Chapter.objects.filter(pk__in=chosen.values("chapter")).select_related("book")
    totals = dict(
        Item.objects.cards()
        .filter(chapter__in=chosen.values("chapter"))
        .order_by()
        .values_list("chapter")
        .annotate(Count("pk"))
    )
    sums = _sums(learner)
    return [
        ChapterProgress(chapter, Known(totals.get(chapter.pk, 0), *sums.get(chapter.pk, (0, 0))))
        for chapter in found.order_by("book__title", "book_id", "number")
    ]


def calendar(learner: User, today: date) -> Calendar:
    """The days of the last `WEEKS_SHOWN` weeks; two queries, whatever the number of reviews."""
    monday = today - timedelta(days=today.weekday())
    first = monday - timedelta(weeks=WEEKS_SHOWN - 1)
    days = {day.day: day for day in _days(learner, first, today)}
    weeks = [
        [
            days.get(day, Day(day, 0, 0))
            for day in (first + timedelta(days=7 * week + weekday) for weekday in range(7))
            if day <= today
        ]
        for week in range(WEEKS_SHOWN)
    ]
    ever = DayTally.objects.filter(learner=learner, reviews__gt=0).aggregate(
        last_day=Max("day"), reviews=Sum("reviews"), spent=Sum("duration_ms")
    )
    studied = [day for day in days.values() if day.reviews]
    return Calendar(
        weeks=weeks,
        studied=len(studied),
        reviews=sum(day.reviews for day in studied),
        last_day=ever["last_day"],
        has_gap=ever["last_day"] is not None and today - ever["last_day"] > ONE_DAY,
        seconds_a_card=_pace(ever["spent"] or 0, ever["reviews"] or 0),
    )


def coming(learner: User, today: date, due_now: int, days: int = 7) -> list[Load]:
    """What comes due on each of the next days, `due_now` standing for today; one query."""
    later = [today + timedelta(days=number) for number in range(1, days)]
    loads = Card.objects.loads(learner, later)
    counts = {today: due_now} | {day: loads.get(day.toordinal(), 0) for day in later}
    most = max(counts.values()) or 1
    return [Load(day, cards, 100 * cards // most) for day, cards in counts.items()]


def _sums(learner: User) -> Mapping[int, tuple[int, int]]:
    rows = DayTally.objects.filter(learner=learner).order_by().values_list("chapter")
    return {
        chapter: (known, learning)
        for chapter, known, learning in rows.annotate(Sum("known_change"), Sum("learning_change"))
    }


def _days(learner: User, first: date, last: date) -> list[Day]:
    rows = DayTally.objects.between(learner, first, last).order_by("day").values_list("day")
    return [Day(*row) for row in rows.annotate(Sum("reviews"), Sum("recalled"))]


def _pace(spent_ms: int, reviews: int) -> float:
    """Seconds a card: the learner's own mean, leaning on the usual one while it rests on little."""
    trusted = 20
    return (spent_ms / 1000 + trusted * USUAL_SECONDS) / (reviews + trusted)
