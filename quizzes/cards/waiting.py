"""Waiting: the cards before a desk that are in steps, due by the day, or covered by an exam.

Only cards of the plans' chapters, whose items may still be studied and are not reserved.
"""

from typing import Any

from django.db.models import QuerySet

from quizzes.cards.desk import Desk
from quizzes.cards.kinship import rated_today, unkin_cards
from quizzes.cards.models import Card
from quizzes.items.models import Item

type Cards = QuerySet[Card, Any]


def in_steps(desk: Desk) -> Cards:
    """Cards that are learned or relearned in minutes, the earliest first."""
    return _studied(desk, Card.objects.in_steps(desk.learner).unburied(desk.today))


def due_today(desk: Desk) -> Cards:
    """Cards due by the day, but for siblings of what was rated today: these wait a day."""
    due = Card.objects.due_on(desk.learner, desk.today).unburied(desk.today)
    return unkin_cards(_studied(desk, due), rated_today(desk))


def by_day(desk: Desk) -> Cards:
    """All cards in review, the soonest due first, those too that wait for tomorrow."""
    return _studied(desk, Card.objects.in_review(desk.learner))


def examined(desk: Desk) -> Cards:
    """The cards in review that exams ahead cover, the soonest due first."""
    chapters = frozenset[int]().union(*desk.examined.values())
    return _ready(desk, Card.objects.in_review(desk.learner)).filter(item__chapter__in=chapters)


def _studied(desk: Desk, cards: Cards) -> Cards:
    """Cards of the plans' chapters."""
    return _ready(desk, cards).filter(item__chapter__in=desk.chapters)


def _ready(desk: Desk, cards: Cards) -> Cards:
    """Cards whose items may still be studied."""
    ready = cards.filter(item__state=Item.State.READY, item__is_card=True)
    return ready.exclude(item__in=desk.reserved)
