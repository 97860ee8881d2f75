"""Assigning: a quiz is given to a class, with its dates and its terms, and taken back."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from quizzes.assessment import (
    attempting,
    differing,
    lateness,
    opening,
    reserving,
    sheets,
    terms,
    timing,
)
from quizzes.assessment.models import Assignment, Attempt, Extension, Quiz
from quizzes.assessment.publishing import NothingToAsk
from quizzes.assessment.releasing import Withdrawn
from quizzes.people import auditing
from quizzes.people.models import Classroom, Enrollment, User
from quizzes.refusal import Refusal

Counting, Moment = Assignment.Counting, Assignment.Moment


class NotForThisClass(Refusal):
    """The class cannot be given this quiz: it is of somebody's own book, or is not published."""


class CutsShort(Refusal):
    """Somebody is sitting the quiz, and would lose time."""


class AlreadyBegun(Refusal):
    """Somebody has begun the quiz on other terms."""


class AlreadyReleased(Refusal):
    """The results are out: what they came from stays as it was."""


@dataclass(frozen=True, slots=True)
class Plan:
    """All that is laid down for an assignment; what is not said is safe."""

    opens_at: datetime
    closes_at: datetime | None = None
    time_limit_minutes: int | None = None
    attempts_allowed: int | None = 1
    counting: str = Counting.BEST
    is_graded: bool = True
    password: str = ""
    is_forward_only: bool = False
    asks_confidence: bool = False
    tries: int = 1
    penalty_percent: int = 0
    late_days: int = 0
    late_percent: int = 0
    answer_from: int = Moment.HANDED_IN
    correctness_from: int = Moment.CLOSED
    score_from: int = Moment.CLOSED
    key_from: int = Moment.CLOSED
    explanation_from: int = Moment.CLOSED


FIXED = ("is_graded", "is_forward_only", "asks_confidence", "tries", "penalty_percent")
"""What stays once somebody has begun: marks depend on it, or the promise made at the start."""


@transaction.atomic
def assign(
    classroom: Classroom, quiz: Quiz, plan: Plan, at: datetime, by: User | None = None
) -> Assignment:
    """Give a quiz to a class; what a graded one can ask is reserved from now on.

    It is written down who did it, if somebody did.
    Refuses with `NotForThisClass` and `NothingToAsk`; `ValidationError` where a value is out of
    its bounds.
    """
    if classroom.archived_at:
        raise NotForThisClass(_("This class is archived: nothing is given to it any more."))
    is_public = Quiz.objects.published().filter(pk=quiz.pk, book__owner=None)
    if not (is_public | Quiz.objects.for_class(classroom, by).filter(pk=quiz.pk)).exists():
        raise NotForThisClass(_("This quiz cannot be given to this class."))
    assignment = Assignment(classroom=classroom, quiz=quiz, created_at=at, **asdict(plan))
    assignment.full_clean()
    assignment.save(force_insert=True)
    if not reserving.keep(assignment):
        raise NothingToAsk(_("This quiz has no question to ask just now."))
    if by is not None:
        text = _("“%(quiz)s” given: %(dates)s.")
        values = {"quiz": quiz, "dates": opening.dates(assignment, at)}
        auditing.note(by, "give", assignment.uid, text % values, at, classroom)
    return assignment


@transaction.atomic
def assign_each(
    quiz: Quiz, plans: Sequence[tuple[Classroom, Plan]], at: datetime, by: User | None = None
) -> list[Assignment]:
    """Give a quiz to several classes, each on its own plan, or to none of them."""
    return [assign(classroom, quiz, plan, at, by) for classroom, plan in plans]


