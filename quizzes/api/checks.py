"""Checks: whether what was typed or chosen at a flashcard is right, before it is rated."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.timezone import now
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from quizzes.api import asking, errors
from quizzes.api.fields import RawAnswer, Strict, Uid
from quizzes.assessment import checking
from quizzes.items.models import Item


class CheckRequest(Strict):
    """An answer to a card."""

    item = Uid()
    answer = RawAnswer(
        help_text='What was typed, as `{"text": "…"}`, or chosen, as `{"chosen": [2]}`.'
    )


class Checked(serializers.Serializer[Any]):
    """What a machine makes of it."""

    is_right = serializers.BooleanField(allow_null=True, help_text="Null where none can tell.")


@extend_schema(
    operation_id="review_check",
    request=CheckRequest,
    responses={200: Checked, **errors.answers(400, 401, 403, 404)},
)
@api_view(["POST"])
def check(request: Request) -> Response:
    """Whether an answer to one of your cards is right; nothing is written down.

    Of what a quiz of yours asks just now nothing is told.
    """
    asked, learner = asking.body(request, CheckRequest), asking.learner(request)
    items = Item.objects.visible_to(learner).cards().select_related("revision")
    item = get_object_or_404(items, uid=asked["item"])
    [is_right] = checking.checked(learner, [(item, asked["answer"])], now())
    return Response(Checked({"is_right": is_right}).data)
