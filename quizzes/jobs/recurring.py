"""Recurring: the jobs that come back by themselves, and whose turn it is.

Every worker looks; whoever moves a row's time on enqueues that turn, so that it comes once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.tasks import Task
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult

from quizzes import jobs
from quizzes.jobs.models import Periodic
from quizzes.jobs.trying import Status

if TYPE_CHECKING:
    from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Recurring:
    """A task that takes the moment of its turn (ISO 8601), and how often it comes."""

    task: Task[[str], int]
    every: timedelta
    says: str | Promise
    """What it does, in words."""

    @property
    def name(self) -> str:
        return self.task.name


RECURRING = (
    Recurring(jobs.hand_in_expired, timedelta(minutes=5), _("Hand in what has run out of time")),
    Recurring(jobs.tell_openings, timedelta(minutes=5), _("Tell classes of what has opened")),
    Recurring(jobs.remind, timedelta(minutes=15), _("Send the letters that people wished for")),
    Recurring(jobs.finish_erasures, timedelta(hours=1), _("Erase who asked for it")),
    Recurring(jobs.purge_guests, timedelta(days=1), _("Forget guests who stayed away")),
    Recurring(jobs.forget_sign_ins, timedelta(days=1), _("Forget sign-ins that are over")),
    Recurring(jobs.purge_packs, timedelta(days=1), _("Forget packs that nobody loaded")),
    Recurring(
        jobs.discard_exports, timedelta(hours=1), _("Throw away downloads that are out of date")
    ),
    Recurring(jobs.forget_jobs, timedelta(days=1), _("Forget jobs that ended long ago")),
)


def tick(at: datetime, recurring: tuple[Recurring, ...] = RECURRING) -> int:
    """Enqueue each job whose turn has come; how many. One query if none has.

    A turn that nobody was there for is made up once; one whose last still waits is left out.
    """
    rows = Periodic.objects.in_bulk(field_name="name")
    return sum(_enqueue(one, rows.get(one.name), at) for one in recurring)


def _enqueue(one: Recurring, row: Periodic | None, at: datetime) -> bool:
    if row is not None and row.due_at > at:
        return False
    with transaction.atomic():
        if not _take_turn(one, row, at) or _waits(one):
            return False
        one.task.enqueue(at.isoformat())
    return True


def _take_turn(one: Recurring, row: Periodic | None, at: datetime) -> bool:
    """Whether it was us who moved the time of the next turn on."""
    if row is None:
        row, is_new = Periodic.objects.get_or_create(
            name=one.name, defaults={"due_at": at + one.every, "enqueued_at": at}
        )
        return is_new
    missed = (at - row.due_at) // one.every
    next_at = row.due_at + (missed + 1) * one.every
    seen = Periodic.objects.filter(pk=row.pk, due_at=row.due_at)
    return bool(seen.update(due_at=next_at, enqueued_at=at))


def _waits(one: Recurring) -> bool:
    """Whether the last turn is not even begun."""
    last = DBTaskResult.objects.filter(task_path=one.task.module_path, status=Status.READY)
    return last.exists()
