"""Queueing: which card comes next, and until when there is nothing to do.

In order: cards in their steps of minutes, what an exam ahead asks for, cards due by the day, new
ones in the plan's order up to its number a day, and, when all of that is done, steps that fall due
soon. Each entry carries what every rating would do, so that a button can say it and the answer can
hold it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from quizzes.cards import aiming, exam_days, introducing, surveying, waiting
from quizzes.cards.aiming import Aim
from quizzes.cards.days import learner_day
from quizzes.cards.desk import Desk, Reserved, sit_down
from quizzes.cards.kinship import Kin, kin
from quizzes.cards.looking_ahead import look_ahead
from quizzes.cards.models import Card
from quizzes.cards.scheduling import Rating
from quizzes.cards.spacing import Ahead, Offer
from quizzes.cards.standing import Standing
from quizzes.cards.surveying import Survey
from quizzes.content.models import Book
from quizzes.items.models import Item
from quizzes.people.models import User

LEARN_AHEAD = timedelta(minutes=20)
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Entry:
    """A card to show (none yet for a new item), its version, and what each rating would do."""

    item: Item
    card: Card | None
    version: int
    offers: dict[Rating, Offer]


@dataclass(frozen=True, slots=True)
class Counts:
    """Cards of today: new ones, those in steps of minutes, those due by the day."""

    new: int
    learning: int
    review: int


def queue(
    learner: User,
    at: datetime,
    book: Book | None = None,
    limit: int = 20,
    reserved: Reserved = (),
) -> list[Entry]:
    """The next cards of the learner's plans, or of one book's, in order and at most `limit`."""
    return at_desk(sit_down(learner, at, book, reserved), limit)


def at_desk(desk: Desk, limit: int = 20) -> list[Entry]:
    """The next cards of a learner who has sat down."""
    aimed, usual = exam_days.split(desk)
    steps, due = _waiting(desk, usual, limit)
    places = steps
    if aimed.plans and len(places) < limit:
        chosen = [key for aim in aiming.aims(aimed) for key in aim.choice.keys]
        places += _apart(introducing.places(desk, chosen[: limit - len(places)]))
    places += due[: limit - len(places)]
    if len(places) < limit:
        new = introducing.new_today(usual, limit - len(places), [p.item for p in places])
        places += introducing.places(desk, new)
    if not places:
        places = _places(
            desk, waiting.in_steps(desk).filter(due_at__lte=desk.at + LEARN_AHEAD), limit
        )
    return _entries(desk, places)


def rest_of_day(desk: Desk, limit: int) -> list[Entry]:
    """The next cards and, after them, those whose step is not over yet: what a device keeps."""
    entries = at_desk(desk, limit)
    later = waiting.in_steps(desk).filter(due_at__gt=desk.at)
    later = later.exclude(item__in=[entry.item.pk for entry in entries])
    return entries + _entries(desk, _places(desk, later, limit - len(entries)))


def counts(
    learner: User, at: datetime, book: Book | None = None, reserved: Reserved = ()
) -> Counts:
    """How many cards today still has; backlogs are counted up to `COUNTED_UP_TO`."""
    return left_at(sit_down(learner, at, book, reserved))


def left_at(desk: Desk, found: Survey | None = None, aims: Iterable[Aim] | None = None) -> Counts:
    """How many cards today still has for a learner who has sat down.

    From what a survey has `found` and the `aims` that follow from it, or one query of its own.
    """
    found = found or surveying.survey(desk)
    aims = aiming.aims(desk, found) if aims is None else list(aims)
    _aimed, usual = exam_days.split(desk)
    new = introducing.pick(usual, found.fresh, sum(usual.left.values()))
    return Counts(
        new=len(new) + sum(aim.chosen_new for aim in aims),
        learning=found.steps,
        review=found.due + sum(aim.chosen_known for aim in aims),
    )


def done_until(
    learner: User, at: datetime, book: Book | None = None, reserved: Reserved = ()
) -> datetime | None:
    """When something comes next, for a learner who has done all there is; None if nothing will."""
    desk = sit_down(learner, at, book, reserved)
    return next_at(desk, surveying.survey(desk))


def next_at(desk: Desk, found: Survey) -> datetime | None:
    """When something comes next, by what a survey has found, after all that there is to do."""
    tomorrow = desk.today + ONE_DAY
    days = [max(found.first_day, tomorrow)] if found.first_day else []
    days += [tomorrow] if desk.examined or found.is_more_new else []
    moments = [desk.starts(day) for day in days]
    return min([*moments, *([found.first_step_at] if found.first_step_at else [])], default=None)


def trial(book: Book, at: datetime, limit: int = 10) -> list[Entry]:
    """The first cards of a book, for somebody without an account: rate them once there is one."""
    nobody = User()
    desk = Desk(nobody, at, learner_day(at, nobody.time_zone, nobody.day_rollover_hour))
    places = [desk.place(item, None) for item in introducing.first(book, limit)]
    return [_entry(desk, place) for place in places]


def _waiting(desk: Desk, usual: Desk, limit: int) -> tuple[list[Standing], list[Standing]]:
    """Cards whose step has run out, and those that are due by the day, siblings not in a row."""
    places = _places(desk, _waiting_cards(desk, usual, limit), 2 * limit)
    in_steps = [place for place in places if place.state.due_at]
    by_day = [place for place in places if place.state.due_day]
    return in_steps[:limit], _apart(by_day[: max(0, limit - len(in_steps))])


def _waiting_cards(desk: Desk, usual: Desk, limit: int) -> QuerySet[Card, Any]:
    """So many of each in one query, which reads no card beyond them."""
    parts = (
        waiting.in_steps(desk).filter(due_at__lte=desk.at)[:limit],
        waiting.due_today(usual)[:limit],
    )
    steps, days = (Q(pk__in=part.values("pk")) for part in parts)
    return Card.objects.filter(steps | days).order_by("due_at", "due_day", "pk")


def _places(desk: Desk, cards: QuerySet[Card, Any], limit: int) -> list[Standing]:
    rows = cards.select_related(
        "weights", "item__revision", "item__subject", "item__section", "item__chapter"
    )
    return [desk.place(card.item, card) for card in rows[:limit]]


def _apart(places: Iterable[Standing]) -> list[Standing]:
    """Siblings not next to each other: the second and third of a fact come after all others."""
    first, later = list[Standing](), list[Standing]()
    seen: Kin = set()
    for place in places:
        (later if kin(place.item) & seen else first).append(place)
        seen |= kin(place.item)
    return first + later


def _entries(desk: Desk, places: list[Standing]) -> list[Entry]:
    """Each place with its offers, put on the days that suit best; one query for all."""
    days = {
        desk.today + timedelta(days=days)
        for place in places
        for offer in place.offers(desk.today).values()
        for days in offer.window.days_to_choose
    }
    aheads = look_ahead(desk.learner, [place.item for place in places], days)
    return [_entry(desk, place, aheads[place.item.pk]) for place in places]


def _entry(desk: Desk, place: Standing, ahead: Ahead | None = None) -> Entry:
    return Entry(place.item, place.card, place.version, place.offers(desk.today, ahead=ahead))
