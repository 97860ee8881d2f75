"""Witnessing: what an attempt shows of its learner's memory.

A graded attempt bears on cards when its results are released, any other as it is handed in. What
was left without an answer was not known; of nothing but blanks nothing is known. Right is what
was right at the first try and without a hint. What no machine could mark says nothing of one
card; when time ran out, answers are written down and move nothing.
"""

from uuid import uuid5

from quizzes.assessment import deducting
from quizzes.assessment.answering import CHOICE_KINDS, CLOZE, ESSAY
from quizzes.assessment.models import Attempt
from quizzes.assessment.sheets import Question, Sheet
from quizzes.cards.models import Review
from quizzes.cards.weighing import Evidence
from quizzes.items.fractions import FULL_FRACTION


def waits(attempt: Attempt) -> bool:
    """Whether an attempt bears on cards only when its results are released."""
    return attempt.assignment is not None and attempt.assignment.is_graded


def evidence(sheet: Sheet) -> list[Evidence]:
    """One for each question that a machine marks; none where nothing was answered."""
    if len(sheet.unanswered) == len(sheet.questions):
        return []
    return [
        Evidence(
            uid=uuid5(sheet.attempt.uid, str(one.position)),
            item_id=one.served.revision.item_id,
            revision_id=one.served.revision_id,
            is_right=_is_right(one),
            kind=_kind(one),
            moves=not sheet.attempt.is_timed_out,
        )
        for one in sheet.questions
        if _is_marked(one)
    ]


def _is_marked(one: Question) -> bool:
    return one.kind != ESSAY and (one.served.fraction is not None or not one.is_answered)


def _is_right(one: Question) -> bool:
    is_first = deducting.wrong_tries(one) == 0 and not one.served.is_hinted
    return is_first and one.served.fraction == FULL_FRACTION


def _kind(one: Question) -> Review.Evidence:
    """What was typed, matched or put in order is not hit upon by chance, as a choice may be."""
    if not one.is_answered:
        return Review.Evidence.NONE
    return Review.Evidence.TYPED if _is_recalled(one) else Review.Evidence.CHOICE


def _is_recalled(one: Question) -> bool:
    if one.kind == CLOZE:
        return not all(one.served.orders)
    return one.kind not in CHOICE_KINDS
