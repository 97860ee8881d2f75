"""The desk: a learner at work on one day, with the plans that say what is studied and how."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db.models import (
    Exists,
    FilteredRelation,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
)

from quizzes.cards.days import day_starts_at, learner_day
from quizzes.cards.models import Card, DayTally, StudyPlan, Weights
from quizzes.cards.standing import CurrentWeights, Standing, stand
from quizzes.content.models import Book, Chapter
from quizzes.items.models import Item
from quizzes.people.models import User

type Reserved = QuerySet[Model, Any] | tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """A moment of one learner: the study day, the plans by book, and the weights in force."""

    learner: User
    at: datetime
    today: date
    plans: Mapping[int, StudyPlan] = field(default_factory=dict)
    left: Mapping[int, int] = field(default_factory=dict)
    """New cards that today still has room for, by book."""
    weights: CurrentWeights = (None, None)
    reserved: Reserved = ()
    """Items that are not shown as cards just now, because something else asks for them."""
    examined: Mapping[int, frozenset[int]] = field(default_factory=dict)
    """The chapters that an exam ahead covers, by book."""
    spent: Mapping[int, float] = field(default_factory=dict)
    """Seconds of study so far today, by book."""

    @property
    def chapters(self) -> QuerySet[Any, Any]:
        """The identifiers of all chapters that are studied."""
        chosen = StudyPlan.chapters.through.objects
        return chosen.filter(studyplan__in=list(self.plans.values())).values("chapter")

    def place(self, item: Item, card: Card | None) -> Standing:
        is_examined = item.chapter_id in self.examined.get(item.book_id, ())
        plan = self.plans.get(item.book_id)
        return stand(self.learner, item, card, plan, self.weights, is_examined=is_examined)

    def narrowed(self, books: Collection[int]) -> "Desk":
        """The same desk with the plans of these books alone."""
        return replace(self, plans={book: p for book, p in self.plans.items() if book in books})

    def starts(self, day: date) -> datetime:
        """When a study day begins for this learner."""
        return day_starts_at(day, self.learner.time_zone, self.learner.day_rollover_hour)


def sit_down(
    learner: User, at: datetime, book: Book | None = None, reserved: Reserved = ()
) -> Desk:
    """The desk of a learner, for all plans or for one book's, without `reserved` items.

    One query. Whoever shows answers must say what is reserved: see `assessment.reserving.reserved`.
    """
    chapters = Chapter.objects.filter(pk__in=planned(learner).values("chapter"))
    if book:
        chapters = chapters.filter(book=book)
    return seat(learner, at, with_plans(chapters, learner, at), reserved)


def planned(learner: User) -> QuerySet[Any, Any]:
    """The rows that put chapters into the learner's plans."""
    return StudyPlan.chapters.through.objects.filter(studyplan__learner=learner)


def with_plans(chapters: QuerySet[Chapter], learner: User, at: datetime) -> QuerySet[Any, Any]:
    """Chapters with all that a desk is made of, for `seat`; the `plan` is that of their book."""
    today = today_of(learner, at)
    here = planned(learner).filter(chapter=OuterRef("pk"))
    named = StudyPlan.exam_chapters.through.objects.filter(studyplan__learner=learner)
    current = Weights.objects.filter(learner=learner, is_current=True)
    found: Any = chapters.annotate(
        plan=FilteredRelation("book__plans", condition=Q(book__plans__learner=learner)),
        is_planned=Exists(here),
        is_named=Exists(named.filter(chapter=OuterRef("pk"))),
        introduced=_of_today(learner, today, "introduced"),
        spent_ms=_of_today(learner, today, "duration_ms"),
        current_weights=Subquery(current.values("pk")),
        current_numbers=Subquery(current.values("numbers")),
    )
    rows: QuerySet[Any, Any] = found.select_related("plan")
    return rows


def seat(learner: User, at: datetime, chapters: Iterable[Any], reserved: Reserved = ()) -> Desk:
    """The desk that these chapters make, as `with_plans` found them; no query of its own."""
    today = today_of(learner, at)
    mine = [chapter for chapter in chapters if chapter.is_planned]
    by_book = {one.book_id: one for one in mine}
    plans = sorted((one.plan for one in by_book.values()), key=lambda p: (p.started_at, p.pk))
    return Desk(
        learner,
        at,
        today,
        plans={plan.book_id: plan for plan in plans},
        left={
            book: max(0, one.plan.new_a_day - (one.introduced or 0))
            for book, one in by_book.items()
        },
        weights=next(((one.current_weights, one.current_numbers) for one in mine), (None, None)),
        reserved=reserved,
        examined=_examined(mine, today),
        spent={book: (one.spent_ms or 0) / 1000 for book, one in by_book.items()},
    )


def today_of(learner: User, at: datetime) -> date:
    """The study day of a learner at a moment."""
    return learner_day(at, learner.time_zone, learner.day_rollover_hour)


def _of_today(learner: User, today: date, column: str) -> Subquery:
    """What the tallies of today come to for a chapter's book."""
    tallies = DayTally.objects.filter(learner=learner, day=today, chapter__book=OuterRef("book"))
    sums = tallies.order_by().values("chapter__book").annotate(total=Sum(column))
    return Subquery(sums.values("total"))


def _examined(chapters: Iterable[Any], today: date) -> dict[int, frozenset[int]]:
    """The chapters of each plan that its exam covers, all of the plan's where none are named."""
    every, named = defaultdict[int, set[int]](set), defaultdict[int, set[int]](set)
    for one in chapters:
        if one.plan.exam_on and one.plan.exam_on > today:
            every[one.book_id].add(one.pk)
            named[one.book_id].update([one.pk] if one.is_named else [])
    return {book: frozenset(named[book] or chapters) for book, chapters in every.items()}
