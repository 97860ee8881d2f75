"""Merging: what a guest learned is added to an account that was there before."""

from collections import defaultdict

from django.db import transaction

from quizzes.cards import weaving
from quizzes.cards.models import Card, Review
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


def _copy(review: Review, learner: User) -> Review:
    raw = {
        field.attname: getattr(review, field.attname)
        for field in Review._meta.concrete_fields
        if field.name not in {"id", "learner", "card", *Review.DERIVED}
    }
    return Review(learner=learner, **raw)
