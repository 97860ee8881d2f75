"""Attempts: what was served, and every answer as it was given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self
from uuid import uuid4

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from quizzes.assessment.models.assignments import Assignment
from quizzes.assessment.models.quizzes import Quiz
from quizzes.identifiers import uuid7
from quizzes.items.fractions import FULL_FRACTION

if TYPE_CHECKING:
    from datetime import datetime

    from quizzes.people.models import User


class AttemptQuerySet(models.QuerySet["Attempt"]):
    """Attempts by whose they are and how far they went."""

    def visible_to(self, user: User) -> Self:
        """One's own; how a class did is read through the class."""
        return self.filter(learner=user)

    def open(self) -> Self:
        return self.filter(handed_in_at=None)

    def handed_in(self) -> Self:
        return self.filter(handed_in_at__isnull=False)

    def overdue(self, at: datetime) -> Self:
        """Open ones whose time had run out before this moment."""
        return self.open().filter(deadline_at__lt=at)


class Attempt(models.Model):
    """One learner's sitting of a quiz, as practice or as a class's assignment."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    start_uid = models.UUIDField(
        help_text=_("Made by the client: the same start sent twice is one attempt.")
    )
    learner = models.ForeignKey("quizzes.User", models.CASCADE, related_name="attempts")
    quiz = models.ForeignKey(Quiz, models.PROTECT, related_name="attempts")
    assignment = models.ForeignKey(
        Assignment, models.PROTECT, null=True, blank=True, related_name="attempts"
    )
    number = models.PositiveSmallIntegerField(
        help_text=_("The learner's first, second, … of the assignment, or of the quiz as practice.")
    )
    seed = models.UUIDField(
        default=uuid4, editable=False, help_text=_("Of all draws and orders; told to nobody.")
    )
    started_at = models.DateTimeField()
    deadline_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text=_("When time runs out, set at the start with all accommodations; else no clock."),
    )
    checks_each = models.BooleanField(
        default=False, help_text=_("Each question is checked when its learner asks for it.")
    )
    asks_confidence = models.BooleanField(default=False)
    reached = models.PositiveSmallIntegerField(
        default=1, help_text=_("The question that is reached, where there is no way back.")
    )
    is_timed_out = models.BooleanField(
        default=False, help_text=_("Handed in because time had run out.")
    )
    saves = models.PositiveIntegerField(default=0, help_text=_("Grows with every saved answer."))
    seen_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When its page last gave a sign of life.")
    )
    handed_in_at = models.DateTimeField(null=True, blank=True)
    learner_day = models.DateField(
        null=True, blank=True, help_text=_("The study day of handing in.")
    )
    score = models.PositiveIntegerField(
        null=True, blank=True, help_text=_("Share of the whole, in units of 10⁻⁷.")
    )
    days_late = models.PositiveSmallIntegerField(
        default=0, help_text=_("Begun days after it was due, with every accommodation.")
    )
    is_tallied = models.BooleanField(
        default=False,
        help_text=_("Counted on the questions: the first attempt of somebody with an account."),
    )

    objects = AttemptQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["learner", "start_uid"], name="one_attempt_a_start"),
            models.UniqueConstraint(
                fields=["learner", "quiz", "number"],
                condition=Q(assignment=None),
                name="one_attempt_a_number",
            ),
            models.UniqueConstraint(
                fields=["learner", "assignment", "number"],
                condition=Q(assignment__isnull=False),
                name="one_assigned_attempt_a_number",
            ),
            models.UniqueConstraint(
                fields=["learner", "quiz"],
                condition=Q(handed_in_at=None, assignment=None),
                name="one_open_attempt_a_quiz",
            ),
            models.UniqueConstraint(
                fields=["learner", "assignment"],
                condition=Q(handed_in_at=None, assignment__isnull=False),
                name="one_open_attempt_an_assignment",
            ),
            models.CheckConstraint(
                condition=Q(handed_in_at=None, score=None, learner_day=None)
                | Q(handed_in_at__isnull=False, score__isnull=False, learner_day__isnull=False),
                name="attempt_is_scored_when_handed_in",
            ),
            models.CheckConstraint(
                condition=Q(score=None) | Q(score__lte=FULL_FRACTION),
                name="score_within_one",
            ),
        ]
        indexes = [
            models.Index(fields=["learner", "handed_in_at"], name="attempt_by_learner"),
            models.Index(fields=["quiz", "learner"], name="attempt_by_quiz"),
            models.Index(fields=["assignment", "learner"], name="attempt_by_assignment"),
            models.Index(
                fields=["deadline_at"],
                condition=Q(handed_in_at=None, deadline_at__isnull=False),
                name="attempt_with_a_clock",
            ),
            models.Index(
                fields=["assignment"],
                condition=Q(number=1, is_tallied=False, handed_in_at__isnull=False),
                name="attempt_that_waits",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.learner} · {self.quiz} · {self.number}"


class ServedQuerySet(models.QuerySet["Served"]):
    """Served questions as a sheet reads them."""

    def with_answers(self) -> Self:
        """Each with the newest answer and its number, in the same query."""
        newest = Response.objects.filter(served=OuterRef("pk")).order_by("-sequence")
        return self.annotate(
            newest_answer=Subquery(newest.values("answer")[:1]),
            newest_sequence=Subquery(newest.values("sequence")[:1]),
            newest_is_sure=Subquery(newest.values("is_sure")[:1]),
            newest_saved_at=Subquery(newest.values("saved_at")[:1]),
        )


class Served(models.Model):
    """One question as an attempt shows it: the wording, and the order of its options.

    `fraction` is derived from the newest answer and the key, and told to nobody before the
    attempt is handed in.
    """

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="served")
    position = models.PositiveSmallIntegerField(help_text=_("From 1."))
    revision = models.ForeignKey("quizzes.Revision", models.PROTECT, related_name="+")
    weight = models.PositiveSmallIntegerField(default=1)
    heading = models.CharField(
        max_length=200, blank=True, help_text=_("Of the part of the quiz that begins here.")
    )
    order_shown = models.CharField(
        max_length=400,
        blank=True,
        help_text=_("The options' own places as shown: “2,0,1”; parts stand between semicolons."),
    )
    fraction = models.IntegerField(
        null=True, blank=True, help_text=_("Share of the mark, in units of 10⁻⁷; none unanswered.")
    )
    is_flagged = models.BooleanField(
        default=False, help_text=_("The learner wants to come back to it.")
    )
    is_hinted = models.BooleanField(default=False, help_text=_("The hint was asked for."))
    tries = models.PositiveSmallIntegerField(
        default=0, help_text=_("How often its learner had an answer checked.")
    )
    checked_sequence = models.PositiveSmallIntegerField(
        default=0, help_text=_("The number of the answer that was checked last; 0 before that.")
    )
    is_settled = models.BooleanField(
        default=False, help_text=_("Checked, and closed: its answer can no longer change.")
    )

    is_dropped = models.BooleanField(
        default=False, help_text=_("A regrade took it out of the score.")
    )

    objects = ServedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["attempt", "position"], name="one_question_a_place"),
        ]

    def __str__(self) -> str:
        return f"{self.attempt} · {self.position}"

    @property
    def orders(self) -> tuple[tuple[int, ...], ...]:
        """The own places of each part's options, as they were shown; there is at least one part.

        A part where nothing is chosen from has none.
        """
        return tuple(
            tuple(int(place) for place in part.split(",") if place)
            for part in self.order_shown.split(";")
        )

    @property
    def order(self) -> tuple[int, ...]:
        """The own places of the first part's options, in the order in which they were shown."""
        return self.orders[0]


class Response(models.Model):
    """An answer as it was given, kept for ever; the one with the highest number counts."""

    served = models.ForeignKey(Served, models.CASCADE, related_name="responses")
    sequence = models.PositiveSmallIntegerField(help_text=_("From 1."))
    answer = models.JSONField(help_text=_("Places as shown that were chosen, or what was typed."))
    is_sure = models.BooleanField(
        null=True, blank=True, help_text=_("Whether its learner was sure, where that is asked.")
    )
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["served", "sequence"], name="one_response_a_sequence"),
        ]

    def __str__(self) -> str:
        return f"{self.served} · {self.sequence}"
