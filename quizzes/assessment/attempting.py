"""Attempting: a quiz is started, as practice or as a class's assignment, and handed in once.

Each act may come twice, from a double click, a retry or a second window, and is done once: a
start has an identifier of the client's, and an attempt one moment of handing in. What lies
between them is `responding`.
"""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Max, Q
from django.utils.translation import gettext as _

from quizzes.assessment import (
    drawing,
    lateness,
    remarking,
    reserving,
    sheets,
    tallying,
    terms,
    timing,
    witnessing,
)
from quizzes.assessment.drawing import Drawn
from quizzes.assessment.models import Assignment, Attempt, Extension, Quiz, Reservation, Served
from quizzes.assessment.publishing import NothingToAsk
from quizzes.assessment.sheets import Sheet
from quizzes.cards import planning, reweighing, weighing
from quizzes.cards.days import learner_day
from quizzes.content.models import Chapter
from quizzes.people.models import Enrollment, User
from quizzes.refusal import Refusal


class NotOpen(Refusal):
    """The quiz is not published, or its assignment is not there to be sat now."""


class NoAttemptLeft(Refusal):
    """Every attempt that the assignment allows has been begun."""


class WrongPassword(Refusal):
    """The assignment is sat where its password is said."""


class AnswersChanged(Refusal):
    """An answer was saved at the moment of handing in."""


@dataclass(frozen=True, slots=True)
class _Start:
    """Who begins what, and under which name of the client's."""

    learner: User
    quiz: Quiz
    assignment: Assignment | None
    at: datetime
    uid: UUID

    @property
    def place(self) -> tuple[int, int | None]:
        return self.quiz.pk, self.assignment.pk if self.assignment else None


def start(
    learner: User,
    quiz: Quiz,
    at: datetime,
    uid: UUID,
    *,
    checks_each: bool = False,
    asks_confidence: bool = False,
) -> Attempt:
    """The practice attempt of this start, or the one that is open already, else a new one.

    What it asks is drawn now and stays, without what an assignment holds for the learner; the
    chapters that it asks about join the study plan, so that what is missed can come back. Practice
    has no clock. Refuses with `NotOpen` and `NothingToAsk`.
    """
    begin = _Start(learner, quiz, None, at, uid)
    return _once(
        begin,
        lambda: _practice(begin, Attempt(checks_each=checks_each, asks_confidence=asks_confidence)),
    )


def sit(
    learner: User, assignment: Assignment, at: datetime, uid: UUID, password: str = ""
) -> Attempt:
    """The assigned attempt of this start, or the one that is open already, else a new one.

    Its deadline is set down now, with all that the learner is allowed. An open one whose time
    has run out is handed in first, and so is practice of what a graded one may ask. Refuses with
    `NotOpen`, `NoAttemptLeft`, `WrongPassword` and `NothingToAsk`; an attempt that was begun is
    gone on with, whatever the password.
    """
    begin = _Start(learner, assignment.quiz, assignment, at, uid)
    return _once(begin, lambda: _assigned(begin, assignment.pk, password))


def hand_in(sheet: Sheet, at: datetime) -> Attempt:
    """Close an attempt: its score, its questions' tallies and the cards it bears on, all or none.

    Once its time has run out it is handed in at its deadline, with what was saved. Handed in
    before, it is given back as it is. Refuses with `AnswersChanged` when an answer was saved
    since the sheet was read, and time had not run out.
    """
    if sheet.attempt.handed_in_at:
        return sheet.attempt
    with transaction.atomic():
        is_up = timing.is_up(sheet.attempt, at)
        now = _held(sheet.attempt) if is_up else sheet
        is_mine = now is not None and _close(now, at, is_timed_out=is_up)
    return now.attempt if now and is_mine else _closed_by_another(sheet.attempt)


def _once(begin: _Start, new: Callable[[], Attempt]) -> Attempt:
    """What was begun, else a new attempt: one, however many begin it at once."""
    if begun := _begun(begin):
        return begun
    try:
        with transaction.atomic():
            return new()
    except (IntegrityError, NoAttemptLeft):  # somebody was faster, perhaps
        begun = _begun(begin)
    if begun:
        return begun
    with transaction.atomic():
        return new()


def _begun(begin: _Start) -> Attempt | None:
    """The attempt of this very start, whatever became of it, or else the open one."""
    mine = Attempt.objects.filter(learner=begin.learner).select_related("quiz", "assignment")
    here = Q(quiz=begin.quiz, assignment=begin.assignment)
    same = mine.filter(Q(start_uid=begin.uid) | here & Q(handed_in_at=None))
    found = {attempt.start_uid: _settled(attempt, begin.at) for attempt in same}
    this = found.get(begin.uid)
    if this and (this.quiz_id, this.assignment_id) != begin.place:
        raise NotOpen(_("That start was another quiz's. Open this one's page and begin again."))
    return this or next((one for one in found.values() if one.handed_in_at is None), None)


def _settled(attempt: Attempt, at: datetime) -> Attempt:
    is_up = attempt.handed_in_at is None and timing.is_up(attempt, at)
    return hand_in(sheets.of(attempt), at) if is_up else attempt


def _practice(begin: _Start, attempt: Attempt) -> Attempt:
    if begin.quiz.published_at is None or begin.quiz.retired_at:
        raise NotOpen(_("This quiz cannot be taken now."))
    reserved = reserving.assigned(begin.learner, begin.at)
    return _serve(begin, attempt, drawing.drawn(begin.quiz, attempt.seed, without=reserved))


