"""Tallies of a quiz's questions, kept at every hand-in: what item analysis is worked out from.

Fractions and scores are summed in units of 10⁻⁷, and so are their products: sums of whole numbers
come out the same in whatever order they are added, so that a recount gives the same rows.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import models
from django.utils.translation import gettext_lazy as _

from quizzes.assessment.models.quizzes import Quiz
from quizzes.upserting import upsert


class ItemTallyQuerySet(models.QuerySet["ItemTally"]):
    def add(self, tallies: Sequence[ItemTally]) -> None:
        """Add these numbers to those that stand, in one statement."""
        upsert(tallies, ItemTally.KEY, add=ItemTally.COLUMNS)


class ItemTally(models.Model):
    """What first attempts came to on one question of a quiz.

    The *rest* is an attempt's score without this question: the facility index is the mean
    fraction, the discrimination index the correlation of fraction and rest.
    """

    quiz = models.ForeignKey(Quiz, models.CASCADE, related_name="item_tallies")
    revision = models.ForeignKey("quizzes.Revision", models.CASCADE, related_name="+")
    attempts = models.IntegerField(default=0)
    answered = models.IntegerField(default=0)
    fraction_sum = models.BigIntegerField(default=0)
    fraction_squares = models.BigIntegerField(default=0)
    rest_sum = models.BigIntegerField(default=0)
    rest_squares = models.BigIntegerField(default=0)
    product_sum = models.BigIntegerField(default=0, help_text=_("Of fraction times rest."))

    KEY = ("quiz", "revision")
    COLUMNS = (
        "attempts",
        "answered",
        "fraction_sum",
        "fraction_squares",
        "rest_sum",
        "rest_squares",
        "product_sum",
    )

    objects = ItemTallyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "item tallies"
        constraints = [
            models.UniqueConstraint(fields=["quiz", "revision"], name="one_item_tally"),
        ]

    def __str__(self) -> str:
        return f"{self.quiz} · {self.revision}"


class OptionTallyQuerySet(models.QuerySet["OptionTally"]):
    def add(self, tallies: Sequence[OptionTally]) -> None:
        """Add these numbers to those that stand, in one statement."""
        upsert(tallies, OptionTally.KEY, add=OptionTally.COLUMNS)


class OptionTally(models.Model):
    """How many first attempts chose one option, known by its place in the revision."""

    quiz = models.ForeignKey(Quiz, models.CASCADE, related_name="option_tallies")
    revision = models.ForeignKey("quizzes.Revision", models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()
    chosen = models.IntegerField(default=0)
    rest_sum = models.BigIntegerField(default=0, help_text=_("Of those who chose it."))

    KEY = ("quiz", "revision", "position")
    COLUMNS = ("chosen", "rest_sum")

    objects = OptionTallyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "option tallies"
        constraints = [
            models.UniqueConstraint(
                fields=["quiz", "revision", "position"], name="one_option_tally"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quiz} · {self.revision} · {self.position}"
