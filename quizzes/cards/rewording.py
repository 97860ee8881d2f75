"""Rewording: a question of the bank says something else, and what learners remember follows.

A change of spelling leaves memory and marks alone. A change of substance brings the cards that
were due later due today, their memory as it is: whoever studies the question as a card meets its
new answer.
"""

from datetime import datetime

from django.db import transaction

from quizzes.cards import moving
from quizzes.cards.days import learner_day
from quizzes.cards.models import Card
from quizzes.identifiers import uuid7
from quizzes.items import revising
from quizzes.items.models import Item, Revision
from quizzes.items.wordings import Wording
from quizzes.people.models import User


@transaction.atomic
def revise(
    item: Item,
    wording: Wording,
    author: User,
    at: datetime,
    change: Revision.Change = Revision.Change.COSMETIC,
    reason: str = "",
) -> bool:
    """Put a wording in force; with a change of substance the item's cards come due.

    Tells whether there was anything to write.
    """
    is_written = revising.revise(item, wording, author, at, change, reason)
    if is_written and change == Revision.Change.SUBSTANTIVE:
        come_due(item, at)
    return is_written


@transaction.atomic
def restore(
    item: Item, number: int, author: User, at: datetime, change: Revision.Change | None = None
) -> bool:
    """Bring a version back, and the cards due where its answer is another one.

    Refuses with `revising.NoSuchVersion`.
    """
    is_written = revising.restore(item, number, author, at, change)
    if is_written and item.revision and item.revision.change == Revision.Change.SUBSTANTIVE:
        come_due(item, at)
    return is_written


def come_due(item: Item, at: datetime) -> int:
    """Bring everybody's card of an item due on their study day; tells how many that moved."""
    moved, batch = 0, uuid7()
    cards = Card.objects.filter(item=item, phase=Card.Phase.REVIEW).select_related("learner")
    for card in cards.order_by("pk"):
        today = learner_day(at, card.learner.time_zone, card.learner.day_rollover_hour)
        if card.due_day and card.due_day > today:
            moved += moving.move(card.learner, {card.pk: today}, at, batch=batch)
    return moved
