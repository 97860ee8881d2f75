"""Regrading: a question of an assignment is marked anew for all who were asked it, and back again.

A regrade is thought out first (`propose`), tried (`rehearsing`), and applied or forgotten. Marks
are a function of raw answers and the regrades in force, so that to undo one is to mark without
it: afterwards every row is as if it had never been, but for those that tell of it.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from quizzes.assessment import (
    disclosing,
    informing,
    marking_anew,
    overruling,
    terms,
)
from quizzes.assessment.answering import ESSAY
from quizzes.assessment.grading import Credit
from quizzes.assessment.informing import Message
from quizzes.assessment.marking_anew import Portion, Shift
from quizzes.assessment.models import (
    Assignment,
    Regrade,
    RegradeChange,
    RegradeCredit,
    Served,
)
from quizzes.assessment.overruling import Policy
from quizzes.assessment.terms import Moment
from quizzes.items.filling import GAP
from quizzes.items.models import Item, Option, Revision
from quizzes.people import auditing
from quizzes.people.models import User
from quizzes.refusal import Refusal


class NotToRegrade(Refusal):
    """The assignment was withdrawn, or nobody was asked this in it."""


class DoesNotFit(Refusal):
    """The policy cannot mark this question: another key does not fit it, or no machine can."""


class AlreadyApplied(Refusal):
    """The regrade was applied before."""


class NotInForce(Refusal):
    """The regrade was not applied, or undone before."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """How a question is to be marked; whose key, or what is credited, as its policy needs."""

    policy: str
    reason: str
    never_lowers: bool = True
    key_revision: Revision | None = None
    credits: Collection[Credit] = ()


@transaction.atomic
def propose(
    assignment: Assignment, revision: Revision, proposal: Proposal, author: User, at: datetime
) -> Regrade:
    """Write down a regrade that changes nothing yet.

    Refuses with `NotToRegrade`, and with `DoesNotFit` where the policy cannot mark the question.
    """
    ensure_may(assignment, revision)
    _ensure_fits(revision, proposal, author)
    regrade = Regrade.objects.create(
        assignment=assignment,
        revision=revision,
        policy=proposal.policy,
        key_revision=proposal.key_revision if proposal.policy == Policy.KEY else None,
        never_lowers=proposal.never_lowers,
        reason=proposal.reason,
        author=author,
        created_at=at,
    )
    RegradeCredit.objects.bulk_create(
        RegradeCredit(regrade=regrade, part=part, text=said)
        if isinstance(said, str)
        else RegradeCredit(regrade=regrade, part=part, position=said)
        for part, said in sorted(proposal.credits, key=str)
    )
    return regrade


def ensure_may(assignment: Assignment, revision: Revision) -> None:
    """Refuse with `NotToRegrade` where an assignment is withdrawn, or did not ask this."""
    if assignment.withdrawn_at:
        raise NotToRegrade(_("This quiz was withdrawn, so nothing in it is regraded."))
    asked = Served.objects.filter(attempt__assignment=assignment, revision=revision)
    if not asked.exists():
        raise NotToRegrade(_("Nobody was asked this question in this quiz."))


def fitting(revision: Revision, author: User) -> list[Revision]:
    """Other wordings whose keys fit a question as it was asked, the newest first.

    They are those of the same kind with the same options in the same places, and as many gaps:
    revisions of the question itself, and what the author's own copies of it say now. Two queries.
    """
    copies = Item.objects.owned_by(author).filter(adapted_from=revision.item_id).order_by()
    others = Revision.objects.exclude(pk=revision.pk).filter(
        Q(item=revision.item_id) | Q(pk__in=copies.values("revision")), kind=revision.kind
    )
    newest_first = others.select_related("item").order_by("-created_at", "-number", "-pk")
    found = [] if revision.kind == ESSAY else list(newest_first)
    laid = _laid([revision, *found])
    return [one for one in found if laid[one.pk] == laid[revision.pk]]


def _laid(revisions: Iterable[Revision]) -> Mapping[int, tuple[int, list[tuple[int, str]]]]:
    """What an answer to each may name: how many gaps, and the options of each part."""
    options: dict[int, list[tuple[int, str]]] = {one.pk: [] for one in revisions}
    rows = Option.objects.filter(revision__in=options).order_by("part", "position")
    for pk, part, text in rows.values_list("revision", "part", "text"):
        options[pk].append((part, text))
    return {one.pk: (one.stem.count(GAP), options[one.pk]) for one in revisions}


@transaction.atomic
def apply(
    regrade: Regrade,
    by: User,
    at: datetime,
    message: Message | None = None,
    prepared: Iterable[Portion] = (),
) -> list[Shift]:
    """Mark a question anew for all who were asked it: marks, scores, tallies and cards.

    All or none, with the line of audit and the lines to the students whose score changes, if they
    may know it. Refuses with `AlreadyApplied`, and with `NotToRegrade` when it was withdrawn.
    """
    now = _held(regrade)
    if now.applied_at:
        raise AlreadyApplied(_("This regrade was applied before."))
    ensure_may(now.assignment, now.revision)
    now.applied_at = at
    now.save(update_fields=["applied_at"])
    shifts = marking_anew.mark(now, at, prepared)
    RegradeChange.objects.filter(regrade=now).delete()
    RegradeChange.objects.bulk_create(
        RegradeChange(regrade=now, attempt=attempt, score_before=before, score_after=after)
        for attempt, before, after in shifts
    )
    said = _("Regraded: %(what)s. Scores changed: %(count)s. %(reason)s")
    _tell(now, "regrade", said, shifts, by, at, message)
    return shifts


@transaction.atomic
def undo(
    regrade: Regrade,
    by: User,
    at: datetime,
    message: Message | None = None,
    prepared: Iterable[Portion] = (),
) -> list[Shift]:
    """Mark without a regrade again; every row is as if it had never been applied.

    Refuses with `NotInForce` where it is not.
    """
    now = _held(regrade)
    if now.applied_at is None or now.undone_at:
        raise NotInForce(_("This regrade is not in force."))
    now.undone_at = at
    now.save(update_fields=["undone_at"])
    shifts = marking_anew.mark(now, at, prepared)
    said = _("Regrade undone: %(what)s. Scores changed: %(count)s. %(reason)s")
    _tell(now, "undo-regrade", said, shifts, by, at, message)
    return shifts


def work_out(regrade: Regrade) -> list[Portion]:
    """Work a regrade out before it is applied, or undone, some attempts at a time.

    So the transaction of `apply` or `undo` that is given this is short, however many they are.
    Before applying, each attempt that was worked out has a line, by which one sees how far it is.
    """
    if regrade.applied_at:
        return list(marking_anew.prepare(regrade, overruling.after_undoing(regrade)))
    RegradeChange.objects.filter(regrade=regrade).delete()
    portions = []
    for portion in marking_anew.prepare(regrade, overruling.after_applying(regrade)):
        portions.append(portion)
        _note(regrade, portion)
    return portions


@transaction.atomic
def discard(regrade: Regrade) -> None:
    """Forget a regrade that was only thought of; refuses with `AlreadyApplied`."""
    if _held(regrade).applied_at:
        raise AlreadyApplied(_("This regrade was applied before."))
    regrade.delete()


def is_told(assignment: Assignment, at: datetime) -> bool:
    """Whether those who handed it in may know their score by now; at most one query."""
    over = disclosing.has_closed(assignment, at)
    now = Moment.CLOSED if over else Moment.HANDED_IN
    return disclosing.shown(terms.of_assignment(assignment), now).score


def _held(regrade: Regrade) -> Regrade:
    """A regrade as it stands; nobody begins, releases or regrades its assignment meanwhile."""
    assignment = Assignment.objects.held().select_related("classroom", "quiz")
    given = assignment.get(pk=regrade.assignment_id)
    now = Regrade.objects.select_related("revision", "key_revision").get(pk=regrade.pk)
    now.assignment = given
    return now


def _note(regrade: Regrade, portion: Portion) -> None:
    """A line for each attempt that was worked out; `apply` keeps those whose score changes."""
    scores = {pk: (one.score or 0, one.score or 0) for pk, one in portion.guards.items()}
    scores |= {shift.attempt.pk: (shift.before, shift.after) for shift in portion.shifts}
    RegradeChange.objects.bulk_create(
        RegradeChange(regrade=regrade, attempt_id=pk, score_before=before, score_after=after)
        for pk, (before, after) in scores.items()
    )


def _ensure_fits(revision: Revision, proposal: Proposal, author: User) -> None:
    policy, is_essay = proposal.policy, revision.kind == ESSAY
    if is_essay and policy in {Policy.KEY, Policy.CREDIT}:
        raise DoesNotFit(_("A person marks this question: give it to everyone, or drop it."))
    if policy == Policy.KEY and proposal.key_revision not in fitting(revision, author):
        raise DoesNotFit(_("That key is not of this question with these options."))
    if policy == Policy.CREDIT and not proposal.credits:
        raise DoesNotFit(_("Choose the answers to credit."))


def _tell(
    regrade: Regrade,
    act: str,
    said: str,
    shifts: Collection[Shift],
    by: User,
    at: datetime,
    message: Message | None,
) -> None:
    """The line of audit, and a line to each student whose score changed, where they may know."""
    given = regrade.assignment
    words: Mapping[str, object] = {
        "what": regrade.get_policy_display(),
        "count": len(shifts),
        "reason": regrade.reason,
    }
    auditing.note(by, act, given.uid, said % words, at, given.classroom)
    if message and is_told(given, at):
        informing.inform(given, shifts, message, at)
