"""Expiring: an attempt whose time has run out is handed in with what was saved.

That happens whenever somebody looks at it, so nothing depends on a clock of ours that ticks; a
sweep from time to time does the same for attempts that nobody looks at. Either way the result is
the same: it was handed in at its deadline.
"""

from datetime import datetime
from uuid import UUID

from quizzes.assessment import attempting, sheets, timing
from quizzes.assessment.attempting import AnswersChanged
from quizzes.assessment.models import Attempt, Served
from quizzes.assessment.sheets import Sheet
from quizzes.people.models import User
from quizzes.refusal import Refusal


def find(learner: User, uid: UUID, at: datetime) -> Sheet | None:
    """A learner's own attempt, handed in first if its time has run out; none if there is none."""
    sheet = sheets.find(learner, uid)
    return settle(sheet, at) if sheet else None


def settle(sheet: Sheet, at: datetime) -> Sheet:
    """The sheet as it stands at this moment: handed in, if its time has run out."""
    if sheet.attempt.handed_in_at or not timing.is_up(sheet.attempt, at):
        return sheet
    try:
        attempting.hand_in(sheet, at)
    except AnswersChanged:  # an answer that came in time was saved just now
        attempting.hand_in(sheets.of(sheet.attempt), at)
    return sheets.of(sheet.attempt)


def sweep(at: datetime) -> int:
    """Hand in all attempts whose time has run out, each by itself; tells how many that were.

    Those that came to a refusal are left for the next sweep.
    """
    overdue = Attempt.objects.overdue(at - timing.GRACE - timing.TURN).order_by("deadline_at", "pk")
    return sum(_sweep(pk, at) for pk in overdue.values_list("pk", flat=True))


def _sweep(pk: int, at: datetime) -> bool:
    found = sheets.questions(Served.objects.filter(attempt=pk).order_by("position"))
    if not found:
        return False  # its learner was deleted meanwhile
    try:
        settle(Sheet(found[0].served.attempt, found), at)
    except Refusal:
        return False
    return True