def _assigned(begin: _Start, assignment: int, password: str) -> Attempt:
    now = Assignment.objects.held().select_related("classroom").get(pk=assignment)
    own = Extension.objects.filter(assignment=now, learner=begin.learner).first()
    place = _admitted(begin, now, own, password)
    if now.is_graded:
        _end_practice(begin, now)
    attempt = Attempt(
        assignment=now,
        deadline_at=timing.deadline(now, place, begin.at, own),
        checks_each=terms.of_assignment(now).checks_each,
        asks_confidence=now.asks_confidence,
    )
    questions = drawing.drawn(begin.quiz, attempt.seed, with_essays=True)
    reserving.include(now, [one.item for one in questions])
    return _serve(begin, attempt, questions)


def _end_practice(begin: _Start, assignment: Assignment) -> None:
    """Hand in open practice of what is to be asked: it must not tell what was right afterwards."""
    kept = Reservation.objects.filter(assignment=assignment).values("item")
    asked = Served.objects.filter(revision__item__in=kept).values("attempt")
    practice = Attempt.objects.open().filter(learner=begin.learner, assignment=None, pk__in=asked)
    for attempt in practice.order_by("pk"):
        hand_in(sheets.of(attempt), begin.at)


def _admitted(begin: _Start, now: Assignment, own: Extension | None, password: str) -> Enrollment:
    """The place of a student who may begin this assignment."""
    places = Enrollment.objects.filter(classroom=now.classroom_id, role=Enrollment.Role.STUDENT)
    place = places.filter(user=begin.learner).first()
    is_there = now.withdrawn_at is None and now.classroom.archived_at is None
    if place is None or not is_there:
        raise NotOpen(_("This quiz is not given to you."))
    if now.opens_at > begin.at:
        raise NotOpen(_("This quiz has not opened yet."))
    closes_at = timing.closing(now, place, own)
    if now.released_at or (closes_at and closes_at <= begin.at):
        raise NotOpen(_("This quiz has closed."))
    begun = Attempt.objects.filter(learner=begin.learner, assignment=now).count()
    allowed = timing.attempts(now, own)
    if allowed is not None and begun >= allowed:
        raise NoAttemptLeft(_("You have no attempt left at this quiz."))
    if now.password and not secrets.compare_digest(_said(password), _said(now.password)):
        raise WrongPassword(_("That is not the password of this quiz."))
    return place


def _said(password: str) -> bytes:
    """A password as it is heard: capitals and spaces around it make no difference."""
    return password.strip().casefold().encode()


def _serve(begin: _Start, attempt: Attempt, questions: Sequence[Drawn]) -> Attempt:
    if not questions:
        raise NothingToAsk(_("This quiz has no question to ask just now."))
    before = Attempt.objects.filter(
        learner=begin.learner, quiz=begin.quiz, assignment=begin.assignment
    ).aggregate(last=Max("number"))
    attempt.number = (before["last"] or 0) + 1
    attempt.learner, attempt.quiz = begin.learner, begin.quiz
    attempt.start_uid, attempt.started_at = begin.uid, begin.at
    attempt.seen_at = begin.at
    attempt.save(force_insert=True)
    Served.objects.bulk_create(
        Served(
            attempt=attempt,
            position=position,
            revision=one.item.revision,
            weight=one.weight,
            heading=one.heading,
            order_shown=one.order_shown,
        )
        for position, one in enumerate(questions, start=1)
    )
    chapters = Chapter.objects.filter(pk__in={one.item.chapter_id for one in questions})
    book = begin.quiz.book
    planning.start(begin.learner, book.topic, begin.at, chapters)
    return attempt


def _held(attempt: Attempt) -> Sheet | None:
    """The attempt as it stands, and nobody else saves or hands in; none if it is closed."""
    is_open = Attempt.objects.open().filter(pk=attempt.pk).update(saves=F("saves") + 1)
    return sheets.of(attempt) if is_open else None


def _close(sheet: Sheet, at: datetime, *, is_timed_out: bool) -> bool:
    """Set down the result, unless the attempt was closed or answered since it was read."""
    attempt, learner = sheet.attempt, sheet.attempt.learner
    unchanged = Attempt.objects.open().filter(pk=attempt.pk, saves=attempt.saves)
    attempt.handed_in_at = (attempt.deadline_at if is_timed_out else None) or at
    attempt.is_timed_out = is_timed_out
    attempt.learner_day = learner_day(
        attempt.handed_in_at, learner.time_zone, learner.day_rollover_hour
    )
    attempt.score = tallying.score(sheet.questions)
    attempt.is_tallied = tallying.is_counted(sheet)
    attempt.days_late = lateness.days_late(sheet)
    columns = ("handed_in_at", "is_timed_out", "learner_day", "score", "is_tallied", "days_late")
    if not unchanged.update(**{name: getattr(attempt, name) for name in columns}):
        return False
    stand = remarking.close(sheet) if attempt.assignment_id else {}
    if attempt.is_tallied:
        tallying.keep(sheet)
    if not witnessing.waits(attempt):
        ended_at = attempt.handed_in_at if is_timed_out else None
        weighing.weigh(learner, witnessing.evidence(sheet, stand), at, ended_at)
        if stand:
            reweighing.reweigh([witnessing.told_again(sheet, stand)], at)
    return True


def _closed_by_another(attempt: Attempt) -> Attempt:
    stored = Attempt.objects.select_related("quiz__book", "learner").get(pk=attempt.pk)
    if stored.handed_in_at is None:
        raise AnswersChanged(
            _("An answer was saved elsewhere just now. Look at your answers again, then hand in.")
        )
    return stored
