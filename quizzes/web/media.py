"""/media/ : pictures that people keep, for those who may see their books."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from quizzes.content.models import Media
from quizzes.web import readers

A_YEAR = 365 * 24 * 3600


@require_safe
def picture(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The bytes of a picture. They never change, so a browser may keep them, for its user alone."""
    found = get_object_or_404(Media.objects.visible_to(readers.reader(request)), uid=uid)
    with found.file.open("rb") as file:
        answer = HttpResponse(file.read(), content_type=found.media_type)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = f"private, max-age={A_YEAR}, immutable"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer
