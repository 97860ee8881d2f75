"""Setting aside: a card waits until tomorrow, or until it is taken up again, or bears a flag.

Each act is kept as an `Action` with what it changed, so that undo can take it back. An act that
would change nothing is none.
"""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from quizzes.cards.days import learner_day
from quizzes.cards.models import Action, Card
from quizzes.items.models import Item
from quizzes.people.models import User
from quizzes.refusal import Refusal

type Jsonable = str | int | None

FLAGS = range(8)


class NoSuchFlag(Refusal):
    """Flags are 0 (none) to 7."""


def bury(learner: User, item: Item, at: datetime) -> Card:
    """Keep a card out of the queue until the learner's next day."""
    today = learner_day(at, learner.time_zone, learner.day_rollover_hour)
    tomorrow = (today + timedelta(days=1)).isoformat()
    return _act(learner, item, at, Action.Kind.BURY, "buried_until", tomorrow)


def suspend(learner: User, item: Item, at: datetime) -> Card:
    """Keep a card out of the queue until it is taken up again."""
    return _act(learner, item, at, Action.Kind.SUSPEND, "is_suspended", True)


def take_up(learner: User, item: Item, at: datetime) -> Card:
    """Let a suspended card come again, when it is due."""
    return _act(learner, item, at, Action.Kind.SUSPEND, "is_suspended", False)


def flag(learner: User, item: Item, color: int, at: datetime) -> Card:
    """Mark a card with a color of 1 to 7, or with none; refuses with `NoSuchFlag`."""
    if color not in FLAGS:
        raise NoSuchFlag(_("There is no such flag."))
    return _act(learner, item, at, Action.Kind.FLAG, "flag", color)


def put(card: Card, column: str, value: Jsonable) -> None:
    """Set one of the columns that an act changes, from what JSON holds: text is a date."""
    setattr(card, column, date.fromisoformat(value) if isinstance(value, str) else value)


@transaction.atomic
def _act(
    learner: User, item: Item, at: datetime, kind: Action.Kind, column: str, value: Jsonable
) -> Card:
    """Set one column of a card and remember what stood there; both as JSON holds them."""
    [card] = Card.objects.held(learner, [item.pk])
    before = getattr(card, column)
    put(card, column, value)
    if getattr(card, column) != before:
        card.write(column)
        Action.objects.create(
            learner=learner,
            card=card,
            kind=kind,
            before={column: before.isoformat() if isinstance(before, date) else before},
            after={column: value},
            done_at=at,
        )
    return card
