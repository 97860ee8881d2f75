"""Marks: what a person found of an answer that no machine can mark."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from quizzes.assessment.models.attempts import Served
from quizzes.items.fractions import FULL_FRACTION


class Mark(models.Model):
    """A marker's fraction for one answer, kept for ever; the newest counts."""

    served = models.ForeignKey(Served, models.CASCADE, related_name="marks")
    marker = models.ForeignKey(
        "quizzes.User", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    fraction = models.PositiveIntegerField(help_text=_("Share of the mark, in units of 10⁻⁷."))
    comment = models.TextField(blank=True, help_text=_("Shown to the student with the mark."))
    marked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(fraction__lte=FULL_FRACTION), name="mark_within_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.served} · {self.fraction}"


class CriterionMark(models.Model):
    """How far an answer meets one line of the rubric."""

    class Level(models.IntegerChoices):
        NOT = 0, _("not")
        PARTLY = 1, _("partly")
        FULLY = 2, _("fully")

    mark = models.ForeignKey(Mark, models.CASCADE, related_name="criteria")
    criterion = models.ForeignKey("quizzes.Criterion", models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(choices=Level)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mark", "criterion"], name="one_level_a_criterion"),
        ]

    def __str__(self) -> str:
        return f"{self.criterion} · {self.get_level_display()}"


class Override(models.Model):
    """A score that an instructor puts in place of the counted one.

    It is kept for ever, and the newest counts. One without a score takes the overrides
    before it back.
    """

    assignment = models.ForeignKey("quizzes.Assignment", models.CASCADE, related_name="overrides")
    learner = models.ForeignKey("quizzes.User", models.CASCADE, related_name="overrides")
    score = models.PositiveIntegerField(
        null=True, blank=True, help_text=_("Share of the whole, in units of 10⁻⁷.")
    )
    reason = models.CharField(max_length=300)
    author = models.ForeignKey(
        "quizzes.User", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(score=None) | Q(score__lte=FULL_FRACTION), name="override_within_one"
            ),
        ]
        indexes = [
            models.Index(fields=["assignment", "learner"], name="override_by_student"),
        ]

    def __str__(self) -> str:
        return f"{self.assignment} · {self.learner} · {self.score}"
