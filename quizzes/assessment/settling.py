"""Settling: during an attempt a question is checked, and closed once it is right or out of tries.

A try is a checked answer: the same answer checked twice, by a double click or a retry, is one. A
question whose item is reserved elsewhere is neither checked nor hinted at, because both would
tell what is kept from its learner.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from quizzes.assessment import deducting, marking, reserving, responding, sheets, terms
from quizzes.assessment.models import Attempt, Served
from quizzes.assessment.responding import AlreadyHandedIn, GoneBy, Settled
from quizzes.assessment.sheets import Question, Sheet
from quizzes.items.fractions import FULL_FRACTION
from quizzes.items.models import Key, Revision
from quizzes.refusal import Refusal


class NotChecked(Refusal):
    """The question cannot be checked now, or not by a machine."""


class NoHint(Refusal):
    """The question has no hint, or its attempt gives none."""


def tries_left(question: Question) -> int | None:
    """How many more answers may be checked; None where none are."""
    rules = terms.of(question.served.attempt)
    if not rules.checks_each:
        return None
    return 0 if question.served.is_settled else max(0, rules.tries - question.served.tries)


def is_hint_open(question: Question) -> bool:
    """Whether a hint may be asked for, if there is one."""
    rules = terms.of(question.served.attempt)
    return rules.checks_each and rules.tries > 1 and not question.served.is_settled


@transaction.atomic
def check(sheet: Sheet, position: int, at: datetime) -> Question:
    """Try the newest answer: right, or out of tries, its question is settled. Tells how it stands.

    An answer that was checked before is not tried again. Refuses with `NotChecked`, `GoneBy`,
    `AlreadyHandedIn` and `TimeIsUp`; with `WrongShape` where there is no such question.
    """
    _ensure_may(sheet, position, at)
    question = _held(sheet, position)
    served = question.served
    if served.is_settled or 0 < question.sequence <= served.checked_sequence:
        return question
    is_right = _grade(question) == FULL_FRACTION
    served.tries, served.checked_sequence = served.tries + 1, question.sequence
    served.is_settled = is_right or served.tries >= terms.of(served.attempt).tries
    served.save(update_fields=["tries", "checked_sequence", "is_settled"])
    return question


@transaction.atomic
def hint(sheet: Sheet, position: int, at: datetime) -> str:
    """The hint to a question, which costs what a wrong try costs; asked for again, the same.

    Refuses with `NoHint`, `Settled`, and as `check` does.
    """
    _ensure_may(sheet, position, at)
    question = _held(sheet, position)
    key = Key.objects.filter(revision=question.served.revision_id).exclude(hint="").first()
    if key is None or terms.of(sheet.attempt).tries == 1:
        raise NoHint(_("There is no hint to this question."))
    if not question.served.is_hinted:
        if question.served.is_settled:
            raise Settled(_("This question is settled."))
        _count_hint(question)
    return key.hint


def has_hint(sheet: Sheet) -> set[int]:
    """The positions of the questions to which a hint may be asked for; one query, or none."""
    asked = {one.served.revision_id: one.position for one in sheet.questions if is_hint_open(one)}
    if sheet.attempt.handed_in_at or not asked:
        return set()
    rows = Key.objects.filter(revision__in=asked).exclude(hint="")
    return {asked[pk] for pk in rows.values_list("pk", flat=True)}


def hints(sheet: Sheet) -> dict[int, str]:
    """The hints that were asked for, by position, as long as they help; one query, or none."""
    asked = [one for one in sheet.questions if one.served.is_hinted and not one.served.is_settled]
    keys = Key.objects.in_bulk([one.served.revision_id for one in asked]) if asked else {}
    return {one.position: keys[one.served.revision_id].hint for one in asked}


def _ensure_may(sheet: Sheet, position: int, at: datetime) -> None:
    attempt, rules = sheet.attempt, terms.of(sheet.attempt)
    responding.ensure_open(attempt, at)
    question = responding.asked(sheet, position)
    if rules.is_forward_only and position < attempt.reached:
        raise GoneBy(_("There is no way back to this question."))
    if not rules.checks_each:
        raise NotChecked(_("The answers of this quiz are checked after handing in."))
    if reserving.elsewhere(attempt, [question.served.revision.item_id], at):
        raise NotChecked(_("A graded quiz asks this question too, so nothing is told of it now."))


def _held(sheet: Sheet, position: int) -> Question:
    """The question as it stands, and nobody else answers or checks until the act is over."""
    still_open = Attempt.objects.open().filter(pk=sheet.attempt.pk)
    if not still_open.update(saves=F("saves") + 1):
        raise AlreadyHandedIn(_("This quiz was handed in. Its answers can no longer change."))
    rows = Served.objects.filter(attempt=sheet.attempt, position=position)
    return sheets.questions(rows)[0]


def _grade(question: Question) -> int:
    """What the newest answer would earn at a first try."""
    if question.answer is None:
        raise NotChecked(_("Answer the question before you check it."))
    if question.kind == Revision.Kind.ESSAY:
        raise NotChecked(_("A person marks this answer, after you have handed it in."))
    [grade] = marking.graded([(question, question.answer)])
    return grade.fraction or 0


def _count_hint(question: Question) -> None:
    served = question.served
    served.is_hinted = True
    if question.answer is not None:
        [grade] = marking.graded([(question, question.answer)])
        served.fraction = deducting.earned(question, grade)
    served.save(update_fields=["is_hinted", "fraction"])
