"""Joining: how a classroom comes to be, and how people come into it."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from quizzes.people import admitting
from quizzes.people.models import Classroom, Enrollment, User
from quizzes.refusal import Refusal

if TYPE_CHECKING:
    from quizzes.content.models import Book

ANYONE = "anyone"
_RANKS = (
    Enrollment.Role.FORMER,
    Enrollment.Role.STUDENT,
    Enrollment.Role.ASSISTANT,
    Enrollment.Role.INSTRUCTOR,
)


class GuestsStayOutside(Refusal):
    """A guest has no account, and a class needs somebody to come back."""


class OnlyStaffOpenClasses(Refusal):
    """On this site classes are opened by those who run it, and by whom they let."""


def may_open(person: User, who: str) -> bool:
    """Whether a person may open classes where `who` may: `anyone` with an account, or `staff`.

    Besides staff, those may who were given leave to add classes in the back office.
    """
    is_trusted = who == ANYONE or person.is_staff
    return not person.is_guest and (is_trusted or person.has_perm("quizzes.add_classroom"))


def ensure_may_open(person: User, who: str) -> None:
    """Refuse with `OnlyStaffOpenClasses` unless the person may open classes."""
    if not may_open(person, who):
        raise OnlyStaffOpenClasses(_("Classes are opened by those who run this site. Ask them."))


@transaction.atomic
def open_classroom(
    instructor: User, book: "Book", name: str, at: datetime, time_zone: str = ""
) -> Classroom:
    """A classroom for a book, which may be joined by its code at once.

    It has its instructor's time zone unless told. Refuses with `GuestsStayOutside`.
    """
    classroom = Classroom.objects.create(
        book=book,
        name=name,
        time_zone=time_zone or instructor.time_zone,
        join_code=admitting.draw_code(),
        created_at=at,
    )
    enroll(classroom, instructor, at, Enrollment.Role.INSTRUCTOR)
    return classroom


@transaction.atomic
def enroll(
    classroom: Classroom, user: User, at: datetime, role: str = Enrollment.Role.STUDENT
) -> Enrollment:
    """A place in a classroom; whoever has one keeps it, with its accommodation.

    Somebody who had left comes back, and who is offered more than they have gets it. Refuses
    with `GuestsStayOutside`, and with `admitting.NoMorePeople` where the class is archived.
    """
    if user.is_guest:
        raise GuestsStayOutside(_("Create an account to join a class."))
    admitting.ensure_live(classroom)
    place, is_new = Enrollment.objects.get_or_create(
        classroom=classroom, user=user, defaults={"role": role, "joined_at": at}
    )
    if not is_new and _rank(place.role) < _rank(role):
        place.role = role
        place.save(update_fields=["role"])
    return place


@transaction.atomic
def join(classroom: Classroom, code: str, user: User, at: datetime) -> Enrollment:
    """A student's place by the code of the class, as it stands at this moment.

    Refuses as `enroll` does, and with `admitting.NoMorePeople` where the code lets nobody in.
    """
    now = Classroom.objects.joinable(at).select_for_update(of=("self",), no_key=True)
    found = now.filter(pk=classroom.pk, join_code=code).first()
    if found is None:
        raise admitting.NoMorePeople(_("This class can no longer be joined by this code."))
    return enroll(found, user, at)


def _rank(role: str) -> int:
    return _RANKS.index(Enrollment.Role(role))
