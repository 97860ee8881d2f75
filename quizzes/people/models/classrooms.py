"""Classrooms, the places that people hold in them, and invitations to one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import MD5, Cast, Coalesce, Length, Lower, NullIf
from django.utils.translation import gettext_lazy as _

from quizzes.identifiers import uuid7
from quizzes.people.models.users import User, validate_time_zone
from quizzes.spelling import spellings

if TYPE_CHECKING:
    from datetime import datetime


_NAME = Coalesce(NullIf("user__display_name", Value("")), "user__username")
_STEM = Func(_NAME, Value("0123456789"), function="RTRIM", output_field=models.CharField())
BY_NAME = (Lower(_STEM), Length(_NAME), _NAME, F("pk"))
"""As a list of a class has its people: by the name shown, and “Student 2” before “Student 10”.

Small letters and capitals are alike, on SQLite those of ASCII alone.
"""

BY_NUMBER = MD5(Cast("pk", models.CharField()))
"""Where names are hidden, and places have numbers instead: in no order that tells who it is."""


def listed(name: str) -> tuple[str, int, str]:
    """Where `BY_NAME` has who is shown by this name, of people who were read already."""
    return name.rstrip("0123456789").lower(), len(name), name


class ClassroomQuerySet(models.QuerySet["Classroom"]):
    """Classrooms by who may see or run them."""

    def visible_to(self, user: User) -> ClassroomQuerySet:
        return self.filter(
            enrollments__user=user, enrollments__role__in=Enrollment.PRESENT
        ).order_by("name", "pk")

    def taught_by(self, user: User | int) -> ClassroomQuerySet:
        return self.filter(
            enrollments__user=user,
            enrollments__role__in=Enrollment.TEACHING,
        ).order_by("name", "pk")

    def run_by(self, user: User) -> ClassroomQuerySet:
        """Those in which a person may take away what others work with; an assistant may not."""
        return self.filter(
            enrollments__user=user, enrollments__role=Enrollment.Role.INSTRUCTOR
        ).order_by("name", "pk")

    def studied_by(self, user: User) -> ClassroomQuerySet:
        return self.filter(
            enrollments__user=user, enrollments__role=Enrollment.Role.STUDENT
        ).order_by("name", "pk")

    def joinable(self, at: datetime) -> ClassroomQuerySet:
        """Those whose code lets people in at this moment."""
        opened = Q(join_opens_at=None) | Q(join_opens_at__lte=at)
        not_closed = Q(join_closes_at=None) | Q(join_closes_at__gt=at)
        is_live = Q(archived_at=None, join_code__isnull=False)
        return self.filter(opened & not_closed & is_live).order_by("pk")


class Classroom(models.Model):
    """People who study one book together."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    book = models.ForeignKey("quizzes.Book", models.PROTECT, related_name="classrooms")
    name = models.CharField(max_length=120)
    time_zone = models.CharField(max_length=64, default="UTC", validators=[validate_time_zone])
    join_code = models.CharField(max_length=16, unique=True, null=True, blank=True)
    join_opens_at = models.DateTimeField(null=True, blank=True)
    join_closes_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True, blank=True)
    exam_on = models.DateField(null=True, blank=True, help_text=_("What the class studies for."))

    objects = ClassroomQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class EnrollmentQuerySet(models.QuerySet["Enrollment"]):
    """Places by what one does there."""

    def students(self) -> EnrollmentQuerySet:
        """The places of those who study there now."""
        return self.filter(role=Enrollment.Role.STUDENT).order_by("pk")

    def instructors(self) -> EnrollmentQuerySet:
        """The places of those who run the class, without assistants."""
        return self.filter(role=Enrollment.Role.INSTRUCTOR).order_by("pk")

    def by_name(self) -> EnrollmentQuerySet:
        """With their people, as a list of a class has them."""
        return self.select_related("user").order_by(*BY_NAME)

    def found(self, text: str) -> EnrollmentQuerySet:
        """Those whose name, or name to sign in with, has this in it, in whatever letters."""
        columns = ("user__display_name__icontains", "user__username__icontains")
        named = ((column, form) for column in columns for form in spellings(text))
        return self.filter(Q(*named, _connector=Q.OR))


class Enrollment(models.Model):
    """One person's place in a classroom, with the accommodation that holds for every quiz there."""

    class Role(models.TextChoices):
        STUDENT = "student", _("Student")
        ASSISTANT = "assistant", _("Assistant")
        INSTRUCTOR = "instructor", _("Instructor")
        FORMER = "former", _("No longer in the class")

    TEACHING = (Role.ASSISTANT, Role.INSTRUCTOR)
    PRESENT = (Role.STUDENT, *TEACHING)
    SAT_BY = (Role.STUDENT, Role.FORMER)
    """Who may have sat what the class was given."""

    classroom = models.ForeignKey(Classroom, models.CASCADE, related_name="enrollments")
    user = models.ForeignKey(User, models.CASCADE, related_name="enrollments")
    role = models.CharField(max_length=10, choices=Role, default=Role.STUDENT)
    time_percent = models.PositiveSmallIntegerField(
        default=100,
        help_text=_("Share of a quiz's time limit that this student gets, in per cent."),
    )
    extra_days = models.PositiveSmallIntegerField(default=0)
    has_no_limit = models.BooleanField(default=False)
    joined_at = models.DateTimeField()

    objects = EnrollmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["classroom", "user"], name="one_enrollment_a_classroom"
            ),
            models.CheckConstraint(condition=Q(time_percent__gte=100), name="time_is_never_cut"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.classroom} · {self.get_role_display()}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations by whether they may still be taken up."""

    def standing(self, at: datetime) -> InvitationQuerySet:
        """Those that nobody took up or took back, and that have not run out."""
        waiting = self.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=at)
        return waiting.filter(classroom__archived_at=None).order_by("-created_at", "-pk")


class Invitation(models.Model):
    """A place in a class that somebody is offered: whoever holds the secret may take it once."""

    classroom = models.ForeignKey(Classroom, models.CASCADE, related_name="invitations")
    secret = models.CharField(max_length=43, unique=True)
    email = models.EmailField(blank=True)
    name = models.CharField(max_length=80, blank=True)
    role = models.CharField(max_length=10, choices=Enrollment.Role, default=Enrollment.Role.STUDENT)
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = InvitationQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.classroom} · {self.email or self.name or self.pk}"
