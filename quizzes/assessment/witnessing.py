"""Witnessing: what an attempt shows of its learner's memory.

A graded attempt bears on cards when its results are released, any other as it is handed in. What
was left without an answer was not known; of nothing but blanks nothing is known. Right is what
was right at the first try and without a hint. What no machine could mark says nothing of one
card; when time ran out, answers are written down and move nothing.
"""

from dataclasses import replace
from types import MappingProxyType
from uuid import UUID, uuid5

from quizzes.assessment import deducting
from quizzes.assessment.answering import CHOICE_KINDS, CLOZE, ESSAY
from quizzes.assessment.models import Attempt
from quizzes.assessment.remarking import Standings
from quizzes.assessment.sheets import Question, Sheet
from quizzes.cards.models import Review
from quizzes.cards.reweighing import Told
from quizzes.cards.weighing import Evidence
from quizzes.items.fractions import FULL_FRACTION

_AS_MARKED: Standings = MappingProxyType({})
"""Nothing was regraded: every question stands as its row says."""


def waits(attempt: Attempt) -> bool:
    """Whether an attempt bears on cards only when its results are released."""
    return attempt.assignment is not None and attempt.assignment.is_graded


def evidence(sheet: Sheet, stand: Standings = _AS_MARKED) -> list[Evidence]:
    """One for each question that a machine marks; none where nothing was answered.

    It says what the question earned by its own key: `told_again` says what regrades make of it.
    """
    if len(sheet.unanswered) == len(sheet.questions):
        return []
    return [
        _evidence(sheet, one, own)
        for one in sheet.questions
        if _is_marked(one, own := _own(one, stand))
    ]


def told_again(sheet: Sheet, stand: Standings) -> Told:
    """The same evidence as the regrades in force have it."""
    mute = {position for position, one in stand.items() if one.is_mute}
    found = {_uid(sheet, one): one for one in sheet.questions}
    return Told(
        sheet.attempt.learner_id,
        sheet.attempt.handed_in_at or sheet.attempt.started_at,
        [
            replace(one, is_right=_is_right(question, question.served.fraction))
            for one in evidence(sheet, stand)
            for question in [found[one.uid]]
        ],
        frozenset(uid for uid, one in found.items() if one.position in mute),
    )


def _evidence(sheet: Sheet, one: Question, fraction: int | None) -> Evidence:
    return Evidence(
        uid=_uid(sheet, one),
        item_id=one.served.revision.item_id,
        revision_id=one.served.revision_id,
        is_right=_is_right(one, fraction),
        kind=_kind(one),
        moves=not sheet.attempt.is_timed_out,
    )


def _uid(sheet: Sheet, one: Question) -> UUID:
    return uuid5(sheet.attempt.uid, str(one.position))


def _own(one: Question, stand: Standings) -> int | None:
    """What a question earned by its own key."""
    return stand[one.position].own if one.position in stand else one.served.fraction


def _is_marked(one: Question, fraction: int | None) -> bool:
    return one.kind != ESSAY and (fraction is not None or not one.is_answered)


def _is_right(one: Question, fraction: int | None) -> bool:
    is_first = deducting.wrong_tries(one) == 0 and not one.served.is_hinted
    return is_first and fraction == FULL_FRACTION


def _kind(one: Question) -> Review.Evidence:
    """What was typed, matched or put in order is not hit upon by chance, as a choice may be."""
    if not one.is_answered:
        return Review.Evidence.NONE
    return Review.Evidence.TYPED if _is_recalled(one) else Review.Evidence.CHOICE


def _is_recalled(one: Question) -> bool:
    if one.kind == CLOZE:
        return not all(one.served.orders)
    return one.kind not in CHOICE_KINDS
