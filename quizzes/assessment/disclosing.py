"""Disclosing: what a learner is told of an attempt now. Decided here, for every way out.

Pages, the API, print and exports ask this module and nothing else. The moments come in order:
during the attempt (of a question once it is settled), after handing in, after closing. A graded
assignment has closed when its results are released, any other when the last of its class can no
longer sit it. Whatever the terms say, nothing but the learner's own answer is told of an item
that is reserved elsewhere, nor a score that such an item is part of.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from quizzes.assessment import reserving, terms, timing, withholding
from quizzes.assessment.models import Assignment, Attempt, Served
from quizzes.assessment.sheets import Question, Sheet
from quizzes.assessment.terms import Moment, Terms
from quizzes.people.models import User


@dataclass(frozen=True, slots=True)
class Shown:
    """What may be told: the own answer, whether it is right, the score, the key, and why."""

    answer: bool = False
    correctness: bool = False
    score: bool = False
    key: bool = False
    explanation: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What may be told of a whole attempt, and of each of its questions by position."""

    attempt: Shown
    questions: Mapping[int, Shown]


def told(sheet: Sheet, at: datetime) -> Told:
    """What the learner of an attempt may be told at this moment; at most five queries."""
    attempt, now = sheet.attempt, moment(sheet.attempt, at)
    whole = shown(terms.of(attempt), now)
    over = {one.served.revision.item_id for one in sheet.questions if _is_over(one, attempt)}
    secret = reserving.elsewhere(attempt, over, at)
    waits = bool(secret) and (now < Moment.CLOSED or _waits(attempt, at))
    return Told(
        attempt=replace(whole, score=whole.score and not waits),
        questions={
            one.position: _of_question(one, attempt, whole, secret) for one in sheet.questions
        },
    )


def scores(learner: User, attempts: Collection[Attempt], at: datetime) -> set[int]:
    """Which of a learner's attempts may be told with their score.

    As primary keys; at most three queries, whatever the number of assignments among them.
    """
    done = [one for one in attempts if one.handed_in_at]
    given = {one.assignment for one in done if one.assignment}
    closed = _closed(given, at)
    known = {one.pk for one in done if shown(terms.of(one), _moment(one, closed)).score}
    asked = Served.objects.filter(attempt__in=known)
    waiting = _waiting(asked, learner, given, closed, at)
    return known - set(waiting.values_list("attempt", flat=True))


def scored(learner: User, attempts: Collection[Attempt], at: datetime) -> set[int]:
    """Which of a learner's attempts may be told with their score and what was right in them.

    As primary keys; at most three queries, whatever the number of assignments among them.
    """
    done = [one for one in attempts if one.handed_in_at]
    given = {one.assignment_id: one.assignment for one in done if one.assignment}
    closed = _closed(given.values(), at, "score_from", "correctness_from")
    known = [one for one in done if _is_scored(terms.of(one), _moment(one, closed))]
    asked = Served.objects.filter(attempt__in=[one.pk for one in known])
    secret = asked.filter(revision__item__in=reserving.reserved(learner, at))
    return {one.pk for one in known} - set(secret.values_list("attempt", flat=True))


def secret(learner: User, at: datetime, attempt: str = "pk") -> Exists:
    """Whether an attempt asked what is reserved now, so that its score is not told.

    A condition on a query of a learner's practice, whose row names the `attempt` so.
    """
    reserved = reserving.reserved(learner, at)
    return Exists(Served.objects.filter(attempt=OuterRef(attempt), revision__item__in=reserved))


def marks(learner: User, assignments: Collection[Assignment], at: datetime) -> set[int]:
    """At which assignments a learner may be told the mark that counts, also one set by hand.

    As primary keys; at most three queries. A mark counts all attempts that were handed in: while
    the score of one of them waits, the mark does.
    """
    closed = _closed(assignments, at)
    known = {
        one.pk
        for one in assignments
        if shown(
            terms.of_assignment(one), Moment.CLOSED if one.pk in closed else Moment.HANDED_IN
        ).score
    }
    asked = Served.objects.filter(
        attempt__learner=learner,
        attempt__assignment__in=known,
        attempt__handed_in_at__isnull=False,
    )
    waiting = _waiting(asked, learner, assignments, closed, at)
    return known - set(waiting.values_list("attempt__assignment", flat=True))


def opened(learner: User, asked: QuerySet[Served], at: datetime, limit: int) -> list[Served]:
    """The questions that a learner handed in and may be told everything about, `limit` are read.

    Whether the answer was right, and what the key is: also what a question was about tells of
    its key. Each with its attempt, its quiz and its assignment; at most three queries.
    """
    done = asked.filter(attempt__learner=learner, attempt__handed_in_at__isnull=False)
    secret = reserving.secret(done, learner, at).order_by().values("pk")
    rows = done.exclude(pk__in=secret)
    found = list(rows.select_related("attempt__quiz", "attempt__assignment__classroom")[:limit])
    given = {one.attempt.assignment for one in found if one.attempt.assignment}
    closed = _closed(given, at, "correctness_from", "key_from")
    wholes = [shown(terms.of(one.attempt), _moment(one.attempt, closed)) for one in found]
    return [
        one for one, whole in zip(found, wholes, strict=True) if whole.correctness and whole.key
    ]


