"""Tallies of a quiz's questions, kept at every hand-in: what item analysis is worked out from.

Fractions are summed in units of 10⁻⁷ and marks in the same units times the question's weight.
Sums of whole numbers come out the same in whatever order they are added, so that a recount gives
the same rows. Squares and products outgrow a column, so each is kept in two: `wide` says how.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from quizzes.assessment.models.quizzes import Quiz
from quizzes.upserting import upsert

BANDS = 20
"""Scores are told apart by twentieths; a full score is a band of its own."""

ALL_BANDS = BANDS + 1
"""In place of a band: all of them together."""

GIVEN, LEFT_OUT = 32_766, 32_767
"""In place of an option's own: something was put in a place, or it was left empty."""

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

    def of_options(self) -> OptionTallyQuerySet:
        """Those of options that were chosen, without what was put in places."""
        return self.filter(position__lt=GIVEN)


class OptionTally(models.Model):
    """How many first attempts of a sample and a band chose one option, known by its place.

    Where nothing is chosen something is put in a place: typed, in a gap or by itself, matched with
    a left side, or ranked. Then the part is that place, the position is `GIVEN` or `LEFT_OUT`, and
    `answer` tells apart what was given: a text by its key, an option by its own place. These are
    rows of this table, since they are added, taken back, told again and moved as it is: handing in
    takes no statement more for them. Of texts there is no end, so beside the rows of its bands
    each text has one of `ALL_BANDS`, with a spelling: the most frequent are found by it.
    """

    quiz = models.ForeignKey(Quiz, models.CASCADE, related_name="option_tallies")
    sample = models.UUIDField(help_text=_("The assignment sat, or the quiz that was practiced."))
    revision = models.ForeignKey("quizzes.Revision", models.CASCADE, related_name="+")
    part = models.PositiveSmallIntegerField(default=0)
    position = models.PositiveSmallIntegerField()
    answer = models.CharField(
        max_length=80, blank=True, default="", help_text=_("What tells apart what was given.")
    )
    said = models.CharField(
        max_length=300, blank=True, default="", help_text=_("A text, as it was typed first.")
    )
    band = models.PositiveSmallIntegerField(help_text=_("Of the attempt's score, in twentieths."))
    chosen = models.IntegerField(default=0)
    rest_sum = models.BigIntegerField(default=0, help_text=_("Of those who chose it."))

    KEY = ("sample", "revision", "part", "position", "answer", "band")
    COLUMNS = ("chosen", "rest_sum")

    objects = OptionTallyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "option tallies"
        constraints = [
            models.UniqueConstraint(
                fields=["sample", "revision", "position", "part", "answer", "band"],
                name="one_option_tally",
            ),
        ]
        indexes = [
            models.Index(
                fields=["sample", "revision", "position", "chosen"],
                condition=Q(band=ALL_BANDS),
                name="frequent_answer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quiz} · {self.revision} · {self.answer or self.position}"
