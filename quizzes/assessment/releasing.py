"""Releasing: the results of a graded assignment are told to its class, and bear on its cards."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from quizzes.assessment import (
    expiring,
    overruling,
    remarking,
    sheets,
    tallying,
    timing,
    witnessing,
)
from quizzes.assessment.answering import ESSAY
from quizzes.assessment.models import Assignment, Attempt, Served
from quizzes.assessment.sheets import Sheet
from quizzes.cards import reweighing, weighing
from quizzes.people import auditing, notifying
from quizzes.people.models import User
from quizzes.refusal import Refusal

PATIENCE = 3
"""How often a learner's evidence is tried who is answering cards at that moment."""


class StillOpen(Refusal):
    """Somebody may still sit the assignment, or waits for a mark."""


class NotGraded(Refusal):
    """There is nothing to release: this assignment tells its results by its own terms."""


class Withdrawn(Refusal):
    """The assignment was taken back, so that it bears on no card."""


def release(
    assignment: Assignment, at: datetime, by: User | None = None, link: str = ""
) -> Assignment:
    """Tell the results from now on, and weigh every attempt's evidence; once, however often asked.

    Each student of the class gets a notice with this link, and who released it is written down.
    Refuses with `NotGraded`, with `Withdrawn`, and with `StillOpen` while somebody may still sit it
    or an essay is not marked.
    """
    _announce(assignment, at, by, link)
    weigh(assignment, at)
    return assignment


def weigh(assignment: Assignment, at: datetime) -> int:
    """Let all attempts at a released assignment bear on cards, at the time of their handing in.

    Each learner by themselves: whoever is deleted meanwhile, or answers cards at that very moment,
    stops nobody. Run again, it does what is left and nothing twice. Tells how many learners are
    left.
    """
    done = Attempt.objects.handed_in().filter(assignment=assignment).order_by()
    learners = sorted(set(done.values_list("learner", flat=True)))
    return sum(not _weigh_patiently(assignment, learner, at) for learner in learners)


def not_marked(assignment: Assignment) -> int:
    """How many essays wait for a person to mark them; one query."""
    waiting = (one for sheet in _sheets(assignment) for one in tallying.unmarked(sheet))
    return sum(one.kind == ESSAY for one in waiting)


@transaction.atomic
def _announce(assignment: Assignment, at: datetime, by: User | None, link: str) -> None:
    """Release it once, as it stands: nobody begins, changes or withdraws it meanwhile."""
    assignment.refresh_from_db(from_queryset=Assignment.objects.held())
    if assignment.released_at is None:
        _ensure_over(assignment, at)
        assignment.released_at = at
        assignment.save(update_fields=["released_at"])
        _tell(assignment, at, by, link)


def _tell(assignment: Assignment, at: datetime, by: User | None, link: str) -> None:
    title, room = {"quiz": assignment.quiz.title}, assignment.classroom
    students = room.enrollments.students()
    told = _("The results of “%(quiz)s” are released.") % title
    notifying.tell(students.values_list("user", flat=True), told, link, at)
    if by:
        said = _("Released the results of “%(quiz)s”.") % title
        auditing.note(by, "release", assignment.uid, said, at, room)


def _ensure_over(assignment: Assignment, at: datetime) -> None:
    if not assignment.is_graded:
        raise NotGraded(_("This assignment is not graded, so there is nothing to release."))
    if assignment.withdrawn_at:
        raise Withdrawn(_("This quiz was withdrawn, so there is nothing to release."))
    for attempt in Attempt.objects.open().filter(assignment=assignment).order_by("pk"):
        expiring.settle(sheets.of(attempt), at)
    closes_at = timing.last_closing(assignment)
    is_over = closes_at is not None and closes_at + timing.GRACE < at
    if not is_over or Attempt.objects.open().filter(assignment=assignment).exists():
        raise StillOpen(_("Somebody may still sit this. Release it once it has closed for all."))
    if waiting := not_marked(assignment):
        raise StillOpen(_("Answers to be marked first: %(count)s.") % {"count": waiting})


def _weigh_patiently(assignment: Assignment, learner: int, at: datetime) -> bool:
    for _turn in range(PATIENCE):
        try:
            with transaction.atomic():
                _weigh(assignment, learner, at)
        except (Refusal, IntegrityError):  # their cards were answered just now, or they are gone
            continue
        return True
    return not User.objects.filter(pk=learner).exists()


def _weigh(assignment: Assignment, learner: int, at: datetime) -> None:
    """One learner's attempts, as they stand; nothing of the assignment is marked anew meanwhile."""
    Assignment.objects.held().get(pk=assignment.pk)
    found, rulings = _sheets(assignment, learner=learner), overruling.in_force([assignment.pk])
    for sheet, stand in zip(found, remarking.standings(found, rulings, ()), strict=True):
        attempt = sheet.attempt
        shown = witnessing.evidence(sheet, stand)
        weighing.weigh(attempt.learner, shown, at, attempt.handed_in_at)
        if stand:
            reweighing.reweigh([witnessing.told_again(sheet, stand)], at)


def _sheets(assignment: Assignment, **those: int) -> list[Sheet]:
    """The attempts at an assignment with their answers, as they were handed in; one query."""
    rows = Served.objects.filter(
        attempt__assignment=assignment, attempt__handed_in_at__isnull=False
    )
    mine = rows.filter(**{f"attempt__{name}": value for name, value in those.items()})
    return sheets.each(mine.order_by("attempt__handed_in_at", "attempt", "position"))
