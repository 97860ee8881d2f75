"""Attempting: a quiz is started, and handed in once.

Each act may come twice, from a double click, a retry or a second window, and is done once: a
start has an identifier of the client's, and an attempt one moment of handing in. What lies
between them is `responding`.
"""

from datetime import datetime
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from quizzes.assessment import drawing, tallying
from quizzes.assessment.answering import CHOICE_KINDS, CLOZE, ESSAY
from quizzes.assessment.models import Attempt, Quiz, Served
from quizzes.assessment.publishing import NothingToAsk
from quizzes.assessment.sheets import Question, Sheet
from quizzes.cards import planning, weighing
from quizzes.cards.days import learner_day
from quizzes.cards.models import Review
from quizzes.cards.weighing import Evidence
from quizzes.content.models import Chapter
from quizzes.items.fractions import FULL_FRACTION
from quizzes.people.models import User
from quizzes.refusal import Refusal


class NotOpen(Refusal):
    """The quiz is not published, or was retired."""


class AnswersChanged(Refusal):
    """An answer was saved at the moment of handing in."""


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


def _begun(learner: User, quiz: Quiz, uid: UUID) -> Attempt | None:
    """The attempt of this very start, whatever became of it, or else the open one."""
    mine = Attempt.objects.filter(learner=learner).select_related("quiz")
    same = mine.filter(Q(start_uid=uid) | Q(quiz=quiz, handed_in_at=None))
    found = {attempt.start_uid: attempt for attempt in same}
    if uid in found and found[uid].quiz_id != quiz.pk:
        raise NotOpen(_("That start was another quiz's. Open this one's page and begin again."))
    return found.get(uid) or next(iter(found.values()), None)


def _start(learner: User, quiz: Quiz, at: datetime, uid: UUID) -> Attempt:
    if quiz.published_at is None or quiz.retired_at:
        raise NotOpen(_("This quiz cannot be taken now."))
    attempt = Attempt(start_uid=uid, learner=learner, quiz=quiz, started_at=at)
    questions = drawing.drawn(quiz, attempt.seed)
    if not questions:
        raise NothingToAsk(_("This quiz has no question to ask just now."))
    last = Attempt.objects.filter(learner=learner, quiz=quiz).aggregate(last=Max("number"))
    attempt.number = (last["last"] or 0) + 1
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
    planning.start(learner, quiz.book, at, chapters)
    return attempt


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
    """What was left without an answer was not known; of nothing but blanks nothing is known.

    Nor is anything known of what no machine could mark.
    """
    if len(sheet.unanswered) == len(sheet.questions):
        return []
    return [
        Evidence(
            uid=uuid5(sheet.attempt.uid, str(question.position)),
            item_id=question.served.revision.item_id,
            revision_id=question.served.revision_id,
            is_right=question.served.fraction == FULL_FRACTION,
            kind=_kind(question),
        )
        for question in sheet.questions
        if _is_evidence(question)
    ]


def _is_evidence(question: Question) -> bool:
    is_marked = question.served.fraction is not None or not question.is_answered
    return is_marked and question.kind != ESSAY


def _kind(question: Question) -> Review.Evidence:
    """What was typed, matched or put in order is not hit upon by chance, as a choice may be."""
    if not question.is_answered:
        return Review.Evidence.NONE
    return Review.Evidence.TYPED if _is_recalled(question) else Review.Evidence.CHOICE


def _is_recalled(question: Question) -> bool:
    if question.kind == CLOZE:
        return not all(question.served.orders)
    return question.kind not in CHOICE_KINDS
