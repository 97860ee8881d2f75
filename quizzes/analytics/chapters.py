"""The chapters before a learner: those of their plans, and those that their classes give them."""

from datetime import datetime
from typing import Any

from django.db.models import Case, OuterRef, Q, Subquery, When

from quizzes.analytics.card_assignments import in_chapter, met
from quizzes.assessment import assigning_cards
from quizzes.cards.desk import planned, with_plans
from quizzes.cards.models import Card
from quizzes.content.models import Chapter
from quizzes.people.models import User


def at_hand(learner: User, at: datetime) -> list[Any]:
    """The chapters of the learner's plans and those that their classes gave them by now; one query.

    In the books' order, each with what a desk is made of and with its number of `cards`; and where
    it is given, `given_by` which class, due when, and how many of its cards are `met`. If several
    classes give it, that is the one for which it is due first.
    """
    given = assigning_cards.of_learner(learner, at)
    wanted = Q(pk__in=planned(learner).values("chapter"))
    wanted |= Q(pk__in=given.order_by().values("chapter"))
    first = given.filter(chapter=OuterRef("pk"))
    mine = Card.objects.filter(learner=learner)
    rows = with_plans(Chapter.objects.filter(wanted), learner, at).annotate(
        given_by=Subquery(first.values("classroom__name")[:1]),
        given_due_at=Subquery(first.values("due_at")[:1]),
        cards=in_chapter("pk"),
        met=Case(When(given_by__isnull=False, then=met(mine, "pk")), default=0),
    )
    ordered = rows.select_related("book", "plan__book").order_by("book__title", "book", "number")
    return list(ordered)
