"""Joining: how a classroom comes to be, and how people come into it."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from quizzes.people.models import Classroom, Enrollment, User
from quizzes.refusal import Refusal

if TYPE_CHECKING:
    from quizzes.content.models import Book


class GuestsStayOutside(Refusal):
    """A guest has no account, and a class needs somebody to come back."""


@transaction.atomic
def open_classroom(instructor: User, book: "Book", name: str, at: datetime) -> Classroom:
    """A classroom for a book, in its instructor's time zone; refuses with `GuestsStayOutside`."""
    classroom = Classroom.objects.create(
        book=book, name=name, time_zone=instructor.time_zone, created_at=at
    )
    enroll(classroom, instructor, at, Enrollment.Role.INSTRUCTOR)
    return classroom


@transaction.atomic
def enroll(
    classroom: Classroom, user: User, at: datetime, role: str = Enrollment.Role.STUDENT
) -> Enrollment:
    """A place in a classroom; whoever has one keeps it. Refuses with `GuestsStayOutside`."""
    if user.is_guest:
        raise GuestsStayOutside(_("Create an account to join a class."))
    enrollment, _is_new = Enrollment.objects.get_or_create(
        classroom=classroom, user=user, defaults={"role": role, "joined_at": at}
    )
    return enrollment
