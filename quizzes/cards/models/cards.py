"""Cards: what one learner remembers of one item."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from quizzes.cards import spacing
from quizzes.cards.models.plans import Weights
from quizzes.cards.scheduling import DEFAULT_WEIGHTS, Memory, retrievability
from quizzes.cards.states import State
from quizzes.identifiers import uuid7

if TYPE_CHECKING:
    from quizzes.people.models import User


class CardQuerySet(models.QuerySet["Card"]):
    """Cards as the queue asks for them; each part reads one partial index."""

    def in_steps(self, learner: User) -> Self:
        """Cards that are learned or relearned in minutes, the earliest first."""
        return self.filter(learner=learner, is_suspended=False, due_at__isnull=False).order_by(
            "due_at", "pk"
        )

    def due_on(self, learner: User, day: date) -> Self:
        """Cards in review that are due by a learner's day, the longest due first."""
        return self.filter(learner=learner, is_suspended=False, due_day__lte=day).order_by(
            "due_day", "pk"
        )

    def in_review(self, learner: User) -> Self:
        """Cards in review, the next due first."""
        return self.filter(learner=learner, is_suspended=False, due_day__isnull=False).order_by(
            "due_day", "pk"
        )

    def unburied(self, day: date) -> Self:
        return self.filter(Q(buried_until=None) | Q(buried_until__lte=day))

    def held(self, learner: User, item_ids: Collection[int]) -> list[Card]:
        """The cards of these items, made where they are missing, locked until the act is over."""
        # In the items' order, like everyone who writes cards, or two would wait for each other.
        blank = [Card(learner=learner, item_id=item_id) for item_id in sorted(item_ids)]
        self.bulk_create(blank, ignore_conflicts=True)
        cards = self.select_for_update(no_key=True).filter(learner=learner, item__in=item_ids)
        return list(cards.order_by("item"))

    def on_days(self, learner: User, days: Collection[date]) -> Self:
        """Cards in review that are due on one of these days."""
        return self.filter(learner=learner, is_suspended=False, due_day__in=days).order_by()


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
    note = models.TextField(blank=True, help_text=_("Seen by the learner alone."))
    moved_to = models.DateField(
        null=True,
        blank=True,
        help_text=_("The due day that was put in place of the log's; the next rating ends it."),
    )
    weights = models.ForeignKey(Weights, models.SET_NULL, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=0, help_text=_("Grows with every change."))

    STATE = (
        "phase",
        "stability",
        "difficulty",
        "last_day",
        "last_at",
        "due_at",
        "due_day",
        "interval_days",
        "reps",
        "lapses",
        "moved_to",
    )
    LEECH_AT, LEECH_AGAIN = 8, 4

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

    @property
    def numbers(self) -> tuple[float, ...]:
        """The weights that its memory was made with."""
        return tuple(self.weights.numbers) if self.weights else DEFAULT_WEIGHTS

    def recall(self, day: date) -> float | None:
        """The chance of recalling it on a learner's day; None before the first rating."""
        memory = self.memory
        if memory is None:
            return None
        elapsed = max(0, day.toordinal() - memory.last_day)
        return retrievability(elapsed, memory.stability, self.numbers)

    @property
    def state(self) -> State:
        """What the card's log has made of it."""
        return State(
            phase=spacing.Phase(self.phase),
            memory=self.memory,
            last_at=self.last_at,
            due_at=self.due_at,
            due_day=self.due_day,
            interval_days=self.interval_days,
            reps=self.reps,
            lapses=self.lapses,
            moved_to=self.moved_to,
        )

    @property
    def is_leech(self) -> bool:
        """Whether it was just missed for the eighth time, or for the fourth time since."""
        since = self.lapses - self.LEECH_AT
        is_missed = self.phase == self.Phase.RELEARNING
        return is_missed and since >= 0 and since % self.LEECH_AGAIN == 0

    def assume(self, state: State) -> None:
        """Take over a state, in the columns named in `STATE`; nothing is saved."""
        memory = state.memory
        self.phase = state.phase.value
        self.stability = memory.stability if memory else None
        self.difficulty = memory.difficulty if memory else None
        self.last_day = date.fromordinal(memory.last_day) if memory else None
        self.last_at = state.last_at
        self.due_at, self.due_day = state.due_at, state.due_day
        self.interval_days = state.interval_days
        self.reps, self.lapses = state.reps, state.lapses
        self.moved_to = state.moved_to

    def write(self, *columns: str) -> bool:
        """Save these columns unless the card was changed since it was read; its version grows."""
        values = {column: getattr(self, column) for column in columns}
        unchanged = Card.objects.filter(pk=self.pk, version=self.version)
        is_written = unchanged.update(version=self.version + 1, **values) == 1
        self.version += is_written
        return is_written
