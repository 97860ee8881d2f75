"""The item bank, and what learners report of it."""

from __future__ import annotations

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from quizzes.admin.looking import ReadOnly, inline
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


admin.site.register(OptionKey, ReadOnly)
