"""Teaching: what of a class its staff may open. Everything is reached through the class."""

from typing import cast
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_list_or_404, get_object_or_404

from quizzes.assessment.models import Assignment
from quizzes.people.models import Classroom, Enrollment, User


def classroom(request: HttpRequest, uid: UUID) -> Classroom:
    """A class that this person teaches, else 404."""
    taught = Classroom.objects.taught_by(_person(request))
    return get_object_or_404(taught.select_related("book"), uid=uid)


def run_classroom(request: HttpRequest, uid: UUID) -> Classroom:
    """A class that this person runs, which an assistant does not, else 404."""
    run = Classroom.objects.run_by(_person(request))
    return get_object_or_404(run.select_related("book"), uid=uid)


def assignment(room: Classroom, uid: UUID) -> Assignment:
    """What this class was given, else 404."""
    found = get_object_or_404(room.assignments.select_related("quiz__book"), uid=uid)
    found.classroom = room
    return found


def given(request: HttpRequest, uid: UUID, assignment: UUID) -> Assignment:
    """What a class that this person teaches was given, with the class, else 404; one query."""
    taught = Assignment.objects.taught_by(_person(request))
    found = taught.select_related("classroom__book", "quiz__book")
    return get_object_or_404(found, classroom__uid=uid, uid=assignment)


def given_everywhere(request: HttpRequest, quiz: UUID) -> list[Assignment]:
    """A quiz as it was given to the classes that this person teaches, else 404; one query."""
    taught = Assignment.objects.taught_by(_person(request)).filter(quiz__uid=quiz)
    return get_list_or_404(taught.select_related("classroom", "quiz__book").in_order())


def place(room: Classroom, number: int) -> Enrollment:
    """A student's place in this class, else 404."""
    students = room.enrollments.filter(role=Enrollment.Role.STUDENT).select_related("user")
    return get_object_or_404(students, pk=number)


def place_then_or_now(room: Classroom, number: int) -> Enrollment:
    """The place of a student of this class, or of one who has left it, else 404."""
    roles = (Enrollment.Role.STUDENT, Enrollment.Role.FORMER)
    places = room.enrollments.filter(role__in=roles).select_related("user")
    found = get_object_or_404(places, pk=number)
    found.classroom = room
    return found


def _person(request: HttpRequest) -> User:
    return cast("User", request.user)
