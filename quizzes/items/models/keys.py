"""Keys: what decides the mark. `related_name="+"` leaves no way here from an item."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from quizzes.content.models import Quantity
from quizzes.items.fractions import FULL_FRACTION
from quizzes.items.models.revisions import Option, Revision


class Key(models.Model):
    """What is right, and why: the back of a flashcard and a question's explanation."""

    revision = models.OneToOneField(Revision, models.CASCADE, primary_key=True, related_name="+")
    answer = models.TextField(help_text=_("The answer in words."))
    answer_html = models.TextField()
    rationale = models.TextField(blank=True)
    rationale_html = models.TextField(blank=True)
    hint = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.answer


class Criterion(models.Model):
    """One line of an essay's rubric: what a marker looks for, and its share of the mark."""

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    weight = models.PositiveSmallIntegerField(default=1)

    class Meta:
        verbose_name_plural = "criteria"
        constraints = [
            models.UniqueConstraint(fields=["revision", "position"], name="one_criterion_a_place"),
            models.CheckConstraint(condition=Q(weight__gte=1), name="criterion_weighs_something"),
        ]

    def __str__(self) -> str:
        return self.text


class Precedence(models.Model):
    """That one option of an ordering question comes before another, each by its own place.

    Where a question has none, its options' ranks tell the order, equal ones in either order.
    """

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="+")
    earlier = models.PositiveSmallIntegerField()
    later = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "earlier", "later"], name="one_precedence_a_pair"
            ),
            models.CheckConstraint(
                condition=~Q(earlier=models.F("later")), name="nothing_precedes_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.earlier} < {self.later}"


class OptionKey(models.Model):
    """What choosing an option earns, and what is said about it."""

    option = models.OneToOneField(Option, models.CASCADE, primary_key=True, related_name="+")
    fraction = models.IntegerField(default=0, help_text=_("Share of the mark, in units of 10⁻⁷."))
    rank = models.PositiveSmallIntegerField(null=True, blank=True)
    match = models.PositiveSmallIntegerField(null=True, blank=True)
    feedback = models.TextField(blank=True)
    fact = models.ForeignKey(
        "quizzes.Fact", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(fraction__gte=-FULL_FRACTION, fraction__lte=FULL_FRACTION),
                name="option_fraction_within_one",
            ),
        ]


class AcceptedAnswer(models.Model):
    """A typed answer that earns something: a text, a number or a date."""

    class CaseRule(models.TextChoices):
        IGNORE = "ignore", _("capitals do not matter")
        EXACT = "exact", _("capitals matter")

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="+")
    part = models.PositiveSmallIntegerField(default=0)
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300, blank=True)
    number = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    tolerance = models.DecimalField(max_digits=20, decimal_places=6, default=0)
    precision = models.CharField(
        max_length=8, blank=True, help_text=_("Of a date, as the book gives it.")
    )
    not_before = models.DateField(null=True, blank=True)
    not_after = models.DateField(null=True, blank=True)
    fraction = models.IntegerField(default=FULL_FRACTION)
    case_rule = models.CharField(max_length=6, choices=CaseRule, default=CaseRule.IGNORE)
    bound = models.CharField(
        max_length=9,
        blank=True,
        choices=Quantity.Bound,
        help_text=_("Of a number, as the book says it; else exact."),
    )
    feedback = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "part", "position"], name="one_accepted_answer_a_place"
            ),
            models.CheckConstraint(
                condition=~Q(text="") | Q(number__isnull=False) | Q(not_before__isnull=False),
                name="accepted_answer_is_something",
            ),
        ]
