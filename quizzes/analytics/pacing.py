"""The pace at which a learner studies, and on which days."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Sum

from quizzes.analytics import study_days
from quizzes.cards.models import DayOff, DayTally
from quizzes.cards.simulating import Habits

if TYPE_CHECKING:
    from quizzes.people.models import User

SECONDS_OF_A_NEW_CARD = 35.0
"""What a new card takes at the usual pace, its repeats on the same day with it."""


def habits(learner: User, today: date) -> Habits:
    """The learner's own pace, the usual one where little is known of it; two queries."""
    since = study_days.first_day(today)
    rows = DayTally.objects.between(learner, since, today).order_by()
    sums = rows.aggregate(reviews=Sum("reviews"), spent=Sum("duration_ms"))
    seconds = (sums["spent"] or 0) / 1000
    reviews = sums["reviews"] if seconds else 0  # a browser without scripts measures no time
    trusted, usual = study_days.CARDS_TRUSTED, study_days.USUAL_SECONDS
    pace = (seconds + trusted * usual) / (reviews + trusted)
    off = DayOff.objects.filter(learner=learner, day__gte=today).order_by("day")
    return Habits(
        seconds_a_review=pace,
        seconds_a_new_card=pace * SECONDS_OF_A_NEW_CARD / usual,
        week=learner.week,
        days_off=frozenset(day.toordinal() for day in off.values_list("day", flat=True)),
    )
