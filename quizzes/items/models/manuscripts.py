"""Manuscripts: what an author has typed and not yet saved."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from quizzes.identifiers import uuid7
from quizzes.items.models.items import Item


class Manuscript(models.Model):
    """The editor's form as its author left it: of an item, or of one that is not there yet."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    author = models.ForeignKey("quizzes.User", models.CASCADE, related_name="manuscripts")
    book = models.ForeignKey("quizzes.Book", models.CASCADE, related_name="manuscripts")
    item = models.ForeignKey(
        Item, models.CASCADE, null=True, blank=True, related_name="manuscripts"
    )
    typed = models.JSONField(help_text="The form's fields, as they were typed.")
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["author", "item"],
                condition=Q(item__isnull=False),
                name="one_manuscript_an_item",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.author} · {self.saved_at:%Y-%m-%d %H:%M}"
