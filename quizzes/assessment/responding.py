"""Responding: answers are appended to an attempt, and never changed.

An answer names the number of the one that it follows, as its window was shown it: so nothing is
overwritten unseen, and what is sent twice is saved once.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from quizzes.assessment import answering, marking, sheets, telling
from quizzes.assessment.answering import Answer, UnreadableError, is_blank
from quizzes.assessment.models import Attempt, Response, Served
from quizzes.assessment.sheets import Question, Raw, Sheet
from quizzes.refusal import Refusal


class AlreadyHandedIn(Refusal):
    """The attempt is over: it can be looked at, not answered."""


class AnsweredElsewhere(Refusal):
    """The question has a newer answer than the one that this answer follows."""


class WrongShape(Refusal):
    """What was sent is no answer to its question."""


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as a client gives it: to which question, and after how many answers to it."""

    position: int
    raw: Raw
    sequence: int


@dataclass(frozen=True, slots=True)
class _Change:
    question: Question
    given: Given
    answer: Answer


def faults(sheet: Sheet, given: Sequence[Given]) -> dict[int, str]:
    """Why these answers cannot be saved, in words, by the question's position."""
    times = Counter(one.position for one in given)
    found = {one.position: _fault(sheet, one, times[one.position]) for one in given}
    return {position: fault for position, fault in found.items() if fault}


def conflicts(sheet: Sheet, given: Sequence[Given]) -> dict[int, str]:
    """Which of these answers would overwrite one that their window has not seen, and with what."""
    unreadable = faults(sheet, given)
    found = {}
    for change in _changes(sheet, [one for one in given if one.position not in unreadable]):
        if change.given.sequence != change.question.sequence:
            found[change.given.position] = telling.both(change.question, change.answer)
    return found


def save(sheet: Sheet, given: Sequence[Given], at: datetime) -> dict[int, int]:
    """Append the answers that differ from the newest ones, all or none; tells each one's number.

    Refuses with `AlreadyHandedIn`; with `WrongShape`, the earlier answer kept; and with
    `AnsweredElsewhere`, which tells both answers.
    """
    if sheet.attempt.handed_in_at:
        raise AlreadyHandedIn(_("This quiz was handed in. Its answers can no longer change."))
    for position, reason in faults(sheet, given).items():
        raise WrongShape(
            _("Question %(number)s: %(reason)s") % {"number": position, "reason": reason}
        )
    for conflict in conflicts(sheet, given).values():
        raise AnsweredElsewhere(conflict)
    changes = _changes(sheet, given)
    try:
        with transaction.atomic():
            _append(sheet.attempt, changes, at)
    except IntegrityError:
        return _saved_by_another(sheet, given)
    numbers = {one.position: sheet.by_position[one.position].sequence for one in given}
    return numbers | {one.given.position: one.given.sequence + 1 for one in changes}


def _fault(sheet: Sheet, one: Given, times: int) -> str:
    if one.position not in sheet.by_position:
        return _("There is no such question in this quiz.")
    if times > 1:
        return _("Answer each question once.")
    try:
        sheet.by_position[one.position].read(one.raw)
    except UnreadableError as unreadable:
        return telling.reason(unreadable.fault)
    return ""


def _changes(sheet: Sheet, given: Sequence[Given]) -> list[_Change]:
    """The answers that say something else than what is saved, or than their window was shown."""
    changes = []
    for one in given:
        question = sheet.by_position[one.position]
        answer = question.read(one.raw)
        if _none_if_blank(answer) != question.answer and not _is_old(question, one, answer):
            changes.append(_Change(question, one, answer))
    return changes


def _is_old(question: Question, one: Given, answer: Answer) -> bool:
    """Whether an answer is just the older one that its window was shown: it says nothing new."""
    if one.sequence == question.sequence:
        return False
    before = Response.objects.filter(served=question.served, sequence=one.sequence).first()
    if before is None:
        return is_blank(answer)
    shown = answering.stored(question.kind, question.served.orders, before.answer)
    return _none_if_blank(answer) == _none_if_blank(shown)


def _none_if_blank(answer: Answer) -> Answer | None:
    return None if is_blank(answer) else answer


def _append(attempt: Attempt, changes: Sequence[_Change], at: datetime) -> None:
    """New responses with their fractions; the attempt counts the save, so hand-in can see it."""
    if not changes:
        return
    still_open = Attempt.objects.open().filter(pk=attempt.pk)
    if not still_open.update(saves=F("saves") + 1):
        raise AlreadyHandedIn(_("This quiz was handed in. Its answers can no longer change."))
    Response.objects.bulk_create(
        Response(
            served=change.question.served,
            sequence=change.given.sequence + 1,
            answer=change.given.raw,
            saved_at=at,
        )
        for change in changes
    )
    grades = marking.graded([(change.question, change.answer) for change in changes])
    for change, grade in zip(changes, grades, strict=True):
        change.question.served.fraction = None if is_blank(change.answer) else grade.fraction
    Served.objects.bulk_update([change.question.served for change in changes], ["fraction"])


def _saved_by_another(sheet: Sheet, given: Sequence[Given]) -> dict[int, int]:
    """Somebody was faster: fine if the same was saved, else a refusal that tells both answers."""
    now = sheets.of(sheet.attempt)
    if _changes(now, given):
        raise AnsweredElsewhere(_("These questions were answered elsewhere at this moment."))
    return {one.position: now.by_position[one.position].sequence for one in given}
