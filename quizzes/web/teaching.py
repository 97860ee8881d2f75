"""Teaching: what of a class its people may open. Everything is reached through the class.

A class of the past is read, and nothing of it is changed: whatever is posted to one is refused
here, for every page of the class alike.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_list_or_404, get_object_or_404
from django.utils.timezone import now
from django.utils.translation import gettext as _

from quizzes.analytics import item_analysis
from quizzes.assessment import withholding
from quizzes.assessment.models import Assignment, Attempt
from quizzes.cards.days import learner_day
from quizzes.people.models import (
    Announcement,
    Classroom,
    ClassroomQuerySet,
    Enrollment,
    Invitation,
    User,
)
from quizzes.prepared import prepared
from quizzes.refusal import Refusal


class IsArchived(Refusal):
    """A class of the past stays as it is."""


def classroom(request: HttpRequest, uid: UUID) -> Classroom:
    """A class that this person teaches, else 404; refuses a post with `IsArchived`."""
    return live(request, classroom_of_any_year(request, uid))


def classroom_of_any_year(request: HttpRequest, uid: UUID) -> Classroom:
    """The same, for a page that keeps what is typed there; `live` is to be asked before an act."""
    return _found(_taught(_person(request).pk, uid))


def taught(request: HttpRequest, uid: UUID) -> Classroom | None:
    """A class that this person teaches, or none."""
    return next(iter(_taught(_person(request).pk, uid)), None)


@prepared
def _taught(person: int, uid: UUID) -> ClassroomQuerySet:
    return Classroom.objects.taught_by(person).filter(uid=uid).select_related("book")


def run_classroom(request: HttpRequest, uid: UUID) -> Classroom:
    """A class that this person runs, which an assistant does not, else 404.

    Refuses a post with `IsArchived`.
    """
    return live(request, run_classroom_of_any_year(request, uid))


def run_classroom_of_any_year(request: HttpRequest, uid: UUID) -> Classroom:
    """The same, to be copied or taken out of the archive."""
    return _one(Classroom.objects.run_by(_person(request)), uid)


def studied_classroom(request: HttpRequest, uid: UUID) -> Classroom:
    """A class that this person studies in, else 404."""
    return _one(Classroom.objects.studied_by(_person(request)), uid)


def own_place(request: HttpRequest, uid: UUID) -> Enrollment:
    """The place that this person has in a class, whatever it is, else 404."""
    mine = Enrollment.objects.filter(user=_person(request), role__in=Enrollment.PRESENT)
    return get_object_or_404(mine.select_related("classroom__book", "user"), classroom__uid=uid)


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


def analyzed(request: HttpRequest, uid: UUID, assignment: UUID) -> Any:
    """The same, with how many first attempts wait till essays are marked; one query.

    And with `withholds`: whether some of what it asked may be kept from this person.
    """
    return _found(_analyzed(_person(request).pk, uid, assignment))


@prepared
def _analyzed(person: int, uid: UUID, assignment: UUID) -> Any:
    taught = item_analysis.with_waiting(Assignment.objects.taught_by(person))
    told = taught.annotate(withholds=withholding.concerns(person))
    found = told.select_related("classroom__book", "quiz__book")
    return found.filter(classroom__uid=uid, uid=assignment)


def analyzed_everywhere(request: HttpRequest, quiz: UUID) -> list[Any]:
    """A quiz as `analyzed` tells it, of each class of this person's, else 404; one query."""
    mine = Assignment.objects.taught_by(_person(request)).filter(quiz__uid=quiz)
    taught = item_analysis.with_waiting(mine)
    told = taught.annotate(withholds=withholding.concerns(_person(request)))
    return get_list_or_404(told.select_related("classroom", "quiz__book").in_order())


def place(room: Classroom, number: int) -> Enrollment:
    """A student's place in this class, else 404."""
    students = room.enrollments.students().select_related("user")
    return get_object_or_404(students, pk=number)


def place_then_or_now(room: Classroom, number: int) -> Enrollment:
    """The place of a student of this class, or of one who has left it, else 404."""
    places = room.enrollments.filter(role__in=Enrollment.SAT_BY).select_related("user")
    found = get_object_or_404(places, pk=number)
    found.classroom = room
    return found


def attempt(given: Assignment, uid: UUID) -> Attempt:
    """An attempt at what a class was given, by one who is or was its student, else 404."""
    places = given.classroom.enrollments.filter(role__in=Enrollment.SAT_BY)
    theirs = given.attempts.filter(learner__in=places.order_by().values("user"))
    return get_object_or_404(theirs, uid=uid)


def place_of(room: Classroom, learner: int) -> Enrollment:
    """The place of somebody who is or was a student of this class, else 404."""
    places = room.enrollments.filter(role__in=Enrollment.SAT_BY).select_related("user")
    return get_object_or_404(places, user=learner)


def member(room: Classroom, number: int) -> Enrollment:
    """The place of anybody who is or was in this class, else 404."""
    found = get_object_or_404(room.enrollments.select_related("user"), pk=number)
    found.classroom = room
    return found


def invitation(room: Classroom, number: int) -> Invitation:
    """An invitation into this class, else 404."""
    found = get_object_or_404(room.invitations, pk=number)
    found.classroom = room
    return found


def announcement(room: Classroom, uid: UUID) -> Announcement:
    """What was announced to this class, else 404."""
    found = get_object_or_404(room.announcements, uid=uid)
    found.classroom = room
    return found


def today(request: HttpRequest, room: Classroom) -> date:
    """The study day where the class is."""
    return learner_day(now(), room.time_zone, _person(request).day_rollover_hour)


def is_run(request: HttpRequest, room: Classroom) -> bool:
    """Whether this person is an instructor of the class; one query."""
    mine = room.enrollments.filter(user=_person(request))
    return mine.filter(role=Enrollment.Role.INSTRUCTOR).exists()


def _found[Row](rows: Sequence[Row]) -> Row:
    """The one that is there."""
    if not rows:
        raise Http404
    return rows[0]


def live(request: HttpRequest, room: Classroom) -> Classroom:
    """The class; refuses a post with `IsArchived`."""
    if room.archived_at and request.method == "POST":
        raise IsArchived(_("This class is archived: it can be read, and stays as it is."))
    return room


def _one(rooms: ClassroomQuerySet, uid: UUID) -> Classroom:
    return get_object_or_404(rooms.select_related("book"), uid=uid)


def _person(request: HttpRequest) -> User:
    return cast("User", request.user)
