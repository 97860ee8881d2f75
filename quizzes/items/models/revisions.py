"""Revisions: the frozen wordings of an item, and their options."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from quizzes.items.models.items import Item


class Revision(models.Model):
    """An item's frozen wording: it is never changed, only succeeded."""

    class Kind(models.TextChoices):
        SINGLE = "single", _("single choice")
        SEVERAL = "several", _("several choices")
        TRUE_FALSE = "true_false", _("true or false")
        SHORT_TEXT = "short_text", _("short text")
        NUMBER = "number", _("number")
        DATE = "date", _("date")
        MATCHING = "matching", _("matching")
        ORDERING = "ordering", _("ordering")
        CLOZE = "cloze", _("gaps")
        CLASSIFY = "classify", _("classify the claim")
        ESSAY = "essay", _("short essay")

    class Change(models.TextChoices):
        COSMETIC = "cosmetic", _("cosmetic: memory stays")
        SUBSTANTIVE = "substantive", _("substantive: cards come due")

    item = models.ForeignKey(Item, models.CASCADE, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    stem = models.TextField()
    stem_html = models.TextField(help_text=_("The stem, rendered and sanitized once."))
    is_shuffled = models.BooleanField(default=True)
    is_case_exact = models.BooleanField(
        default=False, help_text=_("Capitals matter in what is typed, and the page says so.")
    )
    is_accent_exact = models.BooleanField(
        default=False, help_text=_("Accents matter in what is typed, and the page says so.")
    )
    change = models.CharField(max_length=11, choices=Change, default=Change.SUBSTANTIVE)
    author = models.ForeignKey(
        "quizzes.User", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(
        max_length=200, blank=True, help_text=_("Why it succeeded the one before, in words.")
    )
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="one_revision_a_number"),
        ]

    def __str__(self) -> str:
        return f"{self.item} · {self.number}"


class Option(models.Model):
    """Something to choose, match or put in order."""

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="options")
    part = models.PositiveSmallIntegerField(default=0, help_text=_("Which gap or column."))
    position = models.PositiveSmallIntegerField()
    text = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "part", "position"], name="one_option_a_place"
            ),
        ]

    def __str__(self) -> str:
        return self.text
