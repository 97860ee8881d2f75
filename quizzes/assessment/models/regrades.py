"""Regrades: a question of an assignment is marked anew, for all who were asked it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from quizzes.assessment.models.assignments import Assignment
from quizzes.assessment.models.attempts import Attempt
from quizzes.identifiers import uuid7


class RegradeQuerySet(models.QuerySet["Regrade"]):
    """Regrades by whether they bear on marks."""

    def in_force(self) -> RegradeQuerySet:
        """Those that were applied and not undone, the newest first: that one counts."""
        return self.filter(applied_at__isnull=False, undone_at=None).order_by("-applied_at", "-pk")


class Regrade(models.Model):
    """Another way of marking one wording in one assignment; in force from applied to undone.

    Of those in force for a wording the newest counts. Marks are what the raw answers come to under
    it, so that undoing it is marking them without it.
    """

    class Policy(models.TextChoices):
        KEY = "key", _("mark by the key of another revision")
        CREDIT = "credit", _("also credit these answers")
        EVERYONE = "everyone", _("full marks for everyone who was asked")
        DROP = "drop", _("take the question out of the score")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="regrades")
    revision = models.ForeignKey(
        "quizzes.Revision", models.PROTECT, related_name="+", help_text=_("That was asked.")
    )
    policy = models.CharField(max_length=8, choices=Policy)
    key_revision = models.ForeignKey(
        "quizzes.Revision", models.PROTECT, null=True, blank=True, related_name="+"
    )
    never_lowers = models.BooleanField(
        default=True, help_text=_("Whoever would lose by it keeps the mark of before.")
    )
    reason = models.CharField(max_length=300, help_text=_("Told to the students it touches."))
    author = models.ForeignKey(
        "quizzes.User", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = RegradeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(policy="key", key_revision__isnull=False)
                | ~Q(policy="key") & Q(key_revision=None),
                name="regrade_by_key_names_one",
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None) | Q(applied_at__isnull=False),
                name="only_what_was_applied_is_undone",
            ),
        ]
        indexes = [
            models.Index(fields=["assignment", "revision"], name="regrade_by_question"),
        ]

    def __str__(self) -> str:
        return f"{self.assignment} · {self.revision} · {self.get_policy_display()}"


class RegradeCredit(models.Model):
    """An answer that a regrade credits: an option by its own place, or a text as typed."""

    regrade = models.ForeignKey(Regrade, models.CASCADE, related_name="credits")
    part = models.PositiveSmallIntegerField(default=0)
    position = models.PositiveSmallIntegerField(null=True, blank=True)
    text = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(position__isnull=False, text="") | Q(position=None) & ~Q(text=""),
                name="credit_is_an_option_or_a_text",
            ),
        ]

    def __str__(self) -> str:
        return self.text or str(self.position)


class RegradeChange(models.Model):
    """What a regrade did to one attempt's score."""

    regrade = models.ForeignKey(Regrade, models.CASCADE, related_name="changes")
    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="regrade_changes")
    score_before = models.PositiveIntegerField()
    score_after = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["regrade", "attempt"], name="one_change_an_attempt"),
        ]

    def __str__(self) -> str:
        return f"{self.attempt} · {self.score_before} · {self.score_after}"
