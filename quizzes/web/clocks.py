"""Moments and lengths of time in words: on the reader's clock, and on the class's beside it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.assessment import timing
from quizzes.assessment.models import Assignment
from quizzes.people.models import Enrollment

MINUTE, HOUR = 60, 3_600
WHOLE = 100


def moment(at: datetime, zone: str, other: str = "") -> str:
    """“Friday 6 March, 18:00 (Europe/Berlin)”; the other zone's clock too where it differs.

    Its year is told where that is not this one.
    """
    here = at.astimezone(ZoneInfo(zone))
    is_of_this_year = here.year == now().astimezone(ZoneInfo(zone)).year
    form = "l j F, H:i" if is_of_this_year else "l j F Y, H:i"
    said = _("%(when)s (%(zone)s)") % {"when": date_format(here, form), "zone": zone}
    there = at.astimezone(ZoneInfo(other)) if other else here
    if there.utcoffset() == here.utcoffset():
        return said
    form = "H:i" if there.date() == here.date() else form
    return _("%(here)s, which is %(there)s in the class’s zone (%(zone)s)") % {
        "here": said,
        "there": date_format(there, form),
        "zone": other,
    }


def length(time: timedelta) -> str:
    """“45 minutes”, “2 hours 30 minutes”; below a minute in seconds."""
    seconds = int(time.total_seconds())
    hours, minutes = divmod(seconds // MINUTE, 60)
    said = []
    if hours:
        said.append(ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours})
    if minutes:
        said.append(ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes})
    if not said:
        said.append(ngettext("%(n)s second", "%(n)s seconds", seconds) % {"n": seconds})
    return " ".join(said)


def countdown(time: timedelta) -> str:
    """What a clock shows that has so long to run: “45:00”, “1:30:00”."""
    seconds = max(0, int(time.total_seconds()))
    hours, rest = divmod(seconds, HOUR)
    minutes, seconds = divmod(rest, MINUTE)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def allowed(assignment: Assignment, place: Enrollment) -> str:
    """How long a student may take, extra time told apart; nothing where there is no limit."""
    if assignment.time_limit_minutes is None:
        return ""
    base = timedelta(minutes=assignment.time_limit_minutes)
    whole = timing.limit(assignment, place)
    if whole is None:
        return _("no limit for you; the class has %(base)s") % {"base": length(base)}
    if whole == base:
        return length(base)
    return _("%(whole)s, of which %(more)s are your extra time (×%(factor)s)") % {
        "whole": length(whole),
        "more": length(whole - base),
        "factor": factor(place),
    }


def factor(place: Enrollment) -> str:
    """“1.5”: by how much a student's time is multiplied."""
    return f"{place.time_percent / WHOLE:.2f}".rstrip("0").rstrip(".")


def more_time(place: Enrollment) -> str:
    """A student's accommodation: “×1.5 time · 2 extra days”; nothing without one."""
    said = []
    if place.has_no_limit:
        said.append(_("no time limit"))
    elif place.time_percent > WHOLE:
        said.append(_("×%(factor)s time") % {"factor": factor(place)})
    if days := place.extra_days:
        said.append(ngettext("%(n)s extra day", "%(n)s extra days", days) % {"n": days})
    return " · ".join(said)
