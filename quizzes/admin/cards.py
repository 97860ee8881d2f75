"""What learners remember, and how it came about."""

from __future__ import annotations

from django.contrib import admin

from quizzes.admin.looking import ReadOnly
from quizzes.cards.models import Action, Card, DayTally, Review, StudyPlan, Weights


@admin.register(Card)
class CardAdmin(ReadOnly):
    list_display = ("learner", "item", "phase", "due_at", "due_day", "reps", "lapses")
    list_filter = ("phase", "is_suspended")
    list_select_related = ("learner", "item")
    ordering = ("-pk",)


@admin.register(Review)
class ReviewAdmin(ReadOnly):
    list_display = ("learner", "card", "rating", "answered_at", "source", "interval_days")
    list_filter = ("source", "rating")
    list_select_related = ("learner", "card__item", "card__learner")
    ordering = ("-pk",)


@admin.register(StudyPlan)
class StudyPlanAdmin(ReadOnly):
    list_display = ("learner", "book", "desired_retention", "new_a_day")
    list_select_related = ("learner", "book")


admin.site.register([Action, DayTally, Weights], ReadOnly)
