"""Cards, the log of reviews, what undo takes back, study plans, tallies and weights."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from quizzes.cards.scheduling import Memory, Rating
from quizzes.identifiers import uuid7

if TYPE_CHECKING:
    from quizzes.people.models import User


class Weights(models.Model):
    """The 21 numbers of one learner's memory model, and what they were fitted on."""

    learner = models.ForeignKey("quizzes.User", models.CASCADE, related_name="weights")
    numbers = models.JSONField(help_text=_("21 numbers of FSRS-6, in its order."))
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
    exam_on = models.DateField(null=True, blank=True)
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


class CardQuerySet(models.QuerySet["Card"]):
    """Cards as the queue asks for them; each part reads one partial index."""

    def active(self) -> Self:
        return self.filter(is_suspended=False)


class Card(models.Model):
    """What one learner remembers of one item.

    A row is made by the first rating, suspension, burial, flag or quiz answer; an item
    without a row, or with a row whose every rating was taken back, is *new*. Memory, phase
    and due date can be rebuilt from the log.
    """

    class Phase(models.TextChoices):
        NEW = "new", _("new")
        LEARNING = "learning", _("learning")
        REVIEW = "review", _("review")
        RELEARNING = "relearning", _("relearning")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    learner = models.ForeignKey("quizzes.User", models.CASCADE, related_name="cards")
    item = models.ForeignKey("quizzes.Item", models.PROTECT, related_name="cards")
    phase = models.CharField(max_length=10, choices=Phase, default=Phase.NEW)
    step = models.PositiveSmallIntegerField(default=0)
    stability = models.FloatField(null=True, blank=True, help_text=_("Days."))
    difficulty = models.FloatField(null=True, blank=True, help_text=_("1 to 10."))
    last_day = models.DateField(
        null=True, blank=True, help_text=_("Learner's day of the last review.")
    )
    last_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(
        null=True, blank=True, help_text=_("While learning: the instant.")
    )
    due_day = models.DateField(null=True, blank=True, help_text=_("In review: the learner's day."))
    interval_days = models.PositiveIntegerField(default=0)
    reps = models.PositiveIntegerField(default=0)
    lapses = models.PositiveIntegerField(default=0)
    is_suspended = models.BooleanField(default=False)
    buried_until = models.DateField(
        null=True, blank=True, help_text=_("Learner's day it returns on.")
    )
    flag = models.PositiveSmallIntegerField(default=0)
    weights = models.ForeignKey(Weights, models.SET_NULL, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=0, help_text=_("Grows with every change."))

    objects = CardQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["learner", "item"], name="one_card_an_item"),
            models.CheckConstraint(
                name="card_due_by_phase",
                condition=Q(phase="new", due_at=None, due_day=None, stability=None)
                | Q(phase__in=["learning", "relearning"], due_day=None)
                & Q(due_at__isnull=False, stability__isnull=False, difficulty__isnull=False)
                | Q(phase="review", due_at=None)
                & Q(due_day__isnull=False, stability__isnull=False, difficulty__isnull=False),
            ),
            models.CheckConstraint(condition=Q(flag__lte=7), name="flag_is_0_to_7"),
        ]
        indexes = [
            models.Index(
                fields=["learner", "due_at"],
                condition=Q(due_at__isnull=False, is_suspended=False),
                name="card_due_at",
            ),
            models.Index(
                fields=["learner", "due_day", "id"],
                condition=Q(due_day__isnull=False, is_suspended=False),
                name="card_due_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.learner} · {self.item}"

    @property
    def memory(self) -> Memory | None:
        """The card's memory as the kernel reads it; None before the first rating."""
        if self.stability is None or self.difficulty is None or self.last_day is None:
            return None
        return Memory(self.stability, self.difficulty, self.last_day.toordinal())


class Review(models.Model):
    """One rating of a card, kept for ever.

    What the learner did is raw and never changes; the columns named in `DERIVED` say what the
    model made of it, and a replay may rewrite them.
    """

    class Source(models.TextChoices):
        FLASHCARD = "flashcard", _("flashcard")
        QUIZ = "quiz", _("quiz")

    class Evidence(models.TextChoices):
        SELF = "self", _("self-rated")
        TYPED = "typed", _("typed")
        CHOICE = "choice", _("chosen")

    DERIVED = (
        "elapsed_days",
        "stability_before",
        "difficulty_before",
        "retrievability",
        "stability_after",
        "difficulty_after",
        "phase_before",
        "phase_after",
    )

    uid = models.UUIDField(
        help_text=_("Made by the client: the same review sent twice is one row.")
    )
    learner = models.ForeignKey("quizzes.User", models.CASCADE, related_name="reviews")
    card = models.ForeignKey(Card, models.CASCADE, related_name="reviews")
    revision = models.ForeignKey("quizzes.Revision", models.PROTECT, related_name="+")
    rating = models.PositiveSmallIntegerField(choices=[(r.value, r.name.title()) for r in Rating])
    answered_at = models.DateTimeField(help_text=_("Device time, never later than received."))
    received_at = models.DateTimeField()
    time_zone = models.CharField(max_length=64)
    learner_day = models.DateField()
    source = models.CharField(max_length=9, choices=Source, default=Source.FLASHCARD)
    evidence = models.CharField(max_length=6, choices=Evidence, default=Evidence.SELF)
    duration_ms = models.PositiveIntegerField(null=True, blank=True, help_text=_("At most 60,000."))
    interval_days = models.PositiveIntegerField(
        help_text=_("The interval offered and chosen; 0 for a step of minutes.")
    )
    step_minutes = models.PositiveSmallIntegerField(default=0)
    affects_schedule = models.BooleanField(default=True)

    elapsed_days = models.PositiveIntegerField(null=True, blank=True)
    stability_before = models.FloatField(null=True, blank=True)
    difficulty_before = models.FloatField(null=True, blank=True)
    retrievability = models.FloatField(
        null=True, blank=True, help_text=_("Predicted when answered.")
    )
    stability_after = models.FloatField(null=True, blank=True)
    difficulty_after = models.FloatField(null=True, blank=True)
    phase_before = models.CharField(max_length=10, choices=Card.Phase)
    phase_after = models.CharField(max_length=10, choices=Card.Phase)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["learner", "uid"], name="one_review_a_uid"),
            models.CheckConstraint(
                condition=Q(rating__gte=1, rating__lte=4), name="rating_is_1_to_4"
            ),
            models.CheckConstraint(
                condition=Q(answered_at__lte=F("received_at")), name="answered_before_received"
            ),
        ]
        indexes = [
            models.Index(fields=["card", "answered_at", "uid"], name="review_by_card"),
            models.Index(fields=["learner", "received_at", "id"], name="review_by_learner"),
        ]

    def __str__(self) -> str:
        return f"{self.card} · {self.get_rating_display()}"


