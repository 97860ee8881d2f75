"""Extending: one student gets a closing of their own at an assignment, or more attempts."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from quizzes.assessment import differing, disclosing, lateness, timing
from quizzes.assessment.assigning import AlreadyReleased, CutsShort
from quizzes.assessment.models import Assignment, Attempt, Extension
from quizzes.assessment.releasing import Withdrawn
from quizzes.assessment.terms import Moment
from quizzes.people import auditing, notifying
from quizzes.people.models import Enrollment, User
from quizzes.refusal import Refusal


class OnlyStudentsAreExtended(Refusal):
    """Who is no student of the class sits none of its quizzes."""


class TakesTimeAway(Refusal):
    """An own closing lies after the one that the student has anyway."""


class KeysAreTold(Refusal):
    """Nobody sits a quiz whose key the class has been told since it closed."""


@transaction.atomic
def extend(
    assignment: Assignment,
    place: Enrollment,
    by: User,
    at: datetime,
    *,
    closes_at: datetime | None,
    attempts_allowed: int | None,
    link: str,
) -> Extension | None:
    """Give a student of the class an own closing, or attempts, in place of what they had; or none.

    Whoever sits it just then gets the time that is added. It is written down, and the student is
    told, with the link. Refuses with `OnlyStudentsAreExtended`, `TakesTimeAway`, with `CutsShort`
    where they would lose time that an open attempt has, and with `KeysAreTold`, `AlreadyReleased`
    and `Withdrawn`.
    """
    held = Assignment.objects.held().select_related("classroom", "quiz").get(pk=assignment.pk)
    _ensure_may(held, place, closes_at)
    _ensure_untold(held, at, closes_at, attempts_allowed)
    before = Extension.objects.filter(assignment=held, learner=place.user).first()
    after = Extension(closes_at=closes_at, attempts_allowed=attempts_allowed)
    _move_deadlines(held, place, at, before, after)
    made = _keep(held, place.user, by, at, after)
    lateness.relent(held)
    values = {"name": place.user.name, "quiz": held.quiz, "what": _said(held, after, at)}
    text = _("%(name)s, “%(quiz)s”: %(what)s") % values
    auditing.note(by, "extend", held.uid, text, at, held.classroom)
    told = _("“%(quiz)s”, for you: %(what)s") % values
    notifying.tell([place.user_id], told, link, at)
    return made


def _ensure_may(held: Assignment, place: Enrollment, closes_at: datetime | None) -> None:
    is_here = place.classroom_id == held.classroom_id
    if not is_here or place.role != Enrollment.Role.STUDENT:
        raise OnlyStudentsAreExtended(_("Only a student of the class gets an own closing."))
    if held.released_at:
        raise AlreadyReleased(_("The results are released: this can no longer change."))
    if held.withdrawn_at:
        raise Withdrawn(_("This quiz was withdrawn: it can no longer change."))
    theirs = timing.due(held, place)
    if closes_at and (theirs is None or closes_at <= theirs):
        raise TakesTimeAway(_("This student has until then anyway: choose a later moment."))


def _ensure_untold(
    held: Assignment, at: datetime, closes_at: datetime | None, attempts_allowed: int | None
) -> None:
    tells = Moment.CLOSED in (held.correctness_from, held.key_from, held.explanation_from)
    if (closes_at or attempts_allowed) and tells and disclosing.has_closed(held, at):
        raise KeysAreTold(_("It has closed, and the class sees the answers. Give another quiz."))


def _move_deadlines(
    held: Assignment,
    place: Enrollment,
    at: datetime,
    before: Extension | None,
    after: Extension,
) -> None:
    """Move the deadlines of what the student is sitting, later and never earlier."""
    running = Attempt.objects.open().filter(assignment=held, learner=place.user_id)
    moved = [one for one in running.order_by("pk") if not timing.is_up(one, at)]
    for attempt in moved:
        was, now = (
            timing.deadline(held, place, attempt.started_at, own) for own in (before, after)
        )
        if was and now and now < was:
            raise CutsShort(_("The student is sitting this quiz now and would lose time."))
        if attempt.deadline_at is not None:
            attempt.deadline_at = now and max(now, attempt.deadline_at)
    Attempt.objects.bulk_update(moved, ["deadline_at"])


def _keep(
    held: Assignment, learner: User, by: User, at: datetime, after: Extension
) -> Extension | None:
    mine = Extension.objects.filter(assignment=held, learner=learner)
    if after.closes_at is None and after.attempts_allowed is None:
        mine.delete()
        return None
    columns = {
        "closes_at": after.closes_at,
        "attempts_allowed": after.attempts_allowed,
        "given_by": by,
        "given_at": at,
    }
    made, _is_new = Extension.objects.update_or_create(
        assignment=held, learner=learner, defaults=columns
    )
    return made


def _said(held: Assignment, after: Extension, at: datetime) -> str:
    """“closes 10 March, 18:00; 3 attempts”, on the class's clock."""
    said = []
    if after.closes_at:
        when = differing.moment(after.closes_at, held.classroom, at)
        said.append(_("closes %(when)s") % {"when": when})
    if after.attempts_allowed:
        said.append(_("attempts: %(n)s") % {"n": after.attempts_allowed})
    return "; ".join(said) or _("as for the whole class")
