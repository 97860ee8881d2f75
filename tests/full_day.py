"""A learner whose day is as full as it can be: every part of the page of today has something."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from quizzes.assessment import assigning_cards, extending
from quizzes.cards import planning
from quizzes.cards.models import Card, DayOff, Weights
from quizzes.cards.scheduling import DEFAULT_WEIGHTS
from quizzes.content.models import Book
from quizzes.people import joining, notifying
from quizzes.people.models import Classroom, User
from tests.bookshelf import make_book, make_study_book
from tests.cards.acting import AGAIN, GOOD, make_items, rate
from tests.examining import begin, make_assignment, make_item, make_quiz, sit, sit_through, take

DAY = timedelta(days=1)
EXAM_IN = 12 * DAY


@dataclass
class FullDay:
    """The learner, a book with an exam ahead that a class reads, one without, and the class."""

    learner: User
    examined: Book
    usual: Book
    room: Classroom
    teacher: User


def make_full_day(at: datetime) -> FullDay:
    """Two books, an exam, a backlog, days off, a class with all it can give, quizzes, notices."""
    teacher = User.objects.create_user("ida", time_zone="Europe/Paris")
    learner = User.objects.create_user("vera", time_zone="Europe/Berlin")
    examined, usual = make_study_book(12), make_book("usual", "A book as any other")
    room = joining.open_classroom(teacher, examined, "History", at - 60 * DAY)
    joining.enroll(room, learner, at - 50 * DAY)
    day = FullDay(learner, examined, usual, room, teacher)
    _study(day, at)
    _give(day, at)
    _offer(day, at)
    for n in range(7):
        notifying.tell([learner.pk], f"The class moves to room {n}.", "/classes/", at)
    return day


def _study(day: FullDay, at: datetime) -> None:
    """Known cards, cards in steps, a backlog, new ones; weights that were fitted, twice."""
    learner = day.learner
    items = make_items(day.usual, 40) + make_items(day.usual, 3, number=1)
    for book in (day.examined, day.usual):
        planning.start(learner, book, at - 30 * DAY)
    before, now = (
        Weights.objects.create(
            learner=learner,
            numbers=list(DEFAULT_WEIGHTS),
            review_count=500,
            fitted_at=at - 9 * DAY,
            is_current=is_current,
        )
        for is_current in (False, True)
    )
    for n, item in enumerate([*items[:6], *day.examined.items.in_order()[:5]]):
        rate(learner, item, GOOD if n % 3 else AGAIN, at - (10 - n) * DAY, duration_ms=9_000)
    rate(learner, items[6], AGAIN, at - timedelta(minutes=5), duration_ms=4_000)
    learner.cards.filter(item__book=day.examined).update(weights=before)
    learner.cards.filter(item__book=day.usual).update(weights=now)
    Card.objects.bulk_create(_late(learner, item.pk, at) for item in items[8:36])
    exam_on = (at + EXAM_IN).date()
    planning.aim(learner.plans.get(book=day.examined), at.date(), exam_on=exam_on)
    DayOff.objects.bulk_create(
        DayOff(learner=learner, day=(at + n * DAY).date()) for n in (2, 3, 40)
    )


def _late(learner: User, item_id: int, at: datetime) -> Card:
    return Card(
        learner=learner,
        item_id=item_id,
        phase="review",
        stability=3.0,
        difficulty=5.0,
        last_day=(at - 9 * DAY).date(),
        last_at=at - 9 * DAY,
        due_day=(at - 4 * DAY).date(),
        reps=1,
    )


def _give(day: FullDay, at: datetime) -> None:
    """One sat and released, one being sat, one with an own closing, one to come; cards to meet."""
    quizzes = [
        make_quiz(day.examined, make_item(day.examined, f"given-{n}"), slug=f"given-{n}")
        for n in range(4)
    ]
    past, sat, extended, later = (
        make_assignment(day.room, quiz, at + days * DAY, attempts_allowed=3)
        for quiz, days in zip(quizzes, (-20, -1, -2, 3), strict=True)
    )
    sit_through(day.learner, past, at - 19 * DAY)
    sit_through(day.learner, sat, at - timedelta(hours=3))
    sit(day.learner, sat, at - timedelta(minutes=5))
    place = day.room.enrollments.get(user=day.learner)
    extending.extend(
        extended,
        place,
        day.teacher,
        at,
        closes_at=at + 30 * DAY,
        attempts_allowed=4,
        link="/quizzes/",
    )
    assert later.opens_at > at
    for chapter in day.examined.chapters.order_by("number"):
        assigning_cards.assign(
            day.room, chapter, at - 9 * DAY, opens_at=at - 9 * DAY, due_at=at + 4 * DAY
        )


def _offer(day: FullDay, at: datetime) -> None:
    """Quizzes that were taken, one left open, and more never taken than are shown."""
    quizzes = [
        make_quiz(day.usual, make_item(day.usual, f"asked-{n}"), slug=f"offer-{n}", position=n)
        for n in range(8)
    ]
    for days in (40, 9, 2, 1):
        take(day.learner, quizzes[days % 2], at - days * DAY, right=["asked-0"])
    begin(day.learner, quizzes[2], at - timedelta(minutes=40))
