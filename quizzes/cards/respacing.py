"""Respacing: what other weights make of a learner's cards, and on which days they would come.

New weights tell every card's log again. Memories follow at once; due days stay where they are
unless the learner wants them moved, because a change of weights may call half a deck due.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from statistics import fmean
from typing import TYPE_CHECKING

from quizzes.cards import folding, replaying, tallying
from quizzes.cards.days import learner_day
from quizzes.cards.models import Action, Card, DayOff, Review, StudyPlan, Weights
from quizzes.cards.models.cards import CardQuerySet
from quizzes.cards.scheduling import interval, retrievability
from quizzes.cards.spacing import Ahead, Pace, Window, draw, fuzz_window, fuzzed

if TYPE_CHECKING:
    from quizzes.people.models import User

REVIEWS_TOLD = 2_000
"""So many reviews are told again for a preview: of a longer log every so manieth card."""

SPREAD_DAYS = 7
"""Over so many study days go the cards that new weights call overdue."""

WITHIN_DAYS = 30
_FARTHEST_STUDY_DAY = 60


@dataclass(frozen=True, slots=True)
class Retold:
    """A card before and as other weights make it, and its reviews with derived columns anew.

    `tallied` is what its reviews came to before.
    """

    before: Card
    card: Card
    log: list[Review]
    pace: Pace
    tallied: tallying.Tally

    @property
    def may_move(self) -> bool:
        """In review, and not there for the one look on the day after a miss."""
        is_second_look = self.log[-1].phase_before == Card.Phase.RELEARNING
        return self.card.phase == Card.Phase.REVIEW and not is_second_look

    @property
    def last_day(self) -> int:
        return self.card.memory.last_day if self.card.memory else 0

    @property
    def window(self) -> Window:
        """The days on which it may come, as ordinals, by its new memory."""
        pace, stability = self.pace, self.card.stability or 0.0
        days = interval(stability, pace.desired_retention, pace.weights)
        window = fuzz_window(days, 1, pace.maximum_interval)
        return Window(self.last_day + window.earliest, self.last_day + window.latest)

    @property
    def drawn_day(self) -> int:
        """A day of the window, the same whenever it is asked."""
        seed = draw(self.card.learner_id, self.card.item_id, self.card.reps)
        return fuzzed(self.window, seed)

    def recall(self, today: int) -> float:
        elapsed = max(0, today - self.last_day)
        return retrievability(elapsed, self.card.stability or 1.0, self.pace.weights)


@dataclass(frozen=True, slots=True)
class Load:
    """What a deck asks: cards due now and within thirty days, and the mean interval in days."""

    due: int
    due_soon: int
    mean_interval: float


@dataclass(frozen=True, slots=True)
class Preview:
    """What moving due days to what other weights say would change; memories change anyway.

    The counts are `every` times those of the cards that were looked at.
    """

    every: int
    card_count: int
    moved_count: int
    now: Load
    then: Load


@dataclass(slots=True)
class Deck:
    """Rated cards of a learner as other weights make them, on one learner day.

    They are all of them, or one in `every` so many.
    """

    today: int
    cards: list[Retold]
    ahead: Ahead
    every: int = 1
    loads: Counter[int] = field(default_factory=Counter)

    def preview(self) -> Preview:
        """What would be due where, before the overdue are spread."""
        now = {one.card.pk: _due(one.before, self.today) for one in self.cards}
        then = {one.card.pk: one.drawn_day for one in self.cards if one.may_move}
        return Preview(
            every=self.every,
            card_count=self.every * len(self.cards),
            moved_count=self.every * sum(now[pk] != day for pk, day in then.items()),
            now=self._load(now),
            then=self._load(now | then),
        )

    def new_days(self) -> dict[int, date]:
        """The day on which each card in review is to come, by card.

        Each goes to the lightest study day of its window. What is overdue is spread over the next
        days, the best remembered first: there the time is least in vain.
        """
        moving = [one for one in self.cards if one.may_move]
        late = [one for one in moving if one.window.latest <= self.today]
        rest = [one for one in moving if one.window.latest > self.today]
        late.sort(key=lambda one: -one.recall(self.today))
        days = self._next_study_days()
        places = {one.card.pk: days[n * len(days) // len(late)] for n, one in enumerate(late)}
        self.loads = Counter(places.values())
        for one in sorted(rest, key=lambda one: (one.drawn_day, one.card.pk)):
            places[one.card.pk] = self._lightest(one)
        return {pk: date.fromordinal(day) for pk, day in places.items()}

    def _lightest(self, one: Retold) -> int:
        """The study day with the least on it, any day if need be; of equals the nearest."""
        ahead, drawn = replace(self.ahead, loads=self.loads), one.drawn_day
        window = range(max(self.today, one.window.earliest), one.window.latest + 1)
        lightest = min(
            window,
            key=lambda day: (ahead.is_off(day), ahead.load(day), abs(day - drawn), day),
        )
        self.loads[lightest] += 1
        return lightest

    def _next_study_days(self) -> list[int]:
        coming = range(self.today, self.today + _FARTHEST_STUDY_DAY)
        return [day for day in coming if not self.ahead.is_off(day)][:SPREAD_DAYS] or [self.today]

    def _load(self, days: Mapping[int, int]) -> Load:
        """Counted over all cards that are not set aside."""
        cards = [one for one in self.cards if not one.card.is_suspended]
        lengths = [days[one.card.pk] - one.last_day for one in cards if one.card.due_day]
        return Load(
            due=self.every * sum(days[one.card.pk] <= self.today for one in cards),
            due_soon=self.every
            * sum(days[one.card.pk] <= self.today + WITHIN_DAYS for one in cards),
            mean_interval=fmean(lengths) if lengths else 0.0,
        )


def rated(learner: User) -> CardQuerySet:
    """The cards that new weights concern."""
    return Card.objects.filter(learner=learner, reps__gt=0)


def sample(learner: User, weights: Weights | None, at: datetime) -> Deck:
    """A learner's deck under these weights, or of a long log a part of it; nothing is saved.

    At most about `REVIEWS_TOLD` reviews are told again, in six queries.
    """
    cards = list(rated(learner).order_by("pk").values_list("pk", "reps"))
    every = -(-sum(reps for _key, reps in cards) // REVIEWS_TOLD) or 1
    deck = retell(learner, weights, at, [key for key, _reps in cards[::every]])
    deck.every = every
    return deck


def retell(
    learner: User, weights: Weights | None, at: datetime, keys: Sequence[int] | None = None
) -> Deck:
    """A learner's deck under these weights (none are the published); nothing is saved.

    With `keys` these cards of it alone. Five queries, whatever the number of cards.
    """
    meant = rated(learner) if keys is None else rated(learner).filter(pk__in=keys)
    cards = list(meant.select_related("item__subject").order_by("pk"))
    moves = folding.acts_on(cards, [Action.Kind.MOVE])
    plans = {plan.book_id: plan for plan in StudyPlan.objects.filter(learner=learner)}
    logs = _logs(cards)
    today = learner_day(at, learner.time_zone, learner.day_rollover_hour)
    deck = [
        _retold(card, logs[card.pk], moves.get(card.pk, ()), _pace(plans, card, weights))
        for card in cards
    ]
    return Deck(today.toordinal(), deck, _ahead(learner, today))


def _logs(cards: Iterable[Card]) -> dict[int, list[Review]]:
    log = Review.objects.standing().filter(card__in=[card.pk for card in cards]).in_order()
    return {pk: list(reviews) for pk, reviews in groupby(log, attrgetter("card_id"))}


def _retold(card: Card, log: list[Review], moves: Iterable[Action], pace: Pace) -> Retold:
    """The log decides all but the day that a card was moved to."""
    anew, tallied = copy(card), tallying.counted(log, card.item)
    anew.assume(folding.moved(replaying.retell(log, pace.weights), moves))
    return Retold(card, anew, log, pace, tallied)


def _pace(plans: Mapping[int, StudyPlan], card: Card, weights: Weights | None) -> Pace:
    plan = plans.get(card.item.book_id) or StudyPlan()
    return plan.pace(weights.numbers if weights else None)


def _due(card: Card, today: int) -> int:
    """A card in its steps is due today."""
    return card.due_day.toordinal() if card.due_day else today


def _ahead(learner: User, today: date) -> Ahead:
    off = DayOff.objects.filter(learner=learner, day__gte=today).values_list("day", flat=True)
    return Ahead(days_off=frozenset(day.toordinal() for day in off), week=learner.week)
