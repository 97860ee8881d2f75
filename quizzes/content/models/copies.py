"""Packs as they came in: the files of each, before it is loaded, loaded, and taken back."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from quizzes.content.models.books import Book
from quizzes.identifiers import uuid7


class PackCopy(models.Model):
    """A pack's files, kept as they came, so that it can be shown first and taken back later."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    book = models.ForeignKey(
        Book,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="pack_copies",
        help_text=_("What it was loaded into; none of what is only looked at."),
    )
    by = models.ForeignKey(
        "quizzes.User", models.SET_NULL, null=True, blank=True, related_name="pack_copies"
    )
    name = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    loaded_at = models.DateTimeField(null=True, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "pack copies"
        indexes = [
            models.Index(fields=["book", "-loaded_at"], name="pack_copy_by_book"),
        ]

    def __str__(self) -> str:
        return self.name


class PackFile(models.Model):
    """One file of a pack, byte for byte."""

    copy = models.ForeignKey(PackCopy, models.CASCADE, related_name="files")
    name = models.CharField(max_length=100)
    text = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["copy", "name"], name="one_file_a_name"),
        ]

    def __str__(self) -> str:
        return self.name
