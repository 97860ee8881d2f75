"""Weighing: what a quiz showed of a learner's memory goes into the log, and cards follow.

An answer bears on the card of its own item if that is one, else on the first card made from the
first fact that it tests. A wrong answer, or none, always counts, unless the card was rated today
and is in its steps of minutes: then it is on its way back already. A right typed answer counts
once a day; a right choice comes by luck one time in four, so it counts only for a card that is
new or due. Everything else, and the other facts that a question tests, is written down without
moving anything.
Source of the rules: right is Good and wrong is Again (L-M-Sherlock, FSRS issue 42).
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.db.models import F, FilteredRelation, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from quizzes.cards import replaying, reviewing, tallying, weaving
from quizzes.cards.models import Card, Review
from quizzes.cards.reviewing import AlreadyAnswered, Given
from quizzes.cards.scheduling import Rating
from quizzes.cards.spacing import Phase
from quizzes.cards.standing import Standing, standings
from quizzes.cards.states import State
from quizzes.items.models import Item
from quizzes.people.models import User
from quizzes.upserting import upsert


@dataclass(frozen=True, slots=True)
class Evidence:
    """One marked answer: what was asked, in which wording, and whether it was wholly right.

    `uid` names the answer for good: weighed again, it makes the same reviews. What does not move
    is written down alone.
    """

    uid: UUID
    item_id: int
    revision_id: int
    is_right: bool
    kind: Review.Evidence
    moves: bool = True

    @property
    def rating(self) -> Rating:
        return Rating.GOOD if self.is_right else Rating.AGAIN


@dataclass(frozen=True, slots=True)
class Bearing:
    """An answer and a card that it says something about; only its main card may it move."""

    evidence: Evidence
    standing: Standing
    is_main: bool


def weigh(
    learner: User, found: Sequence[Evidence], at: datetime, answered_at: datetime | None = None
) -> list[Review]:
    """Write down what these answers show, in four statements whatever their number.

    They take their place in the log at the moment when they were given: now, or else a moment
    that is told, and then what the log holds already is not weighed twice. The caller's
    transaction holds all of it. Refuses with `AlreadyAnswered` when a card was answered elsewhere
    at the same moment.
    """
    given_at = answered_at or at
    by_card: dict[int, list[Bearing]] = defaultdict(list)
    for bearing in _bearings(learner, found):
        by_card[bearing.standing.item.pk].append(bearing)
    arriving = {pk: _reviews(bearings, given_at, at) for pk, bearings in by_card.items()}
    if answered_at and _is_weighed(learner, arriving):
        return []
    places = [bearings[0].standing for bearings in by_card.values()]
    if any(place.state.last_at and place.state.last_at >= given_at for place in places):
        Card.objects.held(learner, arriving)
        weaving.weave(learner, arriving, settle=_settle)
    else:
        _append(learner, places, arriving)
    return [review for reviews in arriving.values() for review in reviews]


def _is_weighed(learner: User, arriving: Mapping[int, Collection[Review]]) -> bool:
    """Whether the log holds these: all that one attempt shows went into it together."""
    uids = [review.uid for reviews in arriving.values() for review in reviews]
    return Review.objects.filter(learner=learner, uid__in=uids).exists()


def _bearings(learner: User, found: Sequence[Evidence]) -> Iterator[Bearing]:
    """Which cards each answer says something about; one query."""
    places: dict[int, list[Standing]] = defaultdict(list)
    for standing in standings(learner, _items({one.item_id for one in found})):
        item: Any = standing.item  # with what `_items` says of it
        places[item.pk if item.asked_id is None else item.asked_id].append(standing)
    for evidence in found:
        yield from _of_one(evidence, places[evidence.item_id])


def _items(asked: set[int]) -> QuerySet[Item]:
    """The card items of the facts that the asked items test, and those asked that are cards.

    `asked_id` names the asked item, `place` the fact's place in it, from 0.
    """
    tested = FilteredRelation(
        "subject__item_facts", condition=Q(subject__item_facts__item__in=asked)
    )
    items = Item.objects.cards().annotate(tested=tested)
    found = items.filter(Q(tested__isnull=False) | Q(pk__in=asked))
    return found.annotate(asked_id=F("tested__item"), place=F("tested__position")).in_order()


def _of_one(evidence: Evidence, places: Iterable[Standing]) -> Iterator[Bearing]:
    """The main card, and for each other fact the first of its cards."""
    firsts = _firsts(evidence.item_id, ((one.item, one) for one in places))
    seen: set[int] = set()
    for place in sorted(firsts):
        standing = firsts[place]
        if standing.item.pk not in seen:
            yield Bearing(evidence, standing, is_main=place == 0)
        seen.add(standing.item.pk)


def mains(asked: set[int]) -> dict[int, int]:
    """The card item that an answer to each of these items may move; one query."""
    places: dict[int, list[tuple[Item, int]]] = defaultdict(list)
    for item in _items(asked):
        found: Any = item  # with what `_items` says of it
        places[item.pk if found.asked_id is None else found.asked_id].append((item, item.pk))
    firsts = {one: _firsts(one, found) for one, found in places.items()}
    return {one: found[0] for one, found in firsts.items() if 0 in found}


def _firsts[T](asked: int, found: Iterable[tuple[Any, T]]) -> dict[int, T]:
    """For each fact by its place what stands for its card: the asked item itself, or the first."""
    firsts: dict[int, T] = {}
    for item, one in found:
        place = item.place or 0
        if item.pk == asked:
            firsts[place] = one
        firsts.setdefault(place, one)
    return firsts


def _reviews(bearings: Sequence[Bearing], given_at: datetime, at: datetime) -> list[Review]:
    """The rows for one card, the worst answer first; at most one of them moves it."""
    worst_first = sorted(bearings, key=lambda one: (one.evidence.rating, not one.is_main))
    reviews = [_review(one, given_at, at) for one in worst_first]
    moving = (review for one, review in zip(worst_first, reviews, strict=True)
              if one.is_main and counts(one.evidence, review, one.standing.state))  # fmt: skip
    if mover := next(moving, None):
        mover.affects_schedule = True
    return reviews


def _review(bearing: Bearing, given_at: datetime, at: datetime) -> Review:
    evidence, standing = bearing.evidence, bearing.standing
    review = reviewing.written(
        standing.learner,
        Given(
            standing.item,
            evidence.rating,
            uuid5(evidence.uid, str(standing.item.pk)),
            answered_at=given_at,
            source=Review.Source.QUIZ,
            evidence=evidence.kind,
        ),
        at,
    )
    review.revision_id = evidence.revision_id
    review.interval_days, review.affects_schedule = 0, False
    return review


def counts(evidence: Evidence, review: Review, state: State) -> bool:
    """Whether an answer moves its main card, by what the card is before it."""
    if not evidence.moves:
        return False
    if state.memory is None:
        return True
    is_of_today = state.memory.last_day == review.learner_day.toordinal()
    if not evidence.is_right:
        return not (is_of_today and state.phase is not Phase.REVIEW)
    if is_of_today:
        return False
    return evidence.kind == Review.Evidence.TYPED or _is_due(state, review)


def _is_due(state: State, review: Review) -> bool:
    is_day = state.due_day is not None and state.due_day <= review.learner_day
    return is_day or (state.due_at is not None and state.due_at <= review.answered_at)


def _settle(standing: Standing, review: Review, state: State) -> None:
    """The interval of what moves the card; the rest has none."""
    if review.affects_schedule:
        reviewing.choose(standing, review, state)


def _append(learner: User, places: Sequence[Standing], arriving: dict[int, list[Review]]) -> None:
    """Each card's reviews after all that it has: told on from where the card stands."""
    cards = dict[int, Card]()
    tally: tallying.Tally = Counter()
    for place in places:
        reviews = arriving[place.item.pk]
        cards[place.item.pk] = _moved(place, reviews)
        tally.update(tallying.counted(reviews, place.item))
    keys = {card.item_id: card.pk for card in cards.values() if card.pk} | _put(cards.values())
    for pk, reviews in arriving.items():
        for review in reviews:
            review.card_id = keys[pk]
    Review.objects.bulk_create(review for reviews in arriving.values() for review in reviews)
    tallying.keep(learner, tally)


def _moved(place: Standing, reviews: Sequence[Review]) -> Card:
    """The card after these reviews: a row to write, or the one that stands where nothing moved."""
    state = place.state
    for review in sorted(reviews, key=lambda one: one.uid):
        _settle(place, review, state)
        state = replaying.tell(review, state, place.pace.weights)
    is_moved = any(review.affects_schedule for review in reviews)
    if place.card and not is_moved:
        return place.card
    card = Card(learner=place.learner, item=place.item, version=place.version + is_moved)
    card.assume(state)
    card.weights_id = place.weights_id
    return card


def _put(cards: Iterable[Card]) -> dict[int, int]:
    """Write new and moved cards in one statement, each only as it was read; keys by item."""
    rows = [card for card in cards if card.pk is None]
    columns = [*Card.STATE, "weights", "version"]
    written = upsert(
        rows, ("learner", "item"), put=columns, grows="version", returning=("item", "id")
    )
    if len(written) < len(rows):
        raise AlreadyAnswered(_("A card was answered at the same moment. Please hand in again."))
    return dict(written)
