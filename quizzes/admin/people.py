"""Who studies and who teaches; what classes were told, and what was done in them."""

from __future__ import annotations

from typing import Any, override

import allauth.mfa.admin
import allauth.usersessions.admin  # noqa: F401  # both register what is registered otherwise here
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.db import models
from django.http import HttpRequest

from quizzes.admin.looking import ReadOnly
from quizzes.assessment import discarding
from quizzes.people.models import (
    Announcement,
    AuditLine,
    Classroom,
    Enrollment,
    Invitation,
    Notice,
    User,
)


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
    list_display = ("classroom", "user", "role", "student_number", "time_percent")
    list_filter = ("role",)
    list_select_related = ("classroom", "user")
    autocomplete_fields = ("user", "classroom")


@admin.register(Notice)
class NoticeAdmin(admin.ModelAdmin[Notice]):
    list_display = ("text", "user", "created_at", "read_at")
    list_select_related = ("user",)
    autocomplete_fields = ("user",)
    ordering = ("-pk",)


@admin.register(Invitation)
class InvitationAdmin(ReadOnly):
    list_display = ("classroom", "email", "name", "role", "expires_at", "accepted_at")
    list_filter = ("role",)
    list_select_related = ("classroom",)
    search_fields = ("email", "name", "classroom__name")
    ordering = ("-pk",)
    exclude = ("secret",)  # whoever reads it could take the place


@admin.register(Announcement)
class AnnouncementAdmin(ReadOnly):
    list_display = ("title", "classroom", "author", "created_at", "withdrawn_at")
    list_select_related = ("classroom", "author")
    search_fields = ("title", "text", "classroom__name")
    ordering = ("-pk",)


@admin.register(AuditLine)
class AuditLineAdmin(ReadOnly):
    list_display = ("done_at", "actor", "act", "text", "classroom")
    list_filter = ("act",)
    list_select_related = ("actor", "classroom")
    search_fields = ("text", "about", "actor__username", "classroom__name")
    ordering = ("-pk",)


# From where people sign in is for nobody else to look at.
admin.site.unregister([Authenticator, UserSession])


@admin.register(Authenticator)
class AuthenticatorAdmin(ReadOnly):
    """Whose account asks for more than a password; who has lost all of it, is helped here."""

    list_display = ("user", "type", "created_at", "last_used_at")
    list_filter = ("type",)
    list_select_related = ("user",)
    search_fields = ("user__username",)
    ordering = ("-pk",)
    exclude = ("data",)  # whoever reads it could take the second step

    @override
    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return admin.ModelAdmin.has_delete_permission(self, request, obj)