@transaction.atomic
def change(
    assignment: Assignment, plan: Plan, at: datetime, by: User, link: str = ""
) -> Assignment:
    """Lay an assignment down anew; whoever is sitting it gets the time that is added.

    What changed is written down, old and new. Where the dates are others than the students know,
    they get a notice with the link. Refuses with `CutsShort` where
    somebody would lose time, with `AlreadyBegun` where marks or checks would change under those
    who have begun or being late would cost them more, and with `AlreadyReleased` and `Withdrawn`;
    `ValidationError` where a value is out of its bounds.
    """
    before = Assignment.objects.held().get(pk=assignment.pk)
    if before.released_at:
        raise AlreadyReleased(_("The results are released: this can no longer change."))
    if before.withdrawn_at:
        raise Withdrawn(_("This quiz was withdrawn: it can no longer change."))
    for name, value in asdict(plan).items():
        setattr(assignment, name, value)
    assignment.full_clean()
    if not _is_alike(before, assignment) and Attempt.objects.filter(assignment=before).exists():
        raise AlreadyBegun(
            _(
                "Somebody has begun: grading, tries, checks and the way through must stay, and "
                "being late may cost no more."
            )
        )
    running = Attempt.objects.open().filter(assignment=before).order_by("pk")
    _extend([one for one in running if not timing.is_up(one, at)], before, assignment)
    assignment.save(update_fields=list(asdict(plan)))
    lateness.relent(assignment)
    _note(before, assignment, at, by)
    opening.tell_anew(before, assignment, at, link)
    reserving.renew(Quiz.objects.filter(pk=assignment.quiz_id))
    return assignment


@transaction.atomic
def withdraw(assignment: Assignment, at: datetime, by: User | None = None) -> Assignment:
    """Take an assignment back: nobody sits it any more, and a graded one bears on no card.

    Open attempts are handed in as they stand; what was handed in stays its learners' to look at.
    It is written down who did it, if somebody did.
    Refuses with `AlreadyReleased`.
    """
    assignment.refresh_from_db(from_queryset=Assignment.objects.held())
    if assignment.released_at:
        raise AlreadyReleased(_("The results are released: this can no longer be withdrawn."))
    if assignment.withdrawn_at is None:
        assignment.withdrawn_at = at
        assignment.save(update_fields=["withdrawn_at"])
        if by is not None:
            text = _("“%(quiz)s” withdrawn.") % {"quiz": assignment.quiz}
            auditing.note(by, "withdraw", assignment.uid, text, at, assignment.classroom)
    running = Attempt.objects.open().filter(assignment=assignment).order_by("pk")
    for attempt in running.select_for_update(of=("self",), no_key=True):  # no answer comes between
        attempting.hand_in(sheets.of(attempt), at)
    return assignment


def _note(before: Assignment, after: Assignment, at: datetime, by: User) -> None:
    """Write down what is other than before, in words; nothing where all is the same."""
    if changes := differing.changes(before, after, at):
        text = _("“%(quiz)s”: %(changes)s") % {"quiz": after.quiz, "changes": "; ".join(changes)}
        auditing.note(by, "change-terms", after.uid, text, at, after.classroom)


def _is_alike(before: Assignment, after: Assignment) -> bool:
    """Whether what must stay once somebody has begun is the same."""
    is_checked = [terms.of_assignment(one).checks_each for one in (before, after)]
    is_no_dearer = after.late_percent <= before.late_percent
    return (
        is_no_dearer
        and is_checked[0] == is_checked[1]
        and all(getattr(before, name) == getattr(after, name) for name in FIXED)
    )


def _extend(running: list[Attempt], before: Assignment, after: Assignment) -> None:
    """Move the deadlines of running attempts, later and never earlier."""
    places = {one.user_id: one for one in Enrollment.objects.filter(classroom=after.classroom_id)}
    owns = {one.learner_id: one for one in Extension.objects.filter(assignment=before)}
    for attempt in running:
        place, own = places.get(attempt.learner_id), owns.get(attempt.learner_id)
        if place is None:
            continue
        was, now = (timing.deadline(one, place, attempt.started_at, own) for one in (before, after))
        if now is not None and (was is None or now < was):
            raise CutsShort(_("Somebody is sitting this quiz now and would lose time."))
        if attempt.deadline_at is not None:
            attempt.deadline_at = now and max(now, attempt.deadline_at)
    Attempt.objects.bulk_update(running, ["deadline_at"])
