"""Assignments: a quiz given to a class, and the terms on which it is sat there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from quizzes.assessment.models.quizzes import Quiz
from quizzes.identifiers import uuid7
from quizzes.people.models import Classroom, Enrollment

if TYPE_CHECKING:
    from datetime import datetime

    from quizzes.people.models import User

MOST_PER_CENT = 100


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Assignments by who sits them, who gives them, and how far they are."""

    def visible_to(self, user: User | int) -> Self:
        """What a person's classes give them to sit; what was withdrawn is not there."""
        places = Enrollment.objects.filter(user=user, role=Enrollment.Role.STUDENT)
        return self.filter(classroom__in=places.values("classroom"), withdrawn_at=None)

    def taught_by(self, user: User | int) -> Self:
        """What a person gives to the classes that they teach."""
        return self.filter(classroom__in=Classroom.objects.taught_by(user).order_by().values("pk"))

    def standing(self) -> Self:
        """What was not withdrawn, in a class that is not over."""
        return self.filter(withdrawn_at=None, classroom__archived_at=None)

    def pending(self) -> Self:
        """Graded ones whose results are not released, whether or not they have opened.

        A class of the past releases nothing any more, and so keeps nothing back.
        """
        return self.standing().filter(is_graded=True, released_at=None)

    def unreleased(self, at: datetime) -> Self:
        """Graded ones that have opened and whose results are not released."""
        return self.pending().filter(opens_at__lte=at)

    def held(self) -> Self:
        """For a verb that decides by how they stand: no other such verb comes between."""
        return self.select_for_update(of=("self",), no_key=True)

    def in_order(self) -> Self:
        """What closes first comes first; what stays open comes last."""
        return self.order_by(F("closes_at").asc(nulls_last=True), "opens_at", "pk")


class Assignment(models.Model):
    """A quiz given to a class, with its dates and its terms.

    A quiz that nobody assigned is practice: it has no clock, and any number of attempts.
    """

    class Moment(models.IntegerChoices):
        """From when on something is shown; each moment includes those after it."""

        DURING = 0, _("during the attempt, once a question is checked")
        HANDED_IN = 1, _("after handing in")
        CLOSED = 2, _("after closing, and once results are released")
        NEVER = 3, _("never")

    class Counting(models.TextChoices):
        BEST = "best", _("the best attempt")
        LAST = "last", _("the last attempt")
        FIRST = "first", _("the first attempt")
        MEAN = "mean", _("the mean of all attempts")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    classroom = models.ForeignKey("quizzes.Classroom", models.CASCADE, related_name="assignments")
    quiz = models.ForeignKey(Quiz, models.PROTECT, related_name="assignments")
    created_at = models.DateTimeField()
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField(null=True, blank=True)
    time_limit_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    attempts_allowed = models.PositiveSmallIntegerField(
        null=True, blank=True, default=1, help_text=_("Empty: as many as one likes.")
    )
    counting = models.CharField(max_length=5, choices=Counting, default=Counting.BEST)
    is_graded = models.BooleanField(default=True)
    released_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    password = models.CharField(
        max_length=60, blank=True, help_text=_("Said aloud in the exam room.")
    )
    is_forward_only = models.BooleanField(default=False)
    asks_confidence = models.BooleanField(default=False)
    tries = models.PositiveSmallIntegerField(
        default=1,
        help_text=_("Of each question, where it is checked during the attempt."),
    )
    penalty_percent = models.PositiveSmallIntegerField(
        default=0, help_text=_("Of a question's mark, for each try after the first and for a hint.")
    )
    late_days = models.PositiveSmallIntegerField(
        default=0, help_text=_("For so many days after closing it may still be handed in, late.")
    )
    late_percent = models.PositiveSmallIntegerField(
        default=0, help_text=_("Of the score, taken off for each begun day that it is late.")
    )
    answer_from = models.PositiveSmallIntegerField(choices=Moment, default=Moment.HANDED_IN)
    correctness_from = models.PositiveSmallIntegerField(choices=Moment, default=Moment.CLOSED)
    score_from = models.PositiveSmallIntegerField(choices=Moment, default=Moment.CLOSED)
    key_from = models.PositiveSmallIntegerField(choices=Moment, default=Moment.CLOSED)
    explanation_from = models.PositiveSmallIntegerField(choices=Moment, default=Moment.CLOSED)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at=None) | Q(closes_at__gt=F("opens_at")),
                name="assignment_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=Q(released_at=None) | Q(is_graded=True),
                name="only_what_is_graded_is_released",
            ),
            models.CheckConstraint(
                condition=Q(attempts_allowed=None) | Q(attempts_allowed__gte=1),
                name="assignment_allows_an_attempt",
            ),
            models.CheckConstraint(
                condition=Q(time_limit_minutes=None) | Q(time_limit_minutes__gte=1),
                name="time_limit_is_some_time",
            ),
            models.CheckConstraint(
                condition=Q(tries__gte=1, penalty_percent__lte=MOST_PER_CENT),
                name="tries_and_penalty_make_sense",
            ),
            models.CheckConstraint(
                condition=Q(late_percent__lte=MOST_PER_CENT), name="late_percent_within_100"
            ),
        ]
        indexes = [
            models.Index(
                fields=["classroom", "opens_at"],
                condition=Q(is_graded=True, released_at=None, withdrawn_at=None),
                name="assignment_unreleased",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.classroom} · {self.quiz}"


class Reservation(models.Model):
    """An item that an assignment can serve: kept from its class's flashcards until release."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="reservations")
    item = models.ForeignKey("quizzes.Item", models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assignment", "item"], name="one_reservation_an_item"),
        ]

    def __str__(self) -> str:
        return f"{self.assignment} · {self.item}"


class Extension(models.Model):
    """One student's own dates and attempts at an assignment, in place of the class's."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="extensions")
    learner = models.ForeignKey("quizzes.User", models.CASCADE, related_name="extensions")
    closes_at = models.DateTimeField(
        null=True, blank=True, help_text=_("Empty: when it closes for the class.")
    )
    attempts_allowed = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text=_("Empty: as many as the class has.")
    )
    given_by = models.ForeignKey(
        "quizzes.User", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    given_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "learner"], name="one_extension_a_student"
            ),
            models.CheckConstraint(
                condition=Q(attempts_allowed=None) | Q(attempts_allowed__gte=1),
                name="extension_allows_an_attempt",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment} · {self.learner}"


class CardAssignment(models.Model):
    """A chapter's cards given to a class: they enter each student's plan when they open."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    classroom = models.ForeignKey(
        "quizzes.Classroom", models.CASCADE, related_name="card_assignments"
    )
    chapter = models.ForeignKey("quizzes.Chapter", models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    opens_at = models.DateTimeField()
    due_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When each card should have been met once.")
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["classroom", "chapter"],
                condition=Q(withdrawn_at=None),
                name="one_standing_card_assignment_a_chapter",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.classroom} · {self.chapter}"
