"""A learner's progress: what is known by chapter, which days were studied, what comes due.

A card is *known* while it is in review, *learning* while it is in steps of minutes, and *new*
until its first rating. The numbers come from `DayTally`, so a long history costs no more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import TYPE_CHECKING, Any

from django.db.models import Count, QuerySet, Sum

from quizzes.cards.models import Card, DayTally, StudyPlan
from quizzes.cards.queueing import COUNTED_UP_TO
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
class ChapterMastery:
    """A row of the table of progress: a chapter, its cards by kind of fact, and all of them."""

    book_slug: str
    book_title: str
    slug: str
    title: str
    kinds: dict[str, Known]

    @property
    def cards(self) -> Known:
        return total(self.kinds.values())


@dataclass(frozen=True, slots=True)
class Day:
    """One study day: its reviews and quizzes, and the shade from 0 to 4 that they give it."""

    day: date
    reviews: int
    recalled: int
    duration_ms: int
    quizzes: int = 0

    @property
    def is_studied(self) -> bool:
        return bool(self.reviews or self.quizzes)

    @property
    def heat(self) -> int:
        return max(sum(self.reviews >= bound for bound in HEAT), int(self.is_studied))


@dataclass(frozen=True, slots=True)
class Calendar:
    """The last weeks, each from its Monday; days to come are left out."""

    weeks: list[list[Day]]
    last_day: date | None

    @property
    def days(self) -> list[Day]:
        """The days with a review or a quiz, the earliest first."""
        return [day for week in self.weeks for day in week if day.is_studied]

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


def mastery(learner: User) -> list[ChapterMastery]:
    """The studied chapters by kind of fact, in the books' order, those with cards; two queries."""
    chosen = StudyPlan.chapters.through.objects.filter(studyplan__learner=learner)
    cards = Item.objects.cards().filter(chapter__in=chosen.values("chapter")).order_by()
    sums = _sums(DayTally.objects.filter(learner=learner).order_by(), "chapter", "kind")
    rows: dict[int, ChapterMastery] = {}
    of_chapter = ("book__slug", "book__title", "chapter__slug", "chapter__title")
    counts = cards.values_list("chapter", "subject__kind", *of_chapter).annotate(Count("pk"))
    ordered = counts.order_by("book__title", "book", "chapter__number")
    for pk, kind, book, of_book, slug, title, count in ordered:
        row = rows.setdefault(pk, ChapterMastery(book, of_book, slug, title, {}))
        row.kinds[kind or ""] = _known(count, sums.get((pk, kind or "")))
    return list(rows.values())


def total(parts: Iterable[Known]) -> Known:
    """Several parts of a book taken together."""
    every = list(parts)
    return Known(
        sum(part.total for part in every),
        sum(part.known for part in every),
        sum(part.learning for part in every),
    )


def first_day(today: date) -> date:
    """The Monday on which the calendar of a day begins."""
    return today - timedelta(days=today.weekday(), weeks=WEEKS_SHOWN - 1)


def calendar(learner: User, today: date, quiz_days: Iterable[date | None]) -> Calendar:
    """The days of the last `WEEKS_SHOWN` weeks, `quiz_days` those on which quizzes were taken.

    One query, whatever the number of reviews; two for a learner who stayed away all that time.
    """
    first, quizzes = first_day(today), Counter(quiz_days)
    rows = DayTally.objects.between(learner, first, today).values_list("day")
    sums = rows.annotate(Sum("reviews"), Sum("recalled"), Sum("duration_ms"))
    reviewed = {row[0]: row[1:] for row in sums}
    shown = [first + timedelta(days=number) for number in range((today - first).days + 1)]
    days = [_day(day, reviewed.get(day, (0, 0, 0)), quizzes[day]) for day in shown]
    last = max((day.day for day in days if day.is_studied), default=None)
    return Calendar(
        weeks=[days[start : start + 7] for start in range(0, len(days), 7)],
        last_day=last or _last_day_before(learner, first),
    )


def coming(learner: User, today: date, due_now: int) -> list[Load]:
    """What comes due in the next seven days, `due_now` standing for today; one query."""
    later = [today + timedelta(days=number) for number in range(1, DAYS_FORESEEN)]
    loads = Card.objects.loads(learner, later)
    counts = {today: due_now} | {day: loads.get(day.toordinal(), 0) for day in later}
    most = max(counts.values()) or 1
    return [Load(day, cards, 100 * cards // most) for day, cards in counts.items()]


def due_now(learner: User, today: date) -> int:
    """How many cards are due by the day, counted up to `COUNTED_UP_TO`; one query."""
    due = Card.objects.due_on(learner, today).unburied(today)
    return due.order_by()[:COUNTED_UP_TO].count()


def reviews_kept(learner: User) -> int:
    """How many reviews a learner has given; one query."""
    sums = DayTally.objects.filter(learner=learner).aggregate(kept=Sum("reviews"))
    return int(sums["kept"] or 0)


def _day(day: date, reviewed: tuple[int, int, int], quizzes: int) -> Day:
    reviews, recalled, duration_ms = reviewed
    return Day(day, reviews, recalled, duration_ms, quizzes)


def _last_day_before(learner: User, day: date) -> date | None:
    studied = DayTally.objects.filter(learner=learner, reviews__gt=0, day__lt=day)
    return studied.order_by("-day").values_list("day", flat=True).first()


def _by_chapter(chapters: QuerySet[Chapter], learner: User | None) -> list[ChapterProgress]:
    cards = Item.objects.cards().filter(chapter__in=chapters.order_by().values("pk")).order_by()
    totals = dict(cards.values_list("chapter").annotate(Count("pk")))
    rows = DayTally.objects.filter(learner=learner).order_by() if learner else None
    sums = _sums(rows, "chapter") if rows is not None else {}
    return [
        ChapterProgress(chapter, _known(totals.get(chapter.pk, 0), sums.get(chapter.pk)))
        for chapter in chapters
    ]


def _sums(rows: QuerySet[DayTally], *columns: str) -> Mapping[Any, tuple[int, int]]:
    """Cards known and in learning now, by one column of the tallies or by several."""
    sums = rows.values_list(*columns).annotate(Sum("known_change"), Sum("learning_change"))
    return {
        key[0] if len(columns) == 1 else tuple(key): (known, learning)
        for *key, known, learning in sums
    }


def _known(total: int, sums: tuple[int, int] | None) -> Known:
    """A retired item leaves its card behind: nobody knows more cards than there are."""
    known, learning = sums or (0, 0)
    return Known(total, min(known, total), min(learning, total))
