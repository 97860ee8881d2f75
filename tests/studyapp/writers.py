"""Processes that write to a SQLite file, for `test_sqlite_fair`: `writers.py ACT DATABASE [N]`."""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import django
from django.conf import settings
from django.db import connection, transaction

from studyapp.environment import sqlite
from studyapp.sqlite_fair.queue import WriterQueue


def count(times: int) -> None:
    """Read the number and write it back one higher, so often."""
    for _ in range(times):
        with transaction.atomic(), connection.cursor() as cursor:
            number = cursor.execute("SELECT number FROM counter").fetchone()[0]
            cursor.execute("UPDATE counter SET number = %s", [number + 1])


def hold() -> None:
    """Stay in a transaction until the other end closes the pipe."""
    with transaction.atomic():
        say("holding")
        sys.stdin.read()


def fork() -> None:
    """Two children of a holder: one closes what it inherited, the other queues anew."""
    queue = WriterQueue(path)
    queue.acquire(timeout=10)
    if (child := os.fork()) == 0:
        queue.close()
        os._exit(0)
    os.waitpid(child, 0)
    if (child := os.fork()) == 0:
        say("child queues")
        queue.acquire(timeout=10)
        say("child writes")
        os._exit(0)
    time.sleep(0.5)
    say("parent leaves")
    queue.release()
    os.waitpid(child, 0)


def die() -> None:
    """End at once, in the middle of a transaction."""
    with transaction.atomic():
        os._exit(9)


def say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 -- this is how the test hears of it


if __name__ == "__main__":
    act, path, *numbers = sys.argv[1:]
    settings.configure(DATABASES={"default": sqlite(Path(path))})
    django.setup()
    acts: dict[str, Callable[..., None]] = {"count": count, "hold": hold, "fork": fork, "die": die}
    acts[act](*map(int, numbers))
