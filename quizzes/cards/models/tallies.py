"""Day tallies: what a learner did on a day, counted as it happens."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from quizzes.upserting import upsert

if TYPE_CHECKING:
    from quizzes.people.models import User


class DayTallyQuerySet(models.QuerySet["DayTally"]):
    """One learner's days."""

    def between(self, learner: User, first: date, last: date) -> Self:
        return self.filter(learner=learner, day__range=(first, last)).order_by("day")

    def add(self, tallies: Sequence[DayTally]) -> None:
        """Add these numbers to those that stand, in one statement."""
        upsert(tallies, DayTally.KEY, add=DayTally.COLUMNS)


class DayTally(models.Model):
    """What one learner did on one study day in one chapter with one kind of fact.

    Counted as it happens, in the transaction of the review, by one upsert. Sums over a day give
    the study calendar; sums over all days give what is known now, so that no page of progress
    ever reads cards or reviews. The signed columns follow a card's phase: rating a learning card
    into review adds 1 to known and takes 1 from learning; undo writes the opposite.
    """

    learner = models.ForeignKey("quizzes.User", models.CASCADE, related_name="day_tallies")
    day = models.DateField()
    chapter = models.ForeignKey("quizzes.Chapter", models.CASCADE, related_name="+")
    kind = models.CharField(
        max_length=8, blank=True, help_text=_("Of the fact; empty without one.")
    )
    reviews = models.IntegerField(default=0)
    recalled = models.IntegerField(default=0)
    introduced = models.IntegerField(default=0, help_text=_("Cards rated for the first time."))
    known_change = models.IntegerField(default=0, help_text=_("Into phase review, less out of it."))
    learning_change = models.IntegerField(
        default=0, help_text=_("Into (re)learning, less out of it.")
    )
    duration_ms = models.BigIntegerField(default=0)
    young = models.IntegerField(
        default=0, help_text=_("Reviews on a later day, of cards of under three weeks' stability.")
    )
    young_recalled = models.IntegerField(default=0)
    young_foretold = models.BigIntegerField(
        default=0, help_text=_("Their chances of recall together, in units of 10⁻⁷.")
    )
    mature = models.IntegerField(default=0, help_text=_("The same, of more stable cards."))
    mature_recalled = models.IntegerField(default=0)
    mature_foretold = models.BigIntegerField(default=0)

    KEY = ("learner", "day", "chapter", "kind")
    COLUMNS = (
        "reviews",
        "recalled",
        "introduced",
        "known_change",
        "learning_change",
        "duration_ms",
        "young",
        "young_recalled",
        "young_foretold",
        "mature",
        "mature_recalled",
        "mature_foretold",
    )

    MATURE_FROM = 21
    """From so many days of stability on, before the review, a card is mature."""

    WHOLE = 10_000_000
    """A chance of 1, in the units of what was foretold."""

    objects = DayTallyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "day tallies"
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "day", "chapter", "kind"], name="one_tally_a_day_and_cell"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.learner} · {self.day}"
