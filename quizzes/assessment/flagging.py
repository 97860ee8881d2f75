"""Flagging: a learner marks a question of an open attempt to come back to."""

from quizzes.assessment import responding
from quizzes.assessment.models import Served
from quizzes.assessment.sheets import Question, Sheet


def flag(sheet: Sheet, position: int, is_flagged: bool) -> Question:
    """Set or take away the flag of a question; the same again changes nothing.

    Refuses with `AlreadyHandedIn`, and with `WrongShape` where there is no such question.
    """
    responding.ensure_open(sheet.attempt)
    question = responding.asked(sheet, position)
    Served.objects.filter(pk=question.served.pk).update(is_flagged=is_flagged)
    question.served.is_flagged = is_flagged
    return question
