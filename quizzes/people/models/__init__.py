"""Users, classrooms and who is in them, and what is told and written down there."""

from quizzes.people.models.classrooms import (
    Classroom,
    ClassroomQuerySet,
    Enrollment,
    EnrollmentQuerySet,
    Invitation,
    InvitationQuerySet,
)
from quizzes.people.models.telling import Announcement, AuditLine, Notice, Reminder
from quizzes.people.models.users import Shortcut, User, validate_time_zone

__all__ = [
    "Announcement",
    "AuditLine",
    "Classroom",
    "ClassroomQuerySet",
    "Enrollment",
    "EnrollmentQuerySet",
    "Invitation",
    "InvitationQuerySet",
    "Notice",
    "Reminder",
    "Shortcut",
    "User",
    "validate_time_zone",
]
