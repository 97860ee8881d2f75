"""Requests are stamped, a rule's no becomes a page, and forms are read as what they are."""

from collections.abc import Callable
from datetime import datetime
from typing import cast

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import now

from quizzes.refusal import Refusal

CONFLICT = 409
READS = ("GET", "HEAD")


class ArrivalMiddleware:
    """Stamps each request with the moment of its arrival, before anything else costs time.

    A deadline is kept by this stamp alone: what came in time counts, however long it is worked on.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.arrived_at = now()  # type: ignore[attr-defined]
        return self.get_response(request)


def arrival(request: HttpRequest) -> datetime:
    """When a request arrived, by the server's clock."""
    return cast(datetime, request.arrived_at)  # type: ignore[attr-defined]


class RefusalMiddleware:
    """Answers a `Refusal` with 409: a page, or to a script the reason alone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refusal):
            return None
        if not request.accepts("text/html"):
            return JsonResponse({"detail": str(exception.message)}, status=CONFLICT)
        context = {
            "refusal": exception.message,
            "back": _back(request),
            "is_read": request.method in READS,
        }
        return render(request, "409.html", context, status=CONFLICT)


class CharsetMiddleware:
    """Refuses forms that name another encoding than ours: some can spell what is no text."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_form = request.content_type == "multipart/form-data"
        if is_form and (request.encoding or "utf-8").lower() not in {"utf-8", "utf8"}:
            raise BadRequest("Forms are written in UTF-8.")
        return self.get_response(request)


def _back(request: HttpRequest) -> str:
    """The page of this site on which the request was made: it still holds what was typed."""
    page = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(
        page, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return page if page and is_ours else reverse("landing")
