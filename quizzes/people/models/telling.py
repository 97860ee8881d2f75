"""What is told to people and written down about them: notices, announcements, audit lines."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from quizzes.identifiers import uuid7
from quizzes.people.models.classrooms import Classroom
from quizzes.people.models.users import User


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices by whether they were read."""

    def unread(self, user: User) -> NoticeQuerySet:
        """What a person has not read, the newest first."""
        return self.filter(user=user.pk, read_at=None).order_by("-created_at", "-pk")

    def unread_first(self, user: User) -> NoticeQuerySet:
        rows = self.filter(user=user.pk)
        return rows.order_by(F("read_at").desc(nulls_first=True), "-created_at", "-pk")


class Notice(models.Model):
    """A line that the site tells one person."""

    user = models.ForeignKey(User, models.CASCADE, related_name="notices")
    text = models.CharField(max_length=300)
    link = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["user"], condition=Q(read_at=None), name="notice_unread"),
        ]

    def __str__(self) -> str:
        return self.text


class AnnouncementQuerySet(models.QuerySet["Announcement"]):
    """Announcements by whether they stand."""

    def standing(self) -> AnnouncementQuerySet:
        """Those that were not taken back, the newest first, each with whose words it is."""
        told = self.filter(withdrawn_at=None).select_related("author", "edited_by")
        return told.order_by("-created_at", "-pk")


class Announcement(models.Model):
    """What a class's instructors tell all of it."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    classroom = models.ForeignKey(Classroom, models.CASCADE, related_name="announcements")
    author = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    title = models.CharField(max_length=120)
    text = models.TextField(help_text=_("Markdown."))
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)
    edited_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = AnnouncementQuerySet.as_manager()

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


class Reminder(models.Model):
    """A letter that somebody wished for and was sent, so that none is sent twice."""

    class Kind(models.TextChoices):
        CARDS = "cards", _("cards are due")
        CLOSING = "closing", _("a quiz closes")
        RESULTS = "results", _("results are released")

    user = models.ForeignKey(User, models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=7, choices=Kind)
    about = models.CharField(
        max_length=40, help_text=_("The study day, or the uid of the assignment.")
    )
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "kind", "about"], name="one_reminder_of_each"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_kind_display()} · {self.about}"
