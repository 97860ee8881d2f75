"""Issuing: the sign-in slip of an account that a class has made, with a password to begin with.

A slip can be made again, with a new password, for as long as the class holds the account: until
its student chooses a password or gives an e-mail address. From then on it is theirs alone.

No password is kept. It follows from the draw that the page of slips bears, and from the secret key
of the site: whoever asks for the same slips again, because an answer was lost, is told the same
words, and neither the database nor the page before its slips are made gives them away.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import (
    UNUSABLE_PASSWORD_PREFIX,
    check_password,
    make_password,
)
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.people import auditing, signing_out
from quizzes.people.models import Classroom, Enrollment, EnrollmentQuerySet, User
from quizzes.refusal import Refusal

MOST_AT_ONCE = 40
"""Hashing takes an eighth of a second for each."""
_SYLLABLES = [consonant + vowel for consonant in "bdfghkmnprstvz" for vowel in "aeiou"]
_WORDS, _SYLLABLES_A_WORD = 4, 2
_SALT = "quizzes.people.issuing"


class NotIssuedHere(Refusal):
    """The account is its student's own."""


@dataclass(frozen=True, slots=True)
class Slip:
    """What a student needs to sign in for the first time."""

    user: User
    password: str

    def opens(self, encoded: str) -> bool:
        """Whether it is by this password, as it is kept, that one signs in."""
        return check_password(self.password, encoded)


def slip(draw: UUID, student: User) -> Slip:
    """The slip of a student on the page of this draw, the same each time; nothing is made by it."""
    return Slip(student, _password(draw, student))


def _password(draw: UUID, student: User) -> str:
    """“bado-kemi-futo-rasi”: 49 bits that can be read aloud and typed by a child."""
    digest = salted_hmac(_SALT, f"{draw} {student.pk}", algorithm="sha256").digest()
    rest, words = int.from_bytes(digest), []
    for _word in range(_WORDS):
        word = ""
        for _syllable in range(_SYLLABLES_A_WORD):
            rest, place = divmod(rest, len(_SYLLABLES))
            word += _SYLLABLES[place]
        words.append(word)
    return "-".join(words)


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


def unused(classroom: Classroom) -> EnrollmentQuerySet:
    """Those of them who have a slip that nobody has signed in with yet."""
    given = issuable(classroom).filter(user__last_login=None)
    return given.exclude(user__password__startswith=UNUSABLE_PASSWORD_PREFIX)


def issue_first(
    classroom: Classroom, actor: User, draw: UUID, places: Collection[Enrollment], at: datetime
) -> list[Slip]:
    """A slip for each of these students of the class who has none yet, or has this very one.

    Who was given another meanwhile keeps it, and is left out. Refuses with `NotIssuedHere`.
    """
    given = [place for place in places if place.user.has_usable_password()]
    stand = {place.user for place in given if slip(draw, place.user).opens(place.user.password)}
    due = [place for place in places if place not in given]
    stand |= {made.user for made in issue(classroom, actor, draw, due, at)}
    return [slip(draw, place.user) for place in places if place.user in stand]


def issue(
    classroom: Classroom, actor: User, draw: UUID, places: Collection[Enrollment], at: datetime
) -> list[Slip]:
    """A slip for each of these students of the class, which ends what they had, and signs them out.

    Who is given another at this very moment keeps that, and is left out. Refuses with
    `NotIssuedHere`. Hashing takes its time, and so comes before the transaction.
    """
    slips = [slip(draw, place.user) for place in places]
    hashes = [make_password(one.password) for one in slips]
    return _keep(classroom, actor, dict(zip(slips, hashes, strict=True)), at) if slips else []


@transaction.atomic
def _keep(classroom: Classroom, actor: User, hashes: dict[Slip, str], at: datetime) -> list[Slip]:
    users = [made.user for made in hashes]
    held = issuable(classroom).filter(user__in=users).order_by("user")
    locked = held.select_for_update(of=("self",), no_key=True)
    stand = dict(locked.values_list("user", "user__password"))
    if len(stand) != len(users):
        raise NotIssuedHere(_("This account is its student’s own: the class cannot open it."))
    kept = [made for made in hashes if _is_as_read(made, stand[made.user.pk])]
    for made in kept:
        made.user.password = hashes[made]
    User.objects.bulk_update([made.user for made in kept], ["password"])
    signing_out.sign_out([made.user.pk for made in kept])
    said = ngettext("%(n)s sign-in slip is made.", "%(n)s sign-in slips are made.", len(kept))
    auditing.note(actor, "issue-slips", classroom.uid, said % {"n": len(kept)}, at, classroom)
    return kept


def _is_as_read(made: Slip, stands: str) -> bool:
    """Whether nobody has made another slip since; a second press of the same button makes none."""
    return stands == made.user.password or made.opens(stands)


@transaction.atomic
def take_over(student: User) -> None:
    """The account is its student's alone from now on; nothing changes where it was already."""
    student.issued_by = None
    User.objects.filter(pk=student.pk, issued_by__isnull=False).update(issued_by=None)
