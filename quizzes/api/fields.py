"""The strict parts of what is read: JSON's own types only, and no name that is not declared."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, NoReturn
from uuid import UUID

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from quizzes.assessment import checking

_DIGITS = re.compile(r"[0-9]{1,18}", re.ASCII)
_FIRST_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)
_LAST_MOMENT = datetime(9000, 1, 1, tzinfo=UTC)  # room for any time zone before the calendar ends


class Strict(serializers.Serializer[Any]):
    """A shape that refuses names which it does not declare."""

    default_error_messages = {"unknown": _("There is no such name here.")}

    def to_internal_value(self, data: Any) -> Any:
        unknown = [name for name in data if name not in self.fields] if _is_object(data) else []
        if unknown:
            message = self.error_messages["unknown"]
            raise serializers.ValidationError({str(name): [message] for name in unknown}, "unknown")
        return super().to_internal_value(data)


class WholeNumber(serializers.IntegerField):
    """A number in JSON; neither text nor true nor 1.5 becomes one."""

    def to_internal_value(self, data: Any) -> int:
        if type(data) is not int:
            self.fail("invalid")
        return data


class Digits(serializers.IntegerField):
    """A number in an address: ASCII digits and nothing else."""

    def to_internal_value(self, data: Any) -> int:
        if not _DIGITS.fullmatch(str(data)):
            self.fail("invalid")
        return int(data)


class Yes(serializers.BooleanField):
    """True or false in JSON; no word or number becomes one."""

    def to_internal_value(self, data: Any) -> bool:
        if type(data) is not bool:
            self.fail("invalid", input=data)
        return data


class Uid(serializers.UUIDField):
    """A UUID as text."""

    def to_internal_value(self, data: Any) -> UUID:
        if not isinstance(data, str):
            self.fail("invalid", value=data)
        return super().to_internal_value(data)


class Instant(serializers.DateTimeField):
    """A moment in ISO 8601 with its offset from UTC, in this century or later."""

    default_error_messages = {
        "invalid": _("Write a moment with its offset, as in 2026-03-02T12:00:00Z."),
        "overflow": _("This moment is out of range."),
    }

    def to_internal_value(self, value: Any) -> datetime:
        moment = _moment(value)
        if moment is None or moment.tzinfo is None:
            self.fail("invalid")
        if not _FIRST_MOMENT <= moment < _LAST_MOMENT:
            self.fail("overflow")
        return moment.astimezone(UTC)


class Text(serializers.CharField):
    """Text in JSON; a number does not become text."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return str(super().to_internal_value(data))


@extend_schema_field(OpenApiTypes.OBJECT)
class RawAnswer(serializers.Field[Any, Any, Any, Any]):
    """What was typed or chosen at a flashcard."""

    default_error_messages = {
        "invalid": _('Write {{"text": "…"}} of at most 300 letters, or {{"chosen": [0]}}.'),
    }

    def to_internal_value(self, data: Any) -> Any:
        if not checking.is_answer(data):
            self.fail("invalid")
        return data

    def to_representation(self, value: Any) -> Any:
        return value


def refuse(name: str, message: Any, code: str = "invalid") -> NoReturn:
    """Refuse one named part of a request."""
    raise serializers.ValidationError({name: [message]}, code)


def _is_object(data: Any) -> bool:
    return isinstance(data, Mapping)


def _moment(value: Any) -> datetime | None:
    try:
        return parse_datetime(value) if isinstance(value, str) else None
    except ValueError:  # well formed, but on no calendar
        return None
