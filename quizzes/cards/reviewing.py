"""Reviewing: a rating is written down, and its card comes back when it should.

`review` is one answer, given to the card as it was shown; `review_batch` takes what a device has
collected, in any order and any number of times. Both keep the rating as it was given for ever,
and a rating that is sent again is the same review.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, TypedDict, Unpack
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from quizzes.cards import replaying, tallying, weaving
from quizzes.cards.days import learner_day
from quizzes.cards.models import Card, Review
from quizzes.cards.scheduling import Rating
from quizzes.cards.spacing import Offer
from quizzes.cards.standing import Standing, standings
from quizzes.cards.states import State
from quizzes.items.models import Item
from quizzes.people.models import User
from quizzes.refusal import Refusal

LONGEST_THOUGHT_MS = 60_000


class AlreadyAnswered(Refusal):
    """The card was answered, or changed otherwise, since it was shown."""


class NothingWasAsked(Refusal):
    """The item is a draft without a wording."""


class StaleOffer(Refusal):
    """The interval that was shown can no longer be given."""


@dataclass(frozen=True, slots=True)
class Given:
    """One rating as a device gives it, with the interval (days, 0 for a step) that it showed.

    `answer` is what was typed or chosen, raw, and `is_right` what a machine found of it. The
    learner may overrule the machine where something was typed.
    """

    item: Item
    rating: Rating
    uid: UUID
    answered_at: datetime
    interval: int | None = None
    duration_ms: int | None = None
    source: str = Review.Source.FLASHCARD
    evidence: str = Review.Evidence.SELF
    answer: Mapping[str, Any] | None = None
    is_right: bool | None = None
    is_overruled: bool = False

    @property
    def is_failed(self) -> bool:
        """Whether a machine found it wrong and nobody who may says otherwise."""
        is_overruled = self.is_overruled and self.evidence == Review.Evidence.TYPED
        return self.is_right is False and not is_overruled


class Details(TypedDict, total=False):
    """What may be known of a rating besides; see `Given`."""

    answered_at: datetime
    interval: int | None
    duration_ms: int | None
    source: str
    evidence: str
    answer: Mapping[str, Any] | None
    is_right: bool | None
    is_overruled: bool


def review(
    learner: User,
    item: Item,
    rating: Rating,
    *,
    at: datetime,
    uid: UUID,
    version: int,
    **details: Unpack[Details],
) -> Review:
    """Write down one rating of a card as it was shown; the same uid again gives the same review.

    `version` is the card's when it was shown (0 for a new one), `interval` the days that its
    button promised. Reads once and writes three times. Refuses with `AlreadyAnswered` when the
    card has changed since, with `StaleOffer` when the interval is outside the lawful window.
    """
    given = _as_found(Given(item, rating, uid, **({"answered_at": at} | details)))
    try:
        with transaction.atomic():
            return _review(learner, given, at, version)
    except (IntegrityError, AlreadyAnswered) as lost:
        return _sent_before(learner, uid, lost)


@transaction.atomic
def review_batch(learner: User, given: Sequence[Given], at: datetime) -> list[Review]:
    """Write down what a device collected; what was sent before is found, not written again.

    Each card's reviews count in the order of (answered_at, uid), among those already stored. An
    interval that does not fit what the card had become by then gives way to a lawful one.
    """
    given = [_as_found(one) for one in given]
    item_ids = {one.item.pk for one in given}
    Card.objects.held(learner, item_ids)
    uids = {one.uid for one in given}
    known = {r.uid: r for r in Review.objects.filter(learner=learner, uid__in=uids)}
    arriving: dict[int, list[Review]] = defaultdict(list)
    asked: dict[UUID, int | None] = {}
    for one in given:
        if one.uid not in known:
            known[one.uid] = written(learner, one, at)
            asked[one.uid] = one.interval
            arriving[one.item.pk].append(known[one.uid])

    def settle(standing: Standing, review: Review, state: State) -> None:
        wish = asked[review.uid]
        choose(standing, review, state, wish if _is_lawful(standing, review, state, wish) else None)

    weaving.weave(learner, arriving, settle=settle)
    return [known[one.uid] for one in given]


def _as_found(given: Given) -> Given:
    """What a machine found wrong is forgotten, whatever button was pressed, unless overruled."""
    if given.is_failed and given.rating != Rating.AGAIN:
        return replace(given, rating=Rating.AGAIN, interval=None)
    return given


def _review(learner: User, given: Given, at: datetime, version: int) -> Review:
    [standing] = standings(learner, Item.objects.filter(pk=given.item.pk))
    _check(standing.version, version)
    review, state = written(learner, given, at), standing.state
    if state.last_at and review.answered_at <= state.last_at:
        return _review_late(learner, given, at, version)
    if not _is_lawful(standing, review, state, given.interval):
        raise StaleOffer(_("This card's intervals have changed. Please rate it again."))
    choose(standing, review, state, given.interval)
    review.card = _moved(standing, replaying.tell(review, state, standing.pace.weights))
    review.save(force_insert=True)
    tallying.keep(learner, tallying.counted([review], standing.item))
    return review


def _review_late(learner: User, given: Given, at: datetime, version: int) -> Review:
    """Answered before the card's last review, by the device's clock: it takes its place there."""
    [card] = Card.objects.held(learner, [given.item.pk])
    _check(card.version, version)
    return review_batch(learner, [given], at)[0]


def _check(version: int, shown: int) -> None:
    if version != shown:
        raise AlreadyAnswered(_("This card was already answered."))


def written(learner: User, given: Given, at: datetime) -> Review:
    """The raw columns, but for the card and the interval; a device's clock is never ahead."""
    if given.item.revision_id is None:
        raise NothingWasAsked(_("This card has no question yet."))
    answered_at = min(given.answered_at, at)
    return Review(
        uid=given.uid,
        learner=learner,
        revision_id=given.item.revision_id,
        rating=given.rating,
        answered_at=answered_at,
        received_at=at,
        time_zone=learner.time_zone,
        learner_day=learner_day(answered_at, learner.time_zone, learner.day_rollover_hour),
        source=given.source,
        evidence=given.evidence,
        duration_ms=given.duration_ms and min(given.duration_ms, LONGEST_THOUGHT_MS),
        answer=given.answer,
        is_right=given.is_right,
        is_overruled=given.is_right is False and given.rating != Rating.AGAIN,
    )


