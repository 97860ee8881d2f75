"""Numbering: the numbers by which a school knows its students, each of one place in a class.

A number belongs to the place and not to the account: another class is another school's, or another
year's, and learns it from its own list. It stays with whoever leaves, and is there when they
return. The log says that a number was changed, and never which it was: it would outlast its owner.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from quizzes.people import auditing
from quizzes.people.models import Classroom, Enrollment, User
from quizzes.refusal import Refusal

ACT = "number"


class NumberTaken(Refusal):
    """No two people of a class have one student number."""


class OnlyStudentsAreNumbered(Refusal):
    """Who teaches a class, or has closed their account, gets no student number in it."""


def holder(classroom: Classroom, student_number: str) -> Enrollment | None:
    """Who has this number in the class, or had it when they left; small letters and capitals alike.

    One query.
    """
    if not student_number:
        return None
    places = classroom.enrollments.select_related("user").order_by("pk")
    small = places.annotate(small=Lower("student_number"))  # as the constraint has it
    return small.filter(small=Lower(Value(student_number))).first()


@transaction.atomic
def number(place: Enrollment, actor: User, student_number: str, at: datetime) -> Enrollment:
    """Keep a student's number, or none; what is as it was is not written down.

    None is what anybody may have. Refuses with `NumberTaken` and `OnlyStudentsAreNumbered`.
    """
    room = hold(place.classroom_id)
    place.refresh_from_db(fields=["role", "student_number", "user"])
    if student_number:
        _ensure_student(place)
    other = holder(room, student_number)
    if other and other.pk != place.pk:
        raise NumberTaken(taken(other))
    if place.student_number != student_number:
        place.student_number = student_number
        place.save(update_fields=["student_number"])
        said = _("The student number of %(who)s is changed.") % {"who": place.user.name}
        auditing.note(actor, ACT, room.uid, said, at, room)
    return place


def _ensure_student(place: Enrollment) -> None:
    if place.role not in Enrollment.SAT_BY:
        raise OnlyStudentsAreNumbered(_("Only a student of the class has a student number."))
    if place.user.erasure_asked_at:
        raise OnlyStudentsAreNumbered(_("They have closed their account."))


def taken(other: Enrollment) -> str:
    """Why nobody else can have somebody's number."""
    if other.role == Enrollment.Role.FORMER:
        said = _("%(who)s, who left the class, has this number.")
    else:
        said = _("%(who)s has this number.")
    return said % {"who": other.user.name}


@transaction.atomic
def take(place: Enrollment, student_number: str) -> Enrollment:
    """The number that was foreseen for who comes, unless they or another have one."""
    is_wanted = place.role in Enrollment.SAT_BY and not place.student_number
    if student_number and is_wanted and holder(hold(place.classroom_id), student_number) is None:
        place.student_number = student_number
        place.save(update_fields=["student_number"])
    return place


@transaction.atomic
def complete(classroom: Classroom, numbers: Mapping[int, str]) -> int:
    """Numbers for places that have none, by their keys; how many. Two queries."""
    without = classroom.enrollments.students().filter(pk__in=numbers, student_number="")
    places = list(without)
    for place in places:
        place.student_number = numbers[place.pk]
    Enrollment.objects.bulk_update(places, ["student_number"])
    return len(places)


def ensure_free(classroom: Classroom, numbers: set[str]) -> None:
    """Hold the class, and refuse with `NumberTaken` if somebody in it has one of these numbers."""
    room = hold(classroom.pk)
    wanted = {one.casefold() for one in numbers} - {""}
    kept = room.enrollments.exclude(student_number="").select_related("user").order_by("pk")
    for other in kept if wanted else ():
        if other.student_number.casefold() in wanted:
            raise NumberTaken(taken(other))


def hold(classroom: int) -> Classroom:
    """The class, in which no number changes meanwhile but by who holds it."""
    rooms = Classroom.objects.select_for_update(of=("self",), no_key=True)
    return rooms.get(pk=classroom)
