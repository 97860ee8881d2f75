"""Trying: how a job ends, and when one that did not succeed is tried again.

A job may be run more than once: its worker can die after the work and before it was written down.
So every task does what is left, and nothing twice. What comes of a run is written only by the
worker that still holds the job.
"""

from datetime import datetime, timedelta
from traceback import format_exception
from typing import Any

from django.db import transaction
from django.tasks import TaskResultStatus
from django.utils.translation import gettext
from django_tasks_db.models import DBTaskResult

from quizzes.people import auditing
from quizzes.people.models import User
from quizzes.refusal import Refusal

type Job = DBTaskResult[Any, Any]

Status = TaskResultStatus

BACK_OFF = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=25))
"""How long a job waits after its first try, its second, its third; the fourth is the last."""
TRIES = len(BACK_OFF) + 1
FORGOTTEN = "quizzes.jobs.send_letters"
"""What leaves no row once it is done: its arguments are people's addresses."""
KEPT, KEPT_FAILED = timedelta(days=3), timedelta(days=30)


class WorkerEnded(Exception):
    """The process that ran a job gave no sign of life any more."""


class NotFailed(Refusal):
    """Only what failed for good is tried again by hand."""


@transaction.atomic
def succeed(job: Job, value: Any, at: datetime) -> bool:
    """The job is done, with this result; whether its worker held it still."""
    row = _held(job)
    if row is None:
        return False
    if row.task_path == FORGOTTEN:
        row.delete()
        return True
    row.status, row.finished_at, row.return_value = Status.SUCCESSFUL, at, value
    row.exception_class_path = row.traceback = ""
    row.save()
    return True


@transaction.atomic
def fail(job: Job, error: BaseException, at: datetime) -> bool:
    """The job raised: it is tried again after its back-off, or never; whether it will be.

    A refusal is an answer and would be given again: it is not tried again.
    """
    row = _held(job)
    return row is not None and put_off(row, error, at)


def put_off(row: Job, error: BaseException, at: datetime) -> bool:
    """Let a job that nobody runs any more wait for its next try; False after the last.

    The caller's transaction holds the row.
    """
    tries = len(row.worker_ids)
    row.exception_class_path = f"{type(error).__module__}.{type(error).__qualname__}"
    row.traceback = "".join(format_exception(error))
    if isinstance(error, Refusal) or tries >= TRIES:
        row.status, row.finished_at = Status.FAILED, at
    else:
        row.status, row.run_after = Status.READY, at + BACK_OFF[max(0, tries - 1)]
    row.save()
    return row.status == Status.READY


@transaction.atomic
def interrupt(job: Job, at: datetime) -> None:
    """The worker was told to end: another runs the job at once, and this try does not count."""
    if row := _held(job):
        hand_back(row, at)


def hand_back(row: Job, at: datetime) -> None:
    """Let the next worker take a job as if its last try had not been."""
    row.status, row.run_after, row.worker_ids = Status.READY, at, row.worker_ids[:-1]
    row.save()


@transaction.atomic
def try_again(job: Job, by: User, at: datetime) -> None:
    """A failed job gets all its tries anew, from now; who wanted it is written down.

    Refuses with `NotFailed` where it was tried again already.
    """
    failed = DBTaskResult.objects.filter(pk=job.pk, status=Status.FAILED)
    if not failed.update(status=Status.READY, run_after=at, finished_at=None, worker_ids=[]):
        raise NotFailed(gettext("This job is not failed any more."))
    auditing.note(by, "retry-job", job.pk, gettext("Tried again: %s.") % job.task_path, at)


@transaction.atomic
def dismiss(job: Job, by: User, at: datetime) -> None:
    """Forget a failed job; who wanted it is written down. Refuses with `NotFailed`."""
    count, _kinds = DBTaskResult.objects.filter(pk=job.pk, status=Status.FAILED).delete()
    if not count:
        raise NotFailed(gettext("This job is not failed any more."))
    auditing.note(by, "dismiss-job", job.pk, gettext("Dismissed: %s.") % job.task_path, at)


@transaction.atomic
def forget(at: datetime) -> int:
    """Delete the rows of jobs that ended days ago, sooner those that went well; how many."""
    done = DBTaskResult.objects.filter(
        status=Status.SUCCESSFUL, finished_at__lt=at - KEPT
    ) | DBTaskResult.objects.filter(status=Status.FAILED, finished_at__lt=at - KEPT_FAILED)
    count, _kinds = done.delete()
    return int(count)


def _held(job: Job) -> Job | None:
    """The job as it stands, if the worker that ran it holds it still."""
    running = DBTaskResult.objects.filter(pk=job.pk, status=Status.RUNNING)
    row = running.select_for_update().first()
    return row if row and row.worker_ids == job.worker_ids else None
