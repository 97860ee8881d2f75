"""What the study screen shows: a card with both its sides, or the end of the day's work."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet, Sum

from quizzes.assessment import attempting
from quizzes.cards import queueing
from quizzes.cards.desk import Desk, sit_down
from quizzes.cards.models import DayTally, StudyPlan
from quizzes.cards.queueing import Counts, Entry
from quizzes.cards.scheduling import Rating
from quizzes.content.models import Book
from quizzes.identifiers import uuid7
from quizzes.items.models import Item, Key
from quizzes.people.models import User
from quizzes.web import sourcing, wording
from quizzes.web.sourcing import Source, View

TWO_RATINGS = (Rating.AGAIN, Rating.GOOD)
QUEUE_SEEN = 20
"""How far into the queue a card is looked for that the address names."""


@dataclass(frozen=True, slots=True)
class Button:
    """One rating: its number, its word, and when the card comes back, in words and in days."""

    rating: int
    name: str
    comes_back: str
    days: int


@dataclass(frozen=True, slots=True)
class Side:
    """One card with everything its two sides say.

    `uid` is the review that a press of a button will make, so that pressing twice makes one.
    """

    entry: Entry
    uid: UUID
    key: Key | None
    sources: list[Source]
    views: list[View]
    buttons: list[Button]


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


def screen(user: User | AnonymousUser, at: datetime, wanted: UUID | None = None) -> Screen:
    """What comes next for a learner, or for a visitor: the `wanted` item if it is in the queue."""
    if not isinstance(user, User):
        return _trial(at, wanted)
    desk = sit_down(user, at, reserved=attempting.asked_now(user, at))
    entries = queueing.at_desk(desk, limit=QUEUE_SEEN if wanted else 1)
    if not entries:
        return Screen(_progress(desk), pause=pause(user, at), has_plan=bool(desk.plans))
    entry = _wanted(entries, wanted)
    plan = desk.plans[entry.item.book_id]
    return Screen(_progress(desk), side(entry, has_four_ratings=plan.has_four_ratings))


def studied_by(user: User | AnonymousUser) -> QuerySet[Item]:
    """Items that this learner may rate: those of the plans' chapters; a visitor, any pack's."""
    if not isinstance(user, User):
        return Item.objects.visible_to(None).cards()
    chapters = StudyPlan.chapters.through.objects.filter(studyplan__learner=user)
    return Item.objects.visible_to(user).cards().filter(chapter__in=chapters.values("chapter"))


def side(entry: Entry, *, has_four_ratings: bool = False) -> Side:
    """Both sides of a card; its queries do not grow with what the card tests."""
    ground = sourcing.grounds([entry.item.pk])[entry.item.pk]
    return Side(
        entry=entry,
        uid=uuid7(),
        key=Key.objects.filter(revision=entry.item.revision_id).first(),
        sources=ground.sources,
        views=ground.views,
        buttons=[
            Button(
                rating=rating.value,
                name=wording.rating(rating, has_four_ratings=has_four_ratings),
                comes_back=wording.interval(offer.minutes, offer.days),
                days=offer.days,
            )
            for rating, offer in entry.offers.items()
            if has_four_ratings or rating in TWO_RATINGS
        ],
    )


def pause(learner: User, at: datetime) -> Pause:
    """Until when the learner is done."""
    until = queueing.done_until(learner, at, reserved=attempting.asked_now(learner, at))
    if until is None:
        return Pause(None, is_today=False, is_tomorrow=False)
    zone = ZoneInfo(learner.time_zone)
    here = until.astimezone(zone)
    days = (here.date() - at.astimezone(zone).date()).days
    return Pause(here, is_today=days == 0, is_tomorrow=days == 1)


def has_four_ratings(learner: User, book_id: int) -> bool:
    """Whether the learner's plan for this book shows Hard and Easy as well."""
    return StudyPlan.objects.filter(learner=learner, book=book_id, has_four_ratings=True).exists()


def _trial(at: datetime, wanted: UUID | None) -> Screen:
    """The first cards of the first pack, before anything is written about the visitor."""
    book = Book.objects.visible_to(None).first()
    entries = queueing.trial(book, at) if book else []
    left = Progress(0, 0, Counts(new=len(entries), learning=0, review=0))
    return Screen(left, side(_wanted(entries, wanted)) if entries else None)


def _wanted(entries: list[Entry], wanted: UUID | None) -> Entry:
    return next((entry for entry in entries if entry.item.uid == wanted), entries[0])


def _progress(desk: Desk) -> Progress:
    tallies = DayTally.objects.between(desk.learner, desk.today, desk.today).order_by()
    sums = tallies.aggregate(done=Sum("reviews"), recalled=Sum("recalled"))
    return Progress(sums["done"] or 0, sums["recalled"] or 0, queueing.left_at(desk))
