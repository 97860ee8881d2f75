"""The back office: look at everything, change what is not a log or a pack's content."""

from __future__ import annotations

from typing import Any, override

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.db import models
from django.http import HttpRequest
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from quizzes.assessment import discarding
from quizzes.assessment.models import Attempt, ItemTally, OptionTally, Quiz, Response, Served, Slot
from quizzes.cards.models import Action, Card, DayTally, Review, StudyPlan, Weights
from quizzes.content.models import (
    Alias,
    Argument,
    Book,
    Chapter,
    Citation,
    Confusable,
    Event,
    Evidence,
    Fact,
    Figure,
    Holder,
    Media,
    Objection,
    Participant,
    Place,
    Quantity,
    Relation,
    Role,
    Section,
    Source,
    Term,
)
from quizzes.items import reporting
from quizzes.items.models import (
    AcceptedAnswer,
    ErrorReport,
    Item,
    ItemFact,
    Key,
    Option,
    OptionKey,
    Revision,
    Tag,
)
from quizzes.people.models import Classroom, Enrollment, Notice, User


class ReadOnlyInline(admin.TabularInline[Any, Any]):
    """Rows shown beside their parent, never edited there."""

    extra = 0
    can_delete = False
    show_change_link = False

    @override
    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @override
    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def inline(model: type[models.Model], fk_name: str | None = None) -> type[ReadOnlyInline]:
    """A read-only inline of `model`."""
    return type(f"{model.__name__}Inline", (ReadOnlyInline,), {"model": model, "fk_name": fk_name})


class ReadOnly(admin.ModelAdmin[Any]):
    """Content comes from packs and logs from learners: the back office only looks at them."""

    list_per_page = 50
    show_full_result_count = False

    @override
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @override
    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @override
    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(User)
class PersonAdmin(UserAdmin[User]):
    list_display = ("username", "display_name", "email", "is_guest", "is_staff", "last_login")
    list_filter = ("is_guest", "is_staff", "is_superuser", "is_active")
    search_fields = ("username", "display_name", "email")
    ordering = ("username",)
    fieldsets = (
        *UserAdmin.fieldsets,  # type: ignore[misc]
        ("Study", {"fields": ("display_name", "time_zone", "day_rollover_hour", "is_guest")}),
    )

    @override
    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """What goes with them is deleted nowhere else here, and needs no leave of its own."""
        return [str(person) for person in objs], discarding.counts(objs), set(), []

    @override
    def delete_model(self, request: HttpRequest, obj: User) -> None:
        discarding.discard_people([obj])

    @override
    def delete_queryset(self, request: HttpRequest, queryset: models.QuerySet[User]) -> None:
        discarding.discard_people(queryset)


@admin.register(Classroom)
class ClassroomAdmin(admin.ModelAdmin[Classroom]):
    list_display = ("name", "book", "time_zone", "archived_at")
    list_select_related = ("book",)
    search_fields = ("name",)


@admin.register(Enrollment)
class EnrollmentAdmin(admin.ModelAdmin[Enrollment]):
    list_display = ("classroom", "user", "role", "time_percent")
    list_filter = ("role",)
    list_select_related = ("classroom", "user")
    autocomplete_fields = ("user", "classroom")


@admin.register(Book)
class BookAdmin(ReadOnly):
    list_display = ("title", "slug", "language", "owner", "pack_version")
    list_select_related = ("owner",)
    inlines = [inline(Chapter), inline(Source)]


@admin.register(Section)
class SectionAdmin(ReadOnly):
    list_display = ("title", "chapter", "first_page", "last_page")
    list_select_related = ("chapter",)
    ordering = ("book", "position")


@admin.register(Fact)
class FactAdmin(ReadOnly):
    list_display = ("label", "kind", "section", "chapter", "is_core", "retired_at")
    list_filter = ("kind", "is_core", "book", "chapter", "section")
    list_select_related = ("section", "chapter")
    search_fields = ("label", "slug", "summary", "aliases__text")
    ordering = ("book", "position")
    inlines = [
        *map(inline, (Figure, Event, Argument, Term, Quantity, Place, Alias, Citation)),
        inline(Relation, "from_fact"),
        inline(Confusable, "first"),
    ]


@admin.register(Figure)
class FigureAdmin(ReadOnly):
    list_display = ("fact", "kind", "part")
    list_filter = ("kind", "part")
    list_select_related = ("fact",)
    search_fields = ("fact__label", "sort_name")
    ordering = ("sort_name",)
    inlines = [inline(Role)]


@admin.register(Event)
class EventAdmin(ReadOnly):
    list_display = ("fact", "when_label", "not_before", "not_after", "status")
    list_filter = ("status", "precision")
    list_select_related = ("fact",)
    search_fields = ("fact__label",)
    ordering = ("not_before", "pk")
    inlines = [inline(Participant, "event")]


@admin.register(Argument)
class ArgumentAdmin(ReadOnly):
    list_display = ("fact", "scope", "kind", "stance")
    list_filter = ("scope", "kind", "stance")
    list_select_related = ("fact",)
    search_fields = ("fact__label", "statement")
    ordering = ("fact__position",)
    inlines = [inline(Holder, "argument"), inline(Evidence), inline(Objection)]


@admin.register(Item)
class ItemAdmin(ReadOnly):
    list_display = ("slug", "origin", "recipe", "state", "is_card", "is_question", "section")
    list_filter = ("origin", "state", "recipe", "skill", "is_card", "is_question")
    list_select_related = ("section",)
    search_fields = ("slug", "revision__stem")
    ordering = ("book", "position")
    inlines = [inline(Revision, "item"), inline(ItemFact), inline(Tag)]


@admin.register(Revision)
class RevisionAdmin(ReadOnly):
    list_display = ("item", "number", "kind", "change", "created_at")
    list_filter = ("kind", "change")
    list_select_related = ("item",)
    search_fields = ("stem", "item__slug")
    ordering = ("-pk",)
    inlines = [inline(Option), inline(Key), inline(AcceptedAnswer)]


@admin.register(ErrorReport)
class ErrorReportAdmin(ReadOnly):
    list_display = ("item", "text", "learner", "created_at", "resolved_at")
    list_filter = (("resolved_at", admin.EmptyFieldListFilter), "item__book")
    list_select_related = ("item", "learner")
    search_fields = ("text", "item__slug")
    ordering = ("-pk",)
    actions = ("resolve",)

    @admin.action(description=_("Mark as resolved"))
    def resolve(self, request: HttpRequest, queryset: models.QuerySet[ErrorReport]) -> None:
        count = reporting.resolve(queryset, now())
        message = ngettext(
            "%(count)d report is resolved.", "%(count)d reports are resolved.", count
        )
        self.message_user(request, message % {"count": count})


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


@admin.register(Quiz)
class QuizAdmin(ReadOnly):
    list_display = ("title", "book", "section", "chapter", "published_at", "retired_at")
    list_filter = ("book",)
    list_select_related = ("book", "section", "chapter")
    ordering = ("book", "position")
    inlines = [inline(Slot)]


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
    list_display = ("quiz", "sample", "revision", "part", "position", "band", "chosen")
    list_select_related = ("quiz", "revision__item")
    ordering = ("quiz", "revision", "position")


admin.site.register(Notice)
admin.site.register([Action, DayTally, Media, OptionKey, Term, Quantity, Weights], ReadOnly)