class Action(models.Model):
    """An act that undo can take back, or has taken back.

    A rating is its own record, so it gets a row here only when it is taken back; burying,
    suspending and flagging get theirs when they happen.
    """

    class Kind(models.TextChoices):
        RATE = "rate", _("rating")
        BURY = "bury", _("bury")
        SUSPEND = "suspend", _("set aside")
        FLAG = "flag", _("flag")
        EDIT = "edit", _("edit")

    learner = models.ForeignKey("quizzes.User", models.CASCADE, related_name="actions")
    card = models.ForeignKey(Card, models.CASCADE, related_name="actions")
    kind = models.CharField(max_length=7, choices=Kind)
    review = models.OneToOneField(
        Review, models.CASCADE, null=True, blank=True, related_name="taken_back"
    )
    before = models.JSONField(null=True, blank=True, help_text=_("The columns that it changed."))
    after = models.JSONField(null=True, blank=True)
    done_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="rate", review__isnull=False, taken_back_at__isnull=False)
                | ~Q(kind="rate") & Q(review=None),
                name="rating_rows_are_takebacks",
            ),
        ]
        indexes = [
            models.Index(
                fields=["learner", "done_at"],
                condition=Q(taken_back_at=None),
                name="action_to_undo",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.card}"


class DayTallyQuerySet(models.QuerySet["DayTally"]):
    """One learner's days."""

    def between(self, learner: User, first: date, last: date) -> Self:
        return self.filter(learner=learner, day__range=(first, last)).order_by("day")


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
