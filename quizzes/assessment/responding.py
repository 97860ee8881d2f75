"""Responding: answers are appended to an attempt, and never changed.

An answer names the number of the one that it follows, as its window was shown it: so nothing is
overwritten unseen, and what is sent twice is saved once.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from quizzes.assessment import answering, deducting, marking, sheets, telling, terms, timing
from quizzes.assessment.answering import Answer, UnreadableError, is_blank
from quizzes.assessment.models import Attempt, Response, Served
from quizzes.assessment.sheets import Question, Raw, Sheet
from quizzes.refusal import Refusal

MOST_ANSWERS = 32_767
"""How many answers to one question are kept, of which the newest counts."""


class AlreadyHandedIn(Refusal):
    """The attempt is over: it can be looked at, not answered."""


class TimeIsUp(Refusal):
    """What came after the deadline, and after its grace, does not count."""


class Settled(Refusal):
    """The question was checked and closed."""


class GoneBy(Refusal):
    """The question lies behind, and there is no way back."""


class TooManyAnswers(Refusal):
    """A question keeps no more answers than it can number."""


class WrongShape(Refusal):
    """What was sent is no answer to its question."""


class AnsweredElsewhere(Refusal):
    """Questions have newer answers than those that these answers follow.

    `both` gives the newest answer, as it was sent, and its number by position; `says` tells in
    words what was answered there and here.
    """

    def __init__(self, both: Mapping[int, tuple[Raw, int]], says: Mapping[int, str]) -> None:
        super().__init__(next(iter(says.values())))
        self.both, self.says = both, says


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as a client gives it: to which question, and after how many answers to it.

    `is_sure` is None where nothing was said of it.
    """

    position: int
    raw: Raw
    sequence: int
    is_sure: bool | None = None


@dataclass(frozen=True, slots=True)
class _Change:
    question: Question
    given: Given
    answer: Answer
    is_sure: bool | None

    @property
    def number(self) -> int:
        """What the answer is numbered when it is saved."""
        return self.given.sequence + 1

    def says(self, answer: Answer | None, is_sure: bool | None) -> bool:
        """Whether it says no more than an answer, and how sure its learner was of that."""
        is_same = _none_if_blank(self.answer) == answer
        return is_same and (self.is_sure in (None, is_sure) or is_blank(self.answer))


def faults(sheet: Sheet, given: Sequence[Given]) -> dict[int, str]:
    """Why these answers cannot be saved, in words, by the question's position."""
    times = Counter(one.position for one in given)
    found = {one.position: _fault(sheet, one, times[one.position]) for one in given}
    return {position: fault for position, fault in found.items() if fault}


def conflicts(sheet: Sheet, given: Sequence[Given]) -> dict[int, str]:
    """Which of these answers would overwrite one that their window has not seen, and with what."""
    unreadable = faults(sheet, given)
    readable = [one for one in given if one.position not in unreadable]
    return {
        change.given.position: telling.both(change.question, change.answer)
        for change in _changes(sheet, readable)
        if change.given.sequence != change.question.sequence
    }


def save(sheet: Sheet, given: Sequence[Given], at: datetime) -> dict[int, int]:
    """Append the answers that differ from the newest ones, all or none; tells each one's number.

    What arrived within the grace after the deadline counts. Refuses with `AlreadyHandedIn` and
    `TimeIsUp`; with `WrongShape`, `Settled`, `GoneBy` and `TooManyAnswers`, the earlier answer
    kept; and with `AnsweredElsewhere`, which tells both answers.
    """
    ensure_open(sheet.attempt, at)
    for position, reason in faults(sheet, given).items():
        raise WrongShape(
            _("Question %(number)s: %(reason)s") % {"number": position, "reason": reason}
        )
    _ensure_unseen_is_kept(sheet, given)
    changes = _changes(sheet, given)
    for change in changes:
        _ensure_may_change(change.question.served, sheet.attempt.reached)
        if change.number > MOST_ANSWERS:
            raise TooManyAnswers(_("This question was answered too often to be answered anew."))
    try:
        with transaction.atomic():
            _append(sheet.attempt, changes, at)
    except IntegrityError:
        return _saved_by_another(sheet, given)
    numbers = {one.position: sheet.by_position[one.position].sequence for one in given}
    return numbers | {one.given.position: one.number for one in changes}


