"""The log: reviews, and the acts that undo takes back."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from quizzes.cards.models.cards import Card
from quizzes.cards.scheduling import Rating


class ReviewQuerySet(models.QuerySet["Review"]):
    """The log, as replays and undo read it."""

    def standing(self) -> Self:
        """Reviews that were not taken back."""
        return self.filter(taken_back=None)

    def in_order(self) -> Self:
        """As they happened: two of one instant in the order of their identifiers."""
        return self.order_by("card_id", "answered_at", "uid")


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
        NONE = "none", _("not answered")

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
    answer = models.JSONField(
        null=True, blank=True, help_text=_("What was typed or chosen, as it was sent.")
    )
    is_right = models.BooleanField(
        null=True, blank=True, help_text=_("What a machine found of the answer, if it was asked.")
    )
    is_overruled = models.BooleanField(
        default=False, help_text=_("The learner counts the answer as right all the same.")
    )

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

    objects = ReviewQuerySet.as_manager()

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

    @property
    def derived(self) -> tuple[object, ...]:
        """What the model made of this review, in the order of `DERIVED`."""
        return tuple(getattr(self, column) for column in self.DERIVED)


class ActionQuerySet(models.QuerySet["Action"]):
    """Acts, as their columns are told from them."""

    def standing(self) -> Self:
        """Acts that were not taken back."""
        return self.filter(taken_back_at=None)

    def in_order(self) -> Self:
        """As they were done; of one instant what was done here first, in the order of its rows.

        What devices did at that instant follows in the order of its uids.
        """
        return self.order_by("card_id", "done_at", F("uid").asc(nulls_first=True), "pk")


class Action(models.Model):
    """An act that undo can take back, or has taken back.

    A rating is its own record, so it gets a row here only when it is taken back; the others get
    theirs when they happen. What the newest act that stands left in a column of `COLUMNS` is what
    the card holds there. Acts of one `batch` are taken back together.
    """

    class Kind(models.TextChoices):
        RATE = "rate", _("rating")
        BURY = "bury", _("bury")
        SUSPEND = "suspend", _("set aside")
        FLAG = "flag", _("flag")
        NOTE = "note", _("note")
        EDIT = "edit", _("edit")
        MOVE = "move", _("move")

    COLUMNS = {
        Kind.BURY: "buried_until",
        Kind.SUSPEND: "is_suspended",
        Kind.FLAG: "flag",
        Kind.NOTE: "note",
        Kind.MOVE: "moved_to",
    }

    uid = models.UUIDField(
        null=True,
        blank=True,
        help_text=_("Made by the client: the same act sent twice is one row."),
    )
    batch = models.UUIDField(null=True, blank=True)
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

    objects = ActionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["learner", "uid"], name="one_act_a_uid"),
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

    @property
    def was(self) -> dict[str, Any]:
        """What stood before it, by column."""
        return dict(self.before or {})

    @property
    def left(self) -> dict[str, Any]:
        """What it left, by column."""
        return dict(self.after or {})
