"""Quizzes, what classes were given, and what came of it."""

from __future__ import annotations

from django.contrib import admin

from quizzes.admin.looking import ReadOnly, inline
from quizzes.assessment.models import (
    Assignment,
    Attempt,
    CardAssignment,
    Extension,
    ItemTally,
    OptionTally,
    Override,
    Quiz,
    Regrade,
    RegradeCredit,
    Response,
    Served,
    Slot,
)


@admin.register(Quiz)
class QuizAdmin(ReadOnly):
    list_display = ("title", "book", "section", "chapter", "published_at", "retired_at")
    list_filter = ("book",)
    list_select_related = ("book", "section", "chapter")
    ordering = ("book", "position")
    inlines = [inline(Slot)]


@admin.register(Assignment)
class AssignmentAdmin(ReadOnly):
    list_display = ("quiz", "classroom", "opens_at", "closes_at", "is_graded", "released_at")
    list_filter = ("is_graded",)
    list_select_related = ("quiz", "classroom")
    search_fields = ("quiz__title", "classroom__name")
    ordering = ("-pk",)
    exclude = ("password",)  # said aloud in the exam room, and nowhere else
    inlines = [inline(Extension)]


@admin.register(CardAssignment)
class CardAssignmentAdmin(ReadOnly):
    list_display = ("chapter", "classroom", "opens_at", "due_at", "withdrawn_at")
    list_select_related = ("chapter", "classroom")
    ordering = ("-pk",)


@admin.register(Attempt)
class AttemptAdmin(ReadOnly):
    list_display = ("learner", "quiz", "number", "started_at", "handed_in_at", "score")
    list_select_related = ("learner", "quiz")
    ordering = ("-pk",)
    inlines = [inline(Served)]


@admin.register(Response)
class ResponseAdmin(ReadOnly):
    list_display = ("served", "sequence", "answer", "saved_at")
    list_select_related = ("served__attempt__learner", "served__attempt__quiz")
    ordering = ("-pk",)


@admin.register(ItemTally)
class ItemTallyAdmin(ReadOnly):
    list_display = ("quiz", "sample", "revision", "band", "attempts", "fraction_sum")
    list_select_related = ("quiz", "revision__item")
    ordering = ("quiz", "pk")


@admin.register(OptionTally)
class OptionTallyAdmin(ReadOnly):
    list_display = ("quiz", "sample", "revision", "part", "position", "answer", "band", "chosen")
    list_select_related = ("quiz", "revision__item")
    ordering = ("quiz", "revision", "position")


@admin.register(Override)
class OverrideAdmin(ReadOnly):
    list_display = ("assignment", "learner", "score", "reason", "author", "made_at")
    list_select_related = ("assignment__quiz", "assignment__classroom", "learner", "author")
    search_fields = ("reason", "learner__username")
    ordering = ("-pk",)


@admin.register(Regrade)
class RegradeAdmin(ReadOnly):
    list_display = ("assignment", "revision", "policy", "author", "applied_at", "undone_at")
    list_filter = ("policy",)
    list_select_related = (
        "assignment__quiz",
        "assignment__classroom",
        "revision__item",
        "author",
    )
    search_fields = ("reason", "assignment__quiz__title")
    ordering = ("-pk",)
    inlines = [inline(RegradeCredit)]
