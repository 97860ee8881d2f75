"""Devices that study without a connection: each has a clock of its own, and sends what it keeps."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from quizzes.cards import acting, reviewing, setting_aside, undoing
from quizzes.cards.acting import Act
from quizzes.cards.models import Action
from quizzes.cards.reviewing import Given
from quizzes.cards.undoing import NoSuchAct
from quizzes.people.models import User

Undo = UUID
type Deed = Given | Act | Undo
"""What a device keeps until it is sent: a rating, an act, or the uid of what is taken back."""


@dataclass(frozen=True)
class Device:
    """A clock that is wrong by so much, and what waits to be sent."""

    skew: timedelta
    waiting: list[Deed]

    def clock(self, at: datetime) -> datetime:
        return at + self.skew


def deed(learner, item, what, uid, at):
    """What a device keeps of one thing that was done at an instant of its clock."""
    kind, value = what
    if kind == "rate":
        return Given(item, value, uid, at)
    if kind == Action.Kind.BURY:
        value = setting_aside.day_after(learner, at)
    return Act(item, Action.Kind(kind), value, uid, at)


def send(learner: User, deeds: list[Deed], at: datetime) -> list[Deed]:
    """Hand deeds in as the API does; gives the undos whose review or act is not there yet."""
    reviewing.review_batch(learner, [d for d in deeds if isinstance(d, Given)], at)
    acting.act(learner, [d for d in deeds if isinstance(d, Act)], at)
    return [d for d in deeds if isinstance(d, Undo) and not _undone(learner, d, at)]


def _undone(learner: User, uid: UUID, at: datetime) -> bool:
    try:
        undoing.undo(learner, at, uid=uid)
    except NoSuchAct:
        return False
    return True
