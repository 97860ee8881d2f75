"""Overriding: an instructor puts a score in place of the counted one, says why, and takes it back.

Every step is a row of its own and stays; the newest counts. A regrade touches none.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any, Protocol

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from quizzes.assessment import counting, disclosing
from quizzes.assessment.models import Assignment, Override
from quizzes.items.fractions import FULL_FRACTION, nearest, percent
from quizzes.people import auditing, notifying
from quizzes.people.models import AuditLine, Enrollment, User
from quizzes.refusal import Refusal

ACT = "override"
LONGEST_REASON = 300


class Scored(Protocol):
    """What a mark is counted from: an attempt, or a part of one."""

    @property
    def score(self) -> int | None: ...
    @property
    def days_late(self) -> int: ...


class NotOfThisClass(Refusal):
    """Whoever the mark would be for is no student of the assignment's class, and never was."""


class NoReason(Refusal):
    """A mark that is set by hand needs a reason, which its student reads."""


class NotAScore(Refusal):
    """A score lies between nothing and everything."""


class NothingToTakeBack(Refusal):
    """No mark is set by hand here, so that there is none to take back."""


@transaction.atomic
def override(
    assignment: Assignment,
    learner: User,
    score: int | None,
    reason: str,
    author: User,
    at: datetime,
    link: str = "",
) -> Override:
    """Let this score, in units of 10⁻⁷, count for a student; without one, the counted one again.

    It is written into the audit, and who still is a student of the class gets a notice with this
    link if the mark may be told by now. Refuses with `NotOfThisClass`, `NoReason`, `NotAScore` and
    `NothingToTakeBack`.
    """
    before = standing(Q(assignment=assignment, learner=learner)).get((assignment.pk, learner.pk))
    place = _place(assignment, learner)
    _ensure_allowed(score, reason, before)
    made = Override.objects.create(
        assignment=assignment,
        learner=learner,
        score=score,
        reason=reason.strip()[:LONGEST_REASON],
        author=author,
        made_at=at,
    )
    auditing.note(author, ACT, assignment.uid, _said(made), at, assignment.classroom)
    is_here = place.role == Enrollment.Role.STUDENT
    if is_here and assignment.pk in disclosing.marks(learner, [assignment], at):
        notifying.tell([learner.pk], _told(made), link, at)
    return made


def mark(
    attempts: Iterable[Scored], assignment: Assignment, override: Override | None
) -> int | None:
    """The mark that counts of a student's attempts, the first one first: an override before all.

    Else what is counted of the scores, each less what being late costs; an attempt that is open
    has none yet. In units of 10⁻⁷, to the nearest; None where there is nothing to count.
    """
    if override is not None and override.score is not None:
        return override.score
    scores = [
        counting.after_penalty(one.score, one.days_late, assignment.late_percent)
        for one in attempts
        if one.score is not None
    ]
    exact = counting.counted(scores, assignment.counting)
    return None if exact is None else nearest(exact)


def standing(those: Q) -> Mapping[tuple[int, int], Override]:
    """The overrides that count, by assignment and learner; one query.

    What was taken back is not there.
    """
    rows = Override.objects.filter(those).select_related("author").order_by("pk")
    newest = {(row.assignment_id, row.learner_id): row for row in rows}
    return {pair: row for pair, row in newest.items() if row.score is not None}


def told_by(lines: Collection[AuditLine]) -> dict[int, int]:
    """Whose marks lines of the audit tell of, by the line, as primary keys; one query, or none.

    A line names nobody, but was written in one act with the mark: at its moment, by its author.
    """
    lines = [one for one in lines if one.act == ACT]
    if not lines:
        return {}
    rows = Override.objects.filter(
        assignment__uid__in=[one.about for one in lines],
        made_at__in=[one.done_at for one in lines],
    )
    columns = ("assignment__uid", "author", "made_at", "learner")
    found: dict[tuple[Any, ...], set[int]] = defaultdict(set)
    for *act, learner in rows.values_list(*columns):
        found[tuple(act)].add(learner)
    told = {one.pk: found[one.about, one.actor_id, one.done_at] for one in lines}
    return {pk: min(learners) for pk, learners in told.items() if len(learners) == 1}


def _place(assignment: Assignment, learner: User) -> Enrollment:
    places = Enrollment.objects.filter(classroom=assignment.classroom_id, user=learner)
    place = places.filter(role__in=Enrollment.SAT_BY).first()
    if place is None:
        raise NotOfThisClass(_("This class has no such student."))
    return place


def _ensure_allowed(score: int | None, reason: str, before: Override | None) -> None:
    if not reason.strip():
        raise NoReason(_("Say why: the student reads it."))
    if score is None and before is None:
        raise NothingToTakeBack(_("No mark is set by hand here."))
    if score is not None and not 0 <= score <= FULL_FRACTION:
        raise NotAScore(_("A mark lies between 0 and 100 per cent."))


def _said(made: Override) -> str:
    """For the audit; it names no student, since its lines outlive accounts."""
    if made.score is None:
        return _("Took back a mark set by hand: %(reason)s") % {"reason": made.reason}
    return _("Set a mark by hand to %(percent)s%%: %(reason)s") % {
        "percent": percent(made.score),
        "reason": made.reason,
    }


def _told(made: Override) -> str:
    """Of a long title no more than leaves room for the reason."""
    said = _("Your mark of “%(quiz)s” was set to %(percent)s%%: %(reason)s")
    if made.score is None:
        said = _("Your mark of “%(quiz)s” is what was counted again: %(reason)s")
    words = {"percent": percent(made.score or 0), "reason": made.reason}
    beside = len(said % {"quiz": "", **words})
    return said % {"quiz": notifying.brief(made.assignment.quiz.title, beside), **words}
