"""Why results cannot be released yet, as the verb would say it; and what they would tell."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.assessment import reserving, timing
from quizzes.assessment.models import Assignment
from quizzes.web import clocks


def tells_elsewhere(given: Assignment, at: datetime) -> bool:
    """Whether to release it tells marks of questions that something else still keeps back.

    At most two queries.
    """
    if not given.is_graded or given.released_at:
        return False
    students = given.classroom.enrollments.students().order_by().values("user")
    return reserving.is_kept_back(given, students, at)


def obstacles(
    last: datetime | None, unmarked: int, at: datetime, zones: tuple[str, str]
) -> list[str]:
    """What stands in the way of releasing what closes for the last of its class then."""
    found = []
    if last is None:
        found.append(_("It has no closing yet: set one, and results are released after it."))
    elif last + timing.GRACE >= at:
        closes = clocks.moment(last, *zones)
        found.append(_("Somebody may still sit it: it closes on %(closes)s.") % {"closes": closes})
    if unmarked:
        found.append(
            ngettext(
                "%(n)s answer is to be marked first.",
                "%(n)s answers are to be marked first.",
                unmarked,
            )
            % {"n": unmarked}
        )
    return found
