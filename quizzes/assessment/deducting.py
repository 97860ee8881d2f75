"""Deducting: what wrong tries and a hint take off a question's mark.

It is worked out here and nowhere else, so that pages, tallies and recounts agree.
"""

from quizzes.assessment import terms
from quizzes.assessment.grading import Grade
from quizzes.assessment.sheets import Question
from quizzes.items.fractions import FULL_FRACTION

WHOLE = 100


def left(fraction: int, penalty_percent: int, wrong_tries: int, *, is_hinted: bool) -> int:
    """What is left of a fraction: a penalty for each wrong try before it and one for a hint.

    In units of 10⁻⁷; a penalty takes nothing below 0.
    """
    lost = FULL_FRACTION * penalty_percent * (wrong_tries + is_hinted) // WHOLE
    return fraction if lost == 0 or fraction <= 0 else max(0, fraction - lost)


def wrong_tries(question: Question, sequence: int | None = None) -> int:
    """How many checked answers were wrong before the newest, or before the one of that number."""
    served = question.served
    number = question.sequence if sequence is None else sequence
    is_checked = 0 < number <= served.checked_sequence
    return max(0, served.tries - is_checked)


def earned(question: Question, grade: Grade, sequence: int | None = None) -> int | None:
    """What an answer earns that was graded so: the newest, or the one that gets that number.

    No fraction stays none: nobody has marked it.
    """
    if grade.fraction is None or grade.is_given:
        return grade.fraction
    rules = terms.of(question.served.attempt)
    tries = wrong_tries(question, sequence)
    return left(grade.fraction, rules.penalty_percent, tries, is_hinted=question.served.is_hinted)
