"""Kinship: items that give each other away are asked on different days.

Siblings ask about the same fact, or their author put them in one group of a book.
"""

from typing import Any

from django.db.models import QuerySet

from quizzes.cards.desk import Desk
from quizzes.cards.models import Card, Review
from quizzes.items.models import Item

type Kin = set[object]
"""What an item shares with its siblings: its fact, and its group."""


def kin_of(subject_id: int | None, book_id: int, siblings: str) -> Kin:
    group = (book_id, siblings) if siblings else None
    return {key for key in (subject_id, group) if key}


def kin(item: Item) -> Kin:
    """What an item shares with its siblings."""
    return kin_of(item.subject_id, item.book_id, item.siblings)


def rated_today(desk: Desk) -> QuerySet[Review, Any]:
    """The reviews that stand since the learner's day began."""
    begun = desk.starts(desk.today)
    return Review.objects.standing().filter(learner=desk.learner, received_at__gte=begun)


def unkin_items(items: QuerySet[Item, Any], rated: QuerySet[Review, Any]) -> QuerySet[Item, Any]:
    """Without the siblings of what was rated."""
    facts, groups = _shared(rated)
    return items.exclude(subject__in=facts).exclude(siblings__in=groups)


def unkin_cards(cards: QuerySet[Card, Any], rated: QuerySet[Review, Any]) -> QuerySet[Card, Any]:
    """Without the siblings of what was rated; a quiz that moved nothing holds nothing back."""
    facts, groups = _shared(rated.filter(affects_schedule=True))
    return cards.exclude(item__subject__in=facts).exclude(item__siblings__in=groups)


def _shared(rated: QuerySet[Review, Any]) -> tuple[QuerySet[Review, Any], QuerySet[Review, Any]]:
    """The facts and the groups of the items that were rated."""
    of_facts = rated.filter(card__item__subject__isnull=False)
    of_groups = rated.exclude(card__item__siblings="")
    return of_facts.values("card__item__subject"), of_groups.values("card__item__siblings")
