"""Reviews: what a device collected is handed in, once or many times."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.timezone import now
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from quizzes.api import asking, errors
from quizzes.api.fields import Instant, RawAnswer, Strict, Uid, WholeNumber, Yes
from quizzes.assessment import checking, reserving
from quizzes.cards import reviewing
from quizzes.cards.models import Card, Review
from quizzes.cards.reviewing import Given
from quizzes.cards.scheduling import Rating
from quizzes.items.models import Item
from quizzes.people.models import User

LARGEST_BATCH = 100
_LARGEST_NUMBER = 2**31 - 1


class ReviewEntry(Strict):
    """One rating as it was given."""

    uid = Uid(help_text="Made by you: the same review sent again stays one review.")
    item = Uid()
    rating = WholeNumber(
        min_value=Rating.AGAIN, max_value=Rating.EASY, help_text="1 Again, 2 Hard, 3 Good, 4 Easy."
    )
    answered_at = Instant(help_text="By the device's clock; never counted as later than received.")
    version = WholeNumber(
        min_value=0,
        max_value=_LARGEST_NUMBER,
        required=False,
        help_text="Of the card as it was shown. With it the review is refused (409) if the card "
        "has changed since; without it the review counts where it belongs in time. Only in a "
        "batch of one.",
    )
    interval = WholeNumber(
        min_value=0,
        max_value=_LARGEST_NUMBER,
        required=False,
        help_text="The days that were offered for this rating, 0 for a step of minutes.",
    )
    duration_ms = WholeNumber(
        min_value=0,
        max_value=_LARGEST_NUMBER,
        required=False,
        help_text="Until the rating; more than 60,000 counts as 60,000.",
    )
    answer = RawAnswer(
        required=False,
        help_text='What was typed, as `{"text": "…"}`, or chosen, as `{"chosen": [2]}` by the '
        "options' own places. It is checked here: what is wrong counts as 1 (Again).",
    )
    is_overruled = Yes(
        default=False, help_text="What was typed counts as right, whatever the check finds."
    )


class ReviewBatch(Strict):
    """What a device has collected."""

    reviews = serializers.ListField(child=ReviewEntry(), min_length=1, max_length=LARGEST_BATCH)

    def validate_reviews(self, reviews: list[asking.Read]) -> list[asking.Read]:
        if len(reviews) > 1:
            message = _("Name a version only in a batch of one.")
            faults = [{"version": [message]} if "version" in one else {} for one in reviews]
            if any(faults):
                raise serializers.ValidationError(faults)
        return reviews


@dataclass(frozen=True, slots=True)
class Stored:
    """A review in the log, with its item, and whether this request brought it."""

    review: Review
    item: UUID
    is_new: bool
    is_right: bool | None


class StoredReview(serializers.Serializer[Stored]):
    """A review as it is kept."""

    uid = serializers.UUIDField(source="review.uid")
    item = serializers.UUIDField()
    rating = serializers.IntegerField(
        source="review.rating", help_text="1 where the answer was found wrong and not overruled."
    )
    is_right = serializers.BooleanField(
        allow_null=True,
        help_text="Of an answer that could be checked; null while a quiz of yours asks the same.",
    )
    answered_at = serializers.DateTimeField(source="review.answered_at")
    interval = serializers.IntegerField(
        source="review.interval_days", help_text="Days; 0 for a step of minutes."
    )
    minutes = serializers.IntegerField(
        source="review.step_minutes", help_text="The step; 0 for an interval of days."
    )
    is_new = serializers.BooleanField(help_text="False where it was known before.")


class StoredReviews(serializers.Serializer[Any]):
    """A review for each entry of the batch, in the batch's order."""

    reviews = StoredReview(many=True)


@extend_schema(
    operation_id="review",
    request=ReviewBatch,
    responses={200: StoredReviews, **errors.answers(400, 401, 403, 404, 409)},
)
@api_view(["POST"])
def reviews(request: Request) -> Response:
    """Hand in 1 to 100 ratings. All are written, or none: one at fault is named by its index."""
    asked, learner, at = asking.body(request, ReviewBatch), asking.learner(request), now()
    entries = asked["reviews"]
    given = _given(learner, entries, items_of(learner, entries), at)
    known = _known(learner, given)
    version = entries[0].get("version")
    if version is None:
        kept = reviewing.review_batch(learner, given, at)
    else:
        kept = [_as_shown(learner, given[0], version, at)]
    return Response(StoredReviews({"reviews": _stored(kept, known, learner, at)}).data)


def items_of(learner: User, entries: Sequence[asking.Read]) -> dict[UUID, Item]:
    """The items of a batch, by uid; retired ones too, for a device may learn of that late."""
    asked = {entry["item"] for entry in entries}
    rows = Item.objects.visible_to(learner).filter(uid__in=asked, is_card=True)
    rows = rows.select_related("revision")
    items = {item.uid: item for item in rows.exclude(state=Item.State.DRAFT)}
    missing = (place for place, entry in enumerate(entries) if entry["item"] not in items)
    if (place := next(missing, None)) is not None:
        raise errors.NoSuchItem(place)
    return items


def _given(
    learner: User, entries: Sequence[asking.Read], items: dict[UUID, Item], at: datetime
) -> list[Given]:
    answers = [(items[one["item"]], one.get("answer")) for one in entries]
    found = checking.checked(learner, answers, at)
    return [
        Given(
            item=items[entry["item"]],
            rating=Rating(entry["rating"]),
            uid=entry["uid"],
            answered_at=entry["answered_at"],
            interval=entry.get("interval"),
            duration_ms=entry.get("duration_ms"),
            evidence=checking.evidence(entry.get("answer")),
            answer=entry.get("answer"),
            is_right=is_right,
            is_overruled=entry["is_overruled"],
        )
        for entry, is_right in zip(entries, found, strict=True)
    ]


def _as_shown(learner: User, given: Given, version: int, at: datetime) -> Review:
    return reviewing.review(
        learner,
        given.item,
        given.rating,
        at=at,
        uid=given.uid,
        version=version,
        interval=given.interval,
        duration_ms=given.duration_ms,
        answered_at=given.answered_at,
        evidence=given.evidence,
        answer=given.answer,
        is_right=given.is_right,
        is_overruled=given.is_overruled,
    )


def _known(learner: User, given: Sequence[Given]) -> set[UUID]:
    """The uids that the log holds already."""
    asked = {one.uid for one in given}
    known = Review.objects.filter(learner=learner, uid__in=asked)
    return set(known.values_list("uid", flat=True))


def _stored(
    reviews: Sequence[Review], known: set[UUID], learner: User, at: datetime
) -> list[Stored]:
    """Each review with its item, in one query; what was not known before is new, once.

    One query more where a review that was known has a verdict: it is not told of what a quiz asks.
    """
    cards = Card.objects.filter(pk__in={review.card_id for review in reviews})
    items = {pk: (item, uid) for pk, item, uid in cards.values_list("pk", "item", "item__uid")}
    judged = {items[r.card_id][0] for r in reviews if r.uid in known and r.is_right is not None}
    secret = reserving.among(learner, judged, at)
    first = {review.uid: place for place, review in reversed(list(enumerate(reviews)))}
    return [
        Stored(
            review,
            items[review.card_id][1],
            is_new=review.uid not in known and first[review.uid] == place,
            is_right=None if items[review.card_id][0] in secret else review.is_right,
        )
        for place, review in enumerate(reviews)
    ]
