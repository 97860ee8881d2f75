"""The history of one fact: every review of a learner's cards on it, every quiz answer, one curve.

The curve is the mean chance of recall over the cards that were rated by then, from one review to
the next: as the knowledge map tells it of today. Of quizzes only what may be told in full is
here; of any other not even that it asked for this fact, which may be its answer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import mean
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from django.db.models import Q

from quizzes.assessment import disclosing
from quizzes.assessment.models import Attempt, Served
from quizzes.cards.models import Card, Review
from quizzes.cards.scheduling import Rating, Weights, retrievability
from quizzes.items.fractions import FULL_FRACTION
from quizzes.items.models import Item, ItemFact

if TYPE_CHECKING:
    from quizzes.content.models import Fact
    from quizzes.people.models import User

MOST_READ = 300
"""The newest reviews of a fact, and the newest quiz answers, that are read."""

AHEAD, STEP = timedelta(days=30), timedelta(days=5)
"""How far beyond today the curve goes, and how far its points are apart there.

It falls slowly, and each stretch between two points has to show that it is dashed.
"""

_POINTS = 120
"""About so many points make the curve."""


@dataclass(frozen=True, slots=True)
class Look:
    """One review of a card on the fact, or one answer in a quiz that tested it.

    `foretold` is the chance of recall that a review was expected to have; `fraction` is what a
    quiz answer earned, none where nothing was answered or a person marks it.
    """

    at: datetime
    day: date
    card: Card | None = None
    rating: int = 0
    foretold: float | None = None
    attempt: Attempt | None = None
    fraction: int | None = None

    @property
    def is_right(self) -> bool:
        """Whether the card was remembered, or the question wholly right."""
        if self.attempt:
            return self.fraction == FULL_FRACTION
        return self.rating > Rating.AGAIN


@dataclass(frozen=True, slots=True)
class Point:
    """The expected recall of the fact on a day; a day of a review has two, before and after."""

    day: date
    chance: float


@dataclass(frozen=True, slots=True)
class History:
    """What a learner did with a fact, the earliest first, and what came of it.

    `cards` are the rated ones, `now` is the mean chance of recalling them today, `past` the curve
    up to today and `ahead` the curve from there on if nobody reviews. `is_cut` tells that there
    is more than was read.
    """

    cards: Sequence[Card]
    now: float | None
    looks: Sequence[Look]
    past: Sequence[Point]
    ahead: Sequence[Point]
    is_cut: bool

    @property
    def percent(self) -> int:
        return round(100 * (self.now or 0))


@dataclass(frozen=True, slots=True)
class _Step:
    """What a review left of a card: stability from a day on."""

    card: int
    day: date
    stability: float
    weights: Weights

    def chance(self, day: date) -> float:
        return retrievability(max(0, (day - self.day).days), self.stability, self.weights)


def of_fact(fact: Fact, learner: User, today: date, at: datetime) -> History:
    """A learner's history of a fact; at most five queries."""
    cards = _cards(fact, learner)
    log = Review.objects.standing().filter(card__in=cards).order_by("-answered_at", "-uid")
    reviews = list(reversed(log[:MOST_READ]))
    answers = _answers(fact, learner, at)
    flashed = [one for one in reviews if one.source == Review.Source.FLASHCARD]
    shown = _uids(answers, cards.values()) | {one.uid for one in flashed}
    moved = [one for one in reviews if one.affects_schedule and one.uid in shown]
    steps = [step for one in moved for step in _steps(one, cards[one.card_id])]
    looks = [_review(one, cards[one.card_id]) for one in flashed] + [_quiz(one) for one in answers]
    return History(
        cards=list(cards.values()),
        now=mean(card.recall(today) or 0 for card in cards.values()) if cards else None,
        looks=sorted(looks, key=lambda look: look.at),
        past=list(_curve(steps, today)),
        ahead=list(_ahead(steps, today)),
        is_cut=MOST_READ in (len(reviews), len(answers)),
    )


def _cards(fact: Fact, learner: User) -> dict[int, Card]:
    """The rated cards that the map counts, by primary key; one query."""
    cards = Card.objects.filter(
        learner=learner,
        stability__isnull=False,
        item__in=Item.objects.cards().filter(subject=fact, book=fact.book_id),
    )
    rows = cards.select_related("item__revision", "weights")
    return {card.pk: card for card in rows.order_by("item__position", "pk")}


def _answers(fact: Fact, learner: User, at: datetime) -> list[Served]:
    """The newest quiz answers on the fact that may be told in full; at most three queries."""
    testing = ItemFact.objects.filter(fact=fact).values("item")
    items = Item.objects.filter(Q(subject=fact) | Q(pk__in=testing)).order_by().values("pk")
    asked = Served.objects.filter(revision__item__in=items)
    newest = asked.order_by("-attempt__handed_in_at", "-pk")
    return disclosing.opened(learner, newest, at, MOST_READ)


def _uids(answers: Sequence[Served], cards: Collection[Card]) -> set[UUID]:
    """What the log calls these answers where they bore on one of the cards."""
    evidence = [uuid5(one.attempt.uid, str(one.position)) for one in answers]
    return {uuid5(one, str(card.item_id)) for one in evidence for card in cards}


def _review(review: Review, card: Card) -> Look:
    return Look(
        at=review.answered_at,
        day=review.learner_day,
        card=card,
        rating=review.rating,
        foretold=review.retrievability if review.elapsed_days else None,
    )


def _quiz(served: Served) -> Look:
    attempt = served.attempt
    if attempt.handed_in_at is None or attempt.learner_day is None:
        raise ValueError(attempt)
    return Look(
        at=attempt.handed_in_at, day=attempt.learner_day, attempt=attempt, fraction=served.fraction
    )


def _steps(review: Review, card: Card) -> Iterator[_Step]:
    if review.stability_after is not None:
        yield _Step(card.pk, review.learner_day, review.stability_after, card.numbers)


def _curve(steps: Sequence[_Step], today: date) -> Iterator[Point]:
    """From the first review to today: every day of a review, and days in between."""
    by_day = defaultdict[date, list[_Step]](list)
    for step in steps:
        by_day[step.day].append(step)
    held = dict[int, _Step]()
    for day in _days(by_day, today):
        if held:
            yield _mean(held, day)
        if day in by_day:
            held |= {step.card: step for step in by_day[day]}
            yield _mean(held, day)


def _days(studied: Collection[date], today: date) -> list[date]:
    if not studied:
        return []
    first = min(studied)
    span = (max(today, *studied) - first).days
    between = range(0, span + 1, max(1, span // _POINTS))
    return sorted({*studied, *(first + timedelta(days=n) for n in between), today})


def _ahead(steps: Sequence[_Step], today: date) -> Iterator[Point]:
    held = {step.card: step for step in steps}
    for n in range(AHEAD // STEP + 1 if held else 0):
        yield _mean(held, today + n * STEP)


def _mean(held: Mapping[int, _Step], day: date) -> Point:
    return Point(day, mean(step.chance(day) for step in held.values()))
