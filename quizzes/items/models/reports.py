"""Reports: what a learner found wrong in an item."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from quizzes.items.models.items import Item
from quizzes.items.models.revisions import Revision
from quizzes.people.models import Classroom

if TYPE_CHECKING:
    from quizzes.people.models import User


class ErrorReportQuerySet(models.QuerySet["ErrorReport"]):
    """Reports by who answers for them, and whether anybody has."""

    def open(self) -> Self:
        """Those that nobody has seen to."""
        return self.filter(resolved_at=None)

    def sent_by(self, learner: User) -> Self:
        """A learner's own, the newest first."""
        return self.filter(learner=learner).order_by("-created_at", "-pk")

    def answerable_by(self, user: User) -> Self:
        """Those that a person answers for.

        They come from the classes that one teaches; those that come from no class are the
        question's owner's, and staff's where it is a pack's.
        """
        taught = Classroom.objects.taught_by(user).order_by().values("pk")
        return self.filter(Q(classroom__in=taught) | self._outside(user))

    def outside_classes(self, user: User) -> Self:
        """Those of them that come from no class."""
        return self.filter(self._outside(user))

    def _outside(self, user: User) -> Q:
        packs = Q(item__book__owner=None) if user.is_staff else Q(pk__in=[])
        return Q(classroom=None) & (Q(item__book__owner=user.pk) | packs)


class ErrorReport(models.Model):
    """A learner's word that an item is wrong, for whoever answers for it, and the answer."""

    class Outcome(models.TextChoices):
        FIXED = "fixed", _("the question was changed")
        RIGHT = "right", _("the question is right as it stands")
        REGRADED = "regraded", _("the marks were changed")
        SET_ASIDE = "set_aside", _("set aside")

    item = models.ForeignKey(Item, models.CASCADE, related_name="error_reports")
    revision = models.ForeignKey(Revision, models.CASCADE, related_name="+")
    learner = models.ForeignKey("quizzes.User", models.CASCADE, related_name="error_reports")
    classroom = models.ForeignKey(
        "quizzes.Classroom",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="error_reports",
        help_text=_("The class that it was sat in."),
    )
    text = models.TextField()
    created_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=9, choices=Outcome, blank=True)
    answer = models.TextField(blank=True, help_text=_("What its learner is told."))
    answered_by = models.ForeignKey(
        "quizzes.User", models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = ErrorReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="") | Q(resolved_at__isnull=False),
                name="report_with_an_outcome_is_resolved",
            ),
        ]
        indexes = [
            models.Index(fields=["item"], condition=Q(resolved_at=None), name="report_unresolved"),
        ]

    def __str__(self) -> str:
        return f"{self.item} · {self.text[:40]}"
