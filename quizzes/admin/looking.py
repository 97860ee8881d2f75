"""Looking: rows of the back office that are shown and never changed there."""

from __future__ import annotations

from typing import Any, override

from django.contrib import admin
from django.db import models
from django.http import HttpRequest


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
