"""Quizzes: what may be taken, and how it begins."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view, permission_classes
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from quizzes.analytics import results
from quizzes.analytics.results import Offer
from quizzes.api import asking, errors
from quizzes.api.attempts import AttemptShape, Share, sat
from quizzes.api.fields import Strict, Uid, Yes
from quizzes.api.queue import ScopeQuery
from quizzes.assessment import attempting
from quizzes.assessment.models import Quiz


class QuizShape(serializers.Serializer[Offer]):
    """A quiz, with how it went for whoever asks."""

    uid = serializers.UUIDField(source="quiz.uid")
    book = serializers.SlugField(source="quiz.book.slug")
    slug = serializers.SlugField(source="quiz.slug")
    title = serializers.CharField(source="quiz.title")
    section = serializers.SlugField(source="quiz.section.slug", default=None, allow_null=True)
    chapter = serializers.SlugField(source="quiz.chapter.slug", default=None, allow_null=True)
    questions = serializers.IntegerField(source="question_count", help_text="At most so many.")
    time_limit_minutes = serializers.IntegerField(
        source="quiz.time_limit_minutes", allow_null=True, help_text="No clock runs in practice."
    )
    attempts = serializers.IntegerField(source="attempt_count", help_text="Handed in.")
    best = Share(allow_null=True, help_text="The best score, 0 to 1.")
    open_attempt = serializers.UUIDField(
        source="open_attempt.uid", default=None, allow_null=True, help_text="To go on with."
    )


class Quizzes(serializers.Serializer[Any]):
    """Quizzes in the books' order."""

    quizzes = QuizShape(many=True)


class StartBody(Strict):
    """A start of an attempt."""

    start = Uid(help_text="Made by you: the same start sent again is the same attempt.")
    checks_each = Yes(required=False, help_text="Check each question when you ask for it.")
    asks_confidence = Yes(required=False, help_text="Say with each answer whether you are sure.")


WISHES = ("checks_each", "asks_confidence")
"""How practice may be sat, if one wishes."""


@extend_schema(
    operation_id="quizzes",
    parameters=[ScopeQuery],
    responses={200: Quizzes, **errors.answers(400)},
)
@api_view(asking.READ)
@permission_classes([AllowAny])
@never_cache
def quizzes(request: Request) -> Response:
    """The quizzes that you may take."""
    asked = asking.query(request, ScopeQuery)
    offers = results.offered(asking.viewer(request), now())
    wanted = [one for one in offers if asked.get("book") in (None, one.quiz.book.slug)]
    return Response(Quizzes({"quizzes": wanted}).data)


@extend_schema(operation_id="quiz", responses={200: QuizShape, **errors.answers(400, 404)})
@api_view(asking.READ)
@permission_classes([AllowAny])
@never_cache
def quiz(request: Request, quiz: Any) -> Response:
    """One quiz."""
    asking.query(request)
    viewer = asking.viewer(request)
    found = get_object_or_404(Quiz.objects.visible_to(viewer), uid=quiz)
    offer, _history = results.of_quiz(found, viewer, now())
    return Response(QuizShape(offer).data)


@extend_schema(
    operation_id="start_attempt",
    request=StartBody,
    responses={200: AttemptShape, **errors.answers(400, 401, 403, 404, 409)},
)
@api_view(["POST"])
def attempts(request: Request, quiz: Any) -> Response:
    """Begin a quiz, or go on with the attempt that is open."""
    asked, learner = asking.body(request, StartBody), asking.learner(request)
    found = get_object_or_404(Quiz.objects.visible_to(learner).select_related("book"), uid=quiz)
    at, wishes = asking.arrived(request), {name: asked[name] for name in WISHES if name in asked}
    begun = attempting.start(learner, found, at, asked["start"], **wishes)
    return Response(AttemptShape(sat(begun, at)).data)
