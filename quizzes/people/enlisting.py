"""Enlisting: a whole list of people comes into a class at once.

Who has an e-mail address is invited. Who has none gets an account that the class has issued:
it has no password until its sign-in slip is made (`issuing`), and belongs to its student alone
once they choose a password of their own. Whom the class knows already comes only once, and gets
the student number of the line if they have none.
"""

import re
import secrets
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import ngettext

from quizzes.people import admitting, auditing, inviting, numbering
from quizzes.people.inviting import Offer
from quizzes.people.models import Classroom, Enrollment, Invitation, User
from quizzes.people.rolls import Line, Somebody

_LONGEST_BASE, _TAIL = 40, 3
_NOT_WORDS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Enlisted:
    """Who was invited, who has a place at once, and how many got a student number."""

    invitations: Sequence[Invitation]
    places: Sequence[Enrollment]
    numbered: int = 0


def known(classroom: Classroom, at: datetime) -> list[Somebody]:
    """Who is in the class, has left it, or is invited to it; three queries.

    An invitation that was taken up counts for as long as whoever did so is in the class. Nobody
    learns from it whose address has an account.
    """
    came = classroom.invitations.filter(accepted_by__isnull=False).order_by()
    emails = defaultdict[int, set[str]](set)
    for user, email in came.values_list("accepted_by", "email"):
        emails[user] |= {email.casefold()} - {""}
    places = classroom.enrollments.select_related("user").order_by("pk")
    invited = classroom.invitations.standing(at)
    return [
        *(_in_class(place, frozenset(emails[place.user_id])) for place in places),
        *(_invited(one) for one in invited),
    ]


def _in_class(place: Enrollment, emails: frozenset[str]) -> Somebody:
    is_student = place.role == Enrollment.Role.STUDENT
    return Somebody(
        place.user.name,
        emails,
        place.student_number,
        place=place.pk if is_student else None,
        has_left=place.role == Enrollment.Role.FORMER,
    )


def _invited(invitation: Invitation) -> Somebody:
    email = invitation.email
    emails = frozenset({email.casefold()} - {""})
    name, number = invitation.name or email, invitation.student_number
    return Somebody(name, emails, number, invitation=invitation.pk)


@transaction.atomic
def enlist(classroom: Classroom, actor: User, lines: Collection[Line], at: datetime) -> Enlisted:
    """Everybody on the list: invited, or with an account and a place; a fixed number of queries.

    Whom a line finds in the class gets its student number and nothing else. Refuses with
    `admitting.NoMorePeople`, and with `numbering.NumberTaken` if somebody got a number meanwhile.
    """
    admitting.ensure_live(classroom)
    numbering.ensure_free(classroom, {line.student_number for line in lines})
    new = [line for line in lines if line.found is None]
    offers = [
        Offer(line.name, line.email, number=line.student_number) for line in new if line.email
    ]
    invitations = inviting.invite(classroom, actor, offers, at) if offers else []
    places = _places(classroom, [line for line in new if not line.email], at)
    if places:
        said = ngettext(
            "%(n)s account is made from a list.",
            "%(n)s accounts are made from a list.",
            len(places),
        )
        auditing.note(actor, "enlist", classroom.uid, said % {"n": len(places)}, at, classroom)
    return Enlisted(invitations, places, _number(classroom, actor, lines, at))


def _number(classroom: Classroom, actor: User, lines: Collection[Line], at: datetime) -> int:
    """Numbers for whom the class knows already, in it or invited; how many got one."""
    found = [(line.found, line.student_number) for line in lines if line.found]
    places = {one.place: number for one, number in found if one.place}
    offers = {one.invitation: number for one, number in found if one.invitation}
    count = numbering.complete(classroom, places) + inviting.number(classroom, offers, at)
    if count:
        said = ngettext(
            "%(n)s student number is taken from a list.",
            "%(n)s student numbers are taken from a list.",
            count,
        )
        auditing.note(actor, numbering.ACT, classroom.uid, said % {"n": count}, at, classroom)
    return count


def _places(classroom: Classroom, lines: Sequence[Line], at: datetime) -> list[Enrollment]:
    names = [line.name for line in lines]
    users = User.objects.bulk_create(
        User(
            username=username,
            display_name=name,
            password=make_password(None),
            time_zone=classroom.time_zone,
            issued_by=classroom,
            date_joined=at,
        )
        for name, username in zip(names, _usernames(names), strict=True)
    )
    return Enrollment.objects.bulk_create(
        Enrollment(classroom=classroom, user=user, joined_at=at, student_number=line.student_number)
        for user, line in zip(users, lines, strict=True)
    )


def _usernames(names: Sequence[str]) -> list[str]:
    """A name to sign in with for each, which nobody has; as a rule one query."""
    found = _drawn(names, set())
    while taken := set(
        User.objects.filter(username__in=found).order_by().values_list("username", flat=True)
    ):
        found = _drawn(names, taken)
    return found


def _drawn(names: Sequence[str], taken: set[str]) -> list[str]:
    drawn: dict[str, None] = {}
    for name in names:
        username = _candidate(name)
        while username in drawn or username in taken:
            username = _candidate(name)
        drawn[username] = None
    return list(drawn)


def _candidate(name: str) -> str:
    """“olga-baer-k7q”: the name in plain letters, with a tail that gives nobody else away."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    base = _NOT_WORDS.sub("-", plain).strip("-")[:_LONGEST_BASE].strip("-") or "student"
    tail = "".join(secrets.choice(admitting.ALPHABET) for _symbol in range(_TAIL))
    return f"{base}-{tail.lower()}"
