"""/today/ : what is due, what is known, which days were studied."""

from collections.abc import Iterable
from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from quizzes.analytics import card_assignments, progress, results, sittings
from quizzes.analytics.progress import Calendar
from quizzes.assessment import assigning_cards, reserving
from quizzes.cards import aiming, prospecting, queueing
from quizzes.cards.aiming import Aim
from quizzes.cards.desk import sit_down
from quizzes.cards.queueing import Counts
from quizzes.people.models import Notice, User
from quizzes.web import briefings, showing

QUIZZES_SHOWN, NOTICES_SHOWN = 4, 5
MUCH, FEWEST = 2, 20
"""A backlog is so many times the cards of the learner's usual day, and more than these."""


@never_cache
@login_required
@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """The learner's day at a glance."""
    learner, at = cast("User", request.user), now()
    to_meet = card_assignments.of_learner(learner, at)
    if not all(one.is_planned for one in to_meet):
        assigning_cards.take_up(learner, at)
    desk = sit_down(learner, at, reserved=reserving.reserved(learner, at))
    day, aims = desk.today, aiming.aims(desk)
    counts = queueing.left_at(desk, aims)
    due = counts.learning + counts.review
    ready = due + counts.new
    taken = results.recent(learner, since=progress.first_day(day))
    calendar = progress.calendar(learner, day, (one.day for one in taken))
    context = {
        "day": day,
        "counts": counts,
        "ready": ready,
        "minutes": calendar.minutes(ready),
        "calendar": calendar,
        "chapters": progress.planned(learner),
        "given": [briefings.briefing(one, learner, at) for one in sittings.at_hand(learner, at)],
        "to_meet": to_meet,
        "offers": results.to_take(learner, QUIZZES_SHOWN),
        "coming": progress.coming(learner, day, due),
        "backlog": _backlog(counts, aims, calendar),
        "exams": prospecting.prospects(desk, aims),
        "pause": None if ready else showing.pause(learner, at),
        "notices": Notice.objects.unread(learner)[: NOTICES_SHOWN + 1],
        "notices_shown": NOTICES_SHOWN,
        "place": "today",
    }
    return render(request, "quizzes/today.html", context)


def _backlog(counts: Counts, aims: Iterable[Aim], calendar: Calendar) -> int:
    """How many due cards wait if that is a backlog, else 0; what an exam asks for is none."""
    waiting = counts.review - sum(aim.chosen_known for aim in aims)
    usual = calendar.reviews / max(1, len(calendar.days))
    return waiting if waiting > max(FEWEST, MUCH * usual) else 0
