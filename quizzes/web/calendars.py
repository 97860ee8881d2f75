"""/calendar/<key>.ics : somebody's deadlines, for the calendar program that holds the key."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from quizzes.exchange import deadlines
from quizzes.exchange.formats.calendars import calendar_bytes
from quizzes.people import subscribing


@never_cache
@require_safe
def calendar(request: HttpRequest, key: UUID) -> HttpResponse:
    """The calendar that a key opens; no page for one that opens nothing, or nothing any more."""
    person, at = subscribing.holder(key), now()
    if person is None:
        raise Http404
    site = request.build_absolute_uri("/").rstrip("/")
    found = deadlines.entries(person, at, site, settings.HOST)
    answer = HttpResponse(
        calendar_bytes(_("Reading Room"), found, at), content_type="text/calendar; charset=utf-8"
    )
    answer["Content-Disposition"] = 'inline; filename="reading-room.ics"'
    return answer