def _is_scored(rules: Terms, now: Moment) -> bool:
    whole = shown(rules, now)
    return whole.score and whole.correctness


def shown(rules: Terms, now: Moment) -> Shown:
    """What terms let be told at a moment."""
    return Shown(
        answer=rules.answer_from <= now or now == Moment.DURING,
        correctness=rules.correctness_from <= now,
        score=rules.score_from <= now,
        key=rules.key_from <= now,
        explanation=rules.explanation_from <= now,
    )


def moment(attempt: Attempt, at: datetime) -> Moment:
    """Which moment an attempt is in; at most one query."""
    if attempt.handed_in_at is None:
        return Moment.DURING
    if attempt.assignment is None or has_closed(attempt.assignment, at):
        return Moment.CLOSED
    return Moment.HANDED_IN


def told_to_staff(sheet: Sheet, viewer: User, at: datetime) -> Told:
    """What one who teaches the class of an attempt may be told: all of it once it is handed in.

    Before that it is nothing, whatever its learner is told of a question that is settled. Of what
    is kept from the viewer nothing is told, the student's answer neither: beside the mark of one
    who knew everything, it would be the key. One query.
    """
    is_over = sheet.attempt.handed_in_at is not None
    whole = Shown(is_over, is_over, is_over, is_over, is_over)
    items = {one.served.revision.item_id for one in sheet.questions}
    kept = withholding.among(viewer, items, at)
    return Told(
        whole,
        {
            one.position: Shown() if one.served.revision.item_id in kept else whole
            for one in sheet.questions
        },
    )


def has_closed(assignment: Assignment, at: datetime) -> bool:
    """Whether nobody of the class can sit it any more, and results, if graded, are released."""
    if assignment.is_graded:
        return assignment.released_at is not None and assignment.released_at <= at
    last = timing.last_closing(assignment)
    return last is not None and last + timing.GRACE < at


def _moment(attempt: Attempt, closed: Collection[int]) -> Moment:
    """The moment of an attempt that was handed in, where it is known which assignments closed."""
    is_over = attempt.assignment_id is None or attempt.assignment_id in closed
    return Moment.CLOSED if is_over else Moment.HANDED_IN


def _waits(attempt: Attempt, at: datetime) -> bool:
    """Whether the score of an attempt that is over waits for what something else reserves."""
    given = [attempt.assignment] if attempt.assignment else []
    asked = Served.objects.filter(attempt=attempt)
    return _waiting(asked, attempt.learner, given, _closed(given, at), at).exists()


def _waiting(
    asked: QuerySet[Served],
    learner: User,
    given: Collection[Assignment],
    closed: Mapping[int, datetime],
    at: datetime,
) -> QuerySet[Served]:
    """Of what was asked, what is reserved elsewhere, so that the score of its attempt waits.

    Not what an assignment asked that is over, if the score was told before the question was
    reserved: nobody can sit it again to try another answer. A score that would first be told while
    the question is reserved waits, unless an instructor released it: of an exam that asks what was
    tried before, it would name the key.
    """
    ungraded = [one for one in given if one.pk in closed and not one.is_graded]
    pending = asked.exclude(attempt__assignment__in=closed)
    tried = asked.filter(attempt__assignment__in=[one.pk for one in ungraded])
    told_at = {one.pk: closed[one.pk] for one in ungraded if one.score_from == Moment.CLOSED}
    overlapping = reserving.overlapping(tried, learner, told_at, at)
    return reserving.secret(pending, learner, at) | overlapping


def _closed(assignments: Collection[Assignment], at: datetime, *waits: str) -> dict[int, datetime]:
    """Those for which `has_closed`, and when; where waits are named, of those that wait for it."""
    waiting = [
        one
        for one in assignments
        if not waits or any(getattr(one, wait) == Moment.CLOSED for wait in waits)
    ]
    lasts = timing.last_closings([one for one in waiting if not one.is_graded])
    ends = {pk: last + timing.GRACE for pk, last in lasts.items() if last is not None}
    over = {pk: end for pk, end in ends.items() if end < at}
    released = {one.pk: one.released_at for one in waiting if one.is_graded and one.released_at}
    return over | {pk: moment for pk, moment in released.items() if moment <= at}


def _is_over(one: Question, attempt: Attempt) -> bool:
    return attempt.handed_in_at is not None or one.served.is_settled


def _of_question(one: Question, attempt: Attempt, whole: Shown, secret: set[int]) -> Shown:
    if not _is_over(one, attempt) or one.served.revision.item_id in secret:
        return Shown(answer=whole.answer)
    return whole
