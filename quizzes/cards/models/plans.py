"""How one learner studies a book, and the weights of the learner's memory."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from quizzes.cards.scheduling import DEFAULT_WEIGHTS
from quizzes.cards.spacing import Pace


class Weights(models.Model):
    """The 21 numbers of one learner's memory model, and what they were fitted on."""

    learner = models.ForeignKey("quizzes.User", models.CASCADE, related_name="weights")

    class Method(models.TextChoices):
        DEFAULT = "default", _("the defaults")
        PRIOR = "prior", _("three numbers, held near the defaults")
        BLEND = "blend", _("all numbers, blended with the three")
        FULL = "full", _("all numbers")

    numbers = models.JSONField(help_text=_("21 numbers of FSRS-6, in its order."))
    method = models.CharField(max_length=7, choices=Method, default=Method.FULL)
    loss_before = models.FloatField(
        null=True, blank=True, help_text=_("Log loss on later reviews with the set before.")
    )
    loss_after = models.FloatField(null=True, blank=True, help_text=_("And with this one."))
    review_count = models.PositiveIntegerField(help_text=_("Reviews that they were fitted on."))
    fitted_at = models.DateTimeField()
    adopted_at = models.DateTimeField(null=True, blank=True)
    is_current = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "weights"
        constraints = [
            models.UniqueConstraint(
                fields=["learner"], condition=Q(is_current=True), name="one_current_weights_row"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.learner} · {self.fitted_at:%Y-%m-%d}"


class StudyPlan(models.Model):
    """How one learner studies one book."""

    class Order(models.TextChoices):
        BOOK = "book", _("in the book's order")
        SHUFFLED = "shuffled", _("shuffled")

    learner = models.ForeignKey("quizzes.User", models.CASCADE, related_name="plans")
    book = models.ForeignKey("quizzes.Book", models.CASCADE, related_name="plans")
    chapters = models.ManyToManyField("quizzes.Chapter", related_name="+")
    desired_retention = models.FloatField(
        default=0.9,
        validators=[MinValueValidator(0.8), MaxValueValidator(0.95)],
        help_text=_("The chance of recall at which a card comes back, 0.80 to 0.95."),
    )
    new_a_day = models.PositiveSmallIntegerField(default=10, validators=[MaxValueValidator(200)])
    order = models.CharField(max_length=8, choices=Order, default=Order.BOOK)
    learning_minutes = models.PositiveSmallIntegerField(default=10)
    relearning_minutes = models.PositiveSmallIntegerField(default=10)
    maximum_interval = models.PositiveSmallIntegerField(default=365, help_text=_("Days."))
    has_four_ratings = models.BooleanField(default=False)
    is_typing = models.BooleanField(
        default=False, help_text=_("Answers are typed where a machine can check them.")
    )
    has_options = models.BooleanField(
        default=False, help_text=_("Answers are chosen where a card has options.")
    )
    exam_on = models.DateField(null=True, blank=True)
    exam_chapters = models.ManyToManyField(
        "quizzes.Chapter",
        blank=True,
        related_name="+",
        help_text=_("What the exam covers; none are all of the plan's."),
    )
    exam_target = models.FloatField(
        default=0.9,
        validators=[MinValueValidator(0.5), MaxValueValidator(0.99)],
        help_text=_("The mean chance of recall on exam day at which a day's study may stop."),
    )
    minutes_a_day = models.PositiveSmallIntegerField(null=True, blank=True)
    started_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["learner", "book"], name="one_plan_a_book"),
            models.CheckConstraint(
                condition=Q(desired_retention__gte=0.8, desired_retention__lte=0.95),
                name="retention_is_sane",
            ),
            models.CheckConstraint(
                condition=Q(
                    maximum_interval__gte=1, learning_minutes__gte=1, relearning_minutes__gte=1
                ),
                name="plan_steps_are_positive",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.learner} · {self.book}"

    def pace(self, numbers: Iterable[float] | None, *, is_examined: bool = False) -> Pace:
        """How the scheduler is to space cards of this plan, those that its exam covers or not."""
        return Pace(
            desired_retention=self.desired_retention,
            learning_minutes=self.learning_minutes,
            relearning_minutes=self.relearning_minutes,
            maximum_interval=self.maximum_interval,
            weights=tuple(numbers) if numbers else DEFAULT_WEIGHTS,
            exam_day=self.exam_on.toordinal() if self.exam_on and is_examined else None,
            exam_target=self.exam_target,
        )


class DayOff(models.Model):
    """A day on which a learner does not study: nothing is planned for it."""

    learner = models.ForeignKey("quizzes.User", models.CASCADE, related_name="days_off")
    day = models.DateField()

    class Meta:
        verbose_name_plural = "days off"
        constraints = [
            models.UniqueConstraint(fields=["learner", "day"], name="day_off_once"),
        ]

    def __str__(self) -> str:
        return f"{self.learner} · {self.day}"
