"""Tallies of a quiz's questions, kept at every hand-in: what item analysis is worked out from.

Fractions are summed in units of 10⁻⁷ and marks in the same units times the question's weight.
Sums of whole numbers come out the same in whatever order they are added, so that a recount gives
the same rows. Squares and products outgrow a column, so each is kept in two: `wide` says how.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import models
from django.utils.translation import gettext_lazy as _

from quizzes.assessment.models.quizzes import Quiz
from quizzes.upserting import upsert

BANDS = 20
"""Scores are told apart by twentieths; a full score is a band of its own."""

_WORD = 1 << 32


def wide(name: str, value: int) -> dict[str, int]:
    """A number in two columns, the multiples of 2³² apart, which may be summed by themselves."""
    high, low = divmod(value, _WORD)
    return {name: low, f"{name}_high": high}


def narrow(low: int, high: int) -> int:
    """The number that two columns of sums hold together, whatever was carried."""
    return high * _WORD + low


class ItemTallyQuerySet(models.QuerySet["ItemTally"]):
    def add(self, tallies: Sequence[ItemTally]) -> None:
        """Add these numbers to those that stand, in one statement."""
        upsert(tallies, ItemTally.KEY, add=ItemTally.COLUMNS)


class ItemTally(models.Model):
    """What the first attempts of a sample, of one band of scores, came to on one question.

    The *rest* is an attempt's marks on its other questions: the facility index is the mean
    fraction, the discrimination index the correlation of fraction and rest.
    """

    quiz = models.ForeignKey(Quiz, models.CASCADE, related_name="item_tallies")
    sample = models.UUIDField(help_text=_("The assignment sat, or the quiz that was practiced."))
    revision = models.ForeignKey("quizzes.Revision", models.CASCADE, related_name="+")
    weight = models.PositiveSmallIntegerField()
    band = models.PositiveSmallIntegerField(help_text=_("Of the attempt's score, in twentieths."))
    attempts = models.IntegerField(default=0)
    answered = models.IntegerField(default=0)
    fraction_sum = models.BigIntegerField(default=0)
    fraction_squares = models.BigIntegerField(default=0)
    fraction_squares_high = models.BigIntegerField(default=0)
    rest_sum = models.BigIntegerField(default=0)
    rest_squares = models.BigIntegerField(default=0)
    rest_squares_high = models.BigIntegerField(default=0)
    products = models.BigIntegerField(default=0, help_text=_("Of fraction times rest."))
    products_high = models.BigIntegerField(default=0)
    timed = models.IntegerField(default=0, help_text=_("Those of whom the time is known."))
    seconds = models.BigIntegerField(default=0, help_text=_("That these took, together."))

    KEY = ("sample", "revision", "weight", "band")
    COLUMNS = (
        "attempts",
        "answered",
        "fraction_sum",
        "fraction_squares",
        "fraction_squares_high",
        "rest_sum",
        "rest_squares",
        "rest_squares_high",
        "products",
        "products_high",
        "timed",
        "seconds",
    )

    objects = ItemTallyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "item tallies"
        constraints = [
            models.UniqueConstraint(
                fields=["sample", "revision", "weight", "band"], name="one_item_tally"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quiz} · {self.revision} · {self.band}"


class OptionTallyQuerySet(models.QuerySet["OptionTally"]):
    def add(self, tallies: Sequence[OptionTally]) -> None:
        """Add these numbers to those that stand, in one statement."""
        upsert(tallies, OptionTally.KEY, add=OptionTally.COLUMNS)


class OptionTally(models.Model):
    """How many first attempts of a sample and a band chose one option, known by its place."""

    quiz = models.ForeignKey(Quiz, models.CASCADE, related_name="option_tallies")
    sample = models.UUIDField(help_text=_("The assignment sat, or the quiz that was practiced."))
    revision = models.ForeignKey("quizzes.Revision", models.CASCADE, related_name="+")
    part = models.PositiveSmallIntegerField(default=0)
    position = models.PositiveSmallIntegerField()
    band = models.PositiveSmallIntegerField(help_text=_("Of the attempt's score, in twentieths."))
    chosen = models.IntegerField(default=0)
    rest_sum = models.BigIntegerField(default=0, help_text=_("Of those who chose it."))

    KEY = ("sample", "revision", "part", "position", "band")
    COLUMNS = ("chosen", "rest_sum")

    objects = OptionTallyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "option tallies"
        constraints = [
            models.UniqueConstraint(
                fields=["sample", "revision", "part", "position", "band"], name="one_option_tally"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quiz} · {self.revision} · {self.position}"
