"""Reweighing: what a quiz showed is told otherwise, because it was marked anew.

The reviews that were written when the quiz was weighed stay as they are for ever. Where the new
marks say something else, such a review is taken back, and one with the new rating takes its place
in the log, under a name of its own. When the marks are as they were, that one goes and the old
one stands again. Cards, derived columns and day tallies follow from the log, as they always do.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import batched
from operator import attrgetter
from uuid import UUID, uuid5

from quizzes.cards import folding, replaying, rereading, reviewing, tallying, weighing
from quizzes.cards.models import Action, Card, Review
from quizzes.cards.standing import Standing
from quizzes.cards.states import UNSEEN, State
from quizzes.cards.weighing import Evidence
from quizzes.upserting import upsert

LEARNERS_AT_ONCE = 200
_ROWS_A_STATEMENT = 400
_NAME = "marked anew"


@dataclass(frozen=True, slots=True)
class Told:
    """What one attempt shows of its learner now, at the moment when it was handed in.

    What is `mute` says nothing, whatever its rating: evidence is named by its uid.
    """

    learner_id: int
    answered_at: datetime
    evidence: list[Evidence]
    mute: frozenset[UUID] = frozenset()


@dataclass(slots=True)
class _Group:
    """What one attempt says of one card: its evidence, each with the review it was weighed as."""

    found: list[tuple[Evidence, Review]]
    mute: frozenset[UUID]

    @property
    def is_as_weighed(self) -> bool:
        return all(
            one.uid not in self.mute and one.rating == review.rating for one, review in self.found
        )


@dataclass(slots=True)
class _Changes:
    """The rows to write, of however many cards."""

    cards: list[Card] = field(default_factory=list)
    derived: list[Review] = field(default_factory=list)
    new: list[Review] = field(default_factory=list)
    gone: list[Review] = field(default_factory=list)
    leaving: list[Review] = field(default_factory=list)
    returning: list[Review] = field(default_factory=list)
    tallies: dict[int, tallying.Tally] = field(default_factory=lambda: defaultdict(Counter))


def reweigh(found: Iterable[Told], at: datetime) -> int:
    """Let the log say what attempts show now, and cards follow; tells how many cards changed.

    What was never weighed is not weighed here. Done again it changes nothing more. The caller's
    transaction holds all of it; a fixed number of statements for each `LEARNERS_AT_ONCE`.
    """
    by_learner: dict[int, list[Told]] = defaultdict(list)
    for told in found:
        by_learner[told.learner_id].append(told)
    learners = batched(sorted(by_learner), LEARNERS_AT_ONCE)
    return sum(_reweigh([one for pk in some for one in by_learner[pk]], at) for some in learners)


def _reweigh(found: Sequence[Told], at: datetime) -> int:
    groups = _groups(found)
    cards = rereading.held(groups)
    logs, acts = rereading.logs(cards), folding.acts_on(cards, [Action.Kind.MOVE])
    places = rereading.places(cards)
    mains = weighing.mains({one.item_id for told in found for one in told.evidence})
    changes = _Changes()
    for place, card in zip(places, cards, strict=True):
        _tell(place, card, logs[card.pk], groups[card.pk], mains, changes)
        card.assume(folding.moved(card.state, acts.get(card.pk, ())))
    _write(changes, at)
    return len(changes.cards)


def _groups(found: Sequence[Told]) -> dict[int, list[_Group]]:
    """What was weighed of these attempts, by card and in the order of time; one query."""
    rows = Review.objects.filter(
        learner__in={told.learner_id for told in found},
        answered_at__in={told.answered_at for told in found},
        source=Review.Source.QUIZ,
    ).select_related("card")
    weighed: dict[tuple[int, datetime, int], list[Review]] = defaultdict(list)
    for row in rows.order_by("pk"):
        weighed[row.learner_id, row.answered_at, row.revision_id].append(row)
    groups: dict[int, list[_Group]] = defaultdict(list)
    for told in sorted(found, key=attrgetter("answered_at")):
        of_cards: dict[int, list[tuple[Evidence, Review]]] = defaultdict(list)
        for one in told.evidence:
            for row in weighed[told.learner_id, told.answered_at, one.revision_id]:
                if row.uid == uuid5(one.uid, str(row.card.item_id)):
                    of_cards[row.card_id].append((one, row))
        for card, those in of_cards.items():
            groups[card].append(_Group(those, told.mute))
    return groups


def _tell(
    place: Standing,
    card: Card,
    rows: Sequence[Review],
    groups: Sequence[_Group],
    mains: Mapping[int, int],
    changes: _Changes,
) -> None:
    """Tell one card's log again with what its groups say now, and note what changes by it."""
    stood = [review for review in rows if not _is_taken_back(review)]
    before = {review.pk: review.derived for review in stood}
    tally = tallying.counted(stood, place.item)
    by_uid = {review.uid: review for review in rows}
    log = {review.uid: review for review in stood}
    for group in groups:
        for _one, first in group.found:
            log.pop(first.uid, None)
            log.pop(_second(first), None)
        said = _said(place, group, by_uid, _state_before(log.values(), group, place), mains)
        log.update((review.uid, review) for review in said)
    stands = sorted(log.values(), key=_moment)
    if set(map(id, stood)) == set(map(id, stands)):
        return
    card.assume(_retold(place, stands))
    card.weights_id = place.weights_id if card.reps else None
    card.version += 1
    changes.cards.append(card)
    seconds = {_second(first) for group in groups for _one, first in group.found}
    _note(changes, stood, stands, before, seconds)
    total = changes.tallies[card.learner_id]
    total.subtract(tally)
    total.update(tallying.counted(stands, place.item))


