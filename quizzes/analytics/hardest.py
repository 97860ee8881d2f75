"""The cards that a learner forgets most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizzes.assessment import reserving
from quizzes.cards.models import Card
from quizzes.items.models import Item

if TYPE_CHECKING:
    from datetime import datetime

    from quizzes.people.models import User

CARDS_SHOWN = 12


def of_learner(learner: User, at: datetime) -> list[Card]:
    """The most often forgotten first, with item, wording, fact and book; one query.

    Not those that are set aside, nor what an assignment asks for just now.
    """
    items = Item.objects.visible_to(learner).ready().exclude(revision=None)
    cards = Card.objects.filter(
        learner=learner, lapses__gt=0, is_suspended=False, item__in=items.order_by().values("pk")
    ).exclude(item__in=reserving.reserved(learner, at))
    of_item = ("item__revision", "item__book", "item__chapter", "item__subject__book")
    joined = cards.select_related("weights", *of_item)
    return list(joined.order_by("-lapses", "-difficulty", "pk")[:CARDS_SHOWN])