def ensure_open(attempt: Attempt, at: datetime | None = None) -> None:
    """Refuse with `AlreadyHandedIn` or `TimeIsUp` unless an attempt can still be worked on.

    Without a moment the clock is not looked at.
    """
    if attempt.is_timed_out or (at and not attempt.handed_in_at and timing.is_up(attempt, at)):
        raise TimeIsUp(_("Time is up. What was saved until then is handed in."))
    if attempt.handed_in_at:
        raise AlreadyHandedIn(_("This quiz was handed in. Its answers can no longer change."))


def asked(sheet: Sheet, position: int) -> Question:
    """The question at a place; refuses with `WrongShape` where there is none."""
    if position not in sheet.by_position:
        raise WrongShape(_("There is no such question in this quiz."))
    return sheet.by_position[position]


def _ensure_unseen_is_kept(sheet: Sheet, given: Sequence[Given]) -> None:
    says = conflicts(sheet, given)
    if says:
        theirs = {position: sheet.by_position[position] for position in says}
        both = {position: (one.raw or {}, one.sequence) for position, one in theirs.items()}
        raise AnsweredElsewhere(both, says)


def _ensure_may_change(served: Served, reached: int) -> None:
    if terms.of(served.attempt).is_forward_only and served.position < reached:
        raise GoneBy(_("There is no way back to this question."))
    if served.is_settled:
        raise Settled(_("This question is settled: its answer can no longer change."))


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
        change = _Change(question, one, question.read(one.raw), _sureness(sheet, one))
        stands = change.says(question.answer, question.is_sure)
        if not stands and not _is_old(change):
            changes.append(change)
    return changes


def _sureness(sheet: Sheet, one: Given) -> bool | None:
    return one.is_sure if sheet.attempt.asks_confidence else None


def _is_old(change: _Change) -> bool:
    """Whether an answer is just the older one that its window was shown: it says nothing new."""
    question, number = change.question, change.given.sequence
    if number == question.sequence:
        return False
    before = Response.objects.filter(served=question.served, sequence=number).first()
    if before is None:
        return is_blank(change.answer)
    shown = answering.stored(question.kind, question.served.orders, before.answer)
    return change.says(_none_if_blank(shown), before.is_sure)


def _none_if_blank(answer: Answer) -> Answer | None:
    return None if is_blank(answer) else answer


def _append(attempt: Attempt, changes: Sequence[_Change], at: datetime) -> None:
    """New responses with their fractions; the attempt counts the save, so hand-in can see it."""
    if not changes:
        return
    _hold(attempt, changes, at)
    Response.objects.bulk_create(
        Response(
            served=change.question.served,
            sequence=change.number,
            answer=change.given.raw,
            is_sure=None if is_blank(change.answer) else change.is_sure,
            saved_at=at,
        )
        for change in changes
    )
    grades = marking.graded([(change.question, change.answer) for change in changes])
    for change, grade in zip(changes, grades, strict=True):
        change.question.served.fraction = (
            None
            if is_blank(change.answer)
            else deducting.earned(change.question, grade, change.number)
        )
    Served.objects.bulk_update([change.question.served for change in changes], ["fraction"])


def _hold(attempt: Attempt, changes: Sequence[_Change], at: datetime) -> None:
    """Let nobody else save, check or hand in until the act is over, if it may be done still."""
    still_open = Attempt.objects.open().filter(pk=attempt.pk)
    if not still_open.update(saves=F("saves") + 1, seen_at=at):
        raise AlreadyHandedIn(_("This quiz was handed in. Its answers can no longer change."))
    rules = terms.of(attempt)
    if not (rules.checks_each or rules.is_forward_only):
        return
    served = {change.question.served.pk: change.question.served for change in changes}
    for now in Served.objects.filter(pk__in=served).select_related("attempt__assignment"):
        _ensure_may_change(now, now.attempt.reached)
        for name in ("tries", "checked_sequence", "is_hinted"):
            setattr(served[now.pk], name, getattr(now, name))


def _saved_by_another(sheet: Sheet, given: Sequence[Given]) -> dict[int, int]:
    """Somebody was faster: fine if the same was saved, else a refusal that tells both answers."""
    now = sheets.of(sheet.attempt)
    _ensure_unseen_is_kept(now, given)
    return {one.position: now.by_position[one.position].sequence for one in given}
