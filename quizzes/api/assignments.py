"""Assignments: what your classes give you to sit, and how it begins."""

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from quizzes.analytics import sittings
from quizzes.analytics.sittings import Sitting, State
from quizzes.api import asking, errors
from quizzes.api.attempts import AttemptShape, sat
from quizzes.api.fields import Strict, Text, Uid
from quizzes.assessment import attempting, timing
from quizzes.assessment.models import Assignment


class AssignmentShape(serializers.Serializer[Sitting]):
    """A quiz that a class gives you, on your terms."""

    uid = serializers.UUIDField(source="assignment.uid")
    quiz = serializers.UUIDField(source="assignment.quiz.uid")
    title = serializers.CharField(source="assignment.quiz.title")
    classroom = serializers.UUIDField(source="assignment.classroom.uid")
    questions = serializers.IntegerField(source="question_count", help_text="At most so many.")
    opens_at = serializers.DateTimeField(source="assignment.opens_at")
    closes_at = serializers.DateTimeField(
        allow_null=True, help_text="For you, with all that you are allowed."
    )
    due_at = serializers.DateTimeField(
        allow_null=True, help_text="For you; what is handed in after it is late."
    )
    late_percent = serializers.IntegerField(
        source="assignment.late_percent", help_text="Off the score for each begun day after that."
    )
    seconds_allowed = serializers.SerializerMethodField(
        help_text="For you; less if you begin shortly before it closes. Null without a limit."
    )
    attempts_left = serializers.IntegerField(allow_null=True, help_text="Null: any number.")
    is_graded = serializers.BooleanField(source="assignment.is_graded")
    has_password = serializers.SerializerMethodField()
    state = serializers.SerializerMethodField()
    open_attempt = serializers.UUIDField(
        source="open_attempt.uid", default=None, allow_null=True, help_text="To go on with."
    )

    def get_seconds_allowed(self, one: Sitting) -> int | None:
        limit = timing.limit(one.assignment, one.place)
        return None if limit is None else int(limit.total_seconds())

    def get_has_password(self, one: Sitting) -> bool:
        return bool(one.assignment.password)

    def get_state(self, one: Sitting) -> State:
        return one.state(self.context["at"])


class Assignments(serializers.Serializer[Any]):
    """What closes first comes first."""

    assignments = AssignmentShape(many=True)


class SitBody(Strict):
    """A start of an assigned attempt."""

    start = Uid(help_text="Made by you: the same start sent again is the same attempt.")
    password = Text(
        required=False, allow_blank=True, max_length=60, help_text="Where the room has one."
    )


@extend_schema(operation_id="assignments", responses={200: Assignments, **errors.answers(400, 401)})
@api_view(asking.READ)
@never_cache
def assignments(request: Request) -> Response:
    """What your classes give you to sit."""
    asking.query(request)
    found = sittings.of_learner(asking.learner(request))
    context = {"at": asking.arrived(request)}
    return Response(Assignments({"assignments": found}, context=context).data)


@extend_schema(
    operation_id="sit",
    request=SitBody,
    responses={200: AttemptShape, **errors.answers(400, 401, 403, 404, 409)},
)
@api_view(["POST"])
def attempts(request: Request, assignment: UUID) -> Response:
    """Begin an assignment, or go on with the attempt that is open."""
    asked, learner = asking.body(request, SitBody), asking.learner(request)
    given = Assignment.objects.visible_to(learner).select_related("quiz__book")
    found, at = get_object_or_404(given, uid=assignment), asking.arrived(request)
    begun = attempting.sit(learner, found, at, asked["start"], asked.get("password", ""))
    return Response(AttemptShape(sat(begun, at)).data)
