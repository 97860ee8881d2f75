"""Jobs for the tests of workers; each leaves a mark where it is told to."""

import time
from pathlib import Path

from django.tasks import task

from quizzes.refusal import Refusal


@task
def linger(mark: str, until: str) -> int:
    """Say that it began, by a line in a file, and wait until another file is there."""
    with Path(mark).open("a") as file:
        file.write("began\n")
    while not Path(until).exists():
        time.sleep(0.02)
    return 1


@task
def stumble(at: str = "") -> int:
    """Raise, whatever is asked."""
    raise OSError("stumbled")


@task
def say_no() -> int:
    """Refuse, as a rule does."""
    raise Refusal("No.")


@task
def mark(at: str) -> int:
    """Do nothing, at a moment."""
    return len(at)