def _said(
    place: Standing,
    group: _Group,
    by_uid: Mapping[UUID, Review],
    state: State,
    mains: Mapping[int, int],
) -> Iterator[Review]:
    """The reviews that are to stand for a group: those it was weighed as, or others in place.

    As when it was weighed, the worst answer comes first, and at most one moves the card.
    """
    if group.is_as_weighed:
        yield from (first for _one, first in group.found)
        return
    mover = _mover(place, group, state, mains)
    for one, first in group.found:
        second = by_uid.get(_second(first))
        wanted = (one.rating, first is mover)
        if (first.rating, first.affects_schedule) == wanted:
            yield first
        elif second and (second.rating, second.affects_schedule) == wanted:
            yield second
        else:
            yield _rewritten(first, one.rating, affects_schedule=first is mover)


def _mover(place: Standing, group: _Group, state: State, mains: Mapping[int, int]) -> Review | None:
    main = place.item.pk
    worst_first = sorted(
        group.found, key=lambda pair: (pair[0].rating, mains.get(pair[0].item_id) != main)
    )
    moving = (
        first
        for one, first in worst_first
        if one.uid not in group.mute
        and mains.get(one.item_id) == main
        and weighing.counts(one, first, state)
    )
    return next(moving, None)


def _second(first: Review) -> UUID:
    """The name of the review that stands in place of one, where it was marked anew."""
    return uuid5(first.uid, _NAME)


def _rewritten(first: Review, rating: int, *, affects_schedule: bool) -> Review:
    raw = {
        field.attname: getattr(first, field.attname)
        for field in Review._meta.concrete_fields
        if not field.primary_key
    }
    changed = {
        "uid": _second(first),
        "rating": rating,
        "affects_schedule": affects_schedule,
        "interval_days": 0,
        "step_minutes": 0,
    }
    return Review(**raw | changed)


def _state_before(log: Iterable[Review], group: _Group, place: Standing) -> State:
    begins = min(_moment(first) for _one, first in group.found)
    before = sorted((one for one in log if _moment(one) < begins), key=_moment)
    return _retold(place, before)


def _retold(place: Standing, log: Iterable[Review]) -> State:
    """The state that a log ends in; what is new in it gets its interval."""
    state = UNSEEN
    for review in log:
        if review._state.adding and review.affects_schedule:
            reviewing.choose(place, review, state)
        state = replaying.tell(review, state, place.pace.weights)
    return state


def _note(
    changes: _Changes,
    stood: Sequence[Review],
    stands: Sequence[Review],
    before: Mapping[int, tuple[object, ...]],
    seconds: Collection[UUID],
) -> None:
    """Which rows come, go and change when this stands where that stood."""
    stay = set(map(id, stands))
    gone = [review for review in stood if id(review) not in stay]
    changes.gone += [review for review in gone if review.uid in seconds]
    changes.leaving += [review for review in gone if review.uid not in seconds]
    changes.new += [review for review in stands if review._state.adding]
    kept = [review for review in stands if not review._state.adding]
    changes.returning += [review for review in kept if review.pk not in before]
    changes.derived += [review for review in kept if review.derived != before.get(review.pk)]


def _is_taken_back(review: Review) -> bool:
    return hasattr(review, "taken_back")


def _moment(review: Review) -> tuple[datetime, UUID]:
    return review.answered_at, review.uid


def _write(changes: _Changes, at: datetime) -> None:
    Review.objects.filter(pk__in=[one.pk for one in changes.gone]).delete()
    Action.objects.filter(review__in=[one.pk for one in changes.returning]).delete()
    Action.objects.bulk_create(
        Action(
            learner_id=review.learner_id,
            card_id=review.card_id,
            kind=Action.Kind.RATE,
            review=review,
            done_at=review.answered_at,
            taken_back_at=at,
        )
        for review in changes.leaving
    )
    Review.objects.bulk_create(changes.new, batch_size=_ROWS_A_STATEMENT)
    for reviews in batched(changes.derived, _ROWS_A_STATEMENT):
        upsert(reviews, ("learner", "uid"), put=Review.DERIVED)
    for cards in batched(changes.cards, _ROWS_A_STATEMENT):
        columns = [*Card.STATE, "weights", "version"]
        upsert(cards, ("learner", "item"), put=columns, grows="version")
    tallying.keep_each(changes.tallies)
