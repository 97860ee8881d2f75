"""The desk: a learner at work on one day, with the plans that say what is studied and how."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Model, OuterRef, QuerySet, Subquery, Sum

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

    @property
    def chapters(self) -> QuerySet[Any, Any]:
        """The identifiers of all chapters that are studied."""
        chosen = StudyPlan.chapters.through.objects
        return chosen.filter(studyplan__in=list(self.plans.values())).values("chapter")

    def place(self, item: Item, card: Card | None) -> Standing:
        return stand(self.learner, item, card, self.plans.get(item.book_id), self.weights)

    def starts(self, day: date) -> datetime:
        """When a study day begins for this learner."""
        return day_starts_at(day, self.learner.time_zone, self.learner.day_rollover_hour)


def sit_down(
    learner: User, at: datetime, book: Book | None = None, reserved: Reserved = ()
) -> Desk:
    """The desk of a learner, for all plans or for one book's, without `reserved` items; one query.

    Whoever shows answers must say what is reserved: see `assessment.attempting.asked_now`.
    """
    today = learner_day(at, learner.time_zone, learner.day_rollover_hour)
    current = Weights.objects.filter(learner=learner, is_current=True)
    introduced = (
        DayTally.objects.filter(learner=learner, day=today, chapter__book=OuterRef("book"))
        .order_by()
        .values("chapter__book")
        .annotate(cards=Sum("introduced"))
    )
    plans = StudyPlan.objects.filter(learner=learner).order_by("started_at", "pk")
    if book:
        plans = plans.filter(book=book)
    found = plans.annotate(
        introduced=Subquery(introduced.values("cards")),
        current_weights=Subquery(current.values("pk")),
        current_numbers=Subquery(current.values("numbers")),
    )
    by_book = {plan.book_id: plan for plan in found}
    left = {book: max(0, p.new_a_day - (p.introduced or 0)) for book, p in by_book.items()}
    weights = next(((p.current_weights, p.current_numbers) for p in found), (None, None))
    return Desk(learner, at, today, by_book, left, weights, reserved)
