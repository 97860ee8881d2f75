"""Leasing: a worker holds the jobs that it takes for as long as it gives signs of life.

Its row is its lease. Whoever finds that the lease has run out takes the row away and gives the
jobs back in one transaction; a worker that finds its row gone must end at once, for its jobs are
another's.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django_tasks_db.models import DBTaskResult

from quizzes.jobs import trying
from quizzes.jobs.models import Worker
from quizzes.jobs.trying import Job, Status, WorkerEnded

LEASE = timedelta(seconds=60)
"""How long a worker is believed to be alive after its last sign of life."""


def sign_on(name: str, at: datetime) -> Worker:
    """A worker begins; its jobs' rows will carry this name."""
    return Worker.objects.create(name=name, started_at=at, seen_at=at)


def beat(name: str, at: datetime) -> bool:
    """A worker is alive; False if its jobs were given to others. One statement."""
    return bool(Worker.objects.filter(name=name).update(seen_at=at))


@transaction.atomic
def sign_off(name: str, at: datetime) -> int:
    """A worker ends in good order: what it was at is anybody's at once; how many jobs that is."""
    mine = [job for job in _running() if job.worker_ids[-1:] == [name]]
    for job in mine:
        trying.hand_back(job, at)
    Worker.objects.filter(name=name).delete()
    return len(mine)


def reap(at: datetime, lease: timedelta = LEASE) -> int:
    """Let the jobs of workers that give no sign of life wait for another try; how many.

    Jobs of workers that never signed on are among them. Two queries if there are none.
    """
    is_quiet = not Worker.objects.filter(seen_at__lt=at - lease).exists()
    if is_quiet and not DBTaskResult.objects.filter(status=Status.RUNNING).exists():
        return 0
    return _reap(at, lease)


@transaction.atomic
def _reap(at: datetime, lease: timedelta) -> int:
    # The jobs first: whoever runs one of them has signed on before.
    running = _running()
    Worker.objects.filter(seen_at__lt=at - lease).delete()
    living = set(Worker.objects.values_list("name", flat=True))
    abandoned = [job for job in running if not living.intersection(job.worker_ids[-1:])]
    for job in abandoned:
        trying.put_off(job, WorkerEnded("The worker ended during this job."), at)
    return len(abandoned)


def _running() -> list[Job]:
    running = DBTaskResult.objects.filter(status=Status.RUNNING).order_by("pk")
    return list(running.select_for_update())
