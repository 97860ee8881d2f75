"""What the study screen shows: a card with both its sides, or the end of the day's work."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet, Sum

from quizzes.assessment import reserving
from quizzes.assessment.checking import Raw
from quizzes.cards import queueing
from quizzes.cards.days import learner_day
from quizzes.cards.desk import Desk, sit_down
from quizzes.cards.models import DayTally, StudyPlan
from quizzes.cards.queueing import Counts, Entry
from quizzes.content.models import Book
from quizzes.items.models import Item
from quizzes.people.models import User
from quizzes.web import dealing
from quizzes.web.dealing import Side

QUEUE_SEEN = 20
"""How far into the queue a card is looked for that the address names."""
KEPT_AHEAD = 100
"""How many cards a device is given to study without a connection."""


@dataclass(frozen=True, slots=True)
class Progress:
    """The day so far: cards answered, those recalled, those that remain."""

    done: int
    recalled: int
    left: Counts

    @property
    def total(self) -> int:
        return self.done + self.left.new + self.left.learning + self.left.review


@dataclass(frozen=True, slots=True)
class Pause:
    """When something comes next, on the learner's own clock; none if nothing will."""

    until: datetime | None
    is_today: bool
    is_tomorrow: bool


@dataclass(frozen=True, slots=True)
class Screen:
    """The whole screen: a card while there is one, else until when the learner is done."""

    progress: Progress
    side: Side | None = None
    pause: Pause | None = None
    has_plan: bool = True


@dataclass(frozen=True, slots=True)
class Ahead:
    """The cards of today that a device can keep, and the end of the work if none comes just now.

    What the buttons promise holds until the study day after this one is over.
    """

    progress: Progress
    sides: list[Side]
    pause: Pause | None
    holds_until: datetime


def screen(
    user: User | AnonymousUser, at: datetime, wanted: UUID | None = None, raw: Raw | None = None
) -> Screen:
    """What comes next for a learner, or for a visitor: the `wanted` item if it is in the queue.

    `raw` is what was typed or chosen at it.
    """
    desk = _desk(user, at)
    entries = _entries(user, desk, QUEUE_SEEN if wanted else 1)
    if not entries and isinstance(user, User):
        return Screen(_progress(desk), pause=pause(user, at), has_plan=bool(desk.plans))
    if not entries:
        return Screen(_trial_progress(entries), has_plan=False)
    [side] = dealing.sides([_wanted(entries, wanted)], desk)
    side = replace(side, found=dealing.found(side, raw, desk))
    progress = _progress(desk) if isinstance(user, User) else _trial_progress(entries)
    return Screen(progress, side)


def ahead(learner: User, at: datetime, wanted: UUID | None = None) -> Ahead:
    """The learner's next cards, the `wanted` one first, for a device to keep."""
    desk = _desk(learner, at)
    entries = queueing.rest_of_day(desk, KEPT_AHEAD)
    entries.sort(key=lambda entry: entry.item.uid != wanted)
    return Ahead(
        progress=_progress(desk),
        sides=dealing.sides(entries, desk),
        pause=pause(learner, at) if all(_is_later(entry, at) for entry in entries) else None,
        holds_until=desk.starts(desk.today + 2 * queueing.ONE_DAY),
    )


def studied_by(user: User | AnonymousUser) -> QuerySet[Item]:
    """Items that this learner may rate: those of the plans' chapters; a visitor, any pack's."""
    if not isinstance(user, User):
        return Item.objects.visible_to(None).cards()
    chapters = StudyPlan.chapters.through.objects.filter(studyplan__learner=user)
    return Item.objects.visible_to(user).cards().filter(chapter__in=chapters.values("chapter"))


def pause(learner: User, at: datetime) -> Pause:
    """Until when the learner is done."""
    return pause_until(
        queueing.done_until(learner, at, reserved=reserving.reserved(learner, at)), learner, at
    )


def pause_until(until: datetime | None, learner: User, at: datetime) -> Pause:
    """The learner is done until this moment, or until something new is there."""
    if until is None:
        return Pause(None, is_today=False, is_tomorrow=False)
    zone = ZoneInfo(learner.time_zone)
    here = until.astimezone(zone)
    days = (here.date() - at.astimezone(zone).date()).days
    return Pause(here, is_today=days == 0, is_tomorrow=days == 1)


def has_four_ratings(learner: User, book_id: int) -> bool:
    """Whether the learner's plan for this book shows Hard and Easy as well."""
    return StudyPlan.objects.filter(learner=learner, book=book_id, has_four_ratings=True).exists()


def _is_later(entry: Entry, at: datetime) -> bool:
    """Whether a card is in a step that is not over even for those who learn ahead."""
    due_at = entry.card.due_at if entry.card else None
    return due_at is not None and due_at > at + queueing.LEARN_AHEAD


def _desk(user: User | AnonymousUser, at: datetime) -> Desk:
    """The learner's desk; a visitor's has no plan, and the clock of whoever has said nothing."""
    if isinstance(user, User):
        return sit_down(user, at, reserved=reserving.reserved(user, at))
    nobody = User()
    return Desk(nobody, at, learner_day(at, nobody.time_zone, nobody.day_rollover_hour))


def _entries(user: User | AnonymousUser, desk: Desk, limit: int) -> list[Entry]:
    """The next cards; a visitor's are the first of the first pack."""
    if isinstance(user, User):
        return queueing.at_desk(desk, limit)
    book = Book.objects.visible_to(None).first()
    return queueing.trial(book, desk.at) if book else []


def _wanted(entries: list[Entry], wanted: UUID | None) -> Entry:
    return next((entry for entry in entries if entry.item.uid == wanted), entries[0])


def _trial_progress(entries: Sequence[Entry]) -> Progress:
    return Progress(0, 0, Counts(new=len(entries), learning=0, review=0))


def _progress(desk: Desk) -> Progress:
    tallies = DayTally.objects.between(desk.learner, desk.today, desk.today).order_by()
    sums = tallies.aggregate(done=Sum("reviews"), recalled=Sum("recalled"))
    return Progress(sums["done"] or 0, sums["recalled"] or 0, queueing.left_at(desk))
