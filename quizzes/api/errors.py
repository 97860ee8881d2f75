"""One shape for every no: `detail` for people, `code` for programs, `errors` for what was sent."""

import re
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import serializers, status
from rest_framework.exceptions import APIException, ErrorDetail, NotFound, ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler, set_rollback

from quizzes.api.parsing import TooLarge
from quizzes.assessment.responding import AnsweredElsewhere
from quizzes.refusal import Refusal

type Path = tuple[str | int, ...]


class FieldError(serializers.Serializer[Any]):
    """What is wrong with one part of a request."""

    index = serializers.IntegerField(
        allow_null=True, help_text="The entry of a batch, from 0; null elsewhere."
    )
    field = serializers.CharField(help_text="The name of the field or parameter; may be empty.")
    message = serializers.CharField()
    code = serializers.CharField()


class Problem(serializers.Serializer[Any]):
    """Why a request was not carried out; nothing was changed."""

    detail = serializers.CharField(help_text="For people.")
    code = serializers.CharField(help_text="For programs: it stays when the words change.")
    errors = FieldError(  # type: ignore[assignment]  # the metaclass takes fields off the class
        many=True, required=False, help_text="Where single fields are at fault."
    )


class ConflictEntry(serializers.Serializer[Any]):
    """An answer that was saved elsewhere, which the one that was sent would overwrite unseen."""

    question = serializers.IntegerField()
    sequence = serializers.IntegerField(help_text="The number of the newest answer.")
    answer = serializers.JSONField(help_text="The newest answer, as it was given.")
    says = serializers.CharField(help_text="Both answers in words, for people.")


class Conflict(Problem):
    """Why answers were not saved."""

    conflicts = ConflictEntry(
        many=True, required=False, help_text="Where `code` is `answered_elsewhere`."
    )


class NoSuchItem(NotFound):
    """An entry of a batch names an item that does not exist, or that its sender cannot see."""

    def __init__(self, place: int) -> None:
        detail: Any = {"reviews": {place: {"item": [_("There is no such item.")]}}}
        super().__init__(detail)


def answers(*statuses: int) -> dict[int, type[Problem]]:
    """The refusals that an operation documents, for its schema."""
    return dict.fromkeys(statuses, Problem)


def answer(exc: Exception, context: dict[str, Any]) -> Response | None:
    """The answer to anything that was raised: a refusal is 409, a fault of ours stays one."""
    if isinstance(exc, Refusal):
        set_rollback()
        told = {"detail": str(exc), "code": _code(exc)} | _conflicts(exc)
        return Response(told, status=status.HTTP_409_CONFLICT)
    if isinstance(exc, Http404):
        exc = Http404()  # what was looked for is nobody's business
    if isinstance(exc, RequestDataTooBig):
        exc = TooLarge()
    response = exception_handler(exc, context)
    if response is not None:
        response.data = _problem(response.data, exc)
    return response


def _conflicts(refusal: Refusal) -> dict[str, Any]:
    """Both versions of what was answered elsewhere."""
    if not isinstance(refusal, AnsweredElsewhere):
        return {}
    rows = [
        {
            "question": position,
            "sequence": sequence,
            "answer": raw,
            "says": refusal.says[position],
        }
        for position, (raw, sequence) in refusal.both.items()
    ]
    return {"conflicts": ConflictEntry(rows, many=True).data}


def _code(refusal: Refusal) -> str:
    """A refusal's name in words: AlreadyAnswered is `already_answered`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", type(refusal).__name__).lower()


def _problem(data: Any, exc: Exception) -> dict[str, Any]:
    """The one shape, from what the framework answers: a `detail` alone, or messages by field."""
    if isinstance(data, dict) and isinstance(data.get("detail"), ErrorDetail):
        return {"detail": data["detail"], "code": data["detail"].code}
    kind = type(exc) if isinstance(exc, APIException) else ValidationError
    errors = [_field_error(path, message) for path, message in _messages(data)]
    return {"detail": str(kind.default_detail), "code": kind.default_code, "errors": errors}


def _messages(data: Any, path: Path = ()) -> Iterator[tuple[Path, ErrorDetail]]:
    if isinstance(data, dict):
        for name, inner in data.items():
            yield from _messages(inner, (*path, name))
    elif isinstance(data, list):
        for place, inner in enumerate(data):
            is_message = isinstance(inner, ErrorDetail)
            yield from _messages(inner, path if is_message else (*path, place))
    else:
        yield path, data


def _field_error(path: Path, message: ErrorDetail) -> dict[str, Any]:
    index = next((part for part in path if isinstance(part, int)), None)
    names = [part for part in path if isinstance(part, str) and part != "non_field_errors"]
    own = names[-1] if names else ""
    return {
        "index": index,
        "field": _writable(own),
        "message": _writable(message),
        "code": message.code,
    }


def _writable(text: str) -> str:
    """What was sent may be told of only as far as it can be written: not halves of letters."""
    return text.encode(errors="replace").decode()
