"""Setting aside: a card waits until tomorrow, or until it is taken up again, or bears a mark.

Each verb does it to one card or, with `_many` in its name, to any number of them at once, as one
act to undo. A device names its act by a `uid` and tells when it was `done_at`: the same act again
is the same row. An act that would change nothing is none.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import TypedDict, Unpack
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from quizzes.cards.acting import Act, act
from quizzes.cards.days import learner_day
from quizzes.cards.folding import Jsonable
from quizzes.cards.models import Action, Card
from quizzes.identifiers import uuid7
from quizzes.items.models import Item
from quizzes.people.models import User
from quizzes.refusal import Refusal

FLAGS = range(8)
LONGEST_NOTE = 10_000


class Sent(TypedDict, total=False):
    """How a device names its act, and when it was done there."""

    uid: UUID | None
    done_at: datetime | None


class NoSuchFlag(Refusal):
    """Flags are 0 (none) to 7."""


class NoteTooLong(Refusal):
    """A note has at most `LONGEST_NOTE` characters."""


def bury(learner: User, item: Item, at: datetime, **sent: Unpack[Sent]) -> Card:
    """Keep a card out of the queue until the learner's next day."""
    until = day_after(learner, min(sent.get("done_at") or at, at))
    return _one(learner, Act(item, Action.Kind.BURY, until, **sent), at)


def suspend(learner: User, item: Item, at: datetime, **sent: Unpack[Sent]) -> Card:
    """Keep a card out of the queue until it is taken up again."""
    return _one(learner, Act(item, Action.Kind.SUSPEND, True, **sent), at)


def take_up(learner: User, item: Item, at: datetime, **sent: Unpack[Sent]) -> Card:
    """Let a suspended card come again, when it is due."""
    return _one(learner, Act(item, Action.Kind.SUSPEND, False, **sent), at)


def flag(learner: User, item: Item, color: int, at: datetime, **sent: Unpack[Sent]) -> Card:
    """Mark a card with a color of 1 to 7, or with none; refuses with `NoSuchFlag`."""
    return _one(learner, Act(item, Action.Kind.FLAG, lawful_flag(color), **sent), at)


def note(learner: User, item: Item, text: str, at: datetime, **sent: Unpack[Sent]) -> Card:
    """Keep a text with a card, for the learner alone; refuses with `NoteTooLong`."""
    return _one(learner, Act(item, Action.Kind.NOTE, lawful_note(text), **sent), at)


def bury_many(learner: User, items: Collection[Item], at: datetime) -> int:
    """Bury cards until the learner's next day; tells for how many that was new."""
    return _many(learner, items, Action.Kind.BURY, day_after(learner, at), at)


def suspend_many(learner: User, items: Collection[Item], at: datetime) -> int:
    """Set cards aside until they are taken up again; tells how many were not."""
    return _many(learner, items, Action.Kind.SUSPEND, True, at)


def take_up_many(learner: User, items: Collection[Item], at: datetime) -> int:
    """Let suspended cards come again; tells how many there were."""
    return _many(learner, items, Action.Kind.SUSPEND, False, at)


def flag_many(learner: User, items: Collection[Item], color: int, at: datetime) -> int:
    """Mark cards with a color, or with none; tells how many had another.

    Refuses with `NoSuchFlag`.
    """
    return _many(learner, items, Action.Kind.FLAG, lawful_flag(color), at)


def day_after(learner: User, at: datetime) -> str:
    """The learner's next day, on which what is buried at this moment returns."""
    today = learner_day(at, learner.time_zone, learner.day_rollover_hour)
    return (today + timedelta(days=1)).isoformat()


def lawful_flag(color: int) -> int:
    if color not in FLAGS:
        raise NoSuchFlag(_("There is no such flag."))
    return color


def lawful_note(text: str) -> str:
    """A note as it is kept: ended lines are ended in one way, and nothing blank is around it."""
    text = text.replace("\r\n", "\n").strip()
    if len(text) > LONGEST_NOTE:
        raise NoteTooLong(_("A note has at most 10,000 characters."))
    return text


def _one(learner: User, one: Act, at: datetime) -> Card:
    [done] = act(learner, [one], at)
    return done.card


def _many(
    learner: User, items: Collection[Item], kind: Action.Kind, value: Jsonable, at: datetime
) -> int:
    acts = [Act(item, kind, value) for item in {item.pk: item for item in items}.values()]
    return sum(done.is_new for done in act(learner, acts, at, batch=uuid7()))
