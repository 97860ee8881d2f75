"""/today/ : what is due, what is known, which days were studied."""

from datetime import datetime
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from quizzes.analytics import chapters
from quizzes.analytics.glances import glance
from quizzes.assessment import assigning_cards
from quizzes.people.models import Notice, User
from quizzes.web import briefings, day_charts, showing, week_words

NOTICES_SHOWN = 5


@never_cache
@login_required
@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """The learner's day at a glance."""
    learner, at = cast("User", request.user), now()
    seen = glance(learner, at, _chapters(learner, at))
    given = [briefings.briefing(one, learner, at) for one in seen.given]
    context = {
        "seen": seen,
        "minutes": seen.calendar.minutes_for(seen.ready),
        "calendar": seen.calendar,
        "study_days": day_charts.days(seen.calendar),
        "coming": seen.coming,
        "week": week_words.sentences(seen, given),
        "given": given,
        "offers": seen.offers,
        "pause": None if seen.ready else showing.pause_until(seen.until, learner, at),
        "notices": Notice.objects.unread(learner)[: NOTICES_SHOWN + 1],
        "notices_shown": NOTICES_SHOWN,
        "place": "today",
    }
    return render(request, "quizzes/today.html", context)


def _chapters(learner: User, at: datetime) -> list[Any]:
    """What the learner studies, with what a class gave since they were here last."""
    found = chapters.at_hand(learner, at)
    if all(one.is_planned for one in found):
        return found
    assigning_cards.take_up(learner, at)
    return chapters.at_hand(learner, at)
