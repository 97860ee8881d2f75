"""Issuing: the sign-in slip of an account that a class has made, with a password said once.

A slip can be made again, with a new password, for as long as the class holds the account: until
its student chooses a password or gives an e-mail address. From then on it is theirs alone.
"""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, make_password
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.people import auditing
from quizzes.people.models import Classroom, Enrollment, EnrollmentQuerySet, User
from quizzes.refusal import Refusal

MOST_AT_ONCE = 40
_CONSONANTS, _VOWELS = "bdfghkmnprstvz", "aeiou"
_WORDS, _SYLLABLES = 4, 2


class NotIssuedHere(Refusal):
    """The account is its student's own."""


@dataclass(frozen=True, slots=True)
class Slip:
    """What a student needs to sign in for the first time."""

    user: User
    password: str


def draw_password() -> str:
    """“bado-kemi-futo-rasi”: 49 bits that can be read aloud and typed by a child."""
    return "-".join(
        "".join(secrets.choice(_CONSONANTS) + secrets.choice(_VOWELS) for _two in range(_SYLLABLES))
        for _word in range(_WORDS)
    )


def issuable(classroom: Classroom) -> EnrollmentQuerySet:
    """The students whose accounts this class holds, by name.

    Who teaches anywhere is left out, and who came into another class: a new password would open
    that class too.
    """
    held = classroom.enrollments.students().filter(user__issued_by=classroom)
    plain = held.filter(user__is_staff=False, user__is_superuser=False)
    elsewhere = Enrollment.objects.exclude(classroom=classroom)
    return plain.exclude(user__in=elsewhere.order_by().values("user")).by_name()


def without_slip(classroom: Classroom) -> EnrollmentQuerySet:
    """Those of them who were never given a password."""
    return issuable(classroom).filter(user__password__startswith=UNUSABLE_PASSWORD_PREFIX)


def issue(
    classroom: Classroom, actor: User, places: Collection[Enrollment], at: datetime
) -> list[Slip]:
    """A new password for each of these students of the class, which ends what they had.

    Refuses with `NotIssuedHere`. Hashing takes its time, and so comes before the transaction.
    """
    slips = [Slip(place.user, draw_password()) for place in places]
    hashes = [make_password(slip.password) for slip in slips]
    _keep(classroom, actor, dict(zip(slips, hashes, strict=True)), at)
    return slips


@transaction.atomic
def _keep(classroom: Classroom, actor: User, hashes: dict[Slip, str], at: datetime) -> None:
    users = [slip.user for slip in hashes]
    held = issuable(classroom).filter(user__in=users).order_by("user")
    if held.select_for_update(of=("self",), no_key=True).count() != len(users):
        raise NotIssuedHere(_("This account is its student’s own: the class cannot open it."))
    for slip, password in hashes.items():
        slip.user.password = password
    User.objects.bulk_update(users, ["password"])
    said = ngettext("%(n)s sign-in slip is made.", "%(n)s sign-in slips are made.", len(users))
    auditing.note(actor, "issue-slips", classroom.uid, said % {"n": len(users)}, at, classroom)


@transaction.atomic
def take_over(student: User) -> None:
    """The account is its student's alone from now on; nothing changes where it was already."""
    student.issued_by = None
    User.objects.filter(pk=student.pk, issued_by__isnull=False).update(issued_by=None)
