"""What a page tells of the time that is left for an attempt."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from zoneinfo import ZoneInfo

from django.utils.formats import date_format

from quizzes.assessment import timing
from quizzes.assessment.models import Attempt
from quizzes.people.models import Enrollment, User
from quizzes.web import clocks


@dataclass(frozen=True, slots=True)
class Clock:
    """Until when one may answer; `factor` says by how much one's time was extended, if it was."""

    until: str
    time_left: timedelta
    factor: str

    @property
    def left(self) -> str:
        """“14:32” or “1:14:32”."""
        return clocks.countdown(self.time_left)

    @property
    def ms_left(self) -> int:
        """Rounded up: the page's clock cuts nobody off before the server's."""
        return ceil(self.time_left / timedelta(milliseconds=1))


def clock(attempt: Attempt, at: datetime) -> Clock | None:
    """The clock of an attempt, or none where none runs; at most one query."""
    if attempt.deadline_at is None:
        return None
    left = max(timedelta(0), attempt.deadline_at - at)
    return Clock(said(attempt.deadline_at, attempt.learner, at), left, _factor(attempt))


def said(moment: datetime, learner: User, at: datetime) -> str:
    """“14:32:10” on the learner's clock, with the day before it where that is another one."""
    zone = ZoneInfo(learner.time_zone)
    here, today = moment.astimezone(zone), at.astimezone(zone).date()
    return date_format(here, "H:i:s" if here.date() == today else "l j F, H:i:s")


def _factor(attempt: Attempt) -> str:
    given = attempt.assignment
    if given is None or given.time_limit_minutes is None:
        return ""
    place = Enrollment.objects.filter(classroom=given.classroom_id, user=attempt.learner).first()
    if place is None or place.has_no_limit or place.time_percent == timing.WHOLE:
        return ""
    return clocks.factor(place)
