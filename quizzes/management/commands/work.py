"""Jobs are done in a process of their own; any number of them may work side by side."""

import logging
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand

from quizzes.jobs import leasing
from quizzes.management.worker import Worker


class Command(BaseCommand):
    """Work off the queue until told to end: by the first signal after the job in hand.

    By the second at once, and the job is another's.
    """

    help = "Work off jobs, try failed ones again, and enqueue those that come by themselves."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--lease",
            type=float,
            default=leasing.LEASE.total_seconds(),
            metavar="SECONDS",
            help="how long a silent worker keeps its jobs (default: %(default)s)",
        )

    def handle(self, *, lease: float, **options: Any) -> None:
        logging.getLogger("django_tasks_db").setLevel(logging.ERROR)
        worker = Worker(timedelta(seconds=lease))
        worker.configure_signals()
        worker.run()
