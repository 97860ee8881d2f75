"""Who works at jobs, and which jobs come back by themselves."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Worker(models.Model):
    """A process that works at jobs; its jobs are another's once it gives no sign of life."""

    name = models.CharField(max_length=64, unique=True, help_text=_("As the jobs' rows name it."))
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField(help_text=_("Its last sign of life."))

    def __str__(self) -> str:
        return self.name


class Periodic(models.Model):
    """A job that comes back by itself; the row is taken by whoever enqueues the next turn."""

    name = models.CharField(max_length=64, unique=True)
    due_at = models.DateTimeField()
    enqueued_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("periodic job")
        verbose_name_plural = _("periodic jobs")

    def __str__(self) -> str:
        return self.name
