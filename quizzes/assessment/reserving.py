"""Reserving: items whose answers a learner must not be told now, wherever they turn up.

Those that an open attempt of theirs asks, and those that a graded assignment of their class can
serve, from its opening until its results are released. A page, a flashcard, another quiz or a
result leaves their keys out. What the book says of the facts may be read all the same.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from quizzes.assessment import drawing
from quizzes.assessment.models import Assignment, Attempt, Reservation, Served
from quizzes.items.models import Item
from quizzes.people.models import User

KEPT_FROM_CARDS = timedelta(days=1)
"""How long practice that was left lying keeps its questions from being told."""


def reserved(learner: User, at: datetime) -> QuerySet[Item, Any]:
    """The items, as primary keys, for a condition of another query."""
    assigned = Q(assignment__isnull=False)
    recent = Q(started_at__gt=at - KEPT_FROM_CARDS)
    mine = Attempt.objects.open().filter(assigned | recent, learner=learner)
    asked = Served.objects.filter(attempt__in=mine).values("revision__item")
    graded = Assignment.objects.visible_to(learner).unreleased(at)
    kept = Reservation.objects.filter(assignment__in=graded).values("item")
    return Item.objects.filter(Q(pk__in=asked) | Q(pk__in=kept)).order_by().values("pk")


def among(learner: User, items: Collection[int], at: datetime) -> set[int]:
    """Which of these items are reserved; one query, and none for no item."""
    if not items:
        return set()
    found = Item.objects.filter(pk__in=items).filter(pk__in=reserved(learner, at))
    return set(found.values_list("pk", flat=True))


def keep(assignment: Assignment) -> int:
    """Write down what an assignment can serve as its quiz stands now; how many items."""
    items = drawing.bank(assignment.quiz.slots.all(), with_essays=True).values_list("pk", flat=True)
    Reservation.objects.filter(assignment=assignment).delete()
    rows = [Reservation(assignment=assignment, item_id=pk) for pk in items]
    return len(Reservation.objects.bulk_create(rows))
