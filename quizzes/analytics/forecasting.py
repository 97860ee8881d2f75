"""The days ahead of a learner: reviews, minutes and recall, from the learner's own cards and pace.

A forecast reads as many rows for a hundred thousand cards as for some thousands: beyond
`CARDS_READ` it takes every so many-th. What `simulating` makes of them is an expectation, not a
promise: it supposes that everything due is reviewed on its day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, FilteredRelation, Q, QuerySet, Value
from django.db.models.functions import Mod

from quizzes.analytics import pacing
from quizzes.cards.desk import Desk, sit_down
from quizzes.cards.models import Card, StudyPlan
from quizzes.cards.scheduling import Memory
from quizzes.cards.simulating import Course, DayAhead, Habits, Outlook, simulate
from quizzes.items.models import Item

if TYPE_CHECKING:
    from quizzes.content.models import Book
    from quizzes.people.models import User

DAYS = 90
CARDS_READ = 5_000
RETENTIONS = tuple(percent / 100 for percent in range(80, 96))
"""The desired retentions that a plan may have, in whole per cent."""

PATHS_A_RETENTION = 300
_OF_A_CARD = ("item__book", "weights", "weights__numbers")


@dataclass(frozen=True, slots=True)
class Day:
    """One study day ahead; `percent` of the minutes of the fullest day shown."""

    day: date
    reviews: int
    new: int
    minutes: float
    percent: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """The days ahead, and what is left of it all when they are over.

    `recall_percent` is the mean chance of recalling a card that was met by then; none without.
    """

    days: list[Day]
    minutes_a_day: float
    recall_percent: int | None
    met: int
    total: int

    @property
    def reviews(self) -> int:
        return sum(one.reviews for one in self.days)

    @property
    def last_day(self) -> date:
        return self.days[-1].day

    @property
    def fullest(self) -> Day:
        """The day with the most to do, the first of several."""
        return max(self.days, key=lambda one: one.minutes)


@dataclass(frozen=True, slots=True)
class Cost:
    """What one desired retention takes a day, and the recall that it keeps up."""

    desired_retention: float
    minutes_a_day: float
    recall_percent: int | None

    @property
    def percent(self) -> int:
        return round(100 * self.desired_retention)


@dataclass(frozen=True, slots=True)
class Studied:
    """A book under study, and the numbers of its plan."""

    slug: str
    title: str
    new_a_day: int
    desired_retention: float

    @property
    def percent(self) -> int:
        return round(100 * self.desired_retention)


@dataclass(frozen=True, slots=True)
class Alternative:
    """The days ahead as the plans stand, and as they would be with other numbers if any are tried.

    Both play with the same luck.
    """

    studied: list[Studied]
    stands: Forecast
    tried: Forecast | None


@dataclass(frozen=True, slots=True)
class _Situation:
    """What a learner studies, as the simulation reads it."""

    learner: User
    studied: list[Studied]
    today: int
    courses: list[Course]
    habits: Habits
    total: int


def forecast(
    learner: User,
    at: datetime,
    *,
    book: Book | None = None,
    days: int = DAYS,
    new_a_day: int | None = None,
    desired_retention: float | None = None,
) -> Forecast:
    """The next days of a learner's plans, or of one book's; five queries.

    `new_a_day` and `desired_retention` stand for those of the plans: what would happen if.
    """
    return _foretell(_situation(learner, at, book), days, new_a_day, desired_retention)


def what_if(
    learner: User,
    at: datetime,
    *,
    days: int = DAYS,
    new_a_day: int | None = None,
    desired_retention: float | None = None,
) -> Alternative:
    """The next days of all plans, beside those with other numbers; five queries.

    Six while an exam lies ahead.
    """
    situation = _situation(learner, at, None)
    is_tried = new_a_day is not None or desired_retention is not None
    return Alternative(
        studied=situation.studied,
        stands=_foretell(situation, days),
        tried=_foretell(situation, days, new_a_day, desired_retention) if is_tried else None,
    )


def costs(plan: StudyPlan, at: datetime, *, days: int = DAYS) -> list[Cost]:
    """What each desired retention would cost in a plan, from 0.80 to 0.95; five queries."""
    situation = _situation(plan.learner, at, plan.book)
    return [_cost(situation, retention, days, plan.pk) for retention in RETENTIONS]


def _foretell(
    situation: _Situation,
    days: int,
    new_a_day: int | None = None,
    desired_retention: float | None = None,
) -> Forecast:
    courses = [_changed(one, new_a_day, desired_retention) for one in situation.courses]
    outlook = simulate(courses, situation.today, days, situation.habits, seed=situation.learner.pk)
    return _forecast(outlook, situation.total)


def _cost(situation: _Situation, retention: float, days: int, seed: object) -> Cost:
    """The same draws for each retention, so that two of them differ by what they ask alone."""
    courses = [_changed(one, None, retention) for one in situation.courses]
    outlook = simulate(
        courses, situation.today, days, situation.habits, paths=PATHS_A_RETENTION, seed=seed
    )
    return Cost(retention, outlook.minutes_a_day, _percent(outlook))


def _changed(course: Course, new_a_day: int | None, desired_retention: float | None) -> Course:
    if new_a_day is not None and course.unseen:
        course = replace(course, new_a_day=new_a_day)
    if desired_retention is not None:
        course = replace(course, pace=replace(course.pace, desired_retention=desired_retention))
    return course


def _forecast(outlook: Outlook, total: int) -> Forecast:
    most = max(one.minutes for one in outlook.days) or 1
    return Forecast(
        days=[_day(one, most) for one in outlook.days],
        minutes_a_day=outlook.minutes_a_day,
        recall_percent=_percent(outlook),
        met=min(total, round(outlook.met)),
        total=total,
    )


def _day(one: DayAhead, most: float) -> Day:
    return Day(
        day=date.fromordinal(one.day),
        reviews=round(one.reviews),
        new=round(one.new),
        minutes=one.minutes,
        percent=round(100 * one.minutes / most),
    )


def _percent(outlook: Outlook) -> int | None:
    return None if outlook.recall is None else round(100 * outlook.recall)


def _situation(learner: User, at: datetime, book: Book | None) -> _Situation:
    desk = sit_down(learner, at, book)
    met, unseen, studied = _counts(desk)
    every = -(-met // CARDS_READ) or 1
    return _Situation(
        learner=learner,
        studied=studied,
        today=desk.today.toordinal(),
        courses=_courses(desk, every, unseen),
        habits=pacing.habits(learner, desk.today),
        total=met + sum(unseen.values()),
    )


def _counts(desk: Desk) -> tuple[int, dict[int, int], list[Studied]]:
    """How many cards were met, how many are new by book, and the books with cards; one query."""
    new = Q(mine=None) | Q(mine__phase=Card.Phase.NEW, mine__is_suspended=False)
    met = Q(mine__isnull=False, mine__is_suspended=False) & ~Q(mine__phase=Card.Phase.NEW)
    mine = FilteredRelation("cards", condition=Q(cards__learner=desk.learner))
    items = Item.objects.cards().filter(chapter__in=desk.chapters).annotate(mine=mine)
    books = items.order_by("book__title", "book").values_list("book", "book__slug", "book__title")
    rows = list(books.annotate(new=Count("pk", filter=new), met=Count("pk", filter=met)))
    plans = desk.plans
    studied = [
        Studied(slug, title, plans[book].new_a_day, plans[book].desired_retention)
        for book, slug, title, _new, _met in rows
    ]
    unseen = {book: count for book, _slug, _title, count, _met in rows}
    return sum(known for *_rest, known in rows), unseen, studied


def _met(desk: Desk) -> QuerySet[Card]:
    """The rated cards of the desk's chapters that are not set aside."""
    rated = Card.objects.filter(learner=desk.learner, is_suspended=False)
    return rated.exclude(phase=Card.Phase.NEW).filter(
        item__state=Item.State.READY, item__is_card=True, item__chapter__in=desk.chapters
    )


