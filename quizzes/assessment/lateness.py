"""Lateness: how many days after it was due an attempt was handed in, with all that its learner has.

What is late costs nothing here: `counting` takes that off when scores are counted.
"""

from datetime import datetime

from quizzes.assessment import sheets, timing
from quizzes.assessment.models import Assignment, Attempt, Extension, Served
from quizzes.assessment.sheets import Sheet
from quizzes.people.models import Enrollment


def days_late(sheet: Sheet) -> int:
    """The days of an attempt that has its moment of handing in; two queries, if it may be late.

    Where time ran out nobody handed in: there the last answer says when its learner was done.
    """
    attempt = sheet.attempt
    given, done_at = attempt.assignment, _done_at(sheet)
    if given is None or given.closes_at is None or done_at <= given.closes_at:
        return 0
    place = Enrollment.objects.filter(user=attempt.learner_id, classroom=given.classroom_id).first()
    own = Extension.objects.filter(assignment=given, learner=attempt.learner_id).first()
    return timing.days_late(given, timing.due(given, place or Enrollment(), own), done_at)


def relent(assignment: Assignment) -> int:
    """Count the days of what was late anew, fewer and never more; tells how many attempts moved.

    For when an assignment or a student's own closing was moved.
    """
    late = Served.objects.filter(attempt__assignment=assignment, attempt__days_late__gt=0)
    eased = []
    for sheet in sheets.each(late.order_by("attempt", "position")):
        sheet.attempt.assignment = assignment
        if (days := days_late(sheet)) < sheet.attempt.days_late:
            sheet.attempt.days_late = days
            eased.append(sheet.attempt)
    Attempt.objects.bulk_update(eased, ["days_late"])
    return len(eased)


def _done_at(sheet: Sheet) -> datetime:
    attempt = sheet.attempt
    if attempt.handed_in_at and not attempt.is_timed_out:
        return attempt.handed_in_at
    saved = (one.saved_at for one in sheet.questions if one.saved_at)
    return max(saved, default=attempt.started_at)
