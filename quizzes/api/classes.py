"""Classes: who is in those that you teach, what they were given, and the marks, as pages have them.

What nobody may read there is not here either: of a class that one does not teach there is nothing
(404), whoever asks.
"""

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from quizzes.analytics import gradebook as gradebooks
from quizzes.analytics.marks import Cell, Row
from quizzes.api import asking, errors
from quizzes.api.attempts import Share
from quizzes.api.pagination import PageQuery, page, page_of
from quizzes.assessment.models import Assignment
from quizzes.people.models import Classroom, Enrollment


class ClassShape(serializers.Serializer[Enrollment]):
    """A class that you teach."""

    uid = serializers.UUIDField(source="classroom.uid")
    name = serializers.CharField(source="classroom.name")
    book = serializers.SlugField(source="classroom.book.slug")
    time_zone = serializers.CharField(source="classroom.time_zone")
    archived_at = serializers.DateTimeField(source="classroom.archived_at", allow_null=True)
    role = serializers.ChoiceField(Enrollment.Role.choices, help_text="Yours.")


class Classes(serializers.Serializer[Any]):
    """Classes by name."""

    classes = ClassShape(many=True)


class StudentShape(serializers.Serializer[Enrollment]):
    """A student's place in a class."""

    place = serializers.IntegerField(source="pk", help_text="The same as in the pages' addresses.")
    name = serializers.CharField(source="user.name")
    student_number = serializers.CharField(help_text="Empty: none is known.")
    signs_in_as = serializers.SerializerMethodField(
        help_text="Of an account that the class made; of others it is empty."
    )
    role = serializers.ChoiceField(
        Enrollment.Role.choices, help_text="Who left the class is `former`."
    )
    time_percent = serializers.IntegerField(help_text="Share of a quiz's time limit.")
    extra_days = serializers.IntegerField()
    has_no_limit = serializers.BooleanField()
    joined_at = serializers.DateTimeField()

    def get_signs_in_as(self, place: Enrollment) -> str:
        is_ours = place.user.issued_by_id == place.classroom_id
        return place.user.username if is_ours else ""


class GivenShape(serializers.Serializer[Assignment]):
    """A quiz that a class was given, by the class's dates."""

    uid = serializers.UUIDField()
    quiz = serializers.UUIDField(source="quiz.uid")
    title = serializers.CharField(source="quiz.title")
    opens_at = serializers.DateTimeField()
    closes_at = serializers.DateTimeField(allow_null=True, help_text="Null: it stays open.")
    is_graded = serializers.BooleanField()
    released_at = serializers.DateTimeField(
        allow_null=True, help_text="From then on its students see their marks."
    )
    withdrawn_at = serializers.DateTimeField(allow_null=True)


class GivenToClass(serializers.Serializer[Any]):
    """What opened first comes first."""

    assignments = GivenShape(many=True)


class MarkShape(serializers.Serializer[Cell]):
    """What counts of one assignment for one student."""

    assignment = serializers.UUIDField(source="assignment.uid")
    mark = Share(allow_null=True, help_text="0 to 1, less what being late costs. Null: none yet.")
    is_set_by_hand = serializers.SerializerMethodField()
    attempts = serializers.SerializerMethodField()
    days_late = serializers.IntegerField(help_text="Of the latest attempt.")
    essays_to_mark = serializers.IntegerField(source="unmarked")
    is_running = serializers.BooleanField(help_text="It is being sat now.")
    is_missing = serializers.BooleanField(help_text="Nothing came, and nothing can come any more.")

    def get_is_set_by_hand(self, cell: Cell) -> bool:
        return cell.override is not None

    def get_attempts(self, cell: Cell) -> int:
        return len(cell.attempts)


class GradebookShape(serializers.Serializer[Row]):
    """A student's line in the gradebook."""

    student = StudentShape(source="place")
    mean = Share(
        allow_null=True, help_text="Of the graded marks there are, each with the same weight."
    )
    marks = MarkShape(source="cells", many=True)


@extend_schema(operation_id="classes", responses={200: Classes, **errors.answers(400, 401)})
@api_view(asking.READ)
@never_cache
def classes(request: Request) -> Response:
    """The classes that you teach."""
    asking.query(request)
    mine = asking.learner(request).enrollments.filter(role__in=Enrollment.TEACHING)
    found = mine.select_related("classroom__book").order_by("classroom__name", "pk")
    return Response(Classes({"classes": found}).data)


@extend_schema(
    operation_id="class_students",
    parameters=[PageQuery],
    responses={200: page_of(StudentShape), **errors.answers(400, 401, 404)},
)
@api_view(asking.READ)
@never_cache
def students(request: Request, classroom: UUID) -> Response:
    """The students of a class that you teach, by name."""
    asked = asking.query(request, PageQuery)
    places = _taught(request, classroom).enrollments.students().by_name()
    return page(places, StudentShape, request, asked)


@extend_schema(
    operation_id="class_assignments",
    responses={200: GivenToClass, **errors.answers(400, 401, 404)},
)
@api_view(asking.READ)
@never_cache
def assignments(request: Request, classroom: UUID) -> Response:
    """The quizzes that a class which you teach was given."""
    asking.query(request)
    given = _taught(request, classroom).assignments.select_related("quiz")
    return Response(GivenToClass({"assignments": given.order_by("opens_at", "pk")}).data)


@extend_schema(
    operation_id="class_gradebook",
    parameters=[PageQuery],
    responses={200: page_of(GradebookShape), **errors.answers(400, 401, 404)},
)
@api_view(asking.READ)
@never_cache
def gradebook(request: Request, classroom: UUID) -> Response:
    """The marks of a class that you teach; those who left it and have marks come last."""
    asked = asking.query(request, PageQuery)
    book = gradebooks.of_class(_taught(request, classroom), asking.arrived(request))
    places = [*book.students, *book.former]
    rows = lambda shown: [book.row(place) for place in shown]  # noqa: E731
    return page(places, GradebookShape, request, asked, rows)


def _taught(request: Request, uid: UUID) -> Classroom:
    """A class that whoever asks teaches, else 404."""
    return get_object_or_404(Classroom.objects.taught_by(asking.learner(request)), uid=uid)
