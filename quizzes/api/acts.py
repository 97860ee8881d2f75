"""Acts: what a device did to cards besides rating them is handed in, and any act undone."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from quizzes.api import asking, errors, reviews
from quizzes.api.fields import Instant, Strict, Text, Uid, WholeNumber, Yes
from quizzes.cards import acting, setting_aside, undoing
from quizzes.cards.acting import Act, Done
from quizzes.cards.models import Action, Card
from quizzes.items.models import Item
from quizzes.people.models import User

LARGEST_BATCH = 100

KINDS = [
    (Action.Kind.BURY.value, _("until tomorrow")),
    (Action.Kind.SUSPEND.value, _("set aside, or taken up again")),
    (Action.Kind.FLAG.value, _("marked with a color")),
    (Action.Kind.NOTE.value, _("a text kept with it")),
]

VALUES: dict[str, serializers.Field[Any, Any, Any, Any]] = {
    Action.Kind.SUSPEND: Yes(),
    Action.Kind.FLAG: WholeNumber(min_value=min(setting_aside.FLAGS), max_value=7),
    Action.Kind.NOTE: Text(max_length=setting_aside.LONGEST_NOTE, allow_blank=True),
}
"""What an act of a kind leaves; a burial needs no word."""


@extend_schema_field(
    {
        "oneOf": [
            {"type": "boolean"},
            {"type": "integer", "minimum": 0, "maximum": 7},
            {"type": "string", "maxLength": setting_aside.LONGEST_NOTE},
            {"type": "null"},
        ]
    }
)
class Value(serializers.Field[Any, Any, Any, Any]):
    """Whatever JSON holds; the act's kind says what it must be."""

    def to_internal_value(self, data: Any) -> Any:
        return data


class ActEntry(Strict):
    """One act as it was done."""

    uid = Uid(help_text="Made by you: the same act sent again stays one act.")
    item = Uid()
    kind = serializers.ChoiceField(KINDS)
    value = Value(
        required=False,
        allow_null=True,
        help_text="suspend: true to set aside, false to take up again. flag: 0 for none, 1 to 7. "
        "note: the text; an empty one takes it away. bury: nothing, it is until the day after.",
    )
    done_at = Instant(help_text="By the device's clock; never counted as later than received.")

    def validate(self, attrs: asking.Read) -> asking.Read:
        field, value = VALUES.get(attrs["kind"]), attrs.get("value")
        if field is None and value is not None:
            raise serializers.ValidationError({"value": [_("A burial has no value.")]})
        if field:
            attrs["value"] = _checked(field, value)
        return attrs


class ActBatch(Strict):
    """What a device has collected."""

    acts = serializers.ListField(child=ActEntry(), min_length=1, max_length=LARGEST_BATCH)


class StoredAct(serializers.Serializer[Any]):
    """An act as it is kept."""

    uid = serializers.UUIDField()
    item = serializers.UUIDField()
    kind = serializers.ChoiceField(Action.Kind.choices)
    done_at = serializers.DateTimeField()
    is_new = serializers.BooleanField(help_text="False where it was known before.")
    is_taken_back = serializers.BooleanField(help_text="It was undone: sending it changes nothing.")


class StoredActs(serializers.Serializer[Any]):
    """An act for each entry of the batch, in the batch's order."""

    acts = StoredAct(many=True)


class Undo(Strict):
    """What is to be undone."""

    uid = Uid(required=False, help_text="Of a review or an act; else the newest is undone.")


class TakenBack(serializers.Serializer[Action]):
    """The act that was undone."""

    kind = serializers.ChoiceField(Action.Kind.choices)
    item = serializers.UUIDField(source="card.item.uid")
    rating = serializers.IntegerField(source="review.rating", default=None, allow_null=True)
    review = serializers.UUIDField(source="review.uid", default=None, allow_null=True)
    act = serializers.UUIDField(
        source="uid", allow_null=True, help_text="Of an act that a device made."
    )


@extend_schema(
    operation_id="act",
    request=ActBatch,
    responses={200: StoredActs, **errors.answers(400, 401, 403, 404)},
)
@api_view(["POST"])
def acts(request: Request) -> Response:
    """Hand in 1 to 100 acts on cards. All are written, or none: one at fault is named by index."""
    asked, learner, at = asking.body(request, ActBatch), asking.learner(request), now()
    entries = asked["acts"]
    items = reviews.items_of(learner, entries)
    meant = [_act(learner, entry, items[entry["item"]], at) for entry in entries]
    return Response(StoredActs({"acts": _stored(acting.act(learner, meant, at))}).data)


@extend_schema(
    operation_id="undo",
    request=Undo,
    responses={200: TakenBack, **errors.answers(400, 401, 403, 409)},
)
@api_view(["POST"])
def undo(request: Request) -> Response:
    """Take back your newest act, or one that you name: a rating, or what else you did to a card."""
    asked = asking.body(request, Undo)
    action = undoing.undo(asking.learner(request), now(), uid=asked.get("uid"))
    return Response(TakenBack(action).data)


def _checked(field: serializers.Field[Any, Any, Any, Any], value: Any) -> Any:
    try:
        return field.run_validation(value)
    except serializers.ValidationError as error:
        raise serializers.ValidationError({"value": error.detail}) from error


def _act(learner: User, entry: asking.Read, item: Item, at: datetime) -> Act:
    kind, value = Action.Kind(entry["kind"]), entry.get("value")
    done_at = min(entry["done_at"], at)
    if kind == Action.Kind.BURY:
        value = setting_aside.day_after(learner, done_at)
    if kind == Action.Kind.NOTE:
        value = setting_aside.lawful_note(str(value))
    return Act(item, kind, value, entry["uid"], done_at)


def _stored(done: Sequence[Done]) -> list[asking.Read]:
    """Each act with its item, in one query."""
    actions = [(one.action, one.is_new) for one in done if one.action]
    cards = Card.objects.filter(pk__in={action.card_id for action, _new in actions})
    items = dict(cards.values_list("pk", "item__uid"))
    return [
        {
            "uid": action.uid,
            "item": items[action.card_id],
            "kind": action.kind,
            "done_at": action.done_at,
            "is_new": is_new,
            "is_taken_back": action.taken_back_at is not None,
        }
        for action, is_new in actions
    ]
