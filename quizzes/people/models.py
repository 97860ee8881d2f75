"""Users, classrooms and who is in them, and what is told and written down there."""

from __future__ import annotations

from zoneinfo import available_timezones

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from quizzes.identifiers import uuid7


def validate_time_zone(name: str) -> None:
    """Refuse a name that the time-zone database does not know."""
    if name not in available_timezones():
        raise ValidationError(_("“%(name)s” is not a time zone."), params={"name": name})


class User(AbstractUser):
    """Whoever owns cards and attempts: a learner, an instructor, or a guest without credentials."""

    class Theme(models.TextChoices):
        AUTO = "auto", _("As the device")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    display_name = models.CharField(_("name shown to others"), max_length=80, blank=True)
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="UTC", validators=[validate_time_zone]
    )
    day_rollover_hour = models.PositiveSmallIntegerField(_("study day starts at"), default=4)
    week = models.CharField(
        _("study week"),
        max_length=7,
        default="nnnnnnn",
        validators=[RegexValidator(r"^[nlo]{7}\Z")],
        help_text=_("Monday to Sunday: n a normal day, l a lighter one, o a day off."),
    )
    is_guest = models.BooleanField(default=False)
    has_single_keys = models.BooleanField(_("single-key shortcuts"), default=True)
    theme = models.CharField(_("colors"), max_length=5, choices=Theme, default=Theme.AUTO)
    issued_by = models.ForeignKey(
        "Classroom",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("The class whose roster made this account, until its student takes it over."),
    )

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.CheckConstraint(
                condition=Q(day_rollover_hour__lte=23), name="rollover_is_an_hour"
            ),
            models.UniqueConstraint(
                Lower("email"), condition=~Q(email=""), name="one_user_an_email"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """How the pages address this person."""
        return self.display_name or self.username


class Shortcut(models.Model):
    """A key that a person has put in place of the usual one for an act of the study screen."""

    user = models.ForeignKey(User, models.CASCADE, related_name="shortcuts")
    act = models.CharField(max_length=12)
    key = models.CharField(max_length=12)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "act"], name="one_key_an_act"),
            models.UniqueConstraint(fields=["user", "key"], name="one_act_a_key"),
        ]

    def __str__(self) -> str:
        return f"{self.act} · {self.key}"


class ClassroomQuerySet(models.QuerySet["Classroom"]):
    """Classrooms by who may see or run them."""

    def visible_to(self, user: User) -> ClassroomQuerySet:
        return self.filter(
            enrollments__user=user, enrollments__role__in=Enrollment.PRESENT
        ).order_by("name", "pk")

    def taught_by(self, user: User) -> ClassroomQuerySet:
        return self.filter(
            enrollments__user=user,
            enrollments__role__in=Enrollment.TEACHING,
        ).order_by("name", "pk")

    def run_by(self, user: User) -> ClassroomQuerySet:
        """Those in which a person may take away what others work with; an assistant may not."""
        return self.filter(
            enrollments__user=user, enrollments__role=Enrollment.Role.INSTRUCTOR
        ).order_by("name", "pk")


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


class Enrollment(models.Model):
    """One person's place in a classroom, with the accommodation that holds for every quiz there."""

    class Role(models.TextChoices):
        STUDENT = "student", _("Student")
        ASSISTANT = "assistant", _("Assistant")
        INSTRUCTOR = "instructor", _("Instructor")
        FORMER = "former", _("No longer in the class")

    TEACHING = (Role.ASSISTANT, Role.INSTRUCTOR)
    PRESENT = (Role.STUDENT, *TEACHING)

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

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["classroom", "user"], name="one_enrollment_a_classroom"
            ),
            models.CheckConstraint(condition=Q(time_percent__gte=100), name="time_is_never_cut"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.classroom} · {self.get_role_display()}"


class Notice(models.Model):
    """A line that the site tells one person."""

    user = models.ForeignKey(User, models.CASCADE, related_name="notices")
    text = models.CharField(max_length=300)
    link = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["user"], condition=Q(read_at=None), name="notice_unread"),
        ]

    def __str__(self) -> str:
        return self.text


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

    def __str__(self) -> str:
        return f"{self.classroom} · {self.email or self.name or self.pk}"


class Announcement(models.Model):
    """What a class's instructors tell all of it."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    classroom = models.ForeignKey(Classroom, models.CASCADE, related_name="announcements")
    author = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    title = models.CharField(max_length=120)
    text = models.TextField(help_text=_("Markdown."))
    created_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["classroom", "-created_at"], name="announcement_by_class"),
        ]

    def __str__(self) -> str:
        return self.title


class AuditLine(models.Model):
    """Who did what to something that others rely on, in words; never changed."""

    classroom = models.ForeignKey(
        Classroom, models.CASCADE, null=True, blank=True, related_name="audit_lines"
    )
    actor = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    about = models.UUIDField(help_text=_("Of the quiz, assignment, item or class."))
    act = models.SlugField(max_length=30, db_index=False)
    text = models.CharField(max_length=500)
    done_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["about", "-done_at"], name="audit_by_object"),
            models.Index(fields=["classroom", "-done_at"], name="audit_by_class"),
        ]

    def __str__(self) -> str:
        return self.text
