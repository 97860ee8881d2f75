"""Inviting: somebody is offered a place in a class, by a secret that is good for one person once.

Whether an e-mail address has an account here is told to nobody: an invitation is made all the
same, and whoever holds its link takes it up with the account that they have or make.
"""

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from quizzes.people import admitting, auditing, joining, numbering
from quizzes.people.models import (
    Classroom,
    Enrollment,
    Invitation,
    InvitationQuerySet,
    User,
)
from quizzes.refusal import Refusal

STANDS = timedelta(days=14)
Role = Enrollment.Role


class OnlyInstructorsInviteStaff(Refusal):
    """Who helps to teach a class is its instructors' choice."""


class NotStanding(Refusal):
    """It was taken up or taken back, or has run out."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Who is invited as what; without an e-mail address the link is handed on by hand."""

    name: str = ""
    email: str = ""
    role: str = Role.STUDENT
    number: str = ""
    """The student number that the place will have."""


@transaction.atomic
def invite(
    classroom: Classroom, actor: User, offers: Collection[Offer], at: datetime
) -> list[Invitation]:
    """An invitation for each offer, good for 14 days; a fixed number of queries.

    Refuses with `OnlyInstructorsInviteStaff` and `admitting.NoMorePeople`.
    """
    admitting.ensure_live(classroom)
    if not {offer.role for offer in offers} <= set(roles(classroom, actor)):
        raise OnlyInstructorsInviteStaff(
            gettext_lazy("Only an instructor of the class invites those who teach it.")
        )
    made = Invitation.objects.bulk_create(_row(classroom, actor, offer, at) for offer in offers)
    said = ngettext("%(n)s person is invited.", "%(n)s people are invited.", len(made))
    if made:
        auditing.note(actor, "invite", classroom.uid, said % {"n": len(made)}, at, classroom)
    return made


def roles(classroom: Classroom, actor: User) -> list[Role]:
    """As what this person may invite people; one query."""
    is_run = classroom.enrollments.filter(user=actor, role=Role.INSTRUCTOR).exists()
    return [Role.STUDENT, Role.ASSISTANT, Role.INSTRUCTOR] if is_run else [Role.STUDENT]


def number(classroom: Classroom, numbers: Mapping[int, str], at: datetime) -> int:
    """Student numbers for invitations that have none, by their keys; how many. Two queries."""
    standing = classroom.invitations.standing(at)
    offers = list(standing.filter(pk__in=numbers, student_number=""))
    for offer in offers:
        offer.student_number = numbers[offer.pk]
    Invitation.objects.bulk_update(offers, ["student_number"])
    return len(offers)


@transaction.atomic
def withdraw(invitation: Invitation, actor: User, at: datetime) -> Invitation:
    """Take an invitation back; its link leads nowhere from now on. Refuses with `NotStanding`."""
    _ensure(_standing(invitation, at).update(withdrawn_at=at))
    who = invitation.name or invitation.email or _("somebody")
    said = _("The invitation of %(who)s is withdrawn.") % {"who": who}
    room = invitation.classroom
    auditing.note(actor, "withdraw-invitation", room.uid, said, at, room)
    return invitation


@transaction.atomic
def accept(invitation: Invitation, user: User, at: datetime) -> Enrollment:
    """The place that was offered; of two who come at once, one gets it.

    Whoever has chosen no name to be shown by gets the one on the invitation, and a place without
    student number its number while nobody else has it. Refuses with `NotStanding`, and as
    `joining.enroll` does.
    """
    numbering.hold(invitation.classroom_id)  # before the invitation, as a list does
    _ensure(_standing(invitation, at).update(accepted_at=at, accepted_by=user))
    invitation.refresh_from_db(fields=["student_number"])  # a list may have given it one meanwhile
    place = joining.enroll(invitation.classroom, user, at, invitation.role)
    numbering.take(place, invitation.student_number)
    if invitation.name and not user.display_name:
        user.display_name = invitation.name
        user.save(update_fields=["display_name"])
    if place.role != Role.STUDENT:
        said = _("%(who)s came by invitation: %(role)s.")
        told = said % {"who": user.name, "role": place.get_role_display()}
        room = invitation.classroom
        auditing.note(user, "accept-invitation", room.uid, told, at, room)
    return place


def _standing(invitation: Invitation, at: datetime) -> InvitationQuerySet:
    return Invitation.objects.standing(at).order_by().filter(pk=invitation.pk)


def _ensure(changed: int) -> None:
    if not changed:
        raise NotStanding(gettext_lazy("This invitation is no longer open."))


def _row(classroom: Classroom, actor: User, offer: Offer, at: datetime) -> Invitation:
    return Invitation(
        classroom=classroom,
        secret=secrets.token_urlsafe(32),
        name=offer.name,
        email=offer.email,
        student_number=offer.number,
        role=offer.role,
        made_by=actor,
        created_at=at,
        expires_at=at + STANDS,
    )
