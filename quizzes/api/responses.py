"""Responses: answers and flags as they are given, while an attempt is open."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from quizzes.api import asking, errors
from quizzes.api.attempts import sheet
from quizzes.api.fields import Strict, WholeNumber, Yes
from quizzes.assessment import flagging, responding, timing
from quizzes.assessment.responding import Given

MOST_RESPONSES = 500
_LARGEST_NUMBER = 32_767


class ResponseEntry(Strict):
    """An answer to one question."""

    question = WholeNumber(min_value=1, max_value=_LARGEST_NUMBER)
    sequence = WholeNumber(
        min_value=0,
        max_value=_LARGEST_NUMBER - 1,
        help_text="The number of the answer that this one follows; 0 for the first.",
    )
    answer = serializers.JSONField(
        help_text='`{"chosen": [places]}` for choices, `{"text": "…"}` for what is typed, '
        '`{"pairs": [a right or null for each left]}`, `{"order": [all places, first to last]}`, '
        '`{"gaps": [a text or a place for each]}`.'
    )
    is_sure = Yes(
        required=False, allow_null=True, help_text="Whether you are sure, where that is asked."
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
    seconds_left = serializers.IntegerField(
        allow_null=True, help_text="Until the deadline; null without a clock."
    )


class FlagBody(Strict):
    """A flag to set or to take away."""

    question = WholeNumber(min_value=1, max_value=_LARGEST_NUMBER)
    is_flagged = Yes()


class Flagged(serializers.Serializer[Any]):
    """A question and its flag."""

    question = serializers.IntegerField()
    is_flagged = serializers.BooleanField()


@extend_schema(
    operation_id="respond",
    request=ResponseBatch,
    responses={200: SavedResponses, **errors.answers(400, 401, 403, 404), 409: errors.Conflict},
)
@api_view(["POST"])
def responses(request: Request, attempt: UUID) -> Response:
    """Save answers: all of them, or none. The same answers sent again change nothing.

    What arrives after the deadline and its grace of 30 seconds is refused.
    """
    asked, found = asking.body(request, ResponseBatch), sheet(request, attempt)
    given = [
        Given(one["question"], one["answer"], one["sequence"], one.get("is_sure"))
        for one in asked["responses"]
    ]
    at = asking.arrived(request)
    responding.ensure_open(found.attempt, at)
    _check(given, responding.faults(found, given))
    saved = responding.save(found, given, at)
    rows = [{"question": position, "sequence": number} for position, number in saved.items()]
    left = timing.seconds_left(found.attempt, at)
    return Response(SavedResponses({"responses": rows, "seconds_left": left}).data)


@extend_schema(
    operation_id="flag",
    request=FlagBody,
    responses={200: Flagged, **errors.answers(400, 401, 403, 404, 409)},
)
@api_view(["POST"])
def flags(request: Request, attempt: UUID) -> Response:
    """Flag a question to come back to, or take its flag away."""
    asked, found = asking.body(request, FlagBody), sheet(request, attempt)
    flagging.flag(found, asked["question"], asked["is_flagged"])
    return Response(Flagged(asked).data)


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
