"""Optimizing: the weights of a learner's memory are fitted to the log, looked at, put to use.

Every set is kept. Nothing is adopted unasked, nor when it foretells later reviews no better than
the set before; and whoever adopts one can go back. Memories follow by `retelling`.
"""

from datetime import datetime
from itertools import groupby
from operator import itemgetter

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from quizzes.cards import fitting, proving, respacing, training
from quizzes.cards.fitting import FEWEST
from quizzes.cards.models import Review, Weights
from quizzes.cards.predicting import History
from quizzes.cards.respacing import Preview
from quizzes.cards.scheduling import DEFAULT_WEIGHTS, Rating
from quizzes.people.models import User
from quizzes.refusal import Refusal


class TooFewReviews(Refusal):
    """The log does not say enough of this memory yet."""


class NoBetter(Refusal):
    """The set does not foretell later reviews better than the one before it, provably."""


def fit(learner: User, at: datetime) -> Weights:
    """Fit a set of weights to the learner's log and keep it; it is not adopted.

    It bears the log loss of later reviews under the set in force and under its own kind, or none
    where these reviews can't tell yet. The same log gives the set that it gave before. Refuses
    with `TooFewReviews`.
    """
    count = check_enough(learner)
    newest = Weights.objects.filter(learner=learner).order_by("-fitted_at", "-pk").first()
    if newest and newest.review_count == count:
        return newest
    current, log, trainer = in_force(learner), histories(learner), training.trainer()
    before = tuple(current.numbers) if current else DEFAULT_WEIGHTS
    numbers, share = fitting.fitted(log, trainer)
    proof = proving.prove(log, before, trainer)
    return Weights.objects.create(
        learner=learner,
        numbers=list(numbers),
        method=_method(share),
        loss_before=proof.loss_before,
        loss_after=proof.loss_after,
        review_count=count,
        fitted_at=at,
    )


def check_enough(learner: User) -> int:
    """How many reviews tell how a memory fades; refuses with `TooFewReviews`. One query."""
    count = evaluable(learner)
    if count < FEWEST:
        raise TooFewReviews(
            ngettext(
                "%(count)s review on a later day is too little to learn from: it takes %(fewest)s.",
                "%(count)s reviews on later days are too few to learn from: it takes %(fewest)s.",
                count,
            )
            % {"count": count, "fewest": FEWEST}
        )
    return count


def evaluable(learner: User) -> int:
    """How many reviews moved a card on a later day than the one before; one query."""
    log = Review.objects.standing().filter(learner=learner, affects_schedule=True)
    return log.filter(elapsed_days__gt=0).count()


def is_time(learner: User) -> bool:
    """Whether a fit is worth the while: the first one, or twice the reviews of the last."""
    newest = Weights.objects.filter(learner=learner).order_by("-fitted_at", "-pk").first()
    needed = max(FEWEST, 2 * newest.review_count if newest else 0)
    return evaluable(learner) >= needed


def is_better(weights: Weights) -> bool:
    """What the gate said of a set."""
    return proving.is_better(weights.loss_before, weights.loss_after)


def may_be_adopted(weights: Weights) -> bool:
    """Whether a set has come through the gate, now or when it was adopted before."""
    return weights.adopted_at is not None or is_better(weights)


def in_force(learner: User) -> Weights | None:
    """The learner's current set; none are the published weights."""
    return Weights.objects.filter(learner=learner, is_current=True).first()


def preview(learner: User, weights: Weights | None, at: datetime) -> Preview:
    """What a set would change, without changing anything; none are the published weights.

    A long log is looked at in part: see `respacing.sample`.
    """
    return respacing.sample(learner, weights, at).preview()


@transaction.atomic
def adopt(learner: User, weights: Weights | None, at: datetime) -> None:
    """Put a set to use, or with none the published weights: cards that are new begin with it.

    The memories of all others follow by `retelling.tell_again`. One set at most is in force,
    whoever adopts at the same moment. Refuses with `NoBetter`.
    """
    if weights and not may_be_adopted(weights):
        raise NoBetter(
            _("Your reviews do not show that these weights are better than the present ones.")
        )
    User.objects.select_for_update(no_key=True).get(pk=learner.pk)
    Weights.objects.filter(learner=learner, is_current=True).update(is_current=False)
    if weights:
        weights.is_current, weights.adopted_at = True, at
        weights.save(update_fields=["is_current", "adopted_at"])


def histories(learner: User) -> list[History]:
    """The log of each card as far as it moved the card; one query."""
    log = Review.objects.standing().filter(learner=learner, affects_schedule=True).in_order()
    rows = log.values_list("card_id", "learner_day", "rating").iterator(chunk_size=10_000)
    return [
        [(day.toordinal(), Rating(rating)) for _, day, rating in reviews]
        for _, reviews in groupby(rows, itemgetter(0))
    ]


def _method(share_of_all: float) -> Weights.Method:
    if share_of_all == 0:
        return Weights.Method.PRIOR
    return Weights.Method.FULL if share_of_all == 1 else Weights.Method.BLEND
