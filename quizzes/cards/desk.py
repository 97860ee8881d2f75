"""The desk: a learner at work on one day, with the plans that say what is studied and how."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, Model, OuterRef, QuerySet, Subquery, Sum

from quizzes.cards.days import day_starts_at, learner_day
from quizzes.cards.models import Card, DayTally, StudyPlan, Weights
from quizzes.cards.standing import CurrentWeights, Standing, stand
from quizzes.content.models import Book
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

    One query, and one more while an exam lies ahead. Whoever shows answers must say what is
    reserved: see `assessment.reserving.reserved`.
    """
    today = learner_day(at, learner.time_zone, learner.day_rollover_hour)
    plans = StudyPlan.objects.filter(learner=learner).order_by("started_at", "pk")
    if book:
        plans = plans.filter(book=book)
    current = Weights.objects.filter(learner=learner, is_current=True)
    found = plans.annotate(
        introduced=_of_today(learner, today, "introduced"),
        spent_ms=_of_today(learner, today, "duration_ms"),
        current_weights=Subquery(current.values("pk")),
        current_numbers=Subquery(current.values("numbers")),
    )
    by_book = {plan.book_id: plan for plan in found}
    left = {book: max(0, p.new_a_day - (p.introduced or 0)) for book, p in by_book.items()}
    weights = next(((p.current_weights, p.current_numbers) for p in found), (None, None))
    spent = {book: (plan.spent_ms or 0) / 1000 for book, plan in by_book.items()}
    examined = _examined(by_book.values(), today)
    return Desk(learner, at, today, by_book, left, weights, reserved, examined, spent)


def _of_today(learner: User, today: date, column: str) -> Subquery:
    """What the tallies of today come to for the book of a plan."""
    tallies = DayTally.objects.filter(learner=learner, day=today, chapter__book=OuterRef("book"))
    sums = tallies.order_by().values("chapter__book").annotate(total=Sum(column))
    return Subquery(sums.values("total"))


def _examined(plans: Iterable[StudyPlan], today: date) -> dict[int, frozenset[int]]:
    """The chapters of each plan that its exam covers, all of the plan's where none are named."""
    ahead = [plan for plan in plans if plan.exam_on and plan.exam_on > today]
    if not ahead:
        return {}
    named = StudyPlan.exam_chapters.through.objects.filter(
        studyplan=OuterRef("studyplan"), chapter=OuterRef("chapter")
    )
    studied = StudyPlan.chapters.through.objects.filter(studyplan__in=ahead)
    rows = studied.values_list("studyplan", "chapter", Exists(named))
    every, chosen = defaultdict[int, set[int]](set), defaultdict[int, set[int]](set)
    for plan, chapter, is_named in rows:
        every[plan].add(chapter)
        chosen[plan].update([chapter] if is_named else [])
    return {plan.book_id: frozenset(chosen[plan.pk] or every[plan.pk]) for plan in ahead}
