"""Differing: what of an assignment's terms is other than before, in words."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.assessment.models import Assignment
from quizzes.people.models import Classroom

NAMES: dict[str, str | Promise] = {
    "opens_at": gettext_lazy("opens"),
    "closes_at": gettext_lazy("closes"),
    "time_limit_minutes": gettext_lazy("minutes"),
    "attempts_allowed": gettext_lazy("attempts"),
    "counting": gettext_lazy("what counts"),
    "is_graded": gettext_lazy("graded"),
    "is_forward_only": gettext_lazy("no way back"),
    "asks_confidence": gettext_lazy("asks how sure"),
    "tries": gettext_lazy("tries"),
    "penalty_percent": gettext_lazy("per cent for a further try"),
    "late_days": gettext_lazy("late days"),
    "late_percent": gettext_lazy("per cent a late day"),
    "answer_from": gettext_lazy("own answers shown"),
    "correctness_from": gettext_lazy("right and wrong shown"),
    "score_from": gettext_lazy("score shown"),
    "key_from": gettext_lazy("right answers shown"),
    "explanation_from": gettext_lazy("explanations shown"),
}
"""Each of the terms by its column; a password is never repeated."""


def changes(before: Assignment, after: Assignment, at: datetime) -> list[str]:
    """“closes: 9 March, 18:00 → 10 March, 18:00”, one for each of the terms that differ."""
    return [*_changes(before, after, at)]


def moment(told: datetime, classroom: Classroom, at: datetime) -> str:
    """“9 March, 18:00”, on the clock of the class; with the year where it is not that of `at`."""
    zone = ZoneInfo(classroom.time_zone)
    there = told.astimezone(zone)
    is_of_this_year = there.year == at.astimezone(zone).year
    return date_format(there, "j F, H:i" if is_of_this_year else "j F Y, H:i")


def _changes(before: Assignment, after: Assignment, at: datetime) -> Iterator[str]:
    for column, name in NAMES.items():
        if getattr(before, column) != getattr(after, column):
            yield f"{name}: {_said(before, column, at)} → {_said(after, column, at)}"
    if before.password != after.password:
        yield _("another password")


def _said(assignment: Assignment, column: str, at: datetime) -> str:
    value: Any = getattr(assignment, column)
    display = getattr(assignment, f"get_{column}_display", None)
    match value:
        case None:
            return _("none")
        case bool():
            return _("yes") if value else _("no")
        case datetime():
            return moment(value, assignment.classroom, at)
    return str(display() if display else value)
