"""Attempts: the questions as they are asked, and answers as they are given.

Nothing here reads a key: results have a module of their own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from quizzes.api import asking, errors, pagination
from quizzes.api.fields import Strict, WholeNumber
from quizzes.api.pagination import PageQuery
from quizzes.assessment import attempting, responding, sheets
from quizzes.assessment.models import Attempt
from quizzes.assessment.responding import Given
from quizzes.assessment.sheets import Question, Sheet
from quizzes.items.fractions import FULL_FRACTION
from quizzes.items.models import Revision

MOST_RESPONSES = 500
_LARGEST_NUMBER = 32_767


class Share(serializers.FloatField):
    """A fraction or a score, 0 to 1, from the units of 10⁻⁷ that it is kept in."""

    def to_representation(self, value: Any) -> Any:
        return int(value) / FULL_FRACTION


class AttemptShape(serializers.Serializer[Attempt]):
    """One sitting of a quiz."""

    uid = serializers.UUIDField()
    quiz = serializers.UUIDField(source="quiz.uid")
    number = serializers.IntegerField(help_text="Your first, second, … of this quiz.")
    started_at = serializers.DateTimeField()
    handed_in_at = serializers.DateTimeField(allow_null=True)
    score = Share(allow_null=True, help_text="0 to 1; null until it is handed in.")


class OptionShape(serializers.Serializer[Any]):
    """Something to choose."""

    place = serializers.IntegerField(help_text="As shown, from 0: this is what an answer names.")
    text = serializers.CharField()


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its options in the order in which this attempt shows them."""

    question: Question
    options: list[dict[str, Any]]


class AskedQuestion(serializers.Serializer[Asked]):
    """A question as it is asked."""

    question = serializers.IntegerField(source="question.position", help_text="Its place, from 1.")
    kind = serializers.ChoiceField(Revision.Kind.choices, source="question.kind")
    stem_html = serializers.CharField(source="question.served.revision.stem_html")
    options = OptionShape(many=True)
    answer = serializers.JSONField(
        source="question.raw",
        allow_null=True,
        help_text="Your newest answer, as you gave it; null without one.",
    )
    sequence = serializers.IntegerField(
        source="question.sequence", help_text="The number of your newest answer; 0 without one."
    )


class AttemptDetail(serializers.Serializer[Any]):
    """A sitting with its questions in order."""

    attempt = AttemptShape()
    questions = AskedQuestion(many=True)


class ResponseEntry(Strict):
    """An answer to one question."""

    question = WholeNumber(min_value=1, max_value=_LARGEST_NUMBER)
    sequence = WholeNumber(
        min_value=0,
        max_value=_LARGEST_NUMBER - 1,
        help_text="The number of the answer that this one follows; 0 for the first.",
    )
    answer = serializers.JSONField(
        help_text='`{"chosen": [places]}` for choices, `{"text": "…"}` for what is typed.'
    )


class ResponseBatch(Strict):
    """Answers to some of the questions."""

    responses = serializers.ListField(
        child=ResponseEntry(), min_length=1, max_length=MOST_RESPONSES
    )


class SavedResponse(serializers.Serializer[Any]):
    """An answer that is saved."""

    question = serializers.IntegerField()
    sequence = serializers.IntegerField(help_text="Name it with the next answer.")


class SavedResponses(serializers.Serializer[Any]):
    """The newest answers to the questions that were sent."""

    responses = SavedResponse(many=True)


@extend_schema(
    operation_id="attempts",
    parameters=[PageQuery],
    responses={200: pagination.page_of(AttemptShape), **errors.answers(400, 401, 404)},
)
@api_view(asking.READ)
@never_cache
def attempts(request: Request) -> Response:
    """Your attempts, the newest first."""
    asked = asking.query(request, PageQuery)
    rows = Attempt.objects.visible_to(asking.learner(request)).select_related("quiz")
    return pagination.page(rows.order_by("-started_at", "-pk"), AttemptShape, request, asked)


@extend_schema(
    operation_id="attempt", responses={200: AttemptDetail, **errors.answers(400, 401, 404)}
)
@api_view(asking.READ)
@never_cache
def attempt(request: Request, attempt: UUID) -> Response:
    """One attempt with its questions and your newest answers."""
    asking.query(request)
    found = sheet(request, attempt)
    detail = {"attempt": found.attempt, "questions": _asked(found.questions)}
    return Response(AttemptDetail(detail).data)


@extend_schema(
    operation_id="respond",
    request=ResponseBatch,
    responses={200: SavedResponses, **errors.answers(400, 401, 403, 404, 409)},
)
@api_view(["POST"])
def responses(request: Request, attempt: UUID) -> Response:
    """Save answers: all of them, or none. The same answers sent again change nothing."""
    asked, found = asking.body(request, ResponseBatch), sheet(request, attempt)
    given = [Given(one["question"], one["answer"], one["sequence"]) for one in asked["responses"]]
    _check(given, responding.faults(found, given))
    saved = responding.save(found, given, now())
    rows = [{"question": position, "sequence": number} for position, number in saved.items()]
    return Response(SavedResponses({"responses": rows}).data)


@extend_schema(
    operation_id="hand_in",
    request=None,
    responses={200: AttemptShape, **errors.answers(400, 401, 403, 404, 409)},
)
@api_view(["POST"])
def hand_in(request: Request, attempt: UUID) -> Response:
    """Hand in an attempt; handed in before, it stays as it is."""
    asking.body(request)
    return Response(AttemptShape(attempting.hand_in(sheet(request, attempt), now())).data)


def sheet(request: Request, attempt: UUID) -> Sheet:
    """One's own attempt; any other is not there (404)."""
    found = sheets.find(asking.learner(request), attempt)
    if found is None:
        raise Http404
    return found


def _asked(questions: Sequence[Question]) -> list[Asked]:
    """Each question with its options as shown; one query."""
    texts = sheets.options(questions)
    return [
        Asked(
            one,
            [
                {"place": place, "text": texts[one.served.revision_id][0][own]}
                for place, own in enumerate(one.served.order)
            ],
        )
        for one in questions
    ]


def _check(given: Sequence[Given], faults: Mapping[int, str]) -> None:
    """Refuse answers of the wrong shape, each by its place in the batch."""
    if not faults:
        return
    detail: Any = {
        place: {"answer": [faults[one.position]]}
        for place, one in enumerate(given)
        if one.position in faults
    }
    raise serializers.ValidationError({"responses": detail})
