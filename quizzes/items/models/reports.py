"""Reports: what a learner found wrong in an item."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from quizzes.items.models.items import Item
from quizzes.items.models.revisions import Revision


class ErrorReport(models.Model):
    """A learner's word that an item is wrong, for whoever answers for it."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="error_reports")
    revision = models.ForeignKey(Revision, models.CASCADE, related_name="+")
    learner = models.ForeignKey("quizzes.User", models.CASCADE, related_name="error_reports")
    text = models.TextField()
    created_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["item"], condition=Q(resolved_at=None), name="report_unresolved"),
        ]

    def __str__(self) -> str:
        return f"{self.item} · {self.text[:40]}"
