"""Attempting: a quiz is started, answered as often as one likes, and handed in once.

Each act may come twice, from a double click, a retry or a second window, and is done once: a
start has an identifier of the client's, an answer the number of the one that it follows, and an
attempt one moment of handing in.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction
from django.db.models import F, Max, Q, QuerySet
from django.utils.translation import gettext as _

from quizzes.assessment import drawing, marking, sheets, tallying, telling
from quizzes.assessment.answering import TYPED_KINDS, Answer, UnreadableError, is_blank
from quizzes.assessment.models import Attempt, Quiz, Response, Served
from quizzes.assessment.publishing import NothingToAsk
from quizzes.assessment.sheets import Question, Raw, Sheet
from quizzes.cards import planning, weighing
from quizzes.cards.days import learner_day
from quizzes.cards.weighing import Evidence
from quizzes.content.models import Chapter
from quizzes.identifiers import uuid7
from quizzes.items.fractions import FULL_FRACTION
from quizzes.people.models import User
from quizzes.refusal import Refusal

KEPT_FROM_CARDS = timedelta(days=1)
"""How long the questions of an open attempt are not shown as flashcards."""


class NotOpen(Refusal):
    """The quiz is not published, or was retired."""


class AlreadyHandedIn(Refusal):
    """The attempt is over: it can be looked at, not answered."""


class AnsweredElsewhere(Refusal):
    """The question has a newer answer than the one that this answer follows."""


class WrongShape(Refusal):
    """What was sent is no answer to its question."""


class AnswersChanged(Refusal):
    """An answer was saved at the moment of handing in."""


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


def start(learner: User, quiz: Quiz, at: datetime, uid: UUID) -> Attempt:
    """The attempt of this start, or the one that is open already, else a new one.

    What it asks is drawn now and stays; the chapters that it asks about join the study plan, so
    that what is missed can come back. Refuses with `NotOpen` and `NothingToAsk`.
    """
    if begun := _begun(learner, quiz, uid):
        return begun
    try:
        with transaction.atomic():
            return _start(learner, quiz, at, uid)
    except IntegrityError:  # somebody was faster
        begun = _begun(learner, quiz, uid)
    if begun:
        return begun
    with transaction.atomic():
        return _start(learner, quiz, at, uid)


def faults(sheet: Sheet, given: Sequence[Given]) -> dict[int, str]:
    """Why these answers cannot be saved, in words, by the question's position."""
    times = Counter(one.position for one in given)
    found = {one.position: _fault(sheet, one, times[one.position]) for one in given}
    return {position: fault for position, fault in found.items() if fault}


def save(sheet: Sheet, given: Sequence[Given], at: datetime) -> dict[int, int]:
    """Append the answers that differ from the newest ones, all or none; tells each one's number.

    Refuses with `AlreadyHandedIn`; with `WrongShape`, the earlier answer kept; and with
    `AnsweredElsewhere`, which tells both answers.
    """
    if sheet.attempt.handed_in_at:
        raise AlreadyHandedIn(_("This quiz was handed in. Its answers can no longer change."))
    _check_shape(sheet, given)
    changes = _changes(sheet, given)
    try:
        with transaction.atomic():
            _append(sheet.attempt, changes, at)
    except IntegrityError:
        return _saved_by_another(sheet, given)
    numbers = {one.position: sheet.by_position[one.position].sequence for one in given}
    return numbers | {one.given.position: one.given.sequence + 1 for one in changes}


def hand_in(sheet: Sheet, at: datetime) -> Attempt:
    """Close an attempt: its score, its questions' tallies and the cards it bears on, all or none.

    Handed in before, it is given back as it is. Refuses with `AnswersChanged` when an answer was
    saved since the sheet was read.
    """
    attempt = sheet.attempt
    if attempt.handed_in_at:
        return attempt
    with transaction.atomic():
        is_mine = _close(sheet, at)
        if is_mine:
            if attempt.is_tallied:
                tallying.keep(sheet)
            weighing.weigh(attempt.learner, _evidence(sheet), at)
    return attempt if is_mine else _closed_by_another(attempt)


