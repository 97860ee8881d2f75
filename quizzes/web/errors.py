"""Pages for what cannot be answered: a request that makes no sense, and a form that has expired."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

_TOKEN = "csrfmiddlewaretoken"  # noqa: S105  # a field's name
_SECRET = "password"  # noqa: S105
BAD_REQUEST, FORBIDDEN = 400, 403


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, in the reader's own colors."""
    return render(request, "400.html", status=BAD_REQUEST)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that was opened before its sender signed in or out.

    What was typed is kept, ready to be sent again: all but passwords, and only if the browser
    says that it was typed on this site, so that no other site can fill in a form here.
    """
    is_ours = _is_from_here(request)
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        if is_ours and name != _TOKEN and _SECRET not in name
        for value in values
    ]
    context = {"typed": typed, "reason": reason}
    return render(request, "403_csrf.html", context, status=FORBIDDEN)


def _is_from_here(request: HttpRequest) -> bool:
    said = request.headers.get("Origin") or request.headers.get("Referer") or ""
    origin = urlsplit(said)
    return (origin.scheme, origin.netloc) == (request.scheme, request.get_host())
