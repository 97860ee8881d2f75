"""Exports: what somebody asked to take away, and how far it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from quizzes.identifiers import uuid7
from quizzes.people.models import Classroom

if TYPE_CHECKING:
    from datetime import datetime

    from quizzes.people.models import User


class ExportQuerySet(models.QuerySet["Export"]):
    """Exports by whose they are and whether they can be fetched."""

    def visible_to(self, user: User) -> Self:
        """Those that a person asked for: nobody else fetches them.

        What a class has done is there for as long as they teach it.
        """
        taught = Classroom.objects.taught_by(user).order_by().values("pk")
        return self.asked_by(user).filter(Q(classroom=None) | Q(classroom__in=taught))

    def asked_by(self, user: User) -> Self:
        """All that a person asked for, the newest first."""
        return self.filter(owner=user).order_by("-asked_at", "-pk")

    def fetchable(self, at: datetime) -> Self:
        """Those whose file is finished and not out of date."""
        return self.filter(finished_at__isnull=False, expires_at__gt=at)

    def expired(self, at: datetime) -> Self:
        """Those whose file is not to be kept any longer."""
        return self.filter(expires_at__lte=at)


class Export(models.Model):
    """One file that somebody asked for: all that is theirs, or what a class has done."""

    class Kind(models.TextChoices):
        PERSON = "person", _("all that is mine")
        CLASSROOM = "class", _("what a class has done")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    kind = models.CharField(max_length=6, choices=Kind)
    owner = models.ForeignKey("quizzes.User", models.CASCADE, related_name="exports")
    classroom = models.ForeignKey(
        "quizzes.Classroom", models.CASCADE, null=True, blank=True, related_name="exports"
    )
    asked_at = models.DateTimeField()
    rows_written = models.PositiveIntegerField(default=0)
    rows_expected = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)
    size = models.PositiveBigIntegerField(default=0, help_text=_("Bytes of the finished file."))
    expires_at = models.DateTimeField(help_text=_("When the file is thrown away."))

    objects = ExportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="person", classroom=None)
                | Q(kind="class", classroom__isnull=False),
                name="export_of_a_class_names_it",
            ),
        ]
        indexes = [models.Index(fields=["owner", "-asked_at"], name="export_by_owner")]

    def __str__(self) -> str:
        return f"{self.owner} · {self.get_kind_display()}"

    @property
    def percent(self) -> int:
        """How far it is; 100 only when it can be fetched."""
        if self.finished_at:
            return 100
        return min(99, 100 * self.rows_written // (self.rows_expected or 1))
