"""Onward: where there is no way back, a question that is left behind stays as it is."""

from quizzes.assessment import responding, terms
from quizzes.assessment.models import Attempt
from quizzes.assessment.sheets import Sheet


def reach(sheet: Sheet, position: int) -> Attempt:
    """Go on to a question of a forward-only attempt; never back, and elsewhere nothing happens.

    Refuses with `AlreadyHandedIn`, and with `WrongShape` where there is no such question.
    """
    attempt = sheet.attempt
    responding.ensure_open(attempt)
    responding.asked(sheet, position)
    if terms.of(attempt).is_forward_only and position > attempt.reached:
        Attempt.objects.open().filter(pk=attempt.pk, reached__lt=position).update(reached=position)
        attempt.reached = position
    return attempt
