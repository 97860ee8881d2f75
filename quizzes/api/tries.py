"""Tries: checking a question during an attempt, and asking for its hint."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from quizzes.api import asking, errors
from quizzes.api.attempts import sheet
from quizzes.api.fields import Strict, WholeNumber
from quizzes.api.results import MarkedQuestion, marked
from quizzes.assessment import settling, sheets

_LARGEST_NUMBER = 32_767


class QuestionBody(Strict):
    """Which question is meant."""

    question = WholeNumber(min_value=1, max_value=_LARGEST_NUMBER)


class CheckedQuestion(MarkedQuestion):
    """How a question stands that was checked; settled, it tells what may be told of it."""

    is_settled = serializers.BooleanField(
        source="question.served.is_settled",
        help_text="Right, or out of tries. If it is not, the answer is not wholly right yet.",
    )
    tries_left = serializers.SerializerMethodField()
    hint_is_there = serializers.SerializerMethodField(help_text="A hint may be asked for.")

    def get_tries_left(self, one: Any) -> int:
        return settling.tries_left(one.question) or 0

    def get_hint_is_there(self, one: Any) -> bool:
        return bool(self.context["hints"])


class Hint(serializers.Serializer[Any]):
    """What helps."""

    hint = serializers.CharField()


@extend_schema(
    operation_id="check",
    request=QuestionBody,
    responses={200: CheckedQuestion, **errors.answers(400, 401, 403, 404, 409)},
)
@api_view(["POST"])
def check(request: Request, attempt: UUID) -> Response:
    """Have your newest answer to a question checked; the same answer again is no further try."""
    asked, found = asking.body(request, QuestionBody), sheet(request, attempt)
    position, at = asked["question"], asking.arrived(request)
    settling.check(found, position, at)
    now = sheets.of(found.attempt)
    [one] = marked(now, [position], at)
    context = {"hints": position in settling.has_hint(now)}
    return Response(CheckedQuestion(one, context=context).data)


@extend_schema(
    operation_id="hint",
    request=QuestionBody,
    responses={200: Hint, **errors.answers(400, 401, 403, 404, 409)},
)
@api_view(["POST"])
def hint(request: Request, attempt: UUID) -> Response:
    """The hint to a question; it costs what a wrong try costs, and once."""
    asked, found = asking.body(request, QuestionBody), sheet(request, attempt)
    told = settling.hint(found, asked["question"], asking.arrived(request))
    return Response(Hint({"hint": told}).data)