def _courses(desk: Desk, every: int, unseen: Mapping[int, int]) -> list[Course]:
    """The cards by book and by the weights their memory was made with, and the new ones."""
    numbers: dict[int | None, Sequence[float] | None] = {}
    met = defaultdict[tuple[int, int | None], list[tuple[Memory, int]]](list)
    for card, (book, weights, of_weights) in _cards(desk, every):
        numbers[weights] = of_weights
        met[book, weights] += [card] * every
    seen = [Course(desk.plans[book].pace(numbers[key]), met[book, key]) for book, key in met]
    new = [
        Course(plan.pace(desk.weights[1]), (), unseen.get(book, 0), plan.new_a_day)
        for book, plan in desk.plans.items()
    ]
    return seen + new


def _cards(desk: Desk, every: int) -> Iterator[tuple[tuple[Memory, int], Any]]:
    """Each card met, or one in so many, with its due day; and its book and weights. One query."""
    met = _met(desk).annotate(part=Mod(F("pk"), Value(every))).filter(part=0).order_by("pk")
    rows: Iterable[Any] = met.values_list(
        "stability", "difficulty", "last_day", "due_day", *_OF_A_CARD
    )
    for stability, difficulty, last_day, due_day, *course in rows:
        memory = Memory(stability, difficulty, last_day.toordinal())
        yield (memory, (due_day or desk.today).toordinal()), course
