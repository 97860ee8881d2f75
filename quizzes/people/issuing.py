"""Issuing: the sign-in slip of an account that a class has made, with a password to begin with.

A slip can be made again, with a new password, for as long as the class holds the account: until
its student chooses a password or gives an e-mail address. From then on it is theirs alone.

No password is kept. It follows from the draw that the page of slips bears, and from the secret key
of the site: whoever asks for the same slips again, because an answer was lost, is told the same
words, and neither the database nor the page before its slips are made gives them away.
"""

from collections.abc import Collection, Mapping
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
_SALT, _SEEN = "quizzes.people.issuing", "quizzes.people.issuing.seen"


class NotIssuedHere(Refusal):
    """The account is its student's own."""


@dataclass(frozen=True, slots=True)
class Slip:
    """What a student needs to sign in for the first time."""

    user: User
    password: str
    student_number: str = ""

    def opens(self, encoded: str) -> bool:
        """Whether it is by this password, as it is kept, that one signs in."""
        return check_password(self.password, encoded)


def slip(draw: UUID, place: Enrollment) -> Slip:
    """The slip of a student on the page of this draw, the same each time; nothing is made by it."""
    return Slip(place.user, _password(draw, place.user), place.student_number)


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


def seen(student: User) -> str:
    """What a page bears of the password that it saw, to be compared with what stands later."""
    return salted_hmac(_SEEN, f"{student.pk} {student.password}", algorithm="sha256").hexdigest()


def issue_seen(
    classroom: Classroom,
    actor: User,
    draw: UUID,
    places: Mapping[Enrollment, str],
    at: datetime,
    *,
    spares_used: bool,
) -> list[Slip]:
    """A slip for each of these students of the class whose password is still what the page saw.

    Asked again, it changes nothing: who has this very slip keeps it, signed in or not. Who was
    given another meanwhile is left out, and where used ones are spared who has signed in.
    Refuses with `NotIssuedHere`.
    """
    due = [
        place
        for place, saw in places.items()
        if saw == seen(place.user) and not (spares_used and place.user.last_login)
    ]
    others = [slip(draw, place) for place in places if place not in due]
    stand = {one.user for one in others if one.opens(one.user.password)}
    stand |= {made.user for made in issue(classroom, actor, draw, due, at)}
    return [slip(draw, place) for place in places if place.user in stand]


def issue(
    classroom: Classroom, actor: User, draw: UUID, places: Collection[Enrollment], at: datetime
) -> list[Slip]:
    """A slip for each of these students of the class, which ends what they had, and signs them out.

    Who is given another, or signs in, at this very moment keeps what they have, and is left out.
    Refuses with `NotIssuedHere`. Hashing takes its time, and so is done outside the transaction.
    """
    slips = [slip(draw, place) for place in places]
    hashes = {made: make_password(made.password) for made in slips}
    others = _keep(classroom, actor, hashes, at) if slips else {}
    for made, stands in others.items():
        made.user.password = stands
    return [made for made in slips if made not in others or made.opens(others[made])]


@transaction.atomic
def _keep(
    classroom: Classroom, actor: User, hashes: Mapping[Slip, str], at: datetime
) -> dict[Slip, str]:
    """Keep those of students who are as they were read; the others, with what stands there."""
    users = [made.user for made in hashes]
    held = issuable(classroom).filter(user__in=users).order_by("user")
    locked = held.select_for_update(of=("self",), no_key=True)
    rows = locked.values_list("user", "user__password", "user__last_login")
    stand = {user: (password, last_login) for user, password, last_login in rows}
    if len(stand) != len(users):
        raise NotIssuedHere(_("This account is its student’s own: the class cannot open it."))
    kept = [one for one in hashes if stand[one.user.pk] == (one.user.password, one.user.last_login)]
    others = {made: stand[made.user.pk][0] for made in hashes if made not in kept}
    _write(classroom, actor, {made.user: hashes[made] for made in kept}, at)
    return others


def _write(classroom: Classroom, actor: User, hashes: Mapping[User, str], at: datetime) -> None:
    """Put the passwords in place, end what was signed in by the old ones, and write it down."""
    if not hashes:
        return
    for user, encoded in hashes.items():
        user.password = encoded
    User.objects.bulk_update(hashes, ["password"])
    signing_out.sign_out([user.pk for user in hashes])
    said = ngettext("%(n)s sign-in slip is made.", "%(n)s sign-in slips are made.", len(hashes))
    auditing.note(actor, "issue-slips", classroom.uid, said % {"n": len(hashes)}, at, classroom)


@transaction.atomic
def take_over(student: User) -> None:
    """The account is its student's alone from now on; nothing changes where it was already."""
    student.issued_by = None
    User.objects.filter(pk=student.pk, issued_by__isnull=False).update(issued_by=None)
