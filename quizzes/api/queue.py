"""The review queue: a learner's next cards with both their sides, and how many today has."""

from dataclasses import asdict
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from quizzes.api import asking, errors
from quizzes.api.backs import CriterionShape, Faces, ListShape, TestedFact, faces
from quizzes.api.fields import Digits, Strict, Text
from quizzes.assessment import reserving
from quizzes.cards import queueing
from quizzes.cards.models import Card
from quizzes.cards.scheduling import Rating
from quizzes.content.models import Book
from quizzes.items.models import Revision

LONGEST_QUEUE = 100
RATINGS = [(rating.value, rating.name.title()) for rating in Rating]


class ScopeQuery(Strict):
    """Which of the learner's books."""

    book = Text(required=False, max_length=80, help_text="The slug of a book; else all.")


class QueueQuery(Strict):
    """Which of the learner's books, and how many cards."""

    book = Text(required=False, max_length=80, help_text="The slug of a book; else all.")
    limit = Digits(min_value=1, max_value=LONGEST_QUEUE, default=20)


class OfferShape(serializers.Serializer[Any]):
    """What one rating would do now: a step of minutes, or an interval of days."""

    rating = serializers.ChoiceField(RATINGS)
    minutes = serializers.IntegerField(help_text="0 where days are offered.")
    days = serializers.IntegerField(help_text="Send it back as the review's `interval`.")


class QueuedCard(serializers.Serializer[Faces]):
    """A card to show, front and back, with what each rating would do."""

    item = serializers.UUIDField(source="entry.item.uid")
    version = serializers.IntegerField(
        source="entry.version", help_text="Of the card as it is shown; 0 while it is new."
    )
    phase = serializers.SerializerMethodField()
    kind = serializers.ChoiceField(Revision.Kind.choices, source="entry.item.revision.kind")
    book = serializers.SlugField(source="book.slug")
    chapter = serializers.SlugField(source="entry.item.chapter.slug")
    section = serializers.SlugField(source="entry.item.section.slug")
    stem_html = serializers.CharField(source="entry.item.revision.stem_html")
    lists = ListShape(many=True, help_text="What stands on the front beside the stem.")
    answer_html = serializers.CharField(source="key.answer_html", default="")
    rationale_html = serializers.CharField(source="key.rationale_html", default="")
    rubric = CriterionShape(many=True, help_text="What an essay is marked by, for its back.")
    facts = TestedFact(many=True, help_text="What the card tests; the first is its subject.")
    offers = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ChoiceField(Card.Phase.choices))
    def get_phase(self, faces: Faces) -> str:
        card = faces.entry.card
        return card.phase if card else Card.Phase.NEW

    @extend_schema_field(OfferShape(many=True))
    def get_offers(self, faces: Faces) -> list[dict[str, int]]:
        return [
            {"rating": rating.value, "minutes": offer.minutes, "days": offer.days}
            for rating, offer in faces.entry.offers.items()
        ]


class Queue(serializers.Serializer[Any]):
    """The next cards in order, or until when there is nothing to do."""

    cards = QueuedCard(many=True)
    done_until = serializers.DateTimeField(
        allow_null=True, help_text="When something comes next; null while there are cards."
    )


class CountsShape(serializers.Serializer[Any]):
    """The cards that today still has; of a long backlog, the first 1,000."""

    new = serializers.IntegerField()
    learning = serializers.IntegerField(help_text="In steps of minutes.")
    review = serializers.IntegerField(help_text="Due by the day.")


@extend_schema(
    operation_id="review_queue",
    parameters=[QueueQuery],
    responses={200: Queue, **errors.answers(400, 401, 404)},
)
@api_view(asking.READ)
@never_cache
def queue(request: Request) -> Response:
    """Your next cards: those in steps of minutes, those due today, then new ones."""
    asked, learner, at = asking.query(request, QueueQuery), asking.learner(request), now()
    book = _book(request, asked)
    reserved = reserving.reserved(learner, at)
    entries = queueing.queue(learner, at, book, asked["limit"], reserved)
    until = None if entries else queueing.done_until(learner, at, book, reserved)
    return Response(Queue({"cards": faces(entries), "done_until": until}).data)


@extend_schema(
    operation_id="review_counts",
    parameters=[ScopeQuery],
    responses={200: CountsShape, **errors.answers(400, 401, 404)},
)
@api_view(asking.READ)
@never_cache
def counts(request: Request) -> Response:
    """How many cards you have today."""
    asked, learner = asking.query(request, ScopeQuery), asking.learner(request)
    at = now()
    reserved = reserving.reserved(learner, at)
    counted = queueing.counts(learner, at, _book(request, asked), reserved)
    return Response(CountsShape(asdict(counted)).data)


def _book(request: Request, asked: asking.Read) -> Book | None:
    if "book" not in asked:
        return None
    return get_object_or_404(Book.objects.visible_to(asking.viewer(request)), slug=asked["book"])
