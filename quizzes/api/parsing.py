"""JSON of a size and depth that a client of ours could send."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from rest_framework import status
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import JSONParser
from rest_framework.request import Request


class TooLarge(APIException):
    """The body is longer than the site reads."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_detail = _("This request is too large.")
    default_code = "too_large"


class BoundedJSONParser(JSONParser):
    """JSON, refused unread when it is too long, and with a 400 when it is nested too deeply."""

    def parse(
        self, stream: Any, media_type: str | None = None, parser_context: Any = None
    ) -> dict[str, Any]:
        request: Request = (parser_context or {})["request"]
        if _length(request) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise TooLarge
        try:
            return super().parse(stream, media_type, parser_context)
        except RecursionError as error:
            raise ParseError(_("This is nested too deeply.")) from error


def _length(request: Request) -> int:
    """The declared length; without one nothing of a body is read at all."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isdecimal() else 0
