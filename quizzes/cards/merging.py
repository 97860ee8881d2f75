"""Merging: what a guest learned is added to an account that was there before."""

from collections import defaultdict
from datetime import datetime
from uuid import uuid5

from django.db import transaction

from quizzes.cards import acting, folding, weaving
from quizzes.cards.acting import Act
from quizzes.cards.models import Action, Card, Review
from quizzes.people.models import User


@transaction.atomic
def copy_reviews(guest: User, learner: User) -> int:
    """Copy the reviews that stand into another learner's log; tells how many were new there.

    Each keeps its uid, so that copying twice adds nothing; the cards are told again with both
    logs in one. The guest's own rows stay as they are.
    """
    theirs = Review.objects.standing().filter(learner=guest).select_related("card").in_order()
    items = {review.card.item_id for review in theirs}
    Card.objects.held(learner, items)
    known = set(Review.objects.filter(learner=learner).values_list("uid", flat=True))
    arriving: dict[int, list[Review]] = defaultdict(list)
    for review in theirs:
        if review.uid not in known:
            arriving[review.card.item_id].append(_copy(review, learner))
    weaving.weave(learner, arriving)
    return sum(map(len, arriving.values()))


@transaction.atomic
def copy_acts(guest: User, learner: User, at: datetime) -> int:
    """Copy what else the guest did to cards and did not take back; tells how much was new there.

    Copying twice adds nothing. What either of the two did last to a card is what it holds; a due
    day that was moved stays behind, for with both logs in one the card is due on another.
    """
    theirs = Action.objects.standing().filter(learner=guest, kind__in=folding.ASIDE)
    acts = [_act(action) for action in theirs.select_related("card__item").in_order()]
    return sum(done.is_new for done in acting.act(learner, acts, at))


def _act(action: Action) -> Act:
    kind = Action.Kind(action.kind)
    uid = action.uid or uuid5(action.card.uid, str(action.pk))
    return Act(action.card.item, kind, action.left[Action.COLUMNS[kind]], uid, action.done_at)


def _copy(review: Review, learner: User) -> Review:
    raw = {
        field.attname: getattr(review, field.attname)
        for field in Review._meta.concrete_fields
        if field.name not in {"id", "learner", "card", *Review.DERIVED}
    }
    return Review(learner=learner, **raw)
