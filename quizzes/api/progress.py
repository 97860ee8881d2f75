"""Progress: what is known, which days were studied, what is to come, how quizzes went."""

from typing import Any

from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from quizzes.analytics import progress as analytics
from quizzes.analytics import results, study_days
from quizzes.analytics.overview import overview
from quizzes.api import asking, errors
from quizzes.api.attempts import Share
from quizzes.content.models import Fact


class KnownShape(serializers.Serializer[analytics.Known]):
    """How many cards are known, in learning and new."""

    total = serializers.IntegerField()
    known = serializers.IntegerField()
    learning = serializers.IntegerField()
    new = serializers.IntegerField()


class KindShape(serializers.Serializer[Any]):
    """The cards on one kind of fact."""

    kind = serializers.ChoiceField(
        Fact.Kind.choices, allow_blank=True, help_text="Empty for cards without a fact."
    )
    cards = KnownShape()


class ChapterMasteryShape(serializers.Serializer[analytics.ChapterMastery]):
    """A chapter under study."""

    book = serializers.SlugField(source="book_slug")
    chapter = serializers.SlugField(source="slug")
    title = serializers.CharField()
    cards = KnownShape()
    kinds = serializers.SerializerMethodField()

    @extend_schema_field(KindShape(many=True))
    def get_kinds(self, row: analytics.ChapterMastery) -> Any:
        rows = [{"kind": kind, "cards": cards} for kind, cards in row.kinds.items()]
        return KindShape(rows, many=True).data


class DayShape(serializers.Serializer[study_days.Day]):
    """A day on which something was studied."""

    day = serializers.DateField()
    reviews = serializers.IntegerField()
    recalled = serializers.IntegerField()
    quizzes = serializers.IntegerField()


class LoadShape(serializers.Serializer[analytics.Load]):
    """What comes due on a day, as things stand."""

    day = serializers.DateField()
    cards = serializers.IntegerField()


class QuizResult(serializers.Serializer[results.Result]):
    """An attempt that was handed in."""

    attempt = serializers.UUIDField(source="attempt.uid")
    quiz = serializers.UUIDField(source="attempt.quiz.uid")
    title = serializers.CharField(source="attempt.quiz.title")
    day = serializers.DateField(help_text="Your study day.")
    score = Share(
        allow_null=True,
        help_text="0 to 1; null of what a class gave, and while another quiz may ask the same.",
    )


class ProgressShape(serializers.Serializer[Any]):
    """Everything that one has learned; days and results of the last 18 weeks."""

    cards = KnownShape()
    chapters = ChapterMasteryShape(many=True)
    days = DayShape(many=True, help_text="Those with reviews or quizzes.")
    coming = LoadShape(many=True, help_text="Today and the six days after it.")
    results = QuizResult(many=True, help_text="The newest first.")


@extend_schema(operation_id="progress", responses={200: ProgressShape, **errors.answers(400, 401)})
@api_view(asking.READ)
@never_cache
def progress(request: Request) -> Response:
    """What you know by chapter and kind of fact, and how you came to it."""
    asking.query(request)
    seen = overview(asking.learner(request), now())
    return Response(ProgressShape(seen).data)
