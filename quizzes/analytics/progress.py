"""A learner's progress: what is known by chapter and by kind of fact, and what comes due.

A card is *known* while it is in review, *learning* while it is in steps of minutes, and *new*
until its first rating. The numbers come from `DayTally`, so a long history costs no more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Count, Max, Q, QuerySet, Sum, When

from quizzes.analytics.study_days import Cell, first_day
from quizzes.cards.desk import planned
from quizzes.cards.models import DayTally
from quizzes.content.models import Book, Chapter, Fact
from quizzes.items.models import Item

if TYPE_CHECKING:
    from quizzes.cards.queueing import Counts
    from quizzes.people.models import User

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
class Load:
    """What comes due on a study day; `percent` of the fullest day shown."""

    day: date
    cards: int
    percent: int


def cells(learner: User, today: date) -> list[Cell]:
    """What a learner has done: day by day since the calendar begins, all before together.

    One query, whose rows do not grow with the log: it is summed where it is stored.
    """
    shown = Case(When(day__gte=first_day(today), then="day"))
    rows = DayTally.objects.filter(learner=learner).order_by().values_list(shown, "chapter", "kind")
    sums = rows.annotate(
        Sum("reviews"),
        Sum("recalled"),
        Sum("duration_ms"),
        Sum("known_change"),
        Sum("learning_change"),
        last_day=Max("day", filter=Q(reviews__gt=0)),
    )
    return [Cell(*row) for row in sums]


def of_plans(chapters: Iterable[Any], done: Iterable[Cell]) -> list[ChapterProgress]:
    """The chapters that plans study, as `at_hand` found them, by what was done in them."""
    sums = _summed((cell.chapter_id, cell) for cell in done)
    studied = {one.pk: one for one in chapters if one.is_planned}
    return [ChapterProgress(one, _known(one.cards, sums.get(pk))) for pk, one in studied.items()]


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


def mastery(learner: User, done: Iterable[Cell]) -> list[ChapterMastery]:
    """The studied chapters by kind of fact, in the books' order, those with cards; one query."""
    cards = Item.objects.cards().filter(chapter__in=planned(learner).values("chapter")).order_by()
    sums = _summed(((cell.chapter_id, cell.kind), cell) for cell in done)
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


def days_ahead(today: date) -> list[date]:
    """The days after today of which it is told what comes due."""
    return [today + timedelta(days=number) for number in range(1, DAYS_FORESEEN)]


def coming(today: date, left: Counts, loads: Mapping[date, int]) -> list[Load]:
    """What comes due in the next seven days: of today what is `left`, `loads` of the others."""
    first = {today: left.learning + left.review}
    counts = first | {day: loads.get(day, 0) for day in days_ahead(today)}
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


def _sums(rows: QuerySet[DayTally], column: str) -> dict[Any, tuple[int, int]]:
    """Cards known and in learning now, by a column of the tallies."""
    sums = rows.values_list(column).annotate(Sum("known_change"), Sum("learning_change"))
    return {key: (known, learning) for key, known, learning in sums}


def _summed[Key](done: Iterable[tuple[Key, Cell]]) -> dict[Key, tuple[int, int]]:
    """Cards known and in learning now, by what each cell is told for."""
    sums = defaultdict[Key, tuple[int, int]](lambda: (0, 0))
    for key, cell in done:
        known, learning = sums[key]
        sums[key] = known + cell.known, learning + cell.learning
    return sums


def _known(total: int, sums: tuple[int, int] | None) -> Known:
    """A retired item leaves its card behind: nobody knows more cards than there are."""
    known, learning = sums or (0, 0)
    return Known(total, min(known, total), min(learning, total))
