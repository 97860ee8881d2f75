"""A worker at the jobs: django-tasks-db's loop, with a lease, second tries and periodic jobs."""

import logging
import os
import socket
import threading
from datetime import timedelta
from typing import override

from django.db import DatabaseError, close_old_connections
from django.tasks import TaskContext
from django.utils.crypto import get_random_string
from django.utils.timezone import now
from django_tasks_db.management.commands import db_worker

from quizzes.jobs import leasing, recurring, trying
from quizzes.jobs.trying import Job

logger = logging.getLogger(__name__)

BEATS_A_LEASE = 4
LONGEST_HOST = 40


class Worker(db_worker.Worker):
    """Runs one job after the other, while a thread of it beats, reaps and ticks."""

    def __init__(self, lease: timedelta = leasing.LEASE) -> None:
        super().__init__(
            queue_names=["*"],
            interval=1,
            batch=False,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=own_name(),
            excluded_queue_names=[],
        )
        self.lease = lease
        self.is_ending = threading.Event()

    @override
    def run(self) -> None:
        leasing.sign_on(self.worker_id, now())
        threading.Thread(target=self.keep_time, name="heart-beat", daemon=True).start()
        try:
            super().run()
        finally:
            self.is_ending.set()
            leasing.sign_off(self.worker_id, now())

    @override
    def run_task(self, job: Job) -> None:
        self.running_task = True
        try:
            trying.succeed(job, call(job), now())
        except SystemExit:  # the second signal: there is no time to end the job
            trying.interrupt(job, now())
            raise
        except Exception as error:  # noqa: BLE001  # whatever it is, it is kept with the job
            will_be_tried = trying.fail(job, error, now())
            report(job, error, will_be_tried=will_be_tried)
        finally:
            self.running_task = False

    def keep_time(self) -> None:
        """Beat four times a lease until the worker ends."""
        while not self.is_ending.is_set():
            close_old_connections()
            try:
                self.tend()
            except DatabaseError as error:
                logger.warning("No sign of life was given: %s", error)
            self.is_ending.wait(self.lease.total_seconds() / BEATS_A_LEASE)

    def tend(self) -> None:
        """Give a sign of life, give back what others left, and enqueue what comes by itself."""
        if not leasing.beat(self.worker_id, now()) and not self.is_ending.is_set():
            logger.error("Another worker has the jobs of this one, which was silent for too long.")
            os._exit(1)  # at once: two must not run one job
        if reaped := leasing.reap(now(), self.lease):
            logger.warning("Jobs taken from a worker that is gone: %s.", reaped)
        recurring.tick(now())


def call(job: Job) -> object:
    """Run the task of a job with its arguments; what it returns."""
    result = job.task_result
    task, arguments = result.task, list(result.args)
    if task.takes_context:
        arguments.insert(0, TaskContext(task_result=result))
    return task.call(*arguments, **result.kwargs)


def report(job: Job, error: Exception, *, will_be_tried: bool) -> None:
    """Say in the log that a job raised; its arguments and the error's words may name people."""
    level = logging.WARNING if will_be_tried else logging.ERROR
    then = "It is tried again." if will_be_tried else "It is not tried again."
    logger.log(level, "%s failed (%s). %s", job.task_path, type(error).__name__, then)


def own_name() -> str:
    """A name that no other worker has, and that tells whoever runs the site where it is."""
    return f"{socket.gethostname()[:LONGEST_HOST]}-{os.getpid()}-{get_random_string(6)}"
