"""What the books say, and the packs that came in."""

from __future__ import annotations

from django.contrib import admin

from quizzes.admin.looking import ReadOnly, inline
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
    PackCopy,
    Participant,
    Place,
    Quantity,
    Relation,
    Role,
    Section,
    Source,
    Term,
)


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


@admin.register(PackCopy)
class PackCopyAdmin(ReadOnly):
    list_display = ("name", "by", "book", "created_at", "loaded_at", "taken_back_at")
    list_select_related = ("by", "book")
    search_fields = ("name", "by__username")
    ordering = ("-pk",)


admin.site.register([Media, Term, Quantity], ReadOnly)