def _offer(standing: Standing, review: Review, state: State, day: date) -> Offer:
    return standing.offers(day, state)[Rating(review.rating)]


def _is_lawful(standing: Standing, review: Review, state: State, interval: int | None) -> bool:
    """Whether this could have been on the button, today or the day before.

    A page that was opened in the evening may be answered after the day has turned.
    """
    days = (review.learner_day, review.learner_day - timedelta(days=1))
    return interval is None or any(
        interval in _offer(standing, review, state, day).window for day in days
    )


def choose(standing: Standing, review: Review, state: State, interval: int | None = None) -> None:
    """Give a review the interval that was chosen, or else the one that is offered."""
    offer = _offer(standing, review, state, review.learner_day)
    review.interval_days = offer.days if interval is None else interval
    review.step_minutes = offer.minutes


def _moved(standing: Standing, state: State) -> Card:
    """The card in its new state, saved; refuses when somebody was faster."""
    card = standing.card or Card(learner=standing.learner, item=standing.item)
    card.assume(state)
    card.weights_id = standing.weights_id
    if card._state.adding:
        card.version = 1
        card.save(force_insert=True)
    elif not card.write(*Card.STATE, "weights_id"):
        raise AlreadyAnswered(_("This card was already answered."))
    return card


def _sent_before(learner: User, uid: UUID, lost: Exception) -> Review:
    """The review of this uid, if that is why the answer was lost."""
    stored = Review.objects.filter(learner=learner, uid=uid).first()
    if stored is None:
        raise AlreadyAnswered(_("This card was already answered.")) from lost
    return stored
