"""Enlisting: a whole list of people comes into a class at once.

Who has an e-mail address is invited. Who has none gets an account that the class has issued:
it has no password until its sign-in slip is made (`issuing`), and belongs to its student alone
once they choose a password of their own.
"""

import re
import secrets
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import ngettext

from quizzes.people import admitting, auditing, inviting
from quizzes.people.inviting import Offer
from quizzes.people.models import Classroom, Enrollment, Invitation, User
from quizzes.people.rolls import Line

_LONGEST_BASE, _TAIL = 40, 3
_NOT_WORDS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Enlisted:
    """Who was invited, and who has a place at once."""

    invitations: Sequence[Invitation]
    places: Sequence[Enrollment]


def known(classroom: Classroom, at: datetime) -> set[str]:
    """Names in the class, and addresses invited to it, in small letters; three queries.

    An invitation that was taken up counts for as long as whoever did so is in the class. Nobody
    learns from it whose address has an account.
    """
    present = classroom.enrollments.filter(role__in=Enrollment.PRESENT)
    names = present.values_list("user__display_name", flat=True)
    came = classroom.invitations.filter(accepted_by__in=present.values("user")).order_by()
    sent = (classroom.invitations.standing(at), came)
    addresses = (found.values_list("email", flat=True) for found in sent)
    return {one.casefold() for one in chain(names, *addresses) if one}


@transaction.atomic
def enlist(classroom: Classroom, actor: User, lines: Collection[Line], at: datetime) -> Enlisted:
    """Everybody on the list: invited, or with an account and a place; a fixed number of queries.

    Refuses with `admitting.NoMorePeople`.
    """
    admitting.ensure_live(classroom)
    offers = [Offer(line.name, line.email) for line in lines if line.email]
    invitations = inviting.invite(classroom, actor, offers, at) if offers else []
    places = _places(classroom, [line.name for line in lines if not line.email], at)
    if places:
        said = ngettext(
            "%(n)s account is made from a list.",
            "%(n)s accounts are made from a list.",
            len(places),
        )
        auditing.note(actor, "enlist", classroom.uid, said % {"n": len(places)}, at, classroom)
    return Enlisted(invitations, places)


def _places(classroom: Classroom, names: Sequence[str], at: datetime) -> list[Enrollment]:
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
        Enrollment(classroom=classroom, user=user, joined_at=at) for user in users
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
