"""Overseeing: how the jobs are doing, for whoever runs the site; reads only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, QuerySet
from django_tasks_db.models import DBTaskResult, get_date_max

from quizzes.jobs import leasing
from quizzes.jobs.models import Periodic, Worker
from quizzes.jobs.recurring import RECURRING, Recurring
from quizzes.jobs.trying import Job, Status

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from quizzes.people.models import User

FAILED_SHOWN, RUNNING_SHOWN = 20, 20
LATE = timedelta(minutes=10)
"""How long a job that could be run may wait before somebody should look."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A job that is not tried again: which, when it ended, why, and after how many tries."""

    job: Job
    name: str
    reason: str
    tries: int


@dataclass(frozen=True, slots=True)
class Turn:
    """A job that comes by itself: what it does, how often, when it last and next comes."""

    name: str
    says: str | Promise
    every: timedelta
    last_at: datetime | None
    next_at: datetime | None


@dataclass(frozen=True, slots=True)
class Work:
    """All jobs at one moment."""

    ready: int
    late: int
    """Those that could have been run ten minutes ago."""
    failed: int
    running: list[tuple[str, Job]]
    failures: list[Failure]
    workers: list[tuple[Worker, bool]]
    """Each with whether it is alive."""
    turns: list[Turn]

    @property
    def alive(self) -> int:
        return sum(is_alive for _worker, is_alive in self.workers)


def work(at: datetime) -> Work:
    """How the jobs are doing at a moment; six queries, however many there are."""
    jobs = DBTaskResult.objects.order_by()
    counts = dict(jobs.values_list("status").annotate(Count("pk")))
    running = jobs.filter(status=Status.RUNNING).order_by("started_at", "pk")[:RUNNING_SHOWN]
    failed = jobs.filter(status=Status.FAILED).order_by("-finished_at", "pk")[:FAILED_SHOWN]
    return Work(
        ready=counts.get(Status.READY, 0),
        late=_late(at),
        failed=counts.get(Status.FAILED, 0),
        running=[(name_of(job), job) for job in running],
        failures=[_failure(job) for job in failed],
        workers=[
            (one, one.seen_at > at - leasing.LEASE)
            for one in Worker.objects.order_by("started_at", "pk")
        ],
        turns=_turns(),
    )


def visible_to(person: User) -> QuerySet[Job]:
    """The jobs that a person may look at and decide about: staff all, others none."""
    jobs = DBTaskResult.objects.order_by("enqueued_at", "pk")
    return jobs if person.is_staff else jobs.none()


def name_of(job: Job) -> str:
    """What a job does, by the name of its task."""
    return str(job.task_path).rpartition(".")[2]


def _late(at: datetime) -> int:
    waiting = DBTaskResult.objects.filter(status=Status.READY, run_after__lt=at - LATE)
    at_once = DBTaskResult.objects.filter(
        status=Status.READY, run_after=get_date_max(), enqueued_at__lt=at - LATE
    )
    return (waiting | at_once).count()


def _failure(job: Job) -> Failure:
    said = [line for line in job.traceback.splitlines() if line.strip()]
    return Failure(job, name_of(job), said[-1] if said else "", len(job.worker_ids))


def _turns() -> list[Turn]:
    rows = Periodic.objects.in_bulk(field_name="name")
    return [_turn(one, rows.get(one.name)) for one in RECURRING]


def _turn(one: Recurring, row: Periodic | None) -> Turn:
    if row is None:
        return Turn(one.name, one.says, one.every, None, None)
    return Turn(one.name, one.says, one.every, row.enqueued_at, row.due_at)