def asked_now(learner: User, at: datetime) -> QuerySet[Served, Any]:
    """The items of a learner's open attempts, whose answers no flashcard may tell meanwhile.

    After a day they may: a quiz that was left lying must not keep cards away for good.
    """
    mine = Attempt.objects.open().filter(learner=learner, started_at__gt=at - KEPT_FROM_CARDS)
    return Served.objects.filter(attempt__in=mine).values("revision__item")


def _begun(learner: User, quiz: Quiz, uid: UUID) -> Attempt | None:
    """The attempt of this very start, whatever became of it, or else the open one."""
    mine = Attempt.objects.filter(learner=learner)
    same = mine.filter(Q(start_uid=uid) | Q(quiz=quiz, handed_in_at=None))
    found = {attempt.start_uid: attempt for attempt in same.select_related("quiz")}
    return found.get(uid) or next(iter(found.values()), None)


def _start(learner: User, quiz: Quiz, at: datetime, uid: UUID) -> Attempt:
    if quiz.published_at is None or quiz.retired_at:
        raise NotOpen(_("This quiz cannot be taken now."))
    seed = uuid7()
    questions = drawing.drawn(quiz, seed)
    if not questions:
        raise NothingToAsk(_("This quiz has no question to ask just now."))
    last = Attempt.objects.filter(learner=learner, quiz=quiz).aggregate(last=Max("number"))
    attempt = Attempt.objects.create(
        uid=seed,
        start_uid=uid,
        learner=learner,
        quiz=quiz,
        number=(last["last"] or 0) + 1,
        started_at=at,
    )
    Served.objects.bulk_create(
        Served(
            attempt=attempt,
            position=position,
            revision=one.item.revision,
            weight=one.weight,
            order_shown=",".join(map(str, one.order)),
        )
        for position, one in enumerate(questions, start=1)
    )
    chapters = Chapter.objects.filter(pk__in={one.item.chapter_id for one in questions})
    planning.start(learner, quiz.book, at, chapters)
    return attempt


def _changes(sheet: Sheet, given: Sequence[Given]) -> list[_Change]:
    """The answers that say something else than what is saved."""
    changes = []
    for one in given:
        question = sheet.by_position[one.position]
        answer = question.read(one.raw)
        if (None if is_blank(answer) else answer) == question.answer:
            continue
        if one.sequence != question.sequence:
            raise AnsweredElsewhere(telling.both(question, answer))
        changes.append(_Change(question, one, answer))
    return changes


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


def _check_shape(sheet: Sheet, given: Sequence[Given]) -> None:
    for position, reason in faults(sheet, given).items():
        raise WrongShape(
            _("Question %(number)s: %(reason)s") % {"number": position, "reason": reason}
        )


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


def _close(sheet: Sheet, at: datetime) -> bool:
    """Set down the result, unless the attempt was closed or answered since it was read."""
    attempt, learner = sheet.attempt, sheet.attempt.learner
    unchanged = Attempt.objects.open().filter(pk=attempt.pk, saves=attempt.saves)
    attempt.handed_in_at = at
    attempt.learner_day = learner_day(at, learner.time_zone, learner.day_rollover_hour)
    attempt.score = tallying.score(sheet.questions)
    attempt.is_tallied = attempt.number == 1 and not learner.is_guest
    columns = ("handed_in_at", "learner_day", "score", "is_tallied")
    return unchanged.update(**{name: getattr(attempt, name) for name in columns}) == 1


def _closed_by_another(attempt: Attempt) -> Attempt:
    stored = Attempt.objects.select_related("quiz__book", "learner").get(pk=attempt.pk)
    if stored.handed_in_at is None:
        raise AnswersChanged(
            _("An answer was saved elsewhere just now. Look at your answers again, then hand in.")
        )
    return stored


def _evidence(sheet: Sheet) -> list[Evidence]:
    return [
        Evidence(
            uid=uuid5(sheet.attempt.uid, str(question.position)),
            item_id=question.served.revision.item_id,
            revision_id=question.served.revision_id,
            is_right=question.served.fraction == FULL_FRACTION,
            is_typed=question.kind in TYPED_KINDS,
        )
        for question in sheet.questions
    ]
